import type { common as english } from '../en/common.ts';
import type { Translated } from '../catalogue.ts';

export const common: Translated<typeof english> = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  undo: 'Rückgängig',
  retry: 'Erneut versuchen',
  save: 'Speichern',
  more: 'Mehr',
  back: 'Zurück',
  optional: 'optional',
  you: 'Sie',
  loading: 'Wird geladen',
  failed: 'Das lässt sich nicht anzeigen',
  wrong: 'Hier passt etwas nicht.',
  missing: 'Das darf nicht leer sein.',
  working: 'Arbeitet',
  of: (n: string, all: string) => `${n} von ${all}`,
  time: {
    now: 'jetzt',
    today: 'Heute',
    todayIs: (day: string) => `Heute, ${day}`,
    seconds: (n: string) => `${n} s`,
    minutes: (n: string) => `${n} Min.`,
    hours: (n: string) => `${n} Std.`,
    days: (n: string) => `${n} T.`,
    hoursMinutes: (h: string, m: string) => `${h} Std. ${m} Min.`,
  },
};
