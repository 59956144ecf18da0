/** What every measure is made of. */
import { readFileSync } from 'node:fs';
import type { Sql } from '../../server/db/connect.ts';
import type { Measure } from './sse-fanout.ts';

export type { Measure } from './sse-fanout.ts';

/** @param lessIsBetter for times; of rates the ratio is ours to the floor's as well */
export const measure = (name: string, value: number, floor: number, unit: string): Measure => ({ name, value, floor, ratio: value / floor, unit });
/** Without a floor: the value is what is promised or stated. */
export const stated = (name: string, value: number, unit: string): Measure => ({ name, value, floor: Number.NaN, ratio: Number.NaN, unit });

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** So many at once for so long; each lane begins the next when its last has ended. @returns how many a second */
export async function rate(lanes: number, ms: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let done = 0;
  let next = 0;
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      while (performance.now() - began < ms) {
        await work((next += 1));
        done += 1;
      }
    }),
  );
  return (done / (performance.now() - began)) * 1_000;
}

/** As many a second as asked, however long each takes. @returns when the last has ended */
export async function atRate(perSecond: number, ms: number, work: (n: number) => Promise<unknown>): Promise<void> {
  const began = performance.now();
  const all: Promise<unknown>[] = [];
  for (let n = 1; performance.now() - began < ms; ) {
    while (n <= ((performance.now() - began) / 1_000) * perSecond) {
      all.push(work(n));
      n += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(all);
}

/**
 * What work costs a processor, in the database and here, whoever else is at the machine: on a quiet one it takes as long.
 * @param sql of a single connection
 * @returns milliseconds of work that goes by that connection; by the clock where the system counts no processor time
 */
export async function costs(sql: Sql): Promise<(work: () => Promise<unknown>) => Promise<number>> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const backend = (): number | null => {
    try {
      return Number(readFileSync(`/proc/${row!.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    } catch {
      return null;
    }
  };
  return async (work) => {
    const [there, here, began] = [backend(), process.cpuUsage(), performance.now()];
    await work();
    const after = backend();
    if (there === null || after === null) return performance.now() - began;
    const { user, system } = process.cpuUsage(here);
    return after - there + (user + system) / 1_000;
  };
}
