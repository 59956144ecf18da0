import { channelOf } from '../channels/registry.ts';
import type { Template } from '../channels/channel.ts';
import type { Channel, Code } from '../contract/common.ts';
import type { MessageTemplate, TemplateChoice } from '../contract/message.ts';
import { countParameters, fillTemplate } from '../domain/template.ts';
import type { Sql, Transaction } from './connect.ts';

/** Where a message is to go: a customer's handle, by way of an account. */
export interface Way {
  identityId: string;
  accountId: string;
  channel: Channel;
}

interface Refusal {
  ok: false;
  code: Code;
  detail: string;
}

/** Why a message cannot go its way now; `why` is a stable word for it. */
interface Unreachable extends Refusal {
  why: 'opted_out' | 'window_closed' | 'too_long';
}

/**
 * When the customer behind a handle last wrote to an account: the provider's time for free answers counts from there, not
 * from what it wrote elsewhere.
 */
export async function lastWroteAt(sql: Sql | Transaction, workspaceId: string, { identityId, accountId }: Way): Promise<Date | null> {
  const [last] = await sql<{ createdAt: Date }[]>`
    select created_at from message where workspace_id = ${workspaceId} and identity_id = ${identityId} and account_id = ${accountId} and direction = 'inbound' order by created_at desc limit 1`;
  return last?.createdAt ?? null;
}

/**
 * What a channel and a customer's own word allow, asked before a message is queued.
 * @param text as it will be sent
 * @param freely false for a template, which needs no open window
 * @returns null where the message can go
 */
export async function whyUnreachable(
  sql: Sql | Transaction,
  workspaceId: string,
  way: Way,
  text: string,
  now: Date,
  freely = true,
): Promise<Unreachable | null> {
  const { limits, replyWindow } = channelOf(way.channel);
  const [identity] = await sql<
    { handle: string; optedOutAt: Date | null }[]
  >`select handle, opted_out_at from identity where workspace_id = ${workspaceId} and id = ${way.identityId}`;
  if (identity?.optedOutAt)
    return { ok: false, code: 'channel_cannot_send', why: 'opted_out', detail: `${identity.handle} wrote STOP: nothing is sent to it until it writes START.` };
  if (freely && replyWindow && !replyWindow(await lastWroteAt(sql, workspaceId, way), now).open) {
    return {
      ok: false,
      code: 'channel_cannot_send',
      why: 'window_closed',
      detail: 'The 24 hours for a free answer are over, or have not begun. The customer has to write first, or takes a template.',
    };
  }
  if (limits.maxText !== null && text.length > limits.maxText) {
    return { ok: false, code: 'invalid', why: 'too_long', detail: `text: has ${text.length} characters; ${limits.maxText} are allowed on this channel.` };
  }
  return null;
}

/** Why a person's message cannot go its way: its template, the channel, or the customer's own word; null where it can. */
export async function whyNotSend(
  sql: Sql | Transaction,
  workspaceId: string,
  way: Way,
  message: { text: string; template?: TemplateChoice | undefined },
  now: Date,
): Promise<Refusal | null> {
  const { text, template } = message;
  return (
    (template ? await wrongTemplate(sql, workspaceId, way.accountId, template, text) : null) ??
    whyUnreachable(sql, workspaceId, way, text, now, template === undefined)
  );
}

/** The templates that an account may send. */
async function templatesOf(sql: Sql | Transaction, workspaceId: string, accountId: string): Promise<Template[]> {
  const [account] = await sql<
    { channel: Channel; settings: Record<string, unknown> }[]
  >`select channel, settings from channel_account where workspace_id = ${workspaceId} and id = ${accountId}`;
  return account ? (channelOf(account.channel).templates?.(account.settings) ?? []) : [];
}

/** The templates of the account that a conversation speaks by, as people choose from them; null where there is no such conversation. */
export async function templatesFor(sql: Sql | Transaction, workspaceId: string, conversationId: string): Promise<MessageTemplate[] | null> {
  const [conversation] = await sql<{ accountId: string }[]>`select account_id from conversation where workspace_id = ${workspaceId} and id = ${conversationId}`;
  if (!conversation) return null;
  return (await templatesOf(sql, workspaceId, conversation.accountId)).map((template) => ({ ...template, parameters: countParameters(template.body) }));
}

/** Why a template cannot be sent as somebody filled it in; null where it can. `text` has to be what the customer will read. */
async function wrongTemplate(sql: Sql | Transaction, workspaceId: string, accountId: string, choice: TemplateChoice, text: string): Promise<Refusal | null> {
  const refused = (detail: string) => ({ ok: false as const, code: 'invalid' as const, detail });
  const template = (await templatesOf(sql, workspaceId, accountId)).find(({ name, language }) => name === choice.name && language === choice.language);
  if (!template) return refused('template: the account has none of this name and language.');
  const count = countParameters(template.body);
  if (choice.parameters.length !== count) return refused(`template: takes ${count} parameters, not ${choice.parameters.length}.`);
  return fillTemplate(template.body, choice.parameters) === text ? null : refused('text: is not what the template says with these parameters.');
}
