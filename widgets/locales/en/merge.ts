import { plural } from '../plural.ts';
import { common } from './common.ts';

const count = plural('en');

/** Two conversations that become one. */
export const merge = {
  common,
  title: 'Merge two conversations',
  lead: (who: string) => `Choose the conversation that ${who}’s goes into.`,
  search: 'Search by name, address or words',
  same: (who: string) => `Others of ${who}`,
  found: 'Found',
  noneSame: (who: string) => `${who} has no other conversation. Search for one of somebody else.`,
  noneFound: 'Nothing found',
  loading: 'Looking',
  listFailed: 'The conversations did not load.',
  into: 'goes into',
  swap: 'Swap',
  other: 'Choose another',
  messages: (n: number, shown: string) => count(n, { one: '1 message', other: `${shown} messages` }),
  notes: (n: number, shown: string) => count(n, { one: '1 note', other: `${shown} notes` }),
  draft: '1 draft',
  tickets: (n: number, numbers: string) => count(n, { one: `ticket ${numbers}`, other: `tickets ${numbers}` }),
  tags: (n: number, names: string) => count(n, { one: `the tag ${names}`, other: `the tags ${names}` }),
  along: (what: string) => `Along come, in order of time: ${what}. The old link leads here. You can undo it later.`,
  last: (when: string) => `last ${when}`,
  agentControls: (agent: string) => `${agent} stays in control.`,
  personControls: (person: string) => `${person} is in control.`,
  teamControls: 'The team is in control.',
  handedOff: 'The handoff stays open.',
  mode: (mode: string) => `Reply mode: ${mode}.`,
  onePerson: 'These are two contacts, but one person',
  contacts: (from: string, into: string, handles: string) =>
    `${from} becomes part of ${into}, with ${handles} and all other conversations. What ${into} says of the customer counts, ${from} fills the gaps.`,
  pauseHolds: 'AI stays paused for both.',
  needsOne: 'Confirm first that the two contacts are one person.',
  submit: 'Merge',
  done: (into: string) => `Merged into the conversation with ${into}`,
  undone: 'Two conversations again',
  refused: {
    already_merged: 'One of the two was merged meanwhile.',
    not_found: 'One of the two is not there any more.',
    undo: 'Another merge came since; undo that one first.',
    other: 'The conversations could not be merged. Try again.',
    undoneAlready: 'It was undone already.',
    notParted: 'They could not be parted. Try again.',
  },
};
