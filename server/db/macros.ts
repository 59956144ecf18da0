import { v7 as newId } from 'uuid';
import type { FilledReply, MacroActions } from '../contract/macro.ts';
import { setOf, speaks } from '../domain/macro.ts';
import { fillIn, firstName } from '../domain/variables.ts';
import type { Facts } from '../domain/variables.ts';
import { changeOne } from './bulk.ts';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { holdConversation, holdWithSpeakers } from './conversation.ts';
import { writeNote } from './notes.ts';
import { holdAgent } from './patches.ts';
import { sendAsPerson } from './sends.ts';
import type { Person, PersonSends, Refusal } from './sends.ts';
import { transferToAi } from './takeovers.ts';

/** What is known for the variables of a text, in a conversation and for an operator; null where there is no such conversation. */
async function factsOf(sql: Sql | Transaction, workspaceId: string, conversationId: string, operatorId: string): Promise<Facts | null> {
  const [row] = await sql<{ contact: string; email: string | null; company: string | null; operator: string; agent: string | null; subject: string | null; workspace: string }[]>`
    select c.name as contact, c.email, c.company, o.name as operator, a.name as agent, v.subject, w.name as workspace
    from conversation v
      join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      join workspace w on w.id = v.workspace_id
      join operator o on o.workspace_id = v.workspace_id and o.id = ${operatorId}
      left join agent a on a.workspace_id = v.workspace_id and a.id = v.agent_id
    where v.workspace_id = ${workspaceId} and v.id = ${conversationId}`;
  if (!row) return null;
  const { contact, email, company, operator, agent, subject, workspace } = row;
  return {
    'contact.name': contact, 'contact.firstName': firstName(contact), 'contact.company': company, 'contact.email': email, 'operator.name': operator,
    'operator.firstName': firstName(operator), 'agent.name': agent, 'conversation.subject': subject, 'workspace.name': workspace,
  };
}

/** All quick replies by name, as an operator would say them in a conversation; null where there is no such conversation. */
export async function filledReplies(sql: Sql | Transaction, workspaceId: string, conversationId: string, operatorId: string): Promise<FilledReply[] | null> {
  const facts = await factsOf(sql, workspaceId, conversationId, operatorId);
  if (!facts) return null;
  const rows = await sql<{ id: string; name: string; text: string }[]>`select id, name, text from quick_reply where workspace_id = ${workspaceId} order by lower(name), id`;
  return rows.map(({ id, name, text }) => ({ id, name, ...fillIn(text, facts) }));
}

export async function macroActions(sql: Sql | Transaction, workspaceId: string, id: string): Promise<MacroActions | null> {
  const [row] = await sql<{ actions: MacroActions }[]>`select actions from macro where workspace_id = ${workspaceId} and id = ${id}`;
  return row?.actions ?? null;
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
