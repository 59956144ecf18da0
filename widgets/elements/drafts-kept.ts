import type { Draft } from '../../server/contract/draft.ts';
import { byAge, DraftQueue } from '../store/draft-queue.ts';
import type { State } from '../store/state.ts';
import type { Store } from '../store/store.ts';

/** Whether nothing else is done when it is sent. */
export const isPlain = (draft: Draft | undefined): boolean => !draft?.actions?.length;

/** The rows of the approval queue: which stand in the list, which were read, and which are chosen. */
export class KeptDrafts {
  /** While one points at the list nothing leaves it. */
  pointed = false;
  readonly ticked = new Set<string>();
  /** Where they are read from. */
  queue?: DraftQueue;
  private queueOf?: Store;
  private ids: readonly string[] = [];
  private state?: State;
  /** Drafts whose text was in view, by the version that was. */
  private readonly seen = new Map<string, number>();

  get rows(): readonly Draft[] {
    return this.ids.flatMap((id) => this.state?.drafts.get(id) ?? []);
  }

  /** Begins anew where the store is another one. @param changed something of the queue has changed */
  follow(store: Store, changed: () => void): void {
    if (this.queueOf === store) return;
    this.queueOf = store;
    this.queue = new DraftQueue(store.core, changed);
    this.ids = [];
    this.seen.clear();
    this.ticked.clear();
  }

  /** Settled drafts leave the list, but not the one that is looked at, nor any from under a pointer. */
  keep(state: State, selected: string | undefined): void {
    if (!this.queue) return;
    this.state = state;
    const settled = this.rows.filter(({ id, status }) => status !== 'pending' && (this.pointed || id === selected));
    this.ids = [...this.queue.pending(state), ...settled].toSorted(byAge).map(({ id }) => id);
    for (const id of this.ticked) if (state.drafts.get(id)?.status !== 'pending' || !this.mayGo(id)) this.ticked.delete(id);
  }

  isSeen(id: string): boolean {
    const draft = this.state?.drafts.get(id);
    return draft !== undefined && this.seen.get(id) === draft.version;
  }

  /** It was read and does nothing but go out: it may be sent together with others. */
  mayGo(id: string): boolean {
    return this.isSeen(id) && isPlain(this.state?.drafts.get(id));
  }

  tick(id: string, on: boolean): void {
    if (on) this.ticked.add(id);
    else this.ticked.delete(id);
  }

  /** These and no others. */
  tickAll(ids: readonly string[]): void {
    this.ticked.clear();
    for (const id of ids) this.ticked.add(id);
  }

  /** Its text is in view. Answers whether that is news. */
  see({ id, version }: Draft): boolean {
    if (this.seen.get(id) === version) return false;
    this.seen.set(id, version);
    return true;
  }

  /** The next draft that waits, or the one before. */
  beside(selected: string | undefined, by: 1 | -1): Draft | undefined {
    const at = this.rows.findIndex(({ id }) => id === selected);
    const waits = ({ status }: Draft): boolean => status === 'pending';
    return by > 0 ? this.rows.slice(at + 1).find(waits) : this.rows.slice(0, Math.max(0, at)).findLast(waits);
  }

  /** What waits after one that is settled: the oldest that came after it, else the oldest of all. */
  after(settled: Draft): Draft | undefined {
    const waiting = this.rows.filter(({ status }) => status === 'pending');
    return waiting.find((draft) => byAge(draft, settled) > 0) ?? waiting[0];
  }
}
