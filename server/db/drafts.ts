import type { Code } from '../contract/common.ts';
import type { Draft } from '../contract/draft.ts';
import type { Change } from './change.ts';
import { execute, settleDraft } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { insertOutbound } from './message.ts';
import { Because } from '../contract/message.ts';
import type { Original } from '../contract/translate.ts';
import { settleNotifications } from './notification.ts';
import { join } from './participants.ts';
import { whyUnreachable } from './reach.ts';
import type { Way } from './reach.ts';

type Person = ActorRow & { id: string };
export type DraftRefusal = { ok: false; code: Code; detail: string };

interface DraftRow {
  id: string; conversationId: string; agentId: string; agentName: string; status: Draft['status']; text: string; inReplyTo: string | null; because: unknown; version: number;
}

/** The conversation of a draft under lock, then the draft. Null where it is not there. */
async function hold(unit: Change, draftId: string): Promise<{ held: HeldConversation; draft: DraftRow } | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<{ conversationId: string }[]>`select conversation_id from draft where workspace_id = ${workspaceId} and id = ${draftId}`;
  if (!seen) return null;
  const held = await holdConversation(unit, seen.conversationId);
  const [draft] = await sql<DraftRow[]>`
    select d.*, g.name as agent_name from draft d join agent g on g.workspace_id = d.workspace_id and g.id = d.agent_id
    where d.workspace_id = ${workspaceId} and d.id = ${draftId} for no key update of d`;
  return held && draft && draft.conversationId === held.row.id ? { held, draft } : null;
}

const settled = (status: Draft['status']): DraftRefusal =>
  status === 'superseded'
    ? { ok: false, code: 'draft_superseded', detail: 'A newer message overtook this draft.' }
    : { ok: false, code: 'draft_settled', detail: `This draft was ${status} already.` };

/**
 * Sends a draft: as it is, or as edited. It is the person's send: it passes whoever has the word, and its author stays
 * the agent. Exactly one message comes of it, however many approve at once.
 * @param version that the person saw; another one refuses
 * @returns the message's id, a refusal, or null where there is no such draft
 */
export async function approveDraft(
  unit: Change, draftId: string, by: Person, input: { version: number; text?: string | undefined; html?: string | undefined; original?: Original | undefined },
): Promise<{ ok: true; messageId: string } | DraftRefusal | null> {
  const found = await hold(unit, draftId);
  if (!found) return null;
  const { held, draft } = found;
  const { sql, workspaceId } = unit;
  if (draft.status !== 'pending') return settled(draft.status);
  if (draft.version !== input.version) return { ok: false, code: 'stale_version', detail: 'The draft changed meanwhile.' };
  const edited = input.text !== undefined && input.text !== draft.text;
  const text = input.text ?? draft.text;
  const to = await answerWay(held, draft.inReplyTo);
  const unreachable = await whyUnreachable(sql, workspaceId, to, text, held.now);
  if (unreachable) return unreachable;
  held.row.draftId = null;
  await settleNotifications(unit, held.row.id, ['draft']);
  await execute(held, { type: 'human_reply' }, by);
  const messageId = await insertOutbound(held, {
    author: { kind: 'agent', id: draft.agentId, name: draft.agentName }, sentBy: { kind: 'operator', id: by.id }, text, html: input.html ?? null, aiGenerated: true,
    approvedBy: by.id, editedBy: edited ? by.id : null, draftId, because: Because.parse(draft.because), original: input.original, to,
  });
  await sql`update draft set status = ${edited ? 'edited' : 'approved'}, final_text = ${edited ? text : null}, message_id = ${messageId}, settled_at = ${held.now},
    settled_by = ${sql.json(by as never)}, version = version + 1 where workspace_id = ${workspaceId} and id = ${draftId}`;
  unit.emit({ kind: 'draft', audience: 'team', subjectId: draftId, conversationId: held.row.id });
  await join(held, by.id);
  await held.save();
  return { ok: true, messageId };
}

/** A draft goes to the handle that the message which it answers came from: since then, the conversation may have been merged. */
async function answerWay({ row, unit: { sql, workspaceId } }: HeldConversation, inReplyTo: string | null): Promise<Way> {
  const [way] = await sql<Way[]>`select identity_id, account_id, channel from message where workspace_id = ${workspaceId} and id = ${inReplyTo}`;
  return way ?? { identityId: row.identityId, accountId: row.accountId, channel: row.channel };
}

/** Discards a draft; the agent does not answer, and a person has to. */
export async function rejectDraft(
  unit: Change, draftId: string, by: Person, input: { version: number | null; reason: string | null },
): Promise<{ ok: true } | DraftRefusal | null> {
  const found = await hold(unit, draftId);
  if (!found) return null;
  const { held, draft } = found;
  if (draft.status !== 'pending') return settled(draft.status);
  if (input.version !== null && draft.version !== input.version) return { ok: false, code: 'stale_version', detail: 'The draft changed meanwhile.' };
  await settleDraft(held, 'rejected', by, input.reason);
  await execute(held, { type: 'agent_cannot', reason: 'draft_rejected' }, by, {
    code: 'draft_rejected', text: `${by.name} rejected the draft of ${draft.agentName}`, reason: input.reason, data: { draftId, agent: draft.agentName },
  });
  await held.save();
  return { ok: true };
}

/** Brings a rejected draft back, as long as nothing newer came and no other draft waits. */
export async function restoreDraft(unit: Change, draftId: string, by: Person): Promise<{ ok: true } | DraftRefusal | null> {
  const found = await hold(unit, draftId);
  if (!found) return null;
  const { held, draft } = found;
  const { sql, workspaceId } = unit;
  if (draft.status === 'pending') return { ok: true };
  if (draft.status !== 'rejected') return settled(draft.status);
  const [newer] = await sql`
    select 1 from message where workspace_id = ${workspaceId} and conversation_id = ${held.row.id}
      and seq > coalesce((select seq from message where workspace_id = ${workspaceId} and id = ${draft.inReplyTo}), 0) and author_kind <> 'system' limit 1`;
  if (newer || held.row.draftId) return { ok: false, code: 'draft_superseded', detail: 'Something newer came since.' };
  await sql`update draft set status = 'pending', settled_at = null, settled_by = null, reason = null, version = version + 1 where workspace_id = ${workspaceId} and id = ${draftId}`;
  held.row.draftId = draftId;
  await execute(held, { type: 'draft_staged' }, by);
  unit.emit({ kind: 'draft', audience: 'team', subjectId: draftId, conversationId: held.row.id });
  await held.addLine({ code: 'draft_restored', text: `${by.name} restored the draft of ${draft.agentName}`, by, data: { draftId, agent: draft.agentName } });
  await held.save();
  return { ok: true };
}
