import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../demo/providers.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { until } from '../support/pipeline.ts';

let server: RunningDemo;
let ana: string;

beforeAll(async () => {
  server = await startDemo({ pages: false });
  ana = (await get<{ token: string }>('/demo/token?as=ana')).token;
});
afterAll(() => server?.stop());

async function get<T>(path: string, token?: string): Promise<T> {
  const answer = await fetch(server.url + path, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}
async function post(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const play = (message: Record<string, unknown>) => post('/demo/inbound', message);
const find = async (q: string, status = 'open') =>
  (await get<{ items: Conversation[] }>(`/v1/conversations?status=${status}&q=${encodeURIComponent(q)}`, ana)).items[0];
const messages = async (id: string) => (await get<{ items: Message[] }>(`/v1/conversations/${id}/messages?limit=100`, ana)).items;
/** What the stand-ins were sent for somebody. */
const sentTo = (channel: string, to: string) =>
  until(
    async () => (await get<{ items: OutboxItem[] }>(`/demo/outbox?channel=${channel}`)).items.find((item) => item.to === to),
    `a message by ${channel} to ${to}`,
  );

describe('the demo’s routes', () => {
  test.each(['ana', 'ben', 'chloe', 'rita'])('sign a token for %s that the API takes', async (as) => {
    const { token } = await get<{ token: string }>(`/demo/token?as=${as}`);
    const me = await get<{ name: string; role: string; workspace: { slug: string } }>('/v1/me', token);
    expect(me.name.toLowerCase()).toContain(as);
    expect(me.workspace.slug).toBe(as === 'rita' ? 'rival' : 'demo');
    expect(me.role).toBe(as === 'ana' || as === 'rita' ? 'admin' : 'operator');
  });

  test('keep the other company apart', async () => {
    const { token } = await get<{ token: string }>('/demo/token?as=rita');
    const theirs = await get<{ items: Conversation[] }>('/v1/conversations?status=any', token);
    const ours = await get<{ items: Conversation[] }>('/v1/conversations?status=any', ana);
    expect(theirs.items.length).toBeGreaterThan(0);
    expect(ours.items.map((item) => item.id)).not.toContain(theirs.items[0]!.id);
  });

  test.each([
    ['/demo/token', 422],
    ['/demo/token?as=nobody', 422],
    ['/demo/outbox?channel=pigeon', 422],
    ['/demo/nothing', 404],
  ])('refuse %s as a problem', async (path, status) => {
    const answer = await fetch(server.url + path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  });

  test.each([
    [{}, 422],
    [{ channel: 'linkedin', from: 'x', text: 'x' }, 422],
    [{ channel: 'sms', from: '+441', text: ' ' }, 422],
    [{ channel: 'sms', from: '+441', text: 'x', more: 1 }, 422],
  ])('refuse to play %j', async (body, status) => {
    expect((await play(body)).status).toBe(status);
  });

  test.each([
    ['whatsapp', '+447700900991', 'How long does delivery take?'],
    ['instagram', '5550099001', 'How long does delivery take?'],
    ['custom', 'partner-991', 'How long does delivery take?'],
    ['sms', '+447700900992', 'How long does delivery take?'],
  ])('play %s through its webhook; the answer reaches the stand-in of the provider', async (channel, from, text) => {
    expect(await play({ channel, from, text, name: 'Noel Ashby' })).toEqual({ status: 200, body: { status: 200 } });
    expect((await sentTo(channel, from)).text).toMatch(/two working days/);
  });

  test('play mail, for which a person approves the draft; the reply threads', async () => {
    const from = 'noel@ashby.example';
    expect(
      (await play({ channel: 'email', from, name: 'Noel Ashby', subject: 'Returns', text: 'How do I return a grinder?', externalId: 'mail-991@ashby.example' }))
        .body,
    ).toEqual({ status: 200 });
    const waiting = await until(async () => (await find('noel@ashby.example'))?.draft && find('noel@ashby.example'), 'a draft');
    const answer = await fetch(`${server.url}/v1/drafts/${waiting.draft!.id}/approve`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json', 'if-match': `"${waiting.draft!.version}"` },
      body: '{}',
    });
    expect(answer.status).toBe(200);
    const { messageId, subject } = await sentTo('email', from);
    expect(subject).toMatch(/Returns/);
    await play({ channel: 'email', from, subject: 'Re: Returns', text: 'And who pays for it?', inReplyTo: messageId });
    await until(async () => (await messages(waiting.id)).some((message) => message.text.includes('who pays')), 'the answer to our mail');
  });

  test('play a call, which stands in the thread as one', async () => {
    expect((await play({ channel: 'voice', from: '+447700900993', name: 'Zebulon Quick', text: 'Please call me back about my grinder.' })).body).toEqual({
      status: 200,
    });
    const call = await until(() => find('Zebulon'), 'the call');
    expect(call.channel).toBe('voice');
    expect((await messages(call.id))[0]).toMatchObject({ kind: 'call', text: 'Please call me back about my grinder.' });
  });

  test('let a known customer go on in the chat', async () => {
    const before = (await find('Aoife Brennan'))!;
    expect((await play({ channel: 'chat', from: 'aoife', text: 'Are you open on Saturday?' })).body).toEqual({ status: 201 });
    await until(async () => (await messages(before.id)).at(-1)?.text.includes('10:00 to 16:00'), 'Nova’s answer');
  });

  test('play the same message twice and find it once', async () => {
    const message = { channel: 'whatsapp', from: '+447700900994', text: 'ok thanks 👍', name: 'Twice', externalId: 'wamid.twice' };
    expect([(await play(message)).body, (await play(message)).body]).toEqual([{ status: 200 }, { status: 200 }]);
    const found = await until(() => find('Twice'), 'the conversation');
    expect((await messages(found.id)).filter((item) => item.direction === 'inbound')).toHaveLength(1);
  });

  test('put the seed back', async () => {
    await play({ channel: 'whatsapp', from: '+447700900995', text: 'ok', name: 'Quincy Zephyrine' });
    await until(() => find('Zephyrine', 'any'), 'the conversation');
    const before = await find('Marta Oliveira');
    expect((await post('/demo/reset')).status).toBe(200);
    expect(await find('Zephyrine', 'any')).toBeUndefined();
    expect((await find('Marta Oliveira'))?.id).toBe(before?.id);
  });
});
