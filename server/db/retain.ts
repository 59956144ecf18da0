/** What a workspace keeps for so many days goes after them, in transactions small enough that no reader of the event log waits for one. */
import { v7 as newId } from 'uuid';
import { Retention } from '../contract/settings.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Transaction } from './connect.ts';
import { releaseBytes, removeSlice, SLICE, withMerged } from './remove.ts';

/** Conversations of one transaction. */
const TOGETHER = 5;
/** Transactions of one kind in a row: the rest is for the next look, so that nobody else's pruning waits for long. */
const TURN = 50;

type Kept = 'conversations' | 'files' | 'auditEntries';

/** Of each workspace that has a policy, what it is. */
export async function policies({ sql }: Db): Promise<{ workspaceId: string; retention: Retention }[]> {
  const rows = await sql<{ id: string; retention: unknown }[]>`select id, retention from workspace where retention <> '{}'::jsonb`;
  return rows.map(({ id, retention }) => ({ workspaceId: id, retention: Retention.parse(retention) }));
}

/** Removes what each workspace has kept for long enough; what went stands in its log, one line a day. */
export async function pruneByPolicy(db: Db): Promise<void> {
  for (const { workspaceId, retention } of await policies(db)) {
    const slices: [Kept, number | null, (unit: Change, days: number) => Promise<{ gone: number; more: boolean }>][] = [
      ['conversations', retention.conversationsDays, pruneConversations],
      ['files', retention.filesDays, pruneOldFiles],
      ['auditEntries', retention.auditDays, pruneAudit],
    ];
    for (const [kept, days, prune] of slices) {
      if (days === null) continue;
      for (let turn = 0; turn < TURN; turn += 1) {
        const { more } = await change(db, workspaceId, async (unit) => {
          const slice = await prune(unit, days);
          if (slice.gone > 0) await note(unit, kept, slice.gone);
          return slice;
        });
        if (!more) break;
      }
    }
  }
}

const before = (sql: Transaction, days: number) => sql`now() - make_interval(days => ${days})`;

/** Closed and archived ones in which nothing happened since, with all that were merged into them. What a ticket that is not solved is about stays. */
async function pruneConversations(unit: Change, days: number): Promise<{ gone: number; more: boolean }> {
  const { sql, workspaceId } = unit;
  const old = await sql<{ id: string }[]>`
    select c.id from conversation c where c.workspace_id = ${workspaceId} and c.merged_into is null and c.status in ('closed', 'archived') and c.last_activity_at < ${before(sql, days)}
      and not exists (select from ticket t where t.workspace_id = c.workspace_id and t.conversation_id = c.id and t.status <> 'solved')
    order by c.last_activity_at limit ${TOGETHER} for update skip locked`;
  if (old.length === 0) return { gone: 0, more: false };
  const whole = await removeSlice(
    unit,
    await withMerged(
      unit,
      old.map(({ id }) => id),
    ),
  );
  return { gone: whole ? old.length : 0, more: true };
}

/** In messages a file that is kept no longer is named as such; a note has no word for it. */
async function pruneOldFiles(unit: Change, days: number): Promise<{ gone: number; more: boolean }> {
  const { sql, workspaceId } = unit;
  const old = await sql<{ id: string; name: string; type: string; sha256: string; messageId: string | null; noteId: string | null }[]>`
    delete from file where workspace_id = ${workspaceId} and id = any(array(
      select id from file f where workspace_id = ${workspaceId} and created_at < ${before(sql, days)} and (message_id is not null or note_id is not null) limit ${SLICE} for update skip locked))
    returning id, name, type, sha256, message_id, note_id`;
  if (old.length === 0) return { gone: 0, more: false };
  const without = sql`(select coalesce(jsonb_agg(a), '[]'::jsonb) from jsonb_array_elements(attachments) a where not (a ->> 'id')::uuid = any(${old.map(({ id }) => id)}::uuid[]))`;
  const messages = old.flatMap(({ messageId }) => messageId ?? []);
  await sql`
    insert into media (workspace_id, id, account_id, message_id, place, name, type, source, error)
    select ${workspaceId}, f.id, m.account_id, m.id, coalesce((a ->> 'place')::int, n::int), f.name, f.type, '{"from": "none"}', ${`Files are kept for ${days} days.`}
    from unnest(${old.map(({ id }) => id)}::uuid[], ${old.map(({ name }) => name)}::text[], ${old.map(({ type }) => type)}::text[], ${old.map(({ messageId }) => messageId)}::uuid[]) f (id, name, type, message_id)
    join message m on m.workspace_id = ${workspaceId} and m.id = f.message_id, jsonb_array_elements(m.attachments) with ordinality x (a, n) where (a ->> 'id')::uuid = f.id`;
  const changed = await sql<
    { id: string; conversationId: string }[]
  >`update message set attachments = ${without} where workspace_id = ${workspaceId} and id = any(${messages}::uuid[]) returning id, conversation_id`;
  for (const { id, conversationId } of changed) unit.emit({ kind: 'message', audience: 'team', subjectId: id, conversationId });
  await sql`update note set attachments = ${without} where workspace_id = ${workspaceId} and id = any(${old.flatMap(({ noteId }) => noteId ?? [])}::uuid[])`;
  await releaseBytes(unit, old);
  return { gone: old.length, more: old.length === SLICE };
}

/** How each setting stands now stays known, with who brought it there. */
async function pruneAudit({ sql, workspaceId }: Change, days: number): Promise<{ gone: number; more: boolean }> {
  const { count } = await sql`
    delete from audit_entry where workspace_id = ${workspaceId} and id = any(array(
      select e.id from audit_entry e where e.workspace_id = ${workspaceId} and e.created_at < ${before(sql, days)}
        and (e.version is null or exists (select from audit_entry l where l.workspace_id = e.workspace_id and l.subject_id = e.subject_id and l.kind = e.kind and l.version > e.version)) limit ${SLICE}))`;
  return { gone: count, more: count === SLICE };
}

async function note({ sql, workspaceId }: Change, kept: Kept, gone: number): Promise<void> {
  const [today] = await sql<{ id: string; after: Partial<Record<Kept, number>> }[]>`
    select id, after from audit_entry where workspace_id = ${workspaceId} and kind = 'retention' and action = 'pruned' and created_at >= date_trunc('day', now()) order by created_at desc limit 1 for update`;
  const after = sql.json({ ...today?.after, [kept]: (today?.after[kept] ?? 0) + gone });
  if (today) await sql`update audit_entry set after = ${after} where workspace_id = ${workspaceId} and id = ${today.id}`;
  else await sql`insert into audit_entry ${sql({ workspaceId, id: newId(), kind: 'retention', subjectId: workspaceId, name: '', action: 'pruned', after })}`;
}
