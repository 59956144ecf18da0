import { isApple, isEditable } from './keys.ts';

/** What keys do, and the usual ones; an operator may choose others. Nothing else binds keys to what can be done. */
export const usual = {
  palette: 'mod+k',
  sheet: '?',
  search: '/',
  next: 'j',
  previous: 'k',
  longest: 'g',
  begin: 'c',
  undo: 'z',
  selectAll: 'mod+a',
  pick: 'x',
  reply: 'r',
  note: 'n',
  transfer: 't',
  transferToAi: 'shift+t',
  assume: 'mod+shift+a',
  snooze: 'mod+shift+l',
  close: 'mod+shift+e',
  ticket: 'shift+c',
  handOff: 'h',
  copyLink: 'l',
  print: 'mod+p',
  pauseAi: 'p',
  take: 'shift+j',
  translate: 'y',
  macro: 'm',
  merge: 'shift+m',
  unmerge: '',
  archive: 'e',
  tags: 'shift+l',
  unread: 'u',
  markUnread: 'shift+u',
  details: 'i',
  send: 'mod+enter',
  mode: 'mod+shift+m',
  draftNext: 'j',
  draftPrevious: 'k',
  approve: 'a',
  edit: 'e',
  reject: 'r',
  openDraft: 'o',
  tick: 'x',
} as const;
export type Action = keyof typeof usual;
/** What is done with a conversation that is open, in the order in which it is shown. */
export const conversationActions = [
  'reply',
  'note',
  'assume',
  'unread',
  'markUnread',
  'transfer',
  'ticket',
  'transferToAi',
  'handOff',
  'macro',
  'copyLink',
  'print',
  'pauseAi',
  'take',
  'translate',
  'merge',
  'unmerge',
  'snooze',
  'close',
  'archive',
  'tags',
] as const satisfies Action[];

/** The keys that an operator has chosen, by action; an empty one takes them away. */
export type Chosen = Readonly<Partial<Record<string, string>>> | undefined;

/** The keys of an action, such as `mod+shift+e`; empty where it has none. */
export const keysFor = (chosen: Chosen, action: Action): string => chosen?.[action] ?? usual[action];

/** The keys of an event, as the table writes them; empty for keys that stand for nothing by themselves. Letters are those of the Latin keyboard, whatever script is typed. */
export function keysOf({ key, code, metaKey, ctrlKey, altKey, shiftKey }: KeyboardEvent): string {
  const [mod, other] = isApple ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  if (other || /^(Alt|AltGraph|Control|Meta|Shift|CapsLock|Dead|Process|Unidentified)$/.test(key)) return '';
  const latin = /^Key([A-Z])$/.exec(code)?.[1];
  const name = key === ' ' ? 'space' : (latin && key > '\x7f' && key.length === 1 ? latin : key).toLowerCase();
  // Which characters need Shift is the keyboard's affair.
  const shift = shiftKey && (name.length > 1 || name !== name.toUpperCase());
  return `${mod ? 'mod+' : ''}${altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;
}

/** What an event asks for, of some actions. Within fields only keys with Ctrl or ⌘ mean anything, and nothing where somebody has taken the event. */
export function actionOf<A extends Action>(event: KeyboardEvent, chosen: Chosen, actions: readonly A[]): A | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined;
  const keys = keysOf(event);
  if (!keys.startsWith('mod+') && isEditable(event.composedPath()[0])) return undefined;
  return keys ? actions.find((action) => keysFor(chosen, action) === keys) : undefined;
}
