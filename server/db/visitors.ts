import { createHash, randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import type { Change } from './change.ts';
import type { Sql, Transaction } from './connect.ts';

/** Tokens are 256 random bits, so a plain hash keeps them safe at rest. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The chat account through which a visitor comes in, and who answers there first. */
interface ChatEntrance {
  accountId: string;
  agent: { name: string; avatarUrl: string | null } | null;
}

/** An active chat account of the workspace: the one asked for, or the first. */
export async function chatEntrance(sql: Sql | Transaction, workspaceId: string, accountId: string | null): Promise<ChatEntrance | null> {
  const [row] = await sql<{ accountId: string; agentName: string | null; avatarUrl: string | null }[]>`
    select a.id as account_id, g.name as agent_name, g.avatar_url from channel_account a
    left join agent g on g.workspace_id = a.workspace_id and g.id = a.agent_id and g.active
    where a.workspace_id = ${workspaceId} and a.channel = 'chat' and a.active ${accountId ? sql`and a.id = ${accountId}` : sql``}
    order by a.created_at, a.id limit 1`;
  return row ? { accountId: row.accountId, agent: row.agentName === null ? null : { name: row.agentName, avatarUrl: row.avatarUrl } } : null;
}

/** Who comes in: a customer that the host knows, or somebody. */
export interface NewVisitor {
  /** The host's own id of the customer, with what it says of it; null for an anonymous visitor. */
  identified: { sub: string; name: string | null; email: string | null } | null;
  language: string | null;
  accountId: string;
}

interface OpenedSession {
  token: string;
  identityId: string;
  contact: { id: string; name: string; email: string | null };
}

/**
 * Opens a session. A customer that the host names has one identity over all its devices; its name and email are
 * refreshed by what the host says. An anonymous visitor is a new contact.
 */
export async function openVisitorSession(unit: Change, visitor: NewVisitor): Promise<OpenedSession> {
  const { sql, workspaceId } = unit;
  const handle = visitor.identified ? `user:${visitor.identified.sub}` : `anon:${randomBytes(16).toString('base64url')}`;
  const identity = (await findIdentity(unit, handle)) ?? (await makeIdentity(unit, handle, visitor));
  const contact = await refreshContact(unit, identity.contactId, visitor);
  const token = `cv_${randomBytes(32).toString('base64url')}`;
  await sql`insert into visitor_session ${sql({
    workspaceId,
    id: newId(),
    tokenHash: hashToken(token),
    identityId: identity.id,
    contactId: contact.id,
    accountId: visitor.accountId,
  })}`;
  return { token, identityId: identity.id, contact };
}

async function findIdentity({ sql, workspaceId }: Change, handle: string): Promise<{ id: string; contactId: string } | null> {
  const [row] = await sql<{ id: string; contactId: string }[]>`
    select id, contact_id from identity where workspace_id = ${workspaceId} and channel = 'chat' and handle = ${handle}`;
  return row ?? null;
}

/** Two first sessions of one customer at once make one contact and one identity. */
async function makeIdentity(unit: Change, handle: string, { identified, language }: NewVisitor): Promise<{ id: string; contactId: string }> {
  const { sql, workspaceId } = unit;
  const contact = { workspaceId, id: newId(), name: identified?.name ?? '', email: identified?.email ?? null, externalId: identified?.sub ?? null, language };
  await sql`insert into contact ${sql(contact)} on conflict (workspace_id, external_id) where external_id is not null do nothing`;
  const [owner] = identified
    ? await sql<{ id: string }[]>`select id from contact where workspace_id = ${workspaceId} and external_id = ${identified.sub}`
    : [{ id: contact.id }];
  if (!owner) throw new Error('a contact is gone while its session was opened');
  await sql`insert into identity ${sql({ workspaceId, id: newId(), contactId: owner.id, channel: 'chat', handle })} on conflict (workspace_id, channel, handle) do nothing`;
  unit.emit({ kind: 'contact', audience: 'team', subjectId: owner.id });
  const identity = await findIdentity(unit, handle);
  if (!identity) throw new Error('an identity is gone while its session was opened');
  return identity;
}

async function refreshContact(unit: Change, contactId: string, { identified, language }: NewVisitor): Promise<OpenedSession['contact']> {
  const { sql, workspaceId } = unit;
  const [changed] = await sql<OpenedSession['contact'][]>`
    update contact set name = coalesce(${identified?.name ?? null}, name), email = coalesce(${identified?.email ?? null}, email), language = coalesce(language, ${language}), version = version + 1
    where workspace_id = ${workspaceId} and id = ${contactId} and (name, email, language)
      is distinct from (coalesce(${identified?.name ?? null}, name), coalesce(${identified?.email ?? null}, email), coalesce(language, ${language}))
    returning id, name, email`;
  if (changed) {
    unit.emit({ kind: 'contact', audience: 'team', subjectId: contactId });
    return changed;
  }
  const [same] = await sql<OpenedSession['contact'][]>`select id, name, email from contact where workspace_id = ${workspaceId} and id = ${contactId}`;
  if (!same) throw new Error('a contact is gone while its session was opened');
  return same;
}

interface VisitorSessionRow {
  id: string;
  workspaceId: string;
  identityId: string;
  handle: string;
  contactId: string;
  contactName: string;
  accountId: string;
}

/** The session of a token; null for one that was ended or never was. */
export async function visitorSession(sql: Sql | Transaction, token: string): Promise<VisitorSessionRow | null> {
  const [row] = await sql<VisitorSessionRow[]>`
    select s.id, s.workspace_id, s.identity_id, i.handle, i.contact_id, c.name as contact_name, s.account_id
    from visitor_session s
    join identity i on i.workspace_id = s.workspace_id and i.id = s.identity_id
    join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where s.token_hash = ${hashToken(token)} and s.ended_at is null`;
  return row ?? null;
}

/** Ends a session: its token is refused at once, its streams end within seconds. */
export async function endVisitorSession(unit: Change, id: string): Promise<void> {
  await unit.sql`update visitor_session set ended_at = now() where workspace_id = ${unit.workspaceId} and id = ${id} and ended_at is null`;
  unit.afterwards({ kind: 'access', workspaceId: unit.workspaceId });
}
