/** The tickets of the demo, made of conversations as they stand when everything has been told. */
import type { Priority } from '../../server/contract/common.ts';
import type { TicketStatus } from '../../server/contract/ticket.ts';
import type { Transaction } from '../../server/db/connect.ts';
import { conversationViews } from '../../server/db/conversation-view.ts';
import { listMessages } from '../../server/db/message-view.ts';
import type { FileLinks } from '../../server/files/links.ts';
import { known } from './cast.ts';
import type { Cast, OperatorKey } from './cast.ts';

interface Told {
  contact: string;
  subject: string;
  title: string;
  description: string;
  status: TicketStatus;
  priority: Priority;
  by: OperatorKey;
  assignee: OperatorKey;
}

const tickets: readonly Told[] = [
  {
    contact: 'Zofia',
    subject: 'Steam wand does not close',
    title: 'Valve seat of a Heron Duo drips after our service',
    description: 'Rui goes on Thursday with a new seat. The visit is ours to pay.',
    status: 'open',
    priority: 'normal',
    by: 'chloe',
    assignee: 'chloe',
  },
  {
    contact: 'Luca',
    subject: 'Damaged delivery',
    title: 'Courier claim for the cracked boiler',
    description: 'Photos of the crate and the delivery note are with the courier. Answer is due within five days. Nothing about fault in writing.',
    status: 'open',
    priority: 'high',
    by: 'chloe',
    assignee: 'ana',
  },
  {
    contact: 'Freya',
    subject: 'Two invoices for one grinder',
    title: 'Cancel invoice 2304',
    description: 'Written twice by the import of Monday. The credit note has gone out; there were no others of that day.',
    status: 'solved',
    priority: 'low',
    by: 'ben',
    assignee: 'ben',
  },
];

const KEPT: FileLinks = { show: (file) => ({ ...file, url: '' }), mail: () => 'mail', verify: () => 'wrong' };

/** Makes the tickets, each with its line at the end of its conversation. */
export async function writeTickets(sql: Transaction, { workspaceId, operators, id: newId }: Cast): Promise<void> {
  for (const [at, { contact, subject, by, assignee, ...ticket }] of tickets.entries()) {
    const [found] = await sql<{ id: string; seq: number; createdAt: Date }[]>`
      select v.id, v.last_seq + 1 as seq, (select max(created_at) from (select created_at from message m where m.workspace_id = v.workspace_id and m.conversation_id = v.id union all select created_at from note n where n.workspace_id = v.workspace_id and n.conversation_id = v.id
        union all select created_at from line l where l.workspace_id = v.workspace_id and l.conversation_id = v.id) i) as created_at
      from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      where v.workspace_id = ${workspaceId} and c.name like ${`${contact}%`} and v.subject = ${subject}`;
    if (!found) throw new Error(`the demo tells nothing of ${contact}: ${subject}`);
    const { id: conversationId, seq, createdAt } = found;
    const [id, number] = [newId(), at + 1];
    const maker = known(operators, by);
    const snapshot = {
      takenAt: createdAt.toISOString(),
      conversation: (await conversationViews(sql, workspaceId, [conversationId])).get(conversationId),
      messages: await listMessages(sql, workspaceId, conversationId, { side: 'after', seq: 0, limit: 1_000 }, KEPT),
    };
    const author = { kind: 'operator', id: maker.id, name: maker.name };
    await sql`insert into ticket ${sql({
      workspaceId,
      id,
      number,
      conversationId,
      ...ticket,
      assigneeId: known(operators, assignee).id,
      snapshot: sql.json(snapshot as never),
      createdBy: sql.json(author),
      createdAt,
      updatedAt: createdAt,
    })}`;
    await sql`insert into line ${sql({
      workspaceId,
      id: newId(),
      conversationId,
      seq,
      kind: 'system',
      code: 'ticket_created',
      authorKind: 'operator',
      authorId: maker.id,
      authorName: maker.name,
      createdAt,
      text: `${maker.name} created ticket #${number}: ${ticket.title}`,
      data: sql.json({ ticketId: id, number, title: ticket.title }),
    })}`;
    await sql`update conversation set last_seq = ${seq} where workspace_id = ${workspaceId} and id = ${conversationId}`;
  }
  await sql`insert into ticket_number (workspace_id, last) values (${workspaceId}, ${tickets.length})`;
}
