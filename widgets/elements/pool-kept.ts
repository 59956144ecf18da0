/** What one reader likes of the pool, kept in this browser; a browser that keeps nothing is no fault. */
const place = (name: string, operator: string | undefined): string => `convene:${name}:${operator ?? ''}`;

/** What was kept under a name for an operator; undefined for nothing. */
export function kept(name: 'density', operator: string | undefined): string | undefined {
  try {
    return localStorage.getItem(place(name, operator)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(name: 'density', operator: string | undefined, value: string): void {
  try {
    localStorage.setItem(place(name, operator), value);
  } catch {
    // Private windows, full storage: it holds until the page is left.
  }
}

/** Items in the order that a reader gave them; those that came since stand last. */
export function inOrder<T extends { readonly id: string }>(items: readonly T[], order: readonly string[] = []): readonly T[] {
  const places = new Map(order.map((id, at) => [id, at]));
  const placeOf = ({ id }: T): number => places.get(id) ?? places.size;
  return items.toSorted((one, other) => placeOf(one) - placeOf(other));
}
