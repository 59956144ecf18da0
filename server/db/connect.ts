/** The one way to a database: an embedded Postgres, or the one that DATABASE_URL names. */
import postgres from 'postgres';
import { SetupError, errorCode, errorMessage } from '../process.ts';
import { arrayTypes } from './arrays.ts';
import { startEmbedded } from './embedded.ts';
import { mendResults } from './results.ts';
import { leadingTo, openSocket } from './socket.ts';
import type { Target } from './socket.ts';

/**
 * How Postgres' types come to us beyond the driver's own choice. `bigint` is a number: our counts and ids of that type
 * stay far below 2^53, and one that does not is an error, never a rounded value. `xid8` stays a string. Times are `Date`.
 */
const types = {
  bigint: {
    to: 20,
    from: [20],
    serialize: (value: number): string => String(value),
    parse: (raw: string): number => {
      const value = Number(raw);
      if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${raw} does not fit a number`);
      return value;
    },
  },
};

/** The driver with our types. Columns are snake_case in SQL and camelCase here; keys inside JSON values stay as they are. */
export type Sql = postgres.Sql<{ bigint: number }>;

/** A transaction of it, as `sql.begin` hands it over. */
export type Transaction = postgres.TransactionSql<{ bigint: number }>;

interface Database {
  sql: Sql;
  /** Connection string, password included: for graphile-worker, never for a log. */
  url: string;
  /** Ends the connections and, where it is ours, Postgres itself. Queries still running have 5 s. */
  close(): Promise<void>;
}

/** Milliseconds that a connection may take to be made: one that leads to a machine which is gone is given up then. */
export const CONNECT_MS = 5_000;
/** The longest wait between two tries to connect, in milliseconds: how long a database may be back before anybody looks. */
export const LONGEST_WAIT_MS = 500;

/** Milliseconds until the next try to connect after so many in a row that failed; not the same for all, who lost the database together. */
export const waitBefore = (failed: number): number => (0.5 + Math.random() / 2) * Math.min(LONGEST_WAIT_MS, 25 * 2 ** Math.min(failed, 10));

export interface PoolOptions {
  /** Most connections at once; default 20. */
  max?: number;
  /** Shown in `pg_stat_activity`; default `convene`. */
  name?: string;
  /** Milliseconds after which Postgres ends one statement; default 30,000; 0 for never. */
  statementTimeout?: number;
}

/** A pool on a Postgres that runs, without any check. */
export function openPool(url: string, options: PoolOptions = {}): Sql {
  const sql = postgres(url, {
    max: options.max ?? 20,
    connect_timeout: CONNECT_MS / 1_000,
    // All connections of a pool count their failures together: the driver's own wait is soon 20 s.
    backoff: (failed) => waitBefore(failed) / 1_000,
    onnotice: () => {},
    // An option that the driver has and its types leave out.
    ...({ socket: (target: Target) => leadingTo(url, openSocket(target)) } as object),
    types: { ...arrayTypes, ...types },
    fetch_types: false,
    transform: { column: { from: postgres.toCamel, to: postgres.fromCamel } },
    connection: {
      application_name: options.name ?? 'convene',
      statement_timeout: options.statementTimeout ?? 30_000,
      // An open transaction holds back every reader of the event log.
      idle_in_transaction_session_timeout: 10_000,
      // Statements are prepared once a connection, and so is their plan: made anew for each call it costs twice what running it does.
      plan_cache_mode: 'force_generic_plan',
      // A plan that is made while a table is small has to do when it is large: by index.
      random_page_cost: 1.1,
      // Compiling a statement takes longer than any of ours.
      jit: 'off',
      TimeZone: 'UTC',
    },
  });
  mendResults(sql);
  return sql;
}

/** Where the database is: `databaseUrl` if given, else an embedded one under `dataDir`. */
interface ConnectOptions extends PoolOptions {
  databaseUrl?: string | undefined;
  dataDir: string;
  onProgress?: (line: string) => void;
}

/**
 * Opens the database, having made sure that it answers and is recent enough.
 * @throws SetupError with what to do about it; the password is never part of the message
 */
export async function connect(options: ConnectOptions): Promise<Database> {
  if (options.databaseUrl !== undefined) return connectTo(options.databaseUrl, options);
  const server = await startEmbedded(options);
  const sql = openPool(server.url, options);
  return {
    sql,
    url: server.url,
    close: async () => {
      await sql.end({ timeout: 5 });
      await server.stop();
    },
  };
}

async function connectTo(url: string, options: PoolOptions): Promise<Database> {
  if (!/^postgres(ql)?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) {
    throw new SetupError('DATABASE_URL is no connection string like postgres://user:password@host:5432/name.');
  }
  const sql = openPool(url, options);
  try {
    const [row] = await sql<{ version: number }[]>`select current_setting('server_version_num')::int as version`;
    checkServerVersion(row?.version ?? 0);
  } catch (error) {
    await sql.end({ timeout: 1 });
    throw error instanceof SetupError ? error : new SetupError(`${describeFailure(error)} Check DATABASE_URL (${withoutPassword(url)}).`);
  }
  return { sql, url, close: () => sql.end({ timeout: 5 }) };
}

/** @param version as in `server_version_num`, 150004 for 15.4 */
export function checkServerVersion(version: number): void {
  if (version >= 150_000) return;
  throw new SetupError(
    `DATABASE_URL leads to Postgres ${Math.floor(version / 10_000)}; Convene needs 15 or later. Unset DATABASE_URL to use the one that it brings.`,
  );
}

function describeFailure(error: unknown): string {
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return 'Nothing answers at the address of the database.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'The host of the database is not known.';
    case 'CONNECT_TIMEOUT':
      return `The database did not answer within ${CONNECT_MS / 1_000} s.`;
    case '28P01':
    case '28000':
      return 'The database refused the user or the password.';
    case '3D000':
      return 'There is no database of that name.';
    default:
      return `The database cannot be used: ${errorMessage(error)}.`;
  }
}

/** Host, port and name of a connection string; nothing that is secret. */
function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
