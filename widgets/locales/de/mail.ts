/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('de');

export const mail: Translated<typeof english> = {
  frame: 'E-Mail',
  blocked: (n, shown) => count(n, { one: '1 externes Bild blockiert', other: `${shown} externe Bilder blockiert` }),
  showImages: 'Einmal anzeigen',
  showAlways: 'Immer von diesem Absender',
  always: 'Bilder dieses Absenders werden immer angezeigt.',
  askAgain: 'Jedes Mal fragen',
  notKept: 'Die Auswahl wurde nicht gespeichert.',
  dropped: {
    too_large: 'Die formatierte Fassung wird nicht angezeigt: Sie ist zu groß. Dies ist ihr Text.',
    too_heavy: 'Die formatierte Fassung wird nicht angezeigt: Sie aufzubereiten dauerte zu lange oder brauchte zu viel Speicher. Dies ist ihr Text.',
  },
  original: 'Original herunterladen',
  earlier: 'Frühere Nachrichten zeigen',
  hideEarlier: 'Frühere Nachrichten ausblenden',
  asText: 'Als Text anzeigen',
  asSent: 'Wie gesendet anzeigen',
};
