import type { Message, VisitorMessage } from '../contract/message.ts';
import { Because } from '../contract/message.ts';
import type postgres from 'postgres';
import { besideWhy } from '../domain/fault.ts';
import type { FileLinks, StoredFile } from '../files/links.ts';
import type { Sql, Transaction } from './connect.ts';

interface ItemRow {
  id: string;
  conversationId: string;
  seq: number;
  direction: Message['direction'];
  kind: Message['kind'];
  authorKind: Message['author']['kind'];
  authorId: string | null;
  authorName: string;
  channel: Message['channel'];
  subject: string | null;
  text: string;
  html: boolean;
  attachments: StoredFile[];
  aiGenerated: boolean;
  intent: string | null;
  language: string | null;
  decision: Message['decision'];
  sentBy: Message['sentBy'] | null;
  approvedBy: string | null;
  editedBy: string | null;
  draftId: string | null;
  routes: Message['routes'];
  chosenRouteId: string | null;
  cc: Message['cc'];
  bcc: Message['bcc'];
  deliveryLog: Message['deliveryLog'];
  pendingFiles: Message['pendingFiles'];
  data: Record<string, unknown> | null;
  deliveryStatus: NonNullable<Message['delivery']>['status'] | null;
  deliveryError: string | null;
  deliveryAt: Date | null;
  code: string | null;
  reason: string | null;
  mentions: string[] | null;
  createdAt: Date;
}

/** The three tables that a thread is made of, with the same columns, limited alike before they are joined. */
function items(sql: Sql | Transaction, where: postgres.Fragment, tail: postgres.Fragment) {
  return sql`
    (select id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, subject, text, html is not null as html, attachments,
      ai_generated, intent, language, decision, sent_by, approved_by, edited_by, draft_id, routes, chosen_route_id, data, delivery_status, delivery_error,
      delivery_at, null::text as code, null::text as reason, null::uuid[] as mentions, created_at, cc, bcc, nullif(delivery_log, '[]') as delivery_log,
      (select json_agg(json_build_object('id', f.id, 'name', coalesce(f.name, f.type), 'type', f.type, 'error', f.error, 'again', f.error is not null and f.source ->> 'from' <> 'none') order by f.place) from media f
        where f.workspace_id = message.workspace_id and f.message_id = message.id) as pending_files
    from message where ${where} ${tail})
    union all
    (select id, conversation_id, seq, 'internal', 'note', 'operator', author_id, author_name, null, null, text, false, attachments,
      false, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, mentions, created_at, null, null, null, null
    from note where ${where} ${tail})
    union all
    (select id, conversation_id, seq, 'internal', kind, author_kind, author_id, author_name, null, null, text, false, '[]'::jsonb,
      false, null, null, decision, null, null, null, null, null, null, data, null, null, null, code, reason, null, created_at, null, null, null, null
    from line where ${where} ${tail})`;
}

function fromRow(row: ItemRow, workspaceId: string, links: FileLinks): Message {
  const { because, reactions, ...rest } = row.data ?? {};
  // One that was taken back stays only to outlast an older report of it.
  const standing = Array.isArray(reactions) ? reactions.filter((one: { emoji?: unknown }) => one.emoji !== '') : [];
  const data = { ...rest, ...(row.kind === 'skill' && besideWhy(String(rest['summary'] ?? ''))), ...(standing.length > 0 && { reactions: standing }) };
  return {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    direction: row.direction,
    kind: row.kind,
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    channel: row.channel,
    subject: row.subject,
    text: row.text,
    htmlUrl: row.html ? links.mail(workspaceId, row.id) : null,
    cc: row.cc,
    bcc: row.bcc,
    attachments: row.attachments.map(links.show),
    pendingFiles: row.pendingFiles?.map((file) => ({ ...file, ...besideWhy(file.error) })) ?? null,
    aiGenerated: row.aiGenerated,
    intent: row.intent,
    language: row.language,
    delivery: row.deliveryStatus
      ? { status: row.deliveryStatus, error: row.deliveryError, ...besideWhy(row.deliveryError), at: (row.deliveryAt ?? row.createdAt).toISOString() }
      : null,
    deliveryLog: row.deliveryLog?.map((entry) => ({ ...entry, ...besideWhy(entry.error) })) ?? null,
    decision: row.decision,
    because: because ? Because.parse(because) : null,
    sentBy: row.sentBy ?? { kind: row.authorKind, id: row.authorId },
    approvedBy: row.approvedBy,
    editedBy: row.editedBy,
    draftId: row.draftId,
    routes: row.routes?.map(({ id, label }) => ({ id, label })) ?? null,
    chosenRouteId: row.chosenRouteId,
    reason: row.reason,
    code: row.code,
    mentions: row.mentions,
    data: Object.keys(data).length > 0 ? data : null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Items of conversations by id: messages, notes and lines. */
export async function messageViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[], links: FileLinks): Promise<Map<string, Message>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<ItemRow[]>`${items(sql, sql`workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`, sql``)}`;
  return new Map(rows.map((row) => [row.id, fromRow(row, workspaceId, links)]));
}

/** At most `limit` items of a conversation on one side of a seq (exclusive), oldest first. */
export async function listMessages(
  sql: Sql | Transaction,
  workspaceId: string,
  conversationId: string,
  query: { side: 'before' | 'after'; seq: number; limit: number },
  links: FileLinks,
): Promise<Message[]> {
  const before = query.side === 'before';
  const where = sql`workspace_id = ${workspaceId} and conversation_id = ${conversationId} and seq ${before ? sql`<` : sql`>`} ${query.seq}`;
  const order = before ? sql`order by seq desc` : sql`order by seq`;
  const rows = await sql<ItemRow[]>`select * from (${items(sql, where, sql`${order} limit ${query.limit}`)}) as item ${order} limit ${query.limit}`;
  return rows.map((row) => fromRow(row, workspaceId, links)).toSorted((a, b) => a.seq - b.seq);
}

/** The HTML of a message, with what it needs to be shown. */
export interface StoredMail {
  html: string;
  subject: string | null;
  direction: 'inbound' | 'outbound';
  attachments: StoredFile[];
}

/** The same by id; null where there is none. */
export async function mailOf(sql: Sql | Transaction, workspaceId: string, id: string): Promise<StoredMail | null> {
  const [row] = await sql<StoredMail[]>`
    select html, subject, direction, attachments from message where workspace_id = ${workspaceId} and id = ${id} and html is not null`;
  return row ?? null;
}

type VisitorRow = Pick<
  ItemRow,
  | 'id'
  | 'conversationId'
  | 'authorKind'
  | 'authorId'
  | 'authorName'
  | 'text'
  | 'attachments'
  | 'aiGenerated'
  | 'deliveryStatus'
  | 'deliveryAt'
  | 'chosenRouteId'
  | 'createdAt'
> & {
  direction: 'inbound' | 'outbound';
  avatarUrl: string | null;
  asks: boolean;
  routes: VisitorMessage['routes'];
  articles: VisitorMessage['articles'];
};

/**
 * What a visitor may see: what came from its identity, and what was sent to it. Selected as such, never cut out of an
 * operator's view.
 */
const visitorItems = (sql: Sql | Transaction, workspaceId: string, identityId: string) => sql`
  select m.id, m.conversation_id, m.direction, m.author_kind, m.author_id, m.author_name, m.text, m.attachments, m.ai_generated, m.delivery_status, m.delivery_at,
    m.routes, m.chosen_route_id, m.created_at,
    m.routes is not null and exists (select from conversation c where c.workspace_id = m.workspace_id and c.id = m.conversation_id
      and c.handoff_form ->> 'shown' = m.id::text and c.handoff_form ->> 'ended' = 'false') as asks, m.data -> 'because' -> 'articles' as articles,
    case m.author_kind
      when 'agent' then (select g.avatar_url from agent g where g.workspace_id = m.workspace_id and g.id = m.author_id)
      when 'operator' then (select o.picture from operator o where o.workspace_id = m.workspace_id and o.id = m.author_id) end as avatar_url
  from message m
  where m.workspace_id = ${workspaceId} and m.identity_id = ${identityId} and m.kind = 'message'
    and (m.direction = 'inbound' or m.delivery_status in ('sent', 'delivered', 'read'))`;

function visitorFromRow(row: VisitorRow, links: FileLinks): VisitorMessage {
  return {
    id: row.id,
    conversationId: row.conversationId,
    direction: row.direction,
    kind: 'message',
    author: { kind: row.authorKind, id: row.authorKind === 'contact' ? null : row.authorId, name: row.authorName, avatarUrl: row.avatarUrl },
    text: row.text,
    attachments: row.attachments.map(links.show),
    aiGenerated: row.aiGenerated,
    delivery:
      row.direction === 'inbound'
        ? { status: 'delivered', at: row.createdAt.toISOString() }
        : row.deliveryStatus
          ? { status: row.deliveryStatus, at: (row.deliveryAt ?? row.createdAt).toISOString() }
          : null,
    articles: row.articles?.map(({ id, title }) => ({ id, title })),
    routes: row.routes,
    chosenRouteId: row.chosenRouteId,
    ...(row.asks && { asks: true }),
    createdAt: row.createdAt.toISOString(),
  };
}

/** Messages by id as the visitor behind an identity sees them. */
export async function visitorMessageViews(
  sql: Sql | Transaction,
  workspaceId: string,
  identityId: string,
  ids: readonly string[],
  links: FileLinks,
): Promise<Map<string, VisitorMessage>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<VisitorRow[]>`${visitorItems(sql, workspaceId, identityId)} and m.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, visitorFromRow(row, links)]));
}

/** The newest `limit` messages of a visitor before (createdAt, id), oldest first. */
export async function listVisitorMessages(
  sql: Sql | Transaction,
  workspaceId: string,
  identityId: string,
  query: { before: { at: string; id: string } | null; limit: number },
  links: FileLinks,
): Promise<VisitorMessage[]> {
  const rows = await sql<VisitorRow[]>`
    ${visitorItems(sql, workspaceId, identityId)}
    ${query.before ? sql`and (m.created_at, m.id) < (${query.before.at}::timestamptz, ${query.before.id}::uuid)` : sql``}
    order by m.created_at desc, m.id desc limit ${query.limit}`;
  return rows.map((row) => visitorFromRow(row, links)).toReversed();
}
