import { v7 as newId } from 'uuid';
import type { Channel } from '../contract/common.ts';
import { begin } from '../domain/control.ts';
import { handleOn, isTelephone } from '../domain/handle.ts';
import type { Change } from './change.ts';
import { holdContact } from './contacts.ts';
import { holdConversation } from './conversation.ts';
import { join } from './participants.ts';
import { loadOf, queueWritten, SILENT } from './sends.ts';
import type { Person, PersonSends, Refusal } from './sends.ts';

/** An address with whom it belongs to. */
interface Identity {
  id: string;
  contactId: string;
}

interface NewContact {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  handle?: string | undefined;
}

export interface Begins extends Pick<PersonSends, 'text' | 'html' | 'subject' | 'template' | 'cc' | 'bcc' | 'files'> {
  contactId?: string | undefined;
  /** Of the contact that `contactId` names, where it is to be reached elsewhere than before. */
  handle?: string | undefined;
  contact?: NewContact | undefined;
  channelAccountId: string;
}

/** A person begins a conversation, on an account that can send, with a contact, a new address of one, or a new contact. */
export async function beginConversation(unit: Change, by: Person, input: Begins): Promise<{ ok: true; conversationId: string } | Refusal> {
  const { sql, workspaceId } = unit;
  const [account] = await sql<{ id: string; channel: Channel; active: boolean; agentId: string | null; departmentId: string | null }[]>`
    select id, channel, active, agent_id, department_id from channel_account where workspace_id = ${workspaceId} and id = ${input.channelAccountId}`;
  if (!account) return { ok: false, code: 'invalid', detail: 'channelAccountId: there is no such account.' };
  if (SILENT.includes(account.channel) || !account.active) return { ok: false, code: 'channel_cannot_send', detail: 'Nothing can be sent from this account.' };
  const identity = await recipient(unit, account.channel, input);
  if ('code' in identity) return identity;
  const load = await loadOf(unit, { identityId: identity.id, accountId: account.id, channel: account.channel }, input, new Date());
  if ('code' in load) return load;
  const state = begin(account.agentId, account.departmentId);
  const id = newId();
  await sql`insert into conversation ${sql({
    workspaceId,
    id,
    contactId: identity.contactId,
    accountId: account.id,
    identityId: identity.id,
    channel: account.channel,
    subject: input.subject ?? null,
    agentId: state.agentId,
    departmentId: state.departmentId,
    assigneeId: by.id,
    controllerKind: 'human',
    controllerId: by.id,
  })}`;
  const held = (await holdConversation(unit, id))!;
  await queueWritten(held, by, input, load);
  await join(held, by.id);
  await held.save();
  return { ok: true, conversationId: id };
}

async function recipient(unit: Change, channel: Channel, { contactId: asked, handle, contact }: Begins): Promise<Identity | Refusal> {
  const contactId = asked && (await holdContact(unit, asked, 'share'));
  if (contactId === null) return { ok: false, code: 'invalid', detail: 'contactId: there is no such contact.' };
  if (contactId && handle !== undefined) return addressOf(unit, contactId, channel, handle);
  const identity = contactId ? await latestOf(unit, contactId, channel) : await identityAt(unit, channel, contact ?? {});
  return (
    (identity && (await holdIdentity(unit, identity.id))) ?? { ok: false, code: 'channel_cannot_send', detail: 'The contact has no address on this channel.' }
  );
}

/** An address stays whose it is until the commit, whoever merges its contact with another meanwhile. */
async function holdIdentity({ sql, workspaceId }: Change, id: string): Promise<Identity | null> {
  const [held] = await sql<Identity[]>`select id, contact_id from identity where workspace_id = ${workspaceId} and id = ${id} for share`;
  return held ?? null;
}

async function latestOf({ sql, workspaceId }: Change, contactId: string, channel: Channel): Promise<Identity | null> {
  const [row] = await sql<Identity[]>`
    select id, contact_id from identity where workspace_id = ${workspaceId} and contact_id = ${contactId} and channel = ${channel} order by created_at desc limit 1`;
  return row ?? null;
}

const known = async ({ sql, workspaceId }: Change, channel: Channel, handle: string): Promise<Identity | undefined> =>
  (await sql<Identity[]>`select id, contact_id from identity where workspace_id = ${workspaceId} and channel = ${channel} and handle = ${handle}`)[0];

/** Gives a contact an address, unless it is somebody else's; null where two did so at once and the other one has it. */
async function add(unit: Change, contactId: string, channel: Channel, handle: string): Promise<Identity | null> {
  const { sql, workspaceId } = unit;
  const [made] = await sql<Identity[]>`
    insert into identity ${sql({ workspaceId, id: newId(), contactId, channel, handle })} on conflict (workspace_id, channel, handle) do nothing returning id, contact_id`;
  if (made) unit.emit({ kind: 'contact', audience: 'team', subjectId: contactId });
  return made ?? null;
}

/** An address of a contact, which becomes its own where it is new. A visitor's is made by the chat and cannot be typed. */
async function addressOf(unit: Change, contactId: string, channel: Channel, typed: string): Promise<Identity | Refusal> {
  const handle = channel === 'chat' ? null : handleOn(channel, typed);
  if (!handle) return { ok: false, code: 'invalid', detail: 'handle: is no address on this channel.' };
  const found = (await known(unit, channel, handle)) ?? (await add(unit, contactId, channel, handle)) ?? (await known(unit, channel, handle));
  return found?.contactId === contactId ? found : { ok: false, code: 'invalid', detail: 'handle: is another contact’s address.' };
}

/** The identity of an address, with its contact where it is new; null where there is no address on that channel, or none that a person could make. Two who begin with one at once make one. */
async function identityAt(unit: Change, channel: Channel, contact: NewContact): Promise<Identity | null> {
  const { sql, workspaceId } = unit;
  const handle = handleOn(channel, contact.handle ?? (channel === 'email' ? contact.email : contact.phone) ?? '');
  if (!handle) return null;
  const before = await known(unit, channel, handle);
  // A visitor's is made by the chat: under one that was made up nobody would ever read what is written.
  if (before || channel === 'chat') return before ?? null;
  const contactId = newId();
  await sql`insert into contact ${sql({ workspaceId, id: contactId, name: contact.name ?? handle, email: contact.email ?? (channel === 'email' ? handle : null), phone: isTelephone(channel) ? handle : (contact.phone ?? null) })}`;
  const made = await add(unit, contactId, channel, handle);
  if (made) return made;
  await sql`delete from contact where workspace_id = ${workspaceId} and id = ${contactId}`;
  return (await known(unit, channel, handle)) ?? null;
}
