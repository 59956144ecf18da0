/** Places for guidance cards that somebody puts in another order. */
import { expect, test } from 'vitest';
import { placed } from '../../widgets/elements/settings-card-draft.ts';

test('cards are put in order with as few changes as can be', () => {
  const move = (order: string, places: Record<string, number | null>) => placed([...order].map((key) => ({ key, place: places[key]! })));
  const four = { a: 0, b: 1, c: 2, d: 3 };
  expect(move('dabc', four)).toEqual([-1_000, 0, 1, 2]);
  expect(move('bacd', four)).toEqual([1, 2, 2, 3]);
  expect(move('abcn', { a: 0, b: 0, c: 0, n: null })).toEqual([0, 0, 0, 1_000]);
  expect(move('acb', { a: 0, b: 1_000, c: 2_000 })).toEqual([0, 2_000, 3_000]);
  expect(move('', {})).toEqual([]);
});
