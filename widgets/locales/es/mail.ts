/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('es');

export const mail: Translated<typeof english> = {
  frame: 'Correo electrónico',
  blocked: (n, shown) => count(n, { one: '1 imagen remota bloqueada', other: `${shown} imágenes remotas bloqueadas` }),
  showImages: 'Mostrar una vez',
  earlier: 'Mostrar mensajes anteriores',
  hideEarlier: 'Ocultar mensajes anteriores',
  asText: 'Mostrar como texto',
  asSent: 'Mostrar como se envió',
};
