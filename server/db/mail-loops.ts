import type { Exchanged } from '../domain/mail-loop.ts';
import type { Sql } from './connect.ts';
import type { HeldConversation } from './conversation.ts';

/** How many messages are looked at to tell a machine. */
const MOST = 8;

/** What an address and an account wrote to each other within a day, newest first. */
export async function exchangedWith(sql: Sql, workspaceId: string, accountId: string, handle: string): Promise<Exchanged[]> {
  return sql<Exchanged[]>`
    select case when m.direction = 'inbound' then 'them' when m.sent_by ->> 'kind' = 'operator' then 'person' else 'automatic' end as by, m.text,
      case when m.direction = 'inbound' then m.created_at else coalesce(m.delivery_at, m.created_at) end as at
    from identity i join message m on m.workspace_id = i.workspace_id and m.identity_id = i.id
    where i.workspace_id = ${workspaceId} and i.channel = 'email' and i.handle = ${handle} and m.account_id = ${accountId}
      and m.created_at > clock_timestamp() - interval '1 day' and coalesce(m.delivery_status, '') not in ('recalled', 'failed', 'bounced')
    order by m.created_at desc limit ${MOST}`;
}

/**
 * Whether agents have sent an address all the mail that they may within a day.
 * @returns how many that is, or null where one more may go
 */
export async function mailLimitReached({ row, unit: { sql, workspaceId } }: HeldConversation): Promise<number | null> {
  if (row.channel !== 'email') return null;
  const [count] = await sql<{ sent: number; most: number }[]>`
    select coalesce((settings ->> 'automaticPerDay')::int, 20) as most,
      (select count(*)::int from message m where m.workspace_id = a.workspace_id and m.identity_id = ${row.identityId} and m.account_id = a.id and m.direction = 'outbound'
        and m.created_at > clock_timestamp() - interval '1 day' and m.sent_by ->> 'kind' <> 'operator' and m.delivery_status <> 'recalled') as sent
    from channel_account a where a.workspace_id = ${workspaceId} and a.id = ${row.accountId}`;
  return count && count.sent >= count.most ? count.most : null;
}
