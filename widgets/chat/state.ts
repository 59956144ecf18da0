import type { VisitorConversation, VisitorMessages } from '../../server/contract/chat.ts';
import type { Attachment, VisitorMessage } from '../../server/contract/message.ts';
import type { StreamState } from '../stream/share.ts';
import type { Session } from './session.ts';

/** A message of the visitor that the server has not answered yet. */
export interface Waiting {
  /** Its Idempotency-Key, the same on every attempt. */
  readonly key: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: string;
  /** Whether the server refused it, so that it is not sent again by itself. */
  readonly failed: boolean;
}

export interface Writer {
  readonly kind: 'agent' | 'operator';
  readonly name: string;
}

/** What the chat knows. Replaced, never mutated. */
export interface ChatState {
  /** `away`: nobody has opened it; `starting`: not read yet; `failed`: cannot be reached now; `refused`: is not to be had. */
  readonly phase: 'away' | 'starting' | 'ready' | 'failed' | 'refused';
  readonly connection: StreamState;
  readonly session: Session | null;
  readonly conversation: VisitorConversation | null;
  /** Oldest first. */
  readonly messages: readonly VisitorMessage[];
  /** The cursor to what is older; null when that is all. */
  readonly before: string | null;
  readonly waiting: readonly Waiting[];
  /** The waiting message that is on its way now. */
  readonly sending: string | null;
  /** Messages that came over the stream while the answer to their sending was still out, by the key of that sending. */
  readonly echoes: Readonly<Record<string, string>>;
  /** Who is writing at the other end. */
  readonly writer: Writer | null;
  /** Up to when the visitor has read; null for nothing yet. */
  readonly readAt: string | null;
}

export const blankState: ChatState = {
  phase: 'away',
  connection: 'connecting',
  session: null,
  conversation: null,
  messages: [],
  before: null,
  waiting: [],
  sending: null,
  echoes: {},
  writer: null,
  readAt: null,
};

const inOrder = (one: VisitorMessage, other: VisitorMessage): number =>
  one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : one.id < other.id ? -1 : one.id > other.id ? 1 : 0;

/** The messages with one more, or with a newer form of one, in order. */
function withMessage(messages: readonly VisitorMessage[], message: VisitorMessage): readonly VisitorMessage[] {
  return [...messages.filter(({ id }) => id !== message.id), message].toSorted(inOrder);
}

/** What a message does to the state: it takes its place, and whoever wrote it has stopped writing. */
export function onMessage(state: ChatState, message: VisitorMessage): ChatState {
  const known = state.messages.some(({ id }) => id === message.id);
  const own = message.direction === 'inbound' && !known && state.sending !== null && state.echoes[state.sending] === undefined;
  const sent = own ? state.waiting.find(({ key, text }) => key === state.sending && text.trim() === message.text.trim()) : undefined;
  return {
    ...state,
    messages: withMessage(state.messages, message),
    echoes: sent ? { ...state.echoes, [sent.key]: message.id } : state.echoes,
    writer: state.writer?.name === message.author.name ? null : state.writer,
  };
}

/**
 * What a freshly read newest page does. Where nobody knows how far the visitor has read, such as on a new device, the
 * history counts as read. Older pages stay when the new one joins on to them; after a gap they go, so that no
 * hole is left in the middle of the history.
 */
export function onNewest(state: ChatState, page: VisitorMessages): ChatState {
  const first = page.items[0];
  const ids = new Set(page.items.map(({ id }) => id));
  const joins = first !== undefined && state.messages.some(({ id }) => ids.has(id));
  const older = joins ? state.messages.filter((message) => inOrder(message, first) < 0) : [];
  return {
    ...state,
    phase: 'ready',
    messages: [...older, ...page.items],
    before: older.length > 0 ? state.before : page.before,
    conversation: page.conversation,
    readAt: later(state.readAt, page.readAt) ?? (state.phase === 'ready' ? null : (page.items.at(-1)?.createdAt ?? null)),
  };
}

/** What an older page does: it goes before what is there. */
export function onOlder(state: ChatState, page: VisitorMessages): ChatState {
  const known = new Set(state.messages.map(({ id }) => id));
  return { ...state, messages: [...page.items.filter(({ id }) => !known.has(id)), ...state.messages], before: page.before };
}

/** What the answer to a sending does: the message takes the place of the one that waited. */
export function onSent(state: ChatState, key: string, message: VisitorMessage): ChatState {
  const { [key]: _echo, ...echoes } = state.echoes;
  return { ...state, messages: withMessage(state.messages, message), waiting: state.waiting.filter((waiting) => waiting.key !== key), sending: null, echoes };
}

/** The messages of the other side that the visitor has not read. */
export function unreadOf({ messages, readAt }: Pick<ChatState, 'messages' | 'readAt'>): readonly VisitorMessage[] {
  return messages.filter(({ direction, createdAt }) => direction === 'outbound' && (readAt === null || createdAt > readAt));
}

/** What has come or gone between two states of one chat; nothing of a history that was only read. */
export function newsBetween(before: ChatState, after: ChatState): readonly VisitorMessage[] {
  if (before.phase !== 'ready' || after.phase !== 'ready' || before.messages === after.messages) return [];
  const last = before.messages.at(-1);
  const known = new Set(before.messages.map(({ id }) => id));
  return after.messages.filter(({ id, createdAt }) => !known.has(id) && (!last || createdAt >= last.createdAt));
}

/** The later of two moments in ISO 8601. */
export function later(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}
