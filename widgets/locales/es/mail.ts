/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('es');

export const mail: Translated<typeof english> = {
  frame: 'Correo electrónico',
  blocked: (n, shown) => count(n, { one: '1 imagen remota bloqueada', other: `${shown} imágenes remotas bloqueadas` }),
  showImages: 'Mostrar una vez',
  showAlways: 'Siempre de este remitente',
  always: 'Las imágenes de este remitente se muestran siempre.',
  askAgain: 'Preguntar cada vez',
  notKept: 'La elección no se guardó.',
  dropped: {
    too_large: 'La versión con formato no se muestra: es demasiado grande. Este es su texto.',
    too_heavy: 'La versión con formato no se muestra: prepararla tardó demasiado o necesitó demasiada memoria. Este es su texto.',
  },
  original: 'Descargar el original',
  earlier: 'Mostrar mensajes anteriores',
  hideEarlier: 'Ocultar mensajes anteriores',
  asText: 'Mostrar como texto',
  asSent: 'Mostrar como se envió',
};
