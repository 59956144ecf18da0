import { v7 as newId } from 'uuid';
import type { Transfer } from '../contract/conversation.ts';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { execute } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { notify, settleNotifications } from './notification.ts';
import { join } from './participants.ts';
import type { Refusal } from './sends.ts';

type Person = ActorRow & { id: string };

/** How long the other one has to answer, in seconds. */
const ANSWER_WITHIN_S = 120;

interface TransferRow extends Omit<Transfer, 'expiresAt' | 'createdAt'> {
  expiresAt: Date;
  createdAt: Date;
}

/** Transfers by id. */
export async function transferViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, Transfer>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<TransferRow[]>`
    select t.id, t.conversation_id, t.note, t.status, t.expires_at, t.created_at,
      json_build_object('id', f.id, 'name', f.name, 'email', f.email, 'picture', f.picture) as "from",
      json_build_object('id', o.id, 'name', o.name, 'email', o.email, 'picture', o.picture) as "to"
    from transfer t join operator f on f.workspace_id = t.workspace_id and f.id = t.from_id join operator o on o.workspace_id = t.workspace_id and o.id = t.to_id
    where t.workspace_id = ${workspaceId} and t.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, { ...row, expiresAt: row.expiresAt.toISOString(), createdAt: row.createdAt.toISOString() }]));
}

/** Asks another operator to take a conversation; it changes hands only when accepted. */
export async function requestTransfer(
  unit: Change,
  conversationId: string,
  by: Person,
  input: { operatorId: string; note: string | null },
): Promise<{ ok: true; transferId: string } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  const [to] = await sql<
    { id: string; name: string }[]
  >`select id, name from operator where workspace_id = ${workspaceId} and id = ${input.operatorId} and active`;
  if (!to || to.id === by.id || to.id === held.row.assigneeId) return { ok: false, code: 'invalid', detail: 'operatorId: choose another active operator.' };
  await expireHeld(held);
  const [open] = await sql`select 1 from transfer where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and status = 'pending'`;
  if (open) return { ok: false, code: 'transfer_pending', detail: 'Somebody was asked already and has not answered yet.' };
  const id = newId();
  await sql`insert into transfer ${sql({ workspaceId, id, conversationId, fromId: by.id, toId: to.id, note: input.note, expiresAt: new Date(held.now.getTime() + ANSWER_WITHIN_S * 1000) })}`;
  unit.emit({ kind: 'transfer', audience: 'team', subjectId: id, conversationId });
  await held.addLine({
    code: 'transfer_requested',
    text: `${by.name} asked ${to.name} to take the conversation`,
    reason: input.note,
    by,
    data: { to: to.name },
  });
  await notify(unit, [to.id], { kind: 'transfer', conversationId, text: by.name, data: { transferId: id, note: input.note } });
  await held.save();
  return { ok: true, transferId: id };
}

/** Pending transfers in which an operator has a part, oldest first: those that it asked for, and those that it is asked. */
export async function pendingTransfers(sql: Sql | Transaction, workspaceId: string, operatorId: string): Promise<Transfer[]> {
  const rows = await sql<{ id: string }[]>`
    select id from transfer where workspace_id = ${workspaceId} and status = 'pending' and ${operatorId} in (from_id, to_id) and expires_at > clock_timestamp()`;
  const views = await transferViews(
    sql,
    workspaceId,
    rows.map(({ id }) => id),
  );
  return [...views.values()].toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** Ends a transfer of this conversation that nobody answered in time: the sender still has it, and is told. */
async function expireHeld(held: HeldConversation): Promise<void> {
  const { sql, workspaceId } = held.unit;
  const conversationId = held.row.id;
  const rows = await sql<{ id: string; fromId: string; fromName: string; toName: string }[]>`
    update transfer t set status = 'expired', settled_at = ${held.now} from operator f, operator o
    where t.workspace_id = ${workspaceId} and t.conversation_id = ${conversationId} and t.status = 'pending' and t.expires_at <= clock_timestamp()
      and f.workspace_id = t.workspace_id and f.id = t.from_id and o.workspace_id = t.workspace_id and o.id = t.to_id
    returning t.id, t.from_id, f.name as from_name, o.name as to_name`;
  if (rows.length > 0) await settleNotifications(held.unit, conversationId, ['transfer']);
  for (const { id, fromId, fromName, toName } of rows) {
    held.unit.emit({ kind: 'transfer', audience: 'team', subjectId: id, conversationId });
    await held.addLine({
      code: 'transfer_expired',
      text: `${toName} did not answer in time; the conversation stays with ${fromName}`,
      data: { from: fromName, to: toName },
    });
    await notify(held.unit, [fromId], { kind: 'transfer', conversationId, text: toName, data: { transferId: id, status: 'expired' } });
  }
}

/** Ends the transfers whose time is over, in whichever process looks first. @returns how many conversations it looked at */
export async function expireTransfers(db: Db): Promise<number> {
  const due = await db.sql<{ workspaceId: string; conversationId: string }[]>`
    select workspace_id, conversation_id from transfer where status = 'pending' and expires_at <= clock_timestamp() order by expires_at limit 50`;
  for (const { workspaceId, conversationId } of due) {
    await change(db, workspaceId, async (unit) => {
      const held = await holdConversation(unit, conversationId);
      if (!held) return;
      await expireHeld(held);
      await held.save();
    });
  }
  return due.length;
}

/** The asked one accepts or declines; whoever asked may take the question back. */
export async function settleTransfer(
  unit: Change,
  transferId: string,
  by: Person,
  how: 'accepted' | 'declined' | 'cancelled',
  reason: string | null,
): Promise<{ ok: true } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<{ conversationId: string }[]>`select conversation_id from transfer where workspace_id = ${workspaceId} and id = ${transferId}`;
  if (!seen) return null;
  const held = await holdConversation(unit, seen.conversationId);
  if (!held) return null;
  const [transfer] = await sql<{ status: string; fromId: string; toId: string; expired: boolean }[]>`
    select status, from_id, to_id, expires_at < clock_timestamp() as expired from transfer where workspace_id = ${workspaceId} and id = ${transferId} for update`;
  if (!transfer) return null;
  if (transfer.status !== 'pending' || transfer.expired)
    return { ok: false, code: 'transfer_settled', detail: `This transfer is ${transfer.expired ? 'expired' : transfer.status} already.` };
  if (by.id !== (how === 'cancelled' ? transfer.fromId : transfer.toId))
    return { ok: false, code: 'forbidden', detail: how === 'cancelled' ? 'Only who asked may take it back.' : 'Only who was asked may answer.' };
  await sql`update transfer set status = ${how}, settled_at = ${held.now} where workspace_id = ${workspaceId} and id = ${transferId}`;
  unit.emit({ kind: 'transfer', audience: 'team', subjectId: transferId, conversationId: held.row.id });
  await settleNotifications(unit, held.row.id, ['transfer']);
  if (how === 'accepted') {
    await execute(held, { type: 'assume', operatorId: by.id }, by, { code: 'transferred', text: `${by.name} took the conversation` });
    await join(held, by.id);
  } else {
    await held.addLine({ code: `transfer_${how}`, text: `${by.name} ${how === 'declined' ? 'declined' : 'took the question back'}`, reason, by });
  }
  const other = how === 'cancelled' ? transfer.toId : transfer.fromId;
  await notify(unit, [other], { kind: 'transfer', conversationId: held.row.id, text: by.name, data: { transferId, status: how, reason } });
  await held.save();
  return { ok: true };
}
