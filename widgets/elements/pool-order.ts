/** What keeps rows where they are. */
export interface Hold {
  /** The pointer is over the list, or it is scrolled away from its top: nothing moves. */
  readonly still: boolean;
  /** The conversation whose row has the focus: it keeps its place, others may move round it. */
  readonly focused?: string;
}

/**
 * The rows to show, given those shown now and the order that the store has. While the list is held still, rows only come
 * at its end; otherwise the order is the store's, but the focused row stays where it is, even when it no longer belongs.
 */
export function arrange(shown: readonly string[], actual: readonly string[], { still, focused }: Hold): readonly string[] {
  if (shown.length === 0) return actual;
  if (still) return grown(shown, actual);
  const at = focused === undefined ? -1 : shown.indexOf(focused);
  if (focused === undefined || at < 0 || actual[at] === focused) return actual;
  const others = actual.filter((id) => id !== focused);
  return others.toSpliced(Math.min(at, others.length), 0, focused);
}

/** What was loaded below the last row that is shown comes after it. */
function grown(shown: readonly string[], actual: readonly string[]): readonly string[] {
  let last = actual.length - 1;
  if (shown.at(-1) === actual[last]) return shown;
  const known = new Set(shown);
  while (last >= 0 && !known.has(actual[last] ?? '')) last -= 1;
  return last === actual.length - 1 ? shown : [...shown, ...actual.slice(last + 1)];
}

/** Of the first of them, each is looked for by itself: one of them has mostly stayed, near the top. */
const FEW = 20;

/** How many conversations have come, or moved, above the first of the shown rows that has stayed. */
export function newsAbove(shown: readonly string[], actual: readonly string[]): number {
  for (let at = 0; at < Math.min(FEW, shown.length); at += 1) {
    const place = actual.indexOf(shown[at]!);
    if (place >= 0) return place;
  }
  const there = new Set(actual);
  const first = shown.find((id) => there.has(id));
  return first === undefined ? 0 : actual.indexOf(first);
}
