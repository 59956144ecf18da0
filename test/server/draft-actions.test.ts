/** What an agent would do by its skills where its replies wait for a person: planned with the draft, done once with the approval. */
import { expect, test } from 'vitest';
import type { z } from 'zod';
import type { Problem } from '../../server/contract/common.ts';
import type { ApprovedDraft as Approved, Draft } from '../../server/contract/draft.ts';
import { settleLeftCalls } from '../../server/db/skill-calls.ts';
import { json } from '../support/endpoints.ts';
import { until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { useSkills } from '../support/skilled.ts';

type ApprovedDraft = z.infer<typeof Approved>;

const CANARY = 'canary-2f81c7aa90';

let worker: TestProcess;
/** What each call of `/waits` waits for. */
const waits: Promise<void>[] = [];
const { place, make, at, items, runs, writes } = useSkills(
  {
    '/ok': json({ order: 'M-1', state: 'sent' }),
    '/waits': async (request, response, times) => {
      await waits[times - 1];
      await json({ settled: true })(request, response, times);
    },
    '/page': (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>'),
  },
  async () => {
    worker = await place.begin();
    for (const name of ['book_meeting', 'create_ticket']) await make({ name, kind: 'builtin' });
  },
  () => worker.stop(),
);

const startsAt = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const mode = async (replyMode: string) => {
  const agent = (await place.api.call<{ version: number }>('GET', `/v1/agents/${place.world.agents.nova}`, { token: place.token })).body;
  expect(
    (
      await place.api.call('PATCH', `/v1/agents/${place.world.agents.nova}`, {
        token: place.token,
        body: { replyMode },
        headers: { 'if-match': `"${agent.version}"` },
      })
    ).status,
  ).toBe(200);
};
const drafted = (id: string) =>
  until(
    async () => (await place.api.call<{ items: Draft[] }>('GET', `/v1/drafts?conversationId=${id}`, { token: place.token })).body.items[0],
    'a draft',
    20_000,
  );
const approve = (draft: Draft, body: Record<string, unknown> = {}) =>
  place.api.call<ApprovedDraft & Problem>('POST', `/v1/drafts/${draft.id}/approve`, {
    token: place.token,
    body,
    headers: { 'if-match': `"${draft.version}"` },
  });
const booked = async (id: string) =>
  (await place.api.call<{ items: { kind: string }[] }>('GET', `/v1/conversations/${id}/timeline?limit=100`, { token: place.token })).body.items.filter(
    ({ kind }) => kind === 'meeting_booked',
  ).length;
const called = (path: string) => place.endpoint.seen.filter(({ url }) => url.startsWith(path));
const outbound = async (id: string) => (await items(id)).filter(({ direction }) => direction === 'outbound').length;

test('looks things up at once, and does what changes something once with the approval, however many approve', async () => {
  await mode('auto_draft');
  await make({ name: 'lookup', config: at('/ok?lookup', { method: 'GET' }) });
  await make({ name: 'charge', risk: 'high', config: at('/ok?charge', { headers: { 'x-key': '{{apiKey}}' } }), secrets: { apiKey: CANARY } });
  const meeting = { name: 'book_meeting', args: { startsAt: startsAt(20), minutes: 30, about: 'A fitting' } };
  const id = await writes('Book me a fitting', { name: 'lookup', args: {} }, meeting, meeting, { name: 'charge', args: { sum: 5, note: `with ${CANARY}` } });
  const draft = await drafted(id);
  expect(draft.actions).toEqual([
    { key: expect.any(String), skill: 'book_meeting', args: meeting.args, risk: 'low', state: 'proposed', summary: null },
    { key: expect.any(String), skill: 'charge', args: { sum: 5, note: 'with •••' }, risk: 'high', state: 'proposed', summary: null },
  ]);
  expect(draft.because.skills).toEqual(['lookup']);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['lookup']);
  expect(called('/ok?lookup')).toHaveLength(1);
  expect([called('/ok?charge').length, await booked(id)]).toEqual([0, 0]);
  // With others at once it is refused, and nothing is done; what only goes out goes.
  const plain = await drafted(await writes('Only say it'));
  const [alone, along] = await Promise.all([
    approve(draft, { together: true, skip: draft.actions!.map(({ key }) => key) }),
    approve(plain, { together: true }),
  ]);
  expect([alone.status, alone.body.code, along.status]).toEqual([409, 'draft_has_actions', 200]);
  expect(alone.body.current).toMatchObject({ status: 'pending', actions: [{ state: 'proposed' }, { state: 'proposed' }] });
  expect((await approve(draft, { together: true })).body.code).toBe('draft_has_actions');
  expect([called('/ok?charge').length, await booked(id), await outbound(id)]).toEqual([0, 0, 0]);
  const both = await Promise.all([approve(draft), approve(draft)]);
  const won = both.find(({ status }) => status === 200)!;
  expect(won.body.draft.actions?.map(({ state }) => state)).toEqual(['done', 'done']);
  expect([called('/ok?charge').length, await booked(id), await outbound(id)]).toEqual([1, 1, 1]);
  expect(JSON.parse(called('/ok?charge')[0]!.body)).toMatchObject({ data: { conversationId: id, arguments: { sum: 5 } } });
  expect((await runs(id)).map(({ code, author }) => [code, author.kind])).toEqual([
    ['lookup', 'agent'],
    ['charge', 'operator'],
    ['book_meeting', 'operator'],
  ]);
});

test('is not given up while the process of whoever approves is at it', async () => {
  let answered = (): void => {};
  waits.push(new Promise((resolve) => (answered = resolve)));
  await make({ name: 'settle', config: at('/waits') });
  const id = await writes('Settle it', { name: 'settle', args: {} });
  const approved = approve(await drafted(id));
  await until(async () => called('/waits')[0], 'the call');
  await settleLeftCalls(worker.db);
  expect((await runs(id)).map(({ data }) => data?.['outcome'])).toEqual(['running']);
  answered();
  expect((await approved).body).toMatchObject({ draft: { status: 'approved', actions: [{ skill: 'settle', state: 'done' }] } });
});

test('sends nothing where what it would do came to nothing, until a person says to leave that out', async () => {
  await make({ name: 'refuse', config: at('/page?refuse') });
  const id = await writes(
    'Take it back',
    { name: 'refuse', args: {} },
    { name: 'book_meeting', args: { startsAt: startsAt(-1), minutes: 30, about: 'Too late' } },
  );
  const draft = await drafted(id);
  const failed = await approve(draft);
  expect(failed).toMatchObject({
    status: 409,
    body: {
      code: 'skill_failed',
      detail: expect.stringMatching(/^refuse: /),
      current: { status: 'pending', actions: [{ state: 'failed' }, { state: 'proposed' }] },
    },
  });
  const [refuse, late] = draft.actions!.map(({ key }) => key);
  // It is not called again by itself, and what comes after it is not done without being sent.
  expect((await approve(draft, { skip: [refuse] })).body).toMatchObject({
    code: 'skill_failed',
    detail: expect.stringMatching(/^book_meeting: that time is over/),
  });
  expect([called('/page?refuse').length, await booked(id), await outbound(id)]).toEqual([1, 0, 0]);
  expect((await approve(draft, { skip: [refuse, late], text: 'I cannot do that.' })).status).toBe(200);
  expect([called('/page?refuse').length, await outbound(id)]).toEqual([1, 1]);
});

test('does nothing with a draft that was rejected or overtaken, nor what a handoff came before', async () => {
  const meeting = { name: 'book_meeting', args: { startsAt: startsAt(21), minutes: 30, about: 'Nothing' } };
  const id = await writes('Book something', meeting);
  const draft = await drafted(id);
  expect((await place.api.call('POST', `/v1/drafts/${draft.id}/reject`, { token: place.token, body: {} })).status).toBe(200);
  expect((await approve({ ...draft, version: draft.version + 1 })).body.code).toBe('draft_settled');
  const handed = await writes('Book, or a person', meeting, { name: 'hand_off', args: { reason: 'unsure' } });
  await until(async () => (await items(handed)).find(({ code }) => code === 'handed_off'), 'a handoff', 20_000);
  expect((await runs(handed))[0]).toMatchObject({ code: 'book_meeting', data: { ok: false, args: meeting.args } });
  expect([await booked(id), await booked(handed)]).toEqual([0, 0]);
});

test('that sends what is low in risk does what is low in risk at once, and leaves the rest to a person', async () => {
  await mode('controlled');
  const id = await writes('Ticket and meeting', { name: 'create_ticket', args: { title: 'Measure' } }, { name: 'charge', args: { sum: 6 } });
  const draft = await drafted(id);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['create_ticket']);
  expect(draft).toMatchObject({ risk: { reasons: ['skill'] }, actions: [{ skill: 'charge', state: 'proposed' }] });
  expect((await approve(draft)).status).toBe(200);
  expect((await runs(id)).map(({ code }) => code)).toEqual(['create_ticket', 'charge']);
});
