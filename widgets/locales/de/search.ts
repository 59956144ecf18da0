import type { search as english } from '../en/search.ts';
import type { Translated } from '../catalogue.ts';

export const search: Translated<typeof english> = {
  narrow: 'Suche eingrenzen',
  operators: {
    from: 'wer es geschrieben hat',
    channel: 'auf welchem Kanal',
    tag: 'in Unterhaltungen mit einem Schlagwort',
    before: 'vor einem bestimmten Tag',
    after: 'ab einem bestimmten Tag',
  },
  days: { today: 'Heute', week: 'Vor einer Woche', month: 'Vor einem Monat', year: 'Vor einem Jahr' },
  kind: { contact: 'Kontakt', subject: 'Betreff' },
  lookingBack: 'Die Suche geht noch weiter zurück',
  busy: 'Gerade suchen viele zugleich',
  busyText: 'Es wird von selbst wieder versucht. Der Posteingang arbeitet wie immer.',
  find: 'In der Unterhaltung suchen',
  place: (at, all) => `${at} von ${all}`,
  none: 'Davon steht hier nichts mehr',
  failed: 'Die Suche hat nicht geantwortet.',
  previous: 'Vorige Stelle',
  next: 'Nächste Stelle',
  close: 'Suche hier beenden',
};
