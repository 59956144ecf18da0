import type { VisitorMessage } from '../../server/contract/message.ts';
import { sameDay } from '../ui/time.ts';
import type { ChatState, Waiting, Writer } from './state.ts';

/** What is known of one's own message at the other end. */
export type Mark = 'delivered' | 'read';

/** One line of the conversation, with a key that stays the same while lines come and go round it. */
export type Line =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'new'; readonly key: 'new' }
  | { readonly kind: 'joined'; readonly key: string; readonly name: string; readonly id: string; readonly picture?: string | null | undefined }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: VisitorMessage;
      /** Whether its author is named above it, and introduced as an agent. */
      readonly named: boolean;
      readonly introduced: boolean;
      readonly mark: Mark | null;
      /** Whether it is the last word, and when it was said is of interest. */
      readonly last: boolean;
    }
  | { readonly kind: 'chose'; readonly key: string; readonly label: string }
  | { readonly kind: 'waiting'; readonly key: string; readonly waiting: Waiting; readonly sending: boolean }
  | { readonly kind: 'writer'; readonly key: 'writer'; readonly writer: Writer; readonly face: Face };

/** By what one is known beside a name. */
export interface Face {
  readonly id: string;
  readonly avatarUrl?: string | null | undefined;
}

export const isOwn = ({ direction }: VisitorMessage): boolean => direction === 'inbound';

/**
 * The lines of a conversation from top to bottom: messages with a mark above each new day and above the first unread one,
 * who joined, what was chosen, and at the end what is on its way from either side.
 *
 * @param newFrom id of the message above which the mark of what is new stands; null for nowhere.
 */
export function linesOf(state: ChatState, newFrom: string | null): Line[] {
  const { messages, conversation, waiting, echoes, sending, writer } = state;
  const lines: Line[] = [];
  const marked = marksOf(messages);
  let before: VisitorMessage | undefined;
  let introduced = false;
  /** The operator who spoke last, as long as no agent has spoken since. */
  let person = '';
  for (const message of messages) {
    const { author } = message;
    if (!before || !sameDay(before.createdAt, message.createdAt)) {
      lines.push({ kind: 'day', key: `day:${new Date(message.createdAt).toDateString()}`, at: message.createdAt });
      introduced = false;
      before = undefined;
    }
    if (message.id === newFrom) lines.push({ kind: 'new', key: 'new' });
    if (author.kind === 'operator' && author.name !== person)
      lines.push({ kind: 'joined', key: `joined:${message.id}`, name: author.name, id: author.id ?? author.name, picture: author.avatarUrl });
    if (author.kind === 'operator') person = author.name;
    else if (author.kind === 'agent') person = '';
    const named = !isOwn(message) && (!before || before.author.kind !== author.kind || before.author.name !== author.name);
    const introduces: boolean = named && author.kind === 'agent' && !introduced;
    introduced ||= introduces;
    lines.push({
      kind: 'message',
      key: message.id,
      message,
      named,
      introduced: introduces,
      mark: marked.get(message.id) ?? null,
      last: message === messages.at(-1) && waiting.length === 0,
    });
    const chosen = message.routes?.find(({ id }) => id === message.chosenRouteId);
    if (chosen && !message.asks) lines.push({ kind: 'chose', key: `chose:${message.id}`, label: chosen.label });
    before = message;
  }
  const { answering } = conversation ?? {};
  if (answering?.kind === 'operator' && answering.name && answering.name !== person) {
    lines.push({ kind: 'joined', key: 'joined', name: answering.name, id: answering.name, picture: answering.avatarUrl });
  }
  for (const one of waiting) {
    if (echoes[one.key] === undefined) lines.push({ kind: 'waiting', key: one.key, waiting: one, sending: one.key === sending });
  }
  if (writer) lines.push({ kind: 'writer', key: 'writer', writer, face: faceOf(messages, writer.name) });
  return lines;
}

/** The id and picture of whoever speaks under a name, so that a face keeps its tint; for somebody who has not spoken the name is the id. */
export function faceOf(messages: readonly VisitorMessage[], name: string): Face {
  const { id, avatarUrl } = messages.findLast(({ author }) => author.name === name)?.author ?? {};
  return { id: id ?? name, avatarUrl };
}

/** The last of one's own messages carries its mark, and so does the last that was read: those above say nothing new. */
function marksOf(messages: readonly VisitorMessage[]): Map<string, Mark> {
  const own = messages.filter(isOwn);
  const read = own.findLast(({ delivery }) => delivery?.status === 'read');
  const last = own.at(-1);
  const marks = new Map<string, Mark>();
  if (last) marks.set(last.id, 'delivered');
  if (read) marks.set(read.id, 'read');
  return marks;
}
