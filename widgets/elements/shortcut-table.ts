import { conversationActions, keysFor, usual, type Action, type Chosen } from '../ui/shortcuts.ts';

/** Keys that stand in the sheet and cannot be changed: they are those of every list and field. */
export type Fixed = 'moveRows' | 'range' | 'ends' | 'quick' | 'mention' | 'link';

/** Where keys hold, in the order of the sheet. */
export const places: readonly {
  readonly id: 'anywhere' | 'list' | 'conversation' | 'writing' | 'queue';
  readonly actions: readonly Action[];
  readonly fixed?: readonly (readonly [Fixed, ...string[]])[];
}[] = [
  { id: 'anywhere', actions: ['palette', 'sheet', 'search', 'begin', 'next', 'previous', 'longest', 'undo'] },
  {
    id: 'list',
    actions: ['pick', 'selectAll'],
    fixed: [
      ['moveRows', '↑', '↓'],
      ['range', 'shift+↑', 'shift+↓'],
    ],
  },
  {
    id: 'conversation',
    actions: [...conversationActions, 'details'],
    fixed: [['ends', 'Home', 'End']],
  },
  {
    id: 'writing',
    actions: ['send', 'mode'],
    fixed: [
      ['quick', '/'],
      ['mention', '@'],
      ['link', 'mod+k'],
    ],
  },
  { id: 'queue', actions: ['draftNext', 'draftPrevious', 'approve', 'edit', 'reject', 'openDraft', 'tick'] },
];

const queue = new Set<Action>(places.find(({ id }) => id === 'queue')?.actions);
/** Hold in the queue as well as at the desk. */
const both: ReadonlySet<Action> = new Set(['send', 'undo']);

/** Keys of the browser, of reading and of writing, that no shortcut may take. */
const reserved =
  /^(mod\+(shift\+)?(c|v|x|z|y|t|n|w|q|r|f|p|i|j)|mod\+[1-9+-]|(shift\+)?(tab|enter|space|backspace|delete|arrow\w+|home|end|pageup|pagedown)|f\d+|alt\+(shift\+)?(tab|f4|arrow\w+))$/;

/** Why keys cannot be those of an action: another one has them, or they mean something already; undefined where they can. */
export function whyNot(chosen: Chosen, action: Action, keys: string): { readonly taken: Action } | 'page' | undefined {
  if (reserved.test(keys) || (action === 'send' && !keys.startsWith('mod+'))) return 'page';
  const taken = (Object.keys(usual) as Action[]).find(
    (other) => other !== action && keysFor(chosen, other) === keys && (both.has(other) || both.has(action) || queue.has(other) === queue.has(action)),
  );
  return taken && { taken };
}

/** What is kept of the operator's choice: what differs from the usual. */
export function withKeys(chosen: Chosen, action: Action, keys: string): Record<string, string> {
  const all = { ...chosen, [action]: keys };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[0] in usual && entry[1] !== undefined && entry[1] !== usual[entry[0] as Action]),
  );
}
