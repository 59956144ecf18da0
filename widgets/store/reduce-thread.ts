import type { Message, MessagePage } from '../../server/contract/message.ts';
import { emptyThread, type Pending, type State, type Thread } from './state.ts';

/** Changes a thread; one that is not there begins empty. */
export function withThread(state: State, id: string, change: (thread: Thread) => Thread): State {
  const before = state.threads[id] ?? emptyThread;
  const after = change(before);
  return after === before ? state : { ...state, threads: { ...state.threads, [id]: after } };
}

/** Where a page belongs: it is what was opened, or lies before or after what is there. */
export type PagePlace = 'open' | 'older' | 'newer';

/** Takes in a page of items. */
export function putMessagePage(state: State, id: string, page: MessagePage, where: PagePlace): State {
  return withThread(state, id, (thread) => {
    const end = page.items.at(-1)?.seq ?? 0;
    const others = where === 'open' ? thread.items.filter(({ seq }) => !thread.replaced && page.after === null && seq > end) : thread.items;
    const merged = inOrder([...others, ...page.items]);
    return {
      ...thread,
      items: merged,
      before: where === 'newer' ? thread.before : page.before === null ? null : { before: page.before },
      after: where === 'older' ? thread.after : page.after === null ? null : { after: page.after },
      firstUnreadSeq: where === 'open' ? page.firstUnreadSeq : thread.firstUnreadSeq,
      pending: thread.pending.filter((pending) => !page.items.some((item) => isEchoOf(item, pending, state.me?.id))),
      loaded: true,
      loading: undefined,
      problem: undefined,
      stale: undefined,
      replaced: undefined,
    };
  });
}

/** By seq, the last of those with the same id kept. */
function inOrder(items: readonly Message[]): Message[] {
  return [...new Map(items.map((item) => [item.id, item])).values()].toSorted((one, other) => one.seq - other.seq);
}

/**
 * Takes in a message, new or changed. One that is not next to what is loaded shows that something is missing; one that
 * stood in another thread (a merge, or its undoing) leaves that.
 */
export function putMessage(state: State, message: Message): State {
  let next = state;
  for (const [id, { items }] of Object.entries(state.threads)) {
    if (id === message.conversationId || !items.some((item) => item.id === message.id)) continue;
    next = withThread(next, id, (thread) => ({ ...thread, items: thread.items.filter((item) => item.id !== message.id), stale: true }));
  }
  const thread = next.threads[message.conversationId];
  if (!thread || (!thread.loaded && thread.loading !== 'open')) return next;
  return withThread(next, message.conversationId, () => insert(thread, message, state.me?.id));
}

function insert(thread: Thread, message: Message, operatorId: string | undefined): Thread {
  const pending = dropEcho(thread.pending, message, operatorId);
  const { items } = thread;
  const at = items.findLastIndex(({ id }) => id === message.id);
  const first = items[0];
  const last = items.at(-1);
  if (at >= 0) {
    if (items[at]?.seq === message.seq) return { ...thread, pending, items: items.toSpliced(at, 1, message) };
    return { ...thread, pending, items: inOrder([...items, message]), stale: true };
  }
  if (last && message.seq > last.seq && thread.after !== null) return { ...thread, pending };
  if (first && message.seq < first.seq && thread.before !== null) return { ...thread, pending };
  const follows = last ? message.seq === last.seq + 1 : !thread.loaded || message.seq === 1;
  return { ...thread, pending, items: follows ? [...items, message] : inOrder([...items, message]), stale: follows ? thread.stale : true };
}

/** What was on its way and has just arrived by the stream, ahead of its own answer. */
function dropEcho(pending: readonly Pending[], message: Message, operatorId: string | undefined): readonly Pending[] {
  const at = pending.findIndex((one) => isEchoOf(message, one, operatorId));
  return at < 0 ? pending : pending.toSpliced(at, 1);
}

function isEchoOf(message: Message, pending: Pending, operatorId: string | undefined): boolean {
  if (pending.stage !== 'sending' || message.kind !== pending.kind || message.text !== pending.body.text) return false;
  return message.author.id === operatorId && message.createdAt >= pending.createdAt.slice(0, 16);
}

/** Changes what is on its way, by its key. */
export function withPending(state: State, id: string, key: string, change: Partial<Pending> | undefined): State {
  return withThread(state, id, (thread) => {
    const at = thread.pending.findIndex((pending) => pending.key === key);
    const before = thread.pending[at];
    if (!before) return thread;
    const pending = change ? thread.pending.toSpliced(at, 1, { ...before, ...change }) : thread.pending.toSpliced(at, 1);
    return { ...thread, pending };
  });
}
