/** Calls that only the demo has: tokens, the seed put back, messages played through the real webhooks, and the outbox. */
import { z } from 'zod';
import { check, readJson, readQuery } from '../server/api/body.ts';
import { invalid } from '../server/api/problem.ts';
import type { App, AppDeps } from '../server/app.ts';
import { Channel, MessageText } from '../server/contract/common.ts';
import { accountOfWebhook } from '../server/db/accounts.ts';
import { operatorToken, people, visitorToken } from './host.ts';
import { buildInbound } from './inbound.ts';
import type { DemoInbound } from './inbound.ts';
import type { Providers } from './providers.ts';
import { reseed } from './seed/index.ts';
import type { SeedOptions } from './seed/index.ts';
import { accountId } from './seed/write.ts';

const line = z.string().trim().min(1).max(320);

const TokenQuery = z.strictObject({ as: z.enum(Object.keys(people) as [keyof typeof people]) });
const VisitorQuery = z.strictObject({ as: line });
const OutboxQuery = z.strictObject({ channel: Channel.optional() });
const Inbound = z.strictObject({
  channel: Channel.exclude(['linkedin']),
  /** The customer's handle on that channel; for the chat, its id in the shop. */
  from: line,
  name: line.optional(),
  text: MessageText,
  subject: z.string().max(2_000).optional(),
  externalId: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be visible ASCII').optional(),
  inReplyTo: z.string().regex(/^[\x21-\x7e]{1,400}$/, 'must be visible ASCII').optional(),
});

export interface DemoDeps extends AppDeps {
  providers: Providers;
  /** What the seed is made of, but the time. */
  seed: Omit<SeedOptions, 'now'>;
}

/** Adds the demo's routes to the app. */
export function mountDemo(app: App, deps: DemoDeps): void {
  const { config, db, publicUrl, providers } = deps;

  app.get('/demo/token', async (c) => c.json({ token: await operatorToken(config.secret, check(TokenQuery, readQuery(c)).as) }));

  app.get('/demo/visitor-token', async (c) => c.json({ token: await visitorToken(config.secret, check(VisitorQuery, readQuery(c)).as) }));

  app.get('/demo/outbox', (c) => c.json({ items: providers.outbox(check(OutboxQuery, readQuery(c)).channel) }));

  app.post('/demo/reset', async (c) => {
    await reseed(db, { ...deps.seed, now: new Date() });
    return c.json({ ok: true });
  });

  app.post('/demo/inbound', async (c) => {
    const { channel, ...message } = check(Inbound, await readJson(c));
    const status = channel === 'chat' ? await writeAsVisitor(message) : await playWebhook(channel, message);
    return c.json({ status });
  });

  /** As the widget does: a session for who writes, then the message. */
  async function writeAsVisitor({ from, name, text, externalId }: DemoInbound): Promise<number> {
    const opened = await post('/v1/chat/sessions', { workspace: 'demo', identityToken: await visitorToken(config.secret, from, name) });
    if (!opened.ok) return opened.status;
    const { token } = z.object({ token: z.string() }).parse(await opened.json());
    const sent = await post('/v1/chat/messages', { text }, { authorization: `Bearer ${token}`, ...(externalId && { 'idempotency-key': externalId }) });
    await sent.body?.cancel();
    return sent.status;
  }

  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(publicUrl + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });

  /** As the provider does: its own payload, signed with the account's secret, to the account's webhook. */
  async function playWebhook(channel: Channel, message: DemoInbound): Promise<number> {
    const id = await accountId(db.sql, 'demo', channel);
    const account = id ? await accountOfWebhook(db.sql, config.encryptionKey, id) : null;
    const request = account && (await buildInbound(message, account, publicUrl, new Date()));
    if (!request) throw invalid('channel', 'has no account in the demo');
    const { url, method, headers, body } = request;
    const answered = await fetch(url, { method, headers, body: new Uint8Array(body) });
    await answered.body?.cancel();
    return answered.status;
  }
}
