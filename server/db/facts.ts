/** What is known for the variables of a text. */
import { firstName } from '../domain/variables.ts';
import type { Facts } from '../domain/variables.ts';
import type { Sql, Transaction } from './connect.ts';

/** What is known for the variables of a text, in a conversation and for an operator; null where there is no such conversation. */
export async function factsOf(sql: Sql | Transaction, workspaceId: string, conversationId: string, operatorId: string): Promise<Facts | null> {
  const [row] = await sql<
    { contact: string; email: string | null; company: string | null; operator: string; agent: string | null; subject: string | null; workspace: string }[]
  >`
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
    'contact.name': contact,
    'contact.firstName': firstName(contact),
    'contact.company': company,
    'contact.email': email,
    'operator.name': operator,
    'operator.firstName': firstName(operator),
    'agent.name': agent,
    'conversation.subject': subject,
    'workspace.name': workspace,
  };
}
