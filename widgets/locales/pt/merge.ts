import type { Translated } from '../catalogue.ts';
import type { merge as source } from '../en/merge.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('pt');

export const merge: Translated<typeof source> = {
  common,
  title: 'Unir duas conversas',
  lead: (who) => `Escolha a conversa em que a de ${who} entra.`,
  search: 'Procurar por nome, endereço ou palavras',
  same: (who) => `Outras de ${who}`,
  found: 'Encontradas',
  noneSame: (who) => `${who} não tem outra conversa. Procure uma de outra pessoa.`,
  noneFound: 'Nada encontrado',
  loading: 'A procurar',
  listFailed: 'As conversas não carregaram.',
  into: 'entra em',
  swap: 'Trocar',
  other: 'Escolher outra',
  messages: (n, shown) => count(n, { one: '1 mensagem', other: `${shown} mensagens` }),
  notes: (n, shown) => count(n, { one: '1 nota', other: `${shown} notas` }),
  draft: '1 rascunho',
  tickets: (n, numbers) => count(n, { one: `o ticket ${numbers}`, other: `os tickets ${numbers}` }),
  tags: (n, names) => count(n, { one: `a etiqueta ${names}`, other: `as etiquetas ${names}` }),
  along: (what) => `Vêm junto, por ordem de tempo: ${what}. A ligação antiga leva até aqui. Pode desfazer depois.`,
  last: (when) => `última ${when}`,
  agentControls: (agent) => `${agent} continua no controlo.`,
  personControls: (person) => `${person} está no controlo.`,
  teamControls: 'A equipa está no controlo.',
  handedOff: 'A passagem à equipa continua aberta.',
  mode: (mode) => `Modo de resposta: ${mode}.`,
  onePerson: 'São dois contactos, mas uma só pessoa',
  contacts: (from, into, handles) =>
    `${from} passa a fazer parte de ${into}, com ${handles} e todas as outras conversas. Vale o que consta em ${into}; ${from} preenche o que falta.`,
  pauseHolds: 'A IA continua pausada para ambos.',
  needsOne: 'Confirme primeiro que os dois contactos são uma só pessoa.',
  submit: 'Unir',
  done: (into) => `Unida à conversa com ${into}`,
  undone: 'Duas conversas de novo',
  refused: {
    already_merged: 'Uma das duas foi unida entretanto.',
    not_found: 'Uma das duas já não existe.',
    undo: 'Houve outra união depois; desfaça essa primeiro.',
    other: 'Não foi possível unir as conversas. Tente de novo.',
    undoneAlready: 'Já tinha sido desfeito.',
    notParted: 'Não foi possível separá-las. Tente de novo.',
  },
};
