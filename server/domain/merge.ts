import type { Priority, ReplyMode } from '../contract/common.ts';
import type { ControlState } from './control.ts';

/** One of two conversations that become one, as far as a merge has to settle it. */
export interface MergeSide {
  state: ControlState;
  /** How its agent replies where nobody has said otherwise; null where it has no agent. */
  agentMode: ReplyMode | null;
  priority: Priority;
  fallbackCount: number;
  snooze: { by: string; until: Date | null } | null;
}

const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
/** The strictest first. */
const MODES: readonly ReplyMode[] = ['off', 'auto_draft', 'controlled', 'auto_send'];
const STATUSES = ['open', 'closed', 'archived'] as const;

const first = <T>(order: readonly T[], ...given: readonly (T | null)[]): T | null => order.find((one) => given.includes(one)) ?? null;
const earliest = (one: Date | null, other: Date | null): Date | null => (one && other ? (one <= other ? one : other) : (one ?? other));

/**
 * What two conversations come to when `from` goes into `into`. In words: it is open if either was; a person in control stays
 * so, the target's before the other's; an open handoff stays open, the older one where both had one; the stricter reply
 * mode, the higher priority and the longer wait count; agent, assignee and department are the target's, else the other's,
 * but the department is that of whose handoff it is; it is put off only where both were, until the earlier time.
 */
export function settleMerge(from: MergeSide, into: MergeSide): MergeSide {
  const [theirs, own] = [from.state, into.state];
  const byPeople = own.controller.kind === 'human' || theirs.controller.kind === 'human';
  const holder = (own.controller.kind === 'human' ? own.controller.id : null) ?? (theirs.controller.kind === 'human' ? theirs.controller.id : null);
  const assigneeId = holder ?? own.assigneeId ?? theirs.assigneeId;
  const agentId = own.agentId ?? theirs.agentId;
  const agentMode = own.agentId ? into.agentMode : from.agentMode;
  const elder = olderHandoff(theirs, own);
  const handoff = elder?.handoff ?? null;
  const strictest = first(MODES, modeOf(from), modeOf(into));
  const status = first(STATUSES, own.status, theirs.status)!;
  const state: ControlState = {
    status,
    agentId,
    assigneeId,
    controller: byPeople || !agentId ? { kind: 'human', id: assigneeId } : { kind: 'agent', id: agentId },
    replyModeOverride: strictest === agentMode && own.replyModeOverride === null ? null : strictest,
    handoff: handoff && { ...handoff, routeId: handoff.routeId ?? (elder === own ? theirs : own).handoff?.routeId ?? null },
    departmentId: (elder ?? own).departmentId ?? own.departmentId ?? theirs.departmentId,
    requiresAction: own.requiresAction || theirs.requiresAction,
    requiresReason: handoff && (own.requiresAction || theirs.requiresAction) ? 'handoff' : (own.requiresReason ?? theirs.requiresReason),
    waitingSince: earliest(own.waitingSince, theirs.waitingSince),
    unsettled: own.unsettled || theirs.unsettled,
  };
  return {
    state,
    agentMode,
    priority: first(PRIORITIES, into.priority, from.priority)!,
    fallbackCount: Math.max(into.fallbackCount, from.fallbackCount),
    snooze: into.snooze && from.snooze ? { by: into.snooze.by, until: earliest(into.snooze.until, from.snooze.until) } : null,
  };
}

/** Whose handoff the two go on with. */
function olderHandoff(theirs: ControlState, own: ControlState): ControlState | null {
  if (theirs.handoff && own.handoff) return theirs.handoff.at < own.handoff.at ? theirs : own;
  return own.handoff ? own : theirs.handoff ? theirs : null;
}

/** How an agent may reply on one side; null where neither an agent nor a person's word says. */
const modeOf = ({ state, agentMode }: MergeSide): ReplyMode | null => state.replyModeOverride ?? agentMode;

/** Fields of a contact that a person may fill in. */
export const CONTACT_FIELDS = ['name', 'email', 'company', 'phone', 'language', 'timeZone', 'externalId'] as const;
export type ContactFields = Record<(typeof CONTACT_FIELDS)[number], string | null> & { attributes: Record<string, unknown> };

/** What is known of two contacts that are one person: the target's word counts, and the other's where it says nothing; so with each attribute. */
export function settleContacts(from: ContactFields, into: ContactFields): ContactFields {
  const fields = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, into[field] || from[field] || (field === 'name' ? '' : null)])) as Omit<
    ContactFields,
    'attributes'
  >;
  return { ...fields, attributes: { ...from.attributes, ...into.attributes } };
}

/** When two are parted, what somebody changed since they were merged holds for both; what nobody did is as it was before. */
export const restored = <T>(before: T, merged: T, now: T): T => (same(merged, now) ? before : now);

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** An item that has come since a merge, of one of the two that are parted. */
export interface SinceMerge {
  side: 'from' | 'into';
  kind: 'inbound' | 'answer';
  at: Date;
}

/**
 * Since when somebody waits in one of two conversations that are parted.
 * @param before what it was when they were merged
 * @param now what the merged one says
 * @param since what has come in both, in order
 */
export function waitingAfter(side: 'from' | 'into', before: Date | null, now: Date | null, since: readonly SinceMerge[]): Date | null {
  let waiting = before;
  let settledElsewhere = false;
  for (const item of since) {
    if (item.side === side) waiting = item.kind === 'answer' ? null : (waiting ?? item.at);
    else if (item.kind === 'answer') settledElsewhere = true;
  }
  // Nobody answered, and yet nobody waits: what came since was settled without an answer.
  const came = since.some((item) => item.side === side && item.kind === 'inbound');
  return now === null && came && !settledElsewhere ? null : waiting;
}
