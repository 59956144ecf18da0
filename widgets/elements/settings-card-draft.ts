/** Guidance cards as somebody changes them: their order, what each says, those that are new or to go. */
import type { GuidanceCard } from '../../server/contract/settings.ts';
import { Draft } from './settings-draft.ts';

/** What may be written of a card. */
export type CardFields = Pick<GuidanceCard, 'surface' | 'title' | 'text' | 'scope' | 'active' | 'position'>;
export const cardFields = ['surface', 'title', 'text', 'scope', 'active', 'position'] as const satisfies (keyof CardFields)[];

/** A card in the list: one that is saved, or, without an id, one to come. */
export interface CardEntry {
  /** Its id, or one that only the list knows it by. */
  readonly key: string;
  readonly id?: string;
  readonly value: CardFields;
  readonly changed: boolean;
}

/** What of a request became of which card. */
export interface CardWrite {
  readonly key: string;
  readonly body: { id?: string; version?: number; remove?: true; set?: Partial<CardFields> };
}

/** Characters of its rule that a card without a name is called by. */
const NAMED = 80;

/** Between two places when a list is numbered anew. */
const STEP = 1_000;

interface Placed {
  readonly key: string;
  /** Null where it has none yet. */
  readonly place: number | null;
}

const before = (one: Placed, other: Placed): boolean => one.place! < other.place! || (one.place === other.place && one.key < other.key);

/** Indexes of entries that already stand in their order, as many as can be; of several such choices the earliest or the latest. */
function standing(entries: readonly Placed[], late: boolean): Set<number> {
  const best = entries.map((entry, at) => ({ entry, at, length: 1, from: -1 })).filter(({ entry }) => entry.place !== null);
  for (const [n, one] of best.entries()) {
    for (const other of best.slice(0, n)) {
      if (before(other.entry, one.entry) && (late ? other.length >= one.length : other.length + 1 > one.length))
        Object.assign(one, { length: other.length + 1, from: other.at });
    }
  }
  const longest = Math.max(0, ...best.map(({ length }) => length));
  const ends = best.filter(({ length }) => length === longest);
  const stay = new Set<number>();
  for (let at = (late ? ends.at(-1) : ends[0])?.at ?? -1; at >= 0; at = best.find((one) => one.at === at)!.from) stay.add(at);
  return stay;
}

/** Places for all: those that stand keep theirs, others come between them, and where there is no room what follows moves on. */
function filled(entries: readonly Placed[], stay: ReadonlySet<number>): number[] {
  const places = entries.map(({ place }, at) => (stay.has(at) ? place : null));
  for (let at = 0; at < places.length; at += 1) {
    if (places[at] === null) {
      let end = at;
      while (end < places.length && places[end] === null) end += 1;
      const [low, high] = [places[at - 1] ?? undefined, places[end] ?? undefined];
      const many = end - at;
      const step = low !== undefined && high !== undefined ? Math.max(1, Math.floor((high - low) / (many + 1))) : STEP;
      const from = low ?? (high === undefined ? -step : high - step * (many + 1));
      for (let n = 0; n < many; n += 1) places[at + n] = from + step * (n + 1);
    }
    const last = places[at - 1];
    if (at > 0 && !before({ key: entries[at - 1]!.key, place: last! }, { key: entries[at]!.key, place: places[at]! })) places[at] = last! + 1;
  }
  return places as number[];
}

/** Places that put entries in the order in which they stand, with as few changes as can be. Of two at the same place the lower key comes first. */
export function placed(entries: readonly Placed[]): number[] {
  const changes = (places: readonly number[]): number => places.filter((place, at) => place !== entries[at]!.place).length;
  const [early, late] = [filled(entries, standing(entries, false)), filled(entries, standing(entries, true))];
  return changes(late) < changes(early) ? late : early;
}

export class CardsDraft {
  private readonly cards = new Map<string, Draft<GuidanceCard>>();
  private readonly fresh = new Map<string, CardFields>();
  /** Keys of those that are to go. */
  private readonly gone = new Set<string>();
  /** Keys in the order that was asked for. */
  private order?: readonly string[];
  private made = 0;
  /** Cards that others deleted while they were changed here. */
  lost: readonly string[] = [];

  /** What is saved, as it is now. */
  follow(list: readonly GuidanceCard[]): void {
    const ids = new Set(list.map(({ id }) => id));
    for (const [id, draft] of this.cards) {
      if (ids.has(id)) continue;
      if (draft.changed.length > 0) this.lost = [...this.lost, draft.value.title];
      this.cards.delete(id);
      this.gone.delete(id);
    }
    for (const card of list) {
      const known = this.cards.get(card.id);
      if (!known) this.cards.set(card.id, new Draft(card, cardFields));
      else if (card.version >= known.saved.version) known.follow(card);
    }
  }

  /** All but those that are to go, in the order that they are to have. */
  get entries(): readonly CardEntry[] {
    const saved = [...this.cards]
      .filter(([id]) => !this.gone.has(id))
      .map(([id, draft]): CardEntry => ({ key: id, id, value: draft.value, changed: draft.changed.length > 0 }))
      .toSorted((one, other) => one.value.position - other.value.position || (one.key < other.key ? -1 : 1));
    const all = [...saved, ...[...this.fresh].map(([key, value]): CardEntry => ({ key, value, changed: true }))];
    const { order } = this;
    if (!order) return all;
    const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : all.length);
    return all.toSorted((one, other) => place(one.key) - place(other.key));
  }

  /** Those that are to go. */
  get going(): readonly { key: string; title: string }[] {
    return [...this.gone].map((key) => ({ key, title: this.cards.get(key)?.saved.title ?? '' }));
  }

  /** How many cards would be written. */
  get count(): number {
    return this.fresh.size + this.gone.size + [...this.cards].filter(([id, { changed }]) => !this.gone.has(id) && changed.length > 0).length;
  }

  /** What others saved of a card meanwhile. */
  newsOf(key: string): boolean {
    return (this.cards.get(key)?.news.length ?? 0) > 0;
  }

  put(key: string, values: Partial<CardFields>): void {
    const fresh = this.fresh.get(key);
    if (fresh) this.fresh.set(key, { ...fresh, ...values });
    else this.cards.get(key)?.put(values);
  }

  /** @returns the key of a card to come, which stands last */
  add(value: Omit<CardFields, 'position'>): string {
    this.made += 1;
    const key = `new-${this.made}`;
    this.fresh.set(key, { ...value, position: Math.max(0, ...this.entries.map((one) => one.value.position)) + STEP });
    if (this.order) this.order = [...this.order, key];
    return key;
  }

  remove(key: string): void {
    if (!this.fresh.delete(key)) this.gone.add(key);
  }

  /** Takes back that it was to go. */
  restore(key: string): void {
    this.gone.delete(key);
  }

  /** Moves a card to where another stands. */
  move(key: string, to: string): void {
    const keys = this.entries.map((one) => one.key);
    const [from, at] = [keys.indexOf(key), keys.indexOf(to)];
    if (from < 0 || at < 0 || from === at) return;
    this.order = keys.toSpliced(from, 1).toSpliced(at, 0, key);
    this.place();
  }

  discard(): void {
    this.fresh.clear();
    this.gone.clear();
    for (const draft of this.cards.values()) draft.discard();
    this.order = undefined;
    this.lost = [];
  }

  /** What is to be written; `settle` is told what became of it. */
  prepare(): CardWrite[] {
    // A card without a name is called by how it begins.
    for (const {
      key,
      value: { title, text },
    } of this.entries)
      if (title.trim() === '' && text.trim() !== '') this.put(key, { title: text.trim().split('\n')[0]!.slice(0, NAMED) });
    return [
      ...[...this.cards]
        .filter(([id]) => this.gone.has(id))
        .map(
          ([
            id,
            {
              saved: { version },
            },
          ]): CardWrite => ({ key: id, body: { id, version, remove: true } }),
        ),
      ...[...this.cards]
        .filter(([id, { changed }]) => !this.gone.has(id) && changed.length > 0)
        .map(
          ([
            id,
            {
              saved: { version },
              changes,
            },
          ]): CardWrite => ({ key: id, body: { id, version, set: changes } }),
        ),
      ...[...this.fresh].map(([key, set]): CardWrite => ({ key, body: { set } })),
    ];
  }

  /** They were saved: `saved` are the answers to `prepare`, in their order. */
  settle(writes: readonly CardWrite[], saved: readonly (GuidanceCard | null)[]): void {
    for (const [at, { key }] of writes.entries()) {
      const card = saved[at];
      this.fresh.delete(key);
      this.gone.delete(key);
      if (!card) this.cards.delete(key);
      else if (this.cards.has(key)) this.cards.get(key)?.settle(card);
      else this.cards.set(card.id, new Draft(card, cardFields));
    }
    this.order = undefined;
    this.lost = [];
  }

  /** Gives places to what is out of its order. */
  private place(): void {
    const { entries } = this;
    const places = placed(entries.map(({ key }) => ({ key, place: this.cards.get(key)?.saved.position ?? null })));
    for (const [at, { key }] of entries.entries()) this.put(key, { position: places[at]! });
  }
}

/** Whether a card is about what an agent does. */
export const appliesTo = ({ scope }: Pick<CardFields, 'scope'>, agentId: string): boolean => !scope.agentIds?.length || scope.agentIds.includes(agentId);
