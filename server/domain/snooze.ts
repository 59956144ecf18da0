import type { Status } from '../contract/common.ts';
import type { Command, ControlState, Refused } from './control.ts';

/** A conversation put off: by whom, and until when; without a time until the next message. */
export interface Snooze {
  by: string;
  until: Date | null;
}

/** What somebody asks for: a time, the next message, or to have it back now. */
export type SnoozeWish = Date | 'next_message' | null;

/**
 * A wish to put a conversation off, or to have it back.
 * @param now the time that a wish has to lie after
 * @returns the snooze from now on and whether it is another than before, or a refusal with its reason
 */
export function applySnooze(
  status: Status,
  before: Snooze | null,
  wish: SnoozeWish,
  by: string,
  now: Date,
): { ok: true; changed: boolean; snooze: Snooze | null } | Refused {
  if (wish === null) return { ok: true, changed: before !== null, snooze: null };
  if (status !== 'open') return { ok: false, code: 'invalid', detail: 'snoozedUntil: only an open conversation can be put off.' };
  if (wish !== 'next_message' && wish <= now) return { ok: false, code: 'invalid', detail: 'snoozedUntil: must lie in the future.' };
  const until = wish === 'next_message' ? null : wish;
  const same = before !== null && before.by === by && before.until?.getTime() === until?.getTime();
  return { ok: true, changed: !same, snooze: { by, until } };
}

/** Commands with which somebody takes the conversation up again. */
const TAKEN_UP: ReadonlySet<Command['type']> = new Set(['assume', 'transfer_to_ai', 'inbound', 'hand_off']);

/** Whether a change of control ends a snooze: it is over, somebody takes it up, or it needs a person as it did not before. */
export function endsSnooze(before: ControlState, after: ControlState, command: Command['type']): boolean {
  return after.status !== 'open' || TAKEN_UP.has(command) || (after.requiresAction && !before.requiresAction);
}

/** Whether the time has come. A snooze without one waits for the next message. */
export const isOver = (snooze: Snooze | null, now: Date): boolean => snooze !== null && snooze.until !== null && snooze.until <= now;
