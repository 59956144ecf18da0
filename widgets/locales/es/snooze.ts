import type { Translated } from '../catalogue.ts';
import type { snooze as source } from '../en/snooze.ts';
import { common } from './common.ts';

export const snooze: Translated<typeof source> = {
  common,
  title: 'Posponer hasta',
  lead: 'Sale de las conversaciones abiertas y vuelve sola. Un mensaje del cliente la trae de vuelta enseguida.',
  laterToday: 'Más tarde hoy',
  tomorrow: 'Mañana por la mañana',
  nextMonday: 'El próximo lunes',
  nextMessage: 'El próximo mensaje',
  nextMessageHint: 'sin hora',
  pick: 'Otro momento',
  pickLabel: 'Fecha y hora',
  past: 'Esa hora ya pasó.',
  submit: 'Posponer',
  done: (until) => `Pospuesta hasta ${until}`,
  doneMessage: 'Pospuesta hasta el próximo mensaje',
  doneMany: (n) => `${n} pospuestas`,
  back: 'De nuevo entre las conversaciones abiertas',
  failed: 'No se pudo hacer. Inténtelo de nuevo.',
};
