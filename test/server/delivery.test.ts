import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildInbound } from '../../demo/inbound.ts';
import { startProviders } from '../../demo/providers.ts';
import type { Providers } from '../../demo/providers.ts';
import { signStandard, signTwilio } from '../../server/channels/signatures.ts';
import type { ChannelAccountConfig } from '../../server/channels/channel.ts';
import type { Attachment, Message, MessagePage } from '../../server/contract/message.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import { receiveEcho } from '../../server/db/reports.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import type { Credentials } from '../../server/contract/settings.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { messengerOf } from '../support/messenger.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let folder: string;
let providers: Providers;
let worker: TestProcess;
/** A Twilio that answers as each test says. */
let twilio: { url: string; answers: ((id: string) => { status: number; body: unknown } | 'drop')[]; asked: string[]; media: string[][]; close(): void };

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  api = await startApi(database, { environment: { FILES_DIR: folder } });
  providers = await startProviders();
  twilio = await startMoodyTwilio();
  const messenger = messengerOf(api, { twilio: twilio.url, meta: providers.baseUrls.meta });
  worker = await startProcess(database, { messenger });
});
beforeEach(() => {
  twilio.answers.length = 0;
  twilio.asked.length = 0;
  twilio.media.length = 0;
});
afterAll(async () => {
  await worker.stop();
  twilio.close();
  await providers.close();
  await api.stop();
  await database.close();
  await rm(folder, { recursive: true });
});

async function startMoodyTwilio() {
  const answers: ((id: string) => { status: number; body: unknown } | 'drop')[] = [];
  const asked: string[] = [];
  const media: string[][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      asked.push(form.get('Body') ?? '');
      media.push(form.getAll('MediaUrl'));
      const id = `SM${String(asked.length).padStart(32, '0')}`;
      const answer = answers.shift()?.(id) ?? { status: 201, body: { sid: id, status: 'queued' } };
      if (answer === 'drop') return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answers, asked, media, close: () => void server.close() };
}

async function account(
  world: World,
  channel: ChannelAccountConfig['kind'],
  address: string,
  settings: Record<string, unknown>,
  credentials: Credentials,
  agentId: string | null = null,
): Promise<ChannelAccountConfig> {
  const id = newId();
  const { sql } = api.db;
  await sql`insert into channel_account ${sql({
    workspaceId: world.workspaceId,
    id,
    channel,
    name: channel,
    address,
    settings: sql.json(settings as never),
    agentId,
    credentials: sealCredentials(api.deps.config.encryptionKeys, id, credentials),
  })}`;
  return { id, workspaceId: world.workspaceId, kind: channel, address, settings, credentials, replyKeys: [] };
}
const smsAccount = (world: World, agentId: string | null = null) =>
  account(world, 'sms', '+15005550006', { accountSid: `AC${'0'.repeat(32)}` }, { authToken: 'twilio-token' }, agentId);

async function play(
  from: ChannelAccountConfig,
  message: { from: string; name?: string; text: string; externalId?: string; subject?: string },
): Promise<number> {
  const request = await buildInbound(message, from, api.deps.publicUrl, new Date());
  const response = await fetch(request!.url.replace(api.deps.publicUrl, api.url), {
    method: 'POST',
    headers: request!.headers,
    body: new Uint8Array(request!.body),
  });
  return response.status;
}

const conversations = async (token: string) => (await api.call<{ items: Conversation[] }>('GET', '/v1/conversations', { token })).body.items;
const items = async (token: string, id: string) => (await api.call<MessagePage>('GET', `/v1/conversations/${id}/messages?limit=100`, { token })).body.items;
const outbound = async (token: string, id: string): Promise<Message | undefined> =>
  (await items(token, id)).filter((item) => item.direction === 'outbound').at(-1);
const status = (token: string, id: string, wanted: string) =>
  until(async () => {
    const last = await outbound(token, id);
    return last?.delivery?.status === wanted && last;
  }, wanted);

/** A conversation by SMS in which a person writes. */
async function written(text: string) {
  const world = await api.world();
  const token = await operatorToken(world);
  const sms = await smsAccount(world);
  await play(sms, { from: '+351912555016', text: 'Hello' });
  const [conversation] = await conversations(token);
  const send = (more: string) => api.call<Message>('POST', `/v1/conversations/${conversation!.id}/messages`, { token, body: { text: more } });
  const sent = await send(text);
  expect(sent.status).toBe(201);
  return { world, token, sms, id: conversation!.id, messageId: sent.body.id, send };
}

describe('messages that go through a provider', () => {
  it('an SMS comes in by the signed webhook, the agent answers through the provider, statuses come back', async () => {
    const world = await api.world();
    const token = await operatorToken(world);
    const sms = await smsAccount(world, world.agents.nova);
    expect(await play(sms, { from: '+351912555016', text: 'When are you open on Saturday?', externalId: 'SMa' })).toBe(200);
    expect(await play(sms, { from: '+351912555016', text: 'When are you open on Saturday?', externalId: 'SMa' })).toBe(200);
    const [conversation] = await conversations(token);
    const answered = await status(token, conversation!.id, 'sent');
    expect(twilio.asked).toEqual([answered.text]);
    expect(conversation).toMatchObject({ channel: 'sms', inboundCount: 1, contact: { phone: '+351912555016' } });
  });

  it('refuses a webhook with a wrong signature, and says so under the account', async () => {
    const world = await api.world();
    const token = await operatorToken(world);
    const sms = await smsAccount(world);
    const request = (await buildInbound(
      { from: '+351912555016', text: 'Hi' },
      { ...sms, credentials: { authToken: 'another' } },
      api.deps.publicUrl,
      new Date(),
    ))!;
    const response = await fetch(request.url.replace(api.deps.publicUrl, api.url), {
      method: 'POST',
      headers: request.headers,
      body: new Uint8Array(request.body),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'bad_signature' });
    expect(await conversations(token)).toEqual([]);
  });

  it('answers 200 for what it does not know, and keeps it', async () => {
    const world = await api.world();
    const custom = await account(
      world,
      'custom',
      'crm',
      { url: providers.baseUrls.custom },
      { webhookSecrets: [Buffer.from('a secret of sufficient length').toString('base64')] },
    );
    const known = (await buildInbound({ from: 'x', text: 'y' }, custom, api.deps.publicUrl, new Date()))!;
    const body = Buffer.from(JSON.stringify({ type: 'something.else', data: {} }));
    const signed = signStandard(custom.credentials['webhookSecrets'] as string[], known.headers['webhook-id']!, body, new Date());
    const response = await fetch(`${api.url}/v1/channels/${custom.id}/inbound`, {
      method: 'POST',
      headers: { ...known.headers, ...signed },
      body: new Uint8Array(body),
    });
    expect(response.status).toBe(200);
    const kept = await api.db.sql<{ reason: string }[]>`select reason from unknown_payload where account_id = ${custom.id}`;
    expect(kept).toHaveLength(1);
  });

  it('a refusal for good shows the provider’s reason and requires action', async () => {
    twilio.answers.push(() => ({ status: 400, body: { code: 21211, message: 'The To number is not a valid phone number.' } }));
    const { token, id } = await written('Hello there');
    const failed = await status(token, id, 'failed');
    expect(failed.delivery?.error).toMatch(/valid phone number/);
    const [conversation] = await conversations(token);
    expect(conversation).toMatchObject({ requiresAction: true, requiresReason: 'delivery_failed', deliveryFailed: true });
  });

  it('is not sent again on a guess: a dropped connection leaves it in doubt, and only a person sends it again', async () => {
    twilio.answers.push(() => 'drop');
    const { token, id, messageId } = await written('Was it sent?');
    await status(token, id, 'unknown');
    expect(twilio.asked).toHaveLength(1);
    const once = { token, headers: { 'idempotency-key': 'retry-once' } };
    const retried = await api.call('POST', `/v1/messages/${messageId}/retry`, once);
    expect(retried.status).toBe(200);
    expect((await api.call('POST', `/v1/messages/${messageId}/retry`, once)).body).toEqual(retried.body);
    await status(token, id, 'sent');
    expect(twilio.asked).toEqual(['Was it sent?', 'Was it sent?']);
    expect((await api.refused('POST', `/v1/messages/${messageId}/retry`, { token })).code).toBe('not_delivered_by_person');
  });

  it('waits when the provider says "not now", and holds later ones to the same person back', async () => {
    twilio.answers.push(() => ({ status: 429, body: { code: 20429, message: 'Too many requests' } }));
    const { token, id, send } = await written('One');
    await until(async () => twilio.asked.length === 1, 'the first try');
    await send('Two');
    await until(async () => (await items(token, id)).filter((item) => item.delivery?.status === 'sent').length === 2, 'both sent');
    expect(twilio.asked).toEqual(['One', 'One', 'Two']);
  });

  it('files go with it, by links that the provider can fetch', async () => {
    const { token, id } = await written('First');
    await status(token, id, 'sent');
    const form = new FormData();
    form.append('file', new Blob(['the seal']), 'seal.txt');
    const { body: file } = await api.call<Attachment>('POST', '/v1/files', { token, raw: form });
    const more = await api.call<Message>('POST', `/v1/conversations/${id}/messages`, { token, body: { text: 'Attached', attachmentIds: [file.id] } });
    expect(more.status).toBe(201);
    await until(async () => twilio.asked.length === 2, 'the second');
    const [url] = twilio.media[1]!;
    expect(await (await fetch(url!.replace(api.deps.publicUrl, api.url))).text()).toBe('the seal');
    expect((await status(token, id, 'sent')).attachments.map(({ name }) => name)).toEqual(['seal.txt']);
  });

  it('statuses may come in any order and never go back', async () => {
    const { token, id, sms } = await written('Status?');
    const sent = await status(token, id, 'sent');
    const [{ externalId }] = (await api.db.sql<{ externalId: string }[]>`select external_id from message where id = ${sent.id}`) as unknown as [
      { externalId: string },
    ];
    const report = async (what: string) => {
      const form = new URLSearchParams({ MessageSid: externalId, MessageStatus: what, AccountSid: `AC${'0'.repeat(32)}` });
      const url = `${api.deps.publicUrl}/v1/channels/${sms.id}/inbound`;
      const response = await fetch(url.replace(api.deps.publicUrl, api.url), {
        method: 'POST',
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signTwilio('twilio-token', url, form) },
      });
      expect(response.status).toBe(200);
    };
    await report('delivered');
    await report('sent');
    expect((await outbound(token, id))?.delivery?.status).toBe('delivered');
    await report('read');
    expect((await outbound(token, id))?.delivery?.status).toBe('read');
  });

  it('a message that a person sent from the phone app counts as taking over', async () => {
    const world = await api.world();
    const token = await operatorToken(world);
    const whatsapp = await account(
      world,
      'whatsapp',
      '+15550001',
      { phoneNumberId: '100200', graphVersion: 'v23.0' },
      { appSecret: 'app-secret', verifyToken: 'verify-token', accessToken: 'access-token' },
      world.agents.nova,
    );
    expect(await play(whatsapp, { from: '31655501842', text: 'When are you open on Saturday?' })).toBe(200);
    const [conversation] = await conversations(token);
    await status(token, conversation!.id, 'sent');
    const [identity] = await api.db.sql<{ handle: string }[]>`select handle from identity where workspace_id = ${world.workspaceId} and channel = 'whatsapp'`;
    await receiveEcho(api.db, world.workspaceId, whatsapp.id, {
      externalId: 'wamid.echo',
      channel: 'whatsapp',
      handle: identity!.handle,
      text: 'From my phone',
    });
    const [after] = await conversations(token);
    expect(after?.controller).toEqual({ kind: 'human', id: null });
    expect(await outbound(token, conversation!.id)).toMatchObject({ text: 'From my phone', author: { kind: 'operator' }, aiGenerated: false });
  });
});
