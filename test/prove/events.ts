/**
 * The event log under many writers: readers over real HTTP that are thrown off again and again, listeners and processes
 * that die, transactions that commit out of order. Nothing is missing, nothing comes twice, the order is exact; and the
 * naive reader (`id > last`) loses events in the same run, or the run would prove nothing.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { change } from '../../server/db/change.ts';
import type { NewEvent } from '../../server/db/change.ts';
import type { Sql } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { Signals } from '../../server/db/signals.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { StreamClient } from './events-client.ts';
import { readNaively } from './events-naive.ts';
import { serverName, startServers } from './events-servers.ts';
import type { Servers } from './events-servers.ts';

interface EventProofOptions {
  writers: number;
  /** Transactions of each writer, one to three events each. */
  transactions: number;
  operators: number;
  visitors: number;
  /** Connections that are broken off by the reader, in all. */
  reconnects: number;
  /** Times that every listener's connection is ended by `pg_terminate_backend`, every second time all of the servers'. */
  severances: number;
  /** Times that a server process is killed with SIGKILL and started again; 0: both run in this process. */
  serverKills: number;
}

/** What came of it; all but the first four and the last must be 0. */
interface EventProof {
  events: number;
  deliveries: number;
  reconnects: number;
  milliseconds: number;
  missing: number;
  twice: number;
  disordered: number;
  /** Events of another reader, or of nobody. */
  foreign: number;
  resets: number;
  /** Events that `id > last` never saw; must not be 0. */
  naiveMissing: number;
}

/** Short enough for every test run. */
export const shortProof: EventProofOptions = { writers: 16, transactions: 25, operators: 4, visitors: 2, reconnects: 20, severances: 2, serverKills: 0 };
/** 1,000 reconnects, with servers killed meanwhile. */
export const longProof: EventProofOptions = {
  writers: 16,
  transactions: 1_000,
  operators: 16,
  visitors: 4,
  reconnects: 1_000,
  severances: 20,
  serverKills: 20,
};

export async function proveEventLog(database: TestDatabase, options: EventProofOptions): Promise<EventProof> {
  const began = performance.now();
  const workspaceId = randomUUID();
  const writerPool = database.openPool({ max: options.writers + 2, name: 'writers' });
  const signals = await openSignals(writerPool);
  const servers = await startServers(database, options.serverKills > 0);
  const naive = readNaively(database.openPool({ max: 1 }), workspaceId);
  const readers = Array.from({ length: options.operators + options.visitors }, (_, at) => {
    const audience = at < options.operators ? ('operator' as const) : ('visitor' as const);
    const addresseeId = randomUUID();
    let turn = at;
    const client = new StreamClient(() => `${servers.url((turn += 1))}/${workspaceId}/${audience}/${addresseeId}`);
    return { audience, addresseeId, client };
  });
  try {
    await Promise.all(readers.map(({ client }) => client.connect()));
    await Promise.all(readers.map(({ client }) => client.until(() => client.lastId !== undefined)));
    const addressees = readers.map(({ audience, addresseeId }) => ({ audience, addresseeId }));
    const progress = new Progress();
    const coming = Promise.allSettled(readers.map(({ client }) => comeBack(client)));
    const disturbing = disturb(
      database.sql,
      servers,
      readers.map(({ client }) => client),
      options,
      progress,
    );
    await Promise.all(Array.from({ length: options.writers }, () => write(writerPool, signals, workspaceId, options.transactions, addressees, progress)));
    const done = await disturbing;
    const rows = await database.sql<{ key: string; audience: string; addresseeId: string | null }[]>`
      select xid || '-' || id as key, audience, addressee_id from event where workspace_id = ${workspaceId} order by xid, id`;
    const proof = {
      events: rows.length,
      deliveries: 0,
      reconnects: done,
      milliseconds: 0,
      missing: 0,
      twice: 0,
      disordered: 0,
      foreign: 0,
      resets: 0,
      naiveMissing: 0,
    };
    await Promise.all(
      readers.map(async ({ audience, addresseeId, client }) => {
        const wanted = rows.filter((row) => (row.audience === 'team' ? audience === 'operator' : row.audience === audience && row.addresseeId === addresseeId));
        const last = wanted.at(-1)?.key ?? '';
        await client.until(() => client.received.some(({ id }) => keyOf(id) === last), 60_000).catch(() => {});
        judge(
          client,
          wanted.map(({ key }) => key),
          proof,
        );
        client.close();
      }),
    );
    await coming;
    proof.naiveMissing = rows.length - (await naive.stop());
    proof.milliseconds = Math.round(performance.now() - began);
    return proof;
  } finally {
    for (const { client } of readers) client.close();
    await naive.stop();
    await servers.close();
    await signals.close();
  }
}

/** `<xid>-<id>` of an event id. */
const keyOf = (id: string | undefined): string => id?.slice(33) ?? '';

function judge(client: StreamClient, wanted: string[], proof: EventProof): void {
  const got = client.received.filter(({ event }) => event !== 'reset').map(({ id }) => keyOf(id));
  const place = new Map(wanted.map((key, at) => [key, at]));
  const seen = new Set(got);
  proof.deliveries += got.length;
  proof.resets += client.received.length - got.length;
  proof.twice += got.length - seen.size;
  proof.missing += wanted.filter((key) => !seen.has(key)).length;
  proof.foreign += [...seen].filter((key) => !place.has(key)).length;
  proof.disordered += got.filter((key, at) => at > 0 && (place.get(key) ?? 0) < (place.get(got[at - 1] ?? '') ?? 0)).length;
}

/**
 * One writer. Half of its transactions are units of work as the product commits them, slow between taking their number
 * and their events; half have their events early and commit late; some roll back.
 */
async function write(
  sql: Sql,
  signals: Signals,
  workspaceId: string,
  transactions: number,
  addressees: { audience: 'operator' | 'visitor'; addresseeId: string }[],
  progress: Progress,
): Promise<void> {
  const event = (): NewEvent => {
    const to = randomInt(3) === 0 ? addressees[randomInt(addressees.length)] : undefined;
    return { kind: 'message', audience: 'team', ...to, subjectId: randomUUID(), data: { text: 'x'.repeat(randomInt(200)) } };
  };
  const dawdle = (): number => (randomInt(4) === 0 ? randomInt(20) / 1_000 : 0);
  for (let done = 0; done < transactions; done += 1) {
    const events = Array.from({ length: 1 + randomInt(3) }, event);
    const rollBack = randomInt(20) === 0;
    try {
      if (done % 2 === 0) {
        await change({ sql, signals }, workspaceId, async (unit) => {
          await unit.sql`select pg_current_xact_id(), pg_sleep(${dawdle()})`;
          for (const one of events) unit.emit(one);
          if (rollBack) throw new RolledBack();
        });
      } else {
        await sql.begin(async (transaction) => {
          for (const { kind, audience, addresseeId = null } of events) {
            await transaction`insert into event (workspace_id, kind, audience, addressee_id) values (${workspaceId}, ${kind}, ${audience}, ${addresseeId})`;
          }
          await transaction`select pg_sleep(${dawdle()})`;
          if (rollBack) throw new RolledBack();
        });
        signals.publish({ kind: 'events', workspaceId });
      }
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    progress.step();
  }
}

/** How many transactions have ended, for those who wait for it. */
class Progress {
  #done = 0;
  readonly #waiting: { at: number; tell: () => void }[] = [];

  step(): void {
    this.#done += 1;
    for (const { tell } of this.#waiting.filter(({ at }) => at === this.#done)) tell();
  }

  reached(at: number): Promise<void> {
    return this.#done >= at ? Promise.resolve() : new Promise((tell) => this.#waiting.push({ at, tell }));
  }
}

class RolledBack extends Error {}

/** A reader that comes back with its last id as often as its stream ends. */
async function comeBack(client: StreamClient): Promise<void> {
  while (!client.closed) {
    await client.until((it) => it.ended, 3_600_000);
    await client.connect();
  }
}

/** Breaks connections off, severs servers from the database and kills them, spread over the writing. @returns connections broken off */
async function disturb(sql: Sql, servers: Servers, clients: StreamClient[], options: EventProofOptions, progress: Progress): Promise<number> {
  const { reconnects, severances, serverKills } = options;
  const spread = <T>(times: number, act: T): { at: number; act: T }[] =>
    Array.from({ length: times }, (_, n) => ({ at: Math.ceil(((n + 1) / (times + 1)) * options.writers * options.transactions), act }));
  let drops = 0;
  let severed = 0;
  const acts = {
    drop: () => clients[(drops += 1) % clients.length]?.drop(),
    sever: () => sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and (query like 'listen %' or (application_name = ${serverName} and ${((severed += 1)) % 2 === 0}))`,
    kill: () => servers.kill(),
  };
  const plan = [...spread(reconnects, acts.drop), ...spread(severances, acts.sever), ...spread(serverKills, acts.kill)];
  for (const { at, act } of plan.toSorted((a, b) => a.at - b.at)) {
    await progress.reached(at);
    await act();
  }
  return drops;
}
