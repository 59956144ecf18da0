import type { Translated } from '../catalogue.ts';
import type { pooling as source } from '../en/pooling.ts';
import { plural } from '../plural.ts';

const count = plural('pt');

export const pooling: Translated<typeof source> = {
  run: {
    label: 'A alterar conversas',
    undoing: 'A repor conversas',
    changed: (n: number, shown: string) => count(n, { one: '1 conversa alterada', other: `${shown} conversas alteradas` }),
    changedPartly: (n: number, shown: string, refused: string) =>
      count(n, { one: `1 conversa alterada, ${refused} não`, other: `${shown} conversas alteradas, ${refused} não` }),
    cancel: 'Parar',
    cancelling: 'A parar',
    cancelled: (n, shown) => count(n, { one: 'Parado: 1 conversa foi alterada', other: `Parado: ${shown} conversas foram alteradas` }),
    noAnswer: 'Não houve resposta. Pode continuar por si.',
    goOn: 'Continuar',
    which: 'Ver quais não',
    title: 'Não alteradas',
    undoTitle: 'Não repostas',
    lead: (n, shown) => count(n, { one: '1 conversa ficou como estava.', other: `${shown} conversas ficaram como estavam.` }),
    more: (n, shown) => count(n, { one: 'e mais 1', other: `e mais ${shown}` }),
    unknown: 'Uma conversa',
    again: 'Tentar de novo com estas',
    cancelledWhy: 'parou antes da sua vez',
    changedSince: 'alguém a alterou entretanto',
    otherWhy: 'o servidor recusou',
    failed: 'A alteração não foi feita',
    undoFailed: 'Não foi desfeito',
    undone: (n, shown) => count(n, { one: '1 conversa reposta', other: `${shown} conversas repostas` }),
    undonePartly: (n, shown, left) => count(n, { one: `1 conversa reposta, ${left} não`, other: `${shown} conversas repostas, ${left} não` }),
  },
  tags: {
    title: 'Etiquetas',
    lead: (n: number, shown: string) =>
      count(n, { one: 'Para 1 conversa. O que não tocar fica como está.', other: `Para ${shown} conversas. O que não tocar fica como está.` }),
    some: 'em algumas',
    added: 'será posta',
    removed: 'será retirada',
    submit: 'Mudar etiquetas',
    failed: 'Não foi possível criar a etiqueta. Tente de novo.',
  },
  views: {
    title: 'Vistas guardadas',
    lead: 'A ordem é sua. O que toda a equipe vê é alterado por um administrador.',
    none: 'Ainda não há vistas guardadas. Restrinja a lista e guarde-a pelo cabeçalho.',
    name: (view) => `Nome de ${view}`,
    shared: 'Toda a equipe',
    up: (view) => `Subir ${view}`,
    down: (view) => `Descer ${view}`,
    moved: (view, place) => `${view} está agora no lugar ${place}`,
    remove: (view) => `Eliminar ${view}`,
    removed: (view) => `${view} eliminada`,
    team: 'de toda a equipe',
    failed: 'Não foi guardado. Tente de novo.',
    nameless: 'Uma vista precisa de um nome.',
    updated: (view) => `${view} é agora o que está a ver`,
    done: 'Concluído',
    saveTitle: 'Guardar esta vista',
    saveName: 'Nome',
    saveShared: 'Toda a equipe a vê',
  },
};
