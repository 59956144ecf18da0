import type { Contact } from '../contract/contact.ts';
import type { Sql, Transaction } from './connect.ts';
import type { ContactFacts } from './contact-facts.ts';

interface ContactRow extends ContactFacts {
  timeZone: string | null;
  attributes: Record<string, unknown>;
  aiPausedAt: Date | null;
  aiPausedReason: string | null;
  createdAt: Date;
  version: number;
  pausedBy: { id: string; name: string; email: string | null; picture: string | null } | null;
  identities: Contact['identities'] | null;
}

const select = (sql: Sql | Transaction) => sql`
  select c.id, c.name, c.email, c.company, c.phone, c.language, c.time_zone, c.attributes, c.ai_paused_at, c.ai_paused_reason, c.created_at, c.version,
    (select json_build_object('id', o.id, 'name', o.name, 'email', o.email, 'picture', o.picture) from operator o
      where o.workspace_id = c.workspace_id and o.id = c.ai_paused_by) as paused_by,
    (select json_agg(json_build_object('id', i.id, 'channel', i.channel, 'handle', i.handle, 'optedOutAt', to_char(i.opted_out_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by i.created_at, i.id) from identity i
      where i.workspace_id = c.workspace_id and i.contact_id = c.id) as identities
  from contact c`;

function fromRow(row: ContactRow): Contact {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    company: row.company,
    phone: row.phone,
    language: row.language,
    timeZone: row.timeZone,
    attributes: row.attributes,
    aiPaused: row.aiPausedAt ? { by: row.pausedBy, at: row.aiPausedAt.toISOString(), reason: row.aiPausedReason } : null,
    identities: row.identities ?? [],
    createdAt: row.createdAt.toISOString(),
    version: row.version,
  };
}

/** Contacts by id. */
export async function contactViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, Contact>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<ContactRow[]>`${select(sql)} where c.workspace_id = ${workspaceId} and c.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

/** A page of contacts by name, after (name, id); `q` finds parts of name, email, phone and company, and mistyped names. */
export async function listContacts(
  sql: Sql | Transaction,
  workspaceId: string,
  query: { q: string | undefined; after: { name: string; id: string } | null; limit: number },
): Promise<Contact[]> {
  const q = query.q?.toLowerCase();
  const rows = await sql<ContactRow[]>`
    ${select(sql)} where c.workspace_id = ${workspaceId} and c.merged_into is null
      ${q ? sql`and (c.search like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} or ${q} <% c.search)` : sql``}
      ${query.after ? sql`and (c.name, c.id) > (${query.after.name}, ${query.after.id}::uuid)` : sql``}
    order by c.name, c.id limit ${query.limit}`;
  return rows.map(fromRow);
}
