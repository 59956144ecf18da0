import type { shared as english } from '../en/shared.ts';
import type { Translated } from '../catalogue.ts';

export const shared: Translated<typeof english> = {
  channel: {
    email: 'E-mail',
    sms: 'SMS',
    whatsapp: 'WhatsApp',
    instagram: 'Instagram',
    chat: 'Chat',
    voice: 'Voz',
    linkedin: 'LinkedIn',
  },
  mode: {
    auto_send: 'Envia por si',
    controlled: 'Retém o que tem risco',
    auto_draft: 'Redige para aprovação',
    off: 'Desligado',
  },
  delivery: {
    queued: 'Na fila',
    sending: 'A enviar',
    sent: 'Enviada',
    delivered: 'Entregue',
    read: 'Lida',
    failed: 'Não entregue',
    bounced: 'Devolvida',
    unknown: 'Desconhecido',
    recalled: 'Recolhida',
  },
  priority: {
    urgent: 'Urgente',
    high: 'Alta',
    normal: 'Normal',
    low: 'Baixa',
  },
  snoozed: (until) => `Até ${until}`,
  snoozedMessage: 'Até à próxima mensagem',
  quoted: (text) => `«${text}»`,
  visitor: 'Visitante',
  builtin: 'Modelo integrado: responde só com os seus artigos',
};
