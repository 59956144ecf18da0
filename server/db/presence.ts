import type { Viewer } from '../contract/presence.ts';
import type { Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** How long a page is believed that says nothing more, in seconds. */
const LASTS_S = 7;

/**
 * Takes in which conversations a page of an operator shows. Where that is news, the team is told.
 * @param conversationIds those that are not there, or another workspace's, are left out; of a merged one counts where it went
 */
export async function show(
  db: Db,
  workspaceId: string,
  operator: { id: string; name: string },
  viewerId: string,
  conversationIds: readonly string[],
): Promise<void> {
  const [told] = await db.sql<{ changed: boolean }[]>`
    with shown as (
      select distinct coalesce(merged_into, id) as id from conversation where workspace_id = ${workspaceId} and id = any(${conversationIds as string[]}::uuid[])
    ), gone as (
      delete from viewing where workspace_id = ${workspaceId} and operator_id = ${operator.id} and viewer_id = ${viewerId} and conversation_id not in (select id from shown) returning 1
    ), put as (
      insert into viewing as v (workspace_id, operator_id, viewer_id, conversation_id, since, until)
      select ${workspaceId}, ${operator.id}, ${viewerId}, id, clock_timestamp(), clock_timestamp() + make_interval(secs => ${LASTS_S}) from shown
      on conflict (workspace_id, operator_id, viewer_id, conversation_id) do update set until = excluded.until
      returning v.since > clock_timestamp() - interval '1 second' as fresh
    )
    select exists (select from gone) or exists (select from put where fresh) as changed`;
  if (told?.changed) await tell(db, workspaceId, [operator.id]);
}

/** Who has these conversations open, the first to come first. */
export async function viewersOf(sql: Sql | Transaction, workspaceId: string, conversationIds: readonly string[]): Promise<Viewer[]> {
  const rows = await sql<(Omit<Viewer, 'since'> & { since: Date })[]>`
    select v.operator_id, o.name, v.conversation_id, min(v.since) as since
    from viewing v join operator o on o.workspace_id = v.workspace_id and o.id = v.operator_id
    where v.workspace_id = ${workspaceId} and v.conversation_id = any(array(
      select coalesce(merged_into, id) from conversation where workspace_id = ${workspaceId} and id = any(${conversationIds as string[]}::uuid[]))) and v.until > clock_timestamp()
    group by v.operator_id, o.name, v.conversation_id order by min(v.since), v.operator_id`;
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

/** Forgets pages that say nothing more: closed without a word, crashed, out of reach. The team is told whose they were. */
export async function forgetSilent(db: Db): Promise<void> {
  const gone = await db.sql<
    { workspaceId: string; operatorId: string }[]
  >`delete from viewing where until < clock_timestamp() returning workspace_id, operator_id`;
  const byWorkspace = new Map<string, Set<string>>();
  for (const { workspaceId, operatorId } of gone) byWorkspace.set(workspaceId, (byWorkspace.get(workspaceId) ?? new Set()).add(operatorId));
  for (const [workspaceId, operators] of byWorkspace) await tell(db, workspaceId, [...operators]);
}

/** Tells the team what operators have open now. */
async function tell(db: Db, workspaceId: string, operatorIds: readonly string[]): Promise<void> {
  const rows = await db.sql<{ id: string; name: string; conversationId: string | null; since: Date | null }[]>`
    select o.id, o.name, v.conversation_id, min(v.since) as since
    from operator o left join viewing v on v.workspace_id = o.workspace_id and v.operator_id = o.id and v.until > clock_timestamp()
    where o.workspace_id = ${workspaceId} and o.id = any(${operatorIds as string[]}::uuid[])
    group by o.id, o.name, v.conversation_id order by o.id, min(v.since) desc`;
  for (const operatorId of operatorIds) {
    const own = rows.filter(({ id }) => id === operatorId);
    const viewing = own.flatMap(({ conversationId, since }) => (conversationId && since ? [{ conversationId, since: since.toISOString() }] : []));
    const data = { operatorId, name: own[0]?.name ?? '', conversationId: viewing[0]?.conversationId ?? null, viewing };
    if (own.length > 0) db.signals.publish({ kind: 'passing', workspaceId, audience: 'team', addresseeId: null, event: 'presence', data });
  }
}
