import type { Agent } from '../../server/contract/settings.ts';
import type { SharedConversation, Transfer, Working } from '../../server/contract/conversation.ts';
import { emptyThread, emptyUnsent, type State, type Thread, type Typist, type Unsent } from './state.ts';

/** The id that answers for an id: its own, or that of the conversation that it was merged into. */
export function resolve({ merged }: State, id: string): string {
  let at = id;
  for (let steps = 0; steps < 9; steps += 1) at = merged[at] ?? at;
  return at;
}

/** A conversation, as far as known. */
export const conversationOf = (state: State, id: string): SharedConversation | undefined => state.conversations.get(resolve(state, id));

/** How many inbound messages of a conversation the operator has not read. */
export function unreadOf(state: State, id: string): number {
  const mark = state.reads.get(resolve(state, id));
  const total = conversationOf(state, id)?.inboundCount ?? 0;
  return mark ? Math.max(0, total - mark.count) : 0;
}

export const threadOf = (state: State, id: string): Thread => state.threads[resolve(state, id)] ?? emptyThread;

/** Where what is written to a conversation is kept: after a merge under the id that it was written to, as long as any of it is left. */
export function unsentKey(state: State, id: string): string {
  const own = state.unsent[id];
  return own && (own.reply || own.note || own.files?.length) ? id : resolve(state, id);
}
export const unsentOf = (state: State, id: string): Unsent => state.unsent[unsentKey(state, id)] ?? emptyUnsent;

/** What an agent is doing in a conversation now; a run that crashed is not told for long. */
export const workingOf = (state: State, id: string): Working | undefined => state.working[resolve(state, id)]?.value;

const nobody: readonly Typist[] = [];
/** Who types in a conversation now, the operator itself left out. */
export function typingIn(state: State, id: string): readonly Typist[] {
  const typists = state.typing[resolve(state, id)];
  if (!typists) return nobody;
  const others = Object.values(typists).flatMap(({ value }) => (value.id === state.me?.id ? [] : [value]));
  return others.length > 0 ? others : nobody;
}

/** Which other operators look at a conversation now. */
export function presentIn(state: State, id: string): readonly { id: string; name: string }[] {
  const there = resolve(state, id);
  return viewersOf(state, there).filter((one) => one.id !== state.me?.id);
}

/** Who has a conversation open, the first to come first. */
function viewersOf(state: State, there: string): { id: string; name: string; since: string }[] {
  return Object.entries(state.presence)
    .flatMap(([id, { value }]) => value.viewing.flatMap((one) => (one.conversationId === there ? [{ id, name: value.name, since: one.since }] : [])))
    .toSorted((one, other) => (one.since < other.since ? -1 : one.since > other.since ? 1 : one.id < other.id ? -1 : 1));
}

/** The colleague who opened a conversation before the operator did, while nobody has it: it is theirs, unless somebody goes on. */
export function claimantOf(state: State, id: string): { id: string; name: string } | undefined {
  const [first] = viewersOf(state, resolve(state, id));
  return first && first.id !== state.me?.id && conversationOf(state, id)?.assignee === null ? first : undefined;
}

/** True while an agent could send by itself now, so that an operator first has to assume the conversation. */
export const agentInControl = (conversation: SharedConversation): boolean => !conversation.may.operatorSend.allowed;

/** The agents that may be chosen: active ones only. */
export const activeAgents = (state: State): readonly Agent[] => state.lists.agents?.items.filter((agent) => agent.active) ?? [];

/** What waits to be answered about a conversation, by the operator or whoever it asked. */
export const transferIn = (state: State, id: string): Transfer | undefined =>
  Object.values(state.transfers).find(
    ({ status, conversationId, from, to }) =>
      status === 'pending' && conversationId === resolve(state, id) && (from.id === state.me?.id || to.id === state.me?.id),
  );
