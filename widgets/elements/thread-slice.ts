import { conversationOf, resolve, threadOf, transferIn, unsentOf } from '../store/select.ts';
import type { State } from '../store/state.ts';

/** What of the state an open conversation shows. */
export const sliceOf = (state: State, id: string) => {
  const at = resolve(state, id);
  const conversation = conversationOf(state, id);
  return {
    conversation,
    thread: threadOf(state, id),
    unsent: unsentOf(state, id),
    working: state.working[at]?.value ?? conversation?.working,
    growing: state.compose[at]?.value.text ?? '',
    typing: state.typing[at],
    presence: state.presence,
    asked: transferIn(state, id),
    drafts: state.drafts,
    contact: conversation && state.contacts[conversation.contact.id],
    me: state.me,
    connection: state.connection,
    agents: state.lists.agents,
    operators: state.lists.operators,
    accounts: state.lists.channelAccounts,
    intents: state.lists.intents,
    cards: state.lists.guidanceCards,
    routes: state.lists.routes,
    departments: state.lists.departments,
  };
};
