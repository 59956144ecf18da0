/** What agents do by skills: once, only while they have the word, and never again where nobody knows whether it was done. */
import { describe, expect, test } from 'vitest';
import { claimRun } from '../../server/db/runs.ts';
import { callOutside, callWithin, wordOf } from '../../server/db/skill-calls.ts';
import { bookMeeting } from '../../server/db/skill-acts.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { operatorToken } from '../support/api.ts';
import { until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { skillAnswers } from '../support/skill-answers.ts';
import { useSkills } from '../support/skilled.ts';

let worker: TestProcess | undefined;
/** A process that runs no jobs and does not beat. */
let alone: TestProcess;
const { answers, release, goOn } = skillAnswers('canary-1d0e6b83c2', () => place.endpoint.url);

const { place, make, at, items, runs, writes, replied } = useSkills(
  answers,
  async () => {
    for (const name of ['add_tag', 'book_meeting', 'cancel_meeting', 'create_ticket', 'set_opportunity_stage'])
      await make({ name, kind: 'builtin', config: name === 'set_opportunity_stage' ? { stages: ['Won', 'Lost'] } : {} });
    alone = await place.begin(false);
  },
  async () => {
    release();
    goOn();
    await worker?.stop();
    await alone.stop();
  },
);

describe('an agent that is no longer asked', () => {
  test('that has lost the word begins nothing', async () => {
    const other = await place.api.world();
    const { workspaceId } = other;
    const token = await operatorToken(other);
    const { conversationId } = await other.writes('What does it cost?');
    const run = (await claimRun(alone.db, workspaceId, conversationId))!;
    expect((await place.api.call('POST', `/v1/conversations/${conversationId}/assume`, { token, body: {} })).status).toBe(200);
    let made = 0;
    const call = { key: 'one', skill: 'refund', args: {} };
    expect(await callOutside(alone.db, wordOf(alone.db, run), call, async () => ({ result: (made += 1), summary: '', ok: true }))).toBeNull();
    expect(
      await callWithin(wordOf(alone.db, run), call, async (held, by) => ({
        result: await bookMeeting(held, by, { startsAt: '2099-01-01T10:00:00.000Z', minutes: 30, about: 'x' }),
        summary: '',
      })),
    ).toBeNull();
    expect(made).toBe(0);
    const [left] = await alone.db.sql<
      { lines: number; entries: number }[]
    >`select (select count(*)::int from line where conversation_id = ${conversationId} and kind = 'skill') as lines, (select count(*)::int from activity where conversation_id = ${conversationId}) as entries`;
    expect(left).toEqual({ lines: 0, entries: 0 });
  });

  test('whose process ends while it calls leaves it unknown, and nobody calls again', async () => {
    await make({ name: 'pay', config: at('/paid', { timeoutMs: 20_000 }) });
    const id = await writes('Pay my bill', { name: 'pay', args: { bill: 7 } });
    const turn = runTurn(alone.deps, place.world.workspaceId, id);
    await until(async () => place.endpoint.at('/paid')[0], 'the call');
    worker = await place.begin();
    await replied(id);
    await until(async () => (await runs(id))[0]?.data?.['outcome'] === 'unknown', 'the doubt');
    expect(place.endpoint.at('/paid')).toHaveLength(1);
    expect(await runs(id)).toHaveLength(1);
    expect(JSON.stringify(place.model.requests.at(-1)!.body.messages)).toContain('It is not known whether this was done');
    expect(JSON.parse(place.model.requests.at(-1)!.user)).toMatchObject({ made: [{ skill: 'pay', args: { bill: 7 } }] });
    expect((await place.api.call('GET', `/v1/conversations/${id}`, { token: place.token })).body).toMatchObject({
      requiresAction: true,
      requiresReason: 'skill_unknown',
    });
    release();
    await turn;
    // It was only silent, and knows after all.
    const [settled] = await runs(id);
    expect(settled).toMatchObject({ code: 'pay', data: { ok: true, result: { paid: true } } });
    expect(settled!.data).not.toHaveProperty('outcome');
    expect((await items(id)).filter((item) => item.direction === 'outbound')).toHaveLength(1);
  });
});

describe('an agent', () => {
  test('books, cancels, makes a ticket, tags and sets a stage, each once and in the timeline', async () => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const meeting = { name: 'book_meeting', args: { startsAt, minutes: 30, about: 'A new machine' } };
    const id = await writes(
      'Can we meet tomorrow',
      meeting,
      meeting,
      { name: 'create_ticket', args: { title: 'Send an offer' } },
      { name: 'set_opportunity_stage', args: { stage: 'won' } },
      { name: 'cancel_meeting', args: { reason: 'Ill' } },
    );
    await replied(id);
    const { items: entries } = (
      await place.api.call<{ items: { kind: string; data: Record<string, unknown>; actor: { kind: string; name: string } }[] }>(
        'GET',
        `/v1/conversations/${id}/timeline?limit=100`,
        { token: place.token },
      )
    ).body;
    const done = entries
      .filter(({ kind }) => /^(meeting|opportunity|ticket_created)/.test(kind))
      .map(({ kind, actor }) => [kind, actor.name])
      .toReversed();
    expect(done).toEqual([
      ['meeting_booked', 'Nova'],
      ['ticket_created', 'Nova'],
      ['opportunity_stage', 'Nova'],
      ['meeting_cancelled', 'Nova'],
    ]);
    expect(entries.find(({ kind }) => kind === 'opportunity_stage')?.data).toMatchObject({ stage: 'Won', from: null });
    expect((await runs(id)).map(({ code }) => code)).toEqual(['book_meeting', 'create_ticket', 'set_opportunity_stage', 'cancel_meeting']);
    const [ticket] = (await place.api.call<{ items: { title: string; conversationId: string }[] }>('GET', '/v1/tickets', { token: place.token })).body.items;
    expect(ticket).toMatchObject({ title: 'Send an offer', conversationId: id });
  });

  test('never acts after a takeover, and tells what came of a call that was out before', async () => {
    const refund = await make({ name: 'refund', risk: 'high', config: at('/held', { timeoutMs: 20_000 }) });
    const id = await writes('Refund me please', { name: 'refund', args: { order: 'M-9' } });
    await until(async () => place.endpoint.at('/held')[0], 'the call');
    expect((await runs(id))[0]).toMatchObject({ code: 'refund', data: { outcome: 'running', args: { order: 'M-9' } } });
    const { headers, body } = place.endpoint.at('/held')[0]!;
    expect(headers.get('idempotency-key')).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(body)).toMatchObject({ data: { conversationId: id, contact: { customerId: null } } });
    expect((await place.api.call('POST', `/v1/conversations/${id}/assume`, { token: place.token, body: {} })).status).toBe(200);
    goOn();
    await until(async () => (await runs(id))[0]?.data?.['outcome'] === undefined, 'the result');
    expect((await runs(id))[0]).toMatchObject({ text: 'refunded true', data: { ok: true, result: { refunded: true } } });
    expect((await items(id)).filter((item) => item.direction === 'outbound')).toEqual([]);
    await place.api.call('PATCH', `/v1/skills/${refund.id}`, { token: place.token, body: { active: false } });
  });
});
