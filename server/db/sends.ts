import type { Channel, Code } from '../contract/common.ts';
import { agentInControl } from '../domain/policy.ts';
import type { Recipient, TemplateChoice } from '../contract/message.ts';
import type { Original } from '../contract/translate.ts';
import type { StoredFile } from '../files/links.ts';
import type { Change } from './change.ts';
import { execute } from './control.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { composedWasSent } from './composing.ts';
import { attachFiles, holdFiles } from './files.ts';
import { insertOutbound } from './message.ts';
import { join } from './participants.ts';
import { whyNotSend } from './reach.ts';
import type { Way } from './reach.ts';
import { holdWithSpeakers, standingOf } from './speakers.ts';

export type Person = ActorRow & { id: string };
export type Refusal = { ok: false; code: Code; detail: string };

export interface PersonSends {
  text: string;
  html?: string | undefined;
  subject?: string | undefined;
  /** A text that the provider has approved, which needs no open window; `text` is what it says. */
  template?: TemplateChoice | undefined;
  /** Who gets a copy; mail only. */
  cc?: Recipient[] | undefined;
  bcc?: Recipient[] | undefined;
  identityId?: string | undefined;
  draftId?: string | undefined;
  /** Where `text` is a translation: what was written. */
  original?: Original | undefined;
  /** Uploaded by any of the team; `limitsOf` says what a channel carries, null for nothing. */
  files?: { ids: readonly string[]; limitsOf(channel: Channel): { maxCount: number; maxBytes: number } | null } | undefined;
  /** The last inbound seq that the person saw; behind the newest, the send is refused. */
  expectedLastInboundSeq?: number | undefined;
  /** The last item that the person saw; where somebody else has answered since, the send is refused. */
  expectedLastSeq?: number | undefined;
  /** Take the conversation over in the same act. */
  assume?: boolean | undefined;
  ifMatch?: number | null;
}

type Written = Pick<PersonSends, 'text' | 'html' | 'subject' | 'template' | 'draftId' | 'original'>;

/** Channels on which nothing can be sent. */
export const SILENT: readonly Channel[] = ['voice', 'linkedin'];

/**
 * A person's message to the customer, past the fence for people: the agent must not be in control, and nothing newer may
 * have come than the person saw.
 * @returns the message's id, a refusal, or null where there is no such conversation
 */
export async function sendAsPerson(
  unit: Change,
  conversationId: string,
  by: Person,
  input: PersonSends,
): Promise<{ ok: true; messageId: string } | Refusal | null> {
  const found = await holdWithSpeakers(unit, conversationId);
  if (!found) return null;
  const { held, speakers } = found;
  const { row } = held;
  if (input.ifMatch !== undefined && input.ifMatch !== null && input.ifMatch !== row.version)
    return { ok: false, code: 'stale_version', detail: 'The conversation changed meanwhile.' };
  if (agentInControl(standingOf(row, speakers))) {
    if (!input.assume)
      return { ok: false, code: 'agent_in_control', detail: `${speakers.agent?.name ?? 'The agent'} is in control. Assume the conversation to write.` };
  }
  // A number beyond the end was seen in a thread that was parted since: what came in this one, nobody knows by it.
  if (input.expectedLastInboundSeq !== undefined && (input.expectedLastInboundSeq < row.lastInboundSeq || input.expectedLastInboundSeq > row.lastSeq)) {
    return { ok: false, code: 'newer_message', detail: 'The customer wrote again.' };
  }
  if (input.expectedLastSeq !== undefined && input.expectedLastSeq < row.lastSeq && (await answeredSince(held, by, input.expectedLastSeq))) {
    return { ok: false, code: 'newer_message', detail: 'Somebody else answered meanwhile.' };
  }
  if (input.draftId && !(await isDraftOf(held, input.draftId))) return { ok: false, code: 'invalid', detail: 'draftId: is no draft of this conversation.' };
  const to = await recipient(held, input.identityId);
  if (!to) return { ok: false, code: 'invalid', detail: 'identityId: is no handle of the contact that a message can go to.' };
  if (SILENT.includes(to.channel)) return { ok: false, code: 'channel_cannot_send', detail: 'Nothing can be sent on this channel.' };
  const load = await loadOf(unit, to, input, held.now);
  if ('code' in load) return load;
  if (input.assume) await execute(held, { type: 'assume', operatorId: by.id }, by, { code: 'assumed', text: `${by.name} assumed the conversation` });
  await execute(held, { type: 'human_reply' }, by);
  const messageId = await queueWritten(held, by, input, load, to);
  await composedWasSent(unit, by.id, conversationId, 'reply', input.text);
  await join(held, by.id);
  await held.save();
  return { ok: true, messageId };
}

/**
 * Queues what a person wrote, with what it carries.
 * @param to another handle of the contact than the one that the conversation speaks to
 * @returns the message's id
 */
export async function queueWritten(held: HeldConversation, by: Person, input: Written, { cc, bcc, files }: Load, to?: Way): Promise<string> {
  const { text, html, subject, template, draftId, original } = input;
  const sentBy = { kind: 'operator', id: by.id } as const;
  const messageId = await insertOutbound(held, {
    author: by,
    sentBy,
    text,
    html: html ?? null,
    subject: subject ?? null,
    aiGenerated: false,
    draftId: draftId ?? null,
    template,
    original,
    cc,
    bcc,
    ...(to && { to }),
  });
  await attachFiles(held.unit, messageId, files);
  return messageId;
}

/** What a person's message carries beside its text. */
export interface Load {
  cc: Recipient[];
  bcc: Recipient[];
  /** Held for this change. */
  files: StoredFile[];
}

/** What goes with a person's message by a way, or why the message cannot go it. */
export async function loadOf(
  unit: Change,
  to: Way,
  input: Pick<PersonSends, 'text' | 'template' | 'cc' | 'bcc' | 'files'>,
  now: Date,
): Promise<Load | Refusal> {
  const unsendable = await whyNotSend(unit.sql, unit.workspaceId, to, input, now);
  if (unsendable) return unsendable;
  if (to.channel !== 'email' && (input.cc?.length || input.bcc?.length))
    return { ok: false, code: 'invalid', detail: `${input.cc?.length ? 'cc' : 'bcc'}: only mail has copies.` };
  const files = await filesFor(unit, to.channel, input.files);
  return Array.isArray(files) ? { cc: copiesOf(input.cc), bcc: copiesOf(input.bcc), files } : files;
}

/** Copies as they are kept: each address once, as mail servers compare them. */
const copiesOf = (list: Recipient[] | undefined): Recipient[] => [
  ...new Map((list ?? []).map(({ handle, name }) => [handle.toLowerCase(), { handle: handle.toLowerCase(), ...(name ? { name } : {}) }])).values(),
];

/** The files that go with a message, held, or why they cannot. */
async function filesFor(unit: Change, channel: Channel, files: PersonSends['files']): Promise<StoredFile[] | Refusal> {
  if (!files || files.ids.length === 0) return [];
  const refused = (detail: string): Refusal => ({ ok: false, code: 'invalid', detail: `attachmentIds: ${detail}` });
  const limits = files.limitsOf(channel);
  if (!limits) return refused('this channel carries no files.');
  if (files.ids.length > limits.maxCount) return refused(`this channel carries at most ${limits.maxCount} a message.`);
  const held = await holdFiles(unit, files.ids, 'team');
  if (!held) return refused('must name files that the team uploaded and that no message has yet.');
  const large = held.find(({ size }) => size > limits.maxBytes);
  return large ? refused(`this channel carries files of at most ${limits.maxBytes} bytes; ${large.name} has ${large.size}.`) : held;
}

/** Whether an agent or another operator has said anything to the customer after an item. */
const answeredSince = async ({ row, unit }: HeldConversation, by: Person, seq: number): Promise<boolean> =>
  (
    await unit.sql`select from message where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and seq > ${seq} and direction = 'outbound' and author_kind <> 'system'
    and author_id is distinct from ${by.id} and delivery_status <> 'recalled' limit 1`
  ).length > 0;

const isDraftOf = async ({ row, unit }: HeldConversation, draftId: string): Promise<boolean> =>
  (await unit.sql`select from draft where workspace_id = ${unit.workspaceId} and id = ${draftId} and conversation_id = ${row.id}`).length > 0;

/** The handle that a message goes to, with the account that reaches it: the conversation's own, or another of the contact's. */
async function recipient(held: HeldConversation, identityId: string | undefined): Promise<{ identityId: string; accountId: string; channel: Channel } | null> {
  const { row, unit } = held;
  if (!identityId || identityId === row.identityId) return { identityId: row.identityId, accountId: row.accountId, channel: row.channel };
  const { sql, workspaceId } = unit;
  const [other] = await sql<{ identityId: string; accountId: string; channel: Channel }[]>`
    select i.id as identity_id, i.channel, coalesce(
      (select m.account_id from message m where m.workspace_id = i.workspace_id and m.identity_id = i.id order by m.created_at desc limit 1),
      (select a.id from channel_account a where a.workspace_id = i.workspace_id and a.channel = i.channel and a.active order by a.created_at limit 1)) as account_id
    from identity i where i.workspace_id = ${workspaceId} and i.id = ${identityId} and i.contact_id = ${row.contactId}`;
  return other?.accountId ? other : null;
}

/** Puts a message that failed, bounced or is in doubt back into the queue; only a person's word does that. */
export async function retryMessage(unit: Change, messageId: string, by: Person): Promise<{ ok: true } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [seen] = await sql<
    { conversationId: string; identityId: string; accountId: string; channel: Channel; text: string; template: TemplateChoice | null }[]
  >`
    select conversation_id, identity_id, account_id, channel, text, data -> 'template' as template from message where workspace_id = ${workspaceId} and id = ${messageId} and direction = 'outbound'`;
  if (!seen) return null;
  const held = await holdConversation(unit, seen.conversationId);
  if (!held) return null;
  const unsendable = await whyNotSend(sql, workspaceId, seen, { text: seen.text, template: seen.template ?? undefined }, held.now);
  if (unsendable) return unsendable;
  const rows = await sql`
    update message set delivery_status = 'queued', delivery_error = null, delivery_at = ${held.now}, due_at = ${held.now}, external_id = null, attempts = 0,
      sent_by = ${sql.json({ kind: 'operator', id: by.id })}
    where workspace_id = ${workspaceId} and id = ${messageId} and delivery_status in ('failed', 'bounced', 'unknown', 'recalled') returning id`;
  if (rows.length === 0)
    return { ok: false, code: 'not_delivered_by_person', detail: 'Only a message that failed, bounced, was recalled or is in doubt can be sent again.' };
  held.itemChanged(messageId);
  await execute(held, { type: 'human_reply' }, by);
  unit.wake('deliver', held.row.id);
  await held.save();
  return { ok: true };
}
