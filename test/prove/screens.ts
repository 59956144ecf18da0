/**
 * Four operators at work over two processes, whose streams are cut again and again: in the end every list of every
 * operator shows what it would if it were opened then: order, rows with their badges, what is unread, and counts. A page
 * that goes on from wherever the log is by then does not, or the run would prove nothing.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Db } from '../../server/db/change.ts';
import { headCursor } from '../../server/db/events.ts';
import { foldCounts } from '../../server/db/pool-counts.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { PoolFilter } from '../../widgets/store/filter.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { becomePage, openScreen } from './screens-page.ts';
import type { Screen } from './screens-page.ts';

interface ScreensOptions {
  conversations: number;
  operations: number;
  /** Times that a stream is cut, about. */
  cuts: number;
  /** Whether the servers are processes of their own, or both in this one. */
  forked: boolean;
}
interface ScreensProof {
  operations: number;
  refused: number;
  cuts: number;
  screens: number;
  /** Until every screen was right, after the last operation. */
  settledMs: number;
  /** What differs from what a fresh page shows; must be none. */
  faults: string[];
  /** The same of the page that forgets its place; must be some. */
  naiveFaults: number;
}

export const shortScreens: ScreensOptions = { conversations: 150, operations: 250, cuts: 10, forked: false };
export const longScreens: ScreensOptions = { conversations: 1_000, operations: 10_000, cuts: 200, forked: true };

const NAMES = ['ana', 'ben', 'chloe', 'dan'] as const;
const FILTERS: PoolFilter[] = [
  {},
  { unread: true },
  { tag: 'VIP' },
  { assigneeId: 'me' },
  { sort: 'priority' },
  { requiresAction: true },
  { status: 'closed' },
  { status: 'any', handedOff: true, sort: 'priority' },
];
const COUNTED: PoolFilter[] = [{}, { unread: true }, { tag: 'VIP', status: 'any' }];
/** What operators do at once. */
const LANES = 8;
/** Until everything that is on its way has arrived, in milliseconds: the longest that counts and streams put themselves off is 15 s. */
const SETTLES = 60_000;

const pick = <T>(from: readonly T[]): T => from[randomInt(from.length)]!;

export async function proveScreens(database: TestDatabase, options: ScreensOptions, say: (progress: string) => void = () => {}): Promise<ScreensProof> {
  becomePage();
  const sql = database.openPool({ max: 10 });
  const db: Db = { sql, signals: await openSignals(sql) };
  const world = await createWorld(db, { replyMode: 'off' });
  const { workspaceId } = world;
  await sql`insert into tag ${sql(['VIP', 'Hot Lead'].map((name) => ({ workspaceId, id: randomUUID(), name })))}`;
  const servers = await startServers(database, options.forked);
  const tokens = await Promise.all(
    NAMES.map((name) => operatorToken(world, 'ben', { sub: name, name: `${name} of the team`, role: name === 'ana' ? 'admin' : 'operator' })),
  );
  const work = new Work(world, servers.urls, tokens);
  const screens: Screen[] = [];
  const open = (at: number, forgets?: () => Promise<string>) =>
    openScreen({ base: servers.urls[at % 2]!, token: tokens[at]!, operator: NAMES[at]!, filters: FILTERS, counted: COUNTED, ...(forgets ? { forgets } : {}) });
  let naive: Screen | undefined;
  let folding: ReturnType<typeof setInterval> | undefined;
  try {
    const written = await Promise.all(Array.from({ length: options.conversations }, () => world.writes('Hello')));
    work.conversations = written.map(({ conversationId }) => conversationId);
    work.handles = written.map(({ handle }) => handle);
    await work.meet();
    screens.push(...NAMES.map((_, at) => open(at)));
    // A token of its own, so that only its stream forgets.
    const token = await operatorToken(world, 'ben', { sub: 'ana', name: 'ana of the team', role: 'admin', exp: Math.floor(Date.now() / 1_000) + 7_000 });
    naive = openScreen({ base: servers.urls[0]!, token, operator: 'naive', filters: FILTERS, counted: COUNTED, forgets: () => head(db) });
    await until(async () =>
      [...screens, naive!].every(({ store }) => store.get().connection === 'live' && FILTERS.every((_, n) => Object.values(store.get().pools)[n]?.loaded)),
    );
    folding = setInterval(() => void foldCounts(sql).catch(() => {}), 100);

    let begun = 0;
    let cut = 0;
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        while (begun < options.operations) {
          begun += 1;
          if (begun % Math.max(1, Math.floor(options.operations / options.cuts)) === 0) {
            cut += 1;
            pick([...screens, naive!]).cut();
            naive!.cut();
          }
          await work.one();
          if (begun % 100 === 0) say(`${begun} operations, ${work.refused} refused, ${cut} cuts`);
        }
      }),
    );
    const faults = async () => (await Promise.all(screens.map(async (screen, at) => (await screen.faults()).map((fault) => `${NAMES[at]}: ${fault}`)))).flat();
    const ended = performance.now();
    let left = await faults();
    await until(async () => (left = await faults()).length === 0, SETTLES).catch(() => {});
    const settledMs = Math.round(performance.now() - ended);
    return {
      operations: options.operations,
      refused: work.refused,
      cuts: cut,
      screens: screens.length * (FILTERS.length + COUNTED.length),
      settledMs,
      faults: left,
      naiveFaults: (await naive.faults()).length,
    };
  } finally {
    clearInterval(folding);
    for (const screen of [...screens, ...(naive ? [naive] : [])]) screen.close();
    await servers.close();
    await db.signals.close();
  }
}

/** Where the log is now, as a reader names it that has seen all of it. */
async function head({ sql }: Db): Promise<string> {
  const { epoch, cursor } = await headCursor(sql);
  return `${epoch}-${cursor.xid}-${cursor.id}`;
}

/** What happens in a team's day, at random. */
class Work {
  conversations: string[] = [];
  handles: string[] = [];
  refused = 0;
  private people: string[] = [];
  private readonly operations: { at: number; id: string }[] = [];

  constructor(
    private readonly world: World,
    private readonly urls: string[],
    private readonly tokens: string[],
  ) {}

  /** Makes everybody known. */
  async meet(): Promise<void> {
    this.people = await Promise.all(this.tokens.map(async (_, at) => ((await this.call(at, 'GET', '/v1/me')) as { id: string }).id));
  }

  private async call(at: number, method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(pick(this.urls) + path, {
      method,
      headers: { authorization: `Bearer ${this.tokens[at]}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.status >= 500) throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`);
    if (!response.ok) this.refused += 1;
    return response.status === 204 ? undefined : response.json();
  }

  async one(): Promise<void> {
    const at = randomInt(this.tokens.length);
    const id = pick(this.conversations);
    const on = (what: string) => `/v1/conversations/${id}${what}`;
    const patch = (body: object) => () => this.call(at, 'PATCH', on(''), body);
    const post =
      (what: string, body: object = {}) =>
      () =>
        this.call(at, 'POST', on(what), body);
    const bulk = async () => {
      const set = pick([
        { status: 'closed' },
        { addTags: ['VIP'] },
        { removeTags: ['VIP'] },
        { assigneeId: pick(this.people) },
        { read: true },
        { read: false },
        { status: 'open' },
      ]);
      const done = (await this.call(at, 'POST', '/v1/conversations/bulk', { ids: Array.from({ length: 5 }, () => pick(this.conversations)), set })) as {
        operationId?: string;
      };
      if (done.operationId) this.operations.push({ at, id: done.operationId });
    };
    const undo = async () => {
      const last = this.operations.pop();
      if (last) await this.call(last.at, 'POST', `/v1/operations/${last.id}/undo`);
    };
    const settings = async () => {
      const { items } = (await this.call(0, 'GET', pick(['/v1/tags', '/v1/departments']))) as { items: { id: string; name: string; color?: number }[] };
      const one = pick(items);
      await this.call(
        0,
        'PATCH',
        `${one.color === undefined ? '/v1/departments' : '/v1/tags'}/${one.id}`,
        one.color === undefined ? { name: `Care ${randomInt(1_000)}` } : { color: 1 + randomInt(8) },
      );
    };
    const writes = () => this.world.writes(pick(['Hello?', 'Is anybody there', 'Thank you']), { handle: pick(this.handles) });
    const acts: (() => Promise<unknown>)[] = [
      writes,
      writes,
      writes,
      writes,
      post('/read', { seq: 1 + randomInt(20) }),
      post('/read', { seq: 1_000 }),
      post('/read', { seq: 1_000 }),
      post('/unread', { seq: 1 }),
      patch({ status: pick(['open', 'open', 'closed', 'archived']) }),
      patch({ assigneeId: pick([...this.people, null]) }),
      patch({ priority: pick(['urgent', 'high', 'normal', 'low']) }),
      patch({ tags: pick([[], ['VIP'], ['VIP', 'Hot Lead']]) }),
      patch({ departmentId: pick([this.world.departments.care, null]) }),
      patch({ subject: pick(['About an order', null]) }),
      patch({ snoozedUntil: pick(['next_message', null, null]) }),
      post('/assume'),
      post('/handoff'),
      post('/resume'),
      post('/join'),
      post('/messages', { text: 'An answer', assume: true }),
      post('/notes', { text: 'A note', mentions: [] }),
      bulk,
      bulk,
      undo,
      ...(randomInt(10) === 0 ? [settings, settings] : []),
    ];
    await pick(acts)();
  }
}

interface Servers {
  urls: string[];
  close(): Promise<void>;
}

async function startServers(database: TestDatabase, forked: boolean): Promise<Servers> {
  if (!forked) {
    const apis = [await startApi(database), await startApi(database)];
    return {
      urls: apis.map(({ url }) => url),
      close: async () => {
        await Promise.all(apis.map((api) => api.stop()));
      },
    };
  }
  const program = fileURLToPath(new URL('./screens-server.ts', import.meta.url));
  const children: ChildProcess[] = [];
  const urls: string[] = [];
  for (let n = 0; n < 2; n += 1) {
    const child = fork(program, { execArgv: ['--import', 'tsx'], env: { ...process.env, SCREENS_DATABASE_URL: database.url } });
    children.push(child);
    const [word] = (await once(child, 'message')) as [{ url: string }];
    urls.push(word.url);
  }
  return {
    urls,
    close: async () => {
      for (const child of children) {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }
    },
  };
}

async function until(condition: () => Promise<boolean>, within = 30_000): Promise<void> {
  for (const began = performance.now(); !(await condition()); ) {
    if (performance.now() - began > within) throw new Error('it did not come to be');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
