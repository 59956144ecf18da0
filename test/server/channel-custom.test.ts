/** The custom channel: Standard Webhooks both ways, against a running server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookUrl } from '../../server/channels/channel.ts';
import { signStandard, verifyStandard } from '../../server/channels/signatures.ts';
import type { Message } from '../../server/contract/message.ts';
import { startChannels } from '../support/channels.ts';
import type { Channels } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';

let database: TestDatabase;
let channels: Channels;
const before = 'whsec_bG9uZyBlbm91Z2ggdG8gYmUgYSBzZWNyZXQhIQ==';
const after = 'whsec_dGhlIG5leHQgc2VjcmV0LCBhbHNvIGxvbmcgZW5vdWdo';

beforeAll(async () => {
  database = await createTestDatabase();
  channels = await startChannels(database, { replyMode: 'auto_send' });
  await channels.work();
});
afterAll(async () => {
  await channels.stop();
  await database.close();
});

const change = (body: Record<string, unknown>) => channels.call('PATCH', `/v1/channel-accounts/${channels.accounts.custom.id}`, { body });
/** Posts a message signed as told. @returns the status of the answer */
function says(
  handle: string,
  text: string,
  { secret = before, id = `msg_${text}`, at = new Date(), data = {} }: { secret?: string; id?: string; at?: Date; data?: Record<string, unknown> } = {},
): Promise<number> {
  const body = JSON.stringify({ type: 'message', data: { from: { handle }, text, ...data } });
  return channels.post(
    webhookUrl(channels.api.deps.publicUrl, channels.accounts.custom.id),
    { 'content-type': 'application/json', ...signStandard([secret], id, Buffer.from(body), at) },
    body,
  );
}

describe('inward', () => {
  it('takes both secrets while one replaces the other, and only the new one then', async () => {
    expect([await says('kim', 'with the old'), await says('kim', 'with the new', { secret: after })]).toEqual([200, 401]);
    await change({ credentials: { webhookSecrets: [after, before] } });
    expect([await says('kim', 'old too'), await says('kim', 'new too', { secret: after })]).toEqual([200, 200]);
    await change({ credentials: { webhookSecrets: [after] } });
    expect([await says('kim', 'old no more'), await says('kim', 'only new', { secret: after })]).toEqual([401, 200]);
    const { items } = await channels.thread('custom', 'kim');
    expect(items.filter(({ direction }) => direction === 'inbound').map(({ text }) => text)).toEqual(['with the old', 'old too', 'new too', 'only new']);
    await change({ credentials: { webhookSecrets: [before] } });
  });

  it('takes a replay once within five minutes, and refuses it after', async () => {
    const again = () => says('replayed', 'once', { id: 'msg_replay' });
    expect(await Promise.all([again(), again(), again()])).toEqual([200, 200, 200]);
    const minutes = (n: number) => new Date(Date.now() + n * 60_000);
    expect(await Promise.all([-6, 6].map((n) => says('replayed', 'later', { id: 'msg_late', at: minutes(n) })))).toEqual([401, 401]);
    const { items } = await channels.thread('custom', 'replayed');
    expect(items.filter(({ direction }) => direction === 'inbound')).toHaveLength(1);
  });

  it('joins an answer to the message that it names, by our id', async () => {
    await says('kim2', 'Hello');
    const { conversation } = await channels.thread('custom', 'kim2');
    const { body: sent } = await channels.call<Message>('POST', `/v1/conversations/${conversation.id}/messages`, { body: { text: 'Hello Kim', assume: true } });
    await channels.seen('custom', 'kim2', ({ items }) => items.find(({ id }) => id === sent.id)?.delivery?.status === 'sent', 'the answer to be sent');
    await channels.tell('custom', { kind: 'read', from: 'kim2', inReplyTo: sent.id });
    expect((await channels.thread('custom', 'kim2')).items.find(({ id }) => id === sent.id)?.delivery?.status).toBe('read');
  });
});

describe('outward', () => {
  it('is signed with every valid secret and tried again, later each time, under the same id until it is taken', async () => {
    const got: { headers: Headers; body: string; at: number }[] = [];
    const answers = [500, 'drop', 200] as const;
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        // What an earlier conversation still had to say.
        if (!body.includes('"kim3"')) return void response.writeHead(200).end('{}');
        const answer = answers[got.length] ?? 200;
        got.push({ headers: new Headers(request.headers as Record<string, string>), body, at: Date.now() });
        if (answer === 'drop') request.socket.destroy();
        else response.writeHead(answer).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await change({ settings: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }, credentials: { webhookSecrets: [after, before] } });
    await says('kim3', 'How long does delivery take?');
    await until(async () => got.length === 3, 'three attempts', 20_000);
    await channels.seen(
      'custom',
      'kim3',
      ({ items }) => items.some(({ direction, delivery }) => direction === 'outbound' && delivery?.status === 'sent'),
      'it to be sent',
    );
    server.close();
    expect(new Set(got.map(({ headers }) => headers.get('webhook-id'))).size).toBe(1);
    for (const { headers, body, at } of got) {
      for (const secret of [before, after]) expect(verifyStandard([secret], headers, Buffer.from(body), new Date(at))).toEqual({ ok: true });
    }
    const [first, second, third] = got.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThan(900);
    expect(third - second).toBeGreaterThan(1_800);
  });
});

it('the example in demo/ runs: what is typed is a message, and what is answered is printed and reported as delivered', async () => {
  await change({ credentials: { webhookSecrets: [before] } });
  const example = spawn(process.execPath, [fileURLToPath(new URL('../../demo/custom-channel.mjs', import.meta.url))], {
    env: { ...process.env, CONVENE_WEBHOOK: `${channels.api.url}/v1/channels/${channels.accounts.custom.id}/inbound`, WEBHOOK_SECRET: before, PORT: '0' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const printed: string[] = [];
  createInterface({ input: example.stdout }).on('line', (text) => printed.push(text));
  const port = await until(async () => /listening on (\d+)/.exec(printed.join('\n'))?.[1], 'the example to listen');
  await change({ settings: { url: `http://127.0.0.1:${port}/` } });
  example.stdin.write('kim4: How long does delivery take?\n');
  await until(async () => printed.some((text) => text.startsWith('to kim4:')), 'the answer to be printed');
  await channels.seen(
    'custom',
    'kim4',
    ({ items }) => items.some(({ direction, delivery }) => direction === 'outbound' && delivery?.status === 'delivered'),
    'it to be reported',
  );
  example.kill();
  await once(example, 'exit');
  expect(printed.filter((text) => text.startsWith('to kim4:'))).toHaveLength(1);
});
