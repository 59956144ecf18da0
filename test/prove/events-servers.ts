/** The servers of events that readers move between: in this process, or as processes that are killed and started again. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '../support/postgres.ts';
import { startEventServer } from './events-server.ts';

/** The two that readers move between. */
export interface Servers {
  /** Of the one whose turn it is. */
  url(turn: number): string;
  /** Kills one with SIGKILL and starts another in its place. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Of the servers' connections, in `pg_stat_activity`. */
export const serverName = 'event server';

/** Two servers, each with a hub, a pool and signals of its own; as processes when they are to be killed. */
export async function startServers(database: TestDatabase, asProcesses: boolean): Promise<Servers> {
  if (!asProcesses) {
    const own = await Promise.all([1, 2].map(() => startEventServer(database.openPool({ max: 6, name: serverName }))));
    return {
      url: (turn) => own[turn % own.length]?.url ?? '',
      kill: () => Promise.resolve(),
      close: async () => {
        await Promise.all(own.map((server) => server.close()));
      },
    };
  }
  const start = async (): Promise<{ child: ChildProcess; port: number }> => {
    const child = fork(fileURLToPath(new URL('./events-server.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, EVENTS_DATABASE_URL: database.url, EVENTS_POOL: serverName },
    });
    const told = await Promise.race([once(child, 'message') as Promise<[{ port: number }]>, once(child, 'exit')]);
    const port: unknown = told[0]?.port;
    // It may be severed from the database while it starts.
    return typeof port === 'number' ? { child, port } : start();
  };
  const children = await Promise.all([start(), start()]);
  let next = 0;
  return {
    url: (turn) => `http://127.0.0.1:${children[turn % children.length]?.port ?? 0}`,
    async kill() {
      const at = (next += 1) % children.length;
      children[at]?.child.kill('SIGKILL');
      children[at] = await start();
    },
    close: async () => {
      for (const { child } of children) child.kill('SIGKILL');
    },
  };
}
