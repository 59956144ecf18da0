/** Contacts as people change them, with what became of them, and the timeline round their conversations. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Contact, ContactChange } from '../../server/contract/contact.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import { idempotencyKey, operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let token: string;
let contact: Contact;
let conversationId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
});
beforeEach(async () => {
  world = await api.world();
  token = await operatorToken(world);
  ({ conversationId } = await world.writes('Hello'));
  const { contact: ref } = (await api.call<Conversation>('GET', `/v1/conversations/${conversationId}`, { token })).body;
  contact = (await api.call<Contact>('GET', `/v1/contacts/${ref.id}`, { token })).body;
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const patch = (body: object, by = token, version?: number) =>
  api.call<Contact>('PATCH', `/v1/contacts/${contact.id}`, { token: by, body, headers: version === undefined ? {} : { 'if-match': `"${version}"` } });
const history = (query = '') => api.call<{ items: ContactChange[]; nextCursor: string | null }>('GET', `/v1/contacts/${contact.id}/history${query}`, { token });
const timeline = async (kind = '') =>
  (await api.call<{ items: TimelineEntry[] }>('GET', `/v1/conversations/${conversationId}/timeline${kind && `?kind=${kind}`}`, { token })).body.items;
const keyOf = async (scopes: string[]) => (await api.call<{ key: string }>('POST', '/v1/api-keys', { token, body: { name: 'CRM', scopes } })).body.key;
const logs = (kind: string, text: string, data = {}) =>
  api.call('POST', `/v1/conversations/${conversationId}/timeline`, { token, body: { kind, text, data }, headers: { 'idempotency-key': idempotencyKey() } });

test('what is changed of a contact stands in its history: who, when, before and after', async () => {
  const ben = await operatorToken(world, 'ben');
  await patch({ name: 'Marta O.', company: 'Casa Oliveira', attributes: { plan: 'gold' } });
  await patch({ company: null, attributes: { plan: 'silver', city: 'Porto' } }, ben);
  const { items } = (await history()).body;
  expect(items.map(({ by, changes }) => [by.name, changes])).toEqual([
    [
      'Ben Okafor',
      [
        { field: 'company', before: 'Casa Oliveira', after: null },
        { field: 'attributes.plan', before: 'gold', after: 'silver' },
        { field: 'attributes.city', before: null, after: 'Porto' },
      ],
    ],
    [
      'Ana Duarte',
      [
        { field: 'name', before: 'Marta Oliveira', after: 'Marta O.' },
        { field: 'company', before: null, after: 'Casa Oliveira' },
        { field: 'attributes.plan', before: null, after: 'gold' },
      ],
    ],
  ]);
  expect(Date.parse(items[0]!.at)).toBeGreaterThanOrEqual(Date.parse(items[1]!.at));
});

test('what stays the same is no change, and the history goes on page by page', async () => {
  await patch({ name: contact.name });
  expect((await history()).body.items).toEqual([]);
  for (const company of ['A', 'B', 'C']) await patch({ company });
  const first = (await history('?limit=2')).body;
  const rest = (await history(`?limit=2&cursor=${first.nextCursor}`)).body;
  expect([...first.items, ...rest.items].map(({ changes }) => changes[0]!.after)).toEqual(['C', 'B', 'A']);
  expect(rest.nextCursor).toBeNull();
});

test('a pause of AI and its end stand there with their reasons', async () => {
  await api.call('POST', `/v1/contacts/${contact.id}/pause-ai`, {
    token,
    body: { reason: 'Legal asked for it' },
    headers: { 'idempotency-key': idempotencyKey() },
  });
  await api.call('POST', `/v1/contacts/${contact.id}/resume-ai`, { token, body: {}, headers: { 'idempotency-key': idempotencyKey() } });
  expect((await history()).body.items.map(({ changes, reason }) => [changes[0], reason])).toEqual([
    [{ field: 'aiPaused', before: true, after: false }, null],
    [{ field: 'aiPaused', before: false, after: true }, 'Legal asked for it'],
  ]);
});

test('what is wrong is refused in its field, and nothing of it is written', async () => {
  for (const [body, path] of [
    [{ email: 'marta@' }, 'email'],
    [{ name: '  ' }, 'name'],
    [{ language: 'klingonish' }, 'language'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ phone: 'call me' }, 'phone'],
  ] as const) {
    const answer = await api.refused('PATCH', `/v1/contacts/${contact.id}`, { token, body });
    expect([path, answer.status, answer.body.errors?.[0]?.path]).toEqual([path, 422, path]);
  }
  expect((await history()).body.items).toEqual([]);
  expect((await patch({ email: 'marta@casa.example', language: 'pt-pt', timeZone: 'Europe/Lisbon', phone: '+351 912 555 016' })).body).toMatchObject({
    language: 'pt-PT',
    timeZone: 'Europe/Lisbon',
  });
});

test('of two who change it at once, the second is shown what the first made of it', async () => {
  const { version } = contact;
  await patch({ company: 'Casa' }, token, version);
  const late = await api.refused('PATCH', `/v1/contacts/${contact.id}`, {
    token: await operatorToken(world, 'ben'),
    body: { company: 'Oliveira' },
    headers: { 'if-match': `"${version}"` },
  });
  expect([late.status, late.code]).toEqual([409, 'stale_version']);
  expect(late.body.current).toMatchObject({ company: 'Casa' });
});

test('the timeline shows what happened, and those kinds only that are asked for', async () => {
  await api.call('POST', `/v1/conversations/${conversationId}/assume`, { token, body: {}, headers: { 'idempotency-key': idempotencyKey() } });
  await api.call('POST', `/v1/conversations/${conversationId}/notes`, { token, body: { text: 'Be kind' } });
  await api.call('POST', `/v1/conversations/${conversationId}/tickets`, { token, body: { title: 'Leaks' }, headers: { 'idempotency-key': idempotencyKey() } });
  await logs('meeting_booked', 'Service review', { startsAt: '2026-12-01T10:00:00.000Z' });
  await logs('opportunity_stage', 'Second site moved to Proposal', { stage: 'Proposal' });
  const all = (await timeline()).map(({ kind }) => kind);
  expect(all).toEqual(expect.arrayContaining(['assumed', 'note', 'ticket_created', 'meeting_booked', 'opportunity_stage', 'message']));
  expect((await timeline('meeting_booked,opportunity_stage')).map(({ kind }) => kind)).toEqual(['opportunity_stage', 'meeting_booked']);
  expect((await timeline('control')).map(({ kind }) => kind)).toEqual(['assumed']);
  expect((await timeline('ticket')).map(({ kind }) => kind)).toEqual(['ticket_created']);
  expect((await timeline('note')).map(({ text }) => text)).toEqual(['Be kind']);
  expect((await timeline('message')).map(({ text }) => text)).toEqual(['Hello']);
  expect(await timeline('ai')).toEqual([]);
  const odd = await api.refused('GET', `/v1/conversations/${conversationId}/timeline?kind=gossip`, { token });
  expect([odd.status, odd.code]).toEqual([422, 'invalid']);
});

test('a host’s own system logs by its key, where the key may', async () => {
  const body = { kind: 'sequence_enrolled', text: 'Enrolled in Café care', data: { sequence: 'Café care' }, at: '2026-11-01T09:00:00+01:00' };
  const path = `/v1/conversations/${conversationId}/timeline`;
  const logged = await api.call<TimelineEntry>('POST', path, {
    token: await keyOf(['timeline:write']),
    body,
    headers: { 'idempotency-key': idempotencyKey() },
  });
  expect(logged).toMatchObject({
    status: 201,
    body: { kind: 'sequence_enrolled', data: { sequence: 'Café care' }, at: '2026-11-01T08:00:00.000Z', actor: { kind: 'system' } },
  });
  expect((await api.refused('POST', path, { token: await keyOf(['conversations:read']), body, headers: { 'idempotency-key': idempotencyKey() } })).status).toBe(
    403,
  );
});

test('what people did on LinkedIn is logged by hand and by a key with that scope alone, and stands in the timeline by its time', async () => {
  const path = `/v1/conversations/${conversationId}/timeline`;
  const key = await keyOf(['timeline:write']);
  const log = (activity: string, text: string, at: string, by = token) =>
    api.call('POST', path, { token: by, body: { kind: 'linkedin', text, data: { activity }, at } });
  expect((await log('connection_request', 'Accepted ours', '2026-11-20T10:00:00Z')).status).toBe(201);
  expect((await log('message', 'Asked about prices', '2026-11-21T12:00:00+01:00', key)).status).toBe(201);
  expect((await log('comment', 'On our post', '2026-11-20T18:00:00Z', key)).status).toBe(201);
  expect((await api.call('GET', path, { token: key })).status).toBe(403);
  expect((await timeline('linkedin')).map(({ text, data, at, actor }) => [text, data, at, actor.name])).toEqual([
    ['Asked about prices', { activity: 'message' }, '2026-11-21T11:00:00.000Z', 'CRM'],
    ['On our post', { activity: 'comment' }, '2026-11-20T18:00:00.000Z', 'CRM'],
    ['Accepted ours', { activity: 'connection_request' }, '2026-11-20T10:00:00.000Z', 'Ana Duarte'],
  ]);
});
