import type { shared as english } from '../en/shared.ts';
import type { Translated } from '../catalogue.ts';

export const shared: Translated<typeof english> = {
  channel: {
    email: 'E-Mail',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    instagram: 'Instagram',
    chat: 'Chat',
    voice: 'Anruf',
    linkedin: 'LinkedIn',
  },
  mode: {
    auto_send: 'Sendet selbst',
    controlled: 'Legt Riskantes vor',
    auto_draft: 'Entwirft zur Freigabe',
    off: 'Aus',
  },
  delivery: {
    queued: 'In Warteschlange',
    sending: 'Wird gesendet',
    sent: 'Gesendet',
    delivered: 'Zugestellt',
    read: 'Gelesen',
    failed: 'Nicht zugestellt',
    bounced: 'Zurückgewiesen',
    unknown: 'Unbekannt',
    recalled: 'Zurückgerufen',
  },
  priority: {
    urgent: 'Dringend',
    high: 'Hoch',
    normal: 'Normal',
    low: 'Niedrig',
  },
  snoozed: (until) => `Bis ${until}`,
  snoozedMessage: 'Bis zur nächsten Nachricht',
  quoted: (text) => `„${text}“`,
  visitor: 'Besucher',
  builtin: 'Eingebautes Modell: antwortet nur aus Ihren Artikeln',
};
