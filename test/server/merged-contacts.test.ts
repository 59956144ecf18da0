/** Ids of contacts that became another lead there, whatever is done by them and however close to the merge. */
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Contact } from '../../server/contract/contact.ts';
import type { Conversation, Counts } from '../../server/contract/conversation.ts';
import type { Merged, Parted } from '../../server/contract/merge.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { until } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
const mail = newId();
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  world = await api.world();
  ana = await operatorToken(world);
  await database.sql`insert into channel_account ${database.sql({ workspaceId: world.workspaceId, id: mail, channel: 'email', name: 'Mail', address: 'care@morrow.example' })}`;
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const post = async <T>(path: string, body: object = {}): Promise<T> => {
  const answer = await api.call<T>('POST', path, { token: ana, body });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};
const see = async (id: string) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token: ana })).body;
const contactOf = async (id: string): Promise<string> => (await see(id)).contact.id;
const writes = async (name: string, more: object = {}) =>
  (await world.writes('Hello', { accountId: mail, channel: 'email', handle: `${name}-${newId()}@example.com`, ...more })).conversationId;
/** Two contacts, with a conversation of each. */
const two = async () => {
  const [from, into] = [await writes('old'), await writes('new')];
  return { from, into, old: await contactOf(from), contact: await contactOf(into) };
};
const merge = (from: string, into: string) => post<Merged>(`/v1/conversations/${from}/merge`, { intoId: into, mergeContacts: true });
const waiting = async (): Promise<boolean> => (await database.sql`select 1 from pg_locks where not granted`).length > 0;

/** Merges two contacts by rows, and commits once a request waits for it. */
async function whileMerging<T>(old: string, contact: string, request: () => Promise<T>): Promise<T> {
  let asked: Promise<T> | undefined;
  await database.sql.begin(async (sql) => {
    await sql`select 1 from contact where id = any(${[old, contact]}::uuid[]) order by id for no key update`;
    await sql`update identity set contact_id = ${contact} where contact_id = ${old}`;
    await sql`update contact set merged_into = ${contact} where id = ${old}`;
    asked = request();
    await until(waiting, 'the request to wait');
  });
  return asked!;
}

test('a person begins a conversation with the contact that another one became, at its addresses and at a new one', async () => {
  const { from, into, old, contact } = await two();
  await merge(from, into);
  for (const handle of [undefined, `third-${newId()}@example.com`]) {
    expect((await post<Conversation>('/v1/conversations', { contactId: old, handle, channelAccountId: mail, text: 'Good day' })).contact.id).toBe(contact);
  }
});

test('the conversations of a contact that became another are that other’s, in the list, its counts, a search and a bulk change', async () => {
  const { from, into, old, contact } = await two();
  await merge(from, into);
  const listed = async (query: string) =>
    (await api.call<{ items: Conversation[] }>('GET', `/v1/conversations?status=any&${query}`, { token: ana })).body.items.map(({ id }) => id);
  const theirs = await listed(`contactId=${contact}`);
  expect(theirs).toContain(into);
  for (const more of ['', '&sort=priority', '&unread=true']) expect(await listed(`contactId=${old}${more}`)).toEqual(theirs);
  expect(await listed(`contactId=${old}&q=hello`)).toEqual(await listed(`contactId=${contact}&q=hello`));
  expect((await api.call<Counts>('GET', `/v1/conversations/counts?status=any&contactId=${old}`, { token: ana })).body.all.total).toBe(theirs.length);
  expect(await listed(`contactId=${newId()}`)).toEqual([]);
  const { results } = await post<{ results: { id: string }[] }>('/v1/conversations/bulk', {
    filter: { contactId: old, status: 'any' },
    set: { priority: 'high' },
  });
  expect(results.map(({ id }) => id)).toEqual(theirs);
});

test('a conversation that somebody begins while its contact becomes another is that other’s', async () => {
  for (const body of [(old: string) => ({ contactId: old }), (_old: string, handle: string) => ({ contact: { handle } })]) {
    const { old, contact } = await two();
    const [identity] = await database.sql<{ handle: string }[]>`select handle from identity where contact_id = ${old}`;
    const begun = await whileMerging(old, contact, () =>
      post<Conversation>('/v1/conversations', { ...body(old, identity!.handle), channelAccountId: mail, text: 'Good day' }),
    );
    expect(begun.contact.id).toBe(contact);
  }
});

test('AI that is paused for a contact while it becomes another is paused for that other', async () => {
  const { into, old, contact } = await two();
  const paused = await whileMerging(old, contact, () => post<Contact>(`/v1/contacts/${old}/pause-ai`, { reason: 'Asked for people' }));
  expect(paused).toMatchObject({ id: contact, aiPaused: { reason: 'Asked for people' } });
  expect(await see(into)).toMatchObject({ contact: { aiPaused: { reason: 'Asked for people' } }, may: { agentReply: { allowed: false } } });
  expect(await post<Contact>(`/v1/contacts/${old}/resume-ai`)).toMatchObject({ id: contact, aiPaused: null });
});

test('what is written of a contact while it becomes another stands with that other', async () => {
  const { old, contact } = await two();
  const written = await whileMerging(
    old,
    contact,
    async () => (await api.call<Contact>('PATCH', `/v1/contacts/${old}`, { token: ana, body: { company: 'Lindqvist' } })).body,
  );
  expect(written).toMatchObject({ id: contact, company: 'Lindqvist' });
});

test('ids are the same in upper case', async () => {
  const { from, into } = await two();
  expect(await merge(from, into.toUpperCase())).toMatchObject({ id: into });
});

test('of two conversations that are parted, only one with an agent is an agent’s', async () => {
  const from = await writes('team');
  const into = (await world.writes('Hello')).conversationId;
  await post(`/v1/conversations/${into}/handoff`);
  const { mergeId } = await merge(from, into);
  expect(await post<Conversation>(`/v1/conversations/${into}/resume`)).toMatchObject({ controller: { kind: 'agent', id: world.agents.nova } });
  const parted = await post<Parted>(`/v1/merges/${mergeId}/undo`);
  expect(parted.conversation).toMatchObject({ agent: null, controller: { kind: 'human', id: null } });
  expect(parted.into).toMatchObject({ agent: { id: world.agents.nova }, controller: { kind: 'agent', id: world.agents.nova } });
});

test('nobody becomes a contact that is to be erased, and nothing of it is parted or goes elsewhere', async () => {
  const { from, into, contact } = await two();
  const { mergeId } = await merge(from, into);
  const other = await writes('other');
  await database.sql`update contact set erasing = '{}' where id = ${contact}`;
  for (const path of [`/v1/merges/${mergeId}/undo`, `/v1/conversations/${other}/merge`, `/v1/conversations/${into}/merge`]) {
    const body = path.endsWith('undo') ? {} : { intoId: path.includes(other) ? into : other, mergeContacts: true };
    expect((await api.call('POST', path, { token: ana, body })).status).toBe(404);
  }
  await database.sql`update contact set erasing = null where id = ${contact}`;
  await post(`/v1/merges/${mergeId}/undo`);
});
