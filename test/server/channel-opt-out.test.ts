/** STOP, START and HELP by text message. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contact } from '../../server/contract/contact.ts';
import type { Message } from '../../server/contract/message.ts';
import { signTwilio } from '../../server/channels/signatures.ts';
import { webhookUrl } from '../../server/channels/channel.ts';
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

const says = (from: string, text: string, externalId?: string) => channels.tell('sms', { from, text, ...(externalId && { externalId }) });
const send = (id: string, body: Record<string, unknown>) =>
  channels.call<Message & { code?: string; detail?: string }>('POST', `/v1/conversations/${id}/messages`, { body: { assume: true, ...body } });
const identitiesOf = async (contactId: string) => (await channels.call<Contact>('GET', `/v1/contacts/${contactId}`)).body.identities;
const lines = (items: Message[]) => items.filter(({ kind }) => kind === 'system').map(({ code }) => code);

describe('without a worker', () => {
  it.each([
    'STOP',
    'stop',
    ' StopAll ',
    'UNSUBSCRIBE',
    'cancel',
    'End',
    'quit',
  ])('%j ends all messages to the number, with a line that says so', async (word) => {
    const from = `+1555100${Math.floor(Math.random() * 1_000_000)}`;
    await says(from, 'Where is my order?');
    const before = await channels.thread('sms', from);
    await send(before.conversation.id, { text: 'It left today.' });
    await says(from, word);
    const { conversation, items } = await channels.thread('sms', from);
    expect(items.find(({ code }) => code === 'opted_out')?.text).toBe(`${from} wrote ${word.trim().toUpperCase()}: nothing is sent to this number until START`);
    expect(items.find(({ direction }) => direction === 'outbound')?.delivery).toMatchObject({ status: 'recalled', error: 'the customer wrote STOP' });
    expect((await identitiesOf(conversation.contact.id))[0]?.optedOutAt).toEqual(expect.any(String));
    const refused = await send(conversation.id, { text: 'One more thing' });
    expect([refused.status, refused.body.code]).toEqual([422, 'channel_cannot_send']);
    expect(refused.body.detail).toContain('STOP');
  });

  it.each(['Please stop', 'stop it', 'I want to cancel my order', 'Yes', 'START'])('%j is a message as any other', async (text) => {
    const from = `+1555200${Math.floor(Math.random() * 1_000_000)}`;
    await says(from, text);
    const { conversation, items } = await channels.thread('sms', from);
    expect(items.map(({ kind }) => kind)).toEqual(['message']);
    expect((await identitiesOf(conversation.contact.id))[0]?.optedOutAt).toBeNull();
  });

  it('START takes it back, once, and the number can be written to again', async () => {
    const from = '+15553000001';
    await says(from, 'STOP');
    await says(from, 'Unstop');
    const { conversation, items } = await channels.thread('sms', from);
    expect(lines(items)).toEqual(['opted_out', 'opted_in']);
    expect((await identitiesOf(conversation.contact.id))[0]?.optedOutAt).toBeNull();
    expect((await send(conversation.id, { text: 'Welcome back' })).status).toBe(201);
  });

  it('is one STOP however often and however parallel it comes', async () => {
    const from = '+15553000002';
    await Promise.all(Array.from({ length: 8 }, () => says(from, 'STOP', 'SM-stop-once')));
    const { items } = await channels.thread('sms', from);
    expect(items.map(({ kind, code }) => code ?? kind)).toEqual(['message', 'opted_out']);
  });

  it('counts for a draft, for a message that is sent again, and for a conversation that is begun', async () => {
    const from = '+15553000003';
    await says(from, 'Hello');
    const { conversation } = await channels.thread('sms', from);
    const sent = (await send(conversation.id, { text: 'Hello to you' })).body;
    await says(from, 'STOP');
    expect((await channels.call<{ code: string }>('POST', `/v1/messages/${sent.id}/retry`, { body: {} })).body.code).toBe('channel_cannot_send');
    const begun = await channels.call<{ code: string }>('POST', '/v1/conversations', {
      body: { contactId: conversation.contact.id, channelAccountId: channels.accounts.sms.id, text: 'Again' },
    });
    expect([begun.status, begun.body.code]).toEqual([422, 'channel_cannot_send']);
  });

  it('leaves the contact’s other ways as they are', async () => {
    const from = '+15553000004';
    await channels.tell('whatsapp', { from, text: 'Hi' });
    await says(from, 'STOP');
    const { conversation } = await channels.thread('whatsapp', from);
    expect((await send(conversation.id, { text: 'By WhatsApp then' })).status).toBe(201);
  });

  it('refuses what is longer than Twilio takes', async () => {
    const from = '+15553000005';
    await says(from, 'Hello');
    const { conversation } = await channels.thread('sms', from);
    const long = await send(conversation.id, { text: 'x'.repeat(1_601) });
    expect([long.status, long.body.code]).toEqual([422, 'invalid']);
    expect((await send(conversation.id, { text: 'x'.repeat(1_600) })).status).toBe(201);
  });
});

describe('with a worker', () => {
  beforeAll(async () => {
    await channels.work();
  });
  const settled = (from: string, count: number) =>
    channels.seen(
      'sms',
      from,
      ({ conversation, items }) => !conversation.working && items.filter(({ delivery }) => delivery?.status === 'sent').length >= count,
      'the answers to be sent',
    );

  it('HELP is answered once, with a fixed text in the customer’s language, and by no agent', async () => {
    const from = '+15554000001';
    await says(from, 'HELP', 'SM-help');
    await says(from, 'HELP', 'SM-help');
    await settled(from, 1);
    const { items } = await channels.thread('sms', from);
    const out = items.filter(({ direction }) => direction === 'outbound');
    expect(out.map(({ author, text, aiGenerated }) => [author.kind, text, aiGenerated])).toEqual([
      ['system', 'Morrow: write here and we will answer. Reply STOP to get no more messages.', false],
    ]);
    expect(channels.providers.outbox('sms').filter(({ to }) => to === from)).toHaveLength(1);
    await says(from, 'How long does delivery take?');
    await settled(from, 2);
    const { conversation } = await channels.thread('sms', from);
    await channels.api.db.sql`update contact set language = 'es-MX' where id = ${conversation.contact.id}`;
    await says(from, 'help');
    await settled(from, 3);
    expect(
      channels.providers
        .outbox('sms')
        .filter(({ to }) => to === from)
        .at(-1)?.text,
    ).toContain('Responda STOP');
  });

  it('what Twilio handled itself is honoured and not answered again', async () => {
    const { sms } = channels.accounts;
    const url = webhookUrl(channels.api.deps.publicUrl, sms.id);
    const handled = async (text: string, type: string, id: string) => {
      const form = new URLSearchParams({
        MessageSid: id,
        AccountSid: String(sms.settings['accountSid']),
        From: '+15554000002',
        To: sms.address,
        Body: text,
        OptOutType: type,
      });
      expect(
        await channels.post(
          url,
          { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signTwilio(String(sms.credentials['authToken']), url, form) },
          form.toString(),
        ),
      ).toBe(200);
    };
    await handled('AYUDA', 'HELP', 'SM-own-1');
    await handled('ALTO', 'STOP', 'SM-own-2');
    const { items, conversation } = await channels.thread('sms', '+15554000002');
    expect(items.map(({ kind, code }) => code ?? kind)).toEqual(['message', 'message', 'opted_out']);
    expect(conversation).toMatchObject({ waitingSince: null, requiresAction: false });
  });

  it('no agent writes to whoever stopped: its conversation asks for a person', async () => {
    const from = '+15554000003';
    await says(from, 'STOP');
    await says(from, 'How long does delivery take?');
    const conversation = await channels.seen('sms', from, (thread) => thread.conversation.requiresAction && thread.conversation, 'a person to be asked for');
    expect(conversation.requiresReason).toBe('opted_out');
    const { items } = await channels.thread('sms', from);
    expect(lines(items)).toEqual(['opted_out', 'did_not_answer']);
    expect(channels.providers.outbox('sms').filter(({ to }) => to === from)).toEqual([]);
  });
});
