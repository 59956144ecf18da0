import type { Translated } from '../catalogue.ts';
import type { call as english } from '../en/call.ts';

export const call: Translated<typeof english> = {
  live: 'Läuft',
  ended: 'Anruf',
  length: (length) => `Anruf, ${length}`,
  transcript: 'Mitschrift',
  recording: 'Aufnahme abspielen',
  note: 'Notiz zum Anruf',
  all: (n) => `Alle ${n} Zeilen zeigen`,
  less: 'Weniger zeigen',
  none: 'Noch wurde nichts gesagt',
};
