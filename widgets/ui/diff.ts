/** One stretch of a comparison. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Above so many compared pairs a text is shown as replaced rather than held up for. */
const limit = 4_000_000;

function words(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}'’]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];
}

/** Lengths of the longest common subsequence of every pair of endings, row by row. */
function table(one: readonly string[], other: readonly string[]): Uint32Array {
  const width = other.length + 1;
  const cells = new Uint32Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      cells[at] = one[i] === other[j] ? (cells[at + width + 1] ?? 0) + 1 : Math.max(cells[at + width] ?? 0, cells[at + 1] ?? 0);
    }
  }
  return cells;
}

function middle(one: readonly string[], other: readonly string[]): Piece[] {
  if (one.length * other.length > limit) {
    return [
      { kind: 'removed', text: one.join('') },
      { kind: 'added', text: other.join('') },
    ];
  }
  const cells = table(one, other);
  const width = other.length + 1;
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    const left = one[i];
    const right = other[j];
    if (left !== undefined && left === right) {
      pieces.push({ kind: 'same', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || (cells[(i + 1) * width + j] ?? 0) >= (cells[i * width + j + 1] ?? 0))) {
      pieces.push({ kind: 'removed', text: left });
      i += 1;
    } else {
      pieces.push({ kind: 'added', text: right ?? '' });
      j += 1;
    }
  }
  return pieces;
}

/** Runs of changes read as one: a lone space kept between two changes belongs to both. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed) out.push({ kind: 'removed', text: removed });
    if (added) out.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  pieces.forEach((piece, at) => {
    const next = pieces[at + 1];
    if (piece.kind === 'removed') removed += piece.text;
    else if (piece.kind === 'added') added += piece.text;
    else if (removed && added && /^\s+$/.test(piece.text) && next && next.kind !== 'same') {
      removed += piece.text;
      added += piece.text;
    } else {
      flush();
      const last = out[out.length - 1];
      if (last?.kind === 'same') out[out.length - 1] = { kind: 'same', text: last.text + piece.text };
      else out.push(piece);
    }
  });
  flush();
  return out;
}

/**
 * What changed from one text to another, word by word. The pieces that are not `added` make up `before`, those that are
 * not `removed` make up `after`.
 */
export function diffWords(before: string, after: string): Piece[] {
  const one = words(before);
  const other = words(after);
  let head = 0;
  while (head < one.length && head < other.length && one[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < one.length - head && tail < other.length - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) tail += 1;
  const same = (text: string[]): Piece[] => (text.length > 0 ? [{ kind: 'same', text: text.join('') }] : []);
  return joined([
    ...same(one.slice(0, head)),
    ...middle(one.slice(head, one.length - tail), other.slice(head, other.length - tail)),
    ...same(one.slice(one.length - tail)),
  ]);
}
