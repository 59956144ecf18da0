/** What providers tell beside plain messages, through their webhooks: reactions, echoes, windows, templates, reports, calls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signHub } from '../../server/channels/signatures.ts';
import { webhookUrl } from '../../server/channels/channel.ts';
import type { Message } from '../../server/contract/message.ts';
import { reportDelivery } from '../../server/db/reports.ts';
import { startChannels } from '../support/channels.ts';
import type { Channels } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let channels: Channels;

beforeAll(async () => {
  database = await createTestDatabase();
  channels = await startChannels(database, { replyMode: 'auto_send' });
});
afterAll(async () => {
  await channels.stop();
  await database.close();
});

interface Refused {
  code: string;
  detail: string;
}
const send = (id: string, body: Record<string, unknown>) =>
  channels.call<Message & Refused>('POST', `/v1/conversations/${id}/messages`, { body: { assume: true, ...body } });
const hourAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

describe('a reaction', () => {
  it('stands at its message, newest of each person, and goes when it is taken back; nothing is unread and nobody answers', async () => {
    const from = '+4917000001';
    await channels.tell('whatsapp', { from, text: 'My order came', externalId: 'wamid.r1' });
    const before = await channels.thread('whatsapp', from);
    await channels.call('POST', `/v1/conversations/${before.conversation.id}/read`, { body: { seq: 1 } });
    const reactions = async () => (await channels.thread('whatsapp', from)).items[0]?.data?.['reactions'];
    await channels.tell('whatsapp', { kind: 'reaction', from, inReplyTo: 'wamid.r1', text: '👍' });
    expect(await reactions()).toMatchObject([{ emoji: '👍', by: { kind: 'contact', name: 'Marta' } }]);
    await channels.tell('whatsapp', { kind: 'reaction', from, inReplyTo: 'wamid.r1', text: '❤️' });
    expect(await reactions()).toMatchObject([{ emoji: '❤️' }]);
    const { conversation, items } = await channels.thread('whatsapp', from);
    expect([items.length, conversation.unread, conversation.inboundCount]).toEqual([1, 0, 1]);
    await channels.tell('whatsapp', { kind: 'reaction', from, inReplyTo: 'wamid.r1', text: '' });
    expect(await reactions()).toBeUndefined();
  });

  it('comes to Instagram’s messages as well, and to one that nobody has it is kept for the account', async () => {
    await channels.tell('instagram', { from: '3001', text: 'Hello', externalId: 'mid.r2' });
    await channels.tell('instagram', { kind: 'reaction', from: '3001', inReplyTo: 'mid.r2', text: '😍' });
    expect((await channels.thread('instagram', '3001')).items[0]?.data).toMatchObject({ reactions: [{ emoji: '😍' }] });
    await channels.tell('instagram', { kind: 'reaction', from: '3001', inReplyTo: 'mid.nowhere', text: '😍' });
    const account = await channels.call<{ unknownPayloads: { reason: string }[] }>('GET', `/v1/channel-accounts/${channels.accounts.instagram.id}`);
    expect(account.body.unknownPayloads[0]?.reason).toBe('a reaction to a message that is not here');
  });
});

describe('what somebody of the team wrote in the provider’s app', () => {
  it.each(['whatsapp', 'instagram'] as const)('by %s takes the conversation over: queued answers and drafts of the agent go', async (kind) => {
    const from = kind === 'whatsapp' ? '+4917000002' : '3002';
    const { sql } = channels.api.db;
    await channels.tell(kind, { from, text: 'How long does delivery take?', externalId: `${kind}.e1` });
    const { conversation } = await channels.thread(kind, from);
    expect(conversation.controller.kind).toBe('agent');
    await sql`insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, ai_generated, sent_by, delivery_status, due_at)
      select workspace_id, gen_random_uuid(), id, 2, 'outbound', 'message', 'agent', agent_id, 'Nova', channel, account_id, identity_id, 'Two days.', true, '{"kind":"agent"}', 'queued', now() + interval '1 hour' from conversation where id = ${conversation.id}`;
    await sql`update conversation set last_seq = 2 where id = ${conversation.id}`;
    await Promise.all(Array.from({ length: 4 }, () => channels.tell(kind, { kind: 'echo', from, text: 'Ben here: tomorrow!', externalId: `${kind}.e2` })));
    const after = await channels.thread(kind, from);
    expect(after.conversation).toMatchObject({ controller: { kind: 'human' }, requiresAction: false, waitingSince: null, working: null });
    expect(
      after.items.map(({ kind: what, code, author, text, delivery }) => [code ?? what, author.kind, delivery?.status, what === 'message' ? text : '']),
    ).toEqual([
      ['message', 'contact', undefined, 'How long does delivery take?'],
      ['message', 'agent', 'recalled', 'Two days.'],
      ['assumed', 'operator', undefined, ''],
      ['recalled', 'operator', undefined, ''],
      ['message', 'operator', 'sent', 'Ben here: tomorrow!'],
    ]);
    expect(after.items.at(-1)?.data).toEqual({ fromApp: true });
  });

  it('to somebody new makes a contact and a conversation that the team has', async () => {
    await Promise.all(
      ['a', 'b'].map((id) => channels.tell('whatsapp', { kind: 'echo', from: '+4917000003', text: `Hello ${id}`, externalId: `wamid.new-${id}` })),
    );
    const { conversation, items } = await channels.thread('whatsapp', '+4917000003');
    expect(conversation).toMatchObject({ controller: { kind: 'human' }, contact: { name: '+4917000003', phone: '+4917000003' } });
    expect(items.map(({ text }) => text).toSorted()).toEqual(['Hello a', 'Hello b']);
  });
});

describe('the provider’s time for free answers', () => {
  const templates = [
    { name: 'order_update', language: 'en', body: 'Hi {{1}}, order {{2}} is on its way.' },
    { name: 'hello', language: 'de', body: 'Hallo!' },
  ];

  it('is asked before a message is queued, and counts from what the customer wrote to this account', async () => {
    const from = '+4917000004';
    await channels.tell('whatsapp', { from, text: 'Hello', externalId: 'wamid.w1' });
    const {
      conversation: { id, identityId, contact },
    } = await channels.thread('whatsapp', from);
    const { sql } = channels.api.db;
    await sql`update message set created_at = ${hourAgo(23.9)} where conversation_id = ${id}`;
    expect((await send(id, { text: 'In time' })).status).toBe(201);
    await sql`update message set created_at = ${hourAgo(24.1)} where conversation_id = ${id} and direction = 'inbound'`;
    const late = await send(id, { text: 'Too late' });
    expect([late.status, late.body.code]).toEqual([422, 'channel_cannot_send']);
    expect(late.body.detail).toContain('24 hours');
    // Somebody who writes elsewhere opens nothing here.
    await channels.tell('sms', { from, text: 'By text then' });
    await sql`update identity set contact_id = ${contact.id} where channel = 'sms' and handle = ${from}`;
    expect((await send(id, { text: 'Still too late', identityId })).body.code).toBe('channel_cannot_send');
    expect((await channels.thread('whatsapp', from)).items.filter(({ direction }) => direction === 'outbound')).toHaveLength(1);
  });

  it('holds for a conversation that a person begins', async () => {
    const begin = (body: Record<string, unknown>) =>
      channels.call<Refused & { id: string }>('POST', '/v1/conversations', {
        body: { contact: { name: 'New', phone: '+4917000005' }, channelAccountId: channels.accounts.whatsapp.id, ...body },
      });
    expect((await begin({ text: 'Hello' })).body.code).toBe('channel_cannot_send');
    await setTemplates();
    expect((await begin({ text: 'Hallo!', template: { name: 'hello', language: 'de' } })).status).toBe(201);
  });

  const setTemplates = () =>
    channels.call('PATCH', `/v1/channel-accounts/${channels.accounts.whatsapp.id}`, {
      body: { settings: { ...channels.accounts.whatsapp.settings, templates } },
    });

  it('leaves templates, with their parameters, as the customer will read them', async () => {
    await setTemplates();
    const from = '+4917000006';
    await channels.tell('whatsapp', { from, text: 'Hello', externalId: 'wamid.w2' });
    const {
      conversation: { id },
    } = await channels.thread('whatsapp', from);
    await channels.api.db.sql`update message set created_at = ${hourAgo(30)} where conversation_id = ${id}`;
    const listed = await channels.call<{ items: unknown[] }>('GET', `/v1/conversations/${id}/templates`);
    expect(listed.body.items).toEqual([
      { ...templates[0], parameters: 2 },
      { ...templates[1], parameters: 0 },
    ]);
    const template = { name: 'order_update', language: 'en', parameters: ['Marta', '17'] };
    const text = 'Hi Marta, order 17 is on its way.';
    for (const wrong of [
      { text: 'Something else', template },
      { text, template: { ...template, language: 'pt' } },
      { text, template: { ...template, parameters: ['Marta'] } },
    ]) {
      expect((await send(id, wrong)).body.code).toBe('invalid');
    }
    const sent = await send(id, { text, template });
    expect(sent.status).toBe(201);
    expect(sent.body.data).toEqual({ template });
  });

  it('is no question on channels without one, which have no templates either', async () => {
    await channels.tell('sms', { from: '+4917000007', text: 'Hello' });
    const {
      conversation: { id },
    } = await channels.thread('sms', '+4917000007');
    await channels.api.db.sql`update message set created_at = ${hourAgo(300)} where conversation_id = ${id}`;
    expect((await send(id, { text: 'Any time' })).status).toBe(201);
    expect((await channels.call<{ items: unknown[] }>('GET', `/v1/conversations/${id}/templates`)).body.items).toEqual([]);
    expect((await send(id, { text: 'Hallo!', template: { name: 'hello', language: 'de' } })).body.code).toBe('invalid');
  });
});

describe('reports of what became of a message', () => {
  const statuses = ['sent', 'delivered', 'read'] as const;
  const orders = statuses.flatMap((a) => statuses.flatMap((b) => statuses.map((c) => [a, b, c] as const)));

  it.each(['sms', 'whatsapp', 'instagram', 'custom'] as const)('by %s count whatever their order: none lowers what is known', async (kind) => {
    const from = kind === 'instagram' ? '3010' : '+4917000010';
    await channels.tell(kind, { from, text: 'Hello' });
    const {
      conversation: { id, accountId },
    } = await channels.thread(kind, from);
    for (const [n, order] of orders.entries()) {
      const { id: messageId } = (await send(id, { text: `Answer ${n}` })).body;
      const externalId = `${kind}-report-${n}`;
      await channels.api.db.sql`update message set delivery_status = 'sending', external_id = ${n % 2 ? externalId : null} where id = ${messageId}`;
      for (const status of order)
        await reportDelivery(channels.api.db, channels.world.workspaceId, accountId, { externalId, messageId, status, error: null, at: new Date() });
      const item = (await channels.thread(kind, from)).items.find((one) => one.id === messageId);
      expect(item?.delivery?.status, order.join()).toBe(statuses.findLast((status) => order.includes(status)));
    }
  });

  it('say of one that was in doubt that it arrived, by our own id', async () => {
    const from = '+4917000011';
    await channels.tell('whatsapp', { from, text: 'Hello' });
    const {
      conversation: { id },
    } = await channels.thread('whatsapp', from);
    const { id: messageId } = (await send(id, { text: 'Did it go out?' })).body;
    await channels.api.db.sql`update message set delivery_status = 'unknown' where id = ${messageId}`;
    const { whatsapp } = channels.accounts;
    const url = webhookUrl(channels.api.deps.publicUrl, whatsapp.id);
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: whatsapp.settings['phoneNumberId'] },
                statuses: [{ id: 'wamid.late', status: 'delivered', timestamp: String(Math.floor(Date.now() / 1_000)), biz_opaque_callback_data: messageId }],
              },
            },
          ],
        },
      ],
    });
    expect(await channels.post(url, { 'x-hub-signature-256': signHub(String(whatsapp.credentials['appSecret']), Buffer.from(body)) }, body)).toBe(200);
    const item = (await channels.thread('whatsapp', from)).items.find((one) => one.id === messageId);
    expect(item?.delivery?.status).toBe('delivered');
    expect(item?.deliveryLog?.map(({ status }) => status)).toEqual(['queued', 'unknown', 'delivered']);
  });
});

describe('a call', () => {
  const call = (revision: number, ended = false) => ({
    revision,
    ended,
    startedAt: '2026-11-21T11:58:00Z',
    turns: Array.from({ length: revision }, (_, n) => ({ speaker: n % 2 ? ('contact' as const) : ('agent' as const), text: `Turn ${n}`, atSeconds: n * 5 })),
    ...(ended && { durationSeconds: 90, recordingUrl: 'https://pbx.example/r/1', note: 'Will call back' }),
  });

  it('is one item that every report brings up to date, in any order; the highest revision stands', async () => {
    const from = '+4917000020';
    for (const revision of [2, 1, 4, 3]) await channels.tell('voice', { kind: 'call', from, text: '', externalId: 'call-1', call: call(revision) });
    const running = await channels.thread('voice', from);
    expect(running.items).toHaveLength(1);
    expect(running.items[0]).toMatchObject({ kind: 'call', data: { revision: 4, ended: false } });
    await channels.tell('voice', { kind: 'call', from, text: '', externalId: 'call-1', call: call(5, true) });
    const { items, conversation } = await channels.thread('voice', from);
    expect(items[0]?.data).toMatchObject({
      revision: 5,
      ended: true,
      durationSeconds: 90,
      recordingUrl: 'https://pbx.example/r/1',
      note: 'Will call back',
      startedAt: '2026-11-21T11:58:00.000Z',
    });
    expect(conversation).toMatchObject({ requiresAction: false, inboundCount: 1 });
  });

  it('without an agent asks for a person, as does one that people have the word in', async () => {
    const { sql } = channels.api.db;
    await sql`update channel_account set agent_id = null where id = ${channels.accounts.voice.id}`;
    await channels.tell('voice', { kind: 'call', from: '+4917000021', text: '', call: call(1) });
    expect((await channels.thread('voice', '+4917000021')).conversation).toMatchObject({ requiresAction: true, requiresReason: 'unanswered' });
    await sql`update channel_account set agent_id = ${channels.world.agents.nova} where id = ${channels.accounts.voice.id}`;
  });

  it('takes notes and no messages', async () => {
    const {
      conversation: { id },
    } = await channels.thread('voice', '+4917000020');
    expect((await send(id, { text: 'Hello' })).body.code).toBe('channel_cannot_send');
    expect((await channels.call('POST', `/v1/conversations/${id}/notes`, { body: { text: 'Called back at noon' } })).status).toBe(201);
    expect((await channels.thread('voice', '+4917000020')).items.map(({ kind }) => kind)).toEqual(['call', 'note']);
  });
});
