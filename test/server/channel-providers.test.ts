import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProviders, type Providers } from '../../demo/providers.ts';
import type { ChannelKind, InboundEvent } from '../../server/channels/channel.ts';
import { channelOf } from '../../server/channels/registry.ts';
import { accountOf, contextOf, handleOf, now, outboundOf } from '../contracts/channels-bench.ts';

/** Our webhooks, as far as the stand-ins call them back: each request is verified and parsed. */
function startWebhooks() {
  const events: InboundEvent[] = [];
  const kindOf = (path: string): ChannelKind => (path.includes('whatsapp') ? 'whatsapp' : 'sms');
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = request.url ?? '';
      const kind = kindOf(path);
      const { port } = server.address() as AddressInfo;
      const inbound = { url: `http://127.0.0.1:${port}${path}`, headers: new Headers(request.headers as Record<string, string>), body: Buffer.concat(parts) };
      const verdict = channelOf(kind).verify(inbound, accountOf(kind), now);
      response.writeHead(verdict.ok ? 200 : 401).end();
      if (verdict.ok)
        void channelOf(kind)
          .parse(inbound, accountOf(kind), now)
          .then((list) => events.push(...list));
    });
  });
  return { events, server };
}

describe('the stand-ins of the providers', () => {
  const webhooks = startWebhooks();
  let providers: Providers;
  let base = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => webhooks.server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(webhooks.server.address() as AddressInfo).port}`;
    const { appSecret } = accountOf('whatsapp').credentials as { appSecret: string };
    providers = await startProviders({ callbacks: { metaWebhook: () => ({ url: `${base}/whatsapp`, appSecret }) } });
  });
  afterAll(async () => {
    await providers.close();
    await new Promise<void>((resolve) => webhooks.server.close(() => resolve()));
  });

  it.each<[ChannelKind, Record<string, string>]>([
    ['email', { subject: 'Your order' }],
    ['sms', {}],
    ['whatsapp', {}],
    ['instagram', {}],
    ['custom', { subject: 'Your order' }],
  ])('take what we send by %s and show it in the outbox', async (kind, extra) => {
    const { smtp, twilio, meta, custom } = providers.baseUrls;
    const account = accountOf(kind, kind === 'email' ? { smtpHost: smtp.host, smtpPort: smtp.port } : kind === 'custom' ? { url: custom } : {});
    const context = { ...contextOf(''), publicUrl: base, apiBases: { twilio, meta } };
    const message = outboundOf(kind, { text: 'Grüße 👋\nIt is on its way.', ...extra });
    const result = await channelOf(kind).send(message, account, context);
    expect(result).toMatchObject({ ok: true });
    expect(providers.outbox(kind)).toMatchObject([
      {
        channel: kind,
        to: handleOf[kind],
        text: message.text,
        ...extra,
        messageId: result.ok && result.externalId,
        at: expect.any(String),
      },
    ]);
  });

  it('take a repeated custom webhook once', async () => {
    const account = accountOf('custom', { url: providers.baseUrls.custom });
    const message = outboundOf('custom', { id: '01930000-0000-7000-8000-0000000000ff' });
    const before = providers.outbox('custom').length;
    const results = [await channelOf('custom').send(message, account, contextOf('')), await channelOf('custom').send(message, account, contextOf(''))];
    expect(results[0]).toEqual(results[1]);
    expect(providers.outbox('custom')).toHaveLength(before + 1);
  });

  it('report back what became of a message, signed as the provider signs', async () => {
    const ids = [...providers.outbox('sms'), ...providers.outbox('whatsapp')].map(({ messageId }) => messageId);
    const statusesOf = (id: string) => webhooks.events.flatMap((event) => (event.type === 'status' && event.externalId === id ? [event.status] : []));
    for (const id of ids) await expect.poll(() => statusesOf(id).toSorted()).toEqual(['delivered', 'sent']);
  });
});
