import type postgres from 'postgres';

/** What of a query of the driver's is needed here; its class is not exported. */
interface DriverQuery {
  executed: boolean;
  resolve(result: unknown): void;
  handle(): unknown;
}

const mended = new WeakSet<object>();

/**
 * Has the driver's results begin with their first row. Where a query fails between two of its rows (a deadlock, a time limit,
 * a connection that ends), the driver forgets to count anew: what is asked next on that connection comes with as many holes
 * before its rows, and `[row]` of it is undefined, as if there were none (postgres 3.4.9, its issues 1119 and 1181).
 */
export function mendResults(sql: postgres.Sql): void {
  const prototype = Object.getPrototypeOf(sql`select`) as DriverQuery;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  const { handle } = prototype;
  prototype.handle = function (this: DriverQuery) {
    if (!this.executed) {
      const { resolve } = this;
      this.resolve = (result) => resolve(withoutHoles(result));
    }
    return handle.call(this);
  };
}

/** The same array, from its first row on. */
function withoutHoles(result: unknown): unknown {
  if (!Array.isArray(result) || result.length === 0 || 0 in result) return result;
  let holes = 1;
  while (holes < result.length && !(holes in result)) holes += 1;
  Array.prototype.splice.call(result, 0, holes);
  return result;
}
