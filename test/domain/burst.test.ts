import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BURST_LIMIT_MS, MAX_RESTARTS, MAX_RUN_AGE_MS, restartsRun, runDueAt } from '../../server/domain/burst.ts';

const at = (ms: number) => new Date(1_800_000_000_000 + ms);

describe('a burst', () => {
  it('is due a wait after its last message', () => {
    expect(runDueAt(at(0), at(0), 1_500)).toEqual(at(1_500));
    expect(runDueAt(at(0), at(3_000), 1_500)).toEqual(at(4_500));
    expect(runDueAt(at(0), at(500), 0)).toEqual(at(500));
  });

  it('is due at most 8 s after its first message, and never before now', () => {
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(8_000), (later, wait) => {
        const due = runDueAt(at(0), at(later), wait).getTime();
        expect(due).toBeGreaterThanOrEqual(at(later).getTime());
        expect(due).toBeLessThanOrEqual(at(later + wait).getTime());
        expect(due).toBeLessThanOrEqual(Math.max(at(BURST_LIMIT_MS).getTime(), at(later).getTime()));
      }),
    );
  });

  it('gathers five messages in three seconds into one run', () => {
    const dues = [0, 700, 1_400, 2_100, 2_800].map((ms) => runDueAt(at(0), at(ms), 1_500).getTime());
    expect(dues.every((due, index) => index === 0 || due > dues[index - 1]!)).toBe(true);
    expect(dues.slice(0, -1).every((due, index) => due > at([700, 1_400, 2_100, 2_800][index]!).getTime())).toBe(true);
    expect(dues.at(-1)).toBe(at(4_300).getTime());
  });
});

describe('a run that a newer message finds at work', () => {
  it.each([
    [0, 0, true],
    [MAX_RESTARTS - 1, 0, true],
    [MAX_RESTARTS, 0, false],
    [0, MAX_RUN_AGE_MS - 1, true],
    [0, MAX_RUN_AGE_MS, false],
    [MAX_RESTARTS, MAX_RUN_AGE_MS, false],
  ])('after %i restarts and %i ms starts over: %s', (restarts, age, over) => {
    expect(restartsRun(restarts, at(0), at(age))).toBe(over);
  });
});
