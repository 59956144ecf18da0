import type { Code } from '../contract/common.ts';
import type { Draft, DraftAction } from '../contract/draft.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql } from './connect.ts';
import { execute, settleDraft } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { actionsOf } from './draft-actions.ts';
import { insertOutbound } from './message.ts';
import { Because } from '../contract/message.ts';
import type { Original } from '../contract/translate.ts';
import { settleNotifications } from './notification.ts';
import { join } from './participants.ts';
import { whyUnreachable } from './reach.ts';
import type { Way } from './reach.ts';
import type { Word } from './skill-calls.ts';

export type Person = ActorRow & { id: string };

/** How a person approves a draft. */
export interface Approval {
  /** That the person saw; another one refuses. */
  version: number;
  text?: string | undefined;
  html?: string | undefined;
  original?: Original | undefined;
  /** Keys of actions that are not to be done. */
  skip?: readonly string[] | undefined;
  /** Several are approved at once: nobody looked at what this one would do. */
  together?: boolean | undefined;
}

type DraftRefusal = { ok: false; code: Code; detail: string };

interface DraftRow {
  id: string;
  conversationId: string;
  agentId: string;
  agentName: string;
  status: Draft['status'];
  text: string;
  inReplyTo: string | null;
  because: unknown;
  actions: readonly unknown[];
  version: number;
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

/** Does one thing that an agent planned, or says why it cannot. */
type Act = (held: HeldConversation, agentId: string, action: DraftAction) => Promise<string | null>;

/** Where an approved draft goes, or why it cannot go. */
async function sendable(
  { held, draft }: { held: HeldConversation; draft: DraftRow },
  { version, text = draft.text, together }: Approval,
): Promise<{ ok: true; to: Way; text: string } | DraftRefusal> {
  const { sql, workspaceId } = held.unit;
  if (draft.status !== 'pending') return settled(draft.status);
  if (draft.version !== version) return { ok: false, code: 'stale_version', detail: 'The draft changed meanwhile.' };
  if (together && draft.actions.length > 0)
    return { ok: false, code: 'draft_has_actions', detail: 'It does something when it is sent, so it is approved on its own.' };
  const to = await answerWay(held, draft.inReplyTo);
  return (await whyUnreachable(sql, workspaceId, to, text, held.now)) ?? { ok: true, to, text };
}

/** For calls that are made before a draft is sent: it has the word as long as the draft waits and could go. */
export const draftWord = (db: Db, workspaceId: string, draftId: string, by: Person, approval: Approval): Word => ({
  workspaceId,
  by,
  hold: (work) =>
    change(db, workspaceId, async (unit) => {
      const found = await hold(unit, draftId);
      if (!found || !(await sendable(found, approval)).ok) return null;
      unit.emit({ kind: 'draft', audience: 'team', subjectId: draftId, conversationId: found.held.row.id });
      return work(found.held);
    }),
});

/** What became of an action is shown where the draft is. */
export const draftChanged = (db: Db, workspaceId: string, draftId: string, conversationId: string): Promise<void> =>
  change(db, workspaceId, async (unit) => unit.emit({ kind: 'draft', audience: 'team', subjectId: draftId, conversationId }));

/** Whom a draft serves, and what waits to be done with it; null where there is no such draft. */
export async function servedBy(sql: Sql, workspaceId: string, draftId: string) {
  const [row] = await sql<{ agentId: string; conversationId: string; contactId: string; customerId: string | null }[]>`
    select d.agent_id, d.conversation_id, t.id as contact_id, t.external_id as customer_id from draft d
    join conversation c on c.workspace_id = d.workspace_id and c.id = d.conversation_id join contact t on t.workspace_id = c.workspace_id and t.id = c.contact_id
    where d.workspace_id = ${workspaceId} and d.id = ${draftId} and d.status = 'pending' and d.actions <> '[]'`;
  if (!row) return null;
  const { agentId, conversationId, contactId, customerId } = row;
  return { agentId, workspace: workspaceId, conversationId, contact: { id: contactId, customerId }, actions: await actionsOf(sql, workspaceId, draftId) };
}

/** Does what waits for the approval and stands on no line yet. @returns why the draft stays, or null */
async function actFirst({ held, draft }: { held: HeldConversation; draft: DraftRow }, { skip = [] }: Approval, act: Act): Promise<DraftRefusal | null> {
  for (const action of await actionsOf(held.unit.sql, held.unit.workspaceId, draft.id)) {
    if (skip.includes(action.key)) continue;
    if (action.state === 'running') return { ok: false, code: 'stale_version', detail: `${action.skill} is under way.` };
    const fault = action.state === 'done' ? null : action.state === 'proposed' ? await act(held, draft.agentId, action) : (action.summary ?? 'it failed');
    if (fault !== null) return { ok: false, code: 'skill_failed', detail: `${action.skill}: ${fault}` };
  }
  return null;
}

/**
 * Sends a draft: as it is, or as edited. It is the person's send: it passes whoever has the word, and its author stays
 * the agent. Exactly one message comes of it, however many approve at once. What the agent planned with it is done
 * before, or it is not sent.
 * @returns the message's id, a refusal, or null where there is no such draft
 */
export async function approveDraft(
  unit: Change,
  draftId: string,
  by: Person,
  input: Approval,
  act: Act = async () => 'it is not done here',
): Promise<{ ok: true; messageId: string } | DraftRefusal | null> {
  const found = await hold(unit, draftId);
  if (!found) return null;
  const { held, draft } = found;
  const { sql, workspaceId } = unit;
  const way = await sendable(found, input);
  if (!way.ok) return way;
  const { to, text } = way;
  const edited = text !== draft.text;
  const undone = await actFirst(found, input, act);
  if (undone) return undone;
  held.row.draftId = null;
  await settleNotifications(unit, held.row.id, ['draft']);
  await execute(held, { type: 'human_reply' }, by);
  const messageId = await insertOutbound(held, {
    author: { kind: 'agent', id: draft.agentId, name: draft.agentName },
    sentBy: { kind: 'operator', id: by.id },
    text,
    html: input.html ?? null,
    aiGenerated: true,
    approvedBy: by.id,
    editedBy: edited ? by.id : null,
    draftId,
    because: Because.parse(draft.because),
    original: input.original,
    to,
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
  unit: Change,
  draftId: string,
  by: Person,
  input: { version: number | null; reason: string | null },
): Promise<{ ok: true } | DraftRefusal | null> {
  const found = await hold(unit, draftId);
  if (!found) return null;
  const { held, draft } = found;
  if (draft.status !== 'pending') return settled(draft.status);
  if (input.version !== null && draft.version !== input.version) return { ok: false, code: 'stale_version', detail: 'The draft changed meanwhile.' };
  await settleDraft(held, 'rejected', by, input.reason);
  await execute(held, { type: 'agent_cannot', reason: 'draft_rejected' }, by, {
    code: 'draft_rejected',
    text: `${by.name} rejected the draft of ${draft.agentName}`,
    reason: input.reason,
    data: { draftId, agent: draft.agentName },
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
