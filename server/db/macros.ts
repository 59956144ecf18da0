import { v7 as newId } from 'uuid';
import type { FilledReply, MacroActions } from '../contract/macro.ts';
import { onlyForOne, setOf, speaks } from '../domain/macro.ts';
import { fillIn } from '../domain/variables.ts';
import { changeOne } from './bulk.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { holdConversation } from './conversation.ts';
import { factsOf } from './facts.ts';
import { writeNote } from './notes.ts';
import type { BulkSet } from './operations.ts';
import { holdAgent } from './patches.ts';
import { sendAsPerson } from './sends.ts';
import type { Person, PersonSends, Refusal } from './sends.ts';
import { holdWithSpeakers } from './speakers.ts';
import { transferToAi } from './takeovers.ts';

/** All quick replies by name, as an operator would say them in a conversation; null where there is no such conversation. */
export async function filledReplies(sql: Sql | Transaction, workspaceId: string, conversationId: string, operatorId: string): Promise<FilledReply[] | null> {
  const facts = await factsOf(sql, workspaceId, conversationId, operatorId);
  if (!facts) return null;
  const rows = await sql<
    { id: string; name: string; text: string }[]
  >`select id, name, text from quick_reply where workspace_id = ${workspaceId} order by lower(name), id`;
  return rows.map(({ id, name, text }) => ({ id, name, ...fillIn(text, facts) }));
}

export async function macroActions(sql: Sql | Transaction, workspaceId: string, id: string): Promise<MacroActions | null> {
  const [row] = await sql<{ actions: MacroActions }[]>`select actions from macro where workspace_id = ${workspaceId} and id = ${id}`;
  return row?.actions ?? null;
}

/** What a macro sets on each of several conversations; refused where it speaks to the customer, which nobody would have looked at. */
export async function macroForMany(sql: Sql, workspaceId: string, id: string, by: Person): Promise<{ ok: true; set: BulkSet } | Refusal> {
  const [row] = await sql<
    { actions: MacroActions; now: Date }[]
  >`select actions, clock_timestamp() as now from macro where workspace_id = ${workspaceId} and id = ${id}`;
  if (!row) return { ok: false, code: 'invalid', detail: 'There is no such macro.' };
  const { actions, now } = row;
  if (onlyForOne(actions))
    return {
      ok: false,
      code: 'invalid',
      detail: 'A macro that writes to the customer, fills in a quick reply or transfers to AI is run in one conversation at a time.',
    };
  return { ok: true, set: { ...setOf(actions, by, now), ...(actions.note === undefined ? {} : { note: actions.note }) } };
}

export interface Ran {
  ok: true;
  messageId: string | null;
  noteId: string | null;
  insert: string | null;
  operationId: string | null;
}
type Fence = Pick<PersonSends, 'expectedLastInboundSeq' | 'expectedLastSeq' | 'assume'>;

/**
 * Does all that a macro says to one conversation. Where one part is refused the whole is: whoever called undoes its transaction.
 * @returns a refusal whose detail names the part, or null where there is no such conversation
 */
export async function runMacro(unit: Change, conversationId: string, by: Person, actions: MacroActions, fence: Fence): Promise<Ran | Refusal | null> {
  const { sql, workspaceId } = unit;
  if (actions.transferToAi) await holdAgent(unit, actions.transferToAi);
  const held = speaks(actions) ? (await holdWithSpeakers(unit, conversationId))?.held : await holdConversation(unit, conversationId);
  const facts = held && (await factsOf(sql, workspaceId, conversationId, by.id));
  if (!held || !facts) return null;
  const ran: Ran = { ok: true, messageId: null, noteId: null, insert: null, operationId: null };

  if (actions.text !== undefined) {
    const { text, unknown } = fillIn(actions.text, facts);
    if (unknown.length > 0) return { ok: false, code: 'invalid', detail: `text: nothing is known for {{${unknown.join('}}, {{')}}}.` };
    const sent = await sendAsPerson(unit, conversationId, by, { text, ...fence });
    if (!sent?.ok) return sent;
    ran.messageId = sent.messageId;
  }
  if (actions.quickReplyId !== undefined) {
    const [reply] = await sql<{ text: string }[]>`select text from quick_reply where workspace_id = ${workspaceId} and id = ${actions.quickReplyId}`;
    if (!reply) return { ok: false, code: 'invalid', detail: 'quickReplyId: there is no such quick reply any more.' };
    ran.insert = fillIn(reply.text, facts).text;
  }
  if (actions.note !== undefined) {
    const written = await writeNote(unit, conversationId, by, { text: fillIn(actions.note, facts).text, mentions: [] });
    if (!written?.ok) return written;
    ran.noteId = written.noteId;
  }
  const set = setOf(actions, by, held.now);
  if (Object.keys(set).length > 0) {
    const operationId = newId();
    const changed = await changeOne(unit, by, operationId, conversationId, set);
    if (!changed?.ok) return changed;
    ran.operationId = operationId;
  }
  if (actions.transferToAi !== undefined) {
    const given = await transferToAi(unit, conversationId, by, { agentId: actions.transferToAi, reason: null, ifMatch: null });
    if (!given?.ok) return given;
  }
  return ran;
}
