/** Whether a model is asked at all: what stands of a circuit breaker. */
export interface Breaker {
  /** Failures in a row. */
  failures: number;
  /** Not asked before, in milliseconds; null: asked. */
  until: number | null;
  /** How long it is left alone after the next failure of a probe, in milliseconds. */
  pause: number;
  /** One call is on its way to see whether it is back. */
  probing: boolean;
}

/** Failures in a row after which it is left alone. */
const FAILURES = 5;
/** How long it is left alone first, and at most, in milliseconds; a failed probe doubles it. */
const FIRST_PAUSE = 10_000;
const MOST_PAUSE = 300_000;

export const closed: Breaker = { failures: 0, until: null, pause: FIRST_PAUSE, probing: false };

/** Whether a call may go now; where it may after a pause, it is the probe, and no other goes until it is over. */
export function admit(breaker: Breaker, now: number): { admitted: boolean; breaker: Breaker } {
  if (breaker.until === null) return { admitted: true, breaker };
  if (now < breaker.until || breaker.probing) return { admitted: false, breaker };
  return { admitted: true, breaker: { ...breaker, probing: true } };
}

/**
 * What a call's end makes of it. `ended` is a call that nobody wanted any more: it says nothing of the model.
 * @returns `turned`: it is left alone from now on, or is back
 */
export function settle(breaker: Breaker, outcome: 'ok' | 'failed' | 'ended', now: number): { breaker: Breaker; turned: 'down' | 'up' | null } {
  if (outcome === 'ended') return { breaker: { ...breaker, probing: false }, turned: null };
  if (outcome === 'ok') return { breaker: closed, turned: breaker.until === null ? null : 'up' };
  const failures = breaker.failures + 1;
  if (breaker.until !== null) {
    // A call from before the pause that fails late makes it no longer.
    if (!breaker.probing) return { breaker: { ...breaker, failures }, turned: null };
    return { breaker: { failures, until: now + breaker.pause, pause: Math.min(MOST_PAUSE, breaker.pause * 2), probing: false }, turned: null };
  }
  if (failures < FAILURES) return { breaker: { ...breaker, failures }, turned: null };
  return { breaker: { failures, until: now + breaker.pause, pause: breaker.pause * 2, probing: false }, turned: 'down' };
}
