/** What is said to HELP by text message, and how often. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startChannels } from '../support/channels.ts';
import type { Channels } from '../support/channels.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';

let database: TestDatabase;
let channels: Channels;

beforeAll(async () => {
  database = await createTestDatabase();
  channels = await startChannels(database, { replyMode: 'auto_send' });
  await channels.work();
});
afterAll(async () => {
  await channels.stop();
  await database.close();
});

const says = (from: string, text: string, externalId?: string) => channels.tell('sms', { from, text, ...(externalId && { externalId }) });
const kinds = async (from: string) => (await channels.thread('sms', from)).items.map(({ kind, direction, code }) => code ?? direction ?? kind);
const answers = async (from: string) => (await channels.thread('sms', from)).items.filter(({ direction }) => direction === 'outbound');
const sent = (from: string, many: number) =>
  until(async () => {
    const given = await answers(from);
    return given.length === many && given.every(({ delivery }) => delivery?.status === 'sent' || delivery?.status === 'delivered');
  }, `${many} answers`);

it('a webhook that comes again and again is answered once', async () => {
  const from = '+15554000001';
  await Promise.all(Array.from({ length: 8 }, () => says(from, 'HELP', 'SM-help-once')));
  await sent(from, 1);
  await says(from, 'HELP', 'SM-help-once');
  expect(await kinds(from)).toEqual(['inbound', 'outbound']);
});

it('a word that comes again within ten minutes is kept and not answered, and after them it is', async () => {
  const from = '+15554000002';
  await says(from, 'HELP');
  await Promise.all([says(from, 'Info'), says(from, 'help')]);
  await says(from, 'HELP');
  expect((await kinds(from)).toSorted()).toEqual(['inbound', 'inbound', 'inbound', 'inbound', 'outbound']);
  await sent(from, 1);
  await channels.api.db.sql`update message set created_at = created_at - interval '11 minutes' where workspace_id = ${channels.world.workspaceId}`;
  await says(from, 'HELP');
  await sent(from, 2);
});

it('somebody new who asks several times at once is answered once', async () => {
  const from = '+15554000003';
  await Promise.all(Array.from({ length: 6 }, () => says(from, 'HELP')));
  expect((await kinds(from)).filter((kind) => kind === 'outbound')).toEqual(['outbound']);
});

it('STOP is left to the provider to answer, says so once, and HELP after it is not answered', async () => {
  const from = '+15554000004';
  await says(from, 'STOP');
  await says(from, 'STOP');
  await says(from, 'HELP');
  expect(await kinds(from)).toEqual(['inbound', 'opted_out', 'inbound', 'inbound']);
});
