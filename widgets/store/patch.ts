import type { PatchConversation, SharedConversation } from '../../server/contract/conversation.ts';
import type { State } from './state.ts';

/** A conversation as it will be once a change is accepted, as far as that can be told here. */
export function patched(state: State, conversation: SharedConversation, patch: PatchConversation): SharedConversation {
  const { replyMode, agentId, assigneeId, departmentId, tags, ...plain } = patch;
  const { lists } = state;
  const next = { ...conversation, ...plain };
  if (replyMode !== undefined) {
    next.replyModeOverride = replyMode;
    next.replyMode = replyMode ?? lists.agents?.items.find(({ id }) => id === next.agent?.id)?.replyMode ?? next.replyMode;
  }
  if (agentId !== undefined) next.agent = find(lists.agents?.items, agentId, next.agent);
  if (assigneeId !== undefined) next.assignee = find(lists.operators?.items, assigneeId, next.assignee);
  if (departmentId !== undefined) next.department = find(lists.departments?.items, departmentId, next.department);
  if (tags)
    next.tags = tags.map(
      (name) => next.tags.find((tag) => tag.name === name) ?? { name, color: lists.tags?.items.find((tag) => tag.name === name)?.color ?? 8 },
    );
  return next;
}

/** The one of a list with that id, none for null; what stood there when it is not known. */
function find<T extends { id: string }, B>(items: readonly T[] | undefined, id: string | null, before: B): T | B | null {
  return id === null ? null : (items?.find((item) => item.id === id) ?? before);
}
