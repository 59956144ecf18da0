/**
 * Two conversations of 5,000 messages each that become one, and two again: how long others wait meanwhile, who write to either
 * of them or listen for events. `floor` is the time that rewriting the same rows takes.
 */
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import { mergeConversations } from '../../server/db/merge.ts';
import { undoMerge } from '../../server/db/merge-undo.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { measure, median, stated } from './measure.ts';
import type { Measure } from './measure.ts';

const EACH = 5_000;
const ROUNDS = 3;

/** Fills a conversation; those of two that are filled with `offset` 0 and 1 alternate in time. */
export async function fill({ sql }: Db, { workspaceId }: World, conversationId: string, offset: 0 | 1, messages: number): Promise<void> {
  await sql`
    insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_name, channel, account_id, identity_id, text, delivery_status, created_at)
    select ${workspaceId}, gen_random_uuid(), c.id, n + 1, case when n % 2 = 0 then 'inbound' else 'outbound' end, 'message', case when n % 2 = 0 then 'contact' else 'agent' end, 'Marta Oliveira', 'chat', c.account_id, c.identity_id,
      'When does my order ' || n || ' arrive, and can it still be changed?', case when n % 2 = 0 then null else 'sent' end, c.created_at - make_interval(secs => 2 * (${messages} - n) - ${offset})
    from conversation c, generate_series(1, ${messages}) n where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`;
  await sql`
    update message m set seq = r.seq from (select id, row_number() over (order by created_at, id)::int as seq from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId}) r
    where m.workspace_id = ${workspaceId} and m.id = r.id and m.seq <> r.seq`;
  await sql`
    with inbound as (select id, seq, count(*) over () as many from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and direction = 'inbound' order by seq desc limit 1)
    update conversation c set last_seq = ${messages + 1}, inbound_count = i.many, last_inbound_id = i.id, last_inbound_seq = i.seq from inbound i
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`;
}

/** How long others are held up by a piece of work: whoever changes one of the two, and whoever reads what happens. */
async function heldBy(db: Db, world: World, handle: string, work: () => Promise<unknown>): Promise<{ work: number; writer: number }> {
  const began = performance.now();
  const working = work().then(() => performance.now() - began);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const wrote = performance.now();
  await world.writes('And I?', { handle });
  return { writer: performance.now() - wrote, work: await working };
}

export async function benchMerge(db: Db): Promise<Measure[]> {
  const by = { kind: 'operator' as const, id: '', name: 'Ana Duarte' };
  const [merges, undos, writers, floors]: number[][] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const world = await createWorld(db, { replyMode: 'auto_draft' });
    by.id = world.operators.ana;
    const [a, b] = [await world.writes('One'), await world.writes('Other')];
    await fill(db, world, a.conversationId, 0, EACH);
    await fill(db, world, b.conversationId, 1, EACH);
    await db.sql`analyze message`;
    const rewriting = performance.now();
    await db.sql`update message set seq = seq + 100000 where workspace_id = ${world.workspaceId}`;
    floors!.push(performance.now() - rewriting);
    await db.sql`update message set seq = seq - 100000 where workspace_id = ${world.workspaceId}`;
    let mergeId = '';
    const merge = await heldBy(db, world, b.handle, async () => {
      const merged = await change(db, world.workspaceId, (unit) => mergeConversations(unit, a.conversationId, b.conversationId, by, { mergeContacts: true }));
      if (!merged?.ok) throw new Error('the merge was refused');
      mergeId = merged.mergeId;
    });
    const undo = await heldBy(db, world, a.handle, async () => {
      const undone = await change(db, world.workspaceId, (unit) => undoMerge(unit, mergeId, by));
      if (!undone?.ok) throw new Error('the undoing was refused');
    });
    merges!.push(merge.work);
    undos!.push(undo.work);
    writers!.push(merge.writer, undo.writer);
  }
  const floor = median(floors!);
  return [
    measure(`merge of two conversations of ${EACH} messages`, median(merges!), floor, 'ms'),
    measure('the same parted again', median(undos!), floor, 'ms'),
    stated('longest that a customer’s message waits for either (at most 1,000)', Math.max(...writers!), 'ms'),
  ];
}
