/** Words round a mail of HTML. */
import type { Translated } from '../catalogue.ts';
import type { mail as english } from '../en/mail.ts';
import { plural } from '../plural.ts';

const count = plural('pt');

export const mail: Translated<typeof english> = {
  frame: 'E-mail',
  blocked: (n, shown) => count(n, { one: '1 imagem remota bloqueada', other: `${shown} imagens remotas bloqueadas` }),
  showImages: 'Mostrar uma vez',
  showAlways: 'Sempre deste remetente',
  always: 'As imagens deste remetente são sempre mostradas.',
  askAgain: 'Perguntar de cada vez',
  notKept: 'A escolha não foi guardada.',
  dropped: {
    too_large: 'A versão formatada não é mostrada: é demasiado grande. Este é o seu texto.',
    too_heavy: 'A versão formatada não é mostrada: prepará-la demorou demasiado ou precisou de demasiada memória. Este é o seu texto.',
  },
  original: 'Descarregar o original',
  earlier: 'Mostrar mensagens anteriores',
  hideEarlier: 'Ocultar mensagens anteriores',
  asText: 'Mostrar como texto',
  asSent: 'Mostrar como foi enviado',
};
