/**
 * Three ways to keep the fence that look right and leak. The harness has to catch each of them, or it proves nothing
 * about the product's own.
 */
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import type { Sql, Transaction } from '../../server/db/connect.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { claimRun, releaseRun } from '../../server/db/runs.ts';
import type { Run } from '../../server/db/run-load.ts';
import { enqueue } from '../../server/db/wake.ts';
import { standingPolicy } from '../../server/domain/policy.ts';
import type { StandingState } from '../../server/domain/policy.ts';
import type { PipelineDeps } from '../../server/pipeline/deps.ts';
import type { Speaker } from './fence.ts';

const maySend = (standing: StandingState): boolean => standingPolicy(standing).verdict === 'send';

/** What decides, as any reader sees it: no row is locked. */
async function look(sql: Sql | Transaction, workspaceId: string, conversationId: string): Promise<StandingState> {
  const [row] = await sql<StandingState[]>`
    select coalesce(c.reply_mode_override, g.reply_mode, 'off') as reply_mode, c.controller_kind as controller, c.handoff_at is not null as handed_off, ct.ai_paused_at is not null as contact_paused,
      coalesce(g.active, false) as agent_active, a.active as account_active, c.status
    from conversation c join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id join channel_account a on a.workspace_id = c.workspace_id and a.id = c.account_id
      left join agent g on g.workspace_id = c.workspace_id and g.id = c.agent_id
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId}`;
  return row!;
}

async function queue(sql: Sql | Transaction, run: Run): Promise<void> {
  await sql`
    with c as (update conversation set last_seq = last_seq + 1, answered_id = last_inbound_id, waiting_since = null, run_owner = null
        where workspace_id = ${run.workspaceId} and id = ${run.conversationId} returning *)
      insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, ai_generated, sent_by, delivery_status)
        select workspace_id, ${newId()}, id, last_seq, 'outbound', 'message', 'agent', agent_id, ${run.agent?.name ?? ''}, channel, account_id, identity_id, 'We open at nine.', true,
          json_build_object('kind', 'agent', 'id', agent_id), 'queued' from c`;
}

/** A turn that checks when it starts, composes, and then does `commit`. */
const turn =
  (commit: (db: Db, run: Run) => Promise<unknown>): Speaker['turn'] =>
  async ({ db, models }: PipelineDeps, workspaceId, conversationId) => {
    const run = await claimRun(db, workspaceId, conversationId);
    if (!run) return;
    if (maySend(run.standing)) {
      await models.language.doStream({ prompt: [] });
      await commit(db, run);
      await enqueue(db.sql, [{ task: 'deliver', workspaceId, conversationId }]);
    }
    await releaseRun(db, workspaceId, conversationId);
  };

/** Sends what is queued, whatever happened since. */
const sendQueued: Speaker['deliver'] = async ({ db }, workspaceId, conversationId) => {
  await db.sql`update message set delivery_status = 'sent' where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and delivery_status = 'queued'`;
};

/** Checks before the model is asked, and not again. */
export const checksBeforeComposing: Speaker = { turn: turn((db, run) => queue(db.sql, run)), deliver: sendQueued };

/** Checks again after composing, then writes in a second statement. */
export const checksThenInserts: Speaker = {
  turn: turn(async (db, run) => {
    if (maySend(await look(db.sql, run.workspaceId, run.conversationId))) await queue(db.sql, run);
  }),
  deliver: sendQueued,
};

/** Locks the conversation, at the commit and at the claim, and reads contact, account and agent without a lock. */
export const locksConversationOnly: Speaker = {
  turn: turn((db, run) =>
    change(db, run.workspaceId, async (unit) => {
      const held = await holdConversation(unit, run.conversationId);
      if (held && held.row.fence === run.counters.conversation && maySend(await look(unit.sql, run.workspaceId, run.conversationId)))
        await queue(unit.sql, run);
    }),
  ),
  async deliver({ db }, workspaceId, conversationId) {
    await change(db, workspaceId, async (unit) => {
      const held = await holdConversation(unit, conversationId);
      const status = held && maySend(await look(unit.sql, workspaceId, conversationId)) ? 'sent' : 'recalled';
      await unit.sql`update message set delivery_status = ${status} where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and delivery_status = 'queued'`;
    });
  },
};
