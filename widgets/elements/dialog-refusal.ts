import type { Result } from '../store/core.ts';
import type { Store } from '../store/store.ts';

/** Waits for an action of which a dialog shows the refusal in place, so that no toast says it a second time. */
export async function quietly<T>(store: Store, action: Promise<Result<T>>): Promise<Result<T>> {
  const answer = await action;
  if (answer.ok) return answer;
  const told = store.get().outcomes.findLast(({ problem }) => problem === answer.problem);
  if (told) store.dismissOutcome(told.id);
  return answer;
}
