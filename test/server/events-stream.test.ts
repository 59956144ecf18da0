/** What a stream does beside events: passing news, heartbeats, slow readers, revocation, draining, failures behind it. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { change } from '../../server/db/change.ts';
import type { NewEvent } from '../../server/db/change.ts';
import type { Signal, Signals } from '../../server/db/signals.ts';
import { encodeFrame } from '../../server/events/frame.ts';
import { StreamClient } from '../prove/events-client.ts';
import { renderPlainly, startEventServer } from '../prove/events-server.ts';
import type { EventServer, EventServerOptions } from '../prove/events-server.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
const servers: EventServer[] = [];
const clients: StreamClient[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.drop();
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => database.close());

async function serve(options: EventServerOptions = {}): Promise<EventServer> {
  const server = await startEventServer(database.sql, options);
  servers.push(server);
  return server;
}

async function connect(url: string, lastId?: string): Promise<StreamClient> {
  const client = await new StreamClient(url, lastId).connect();
  clients.push(client);
  await client.until((it) => it.text !== '');
  return client;
}

function emit(signals: Signals, workspaceId: string, data: Record<string, unknown>, more: Partial<NewEvent> = {}): Promise<void> {
  return change({ sql: database.sql, signals }, workspaceId, async (unit) =>
    unit.emit({ kind: 'message', audience: 'team', subjectId: randomUUID(), data, ...more }),
  );
}

/** Signals of a process that hears and says nothing. */
const deaf = (): Signals & { tell(signal: Signal): void } => {
  const listeners = new Set<(signal: Signal) => void>();
  return {
    processId: randomUUID(),
    publish: () => {},
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => Promise.resolve(),
    tell: (signal) => {
      for (const listener of listeners) listener(signal);
    },
  };
};

test('passing news reaches its audience in every process, without an id, and is not kept', async () => {
  const [here, there] = [await serve(), await serve()];
  const [workspace, visitor] = [randomUUID(), randomUUID()];
  const readers = await Promise.all(
    [here, there].flatMap(({ url }) => [connect(`${url}/${workspace}/operator/${randomUUID()}`), connect(`${url}/${workspace}/visitor/${visitor}`)]),
  );
  const strangers = await Promise.all([
    connect(`${here.url}/${workspace}/visitor/${randomUUID()}`),
    connect(`${there.url}/${randomUUID()}/operator/${randomUUID()}`),
  ]);
  const typing = { conversationId: randomUUID(), typing: true };
  here.signals.publish({ kind: 'passing', workspaceId: workspace, audience: 'team', addresseeId: null, event: 'typing', data: typing });
  here.signals.publish({ kind: 'passing', workspaceId: workspace, audience: 'visitor', addresseeId: visitor, event: 'typing', data: { typing: true } });
  for (const [at, reader] of readers.entries()) {
    await reader.until((it) => it.received.length > 0);
    expect(reader.received).toEqual([{ id: undefined, event: 'typing', data: at % 2 === 0 ? typing : { typing: true } }]);
  }
  for (const stranger of strangers) expect(stranger.received).toEqual([]);
});

test('a stream without events is kept open by comment lines', async () => {
  const server = await serve({ limits: { heartbeat: 20 } });
  const reader = await connect(`${server.url}/${randomUUID()}/operator/${randomUUID()}`);
  await reader.until((it) => it.comments.length >= 3);
});

test('nothing is written to a stream before its place in the log is known', async () => {
  const slow = await createTestDatabase();
  const server = await startEventServer(slow.sql, { limits: { heartbeat: 5, recheck: 5 } });
  try {
    const other = await connect(`${server.url}/${randomUUID()}/operator/${randomUUID()}`);
    let release = (): void => {};
    let isHeld = (): void => {};
    const held = new Promise<void>((resolve) => (isHeld = resolve));
    const holding = slow.openPool({ max: 1 }).begin(async (sql) => {
      await sql`lock table event_log`;
      isHeld();
      await new Promise<void>((resolve) => (release = resolve));
    });
    await held;
    const client = new StreamClient(`${server.url}/${randomUUID()}/operator/${randomUUID()}`);
    clients.push(client);
    const connecting = client.connect();
    const waiting = async (): Promise<number> =>
      (await slow.sql`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`).length;
    while ((await waiting()) === 0);
    const beats = other.comments.length;
    await other.until((it) => it.comments.length > beats + 2);
    expect(client.status).toBe(0);
    release();
    await holding;
    await connecting;
    await client.until((it) => it.comments.length > 0);
    expect(client.status).toBe(200);
    expect(client.text).toMatch(/^id: /);
  } finally {
    await server.close();
    await slow.close();
  }
});

test('a hint that was lost is made good by the poll, and a listener that reconnects reads again', async () => {
  const workspace = randomUUID();
  const polling = await serve({ signals: deaf(), limits: { poll: 30 } });
  const signals = deaf();
  const told = await serve({ signals, limits: { poll: 1e6 } });
  const readers = await Promise.all([polling, told].map(({ url }) => connect(`${url}/${workspace}/operator/${randomUUID()}`)));
  await emit(deaf(), workspace, { n: 1 });
  await readers[0]?.until((it) => it.received.length === 1);
  expect(readers[1]?.received).toEqual([]);
  signals.tell({ kind: 'reconnected' });
  await readers[1]?.until((it) => it.received.length === 1);
});

test('a quiet workspace moves on with the log, so that pruning elsewhere does not reset its readers', async () => {
  const own = await createTestDatabase();
  const server = await startEventServer(own.sql, { limits: { poll: 20 } });
  try {
    const [quiet, busy] = [randomUUID(), randomUUID()];
    const reader = await connect(`${server.url}/${quiet}/operator/${randomUUID()}`);
    await own.sql`insert into event (workspace_id, kind, audience) values (${busy}, 'message', 'team')`;
    const horizon = async (): Promise<string | undefined> => {
      const [row] = await own.sql<
        { at: string }[]
      >`select clock_timestamp()::text as at where pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from event)`;
      return row?.at;
    };
    let from = await horizon();
    // Another database's transaction may hold the log back for a while.
    while (!from) from = await horizon();
    // Of three polls that ended after that, the second has looked after it, and its answer has been taken.
    const polls = new Set<string>();
    while (polls.size < 3) {
      const begun = await own.sql<{ at: string }[]>`
        select query_start::text as at from pg_stat_activity
        where datname = current_database() and query ~ '^\\s*select pg_snapshot_xmin' and state = 'idle' and query_start > ${from}::text::timestamptz`;
      for (const { at } of begun) polls.add(at);
    }
    await own.sql`update event_log set pruned_xid = (select xid from event limit 1), pruned_id = (select id from event limit 1)`;
    await change({ sql: own.sql, signals: server.signals }, quiet, async (unit) => unit.emit({ kind: 'message', audience: 'team', data: { n: 1 } }));
    await reader.until((it) => it.received.length > 0);
    expect(reader.received.map(({ event }) => event)).toEqual(['message']);
  } finally {
    await server.close();
    await own.close();
  }
});

test('a reader that takes too little is cut and resumes by its id, and others are not held up', async () => {
  const server = await serve({ limits: { maxBuffered: 64 * 1024 } });
  const workspace = randomUUID();
  const [slow, quick] = await Promise.all(['slow', 'quick'].map(() => connect(`${server.url}/${workspace}/operator/${randomUUID()}`)));
  if (!slow || !quick) throw new Error('no readers');
  slow.pause();
  const filler = 'x'.repeat(100_000);
  let sent = 0;
  // The kernel takes some megabytes before anything waits in the process.
  while (server.hub.stats().cut === 0 && sent < 500) {
    sent += 1;
    await emit(server.signals, workspace, { n: sent, filler });
    await quick.until((it) => it.received.length === sent);
  }
  expect(server.hub.stats()).toMatchObject({ cut: 1, readers: 1 });
  slow.drop();
  await slow.connect();
  await slow.until((it) => it.received.length >= sent);
  const order = (client: StreamClient): unknown[] => client.received.map(({ data }) => (data as { n: number }).n);
  expect(order(slow)).toEqual(Array.from({ length: sent }, (_, at) => at + 1));
  expect(order(quick)).toEqual(order(slow));
});

test('a reader that takes nothing for too long is cut, however little waits for it', async () => {
  const server = await serve({ limits: { stall: 50, recheck: 20, maxBuffered: 1e9 } });
  const workspace = randomUUID();
  const slow = await connect(`${server.url}/${workspace}/operator/${randomUUID()}`);
  slow.pause();
  for (let sent = 0; server.hub.stats().cut === 0 && sent < 500; sent += 1) await emit(server.signals, workspace, { filler: 'x'.repeat(200_000) });
  expect(server.hub.stats()).toMatchObject({ cut: 1, readers: 0, workspaces: 0 });
});

test('a stream ends once its reader may no longer read: by the next question, and at once when settings change', async () => {
  const asking = await serve({ limits: { recheck: 20 } });
  const [workspace, ana, ben] = [randomUUID(), randomUUID(), randomUUID()];
  const readers = await Promise.all([ana, ben].map((id) => connect(`${asking.url}/${workspace}/operator/${id}`)));
  asking.refused.add(ana);
  await readers[0]?.until((it) => it.ended);
  expect(readers[1]?.ended).toBe(false);

  const waiting = await serve({ limits: { recheck: 1e6 } });
  const other = await connect(`${waiting.url}/${workspace}/operator/${ana}`);
  waiting.refused.add(ana);
  await emit(waiting.signals, workspace, { kind: 'operators', id: null }, { kind: 'settings' });
  await other.until((it) => it.ended);
  expect(waiting.hub.stats()).toMatchObject({ revoked: 1, readers: 0 });
});

test('draining ends each stream with a retry line and opens no more', async () => {
  const server = await serve({ limits: { retry: 1000 } });
  const url = `${server.url}/${randomUUID()}/operator/${randomUUID()}`;
  const reader = await connect(url);
  server.hub.close();
  await reader.until((it) => it.ended);
  expect(reader.text).toMatch(/\nretry: \d+\n\n$/);
  expect(await fetch(url).then((response) => response.status)).toBe(503);
  expect(server.hub.stats().readers).toBe(0);
});

test('an event that cannot be shown is tried again, and then its readers are told to read afresh and go on', async () => {
  let failing = 2;
  const render: EventServerOptions['render'] = (workspaceId, rows, projection) => {
    if (rows.some(({ data }) => data?.['poison'] === true) || (failing -= 1) >= 0) return Promise.reject(new Error('cannot be shown'));
    return renderPlainly(workspaceId, rows, projection);
  };
  const server = await serve({ render });
  const workspace = randomUUID();
  const url = `${server.url}/${workspace}/operator/${randomUUID()}`;
  const reader = await connect(url);
  const begin = /^id: (\S+)$/m.exec(reader.text)?.[1];
  const events = (client: StreamClient): unknown[] => client.received.map(({ event }) => event);
  await emit(server.signals, workspace, { n: 1 });
  await reader.until((it) => it.received.length === 1);
  expect(events(reader)).toEqual(['message']);
  await emit(server.signals, workspace, { poison: true });
  await reader.until((it) => it.received.length === 2);
  await emit(server.signals, workspace, { n: 2 });
  await reader.until((it) => it.received.length === 3);
  expect(events(reader)).toEqual(['message', 'reset', 'message']);
  // Who comes back from before it has the same.
  const back = await connect(url, begin);
  await back.until((it) => it.received.length === 1);
  expect(events(back)).toEqual(['reset']);
});

test('what names something that is gone shows nothing, and a view that is null neither', async () => {
  const server = await serve({
    render: async (workspaceId, rows, projection) => {
      const shown: Awaited<ReturnType<typeof renderPlainly>> = new Map(await renderPlainly(workspaceId, rows, projection));
      for (const row of rows) {
        if (row.kind === 'draft') shown.set(`${row.xid}-${row.id}`, null);
        if (row.kind === 'contact') shown.delete(`${row.xid}-${row.id}`);
      }
      return shown;
    },
  });
  const workspace = randomUUID();
  const reader = await connect(`${server.url}/${workspace}/operator/${randomUUID()}`);
  await emit(server.signals, workspace, { n: 1 }, { kind: 'draft' });
  await emit(server.signals, workspace, { n: 2 }, { kind: 'contact' });
  await emit(server.signals, workspace, { n: 3 });
  await reader.until((it) => it.received.length > 0);
  expect(reader.received.map(({ data }) => data)).toEqual([{ n: 3 }]);
});

test('nothing that is shown can break out of its line', () => {
  const data = { text: 'a\r\n\r\nevent: reset\ndata: {}\n\n\u2028\u0000' };
  const frame = encodeFrame({ event: 'message', data }, 'e-1-2').toString();
  expect(frame.match(/[\r\n]+/g)).toEqual(['\n', '\n', '\n\n']);
  expect(JSON.parse(frame.slice('id: e-1-2\nevent: message\ndata: '.length))).toEqual(data);
  expect(encodeFrame({ event: 'typing', data: undefined }).toString()).toBe('event: typing\ndata: null\n\n');
  for (const event of ['a\nb', 'a\rb', '', 'a b']) expect(() => encodeFrame({ event, data: 1 })).toThrow(TypeError);
  expect(() => encodeFrame({ event: 'a', data: 1 }, '1\n2')).toThrow(TypeError);
});
