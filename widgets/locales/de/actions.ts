import type { Translated } from '../catalogue.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Translated<typeof english> = {
  title: 'Wird vor dem Senden erledigt',
  state: { running: 'Läuft …', done: 'Erledigt', failed: 'Fehlgeschlagen', unknown: 'Unbekannt, ob es erledigt ist' },
  unable: 'Nicht gesendet',
  hint: 'Nehmen Sie das Häkchen von dem weg, was nicht geschehen soll, um ohne es zu senden.',
};
