import type { Sql, Transaction } from './connect.ts';

/**
 * Counts one use of a key against a limit a minute. The last sixty seconds count: this minute's uses, and of the minute
 * before the share that still lies within them. Under concurrency never more than the limit passes.
 * @returns 0 when it passes, else the seconds after which to try again; what does not pass is not counted
 */
export async function useWithin(sql: Sql | Transaction, key: string, perMinute: number): Promise<number> {
  const [row] = await sql<{ passed: boolean; left: number }[]>`
    with clock as (select clock_timestamp() as now),
    minute as (select date_trunc('minute', now) as began, extract(epoch from now - date_trunc('minute', now)) / 60 as gone from clock),
    earlier as (
      select coalesce((select ceil(w.used * (1 - minute.gone)) from rate_window w where w.key = ${key} and w.window_from = minute.began - interval '1 minute'), 0)::int as used
      from minute),
    counted as (
      insert into rate_window as w (key, window_from, used) select ${key}, minute.began, 1 from minute, earlier where earlier.used < ${perMinute}
      on conflict (key, window_from) do update set used = w.used + 1 where w.used + (select used from earlier) < ${perMinute}
      returning 1)
    select exists (select from counted) as passed, ceil(60 * (1 - gone))::int as left from minute`;
  return row?.passed ? 0 : Math.max(1, row?.left ?? 60);
}
