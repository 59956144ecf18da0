/** Writes a message from outside, with all that changes by it, unless the conversation changed since it was looked at. */
import { v7 as newId } from 'uuid';
import { runDueAt } from '../domain/burst.ts';
import { apply } from '../domain/control.ts';
import { NEEDS_PERSON } from '../domain/mail-loop.ts';
import { standingPolicy } from '../domain/policy.ts';
import { currentTrace } from '../tracing.ts';
import type { Sql, Transaction } from './connect.ts';
import { snippetOf } from './conversation.ts';
import type { Known, Seen } from './inbound-look.ts';
import type { Inbound, Received } from './inbound-message.ts';

/** What else is to be told of a message that was written. */
export interface Written extends Received {
  /** A run is at work that has not seen it. */
  aborts?: boolean;
  /** When its run is due, unless at once; then the words of a first message are routed before it. */
  at?: Date | null;
  routes?: boolean;
}

/** @returns null where the conversation changed since it was read, and nothing was written */
export async function write(sql: Sql | Transaction, inbound: Inbound, seen: Seen, row: Known): Promise<Written | null> {
  const { workspaceId } = inbound;
  const { now, agent } = seen;
  const standing = {
    replyMode: row.replyModeOverride ?? agent?.replyMode ?? 'off',
    controller: row.controllerKind,
    handedOff: row.handoffAt !== null,
    contactPaused: seen.contactPaused,
    agentActive: agent?.active ?? false,
    accountActive: seen.account.active,
    status: 'open',
  } as const;
  const able = standingPolicy(standing).verdict !== 'blocked';
  const neverAnswered = inbound.neverAnswered ?? (seen.stranger ? 'another_sender' : undefined);
  const answers = able && neverAnswered === undefined;
  const applied = apply(
    {
      status: row.status,
      agentId: row.agentId,
      assigneeId: row.assigneeId,
      controller: { kind: row.controllerKind, id: row.controllerId },
      replyModeOverride: row.replyModeOverride,
      handoff: null,
      departmentId: row.departmentId,
      requiresAction: row.requiresAction,
      requiresReason: row.requiresReason,
      waitingSince: row.waitingSince,
      unsettled: false,
    },
    {
      type: 'inbound',
      agentAnswers: answers || (neverAnswered !== undefined && NEEDS_PERSON[neverAnswered] === undefined && (able || inbound.kind !== 'call')),
    },
    now,
  );
  if (!applied.ok) return null;
  const { state } = applied;

  const messageId = newId();
  const author = sql.json({ kind: 'contact', id: seen.contactId, name: seen.contactName });
  const burstFrom = row.burstFrom ?? now;
  const dueAt = runDueAt(burstFrom, now, answers ? (agent?.burstWaitMs ?? 0) : 0);
  const { draftId } = row;
  const data = inbound.data || neverAnswered ? { ...inbound.data, ...(neverAnswered ? { neverAnswered } : {}) } : null;
  // The line that says who joins stands before the message.
  const lineId = seen.joins ? newId() : null;
  const places = lineId ? 2 : 1;
  // One fixed text: what is built anew for each message costs more time than the database takes.
  const written = await sql`
    with c as (update conversation set status = ${state.status}, requires_action = ${state.requiresAction}, requires_reason = ${state.requiresReason}, waiting_since = ${state.waitingSince},
        last_seq = last_seq + ${places}, inbound_count = inbound_count + 1, last_inbound_id = ${messageId}, last_inbound_seq = last_seq + ${places}, last_inbound_at = ${now},
        last_snippet = ${snippetOf(inbound.text)}, last_author = ${author}, last_message_at = ${now}, last_activity_at = ${now}, subject = coalesce(subject, ${inbound.subject ?? null}),
        channel = ${inbound.channel}, account_id = ${inbound.accountId}, identity_id = ${seen.identityId}, run_due_at = ${dueAt}, burst_from = ${burstFrom}, trace = ${currentTrace()}, version = version + 1
        ${draftId ? sql`, draft_id = null ${row.waitingSince ? sql`, answered_id = ${lastAnswered(sql, workspaceId, row, row.waitingSince)}` : sql``}` : sql``}
      where workspace_id = ${workspaceId} and id = ${row.id} and version = ${row.version} and merged_into is null
      returning workspace_id, id, last_seq, last_inbound_id, last_inbound_at, channel, account_id, identity_id),
    m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, subject, text, html, cc, external_id, created_at, data)
      select workspace_id, last_inbound_id, id, last_seq, 'inbound', ${inbound.kind ?? 'message'}::text, 'contact', ${seen.contactId}::uuid, ${seen.contactName}::text, channel, account_id, identity_id,
        ${inbound.subject ?? null}::text, ${inbound.text}::text, ${inbound.html ?? null}::text, ${inbound.cc?.length ? sql.json(inbound.cc) : null}::jsonb, ${inbound.externalId ?? null}::text, last_inbound_at, ${data ? sql.json(data as never) : null}::jsonb from c),
    ${
      draftId
        ? sql`d as (update draft set status = 'superseded', settled_at = ${now}, settled_by = ${author}, version = version + 1
      where workspace_id = ${workspaceId} and id = ${draftId} and status = 'pending' and exists (select from c)),
    s as (update notification set read_at = ${now} where workspace_id = ${workspaceId} and conversation_id = ${row.id} and read_at is null and kind = 'draft' and exists (select from c) returning id, operator_id),
    se as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id) select ${workspaceId}, 'notification', 'operator', operator_id, id, ${row.id} from s),`
        : sql``
    }
    ${
      lineId
        ? sql`l as (insert into line (workspace_id, id, conversation_id, seq, kind, code, author_kind, author_id, author_name, text, created_at)
      select workspace_id, ${lineId}, id, last_seq - 1, 'system', 'copy_wrote', 'contact', ${seen.contactId}::uuid, ${seen.contactName}::text, ${`${seen.contactName}, who had a copy, wrote`}, ${now} from c),
    le as (insert into event (workspace_id, kind, audience, subject_id, conversation_id) select workspace_id, 'message', 'team', ${lineId}, id from c),`
        : sql``
    }
    ${row.status !== 'open' || row.inboundCount === 0 ? sql`o as (insert into report_opening (workspace_id, conversation_id, at, agent_id, channel) select workspace_id, id, last_inbound_at, ${row.agentId}::uuid, channel from c),` : sql``}
    e as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id)
      select c.workspace_id, v.kind, v.audience, case v.audience when 'visitor' then c.identity_id end, case v.kind when 'message' then c.last_inbound_id when 'draft' then ${draftId}::uuid else c.id end, c.id
      from c, (values (1, 'message', 'team'), (2, 'message', 'visitor'), (3, 'draft', 'team'), (4, 'conversation', 'team')) as v(place, kind, audience)
      where (v.audience = 'team' or c.channel = 'chat') and (v.kind <> 'draft' or ${draftId}::uuid is not null) order by v.place)
    select id from c`;
  if (written.length === 0) return null;
  return {
    conversationId: row.id,
    messageId,
    duplicate: false,
    aborts: row.runOwner !== null,
    at: dueAt > now ? dueAt : null,
    routes: seen.rules && row.inboundCount === 0 && dueAt > now,
  };
}

/**
 * A draft that is overtaken answered nobody: the next one is owed for what it was for as well. Before it stands the last
 * message that the customer does not wait for, or that came before the agent was given the word again.
 */
const lastAnswered = (sql: Sql | Transaction, workspaceId: string, row: Known, waitingSince: Date) => sql`(
  select id from message where workspace_id = ${workspaceId} and conversation_id = ${row.id} and direction = 'inbound'
    and (created_at < ${waitingSince} or seq <= (select seq from message where workspace_id = ${workspaceId} and id = ${row.boundaryId}))
  order by seq desc limit 1)`;
