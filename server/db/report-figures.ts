/** Figures of reports: sums of what `report_hour` and `report_day` keep, with the differences in `report_delta` that are not folded in yet. */
import type postgres from 'postgres';
import type { Channel } from '../contract/common.ts';
import { errorCode } from '../process.ts';
import type { Sql, Transaction } from './connect.ts';

/** What is counted; see the migration that made `report_hour`. */
export type Measure = 'opened' | 'first' | 'first_by' | 'trigger' | 'route' | 'intent' | 'person' | 'long' | 'answer' | 'draft';
/** What the sums are told apart by. */
export type Dimension = 'none' | 'day' | 'hour' | 'agent' | 'channel' | 'agent_channel';

/** A span in whole hours, and of what. */
export interface Span {
  from: Date;
  to: Date;
  tz: string;
  agentId?: string | undefined;
  channel?: string | undefined;
}

/** `now` is false of what lies in the span before. */
interface CountCell {
  now: boolean;
  measure: Measure;
  dim: string;
  key: string;
  n: number;
  amount: number;
}
/** Steps of time at the median, at nine of ten, and the longest */
interface TimeCell {
  now: boolean;
  measure: Measure;
  dim: string;
  n: number;
  median: number;
  p90: number;
  longest: number;
}
export interface Figures {
  counts: CountCell[];
  times: TimeCell[];
}

/** No agent. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * What a query's edges come to, in the asker's time zone: whole days where days are named, else the hours that the moments
 * fall into.
 * @returns null where the database knows no such time zone
 */
export async function spanOf(
  sql: Sql | Transaction,
  { from, to, tz }: { from?: string | undefined; to?: string | undefined; tz: string },
): Promise<{ from: Date; to: Date } | null> {
  const isDay = (edge: string) => !edge.includes('T');
  const day = (edge: postgres.Fragment, days: number) => sql`((${edge} + ${days}::int)::timestamp at time zone ${tz})`;
  const today = sql`(clock_timestamp() at time zone ${tz})::date`;
  const end =
    to === undefined
      ? day(today, 1)
      : isDay(to)
        ? day(sql`${to}::date`, 1)
        : sql`(date_trunc('hour', ${to}::timestamptz + interval '59 minutes 59.999 seconds', 'UTC'))`;
  const start = from === undefined ? sql`(${end} - interval '30 days')` : isDay(from) ? day(sql`${from}::date`, 0) : sql`(${from}::timestamptz)`;
  try {
    const [row] = await sql<{ from: Date; to: Date }[]>`select date_trunc('hour', ${start}, 'UTC') as from, date_trunc('hour', ${end}, 'UTC') as to`;
    return row!;
  } catch (error) {
    if (errorCode(error) === '22023') return null;
    throw error;
  }
}

/**
 * Sums of some measures over a span, in one pass over what is kept.
 * @param by what they are told apart by; days are `2026-05-14`, hours `0` to `23`, both in the span's time zone
 * @param before of the span before it, as long: nothing, only what it comes to in all, or told apart as well
 * @returns the sums told apart, and what they come to in all
 */
export async function figuresOf(
  sql: Sql | Transaction,
  workspaceId: string,
  measures: readonly Measure[],
  span: Span,
  by: Dimension,
  before: 'none' | 'total' | 'lines' = 'none',
): Promise<{ lines: Figures; total: Figures }> {
  const { from, to, tz } = span;
  const earlier = new Date(2 * from.getTime() - to.getTime());
  const dimensions: Record<Dimension, [group: postgres.Fragment, none: postgres.Fragment, name: postgres.Fragment]> = {
    none: [sql`0`, sql`null::int`, sql`''`],
    day: [sql`(at at time zone ${tz})::date`, sql`null::date`, sql`to_char(dim, 'YYYY-MM-DD')`],
    hour: [sql`extract(hour from at at time zone ${tz})::int`, sql`null::int`, sql`dim::text`],
    agent: [sql`agent_id`, sql`null::uuid`, sql`dim::text`],
    channel: [sql`channel`, sql`null::text`, sql`dim`],
    agent_channel: [sql`agent_id::text || ' ' || channel`, sql`null::text`, sql`dim`],
  };
  const [group, none, name] = dimensions[by];
  const byHour = by === 'hour' || (by === 'day' && !['UTC', 'Etc/UTC', 'GMT'].includes(tz));
  const kept = (start: Date, end: Date, now: boolean, apart: boolean) => sql`
    select ${now} as now, measure, ${apart ? group : none} as dim, key, sum(n::int) as n, sum(amount::int) as amount from (${keptWithin(sql, workspaceId, measures, { ...span, from: start, to: end }, byHour && apart)}) k group by 2, 3, 4`;
  const rows = await sql<(CountCell & TimeCell & { time: boolean; whole: boolean })[]>`
    with grouped as materialized (${kept(from, to, true, true)} ${before === 'none' ? sql`` : sql`union all ${kept(earlier, from, false, before === 'lines')}`}),
    sums as (
      select false as whole, now, measure, ${name} as dim, key, n, amount from grouped where dim is not null
      union all select true, now, measure, '', key, sum(n)::bigint, sum(amount)::bigint from grouped group by now, measure, key),
    steps as (
      select whole, now, measure, dim, key::int as step, n, sum(n) over (partition by whole, now, measure, dim order by key::int) as upto, sum(n) over (partition by whole, now, measure, dim) as total
      from sums where measure in ('person', 'first') and n > 0)
    select false as time, whole, now, measure, dim, key, n, amount, null::int as median, null::int as p90, null::int as longest from sums where measure not in ('person', 'first') and (n <> 0 or amount <> 0)
    union all
    select true, whole, now, measure, dim, '', max(total)::bigint, 0, min(step) filter (where upto >= 0.5 * total), min(step) filter (where upto >= 0.9 * total), max(step) from steps group by whole, now, measure, dim`;
  const those = (wanted: boolean): Figures => ({
    counts: rows.filter(({ time, whole }) => !time && whole === wanted),
    times: rows.filter(({ time, whole }) => time && whole === wanted),
  });
  return { lines: those(false), total: those(true) };
}

/** Totals of a span with the differences that are not folded in: from whole days (UTC) and the hours at its edges, or all from hours. */
function keptWithin(
  sql: Sql | Transaction,
  workspaceId: string,
  measures: readonly Measure[],
  { from, to, agentId, channel }: Span,
  byHour: boolean,
): postgres.Fragment {
  const DAY = 86_400_000;
  const first = new Date(Math.min(to.getTime(), Math.ceil(from.getTime() / DAY) * DAY));
  const last = new Date(Math.max(first.getTime(), Math.floor(to.getTime() / DAY) * DAY));
  const of = (table: 'report_hour' | 'report_day' | 'report_delta', start: Date, end: Date) => {
    const at = table === 'report_day' ? sql`day` : sql`hour`;
    return sql`select measure, ${at} as at, agent_id, channel, key, n, amount from ${sql(table)}
      where workspace_id = ${workspaceId} and measure = any(${measures as string[]}::text[]) and ${at} >= ${start} and ${at} < ${end}
        ${agentId ? sql`and agent_id = ${agentId}` : sql``} ${channel ? sql`and channel = ${channel}` : sql``}`;
  };
  const fresh = of('report_delta', from, to);
  if (byHour || first >= last) return sql`${of('report_hour', from, to)} union all ${fresh}`;
  return sql`${of('report_day', first, last)} union all ${of('report_hour', from, first)} union all ${of('report_hour', last, to)} union all ${fresh}`;
}

/** Handoffs that still wait for a person, for longer than is well, by what they are told apart by. */
export async function waitingLong(
  sql: Sql | Transaction,
  workspaceId: string,
  { from, to, tz, agentId, channel }: Span,
  by: Dimension,
  before = false,
): Promise<{ now: boolean; dim: string; n: number }[]> {
  const start = before ? new Date(2 * from.getTime() - to.getTime()) : from;
  const dimensions: Record<Dimension, postgres.Fragment> = {
    none: sql`''`,
    day: sql`to_char(at at time zone ${tz}, 'YYYY-MM-DD')`,
    hour: sql`extract(hour from at at time zone ${tz})::text`,
    agent: sql`coalesce(agent_id, report_nobody())::text`,
    channel: sql`channel`,
    agent_channel: sql`coalesce(agent_id, report_nobody())::text || ' ' || channel`,
  };
  return sql<{ now: boolean; dim: string; n: number }[]>`
    select at >= ${from} as now, ${dimensions[by]} as dim, count(*)::int as n from report_handoff
    where workspace_id = ${workspaceId} and answered_at is null and ended_at is null and at >= ${start} and at < ${to} and at < clock_timestamp() - interval '15 minutes'
      ${agentId ? sql`and agent_id = ${agentId}` : sql``} ${channel ? sql`and channel = ${channel}` : sql``}
    group by 1, 2`;
}

/** Handoffs for which somebody waited long, answered or not, newest first. */
export async function longWaits(
  sql: Sql | Transaction,
  workspaceId: string,
  { from, to, agentId, channel }: Span,
  limit: number,
  after: { at: string; id: string } | null,
) {
  return sql<
    {
      id: string;
      conversationId: string | null;
      contact: string | null;
      agentId: string | null;
      channel: Channel;
      at: Date;
      seconds: number;
      waiting: boolean;
    }[]
  >`
    select h.id, coalesce(c.merged_into, h.conversation_id) as conversation_id, ct.name as contact, h.agent_id, h.channel, h.at,
      extract(epoch from coalesce(h.answered_at, h.ended_at, clock_timestamp()) - h.at)::int as seconds, h.answered_at is null and h.ended_at is null as waiting
    from report_handoff h
    left join conversation c on c.workspace_id = h.workspace_id and c.id = h.conversation_id left join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    where h.workspace_id = ${workspaceId} and h.at >= ${from} and h.at < ${to}
      and (coalesce(h.answered_at, h.ended_at) - h.at > interval '15 minutes' or (h.answered_at is null and h.ended_at is null)) and coalesce(h.answered_at, h.ended_at, clock_timestamp()) - h.at > interval '15 minutes'
      ${agentId ? sql`and h.agent_id = ${agentId}` : sql``} ${channel ? sql`and h.channel = ${channel}` : sql``}
      ${after ? sql`and (h.at, h.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by h.at desc, h.id desc limit ${limit}`;
}

/** Names of the agents, routes or intents of a workspace, by id; intents by the name that messages have. */
export async function reportNames(sql: Sql | Transaction, workspaceId: string, of: 'agent' | 'route' | 'intent'): Promise<Map<string, string>> {
  const rows = await sql<
    { id: string; name: string }[]
  >`select ${of === 'intent' ? sql`name` : sql`id`} as id, ${of === 'agent' ? sql`name` : sql`label`} as name from ${sql(of)} where workspace_id = ${workspaceId}`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Questions that no article answers, of which some were asked in a span; the most frequent first. */
export async function missingArticles(
  sql: Sql | Transaction,
  workspaceId: string,
  { from, to }: Span,
  limit: number,
): Promise<{ id: string; question: string; n: number }[]> {
  return sql<{ id: string; question: string; n: number }[]>`
    select id, question, times as n from knowledge_gap where workspace_id = ${workspaceId} and status = 'open' and last_at >= ${from} and first_at < ${to} order by times desc, last_at desc limit ${limit}`;
}

/** Decisions whether to answer that people put right, by agent and by what they said of it. */
export async function correctionsIn(
  sql: Sql | Transaction,
  workspaceId: string,
  { from, to, agentId, channel }: Span,
  before = false,
): Promise<{ now: boolean; agentId: string | null; kind: string; n: number }[]> {
  const start = before ? new Date(2 * from.getTime() - to.getTime()) : from;
  return sql<{ now: boolean; agentId: string | null; kind: string; n: number }[]>`
    select k.at >= ${from} as now, k.agent_id, k.kind, count(*)::int as n from classifier_correction k
    ${channel ? sql`join message m on m.workspace_id = k.workspace_id and m.id = k.message_id and m.channel = ${channel}` : sql``}
    where k.workspace_id = ${workspaceId} and k.at >= ${start} and k.at < ${to} ${agentId ? sql`and k.agent_id = ${agentId}` : sql``} group by 1, 2, 3`;
}

/** Differences that one transaction folds: no reader of the event log waits for it. */
const FOLDED = 2_000;
/** Number of the advisory lock under which one process at a time folds. */
const FOLD_LOCK = 4_400_047;

/** Folds differences into the totals, in small transactions; whoever reads meanwhile sees each once. Does nothing where another process is at it. */
export async function foldReports(sql: Sql): Promise<void> {
  for (let folded = FOLDED; folded === FOLDED; ) {
    const [row] = await sql.begin(async (tx) => {
      const [lock] = await tx<{ mine: boolean }[]>`select pg_try_advisory_xact_lock(${FOLD_LOCK}) as mine`;
      if (!lock?.mine) return [];
      return tx<{ taken: number }[]>`
        with taken as (delete from report_delta where ctid = any(array(select ctid from report_delta limit ${FOLDED} for update skip locked)) returning *),
        folded as (
          insert into report_hour as r (workspace_id, measure, hour, agent_id, channel, key, n, amount)
            select t.workspace_id, measure, hour, agent_id, channel, key, sum(n), sum(amount) from taken t join workspace w on w.id = t.workspace_id
            group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 or sum(amount) <> 0
          on conflict (workspace_id, measure, hour, agent_id, channel, key) do update set n = r.n + excluded.n, amount = r.amount + excluded.amount),
        by_day as (
          insert into report_day as r (workspace_id, measure, day, agent_id, channel, key, n, amount)
            select t.workspace_id, measure, date_trunc('day', hour, 'UTC'), agent_id, channel, key, sum(n), sum(amount) from taken t join workspace w on w.id = t.workspace_id
            group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0 or sum(amount) <> 0
          on conflict (workspace_id, measure, day, agent_id, channel, key) do update set n = r.n + excluded.n, amount = r.amount + excluded.amount)
        select count(*)::int as taken from taken`;
    });
    folded = row?.taken ?? 0;
  }
}
