import type { Draft } from '../../server/contract/draft.ts';
import type { Core, Result } from './core.ts';
import type { ApiProblem } from './problem.ts';
import { putConversations } from './reduce-pool.ts';
import type { State } from './state.ts';

/** Drafts a page; the next one is read when the reader comes near its end. */
const PAGE = 50;

/** Where a draft stands in the queue: the oldest first. */
type Place = Pick<Draft, 'createdAt' | 'id'>;

export const byAge = (one: Place, other: Place): number =>
  one.createdAt === other.createdAt ? (one.id < other.id ? -1 : one.id > other.id ? 1 : 0) : one.createdAt < other.createdAt ? -1 : 1;

/**
 * All drafts that wait for a person, oldest first, as far as they were read. Those that come and go live are in
 * `state.drafts`; this knows how far down the list they count.
 */
export class DraftQueue {
  loaded = false;
  loading = false;
  problem?: ApiProblem;
  /** Where the next page begins; null at the end. */
  private cursor: string | null = null;
  /** The last draft that was read, where there are more: newer ones are not in the list yet. */
  private last?: Place;
  private reading = 0;
  private begun?: number;

  constructor(
    private readonly core: Core,
    private readonly changed: () => void,
  ) {}

  /** True where more can be read. */
  get more(): boolean {
    return this.cursor !== null;
  }

  /** Reads from the start, also what was read before: at first, and when all may be behind. */
  async read(): Promise<void> {
    const reloads = this.core.get().reloads;
    if (this.begun === reloads) return;
    this.begun = reloads;
    await this.core.ready();
    const wanted = this.last;
    const known = new Set<string>();
    let done = await this.page(null, known);
    const behind = (): boolean => wanted !== undefined && this.last !== undefined && byAge(this.last, wanted) < 0;
    while (done && this.cursor && behind()) done = await this.page(this.cursor, known);
    if (done) await this.lookFor(known);
  }

  /** Reads the next page. */
  async next(): Promise<void> {
    if (this.cursor && !this.loading && !this.problem) await this.page(this.cursor, new Set());
  }

  /** Reads again after a failure. */
  async retry(): Promise<void> {
    if (this.loaded && this.cursor) {
      this.problem = undefined;
      await this.next();
    } else {
      this.begun = undefined;
      await this.read();
    }
  }

  /** The drafts that wait, as far as read, oldest first. */
  pending(state: State): readonly Draft[] {
    const found: Draft[] = [];
    for (const [, draft] of state.drafts.entries()) {
      if (draft.status === 'pending' && (this.cursor === null || (this.last && byAge(draft, this.last) <= 0))) found.push(draft);
    }
    return this.loaded ? found.toSorted(byAge) : [];
  }

  private async page(cursor: string | null, known: Set<string>): Promise<boolean> {
    this.reading += 1;
    const { reading } = this;
    this.set({ loading: true, problem: undefined });
    const { tick } = this.core.get();
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.drafts.$get({ query: { status: 'pending', limit: String(PAGE), ...(cursor ? { cursor } : {}) } }),
    );
    if (reading !== this.reading) return false;
    if (!answer.ok) {
      this.set({ loading: false, problem: answer.problem });
      return false;
    }
    const { items, nextCursor } = answer.value;
    this.core.update((state) => {
      const newer = items.filter(({ id, version }) => version >= (state.drafts.get(id)?.version ?? 0));
      const drafts = newer.map(({ conversation: _conversation, ...draft }) => [draft.id, draft] as const);
      return putConversations(
        { ...state, drafts: state.drafts.withAll(drafts) },
        items.map(({ conversation }) => conversation),
        this.core.now(),
        tick,
      );
    });
    for (const { id } of items) known.add(id);
    this.last = items.at(-1) ?? this.last;
    this.cursor = nextCursor;
    this.set({ loading: false, loaded: true });
    return true;
  }

  /** Drafts that stood here and are not listed any more: what became of them is read one by one. */
  private async lookFor(known: ReadonlySet<string>): Promise<void> {
    const gone = this.pending(this.core.get()).filter(({ id }) => !known.has(id));
    for (const { id } of gone) {
      const answer: Result<Draft> = await this.core.ask(() => this.core.client.api.v1.drafts[':id'].$get({ param: { id } }));
      if (answer.ok) this.core.apply('draft', answer.value);
    }
  }

  private set(change: Partial<Pick<DraftQueue, 'loading' | 'loaded' | 'problem'>>): void {
    Object.assign(this, change);
    this.changed();
  }
}
