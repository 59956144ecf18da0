/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('de');

export const mail: Translated<typeof english> = {
  frame: 'E-Mail',
  blocked: (n, shown) => count(n, { one: '1 externes Bild blockiert', other: `${shown} externe Bilder blockiert` }),
  showImages: 'Einmal anzeigen',
  earlier: 'Frühere Nachrichten zeigen',
  hideEarlier: 'Frühere Nachrichten ausblenden',
  asText: 'Als Text anzeigen',
  asSent: 'Wie gesendet anzeigen',
};
