/** The floor of accepting: one statement, with everything known beforehand, that writes the same rows and the wake-up. */
import { v7 as newId } from 'uuid';
import type { Sql } from '../../server/db/connect.ts';
import type { World } from '../support/world.ts';

export interface Target {
  conversationId: string;
  identityId: string;
  contactId: string;
  handle: string;
}

/** Conversations to write into, each of a customer of its own, that wait for no agent. */
export async function targets(sql: Sql, world: World, many: number): Promise<Target[]> {
  await sql`update agent set reply_mode = 'off', active = false where workspace_id = ${world.workspaceId}`;
  for (let from = 0; from < many; from += 50) {
    await Promise.all(Array.from({ length: Math.min(50, many - from) }, (_, n) => world.writes('Hello', { handle: `bench-${from + n}` })));
  }
  // As any database in use is, once it has looked at itself.
  await sql`analyze`;
  return sql<Target[]>`
    select c.id as conversation_id, c.identity_id, c.contact_id, i.handle from conversation c join identity i on i.workspace_id = c.workspace_id and i.id = c.identity_id
    where c.workspace_id = ${world.workspaceId} and i.handle like 'bench-%'`;
}

/** Writes an inbound message as the product does: message, conversation, three events, wake-up. @returns the message's id */
export async function bareAccept(sql: Sql, world: World, target: Target, text: string): Promise<string> {
  const id = newId();
  const { workspaceId, chatAccount } = world;
  const { conversationId, identityId, contactId } = target;
  await sql`
    with c as (update conversation set status = 'open', requires_action = true, requires_reason = 'unanswered', last_seq = last_seq + 1, inbound_count = inbound_count + 1, last_inbound_id = ${id},
        last_inbound_seq = last_seq + 1, last_inbound_at = now(), last_snippet = ${text}, last_author = json_build_object('kind', 'contact', 'id', ${contactId}::text, 'name', 'Marta'), last_message_at = now(),
        last_activity_at = now(), waiting_since = coalesce(waiting_since, now()), run_due_at = now(), version = version + 1
        where workspace_id = ${workspaceId} and id = ${conversationId} returning last_seq),
      m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text)
        select ${workspaceId}, ${id}, ${conversationId}, last_seq, 'inbound', 'message', 'contact', ${contactId}, 'Marta', 'chat', ${chatAccount}, ${identityId}, ${text} from c),
      e as (insert into event (workspace_id, kind, audience, addressee_id, subject_id, conversation_id)
        select ${workspaceId}::uuid, v.kind, v.audience, v.addressee::uuid, v.subject::uuid, ${conversationId}::uuid
        from c, (values ('message', 'team', null, ${id}::text), ('message', 'visitor', ${identityId}::text, ${id}::text), ('conversation', 'team', null, ${conversationId}::text)) as v(kind, audience, addressee, subject))
    select graphile_worker.add_job('run', json_build_object('workspaceId', ${workspaceId}::text, 'conversationId', ${conversationId}::text), max_attempts => 3, job_key => ${`run:${conversationId}`}) from c`;
  return id;
}
