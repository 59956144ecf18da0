import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import type { Merged, Parted } from '../../server/contract/merge.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Answer } from '../../server/db/settle-delivery.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';

let database: TestDatabase;
let api: TestApi;
const workers: TestProcess[] = [];
/** Messages that a provider is asked to take; each waits for its answer. */
const asked: { text: string; answer: (answer: Answer) => void }[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  for (let n = 0; n < 2; n += 1) {
    workers.push(
      await startProcess(database, {
        messenger: { isIdempotent: () => false, send: (_workspaceId, { text }) => new Promise((answer) => void asked.push({ text, answer })) },
      }),
    );
  }
});
afterAll(async () => {
  for (const worker of workers) await worker.stop();
  await api.stop();
  await database.close();
});

const deadlocks = async (): Promise<number> =>
  Number((await database.sql`select deadlocks from pg_stat_database where datname = current_database()`)[0]!.deadlocks);

/** Waits until nothing is due and nobody is at work any more. */
const quiet = (workspaceId: string) =>
  until(
    async () =>
      (
        await database.sql`select 1 from conversation where workspace_id = ${workspaceId} and (run_due_at is not null or run_owner is not null or deliver_owner is not null)
    union all select 1 from message where workspace_id = ${workspaceId} and delivery_status in ('queued', 'sending')`
      ).length === 0,
    'everything to be done',
    30_000,
  );

describe('a merge against everything at once', () => {
  it('loses nothing, ends crossing merges in one, leaves no deadlock, and lets no agent speak once a person has the word', async () => {
    const world = await api.world({ replyMode: 'auto_send' });
    const { workspaceId } = world;
    const token = await operatorToken(world);
    const post = (path: string, body: unknown = {}) => api.call<Merged & Conversation & Parted>('POST', path, { token, body });
    const before = await deadlocks();
    const rounds = 12;
    for (let round = 0; round < rounds; round += 1) {
      const [a, b] = [await world.writes('When are you open?'), await world.writes('How long does delivery take?')];
      const [one, other] = [`/v1/conversations/${a.conversationId}`, `/v1/conversations/${b.conversationId}`];
      const answers = await Promise.all([
        post(`${one}/merge`, { intoId: b.conversationId, mergeContacts: true }),
        post(`${other}/merge`, { intoId: a.conversationId, mergeContacts: true }),
        ...[a, b, a, b].map(({ handle }, n) => world.writes(`And another question, ${n}`, { handle }).then(() => ({ status: 201, body: {} }))),
        ...(round % 2 ? [post(`${one}/assume`), post(`${other}/assume`)] : []),
        post(`${one}/notes`, { text: 'a note' }),
        post(`${other}/read`, { seq: 1 }),
      ]);
      expect(
        answers.filter(({ status }) => status >= 500),
        JSON.stringify(answers.map(({ status }) => status)),
      ).toEqual([]);
      expect(
        answers
          .slice(0, 2)
          .map(({ status }) => status)
          .toSorted(),
      ).toEqual([200, 409]);
      const { mergeId } = answers.slice(0, 2).find(({ status }) => status === 200)!.body as Merged;
      if (round % 3 !== 0) continue;
      const undone = await Promise.all([
        post(`/v1/merges/${mergeId}/undo`),
        post(`/v1/merges/${mergeId}/undo`),
        world.writes('Once more', { handle: a.handle }).then(() => ({ status: 201 })),
      ]);
      expect(
        undone
          .slice(0, 2)
          .map(({ status }) => status)
          .toSorted(),
      ).toEqual([200, 409]);
    }
    await quiet(workspaceId);
    expect((await deadlocks()) - before).toBe(0);
    const wrong = await database.sql`
      select c.id, c.last_seq, c.inbound_count, i.n, i.inbound, i.top from conversation c, lateral (
        select count(*)::int as n, (count(*) filter (where inbound))::int as inbound, coalesce(max(seq), 0) as top, count(distinct seq)::int as places from (
          select seq, direction = 'inbound' as inbound from message where conversation_id = c.id union all select seq, false from note where conversation_id = c.id union all select seq, false from line where conversation_id = c.id) x) i
      where c.workspace_id = ${workspaceId} and c.merged_into is null and (c.last_seq <> i.n or i.top <> i.n or i.places <> i.n or c.inbound_count <> i.inbound)`;
    expect(wrong).toEqual([]);
    const [inbound] = await database.sql`select count(*)::int as n from message where workspace_id = ${workspaceId} and direction = 'inbound'`;
    expect(inbound!.n).toBe(rounds * 6 + Math.ceil(rounds / 3));
    const stranded =
      await database.sql`select m.id from message m join conversation c on c.id = m.conversation_id where m.workspace_id = ${workspaceId} and c.merged_into is not null`;
    expect(stranded).toEqual([]);
    // What an agent sent by itself after both the merge and a person's taking over.
    const leaked = await database.sql`
      select m.id from conversation_merge g join line l on l.workspace_id = g.workspace_id and l.code = 'assumed' and (l.id = any(g.from_items || g.into_items) or (l.conversation_id = g.into_id and g.undone_at is null))
        join message m on m.workspace_id = g.workspace_id and m.conversation_id = g.into_id and m.sent_by ->> 'kind' = 'agent'
      where g.workspace_id = ${workspaceId} and g.undone_at is null and m.delivery_status = 'sent' and m.delivery_at > greatest(g.created_at, l.created_at)`;
    expect(leaked).toEqual([]);
    const mixed =
      await database.sql`select m.id from message m join identity i on i.id = m.identity_id join conversation c on c.id = m.conversation_id where m.workspace_id = ${workspaceId} and i.contact_id <> c.contact_id`;
    expect(mixed).toEqual([]);
  }, 90_000);

  it('keeps a message that its provider is just taking, whose conversation is merged and parted meanwhile', async () => {
    const world = await api.world();
    const { workspaceId } = world;
    const token = await operatorToken(world);
    const [account, texts] = [newId(), ['first', 'second'] as const];
    await database.sql`insert into channel_account ${database.sql({ workspaceId, id: account, channel: 'sms', name: 'SMS', address: '+3519', agentId: null })}`;
    const writes = (handle: string) => world.writes('Hi', { accountId: account, channel: 'sms', handle, from: { handle } } as never);
    const [a, b] = [await writes('+351911'), await writes('+351922')];
    for (const text of texts) {
      const path = `/v1/conversations/${a.conversationId}`;
      expect(await api.call('POST', `${path}/messages`, { token, body: { text, assume: true } })).toMatchObject({ status: 201 });
      const taken = await until(async () => asked.find((one) => one.text === text), 'the provider to be asked');
      const merged = await api.call<Merged>('POST', `${path}/merge`, { token, body: { intoId: b.conversationId, mergeContacts: true } });
      expect(merged.status).toBe(200);
      // A delivery in the target does not take it for one that was left.
      expect(
        await api.call('POST', `/v1/conversations/${b.conversationId}/messages`, { token, body: { text: `${text} of the other`, assume: true } }),
      ).toMatchObject({ status: 201 });
      const next = await until(async () => asked.find((one) => one.text === `${text} of the other`), 'the next one');
      if (text === 'second') expect(await api.call('POST', `/v1/merges/${merged.body.mergeId}/undo`, { token })).toMatchObject({ status: 200 });
      taken.answer({ status: 'sent', externalId: newId() });
      next.answer({ status: 'sent', externalId: newId() });
      await quiet(workspaceId);
      const rows = await database.sql<
        { deliveryStatus: string; conversationId: string }[]
      >`select delivery_status, conversation_id from message where workspace_id = ${workspaceId} and text = ${text}`;
      expect(rows).toEqual([{ deliveryStatus: 'sent', conversationId: text === 'second' ? a.conversationId : b.conversationId }]);
      if (text === 'first') expect(await api.call('POST', `/v1/merges/${merged.body.mergeId}/undo`, { token })).toMatchObject({ status: 200 });
    }
  }, 60_000);
});
