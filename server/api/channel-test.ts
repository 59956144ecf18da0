/** Trying an account of a channel out, and what accounts of each kind take. */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import type { Channel, SendContext, TestStep as ChannelStep } from '../channels/channel.ts';
import { channelOf, channels } from '../channels/registry.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { AccountTest, ChannelKind, TestStep } from '../contract/settings.ts';
import { accountById, noteTested } from '../db/accounts.ts';
import type { OpenAccount } from '../db/accounts.ts';
import { WITHOUT_WEBHOOK } from './channel-accounts.ts';
import { besideWhy } from '../domain/fault.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

/** Milliseconds that a test may take. */
const LIMIT_MS = 10_000;
const MESSAGE = 'This is a test message.';

export function channelTestRoutes(app: App, deps: ApiDeps): void {
  const kinds = channels.map(describeKind);
  mount(app, deps, endpoints.listChannelKinds, async () => ({ items: kinds, nextCursor: null }));

  mount(app, deps, endpoints.testChannelAccount, async ({ workspaceId, params, body, signal }) => {
    const { db, config, publicUrl, outside } = deps;
    const account = await accountById(db.sql, config.encryptionKeys, workspaceId, params.id).catch(() => {
      throw new ProblemError('unavailable', 'No encryption key opens the secrets of this account; enter them again.');
    });
    if (!account) throw notFound();
    const begun = performance.now();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
    const steps = await tryOut(account, { ...outside, fetch, publicUrl, now: new Date(), signal: limited }, body.to);
    const failed = steps.find((step) => !step.ok);
    await noteTested(db, workspaceId, account.id, failed ? `${failed.name}: ${failed.detail}` : null);
    return {
      ok: failed === undefined,
      steps: steps.map((step) => ({ ...step, ...(step.name !== 'receive' && step.name !== 'send' && besideWhy(step.detail)) })),
      ms: Math.round(performance.now() - begun),
    } satisfies AccountTest;
  });
}

/** What it lacks, what its channel can find out, and last, where somebody was named, a message to them. */
async function tryOut(account: OpenAccount, ctx: SendContext, to: string | undefined): Promise<TestStep[]> {
  const channel = channelOf(account.kind);
  const found = (await channel.test?.(account, ctx)) ?? [];
  return [...complete(channel, account, found), ...found, ...(to === undefined ? [] : [await write(channel, account, ctx, to)])];
}

/** What an account has to be filled in for. A mailbox that is read needs no webhook. */
const purposesOf = (channel: Channel, readsMailbox: boolean): ('receive' | 'send')[] => [
  ...(readsMailbox ? [] : ['receive' as const]),
  ...(channel.delivery === 'provider' ? ['send' as const] : []),
];

/** Settings and credentials that an account lacks to receive and to send. */
export function lacking(account: OpenAccount): string[] {
  const channel = channelOf(account.kind);
  return [...new Set(purposesOf(channel, Boolean(account.settings['imapHost'])).flatMap((purpose) => channel.missing(account, purpose)))];
}

/** Whether everything is filled in. */
function complete(channel: Channel, account: OpenAccount, found: readonly ChannelStep[]): TestStep[] {
  return purposesOf(
    channel,
    found.some(({ name }) => name === 'imap'),
  ).map((name) => {
    const lacks = channel.missing(account, name);
    return { name, ok: lacks.length === 0, detail: lacks.join(', ') };
  });
}

async function write(channel: Channel, account: OpenAccount, ctx: SendContext, to: string): Promise<TestStep> {
  const id = newId();
  const message = {
    id,
    conversationId: id,
    to: { handle: to },
    text: MESSAGE,
    attachments: [],
    automatic: true,
    ...(channel.limits.subject ? { subject: MESSAGE } : {}),
  };
  const result = await channel.send(message, account, ctx);
  return { name: 'message', ok: result.ok, detail: result.ok ? '' : result.error };
}

function describeKind(channel: Channel): ChannelKind {
  const nothing = { id: '', workspaceId: '', kind: channel.kind, address: '', settings: {}, credentials: {}, replyKeys: [] };
  const { kind, delivery, limits } = channel;
  return {
    kind,
    delivery,
    limits,
    webhook: !WITHOUT_WEBHOOK.includes(kind),
    settings: schemaOf(channel.settings),
    credentials: schemaOf(channel.credentials),
    needs: { receive: channel.missing(nothing, 'receive'), send: channel.missing(nothing, 'send') },
  };
}

const schemaOf = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
};
