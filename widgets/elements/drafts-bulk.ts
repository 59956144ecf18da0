import type { ApiProblem } from '../store/problem.ts';
import type { Store } from '../store/store.ts';
import { clearDesk, deskOf } from './draft-desk.ts';

/** What came of the drafts that were sent together. */
export interface BulkOutcome {
  readonly sent: number;
  readonly refused: ReadonlyMap<string, ApiProblem>;
}

/** Sends drafts one after another, each as it was read or as it was edited; those that are refused stay. */
export class BulkApproval {
  /** How many of how many, while it runs. */
  progress?: { readonly done: number; readonly all: number };
  private stopped = false;

  constructor(private readonly changed: () => void) {}

  /** Lets those that have not gone out yet wait on. */
  stop(): void {
    this.stopped = true;
  }

  async run(store: Store, ids: readonly string[]): Promise<BulkOutcome> {
    const refused = new Map<string, ApiProblem>();
    let sent = 0;
    this.stopped = false;
    for (const [done, id] of ids.entries()) {
      if (this.stopped) break;
      this.progress = { done, all: ids.length };
      this.changed();
      const { text, skip } = deskOf(id);
      const answer = await store.drafts.approve(id, { together: true, ...(text !== undefined && { text }), ...(skip && { skip: [...skip] }) });
      if (answer.ok) {
        sent += 1;
        clearDesk(id);
      } else refused.set(id, answer.problem);
    }
    this.progress = undefined;
    this.changed();
    return { sent, refused };
  }
}
