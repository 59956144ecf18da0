/** A Postgres for one run of tests or measurements: a template is migrated once, and each file works in a clone of it. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '../../server/db/connect.ts';
import type { PoolOptions, Sql } from '../../server/db/connect.ts';
import { removeData } from '../../server/db/embedded-home.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';

const template = 'convene_template';

/** Speed instead of safety, unless a measurement says otherwise: this data is thrown away. */
const fast = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
  deadlock_timeout: '100ms',
  track_commit_timestamp: 'on',
};

export interface TestPostgres {
  /** For the databases that are cloned; its own database is nobody's to use. */
  adminUrl: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts one in a folder of its own under the temporary folder and migrates the template. */
export async function startTestPostgres(settings: Record<string, string> = fast): Promise<TestPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'convene-test-'));
  const server = await startEmbedded({ dataDir, settings });
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeData(dataDir);
  };
  try {
    const admin = openPool(server.url, { max: 1 });
    await admin`create database ${admin(template)}`;
    await admin.end();
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl: server.url, pid: server.pid, stop };
}

/** A database of one test file. */
export interface TestDatabase {
  sql: Sql;
  url: string;
  /** A further pool on it, as another process would have; ended with the rest. */
  openPool(options?: PoolOptions): Sql;
  /** Ends the pools and drops the database, also while others are connected to it. */
  close(): Promise<void>;
}

let made = 0;

/** Clones the template, or makes an empty database. */
export async function createDatabase(adminUrl: string, from: 'template' | 'empty' = 'template'): Promise<TestDatabase> {
  const name = `t_${process.pid}_${Date.now().toString(36)}_${(made += 1)}`;
  const admin = openPool(adminUrl, { max: 1 });
  await admin.unsafe(`create database ${name} template ${from === 'template' ? template : 'template0'}`);
  const url = databaseUrl(adminUrl, name);
  const pools: Sql[] = [];
  const open = (options: PoolOptions = {}): Sql => {
    const pool = openPool(url, options);
    pools.push(pool);
    return pool;
  };
  return {
    sql: open(),
    url,
    openPool: open,
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 2 })));
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
