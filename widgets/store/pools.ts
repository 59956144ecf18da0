import type { Conversation } from '../../server/contract/conversation.ts';
import type { Core } from './core.ts';
import { keyOf, matches, queryOf, type PoolFilter } from './filter.ts';
import { filterNow, place, putConversations, putPage } from './reduce-pool.ts';
import type { Pool, State } from './state.ts';

const PAGE = 100;
/** How much of a pool is read again at once, in pages; what lies below is loaded when it is scrolled to. */
const RELOADED_PAGES = 3;
/** How many pools that nobody looks at are kept up to date. */
const KEPT = 4;
/** The least time between two readings of the counts, and the most that one which took long puts the next off, in milliseconds. */
const COUNT_PAUSE = 1_000;
const COUNT_PAUSE_MOST = 15_000;
/** The most of its time that an API spends on counting for one operator: one part in so many. */
const COUNT_SHARE = 20;

interface PoolActions {
  /** Follows the conversations of a filter; they are in `state.pools[keyOf(filter)]`. Answers how to stop. */
  watchPool(filter: PoolFilter): () => void;
  /** Follows the counts of a filter; they are in `state.counts[keyOf(filter)]`. Answers how to stop. */
  watchCounts(filter: PoolFilter): () => void;
  /** Reads the next page of a pool, if there is one and none is on its way. */
  loadMore(filter: PoolFilter): Promise<void>;
  /** Reads a pool again, from its top. */
  reloadPool(filter: PoolFilter): Promise<void>;
}

/** The pools and their counts, as the store keeps them. */
export class Pools implements PoolActions {
  private readonly watched = new Map<string, number>();
  private readonly counted = new Map<string, { filter: PoolFilter; watchers: number }>();
  private readonly calls = new Map<string, number>();
  private readonly asking = new Set<string>();
  /** What ends the reading of a search. */
  private readonly searches = new Map<string, AbortController>();
  /** What came by the stream while a pool was being read, and may or may not be in the answer. */
  private readonly arrivals = new Map<string, Set<string>>();
  private counting?: ReturnType<typeof setTimeout>;
  private countedAt = 0;
  /** How long the last reading of the counts took, in milliseconds. */
  private countTook = 0;

  constructor(private readonly core: Core) {}

  watchPool(filter: PoolFilter): () => void {
    const key = keyOf(filter);
    this.watched.set(key, (this.watched.get(key) ?? 0) + 1);
    const pool = this.core.get().pools[key];
    if (!pool || pool.problem) void this.reloadPool(filter);
    return once(() => {
      const left = (this.watched.get(key) ?? 1) - 1;
      if (left > 0) this.watched.set(key, left);
      else {
        this.watched.delete(key);
        if (filter.q) this.giveUp(key);
      }
      this.forgetPools();
    });
  }

  watchCounts(filter: PoolFilter): () => void {
    const key = keyOf(filter);
    const counted = this.counted.get(key) ?? { filter, watchers: 0 };
    counted.watchers += 1;
    this.counted.set(key, counted);
    void this.readCounts(key, filter);
    return once(() => {
      counted.watchers -= 1;
      if (counted.watchers === 0) this.counted.delete(key);
    });
  }

  async loadMore(filter: PoolFilter): Promise<void> {
    const key = keyOf(filter);
    const pool = this.core.get().pools[key];
    if (!pool?.loaded || pool.loading || pool.nextCursor === null) return;
    const call = this.begin(key);
    const asked = this.core.get().tick;
    const answer = await this.read(filter, pool.nextCursor);
    if (this.calls.get(key) !== call) return;
    this.core.update((state) =>
      answer.ok ? putPage(state, key, answer.value, false, this.core.now(), asked) : setPool(state, key, { loading: false, problem: answer.problem }),
    );
  }

  async reloadPool(filter: PoolFilter): Promise<void> {
    const key = keyOf(filter);
    const call = this.begin(key, filter);
    await this.core.ready();
    const asked = this.core.get().tick;
    const arrived = new Set<string>();
    this.arrivals.set(key, arrived);
    const wanted = Math.min(this.core.get().pools[key]?.ids.length ?? 0, RELOADED_PAGES * PAGE);
    const items: Conversation[] = [];
    let nextCursor: string | null = null;
    do {
      const answer = await this.read(filter, nextCursor ?? undefined);
      if (this.calls.get(key) !== call) return;
      if (!answer.ok) return this.core.update((state) => setPool(state, key, { loading: false, problem: answer.problem }));
      items.push(...answer.value.items);
      ({ nextCursor } = answer.value);
    } while (nextCursor !== null && items.length < wanted);
    this.arrivals.delete(key);
    this.core.update((state) => {
      const next = putPage(state, key, { items, nextCursor }, true, this.core.now(), asked);
      return place(next, [...arrived], next);
    });
  }

  /** Everything that was read may be behind: reads it again. */
  reloadAll(): void {
    for (const [key, { filter }] of Object.entries(this.core.get().pools)) this.readAgain(key, filter);
    this.recount();
  }

  /** What conversations carry may have changed: reads all rows of the watched pools again, one page after the other. Only what became of them moves a row. */
  async refresh(): Promise<void> {
    this.recount();
    for (const pool of Object.values(this.core.get().pools)) {
      if (!pool.loaded || !this.watched.has(keyOf(pool.filter))) continue;
      let cursor: string | undefined;
      for (let page = 0; page * PAGE < pool.ids.length; page += 1) {
        const asked = this.core.get().tick;
        const answer = await this.read(pool.filter, cursor);
        if (!answer.ok) break;
        const { items, nextCursor } = answer.value;
        if (!this.watched.has(keyOf(pool.filter))) break;
        this.core.update((state) => putConversations(state, items, this.core.now(), asked));
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
    }
  }

  /** Counts may have changed: reads them again, soon, and not more often than every second, less often where they take long. */
  recount(): void {
    if (this.counted.size === 0 || this.counting !== undefined) return;
    const wait = Math.max(150, this.countedAt + Math.min(Math.max(COUNT_PAUSE, this.countTook * COUNT_SHARE), COUNT_PAUSE_MOST) - this.core.now());
    this.counting = setTimeout(() => {
      this.counting = undefined;
      this.countedAt = this.core.now();
      for (const [key, { filter }] of this.counted) void this.readCounts(key, filter);
    }, wait);
  }

  /** A conversation came by the stream. Where it is not known how much of it the operator has read, and a pool would show it: reads it. */
  async meet(id: string): Promise<void> {
    for (const arrived of this.arrivals.values()) arrived.add(id);
    const state = this.core.get();
    const conversation = state.conversations.get(id);
    if (!conversation || state.reads.get(id) || this.asking.has(id)) return;
    const wanted = Object.values(state.pools).some((pool) => matches(filterNow(pool), conversation, { operatorId: state.me?.id, unread: 1 }));
    if (!wanted) return;
    this.asking.add(id);
    const asked = state.tick;
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations[':id'].$get({ param: { id } }));
    this.asking.delete(id);
    if (answer.ok) this.core.update((now) => putConversations(now, [answer.value], this.core.now(), asked));
  }

  /** A contact may have become another, or be itself again: a pool of it is read again. */
  meetContact(id: string): void {
    for (const [key, { filter, contactId }] of Object.entries(this.core.get().pools))
      if (filter.contactId === id || contactId === id) this.readAgain(key, filter);
  }

  stop(): void {
    clearTimeout(this.counting);
    this.calls.clear();
  }

  /** One that nobody looks at is forgotten instead. */
  private readAgain(key: string, filter: PoolFilter): void {
    if (this.watched.has(key)) void this.reloadPool(filter);
    else this.core.update((state) => dropPool(state, key));
  }

  private begin(key: string, filter?: PoolFilter): number {
    const call = (this.calls.get(key) ?? 0) + 1;
    this.calls.set(key, call);
    this.core.update((state) => setPool(state, key, { loading: true, problem: undefined }, filter));
    return call;
  }

  /** Nobody waits for a search any more: the server need not go on with it. */
  private giveUp(key: string): void {
    if (!this.core.get().pools[key]?.loading) return;
    this.searches.get(key)?.abort();
    this.calls.delete(key);
    this.core.update((state) => dropPool(state, key));
  }

  private read(filter: PoolFilter, cursor: string | undefined) {
    const search = new AbortController();
    if (filter.q) this.searches.set(keyOf(filter), search);
    const query = { ...queryOf(filter), limit: String(PAGE), ...(cursor ? { cursor } : {}) };
    return this.core.ask(() => this.core.client.api.v1.conversations.$get({ query }, { init: { signal: search.signal } }));
  }

  private async readCounts(key: string, filter: PoolFilter): Promise<void> {
    const { sort: _sort, ...counted } = filter;
    await this.core.ready();
    const call = (this.calls.get(`counts ${key}`) ?? 0) + 1;
    this.calls.set(`counts ${key}`, call);
    const began = this.core.now();
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations.counts.$get({ query: queryOf(counted) }));
    this.countTook = this.core.now() - began;
    if (!answer.ok || this.calls.get(`counts ${key}`) !== call) return;
    this.core.update((state) => ({ ...state, counts: { ...state.counts, [key]: answer.value } }));
  }

  private forgetPools(): void {
    const idle = Object.keys(this.core.get().pools).filter((key) => !this.watched.has(key));
    for (const key of idle.slice(0, Math.max(0, idle.length - KEPT))) {
      this.calls.delete(key);
      this.searches.delete(key);
      this.core.update((state) => dropPool(state, key));
    }
  }
}

const emptyPool = { ids: [], nextCursor: null, loaded: false, loading: false, found: {} };

function setPool(state: State, key: string, change: Partial<Pool>, filter?: PoolFilter): State {
  const before = state.pools[key] ?? (filter && { ...emptyPool, filter });
  return before ? { ...state, pools: { ...state.pools, [key]: { ...before, ...change } } } : state;
}

function dropPool(state: State, key: string): State {
  const { [key]: _gone, ...pools } = state.pools;
  return { ...state, pools };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
