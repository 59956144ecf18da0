import type { Translated } from '../catalogue.ts';
import type { actions as english } from '../en/actions.ts';

export const actions: Translated<typeof english> = {
  title: 'É feito antes do envio',
  state: { running: 'Em curso…', done: 'Feito', failed: 'Falhou', unknown: 'Não se sabe se foi feito' },
  unable: 'Não enviado',
  hint: 'Desmarque o que não deve ser feito para enviar sem isso.',
};
