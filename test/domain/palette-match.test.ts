import { expect, test } from 'vitest';
import { match } from '../../widgets/elements/palette-match.ts';

const best = (labels: string[], typed: string) =>
  labels
    .flatMap((label) => {
      const found = match(label, typed);
      return found ? [{ label, score: found.score }] : [];
    })
    .toSorted((one, other) => one.score - other.score)
    .map(({ label }) => label);

test('words are found at their beginning before anywhere, and letters in order last', () => {
  expect(best(['Copy the link', 'Transfer to AI', 'Put off: contract', 'Tell a real anecdote'], 'tra')).toEqual([
    'Transfer to AI',
    'Put off: contract',
    'Tell a real anecdote',
  ]);
  expect(match('Transfer to AI', 'ai tra')?.places).toEqual([
    [0, 3],
    [12, 14],
  ]);
  expect(match('Transfer to AI', 'trx')).toBeUndefined();
});

test('accents, case and script make no difference', () => {
  expect(match('Übergeben an João', 'uber joao')?.places).toEqual([
    [0, 4],
    [13, 17],
  ]);
  expect(match('نقل إلى الذكاء الاصطناعي', 'نقل')?.places).toEqual([[0, 3]]);
  expect(match('把对话交给同事', '交给')?.places).toEqual([[3, 5]]);
  expect(match('Straße 🎉 fertig', 'fertig')?.places).toEqual([[10, 16]]);
});
