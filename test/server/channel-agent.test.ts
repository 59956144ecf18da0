/** What an agent does with an answer that its channel does not take. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChannels } from '../support/channels.ts';
import type { Channels } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { verdict } from '../support/model-verdict.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer } from '../support/openai-server.ts';

let database: TestDatabase;
let channels: Channels;
let model: OpenAiServer;
/** What the agent writes, and what happens before it has. */
let answer = '';
let meanwhile: () => Promise<unknown> = async () => undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  model = await startOpenAiServer();
  model.otherwise = async ({ body }) => {
    if (body.response_format) return { kind: 'json', value: verdict({ reason: 'asks' }) };
    await meanwhile();
    return { kind: 'text', text: answer };
  };
  channels = await startChannels(database, { replyMode: 'auto_send' });
  await channels.work({ model: { apiKey: 'key', baseUrl: model.url, model: 'small' } });
});
afterAll(async () => {
  await channels.stop();
  await model.close();
  await database.close();
});

describe('an answer of an agent', () => {
  it('that is longer than a text message may be waits for a person, who has to shorten it', async () => {
    answer = Array.from({ length: 260 }, (_, n) => `Part ${n} of it${n % 7 === 0 ? '.' : ''}`).join(' ');
    await channels.tell('sms', { from: '+15556000001', text: 'Tell me everything' });
    const draft = await channels.seen('sms', '+15556000001', ({ conversation }) => conversation.draft ?? false, 'a draft');
    const approve = (body: Record<string, unknown>) =>
      channels.call<{ code?: string }>('POST', `/v1/drafts/${draft.id}/approve`, { body, headers: { 'if-match': `"${draft.version}"` } });
    const whole = await approve({});
    expect([whole.status, whole.body.code]).toEqual([422, 'invalid']);
    expect((await approve({ text: 'In short: two days.' })).status).toBe(200);
    await channels.seen('sms', '+15556000001', ({ items }) => items.some(({ delivery }) => delivery?.status === 'sent'), 'it to be sent');
    expect(channels.providers.outbox('sms').map(({ text }) => text)).toEqual(['In short: two days.']);
  });

  it('that comes when the time for free answers has ended is not sent: the thread says so and asks for a person', async () => {
    answer = 'Two days.';
    const from = '+4917600001';
    meanwhile = () =>
      channels.api.db.sql`update message set created_at = created_at - interval '25 hours' where channel = 'whatsapp' and direction = 'inbound'`;
    await channels.tell('whatsapp', { from, text: 'How long does delivery take?' });
    const { conversation, items } = await channels.seen(
      'whatsapp',
      from,
      (thread) => thread.conversation.requiresAction && thread.items.some(({ code }) => code === 'did_not_answer') && thread,
      'a person to be asked for',
    );
    expect(conversation.requiresReason).toBe('window_closed');
    expect(items.map(({ kind, code, reason }) => [code ?? kind, reason])).toEqual([
      ['message', null],
      ['answers', 'asks'],
      ['did_not_answer', 'window_closed'],
    ]);
    expect(channels.providers.outbox('whatsapp')).toEqual([]);
  });
});
