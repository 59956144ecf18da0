/** A burst is gathered for at most this long after its first message, in milliseconds. */
export const BURST_LIMIT_MS = 8_000;
/** A new message sends a run back to its start this often, or until it is this old; then it commits for what it saw. */
export const MAX_RESTARTS = 3;
export const MAX_RUN_AGE_MS = 20_000;

/**
 * When the run for a burst is due: `waitMs` after its last message or sign of typing, but not past the limit.
 * @param from when the burst's first message came
 */
export function runDueAt(from: Date, now: Date, waitMs: number): Date {
  return new Date(Math.min(now.getTime() + waitMs, Math.max(from.getTime() + BURST_LIMIT_MS, now.getTime())));
}

/** Whether a message that came in while a run was at work sends it back to its start. */
export function restartsRun(restarts: number, startedAt: Date, now: Date): boolean {
  return restarts < MAX_RESTARTS && now.getTime() - startedAt.getTime() < MAX_RUN_AGE_MS;
}
