import type { Translated } from '../catalogue.ts';
import type { merge as source } from '../en/merge.ts';
import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('de');

export const merge: Translated<typeof source> = {
  common,
  title: 'Zwei Unterhaltungen zusammenführen',
  lead: (who) => `Wählen Sie die Unterhaltung, in die die von ${who} eingeht.`,
  search: 'Nach Name, Adresse oder Wörtern suchen',
  same: (who) => `Weitere von ${who}`,
  found: 'Gefunden',
  noneSame: (who) => `Von ${who} gibt es keine weitere Unterhaltung. Suchen Sie eine von jemand anderem.`,
  noneFound: 'Nichts gefunden',
  loading: 'Wird gesucht',
  listFailed: 'Die Unterhaltungen wurden nicht geladen.',
  into: 'geht ein in',
  swap: 'Tauschen',
  other: 'Andere wählen',
  messages: (n, shown) => count(n, { one: '1 Nachricht', other: `${shown} Nachrichten` }),
  notes: (n, shown) => count(n, { one: '1 Notiz', other: `${shown} Notizen` }),
  draft: '1 Entwurf',
  tickets: (n, numbers) => count(n, { one: `Ticket ${numbers}`, other: `Tickets ${numbers}` }),
  tags: (n, names) => count(n, { one: `das Schlagwort ${names}`, other: `die Schlagwörter ${names}` }),
  along: (what) => `Mit kommen, nach der Zeit geordnet: ${what}. Der alte Link führt hierher. Sie können es später rückgängig machen.`,
  last: (when) => `zuletzt ${when}`,
  agentControls: (agent) => `${agent} behält die Kontrolle.`,
  personControls: (person) => `${person} hat die Kontrolle.`,
  teamControls: 'Das Team hat die Kontrolle.',
  handedOff: 'Die Übergabe bleibt offen.',
  mode: (mode) => `Antwortmodus: ${mode}.`,
  onePerson: 'Es sind zwei Kontakte, aber eine Person',
  contacts: (from, into, handles) =>
    `${from} geht in ${into} auf, mit ${handles} und allen weiteren Unterhaltungen. Es gilt, was bei ${into} steht; ${from} füllt die Lücken.`,
  pauseHolds: 'Die KI bleibt für beide pausiert.',
  needsOne: 'Bestätigen Sie zuerst, dass die zwei Kontakte eine Person sind.',
  submit: 'Zusammenführen',
  done: (into) => `Mit der Unterhaltung mit ${into} zusammengeführt`,
  undone: 'Wieder zwei Unterhaltungen',
  refused: {
    already_merged: 'Eine der beiden wurde inzwischen zusammengeführt.',
    not_found: 'Eine der beiden gibt es nicht mehr.',
    undo: 'Seither wurde noch einmal zusammengeführt; machen Sie das zuerst rückgängig.',
    other: 'Die Unterhaltungen konnten nicht zusammengeführt werden. Versuchen Sie es noch einmal.',
    undoneAlready: 'Das wurde schon rückgängig gemacht.',
    notParted: 'Sie ließen sich nicht wieder trennen. Versuchen Sie es noch einmal.',
  },
};
