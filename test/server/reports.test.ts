import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import type { AnswerReport, DraftReport, HandoffReport, ImproveReport, OverviewReport, TimeReport } from '../../server/contract/report.ts';
import { foldReports } from '../../server/db/report-figures.ts';
import { dayIn } from '../../server/domain/report.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { pick, randomOf } from '../support/merge-worlds.ts';
import { startProcess } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { playTeam } from '../support/report-play.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: TestProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  worker = await startProcess(database, { worker: false });
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await database.close();
});

/** Seconds as a report tells them: in the middle of a step. */
const told = (seconds: number): number => Math.round(10 ** ((Math.floor(100 * Math.log10(1 + seconds)) + 0.5) / 100) - 1);
const ranked = (sorted: readonly number[], share: number): number | null => (sorted.length > 0 ? told(sorted[Math.ceil(share * sorted.length) - 1]!) : null);
const tally = (keys: readonly string[]): Record<string, number> =>
  keys.reduce<Record<string, number>>((sums, key) => ({ ...sums, [key]: (sums[key] ?? 0) + 1 }), {});
const asker = async (world: World) => {
  const token = await operatorToken(world, 'ben');
  return async <T>(path: string): Promise<T> => {
    const { status, body, text } = await api.call<T>('GET', `/v1/reports/${path}`, { token });
    expect([status, status === 200 ? '' : text]).toEqual([200, '']);
    return body;
  };
};

describe('reports of what a team did', () => {
  it.each([1, 2, 3])('come to what the rows say, played at random through the API (%i)', async (seed) => {
    const random = randomOf(seed * 7_919);
    const world = await api.world({ replyMode: seed === 2 ? 'auto_draft' : 'auto_send' });
    const { workspaceId } = world;
    const { sql } = database;
    const { openings, handoffs } = await playTeam({ api, database, worker }, world, random);

    const ask = await asker(world);
    const report = await ask<HandoffReport>('handoffs?by=trigger');
    expect(report.total).toMatchObject({ conversations: openings, handoffs: handoffs.length });
    const byTrigger = tally(handoffs.map(({ trigger }) => trigger));
    expect(Object.fromEntries(report.items.map(({ key, handoffs: n }) => [key, n]))).toEqual(byTrigger);
    const waits = handoffs.flatMap(({ at, answered }) => (answered ? [(answered.getTime() - at.getTime()) / 1_000] : [])).toSorted((a, b) => a - b);
    expect(report.total).toMatchObject({ answered: waits.length, waitMedian: ranked(waits, 0.5), waitP90: ranked(waits, 0.9), waitLongest: ranked(waits, 1) });

    const routes = await sql<
      { label: string; n: number }[]
    >`select coalesce(r.label, '') as label, count(*)::int as n from report_handoff h left join route r on r.workspace_id = h.workspace_id and r.id = h.route_id where h.workspace_id = ${workspaceId} group by 1`;
    expect(Object.fromEntries((await ask<HandoffReport>('handoffs?by=route')).items.map(({ label, handoffs: n }) => [label, n]))).toEqual(
      Object.fromEntries(routes.map(({ label, n }) => [label, n])),
    );

    const [answers] = await sql<Record<'agent' | 'approved' | 'edited' | 'person', number>[]>`
      select count(*) filter (where author_kind = 'agent' and approved_by is null)::int as agent, count(*) filter (where approved_by is not null and edited_by is null)::int as approved,
        count(*) filter (where edited_by is not null)::int as edited, count(*) filter (where author_kind = 'operator')::int as person
      from message where workspace_id = ${workspaceId} and direction = 'outbound' and author_kind <> 'system' and delivery_status in ('sent', 'delivered', 'read')`;
    expect((await ask<AnswerReport>('answers')).total).toMatchObject(answers!);
    const drafts = await sql<
      { status: string; text: string; finalText: string | null }[]
    >`select status, text, final_text from draft where workspace_id = ${workspaceId}`;
    const settled = (status: string) => drafts.filter((draft) => draft.status === status);
    const changed = settled('edited').map(({ text, finalText }) => {
      const words = text.split(/\s+/).length;
      return (finalText!.split(/\s+/).length - words) / (finalText!.split(/\s+/).length + words);
    });
    const shown = (await ask<DraftReport>('drafts')).total;
    expect(shown).toMatchObject({
      approved: settled('approved').length,
      edited: changed.length,
      rejected: settled('rejected').length,
      superseded: settled('superseded').length,
      dropped: settled('dropped').length,
    });
    if (changed.length > 0) expect(shown.changed).toBeCloseTo(changed.reduce((sum, one) => sum + one, 0) / changed.length, 3);

    // Folded or not, the totals are the same; and they are what each row by itself comes to.
    const overview = await ask<OverviewReport>('overview');
    await foldReports(sql);
    expect(await sql`select 1 from report_delta`).toHaveLength(0);
    const again = await ask<OverviewReport>('overview');
    expect(again.total).toEqual(overview.total);
    expect(
      await sql`
      select * from (
        select measure, hour, agent_id, channel, key, sum(n) as n, sum(amount) as amount from (
          select r.* from report_opening o, report_of(o) r where o.workspace_id = ${workspaceId} union all select r.* from report_handoff h, report_of(h) r where h.workspace_id = ${workspaceId}
          union all select r.* from message m, report_of(m) r where m.workspace_id = ${workspaceId} union all select r.* from draft d, report_of(d) r where d.workspace_id = ${workspaceId}) x
        group by 1, 2, 3, 4, 5) plain
      full join (select measure, hour, agent_id, channel, key, n, amount from report_hour where workspace_id = ${workspaceId} and (n <> 0 or amount <> 0)) kept using (measure, hour, agent_id, channel, key)
      where plain.n is distinct from kept.n or plain.amount is distinct from kept.amount`,
    ).toEqual([]);
    expect(
      await sql`
      select 1 from (select measure, date_trunc('day', hour, 'UTC') as day, agent_id, channel, key, sum(n) as n, sum(amount) as amount from report_hour where workspace_id = ${workspaceId} group by 1, 2, 3, 4, 5) hours
      full join (select * from report_day where workspace_id = ${workspaceId}) days using (measure, day, agent_id, channel, key)
      where (coalesce(hours.n, 0), coalesce(hours.amount, 0)) is distinct from (coalesce(days.n, 0), coalesce(days.amount, 0))`,
    ).toEqual([]);
  });
});

describe('reports of a month', () => {
  interface Fact {
    at: Date;
    agent: string;
    channel: string;
    trigger: string;
    route: string | null;
    wait: number | null;
    ended: number | null;
  }
  let world: World;
  let ask: Awaited<ReturnType<typeof asker>>;
  const facts: Fact[] = [];
  const opened: { at: Date; agent: string; channel: string; first: number | null }[] = [];
  const end = Date.UTC(2026, 4, 31);
  beforeAll(async () => {
    world = await api.world();
    ask = await asker(world);
    const random = randomOf(20_260_514);
    const { workspaceId, agents, routes } = world;
    for (let n = 0; n < 900; n += 1) {
      const at = new Date(end - Math.floor(random() * 60 * 86_400_000));
      opened.push({
        at,
        agent: pick(random, [agents.nova, agents.sol]),
        channel: pick(random, ['chat', 'email']),
        first: random() < 0.9 ? Math.floor(random() ** 3 * 7_200) : null,
      });
      if (random() > 0.3) continue;
      const answered = random() < 0.85;
      const wait = Math.floor(random() ** 2 * 5_400);
      const { agent, channel } = opened.at(-1)!;
      facts.push({
        at,
        agent,
        channel,
        trigger: pick(random, ['asks_for_person', 'keyword', 'fallback_loop']),
        route: pick(random, [null, routes.call, routes.sales]),
        wait: answered ? wait : null,
        ended: answered ? null : wait,
      });
    }
    const after = (at: Date, seconds: number | null) => (seconds === null ? null : new Date(at.getTime() + seconds * 1_000));
    await database.sql`insert into report_opening ${database.sql(opened.map(({ at, agent, channel, first }) => ({ workspaceId, at, agentId: agent, channel, answeredAt: after(at, first), answeredBy: first === null ? null : 'agent' })))}`;
    await database.sql`insert into report_handoff ${database.sql(facts.map(({ at, agent, channel, trigger, route, wait, ended }) => ({ workspaceId, at, agentId: agent, channel, trigger, routeId: route, answeredAt: after(at, wait), endedAt: after(at, ended) })))}`;
    await foldReports(database.sql);
  });

  const spans: [string, string, string, string, string][] = [
    ['2026-05-02', '2026-05-29', 'UTC', '2026-05-02T00:00Z', '2026-05-30T00:00Z'],
    ['2026-05-02', '2026-05-29', 'America/Los_Angeles', '2026-05-02T07:00Z', '2026-05-30T07:00Z'],
    ['2026-05-10T06:20:00Z', '2026-05-12T09:40:00+02:00', 'Europe/Lisbon', '2026-05-10T06:00Z', '2026-05-12T08:00Z'],
  ];
  it.each(spans)('cut %s to %s by the days of %s', async (from, to, tz, first, last) => {
    const [start, stop] = [Date.parse(first), Date.parse(last)];
    const within = <T extends { at: Date }>(all: T[], back = 0) => all.filter(({ at }) => at.getTime() >= start - back && at.getTime() < stop - back);
    const query = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&tz=${encodeURIComponent(tz)}`;
    const report = await ask<HandoffReport>(`handoffs?${query}`);
    expect([report.from, report.to]).toEqual([start, stop].map((at) => new Date(at).toISOString()));
    for (const [total, back] of [
      [report.total, 0],
      [report.before, stop - start],
    ] as const) {
      const waits = within(facts, back)
        .flatMap(({ wait }) => wait ?? [])
        .toSorted((a, b) => a - b);
      expect(total).toEqual({
        conversations: within(opened, back).length,
        handoffs: within(facts, back).length,
        rate: Math.round((within(facts, back).length / within(opened, back).length) * 10_000) / 10_000,
        answered: waits.length,
        waitMedian: ranked(waits, 0.5),
        waitP90: ranked(waits, 0.9),
        waitLongest: ranked(waits, 1),
        waitedLong: within(facts, back).filter(({ wait, ended }) => (wait ?? ended!) > 900).length,
      });
    }
    const byDay = tally(within(facts).map(({ at }) => dayIn(at, tz)));
    expect(report.items.map(({ key, handoffs }) => [key, handoffs])).toEqual(report.items.map(({ key }) => [key, byDay[key!] ?? 0]));
    expect(report.items.reduce((sum, { handoffs }) => sum + handoffs, 0)).toBe(report.total.handoffs);
    expect([report.items[0]!.key, report.items.at(-1)!.key]).toEqual([dayIn(new Date(start), tz), dayIn(new Date(stop - 1), tz)]);

    const times = await ask<TimeReport>(`times?${query}&channel=email`);
    const hourOf = (at: Date) => Number(new Intl.DateTimeFormat('en-GB', { timeZone: tz, hour: '2-digit' }).format(at));
    for (const { hour, waitMedian, firstP90, waitedLong } of times.items) {
      const mine = within(facts).filter(({ at, channel }) => channel === 'email' && hourOf(at) === hour);
      const first90 = within(opened)
        .filter(({ at, channel }) => channel === 'email' && hourOf(at) === hour)
        .flatMap(({ first: one }) => one ?? [])
        .toSorted((a, b) => a - b);
      expect([hour, waitMedian, firstP90, waitedLong]).toEqual([
        hour,
        ranked(
          mine.flatMap(({ wait }) => wait ?? []).toSorted((a, b) => a - b),
          0.5,
        ),
        ranked(first90, 0.9),
        mine.filter(({ wait, ended }) => (wait ?? ended!) > 900).length,
      ]);
    }
    for (const row of (await ask<HandoffReport>(`handoffs?${query}&by=agent_channel`)).items) {
      const mine = (one: { agent: string; channel: string }) => one.agent === row.agentId && one.channel === row.channel;
      expect([row.handoffs, row.conversations]).toEqual([within(facts).filter(mine).length, within(opened).filter(mine).length]);
      expect((await ask<HandoffReport>(`handoffs?${query}&agentId=${row.agentId}&channel=${row.channel}`)).total.handoffs).toBe(row.handoffs);
    }
  });

  it('say what would help', async () => {
    const { items } = await ask<ImproveReport>('improve?from=2026-05-01&to=2026-05-30');
    const triggers = items.filter(({ kind }) => kind === 'trigger');
    expect(triggers).toHaveLength(3);
    expect(triggers.reduce((sum, { n }) => sum + n, 0)).toBe(triggers[0]!.of);
    const { workspaceId, agents, operators } = world;
    const { messageId } = await world.writes('Thanks!');
    await database.sql`insert into classifier_correction ${database.sql({ workspaceId, id: newId(), kind: 'reply_anyway', messageId, agentId: agents.nova, operatorId: operators.ben })}`;
    expect((await ask<ImproveReport>('improve')).items.filter(({ kind }) => kind === 'corrections')).toMatchObject([{ key: agents.nova, label: 'Nova', n: 1 }]);
    expect((await ask<OverviewReport>('overview?channel=chat')).total.corrections).toBe(1);
    expect((await ask<OverviewReport>('overview?channel=email')).total.corrections).toBe(0);
  });

  it('come as a table that no spreadsheet takes for a program', async () => {
    await database.sql`update route set label = ${'=HYPERLINK("http://x.example";"ü, y")'} where workspace_id = ${world.workspaceId} and id = ${world.routes.sales}`;
    const token = await operatorToken(world);
    const span = 'from=2026-05-01&to=2026-05-30';
    const { text, headers, status } = await api.call('GET', `/v1/reports/handoffs?${span}&by=route`, { token, headers: { accept: 'text/csv' } });
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="handoffs.csv"',
    ]);
    expect(text.split('\r\n')[0]).toMatch(/key,label,conversations,handoffs,rate/);
    expect(text).toContain(`"'=HYPERLINK(""http://x.example"";""ü, y"")"`);
    expect((await api.call('GET', `/v1/reports/overview?${span}&format=csv`, { token })).text).toMatch(/^.?span,[\s\S]*\r\ntotal,[\s\S]*\r\nbefore,/);
    expect((await api.refused('GET', `/v1/reports/handoffs?from=nonsense&format=csv`, { token })).code).toBe('invalid');
  });

  it('refuse spans that are none, and other workspaces see nothing', async () => {
    const token = await operatorToken(world);
    const path = async (query: string) => (await api.refused('GET', `/v1/reports/handoffs?${query}`, { token })).body.errors?.map((error) => error.path);
    expect(await path('from=2026-05-31&to=2026-05-30')).toEqual(['to']);
    expect(await path('from=2023-05-31&to=2026-05-30')).toEqual(['from']);
    expect(await path('tz=Atlantis/Centre')).toEqual(['tz']);
    expect(await path('by=weather')).toEqual(['by']);
    expect(await path('channel=pigeon')).toEqual(['channel']);
    const elsewhere = await asker(await api.world());
    expect((await elsewhere<OverviewReport>('overview?from=2026-05-01&to=2026-05-30')).total).toMatchObject({
      conversations: 0,
      handoffs: 0,
      rate: null,
      waitMedian: null,
    });
    expect((await api.refused('GET', '/v1/reports/overview')).status).toBe(401);
  });
});
