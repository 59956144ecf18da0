/** Whose mails show pictures of other sites at once: remembered by the address that they come from. */
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/**
 * Remembers, or forgets, the sender of a mail.
 * @returns whether there is such a mail from a customer
 */
export async function rememberPictures({ sql, workspaceId }: Change, messageId: string, always: boolean, operatorId: string): Promise<boolean> {
  const [sender] = await sql<{ address: string }[]>`
    select lower(i.handle) as address from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.direction = 'inbound' and m.channel = 'email'`;
  if (!sender) return false;
  if (always) await sql`insert into picture_sender ${sql({ workspaceId, address: sender.address, operatorId })} on conflict do nothing`;
  else await sql`delete from picture_sender where workspace_id = ${workspaceId} and address = ${sender.address}`;
  return true;
}

/** Whether the mails of whoever sent this one show their pictures. */
export async function showsPictures(sql: Sql | Transaction, workspaceId: string, messageId: string): Promise<boolean> {
  const rows = await sql`
    select from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id join picture_sender p on p.workspace_id = m.workspace_id and p.address = lower(i.handle)
    where m.workspace_id = ${workspaceId} and m.id = ${messageId} and m.direction = 'inbound'`;
  return rows.length > 0;
}
