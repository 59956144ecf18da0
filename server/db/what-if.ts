import type { Channel } from '../contract/common.ts';
import type { WhatIf } from '../contract/classifier.ts';
import type { Agent, GuidanceCard, Intent } from '../contract/settings.ts';
import type { Sql } from './connect.ts';

/** A message as its customer wrote it, with what stood before it and where. */
export interface Sampled {
  id: string;
  conversationId: string;
  text: string;
  channel: Channel;
  at: Date;
  departmentId: string | null;
  tags: string[];
  contact: { id: string; name: string; language: string | null; identified: boolean };
  /** Oldest first. */
  history: { author: 'contact' | 'agent' | 'operator' | 'system'; name: string; text: string }[];
}

/** What a replay is made with. */
export interface Ground {
  agent: Agent;
  /** Those for the classifier that are in use, in their order. */
  cards: GuidanceCard[];
  intents: Intent[];
}

/** Null where there is no such agent. */
export async function groundOf(sql: Sql, workspaceId: string, agentId: string): Promise<Ground | null> {
  const [[agent], cards, intents] = await Promise.all([
    sql<Agent[]>`select * from agent where workspace_id = ${workspaceId} and id = ${agentId}`,
    sql<GuidanceCard[]>`select * from guidance_card where workspace_id = ${workspaceId} and surface = 'classifier' and active order by position, created_at`,
    sql<Intent[]>`select * from intent where workspace_id = ${workspaceId} order by position, name`,
  ]);
  return agent ? { agent, cards: [...cards], intents: [...intents] } : null;
}

/** Statuses by which the index of an agent's conversations is read. */
const STATUSES = ['open', 'closed', 'archived'];
/** What of one message, and of how many before it, a prompt takes at most. */
const CHARS = 8_000;
const HISTORY = 24;
const HISTORY_CHARS = 2_000;

/**
 * The messages to replay, newest first: of an agent the last ones that customers wrote, automatic ones left out, or those
 * that are named, of which unknown ones are missing in the answer.
 */
export async function sampleOf(sql: Sql, workspaceId: string, agentId: string, sample: WhatIf['sample']): Promise<Sampled[]> {
  const ids = 'messageIds' in sample ? sample.messageIds : await newestOf(sql, workspaceId, agentId, sample.last);
  const rows = await sql<(Omit<Sampled, 'contact'> & { contactId: string; contactName: string; language: string | null; identified: boolean })[]>`
    select m.id, m.conversation_id, left(m.text, ${CHARS}) as text, m.channel, m.created_at as at, c.department_id, ct.id as contact_id, ct.name as contact_name, ct.language, ct.external_id is not null as identified,
      coalesce((select json_agg(t.name) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id where x.workspace_id = c.workspace_id and x.conversation_id = c.id), '[]') as tags,
      coalesce((select json_agg(json_build_object('author', h.author_kind, 'name', h.author_name, 'text', h.text) order by h.seq) from (
        select seq, author_kind, author_name, left(text, ${HISTORY_CHARS}) as text from message
        where workspace_id = m.workspace_id and conversation_id = m.conversation_id and seq < m.seq and coalesce(delivery_status, '') not in ('recalled', 'failed', 'bounced') order by seq desc limit ${HISTORY}) h), '[]') as history
    from message m join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    where m.workspace_id = ${workspaceId} and m.id = any(${ids}::uuid[]) and m.direction = 'inbound' and m.kind = 'message'
    order by m.created_at desc, m.id desc`;
  return rows.map(({ contactId, contactName, language, identified, ...row }) => ({
    ...row,
    contact: { id: contactId, name: contactName, language, identified },
  }));
}

/** In the conversations in which something happened last: the newest messages are in them. */
async function newestOf(sql: Sql, workspaceId: string, agentId: string, last: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with recent as materialized (
      select c.id from unnest(${STATUSES}::text[]) s (status) cross join lateral (
        select id, last_activity_at from conversation where workspace_id = ${workspaceId} and agent_id = ${agentId} and status = s.status and merged_into is null order by last_activity_at desc, id desc limit ${last}) c
      order by c.last_activity_at desc limit ${last})
    select m.id from recent r cross join lateral (
      select id, created_at from message where workspace_id = ${workspaceId} and conversation_id = r.id and direction = 'inbound' and kind = 'message' and data ->> 'neverAnswered' is null order by seq desc limit ${last}) m
    order by m.created_at desc, m.id desc limit ${last}`;
  return rows.map(({ id }) => id);
}
