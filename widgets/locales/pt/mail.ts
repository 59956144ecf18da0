/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('pt');

export const mail: Translated<typeof english> = {
  frame: 'E-mail',
  blocked: (n, shown) => count(n, { one: '1 imagem remota bloqueada', other: `${shown} imagens remotas bloqueadas` }),
  showImages: 'Mostrar uma vez',
  earlier: 'Mostrar mensagens anteriores',
  hideEarlier: 'Ocultar mensagens anteriores',
  asText: 'Mostrar como texto',
  asSent: 'Mostrar como foi enviado',
};
