import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Operation } from '../../server/contract/operation.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

interface Outcome {
  operationId: string;
  results: { id: string; ok: boolean; code?: string }[];
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
  await database.sql`insert into tag ${database.sql(['VIP', 'Hot Lead'].map((name) => ({ workspaceId: world.workspaceId, id: newId(), name })))}`;
});
afterAll(async () => {
  await api.stop();
  await database.close();
});

const conversations = async (many: number): Promise<string[]> =>
  (await Promise.all(Array.from({ length: many }, () => world.writes('Hello')))).map(({ conversationId }) => conversationId);
const see = async (id: string, token = ana) => (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
const bulk = (body: object, headers: Record<string, string> = {}, token = ana) => api.call<Outcome>('POST', '/v1/conversations/bulk', { token, body, headers });
const undo = (operationId: string, token = ana) => api.call<Outcome>('POST', `/v1/operations/${operationId}/undo`, { token });
const follow = async (operationId: string, token = ana) => (await api.call<Operation>('GET', `/v1/operations/${operationId}`, { token })).body;

/** What of a conversation a bulk operation may touch. */
const shown = ({ status, assignee, department, tags, requiresAction, waitingSince, unread, replyModeOverride }: Conversation) => ({
  status,
  assignee: assignee?.id,
  department: department?.id,
  tags,
  requiresAction,
  waitingSince,
  unread,
  replyModeOverride,
});

/** As if the process had ended: nothing of a step that comes so far is written. */
async function endingAt<T>(place: number, work: () => Promise<T>): Promise<T> {
  await database.sql.unsafe(`create function ends() returns trigger language plpgsql as $$ begin if new.place > ${place} then raise exception 'the process ends here'; end if; return new; end $$;
    create trigger ends before insert or update on operation_row for each row execute function ends()`);
  try {
    return await work();
  } finally {
    await database.sql.unsafe('drop function ends cascade');
  }
}

describe('a bulk operation', () => {
  it('changes each conversation wholly or not at all, says what became of it, and puts all of it back', async () => {
    const ids = await conversations(40);
    const snoozed = ids[7]!;
    await api.call('PATCH', `/v1/conversations/${snoozed}`, { token: ana, body: { status: 'closed', tags: ['Hot Lead'] } });
    const before = await Promise.all(ids.map((id) => see(id)));
    const nowhere = newId();
    // A closed conversation cannot be put off; with it, nothing else of the change happens to it either.
    const { body } = await bulk({
      ids: [...ids, nowhere],
      set: { addTags: ['VIP'], assigneeId: world.operators.ben, read: true, snoozedUntil: 'next_message' },
    });
    expect(body.results.map(({ id }) => id)).toEqual([...ids, nowhere]);
    expect(body.results.filter(({ ok }) => !ok)).toEqual([
      { id: snoozed, ok: false, code: 'invalid' },
      { id: nowhere, ok: false, code: 'not_found' },
    ]);
    expect(shown(await see(snoozed))).toEqual(shown(before[7]!));
    expect(await see(ids[0]!)).toMatchObject({ unread: 0, assignee: { id: world.operators.ben }, tags: [{ name: 'VIP' }], snoozedUntil: 'next_message' });
    expect(await follow(body.operationId)).toMatchObject({ status: 'done', total: 41, done: 41, refused: 2 });
    expect((await undo(body.operationId)).body.results).toHaveLength(39);
    expect((await Promise.all(ids.map((id) => see(id)))).map(shown)).toEqual(before.map(shown));
    expect(await follow(body.operationId)).toMatchObject({ status: 'undone' });
    expect(await undo(body.operationId)).toMatchObject({ status: 409, body: { code: 'already_undone', current: { id: body.operationId, status: 'undone' } } });
  });

  it('brings closed conversations back as they were, waiting and all, but leaves what somebody did since', async () => {
    const [kept, taken] = (await conversations(2)) as [string, string];
    await database.sql`update conversation set requires_action = true, requires_reason = 'unanswered' where id = any(${[kept, taken]}::uuid[])`;
    const before = await see(kept);
    expect(before).toMatchObject({ requiresAction: true, waitingSince: expect.any(String) as string });
    const { body } = await bulk({ ids: [kept, taken], set: { status: 'closed', assigneeId: world.operators.ben } });
    await api.call('PATCH', `/v1/conversations/${taken}`, { token: ben, body: { assigneeId: world.operators.ana } });
    expect((await undo(body.operationId)).body.results).toEqual([
      { id: kept, ok: true },
      { id: taken, ok: false, code: 'changed_since' },
    ]);
    expect(shown(await see(kept))).toEqual(shown(before));
    expect(await see(taken)).toMatchObject({ status: 'open', assignee: { id: world.operators.ana } });
  });

  it('puts off again what it closed, and leaves when somebody else wants it back', async () => {
    const ids = (await conversations(2)) as [string, string];
    const later = '2100-01-01T00:00:00.000Z';
    const wishes = async () => Promise.all(ids.map(async (id) => (await see(id)).snoozedUntil));
    for (const id of ids) await api.call('PATCH', `/v1/conversations/${id}`, { token: ben, body: { snoozedUntil: later } });
    const closing = await bulk({ ids, set: { status: 'closed' } });
    expect(await wishes()).toEqual([null, null]);
    await undo(closing.body.operationId);
    expect(await wishes()).toEqual([later, later]);

    const { body } = await bulk({ ids, set: { snoozedUntil: '2100-01-02T02:00:00+02:00' } });
    await api.call('PATCH', `/v1/conversations/${ids[1]}`, { token: ben, body: { snoozedUntil: 'next_message' } });
    expect((await undo(body.operationId)).body.results).toEqual([
      { id: ids[0], ok: true },
      { id: ids[1], ok: false, code: 'changed_since' },
    ]);
    expect(await wishes()).toEqual([later, 'next_message']);
  });

  it('covers what the filter held when it began, each once', async () => {
    const ids = await conversations(30);
    await Promise.all(ids.map((id) => api.call('PATCH', `/v1/conversations/${id}`, { token: ana, body: { priority: 'urgent' } })));
    const { body } = await bulk({ filter: { priority: 'urgent' }, set: { status: 'closed' } });
    expect(body.results.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(new Set(body.results.map(({ ok }) => ok))).toEqual(new Set([true]));
  });

  it('is done once under one key, and what was cut short goes on or is put back', async () => {
    const ids = await conversations(60);
    const request = { ids, set: { status: 'closed' } };
    const key = { 'idempotency-key': 'close-them' };
    const cut = await endingAt(30, () => bulk(request, key));
    expect(cut.status).toBe(500);
    const closed = async () => (await Promise.all(ids.map((id) => see(id)))).filter(({ status }) => status === 'closed').length;
    expect(await closed()).toBe(25);
    const [one, other] = await Promise.all([bulk(request, key), bulk(request, key)]);
    expect(one.body).toEqual(other.body);
    expect(one.body.results).toEqual(ids.map((id) => ({ id, ok: true })));
    const lines = await database.sql`select from line where conversation_id = any(${ids}::uuid[]) and code = 'closed'`;
    expect(lines).toHaveLength(60);
    expect((await api.refused('POST', '/v1/conversations/bulk', { token: ana, body: { ...request, set: { status: 'archived' } }, headers: key })).code).toBe(
      'key_reused',
    );
    expect((await endingAt(30, () => undo(one.body.operationId))).status).toBe(500);
    expect(await closed()).toBe(35);
    expect((await undo(one.body.operationId)).body.results).toHaveLength(60);
    expect(await closed()).toBe(0);
  });

  it('can be followed, cancelled and undone by who began it, under an id of its own choosing', async () => {
    const ids = await conversations(60);
    const operationId = newId();
    expect((await endingAt(30, () => bulk({ operationId, ids, set: { departmentId: null } }))).status).toBe(500);
    expect(await follow(operationId)).toMatchObject({ id: operationId, status: 'running', total: 60, done: 25, refused: 0 });
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/undo'],
    ] as const) {
      expect((await api.refused(method, `/v1/operations/${operationId}${path}`, { token: ben })).code).toBe('not_found');
    }
    expect((await api.call<Operation>('POST', `/v1/operations/${operationId}/cancel`, { token: ana })).body).toMatchObject({ status: 'cancelled', done: 25 });
    const { body } = await bulk({ operationId, ids, set: { departmentId: null } });
    expect(body.results.slice(0, 25).every(({ ok }) => ok)).toBe(true);
    expect(body.results.slice(25)).toEqual(ids.slice(25).map((id) => ({ id, ok: false, code: 'cancelled' })));
    expect((await undo(operationId)).body.results).toHaveLength(25);
    expect((await see(ids[0]!)).department?.id).toBe(world.departments.care);
  });
});
