import type { Draft } from '../contract/draft.ts';
import { Because } from '../contract/message.ts';
import { actionColumn, actionFromRow } from './draft-actions.ts';
import type { DraftActionRow } from './draft-actions.ts';
import type { Sql, Transaction } from './connect.ts';

export interface DraftRow {
  id: string;
  conversationId: string;
  agentId: string;
  agentName: string;
  status: Draft['status'];
  text: string;
  html: string | null;
  finalText: string | null;
  inReplyToSeq: number | null;
  risk: Draft['risk'];
  because: unknown;
  actions: DraftActionRow[];
  reason: string | null;
  version: number;
  createdAt: Date;
  settledBy: Draft['settledBy'];
  settledAt: Date | null;
}

/** Columns of `draft d` joined with its `agent g`. */
export const draftColumns = (sql: Sql | Transaction) => sql`
  d.id, d.conversation_id, d.agent_id, g.name as agent_name, d.status, d.text, d.html, d.final_text, d.risk, d.because, d.reason, d.version,
  d.created_at, d.settled_by, d.settled_at, ${actionColumn(sql)},
  (select m.seq from message m where m.workspace_id = d.workspace_id and m.id = d.in_reply_to) as in_reply_to_seq`;

export function draftFromRow(row: DraftRow): Draft {
  return {
    id: row.id,
    conversationId: row.conversationId,
    agentId: row.agentId,
    agentName: row.agentName,
    status: row.status,
    text: row.text,
    html: row.html,
    finalText: row.finalText,
    inReplyToSeq: row.inReplyToSeq,
    risk: row.risk,
    because: Because.parse(row.because),
    ...(row.actions.length > 0 && { actions: row.actions.map(actionFromRow) }),
    reason: row.reason,
    version: Number(row.version),
    createdAt: row.createdAt.toISOString(),
    settledBy: row.settledBy,
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}

/** Drafts by id; what is not there, or another workspace's, is left out. */
export async function draftViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, Draft>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<DraftRow[]>`
    select ${draftColumns(sql)} from draft d join agent g on g.workspace_id = d.workspace_id and g.id = d.agent_id
    where d.workspace_id = ${workspaceId} and d.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, draftFromRow(row)]));
}

/** A page of drafts of one status, oldest first, after (createdAt, id). */
export async function listDrafts(
  sql: Sql | Transaction,
  workspaceId: string,
  query: { status: Draft['status']; conversationId?: string | undefined; after: { at: string; id: string } | null; limit: number },
): Promise<Draft[]> {
  const rows = await sql<DraftRow[]>`
    select ${draftColumns(sql)} from draft d join agent g on g.workspace_id = d.workspace_id and g.id = d.agent_id
    where d.workspace_id = ${workspaceId} and d.status = ${query.status}
      ${query.conversationId ? sql`and d.conversation_id = ${query.conversationId}` : sql``}
      ${query.after ? sql`and (d.created_at, d.id) > (${query.after.at}::timestamptz, ${query.after.id}::uuid)` : sql``}
    order by d.created_at, d.id limit ${query.limit}`;
  return rows.map(draftFromRow);
}
