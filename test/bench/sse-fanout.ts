/** How long an event takes to reach a thousand readers of one process, beside a bare `http` loop that writes the same bytes. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../support/postgres.ts';
import type { ReaderAnswer, ReaderCommand } from './sse-readers.ts';
import type { ServerAnswer, ServerCommand } from './sse-server.ts';

/** One line of `npm run bench`. */
export interface Measure {
  name: string;
  value: number;
  /** The same by the least that could do it, in the same run. */
  floor: number;
  ratio: number;
  unit: string;
}

const measure = (name: string, value: number, floor: number, unit: string): Measure => ({ name, value, floor, ratio: value / floor, unit });

/** One event at a time, in each of so many rounds, after some to warm up; then bursts of many. */
const warmUp = 50;
const rounds = 300;
const bursts = 10;
const burstSize = 100;

/** @param database migrated; this fills its log */
export async function sseFanout(database: TestDatabase, readers = 1_000): Promise<Measure[]> {
  const server = start('./sse-server.ts', { BENCH_DATABASE_URL: database.url });
  const { port } = await answer<Extract<ServerAnswer, { port: number }>>(server);
  const clients = start('./sse-readers.ts', {});
  try {
    const tellServer = <T extends ServerAnswer>(command: ServerCommand): Promise<T> => ask(server, command);
    const tellReaders = <T extends ReaderAnswer>(command: ReaderCommand): Promise<T> => ask(clients, command);
    const memory = (): Promise<{ resident: number; heap: number; readers: number }> => tellServer({ tell: 'memory' });

    const empty = await memory();
    await tellReaders({ tell: 'open', port, path: 'bare', readers });
    const withBare = await memory();
    await tellReaders({ tell: 'open', port, path: 'hub', readers });
    const withBoth = await memory();

    let n = 0;
    /** Milliseconds from the start of the sending to the last reader. */
    const time = async (by: 'hub' | 'bare', command: () => ServerCommand, size: number): Promise<number> => {
      n += size;
      await tellReaders({ tell: 'await', path: by, n });
      const all = answer<{ last: string }>(clients);
      const { began } = await tellServer<{ began: string }>(command());
      return Number(BigInt((await all).last) - BigInt(began)) / 1e6;
    };
    const one = (by: 'hub' | 'bare'): Promise<number> => time(by, () => ({ tell: 'emit', by, n }), 1);
    const many = (by: 'hub' | 'bare'): Promise<number> => time(by, () => ({ tell: 'burst', by, from: n - burstSize + 1, to: n }), burstSize);

    const single = { hub: [] as number[], bare: [] as number[] };
    const burst = { hub: [] as number[], bare: [] as number[] };
    // In turn, so that what else the machine does falls on both alike.
    for (let round = 0; round < warmUp + rounds; round += 1) {
      for (const by of ['hub', 'bare'] as const) {
        const taken = await one(by);
        if (round >= warmUp) single[by].push(taken);
      }
    }
    for (let round = 0; round < bursts; round += 1) for (const by of ['hub', 'bare'] as const) burst[by].push(await many(by));

    const deliveries = (times: number[]): number => (readers * burstSize * 1_000) / quantile(times, 0.5);
    const each = (after: number, before: number): number => (after - before) / readers / 1_024;
    return [
      measure(`event to ${readers} readers, p50`, quantile(single.hub, 0.5), quantile(single.bare, 0.5), 'ms'),
      measure(`event to ${readers} readers, p99`, quantile(single.hub, 0.99), quantile(single.bare, 0.99), 'ms'),
      measure(`${burstSize} events to ${readers} readers, p50`, quantile(burst.hub, 0.5), quantile(burst.bare, 0.5), 'ms'),
      measure('deliveries in a burst', deliveries(burst.hub), deliveries(burst.bare), '/s'),
      measure('memory of a reader, resident', each(withBoth.resident, withBare.resident), each(withBare.resident, empty.resident), 'KiB'),
      measure('memory of a reader, heap', each(withBoth.heap, withBare.heap), each(withBare.heap, empty.heap), 'KiB'),
    ];
  } finally {
    for (const child of [server, clients]) child.kill('SIGKILL');
  }
}

function start(program: string, env: Record<string, string>): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), { execArgv: ['--import', 'tsx', '--expose-gc'], env: { ...process.env, ...env } });
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [said] = (await once(child, 'message')) as [T];
  return said;
}

function ask<T>(child: ChildProcess, command: ServerCommand | ReaderCommand): Promise<T> {
  const said = answer<T>(child);
  child.send(command);
  return said;
}

function quantile(values: number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}
