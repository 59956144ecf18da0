import type { search as english } from '../en/search.ts';
import type { Translated } from '../catalogue.ts';

export const search: Translated<typeof english> = {
  narrow: 'Restringir a pesquisa',
  operators: { from: 'quem escreveu', channel: 'em que canal', tag: 'de conversas com uma etiqueta', before: 'antes de um dia', after: 'a partir de um dia' },
  days: { today: 'Hoje', week: 'Há uma semana', month: 'Há um mês', year: 'Há um ano' },
  kind: { contact: 'Contacto', subject: 'Assunto' },
  lookingBack: 'A pesquisa continua mais para trás',
  busy: 'Muitas pessoas estão a pesquisar neste momento',
  busyText: 'Nova tentativa automática. A caixa de entrada funciona como sempre.',
  find: 'Procurar na conversa',
  place: (at, all) => `${at} de ${all}`,
  none: 'Já não há nada disso aqui',
  failed: 'A pesquisa não respondeu.',
  previous: 'Anterior',
  next: 'Seguinte',
  close: 'Terminar a pesquisa aqui',
};
