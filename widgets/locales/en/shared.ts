/** Names that several of the operators' elements use: channels, reply modes, delivery, priority. */
export const shared = {
  channel: {
    email: 'Email',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    instagram: 'Instagram',
    chat: 'Chat',
    voice: 'Voice',
    linkedin: 'LinkedIn',
  },
  mode: {
    auto_send: 'Sends by itself',
    controlled: 'Stages what carries risk',
    auto_draft: 'Drafts for approval',
    off: 'Off',
  },
  delivery: {
    queued: 'Queued',
    sending: 'Sending',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    failed: 'Not delivered',
    bounced: 'Bounced',
    unknown: 'Unknown',
    recalled: 'Recalled',
  },
  priority: {
    urgent: 'Urgent',
    high: 'High',
    normal: 'Normal',
    low: 'Low',
  },
  snoozed: (until: string) => `Until ${until}`,
  snoozedMessage: 'Until the next message',
  visitor: 'Visitor',
  builtin: 'Built-in model: answers from your articles only',
};
