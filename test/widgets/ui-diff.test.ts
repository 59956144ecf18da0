import { expect } from 'chai';
import { diffWords } from '../../widgets/ui/diff.ts';

const rebuilt = (before: string, after: string): [string, string] => {
  const pieces = diffWords(before, after);
  return [
    pieces
      .filter(({ kind }) => kind !== 'added')
      .map(({ text }) => text)
      .join(''),
    pieces
      .filter(({ kind }) => kind !== 'removed')
      .map(({ text }) => text)
      .join(''),
  ];
};

describe('the difference between two texts', () => {
  for (const [before, after] of [
    ['', ''],
    ['', 'new'],
    ['old', ''],
    ['I am refunding €240.00 to the card.', 'I am refunding €240.00 and adding a voucher of €20.00.'],
    ['one two three', 'three two one'],
    ['line one\nline two\n', 'line one\n\nline 2\n'],
    ['مرحبا بك في المتجر', 'مرحبا بكم في متجرنا'],
    ['👍 thanks', 'thanks 👍🏽'],
  ] as const) {
    it(`gives back both texts: ${JSON.stringify(before.slice(0, 24))}`, () => {
      expect(rebuilt(before, after)).to.deep.equal([before, after]);
    });
  }

  it('marks only the words that changed', () => {
    expect(diffWords('We ship on Friday.', 'We ship on Monday.')).to.deep.equal([
      { kind: 'same', text: 'We ship on ' },
      { kind: 'removed', text: 'Friday' },
      { kind: 'added', text: 'Monday' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('reads neighbouring changes as one', () => {
    const kinds = diffWords('a b c d', 'x y z d').map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['removed', 'added', 'same']);
  });

  it('is quick on texts that are too long to compare', () => {
    const long = Array.from({ length: 5000 }, (_, at) => `w${at}`).join(' ');
    const other = Array.from({ length: 5000 }, (_, at) => `v${at}`).join(' ');
    const began = performance.now();
    expect(rebuilt(long, other)).to.deep.equal([long, other]);
    expect(performance.now() - began).to.be.below(1000);
  });
});
