/** A conversation goes from one operator to another only when that one says yes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation, Transfer } from '../../server/contract/conversation.ts';
import type { MessagePage } from '../../server/contract/message.ts';
import { expireTransfers } from '../../server/db/transfers.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
let ben: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world({ replyMode: 'off' });
  [ana, ben] = await Promise.all([operatorToken(world), operatorToken(world, 'ben')]);
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

async function assumed(): Promise<string> {
  const { conversationId } = await world.writes('Where is my order?');
  await api.call('POST', `/v1/conversations/${conversationId}/assume`, { token: ana, body: {} });
  return conversationId;
}
const ask = (conversationId: string, note?: string) =>
  api.call<{ transfer: Transfer }>('POST', `/v1/conversations/${conversationId}/transfer`, {
    token: ana,
    body: { operatorId: world.operators.ben, ...(note ? { note } : {}) },
  });
const conversationOf = async (id: string) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token: ana })).body;
const codes = async (id: string) => (await api.call<MessagePage>('GET', `/v1/conversations/${id}/messages`, { token: ana })).body.items.map(({ code }) => code);
const waiting = async (token: string) => (await api.call<{ items: Transfer[] }>('GET', '/v1/transfers', { token })).body.items.map(({ id }) => id);
const timeIsOver = (id: string) => database.sql`update transfer set expires_at = clock_timestamp() - interval '1 second' where id = ${id}`;

test('the conversation stays with who asked until the other accepts', async () => {
  const id = await assumed();
  const {
    status,
    body: { transfer },
  } = await ask(id, 'You know grinders');
  expect([status, transfer]).toMatchObject([
    201,
    { status: 'pending', note: 'You know grinders', from: { id: world.operators.ana }, to: { id: world.operators.ben } },
  ]);
  expect((await conversationOf(id)).assignee?.id).toBe(world.operators.ana);
  expect([await waiting(ana), await waiting(ben)]).toEqual([expect.arrayContaining([transfer.id]), expect.arrayContaining([transfer.id])]);
  expect((await api.refused('POST', `/v1/transfers/${transfer.id}/accept`, { token: ana })).code).toBe('forbidden');
  expect((await api.call('POST', `/v1/transfers/${transfer.id}/accept`, { token: ben })).body).toMatchObject({ status: 'accepted' });
  expect(await conversationOf(id)).toMatchObject({ assignee: { id: world.operators.ben }, controller: { kind: 'human', id: world.operators.ben } });
  expect(await waiting(ben)).not.toContain(transfer.id);
});

describe('nobody answers in time', () => {
  test('it ends by itself: an event, a line and a notification to who asked, once, however many processes look', async () => {
    const id = await assumed();
    const {
      body: { transfer },
    } = await ask(id);
    const live = await listenTo(`${api.url}/v1/events`, ana);
    await timeIsOver(transfer.id);
    await Promise.all(Array.from({ length: 4 }, () => expireTransfers(api.db)));
    await live.until(({ event, data }) => event === 'transfer' && data['id'] === transfer.id && data['status'] === 'expired', 'the end of the transfer');
    await live.until(({ event, data }) => event === 'notification' && data['kind'] === 'transfer', 'the notification');
    live.close();
    expect((await codes(id)).filter((code) => code === 'transfer_expired')).toHaveLength(1);
    expect((await conversationOf(id)).assignee?.id).toBe(world.operators.ana);
    expect(await database.sql`select 1 from notification where operator_id = ${world.operators.ana} and data ->> 'transferId' = ${transfer.id}`).toHaveLength(
      1,
    );
    expect((await api.refused('POST', `/v1/transfers/${transfer.id}/accept`, { token: ben })).code).toBe('transfer_settled');
  });

  test('whoever asks the next one does not wait for that', async () => {
    const id = await assumed();
    await timeIsOver((await ask(id)).body.transfer.id);
    expect((await ask(id)).status).toBe(201);
    expect(await codes(id)).toContain('transfer_expired');
  });
});

test('one that is asked cannot be asked again, declines with a reason, and the sender is told', async () => {
  const id = await assumed();
  const {
    body: { transfer },
  } = await ask(id);
  expect((await api.refused('POST', `/v1/conversations/${id}/transfer`, { token: ana, body: { operatorId: world.operators.ben } })).code).toBe(
    'transfer_pending',
  );
  expect((await api.call('POST', `/v1/transfers/${transfer.id}/decline`, { token: ben, body: { reason: 'In a call' } })).body).toMatchObject({
    status: 'declined',
  });
  expect((await conversationOf(id)).assignee?.id).toBe(world.operators.ana);
  const [told] = await database.sql<
    { data: unknown }[]
  >`select data from notification where operator_id = ${world.operators.ana} and data ->> 'transferId' = ${transfer.id}`;
  expect(told?.data).toMatchObject({ status: 'declined', reason: 'In a call' });
});

test('the assignee cannot leave, and is told why; anybody else can, and comes back by writing', async () => {
  const id = await assumed();
  const refused = await api.refused('POST', `/v1/conversations/${id}/leave`, { token: ana });
  expect(refused).toMatchObject({ status: 409, code: 'assignee_must_transfer' });
  const people = async () => (await conversationOf(id)).participants.map((one) => one.id);
  await api.call('POST', `/v1/conversations/${id}/join`, { token: ben });
  expect(await people()).toContain(world.operators.ben);
  await api.call('POST', `/v1/conversations/${id}/leave`, { token: ben });
  expect(await people()).not.toContain(world.operators.ben);
  await api.call('POST', `/v1/conversations/${id}/notes`, { token: ben, body: { text: 'Back' } });
  expect(await people()).toContain(world.operators.ben);
});
