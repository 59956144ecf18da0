import type { Translated } from '../catalogue.ts';

export const routeForm: Translated<typeof import('../en/route-form.ts').routeForm> = {
  label: 'Was wir dafür brauchen',
  send: 'Senden',
  optional: 'optional',
  missing: 'Füllen Sie das aus',
  phone: 'Das sieht nicht nach einer Telefonnummer aus. Ändern Sie sie oder senden Sie sie so',
  failed: 'Das kam nicht bei uns an. Versuchen Sie es noch einmal',
};
