/** The store of the operators' elements in a page that is none: what it asks of a browser, and how its stream is cut. */
import type { Conversation, Counts, SharedConversation } from '../../server/contract/conversation.ts';
import { createClient } from '../../widgets/store/client.ts';
import { keyOf, queryOf } from '../../widgets/store/filter.ts';
import type { PoolFilter } from '../../widgets/store/filter.ts';
import { conversationOf, unreadOf } from '../../widgets/store/select.ts';
import { createStore } from '../../widgets/store/store.ts';
import type { Store } from '../../widgets/store/store.ts';
import { Tokens } from '../../widgets/store/token.ts';

/** Each with how the streams are cut that it has open. */
const cuts = new Map<string, Set<AbortController>>();
/** Where a page that forgets its place goes on from; the others keep theirs. */
const forgetful = new Map<string, () => Promise<string>>();

/** Gives this process what a page has, once. */
export function becomePage(): void {
  const page = new EventTarget();
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const real = globalThis.fetch;
  const parts = {
    document: Object.assign(new EventTarget(), { visibilityState: 'visible', hidden: false, activeElement: null, baseURI: 'http://127.0.0.1/' }),
    localStorage: storage,
    sessionStorage: storage,
    addEventListener: page.addEventListener.bind(page),
    removeEventListener: page.removeEventListener.bind(page),
    dispatchEvent: page.dispatchEvent.bind(page),
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.pathname !== '/v1/events') return real(input, init);
      const who = new Headers(init?.headers).get('authorization') ?? '';
      const cut = new AbortController();
      const streams = cuts.get(who) ?? new Set();
      cuts.set(who, streams.add(cut));
      cut.signal.addEventListener('abort', () => streams.delete(cut));
      const headers = new Headers(init?.headers);
      const head = forgetful.get(who);
      if (head && (headers.has('last-event-id') || url.searchParams.has('lastEventId'))) {
        url.searchParams.delete('lastEventId');
        headers.set('last-event-id', await head());
      }
      return real(url, { ...init, headers, signal: init?.signal ? AbortSignal.any([init.signal, cut.signal]) : cut.signal });
    },
  };
  for (const [name, value] of Object.entries(parts)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  if (!('navigator' in globalThis)) Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
}

export interface Screen {
  store: Store;
  /** Ends its stream as a network does that is gone for a moment. */
  cut(): void;
  /** What it shows, beside what a page shows that is opened now. @returns what differs */
  faults(): Promise<string[]>;
  close(): void;
}

interface ScreenOptions {
  base: string;
  token: string;
  operator: string;
  filters: PoolFilter[];
  counted: PoolFilter[];
  /** Instead of going on where it stood, it goes on from here: what came in between it never hears of. */
  forgets?: () => Promise<string>;
}

/** Opens the lists of an operator, and keeps them open. */
export function openScreen({ base, token, operator, filters, counted, forgets }: ScreenOptions): Screen {
  const who = `Bearer ${token}`;
  if (forgets) forgetful.set(who, forgets);
  const store = createStore({ client: createClient({ base, tokens: new Tokens(() => token) }), identity: { base, workspace: 'screens', operator } });
  const stops = [...filters.map((filter) => store.pools.watchPool(filter)), ...counted.map((filter) => store.pools.watchCounts(filter))];
  const get = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${base}/v1/conversations${path}`, { headers: { authorization: who } });
    if (!response.ok) throw new Error(`${path} was answered with ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    store,
    cut: () => cuts.get(who)?.forEach((stream) => stream.abort()),
    async faults() {
      const found: string[] = [];
      for (const filter of filters) found.push(...(await poolFaults(store, filter, get)));
      for (const filter of counted) {
        const shown = store.get().counts[keyOf(filter)];
        const fresh = await get<Counts>(`/counts?${keyOf(filter)}`);
        if (sorted(shown) !== sorted(fresh)) found.push(`counts of ${keyOf(filter) || 'all'}: ${JSON.stringify(shown?.all)}, not ${JSON.stringify(fresh.all)}`);
      }
      return found;
    },
    close() {
      for (const stop of stops) stop();
      store.stop();
    },
  };
}

/** Order, rows with their badges, and what is unread, of one list. */
async function poolFaults(store: Store, filter: PoolFilter, get: <T>(path: string) => Promise<T>): Promise<string[]> {
  const name = keyOf(filter) || 'all open';
  const pool = store.get().pools[keyOf(filter)];
  if (!pool?.loaded) return [`${name} is not loaded`];
  const fresh: Conversation[] = [];
  for (let cursor: string | null = ''; cursor !== null && fresh.length < pool.ids.length; ) {
    const page: { items: Conversation[]; nextCursor: string | null } = await get(
      `?${new URLSearchParams({ ...queryOf(filter), limit: '100', ...(cursor ? { cursor } : {}) }).toString()}`,
    );
    fresh.push(...page.items);
    cursor = page.nextCursor;
  }
  const wanted = pool.nextCursor === null ? fresh : fresh.slice(0, pool.ids.length);
  const order = wanted.map(({ id }) => id);
  if (order.join() !== pool.ids.join()) {
    const at = order.findIndex((id, place) => id !== pool.ids[place]);
    const told = (id: string | undefined): string => {
      const row = fresh.find((one) => one.id === id);
      const shown = id === undefined ? undefined : conversationOf(store.get(), id);
      const place = (one?: SharedConversation): string => (one ? `${one.status} ${one.priority} ${one.waitingSince} v${one.version}` : 'nothing');
      return `${id} (shown at ${pool.ids.indexOf(id ?? '')}: ${place(shown)}; fresh at ${order.indexOf(id ?? '')}: ${place(row)})`;
    };
    return [
      `${name}: row ${at < 0 ? order.length : at} of ${order.length} (${pool.ids.length} shown${pool.nextCursor === null ? ', all' : ''}) is ${told(pool.ids[at])}, not ${told(order[at])}; the edge is ${pool.edge?.id}`,
    ];
  }
  const state = store.get();
  return wanted.flatMap(({ unread, match: _match, mergedFrom: _mergedFrom, ...row }) => {
    const shown: SharedConversation | undefined = conversationOf(state, row.id);
    const seen = unreadOf(state, row.id);
    return sorted(shown) !== sorted(row) ? [`${name}: ${difference(shown, row)}`] : seen !== unread ? [`${name}: ${seen} unread, not ${unread}`] : [];
  });
}

const difference = (shown: SharedConversation | undefined, row: SharedConversation): string =>
  Object.entries(row)
    .filter(([key, value]) => sorted(shown?.[key as keyof SharedConversation]) !== sorted(value))
    .map(([key, value]) => `${key} is ${sorted(shown?.[key as keyof SharedConversation])}, not ${sorted(value)}`)
    .join('; ')
    .slice(0, 300);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1))) : part,
  ) ?? 'nothing';
