import type { Sql, Transaction } from './connect.ts';
import type { Inbound } from './inbound-message.ts';

/**
 * The conversation of what is answered, if the sender is part of it or had a copy, also an archived one; else the sender's
 * newest. Who is neither joins nobody's conversation, whatever thread the mail names.
 */
export const threadOf = (sql: Sql | Transaction, { conversationId, externalIds = [], messageIds = [] }: NonNullable<Inbound['thread']>, handle: string) => {
  return sql`
    with answered as (select distinct m.conversation_id as id from message m where m.workspace_id = a.workspace_id and m.account_id = a.id
      and (m.conversation_id = ${conversationId ?? null}::uuid or m.external_id = any(${externalIds}::text[]) or m.id = any(${messageIds}::uuid[])))
    select c.*, x.joins from (
      select m.conversation_id, false as joins, m.conversation_id in (select id from answered) as answered, m.created_at from message m
      where m.workspace_id = a.workspace_id and m.identity_id = i.id and m.account_id = a.id
      union all
      select id, true, true, null from answered where exists (
        select from message k where k.workspace_id = a.workspace_id and k.conversation_id = answered.id and k.cc @> ${sql.json([{ handle }])}::jsonb)
    ) x join conversation c on c.workspace_id = a.workspace_id and c.id = x.conversation_id
    where c.merged_into is null and (c.status <> 'archived' or x.answered) order by x.answered desc, x.joins, x.created_at desc limit 1`;
};
