import type { shared as english } from '../en/shared.ts';
import type { Translated } from '../catalogue.ts';

export const shared: Translated<typeof english> = {
  channel: {
    email: 'Correo',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    instagram: 'Instagram',
    chat: 'Chat',
    voice: 'Voz',
    linkedin: 'LinkedIn',
  },
  mode: {
    auto_send: 'Envía por sí mismo',
    controlled: 'Retiene lo que implica riesgo',
    auto_draft: 'Redacta para aprobación',
    off: 'Apagado',
  },
  delivery: {
    queued: 'En cola',
    sending: 'Enviando',
    sent: 'Enviado',
    delivered: 'Entregado',
    read: 'Leído',
    failed: 'No entregado',
    bounced: 'Rebotado',
    unknown: 'Desconocido',
    recalled: 'Retirado',
  },
  priority: {
    urgent: 'Urgente',
    high: 'Alta',
    normal: 'Normal',
    low: 'Baja',
  },
  snoozed: (until) => `Hasta ${until}`,
  snoozedMessage: 'Hasta el próximo mensaje',
  quoted: (text) => `«${text}»`,
  visitor: 'Visitante',
  builtin: 'Modelo integrado: responde solo con sus artículos',
};
