import { describe, expect, it } from 'vitest';
import { admit, closed, settle } from '../../server/domain/breaker.ts';
import type { Breaker } from '../../server/domain/breaker.ts';

const fails = (breaker: Breaker, times: number, now: number): Breaker =>
  Array.from({ length: times }).reduce<Breaker>((before) => settle(before, 'failed', now).breaker, breaker);

describe('the circuit breaker of a model', () => {
  it('leaves it alone after five failures in a row, and says so once', () => {
    const four = fails(closed, 4, 0);
    expect(admit(four, 0).admitted).toBe(true);
    const fifth = settle(four, 'failed', 0);
    expect(fifth.turned).toBe('down');
    expect(admit(fifth.breaker, 9_999).admitted).toBe(false);
    expect(settle(fifth.breaker, 'failed', 5_000).turned).toBe(null);
  });

  it('forgets failures at the first answer, and counts none that nobody waited for', () => {
    expect(settle(fails(closed, 4, 0), 'ok', 0)).toEqual({ breaker: closed, turned: null });
    expect(settle(fails(closed, 4, 0), 'ended', 0).breaker.failures).toBe(4);
  });

  it('asks with one call after the pause, longer each time up to five minutes, and is back with its answer', () => {
    let breaker = fails(closed, 5, 0);
    const pauses: number[] = [];
    for (let now = 0; pauses.length < 7; ) {
      now = breaker.until!;
      const probe = admit(breaker, now);
      expect([probe.admitted, admit(probe.breaker, now).admitted]).toEqual([true, false]);
      breaker = settle(probe.breaker, 'failed', now).breaker;
      pauses.push(breaker.until! - now);
    }
    expect(pauses).toEqual([20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
    const probe = admit(breaker, breaker.until!);
    expect(settle(probe.breaker, 'ok', breaker.until!)).toEqual({ breaker: closed, turned: 'up' });
  });

  it('asks again when the call that should have found out was stopped', () => {
    const breaker = fails(closed, 5, 0);
    const stopped = settle(admit(breaker, 10_000).breaker, 'ended', 10_500).breaker;
    expect(admit(stopped, 10_500).admitted).toBe(true);
  });
});
