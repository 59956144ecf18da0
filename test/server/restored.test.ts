/** A database that was put back from a copy: what was on its way then. */
import { expect, test } from 'vitest';
import { othersAtWork, settleRestored } from '../../server/db/restored.ts';
import { handleOf } from '../contracts/channels-bench.ts';
import { startChannels } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import { listenTo } from '../support/stream.ts';

test('a database that was put back sends nothing twice: what was on its way waits for a person, unless its provider takes a key; readers read afresh', async () => {
  const database = await createTestDatabase();
  const channels = await startChannels(database, { replyMode: 'auto_send' });
  for (const kind of ['sms', 'custom', 'whatsapp'] as const) await channels.tell(kind, { text: 'Is anybody there?' });
  for (const kind of ['sms', 'custom'] as const) {
    const { conversation } = await channels.thread(kind);
    await channels.call('POST', `/v1/conversations/${conversation.id}/messages`, { body: { text: `By ${kind}`, assume: true } });
  }
  const before = await listenTo(`${channels.api.url}/v1/events`, channels.token);
  await channels.call('POST', `/v1/conversations/${(await channels.thread('sms')).conversation.id}/notes`, { body: { text: 'Seen' } });
  const { id } = await before.until(({ event }) => event === 'message', 'the note');
  before.close();

  expect(await othersAtWork(database.sql)).toBe(true);
  expect(await settleRestored(database.sql, ['chat', 'custom'])).toEqual({ inDoubt: 1, unanswered: 1 });
  await channels.work();
  await channels.seen(
    'sms',
    handleOf.sms,
    ({ items, conversation }) => conversation.requiresAction && items.some(({ text, delivery }) => text === 'By sms' && delivery?.status === 'unknown'),
    'the doubt',
  );
  await channels.seen(
    'custom',
    handleOf.custom,
    ({ items }) => items.some(({ text, delivery }) => text === 'By custom' && delivery?.status === 'sent'),
    'what its provider would drop',
  );
  expect(channels.providers.outbox().map(({ text }) => text)).toEqual(['By custom']);
  expect((await channels.thread('whatsapp')).items.filter(({ direction }) => direction === 'outbound')).toEqual([]);
  expect((await channels.thread('whatsapp')).conversation).toMatchObject({ requiresAction: true });
  const after = await listenTo(`${channels.api.url}/v1/events`, channels.token, id);
  await after.until(({ event }) => event === 'reset', 'a reset');
  after.close();
  await channels.stop();
  await database.close();
});
