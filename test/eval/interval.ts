/** A share and the interval in which the true one lies with 95 % confidence (Wilson 1927); null where there is nothing to take it of. Four digits. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : round(part / whole);
}

const Z = 1.959964;
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** @returns the lower and the upper bound */
export function wilson(part: number, whole: number): [number, number] | null {
  if (whole === 0) return null;
  const p = part / whole;
  const wide = 1 + (Z * Z) / whole;
  const middle = (p + (Z * Z) / (2 * whole)) / wide;
  const half = (Z * Math.sqrt((p * (1 - p)) / whole + (Z * Z) / (4 * whole * whole))) / wide;
  return [round(Math.max(0, middle - half)), round(Math.min(1, middle + half))];
}

/** A measure as it is printed: its share under its name, and its interval beside it as `<name>95`. */
export const measure = <N extends string>(name: N, part: number, whole: number) =>
  ({ [name]: share(part, whole), [`${name}95`]: wilson(part, whole) }) as Record<N, number | null> & Record<`${N}95`, [number, number] | null>;
