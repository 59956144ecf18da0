import type { Contact } from '../../server/contract/contact.ts';
import type { OperatorEvents } from '../../server/contract/events.ts';
import type { ContactRef } from '../../server/contract/conversation.ts';
import { putNotification } from './reduce-news.ts';
import { dropPassing, LASTS, putPresence, putTypist, putWorking } from './reduce-passing.ts';
import { drop, putConversations, putReadMark, truthOf } from './reduce-pool.ts';
import { putMessage } from './reduce-thread.ts';
import type { State } from './state.ts';

type Applied = Exclude<keyof OperatorEvents, 'reset'>;
type Appliers = { [E in Applied]: (state: State, data: OperatorEvents[E], now: number) => State };

/** What each event of the stream does to the state. A `reset` does nothing by itself: the store reads everything again. */
const appliers: Appliers = {
  conversation: (state, conversation, now) => putConversations(state, [conversation], now),
  message: (state, message, now) => {
    const next = putMessage(state, message);
    if (message.author.kind === 'agent' || message.author.kind === 'system') return dropPassing(next, 'compose', message.conversationId);
    return message.direction !== 'internal' && message.author.id ? putTypist(next, message.conversationId, message.author.id, undefined, now) : next;
  },
  draft: (state, draft, now) => {
    const known = state.drafts.get(draft.id);
    if (known && known.version > draft.version) return state;
    const next = dropPassing({ ...state, drafts: state.drafts.with(draft.id, draft) }, 'compose', draft.conversationId);
    const conversation = truthOf(next, draft.conversationId);
    if (conversation?.draft?.id !== draft.id) return next;
    return putConversations(next, [{ ...conversation, draft: draft.status === 'pending' ? draft : null }], now);
  },
  contact: (state, contact) => putContact(state, contact),
  transfer: (state, transfer) => ({ ...state, transfers: { ...state.transfers, [transfer.id]: transfer } }),
  ticket: (state) => ({ ...state, ticketChanges: state.ticketChanges + 1 }),
  gone: (state, { kind, id }) => (kind === 'conversation' ? drop(state, id) : { ...state, ticketChanges: state.ticketChanges + 1 }),
  settings: (state) => state,
  read: (state, { conversationId, readInboundCount }) => putReadMark(state, conversationId, readInboundCount),
  notification: (state, notification) => putNotification(state, notification),
  working: (state, { conversationId, working }, now) => putWorking(dropPassing(state, 'working', conversationId), conversationId, working, now),
  typing: (state, { conversationId, who, typing }, now) =>
    putTypist(state, conversationId, who.id, typing ? { value: who, until: now + LASTS.typing } : undefined, now),
  presence: (state, { operatorId, name, viewing }, now) => putPresence(state, operatorId, name, viewing, now),
  compose: (state, { conversationId, agentId, text }, now) => ({
    ...state,
    compose: { ...state.compose, [conversationId]: { value: { agentId, text }, until: now + LASTS.compose } },
  }),
};

/** The state after an event of the stream; one of a name that is not known changes nothing. */
export function applyEvent<E extends keyof OperatorEvents>(state: State, name: E, data: OperatorEvents[E], now: number): State {
  const apply = Object.hasOwn(appliers, name) ? (appliers[name as Applied] as (state: State, data: OperatorEvents[E], now: number) => State) : undefined;
  return apply ? apply(state, data, now) : state;
}

/** Takes in a contact, also where conversations name it. */
export function putContact(state: State, contact: Contact): State {
  if ((state.contacts[contact.id]?.version ?? 0) > contact.version) return state;
  const { id, name, email, company, phone, language, aiPaused } = contact;
  const ref: ContactRef = { id, name, email, company, phone, language, aiPaused };
  const named: (readonly [string, ReturnType<State['conversations']['get']> & object])[] = [];
  for (const [key, conversation] of state.conversations.entries()) {
    if (conversation.contact.id === id) named.push([key, { ...conversation, contact: ref }]);
  }
  return { ...state, contacts: { ...state.contacts, [id]: contact }, conversations: state.conversations.withAll(named) };
}
