/**
 * Who may call a provider now, by account, in this process. An account has a few lanes, so that one whose provider hangs
 * leaves the others their share of the jobs; and one whose provider said "not now" is left alone until then.
 */
export interface Lanes {
  /**
   * Takes a lane of an account.
   * @returns null when it is taken ({@link leave} gives it back), else when to ask again
   */
  enter(accountId: string): Date | null;
  leave(accountId: string): void;
  /**
   * The provider of this account cannot be called, or wants no calls before a time. Until one has reached it, each such
   * fault in a row makes the account wait longer, and only one call at a time finds out.
   * @returns when it may be called again
   */
  hold(accountId: string, until: Date): Date;
  /** A call reached the provider of this account. */
  reached(accountId: string): void;
}

interface Lane {
  taken: number;
  heldUntil: number;
  /** Faults since a call last reached the provider. */
  faults: number;
  /** When the last of those who were sent away comes again. */
  queuedUntil: number;
}

/** Milliseconds between two who come again to an account whose lanes were all taken. */
const STEP_MS = 50;
/** Milliseconds after which the first of them comes. */
const FIRST_MS = 200;
/** Milliseconds that an account waits after its first fault; doubled with each, at most {@link MAX_HOLD_MS}: somebody may have set it right. */
const HOLD_MS = 1_000;
const MAX_HOLD_MS = 60_000;

/**
 * @param width calls at once to one account's provider
 * @param clock milliseconds since 1970
 */
export function createLanes(width: number, clock: () => number = Date.now): Lanes {
  const lanes = new Map<string, Lane>();
  const of = (accountId: string): Lane => {
    const lane = lanes.get(accountId) ?? { taken: 0, heldUntil: 0, faults: 0, queuedUntil: 0 };
    lanes.set(accountId, lane);
    return lane;
  };
  return {
    enter(accountId) {
      const lane = of(accountId);
      const now = clock();
      if (lane.heldUntil <= now && lane.taken < (lane.faults > 0 ? 1 : width)) {
        lane.taken += 1;
        return null;
      }
      // One after another, or all who wait would come at the same moment and most of them in vain.
      lane.queuedUntil = Math.max(lane.heldUntil, now + FIRST_MS, lane.queuedUntil + STEP_MS);
      return new Date(lane.queuedUntil);
    },
    leave(accountId) {
      const lane = of(accountId);
      lane.taken -= 1;
      const now = clock();
      if (lane.taken === 0 && lane.faults === 0 && lane.heldUntil <= now && lane.queuedUntil <= now) lanes.delete(accountId);
    },
    hold(accountId, until) {
      const lane = of(accountId);
      // Calls that were under way together tell of one fault.
      if (lane.heldUntil <= clock()) lane.faults += 1;
      lane.heldUntil = Math.max(lane.heldUntil, until.getTime(), clock() + Math.min(MAX_HOLD_MS, HOLD_MS * 2 ** Math.min(lane.faults - 1, 20)));
      return new Date(lane.heldUntil);
    },
    reached(accountId) {
      const lane = lanes.get(accountId);
      if (lane) lane.faults = 0;
    },
  };
}
