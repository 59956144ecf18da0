import { describe, expect, it } from 'vitest';
import { machineWrote } from '../../server/domain/mail-loop.ts';
import type { Exchanged } from '../../server/domain/mail-loop.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
/** Newest first; the number says how many seconds ago. */
const before = (...list: [Exchanged['by'], number, string?][]): Exchanged[] =>
  list.map(([by, seconds, text]) => ({ by, at: new Date(now.getTime() - seconds * 1_000), text: text ?? `${by} ${seconds}` }));

describe('a machine that does not say so', () => {
  it.each<[string, string, Exchanged[], ReturnType<typeof machineWrote>]>([
    ['is nobody who writes first', 'Hello', [], null],
    ['is nobody who answers once, however fast', 'Thanks', before(['automatic', 1], ['them', 4]), null],
    ['is nobody who answers people, however often the same', 'Thanks', before(['person', 1], ['them', 2, 'Thanks'], ['person', 3]), null],
    ['is nobody who takes some time', 'And one more', before(['automatic', 60], ['them', 65], ['automatic', 300], ['them', 310]), null],
    ['is nobody who is fast once', 'And one more', before(['automatic', 2], ['them', 5], ['automatic', 300], ['them', 310]), null],
    ['is nobody who goes on before our answer', 'Thanks', before(['them', 1, 'Thanks'], ['automatic', 5]), null],
    ['repeats itself', 'I am away.', before(['automatic', 100], ['them', 200, 'I am  AWAY.']), 'repeats_itself'],
    [
      'repeats itself but for numbers',
      'We have got your request #4812 (12:01)',
      before(['automatic', 100], ['them', 200, 'We have got your request #4711 (11:59)'], ['automatic', 300]),
      'repeats_itself',
    ],
    ['answers at once, twice', 'Another clever text', before(['automatic', 3], ['them', 6], ['automatic', 9], ['them', 60]), 'too_quick'],
  ])('%s', (_name, text, exchanged, expected) => {
    expect(machineWrote(text, now, exchanged)).toBe(expected);
  });
});
