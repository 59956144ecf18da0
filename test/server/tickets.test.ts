/** Tickets: what stands in them when they are made stays, whatever becomes of the conversation. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { Notification } from '../../server/contract/events.ts';
import type { MessagePage } from '../../server/contract/message.ts';
import { Ticket, TicketWithSnapshot } from '../../server/contract/ticket.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

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

const make = (conversationId: string, body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  api.call<TicketWithSnapshot>('POST', `/v1/conversations/${conversationId}/tickets`, { token: ana, body, headers });
const list = async (query: string, token = ana) => (await api.call<Page<Ticket>>('GET', `/v1/tickets?${query}`, { token })).body;

describe('a ticket', () => {
  test('has the conversation and all its items as they stood, and nothing changes them later', async () => {
    const { conversationId } = await world.writes('The grinder smells burnt');
    await api.call('POST', `/v1/conversations/${conversationId}/notes`, { token: ben, body: { text: 'Second one this week', mentions: [] } });
    const { body: before } = await api.call<MessagePage>('GET', `/v1/conversations/${conversationId}/messages`, { token: ana });
    const made = await make(conversationId, { title: 'Grinder burnt', description: 'Send a new one', priority: 'high', assigneeId: world.operators.ben });
    expect(made.status).toBe(201);
    expect(TicketWithSnapshot.strict().parse(made.body)).toMatchObject({
      title: 'Grinder burnt',
      description: 'Send a new one',
      priority: 'high',
      status: 'open',
      conversationId,
      version: 1,
      tracker: null,
      assignee: { id: world.operators.ben },
      createdBy: { kind: 'operator', id: world.operators.ana, name: 'Ana Duarte' },
      contact: { name: 'Marta Oliveira' },
    });
    const { snapshot } = made.body;
    expect(snapshot.messages).toEqual(before.items);
    expect(snapshot.conversation).toMatchObject({ id: conversationId, status: 'open', tags: [] });

    await api.call('POST', `/v1/conversations/${conversationId}/messages`, { token: ana, body: { text: 'A new one is on its way' } });
    await api.call('PATCH', `/v1/conversations/${conversationId}`, { token: ana, body: { status: 'closed', subject: 'Burnt' } });
    await database.sql`update message set text = 'Overwritten' where conversation_id = ${conversationId}`;
    await api.call('PATCH', `/v1/tickets/${made.body.id}`, { token: ben, body: { title: 'Grinder', status: 'solved' } });
    const later = await api.call<TicketWithSnapshot>('GET', `/v1/tickets/${made.body.id}`, { token: ben });
    expect(later.body).toMatchObject({ title: 'Grinder', status: 'solved', version: 2 });
    expect(later.body.snapshot).toEqual(snapshot);
    await database.sql`delete from conversation where id = ${conversationId}`;
    const alone = await api.call<TicketWithSnapshot>('GET', `/v1/tickets/${made.body.id}`, { token: ben });
    expect(alone.body).toMatchObject({ conversationId: null, contact: null });
    expect(alone.body.snapshot).toEqual(snapshot);
  });

  test('keeps its snapshot from the database’s own hand', async () => {
    const { conversationId } = await world.writes('Hello');
    const { body } = await make(conversationId, { title: 'One' });
    await expect(database.sql`update ticket set snapshot = '{}' where id = ${body.id}`).rejects.toThrow(/never changed/);
  });

  test('shows in the timeline and in the thread, live, and its assignee is told', async () => {
    const { conversationId } = await world.writes('Where is my order?');
    const live = await listenTo(`${api.url}/v1/events`, ben);
    const { body } = await make(conversationId, { title: 'Order lost', assigneeId: world.operators.ben });
    const event = await live.until(({ event: name, data }) => name === 'ticket' && data['id'] === body.id, 'the ticket');
    expect(Ticket.strict().parse(event.data)).toMatchObject({ title: 'Order lost', number: body.number });
    await live.until(({ event: name, data }) => name === 'message' && data['code'] === 'ticket_created', 'its line');
    const told = await live.until(({ event: name }) => name === 'notification', 'the notification');
    expect(told.data).toMatchObject({ kind: 'assignment', data: { ticketId: body.id, number: body.number } } satisfies Partial<Notification>);
    await api.call('PATCH', `/v1/tickets/${body.id}`, { token: ben, body: { status: 'pending' } });
    await live.until(({ event: name, data }) => name === 'ticket' && data['status'] === 'pending', 'the change');
    live.close();
    const { body: timeline } = await api.call<Page<TimelineEntry>>('GET', `/v1/conversations/${conversationId}/timeline`, { token: ana });
    expect(timeline.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ticket_created', 'ticket_status']));
  });

  test('is numbered without gaps or doubles, however many are made at once, also where some fail', async () => {
    const own = await api.world({ replyMode: 'off' });
    const token = await operatorToken(own);
    const conversations = await Promise.all(Array.from({ length: 6 }, () => own.writes('Hello')));
    const answers = await Promise.all(
      conversations.flatMap(({ conversationId }) => [
        ...Array.from({ length: 4 }, (_, at) =>
          api.call<TicketWithSnapshot>('POST', `/v1/conversations/${conversationId}/tickets`, { token, body: { title: `T ${at}` } }),
        ),
        api.call<TicketWithSnapshot>('POST', `/v1/conversations/${conversationId}/tickets`, { token, body: { title: 'To nobody', assigneeId: randomUUID() } }),
      ]),
    );
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(6);
    const numbers = answers.filter(({ status }) => status === 201).map(({ body }) => body.number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
  });

  test('asked for twice with one key is one', async () => {
    const { conversationId } = await world.writes('Hello');
    const key = { 'idempotency-key': idempotencyKey() };
    const [one, two] = [await make(conversationId, { title: 'Once' }, key), await make(conversationId, { title: 'Once' }, key)];
    expect(two.body.id).toBe(one.body.id);
    expect((await list(`conversationId=${conversationId}`)).items).toHaveLength(1);
  });

  test('is changed one version after another', async () => {
    const { conversationId } = await world.writes('Hello');
    const { body } = await make(conversationId, { title: 'One' });
    const headers = { 'if-match': '"1"' };
    expect((await api.call('PATCH', `/v1/tickets/${body.id}`, { token: ana, headers, body: { status: 'pending' } })).body).toMatchObject({ version: 2 });
    const late = await api.refused('PATCH', `/v1/tickets/${body.id}`, { token: ben, headers, body: { status: 'solved' } });
    expect(late).toMatchObject({ status: 409, code: 'stale_version', body: { current: { id: body.id, status: 'pending', version: 2 } } });
  });
});

test.each<[string, Record<string, unknown>]>([
  ['no title', {}],
  ['a blank one', { title: '  ' }],
  ['a priority that is none', { title: 'T', priority: 'huge' }],
  ['an assignee who is not here', { title: 'T', assigneeId: randomUUID() }],
  ['a field that nobody knows', { title: 'T', snapshot: {} }],
])('a ticket with %s is refused', async (_, body) => {
  const { conversationId } = await world.writes('Hello');
  expect((await api.refused('POST', `/v1/conversations/${conversationId}/tickets`, { token: ana, body })).code).toBe('invalid');
  expect((await api.refused('POST', `/v1/conversations/${randomUUID()}/tickets`, { token: ana, body: { title: 'T' } })).code).toBe('not_found');
});

test('tickets are listed newest first, page by page, by status, assignee and conversation', async () => {
  const own = await api.world({ replyMode: 'off' });
  const [token, other] = [await operatorToken(own), await operatorToken(own, 'ben')];
  const [one, two] = [await own.writes('One'), await own.writes('Two')];
  const add = async (id: string, body: Record<string, unknown>) => (await api.call<Ticket>('POST', `/v1/conversations/${id}/tickets`, { token, body })).body;
  const first = await add(one.conversationId, { title: 'First' });
  await add(one.conversationId, { title: 'Second', assigneeId: own.operators.ben });
  await add(two.conversationId, { title: 'Third', assigneeId: own.operators.ana });
  await api.call('PATCH', `/v1/tickets/${first.id}`, { token, body: { status: 'solved' } });
  const titles = async (query: string, as = token) => (await list(query, as)).items.map(({ title }) => title);
  expect(await titles('')).toEqual(['Third', 'Second', 'First']);
  expect(await titles('status=open')).toEqual(['Third', 'Second']);
  expect(await titles('assigneeId=me', other)).toEqual(['Second']);
  expect(await titles('assigneeId=none')).toEqual(['First']);
  expect(await titles(`conversationId=${one.conversationId}&status=solved`)).toEqual(['First']);
  expect((await list('', token)).items[0]).not.toHaveProperty('snapshot');
  const page = await list('limit=2', token);
  expect((await list(`limit=2&cursor=${page.nextCursor}`, token)).items.map(({ title }) => title)).toEqual(['First']);
  expect(await titles('', await operatorToken(world))).not.toContain('First');
});

test('the host’s back end reads tickets and sets their status with a key that may', async () => {
  const { conversationId } = await world.writes('Hello');
  const { body: ticket } = await make(conversationId, { title: 'For the tracker' });
  const {
    body: { key },
  } = await api.call<{ key: string }>('POST', '/v1/api-keys', { token: ana, body: { name: 'Tracker', scopes: ['tickets:write'] } });
  expect((await api.call('PATCH', `/v1/tickets/${ticket.id}`, { token: key, body: { status: 'solved' } })).body).toMatchObject({ status: 'solved' });
  expect((await api.refused('GET', '/v1/tickets', { token: key })).code).toBe('forbidden');
  const { body: conversation } = await api.call<Conversation>('GET', `/v1/conversations/${conversationId}`, { token: ana });
  expect(conversation.participants).toEqual([]);
});
