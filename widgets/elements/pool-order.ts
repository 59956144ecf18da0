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

const END = 500;

/** What was loaded below the last row that is shown comes after it. */
function grown(shown: readonly string[], actual: readonly string[]): readonly string[] {
  let last = actual.length - 1;
  if (shown.at(-1) === actual[last]) return shown;
  // Of a long list the end is mostly enough: of what stood there, not all has moved.
  const end = new Set(shown.slice(-END));
  const known = actual.slice(-2 * END).some((id) => end.has(id)) ? end : new Set(shown);
  while (last >= 0 && !known.has(actual[last] ?? '')) last -= 1;
  return last === actual.length - 1 ? shown : [...shown, ...actual.slice(last + 1)];
}

/** A list as it stood and as it stands; `was` and `is` answer what a conversation was when the list was last in order, and what it is. */
export interface Orders<T> {
  readonly shown: readonly string[];
  readonly actual: readonly string[];
  was(id: string): T | undefined;
  is(id: string): T | undefined;
  /** Negative when the first stands before the second. */
  compare(one: T, other: T): number;
}

/** What has come, or moved, before one of the shown rows: how many they are, and where in the new order the first of them stands. */
export function newsAbove<T>({ shown, actual, was, is, compare }: Orders<T>, last: number): { readonly count: number; readonly first: number } {
  let [at, count, first] = [0, 0, 0];
  for (let row = 0; row <= last && row < shown.length; row += 1) {
    const id = shown[row] ?? '';
    // Most rows of a long list stand where they stood: of the others alone it is looked up what they were.
    if (actual[at] !== id) {
      const place = was(id);
      const before = (): boolean => {
        const one = is(actual[at] ?? '');
        return actual[at] !== id && place !== undefined && one !== undefined && compare(one, place) < 0;
      };
      for (; before(); at += 1) {
        if (count === 0) first = at;
        count += 1;
      }
    }
    if (actual[at] === id) at += 1;
  }
  return { count, first };
}
