import type { Draft } from '../../server/contract/draft.ts';
import type { Original } from '../../server/contract/translate.ts';

const conflicts = ['draft_settled', 'draft_superseded', 'stale_version'] as const;

/** Whether a draft was refused because somebody or something was faster. */
export const isConflict = (code: string): code is Conflict['code'] => (conflicts as readonly string[]).includes(code);

/** Why an approval came back. */
export interface Conflict {
  readonly code: (typeof conflicts)[number];
  /** When it came back, in milliseconds since 1970. */
  readonly at: number;
}

/** What a person is doing with a draft. */
export interface Desk {
  readonly mode: 'read' | 'edit' | 'reject';
  /** Their wording, where it differs from the agent's. */
  readonly text?: string;
  /** What that was translated from. */
  readonly original?: Original;
  readonly reason: string;
  /** The difference is shown instead of the plain text. */
  readonly changes: boolean;
  /** The part that is folded away is shown. */
  readonly unfolded: boolean;
  readonly conflict?: Conflict;
  /** Why the last request failed, as a word of the locale. */
  readonly refusal?: 'failed' | 'waits' | 'restoreRefused' | 'empty';
  readonly busy: boolean;
  /** Keys of what the agent planned and the person does not want done. */
  readonly skip?: readonly string[];
  /** Which of that could not be done, and why. */
  readonly unable?: string;
}

const clean: Desk = { mode: 'read', reason: '', changes: false, unfolded: false, busy: false };
const desks = new Map<string, Desk>();

/**
 * What is being done with a draft on this page. It outlives the element, which leaves the page when its line scrolls out
 * of sight: what a person typed does not.
 */
export function deskOf(id: string): Desk {
  return desks.get(id) ?? clean;
}

/** Changes what is being done with a draft. */
export function setDesk(id: string, change: Partial<Desk>): Desk {
  const desk = { ...deskOf(id), ...change };
  desks.set(id, desk);
  return desk;
}

/** Forgets what was being done: it was sent, or thrown away. */
export function clearDesk(id: string): void {
  desks.delete(id);
}

/** True where a person's wording met a draft that is settled by now: somebody was faster, or something newer came. */
export function isOvertaken(draft: Draft): boolean {
  const desk = desks.get(draft.id);
  return desk !== undefined && !desk.busy && draft.status !== 'pending' && (desk.text !== undefined || desk.conflict !== undefined);
}

/** True while a draft must not leave the screen, whatever became of it: something is being done with it. */
export function isHeld(draft: Draft): boolean {
  return isOvertaken(draft) || desks.get(draft.id)?.busy === true;
}
