import type { Translated } from '../catalogue.ts';
import type { snooze as source } from '../en/snooze.ts';
import { common } from './common.ts';

export const snooze: Translated<typeof source> = {
  common,
  title: 'Zurückstellen bis',
  lead: 'Sie verlässt die offenen Unterhaltungen und kommt von selbst zurück. Eine Nachricht des Kunden holt sie sofort zurück.',
  laterToday: 'Später heute',
  tomorrow: 'Morgen früh',
  nextMonday: 'Nächsten Montag',
  nextMessage: 'Zur nächsten Nachricht',
  nextMessageHint: 'ohne Uhrzeit',
  pick: 'Ein anderer Zeitpunkt',
  pickLabel: 'Datum und Uhrzeit',
  past: 'Dieser Zeitpunkt ist schon vorbei.',
  submit: 'Zurückstellen',
  done: (until) => `Zurückgestellt bis ${until}`,
  doneMessage: 'Zurückgestellt bis zur nächsten Nachricht',
  doneMany: (n) => `${n} zurückgestellt`,
  back: 'Wieder unter den offenen Unterhaltungen',
  failed: 'Das hat nicht geklappt. Versuchen Sie es noch einmal.',
};
