import type { Translated } from '../catalogue.ts';
import type { merge as source } from '../en/merge.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('es');

export const merge: Translated<typeof source> = {
  common,
  title: 'Unir dos conversaciones',
  lead: (who) => `Elija la conversación en la que entra la de ${who}.`,
  search: 'Buscar por nombre, dirección o palabras',
  same: (who) => `Otras de ${who}`,
  found: 'Encontradas',
  noneSame: (who) => `${who} no tiene otra conversación. Busque una de otra persona.`,
  noneFound: 'No se encontró nada',
  loading: 'Buscando',
  listFailed: 'Las conversaciones no se cargaron.',
  into: 'entra en',
  swap: 'Intercambiar',
  other: 'Elegir otra',
  messages: (n, shown) => count(n, { one: '1 mensaje', other: `${shown} mensajes` }),
  notes: (n, shown) => count(n, { one: '1 nota', other: `${shown} notas` }),
  draft: '1 borrador',
  tickets: (n, numbers) => count(n, { one: `el ticket ${numbers}`, other: `los tickets ${numbers}` }),
  tags: (n, names) => count(n, { one: `la etiqueta ${names}`, other: `las etiquetas ${names}` }),
  along: (what) => `Se incorporan, por orden de tiempo: ${what}. El enlace antiguo lleva aquí. Puede deshacerlo más tarde.`,
  last: (when) => `último ${when}`,
  agentControls: (agent) => `${agent} sigue al mando.`,
  personControls: (person) => `${person} está al mando.`,
  teamControls: 'El equipo está al mando.',
  handedOff: 'El traspaso sigue abierto.',
  mode: (mode) => `Modo de respuesta: ${mode}.`,
  onePerson: 'Son dos contactos, pero una sola persona',
  contacts: (from, into, handles) =>
    `${from} pasa a formar parte de ${into}, con ${handles} y todas sus demás conversaciones. Vale lo que consta en ${into}; ${from} completa lo que falta.`,
  pauseHolds: 'La IA sigue en pausa para ambos.',
  needsOne: 'Confirme primero que los dos contactos son una sola persona.',
  submit: 'Unir',
  done: (into) => `Unida a la conversación con ${into}`,
  undone: 'Vuelven a ser dos conversaciones',
  refused: {
    already_merged: 'Una de las dos se unió entretanto.',
    not_found: 'Una de las dos ya no está.',
    undo: 'Hubo otra unión después; deshaga esa primero.',
    other: 'No se pudieron unir las conversaciones. Inténtelo de nuevo.',
    undoneAlready: 'Ya se había deshecho.',
    notParted: 'No se pudieron separar. Inténtelo de nuevo.',
  },
};
