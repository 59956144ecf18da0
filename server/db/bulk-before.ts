import type { Priority, Status } from '../contract/common.ts';
import type { PatchConversation } from '../contract/conversation.ts';
import type { Change } from './change.ts';
import type { BulkSet, Next } from './operations.ts';
import { holdMany } from './patches.ts';
import type { Patched } from './patches.ts';

/** A conversation before an operation; those of earlier versions lack the last four. */
export interface Before {
  id: string;
  replyModeOverride: PatchConversation['replyMode'];
  agentId: string | null;
  assigneeId: string | null;
  departmentId: string | null;
  status: Status;
  snoozedUntil: NonNullable<PatchConversation['snoozedUntil']> | null;
  tags: string[];
  lastSeq: number;
  lastInboundSeq: number;
  inboundCount: number;
  read: number;
  priority?: Priority;
  requiresAction?: boolean;
  requiresReason?: string | null;
  waitingSince?: string | null;
}

/** A conversation under lock, with what it is before the operation changes it. */
export interface Around extends Patched {
  was: Before;
}

/** Locks conversations, and keeps what they are. */
export async function hold(unit: Change, operatorId: string, rows: Next[]): Promise<Map<string, Around>> {
  const held = await holdMany(
    unit,
    operatorId,
    rows.map(({ id }) => id),
  );
  return new Map(
    [...held].map(([id, one]) => {
      const {
        replyModeOverride,
        agentId,
        assigneeId,
        departmentId,
        status,
        priority,
        lastSeq,
        lastInboundSeq,
        inboundCount,
        requiresAction,
        requiresReason,
        snoozedBy,
        snoozedUntil,
        waitingSince,
      } = one.held.row;
      const was: Before = {
        id,
        replyModeOverride,
        agentId,
        assigneeId,
        departmentId,
        status,
        priority: priority as Priority,
        lastSeq,
        lastInboundSeq,
        inboundCount,
        requiresAction,
        requiresReason,
        read: one.read,
        tags: one.tags.map(({ name }) => name),
        snoozedUntil: snoozedBy ? (snoozedUntil?.toISOString() ?? 'next_message') : null,
        waitingSince: waitingSince?.toISOString() ?? null,
      };
      return [id, { ...one, was }];
    }),
  );
}

const lower = (names: readonly string[]): Set<string> => new Set(names.map((name) => name.toLowerCase()));

/** The tags of a conversation, with some added and some removed; their case is nothing. */
export function retagged(tags: string[], added: readonly string[], removed: readonly string[]): string[] {
  const [there, gone] = [lower(tags), lower(removed)];
  return [...tags.filter((name) => !gone.has(name.toLowerCase())), ...added.filter((name) => !there.has(name.toLowerCase()))];
}

const COLUMNS = {
  replyMode: 'replyModeOverride',
  agentId: 'agentId',
  assigneeId: 'assigneeId',
  departmentId: 'departmentId',
  status: 'status',
  priority: 'priority',
} as const;

/** Whether two say the same of when a conversation comes back, in whichever offset they are written. */
const sameTime = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && Date.parse(one) === Date.parse(other));

/** What makes a conversation as it was; `left`: something of it has been changed since by others, and stays. */
export function putBack(set: BulkSet, was: Before, now: Before, at: Date): { patch: PatchConversation; left: boolean } {
  const patch: Record<string, unknown> = {};
  let left = false;
  for (const [field, column] of Object.entries(COLUMNS) as [keyof typeof COLUMNS, (typeof COLUMNS)[keyof typeof COLUMNS]][]) {
    if (set[field] === undefined || now[column] === was[column]) continue;
    if (now[column] === set[field]) patch[field] = was[column];
    else left = true;
  }
  if (set.addTags || set.removeTags) {
    const [before, removed] = [lower(was.tags), lower(set.removeTags ?? [])];
    patch['tags'] = retagged(
      now.tags,
      was.tags.filter((name) => removed.has(name.toLowerCase())),
      (set.addTags ?? []).filter((name) => !before.has(name.toLowerCase())),
    );
  }
  if (now.snoozedUntil !== was.snoozedUntil) {
    // What was closed is put off no more; a time that has come meanwhile is no time to put it off until.
    const own = set.snoozedUntil === undefined ? patch['status'] === 'open' && now.snoozedUntil === null : sameTime(now.snoozedUntil, set.snoozedUntil);
    if (own) patch['snoozedUntil'] = was.snoozedUntil && was.snoozedUntil !== 'next_message' && new Date(was.snoozedUntil) <= at ? null : was.snoozedUntil;
    else if (set.snoozedUntil !== undefined) left = true;
  }
  return { patch: patch as PatchConversation, left };
}

/** Seqs of the first inbound messages that had not been read, where there were any. */
export async function seqsOfRead({ sql, workspaceId }: Change, before: Before[]): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; seq: number }[]>`
    select w.id, m.seq from unnest(${before.map(({ id }) => id)}::uuid[], ${before.map(({ read }) => read)}::int[]) w (id, read), lateral (
      select seq from message where workspace_id = ${workspaceId} and conversation_id = w.id and direction = 'inbound' order by seq offset w.read limit 1) m`;
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}
