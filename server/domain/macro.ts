import type { BulkSet } from '../contract/conversation.ts';
import type { MacroActions } from '../contract/macro.ts';

/** What of a macro sets something on the conversation; that can be put back. */
export function setOf(
  { addTags, removeTags, priority, departmentId, assigneeId, replyMode, status, snooze }: MacroActions,
  by: { id: string },
  now: Date,
): BulkSet {
  const set: BulkSet = {
    addTags,
    removeTags,
    priority,
    departmentId,
    replyMode,
    status,
    assigneeId: assigneeId === 'me' ? by.id : assigneeId,
    snoozedUntil: typeof snooze === 'number' ? new Date(now.getTime() + snooze * 60_000).toISOString() : snooze,
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}

/** Whether a macro changes who may speak, or speaks: then those whose word decides that are locked before the conversation. */
export const speaks = ({ text, transferToAi }: MacroActions): boolean => text !== undefined || transferToAi !== undefined;

/** Whether a macro is for one conversation that somebody looks at: it speaks, or fills the composer. */
export const onlyForOne = (actions: MacroActions): boolean => speaks(actions) || actions.quickReplyId !== undefined;
