import type { Context } from 'hono';
import { channelOf } from '../channels/registry.ts';
import { webhookUrl } from '../channels/channel.ts';
import type { OpenAccount } from '../db/accounts.ts';
import { accountOfWebhook, noteReceived } from '../db/accounts.ts';
import { takeIn } from '../pipeline/inbound.ts';
import { readBytes } from './body.ts';
import type { ApiDeps, App, AppEnv } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';

/** Bytes of the largest payload: a mail with its attachments. */
const MAX_PAYLOAD = 40 * 1024 * 1024;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * What providers send. The signature is checked over the raw body and the configured public address; what is genuine is
 * taken in, duplicates too, and answered 200, also where nobody understands it.
 */
export function webhookRoutes(app: App, deps: ApiDeps): void {
  const { db, config, log } = deps;

  const accountFor = async (c: Context<AppEnv>): Promise<OpenAccount> => {
    c.set('route', '/v1/channels/:accountId/inbound');
    const id = c.req.param('accountId') ?? '';
    const account = UUID.test(id) ? await accountOfWebhook(db.sql, config.encryptionKeys, id.toLowerCase()) : null;
    if (!account) throw notFound();
    return account;
  };

  const refuse = async (account: OpenAccount, reason: string, payload: string | null = null): Promise<never> => {
    await noteReceived(db, account.workspaceId, account.id, `refused a webhook: ${reason}`, payload);
    throw new ProblemError('bad_signature', 'The signature is not right.');
  };

  app.get('/v1/channels/:accountId/inbound', async (c) => {
    const account = await accountFor(c);
    const challenge = channelOf(account.kind).challenge?.(new URL(c.req.url).searchParams, account);
    if (!challenge) throw notFound();
    return challenge.ok ? c.text(challenge.body) : refuse(account, challenge.reason);
  });

  app.post('/v1/channels/:accountId/inbound', async (c) => {
    const account = await accountFor(c);
    const channel = channelOf(account.kind);
    const body = await readBytes(c.req.raw, MAX_PAYLOAD);
    const request = { url: webhookUrl(deps.publicUrl, account.id) + new URL(c.req.url).search, headers: c.req.raw.headers, body };
    const now = new Date();
    const verdict = channel.verify(request, account, now);
    if (!verdict.ok) return refuse(account, verdict.reason, new TextDecoder().decode(body.subarray(0, 10_000)));
    // Before it is parsed, which may take the body away: a large one is not held twice.
    const payload = new TextDecoder().decode(body.subarray(0, 100_000));
    const events = await channel.parse(request, account, now);
    await takeIn({ db, store: deps.files.store, fileMaxBytes: config.fileMaxBytes }, account, events, payload);
    for (const event of events) if (event.type === 'unknown') log.warn({ accountId: account.id, channel: account.kind, what: event.what }, 'unknown payload');
    return c.body(null, 200);
  });
}
