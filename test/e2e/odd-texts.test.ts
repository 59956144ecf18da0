/** Odd and hostile texts and payloads through every door: taken or refused clearly, told exactly as they came, and never a fault. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignJWT } from 'jose';
import { signStandard } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { refused } from '../support/contract-shapes.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { hostileHtml, oddTexts, stored } from '../support/odd-texts.ts';
import { until } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';

let running: RunningDemo;
let demo: DemoClient;
const texts = [...oddTexts(), ...hostileHtml()];

beforeAll(async () => {
  running = await startDemo({ pages: false });
  demo = demoClient(running.url);
});
afterAll(() => running?.stop());

const says = (text: string) => text.trim() !== '';
/** One in n of them, for what takes many calls each. */
const every = (n: number) => texts.filter((_, index) => index % n === 0);

test('customers write them in the chat: the agent lives through it, streams tell them whole', { timeout: 120_000 }, async () => {
  const stream = await listenTo(`${demo.url}/v1/events`, await demo.token('ana'));
  const visitor = await demo.visitor();
  const own = await listenTo(`${demo.url}/v1/chat/events`, visitor.as.token);
  const written = texts.filter(says);
  let id = '';
  for (const text of written) {
    const message = await visitor.says(text);
    expect(message.text).toBe(stored(text));
    id = message.conversationId;
  }
  for (const text of texts.filter((other) => !says(other)))
    expect((await demo.ask('POST', '/v1/chat/messages', { as: visitor.as, body: { text } })).code).toBe('invalid');
  await until(
    async () => {
      const { working, waitingSince, requiresAction, draft } = await demo.conversation(id);
      return !working && (!waitingSince || requiresAction || draft !== null);
    },
    'the end of the turn',
    30_000,
  );
  for (const heard of [stream, own]) {
    const last = stored(written.at(-1)!);
    await heard.until((one) => one.event === 'message' && one.data['text'] === last, 'the last of them');
    const order = new Map(
      heard.heard.filter((one) => one.event === 'message' && one.data['direction'] === 'inbound').map((one) => [one.data['id'], one.data['text']]),
    );
    expect([...order.values()]).toEqual(written.map(stored));
    expect(heard.heard.some((one) => one.event === 'reset')).toBe(false);
    heard.close();
  }
});

test.each(['email', 'sms', 'whatsapp', 'instagram', 'custom', 'voice'])('they come by %s, and every payload is answered 200', {
  timeout: 120_000,
}, async (channel) => {
  const share = texts.filter((text, index) => says(text) && index % 6 === ['email', 'sms', 'whatsapp', 'instagram', 'custom', 'voice'].indexOf(channel));
  const from = {
    email: 'odd@texts.example',
    sms: '+447700902001',
    whatsapp: '+447700902002',
    instagram: '44770090200',
    custom: 'odd-texts',
    voice: '+447700902003',
  }[channel]!;
  for (const text of share) {
    const name = text.trim().slice(0, 200);
    expect([text, await demo.play({ channel, from, name, text, ...(channel === 'email' ? { subject: text.slice(0, 200) } : {}) })]).toEqual([text, 200]);
  }
  const found = (await demo.get<{ items: Conversation[] }>(`/v1/conversations?status=any&channel=${channel}&limit=100`)).items.find(
    (one) => one.inboundCount === share.length,
  );
  expect(found, 'one conversation with all of them').toBeDefined();
  const inbound = (await allOf(found!.id)).filter((item) => item.direction === 'inbound');
  expect(inbound).toHaveLength(share.length);
  if (channel === 'custom' || channel === 'whatsapp' || channel === 'instagram') expect(inbound.map((item) => item.text)).toEqual(share.map(stored));
});

test('they name people, agents, tags and articles, give reasons, and are searched for', { timeout: 120_000 }, async () => {
  const target = await demo.conversation((await (await demo.visitor()).says('Hello')).conversationId);
  const agent = await demo.agent('Vega');
  for (const text of every(12)) {
    const kept = stored(text);
    const name = kept.slice(0, 200).toWellFormed();
    const reason = kept.slice(0, 1_000).toWellFormed();
    const answers = [
      await demo.ask<Record<string, unknown>>('PATCH', `/v1/contacts/${target.contact.id}`, {
        as: 'ana',
        body: { company: kept.slice(0, 2_000), ...(says(name) ? { name } : {}) },
      }),
      await demo.ask<Record<string, unknown>>('PATCH', `/v1/agents/${agent.id}`, {
        as: 'ana',
        body: { instructions: text, classifierInstruction: text, ...(says(name) ? { name } : {}) },
      }),
      await demo.ask<Record<string, unknown>>('PATCH', `/v1/conversations/${target.id}`, { as: 'ana', body: { subject: reason } }),
      await demo.act(target.id, 'handoff', { reason }),
      await demo.act(target.id, 'resume', { reason }),
      await demo.act(target.id, 'timeline', { kind: 'custom', text: says(text) ? text : 'x', data: { [name]: text } }),
      await demo.ask('GET', `/v1/conversations?status=any&q=${encodeURIComponent(kept.trim().slice(0, 500).toWellFormed())}`, { as: 'ana' }),
      await demo.ask('GET', `/v1/conversations?status=any&tag=${encodeURIComponent(name)}`, { as: 'ana' }),
    ];
    expect([text, answers.map((answer) => answer.status)]).toEqual([text, [200, 200, 200, 200, 200, 201, 200, 200]]);
    const [contact, changed, conversation] = answers.map((answer) => answer.body as unknown as Record<string, unknown>);
    expect(contact).toMatchObject({ company: kept.slice(0, 2_000), ...(says(name) ? { name } : {}) });
    expect(changed).toMatchObject({ instructions: kept, classifierInstruction: kept, ...(says(name) ? { name } : {}) });
    expect(conversation).toMatchObject({ subject: reason });
  }
});

test('they stand in tokens of the host: whoever signs them is let in or refused, never with a fault', { timeout: 120_000 }, async () => {
  const sign = (claims: Record<string, unknown>) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(new TextEncoder().encode('a secret that is long enough for HS256'));
  for (const text of every(16)) {
    const operator = await demo.ask<{ name: string }>('GET', '/v1/me', {
      as: {
        token: await sign({
          sub: stored(text).slice(0, 200).toWellFormed() || 'x',
          aud: 'operator',
          name: text.slice(0, 300),
          role: 'operator',
          workspace: 'demo',
          picture: text,
          email: text.slice(0, 400),
        }),
      },
    });
    expect([text, operator.status === 200 || operator.status === 401]).toEqual([text, true]);
    const session = await demo.ask<{ contact: { name: string } }>('POST', '/v1/chat/sessions', {
      body: {
        workspace: 'demo',
        language: text.slice(0, 35),
        identityToken: await sign({ sub: stored(text).slice(0, 200).toWellFormed() || 'x', aud: 'visitor', name: text, email: text }),
      },
    });
    expect([text, session.status === 201 || session.status === 401]).toEqual([text, true]);
    expect((await demo.ask('POST', '/v1/chat/sessions', { body: { workspace: text.slice(0, 100) } })).status).toBeGreaterThanOrEqual(400);
    expect((await demo.ask('GET', '/v1/me', { headers: { authorization: `Bearer ${Buffer.from(text).toString('base64url')}` } })).status).toBe(401);
    expect((await demo.ask('GET', `/v1/conversations?cursor=${Buffer.from(text).toString('base64url')}`, { as: 'ana' })).status).toBeLessThan(500);
    expect((await demo.ask('GET', `/v1/conversations/${encodeURIComponent(text.toWellFormed())}`, { as: 'ana' })).status).toBeLessThan(500);
  }
});

async function allOf(id: string): Promise<Message[]> {
  const items: Message[] = [];
  for (let before: string | null = ''; before !== null; ) {
    const page: { items: Message[]; before: string | null } = await demo.get(`/v1/conversations/${id}/messages?limit=100${before && `&before=${before}`}`);
    items.unshift(...page.items);
    before = page.before;
  }
  return items;
}

describe('a webhook', () => {
  const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;

  test('of nobody’s secret is refused; a payload that nobody knows is answered 200, kept, and shown under its account', async () => {
    const account = await demo.ask<ChannelAccount>('POST', '/v1/channel-accounts', {
      as: 'ana',
      body: { channel: 'custom', name: 'Signed by us', credentials: { webhookSecrets: [secret] } },
    });
    expect(account.text).not.toContain(secret);
    expect(account.body).toMatchObject({ hasCredentials: ['webhookSecrets'], lastReceivedAt: null, unknownPayloads: [] });
    const path = new URL(account.body.webhookUrl).pathname;
    const post = (body: string, key = secret) =>
      demo.ask('POST', path, {
        raw: body,
        headers: { 'content-type': 'application/json', ...signStandard([key], `msg_${body.length}`, Buffer.from(body), new Date()) },
      });
    const unknown = ['{"type":"teleported","canary":"4711"}', 'no JSON at all \u0000 <script>', '[]', '{"type":"message","data":{"text":7}}'];
    for (const body of unknown) expect([body, (await post(body)).status]).toEqual([body, 200]);
    refused(await post(unknown[0]!, `whsec_${Buffer.from('another secret of 32 bytes, okay').toString('base64')}`), 401, 'bad_signature');
    const shown = await demo.get<ChannelAccount>(`/v1/channel-accounts/${account.body.id}`);
    expect(shown.unknownPayloads.map((payload) => payload.body)).toEqual(unknown.toReversed().map((body) => body.replaceAll('\u0000', '\uFFFD')));
    expect(shown).toMatchObject({ lastReceivedAt: expect.any(String), lastError: expect.stringMatching(/refused/) });
    expect(shown.unknownPayloads.every((payload) => payload.reason !== '')).toBe(true);
  });

  test('without a secret is let in by nobody', async () => {
    const account = await demo.ask<ChannelAccount>('POST', '/v1/channel-accounts', { as: 'ana', body: { channel: 'custom', name: 'Without a secret' } });
    refused(
      await demo.ask('POST', new URL(account.body.webhookUrl).pathname, { raw: '{}', headers: signStandard([''], 'msg_1', Buffer.from('{}'), new Date()) }),
      401,
      'bad_signature',
    );
  });
});
