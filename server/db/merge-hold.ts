import type { Change } from './change.ts';
import { recall, stopWorking } from './control.ts';
import type { ActorRow, ConversationRow } from './conversation.ts';
import { HeldConversation } from './conversation.ts';

/** Two conversations under lock. */
export interface Pair {
  from: HeldConversation;
  into: HeldConversation;
}

interface Seen {
  id: string;
  mergedInto: string | null;
  contactId: string;
  agentId: string | null;
  accountId: string;
}

/** The two as they are without a lock; null where one of them is not there. */
export async function lookAtPair({ sql, workspaceId }: Change, fromId: string, intoId: string): Promise<{ from: Seen; into: Seen } | null> {
  const rows = await sql<
    Seen[]
  >`select id, merged_into, contact_id, agent_id, account_id from conversation where workspace_id = ${workspaceId} and id = any(${[fromId, intoId]}::uuid[])`;
  const from = rows.find(({ id }) => id === fromId);
  const into = rows.find(({ id }) => id === intoId);
  return from && into ? { from, into } : null;
}

/**
 * Locks two conversations and all that decides about them, in the order that holds everywhere: agents, channel accounts,
 * contacts, then conversations, each kind by id. Where two contacts become one, or are parted, they, their handles and all of
 * their conversations are locked for that. What changed between the look and the lock is looked at again.
 * @param contacts ids of the contacts to be changed; none where they stay as they are
 */
export async function holdPair(unit: Change, fromId: string, intoId: string, contacts: readonly string[]): Promise<Pair | null> {
  const { sql, workspaceId } = unit;
  for (;;) {
    const seen = await lookAtPair(unit, fromId, intoId);
    if (!seen) return null;
    const both = [seen.from, seen.into];
    const ids = (key: 'agentId' | 'accountId' | 'contactId'): string[] => both.flatMap((one) => one[key] ?? []);
    await sql`select id from agent where workspace_id = ${workspaceId} and id = any(${ids('agentId')}::uuid[]) order by id for share`;
    await sql`select id from channel_account where workspace_id = ${workspaceId} and id = any(${ids('accountId')}::uuid[]) order by id for share`;
    if (contacts.length > 0) {
      const theirs = sql`workspace_id = ${workspaceId} and contact_id = any(${contacts as string[]}::uuid[])`;
      await sql`select id from contact where workspace_id = ${workspaceId} and id = any(${[...new Set([...contacts, ...ids('contactId')])]}::uuid[]) order by id for no key update`;
      await sql`select id from identity where ${theirs} order by id for no key update`;
      await sql`select id from conversation where workspace_id = ${workspaceId} and (id = any(${[fromId, intoId]}::uuid[])
        or id in (select id from conversation where ${theirs} and merged_into is null)) order by id for no key update`;
    } else {
      await sql`select id from contact where workspace_id = ${workspaceId} and id = any(${ids('contactId')}::uuid[]) order by id for share`;
      await sql`select id from conversation where workspace_id = ${workspaceId} and id = any(${[fromId, intoId]}::uuid[]) order by id for no key update`;
    }
    const pair = await readPair(unit, fromId, intoId);
    const same = (held: HeldConversation, before: Seen) =>
      held.row.agentId === before.agentId && held.row.accountId === before.accountId && held.row.contactId === before.contactId;
    if (pair && same(pair.from, seen.from) && same(pair.into, seen.into)) return pair;
  }
}

/** The two as they are now; both are locked already. */
export async function readPair(unit: Change, fromId: string, intoId: string): Promise<Pair | null> {
  const { sql, workspaceId } = unit;
  const rows = await sql<(ConversationRow & { now: Date })[]>`
    select *, clock_timestamp()::timestamptz(3) as now from conversation where workspace_id = ${workspaceId} and id = any(${[fromId, intoId]}::uuid[])`;
  const held = (wanted: string): HeldConversation | null => {
    const row = rows.find(({ id }) => id === wanted);
    return row ? new HeldConversation(unit, row, row.now) : null;
  };
  const [from, into] = [held(fromId), held(intoId)];
  return from && into ? { from, into } : null;
}

/** Whatever an agent is about to say here, it does not: its run stops, and what it has queued is recalled. */
export async function silence(held: HeldConversation, by: ActorRow): Promise<void> {
  const { row, unit } = held;
  if (row.runOwner) {
    unit.abort(row.id);
    stopWorking(held);
  }
  await recall(held, by);
  Object.assign(row, { runOwner: null, runDueAt: null, burstFrom: null, runSince: null, runRestarts: 0 });
}

/** Visitors who have a part in a conversation see who answers there now. */
export async function tellVisitors({ row, unit }: HeldConversation): Promise<void> {
  const { sql, workspaceId } = unit;
  const identities = await sql<{ identityId: string }[]>`
    select distinct identity_id from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} and channel = 'chat'`;
  for (const { identityId } of identities)
    unit.emit({ kind: 'conversation', audience: 'visitor', addresseeId: identityId, subjectId: row.id, conversationId: row.id });
}

/** How a conversation stands, for a merge to keep. Times are text. */
export interface Snapshot {
  row: Record<string, unknown>;
  tags: string[];
  participants: string[];
}

/** The same as the database has it now. */
export async function snapshotOf({ row: { id }, unit: { sql, workspaceId } }: HeldConversation): Promise<Snapshot> {
  const here = (table: string) => sql`from ${sql(table)} x where x.workspace_id = c.workspace_id and x.conversation_id = c.id`;
  const [found] = await sql<{ snapshot: Snapshot }[]>`
    select jsonb_build_object('row', to_jsonb(c), 'tags', coalesce((select jsonb_agg(tag_id) ${here('conversation_tag')}), '[]'),
      'participants', coalesce((select jsonb_agg(operator_id) ${here('participant')}), '[]')) as snapshot
    from conversation c where c.workspace_id = ${workspaceId} and c.id = ${id}`;
  return found!.snapshot;
}

/** What stands in a thread, from its items as they are now. */
interface ThreadFacts {
  lastSeq: number;
  inboundCount: number;
  lastInbound: { id: string; seq: number; createdAt: Date; channel: ConversationRow['channel']; accountId: string; identityId: string } | null;
}

export async function factsOf({ row: { id }, unit: { sql, workspaceId } }: HeldConversation): Promise<ThreadFacts> {
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${id}`;
  const [counts] = await sql<{ lastSeq: number; inboundCount: number }[]>`
    select greatest(max(seq), (select max(seq) from note where ${here}), (select max(seq) from line where ${here}), 0)::int as last_seq, (count(*) filter (where direction = 'inbound'))::int as inbound_count
    from message where ${here}`;
  const [lastInbound] = await sql<NonNullable<ThreadFacts['lastInbound']>[]>`
    select id, seq, created_at, channel, account_id, identity_id from message where ${here} and direction = 'inbound' order by seq desc limit 1`;
  return { ...counts!, lastInbound: lastInbound ?? null };
}

/** Writes into a conversation's row what its thread says. */
export function takeFacts({ row }: HeldConversation, { lastSeq, inboundCount, lastInbound }: ThreadFacts): void {
  Object.assign(row, {
    lastSeq,
    inboundCount,
    lastInboundId: lastInbound?.id ?? null,
    lastInboundSeq: lastInbound?.seq ?? 0,
    lastInboundAt: lastInbound?.createdAt ?? null,
  });
  if (lastInbound) Object.assign(row, { channel: lastInbound.channel, accountId: lastInbound.accountId, identityId: lastInbound.identityId });
}
