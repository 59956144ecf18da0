/**
 * Array types, by number. The driver would ask each new connection for them, in a query whose failure nobody awaits: a
 * Postgres that restarts at that moment would end this process. They are part of Postgres and do not change.
 */
import type { PostgresType } from 'postgres';

type Element = string | number | boolean | Date | object | null;

const number = (raw: string): number => {
  const value = Number(raw);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) throw new RangeError(`${raw} does not fit a number`);
  return value;
};

/** Numbers from `pg_type`, each with how one element is read. */
const arrays: [oid: number, parse: (raw: string) => Element][] = [
  [1000, (raw) => raw === 't'], // boolean[]
  [1005, number], // smallint[]
  [1007, number], // integer[]
  [1009, String], // text[]
  [1015, String], // varchar[]
  [1016, number], // bigint[]
  [1022, number], // float8[]
  [1185, (raw) => new Date(raw)], // timestamptz[]
  [2951, String], // uuid[]
  [3807, (raw) => JSON.parse(raw) as Element], // jsonb[]
  [271, String], // xid8[]
];

/** For the driver's option `types`, beside `fetch_types: false`. */
export const arrayTypes: Record<string, PostgresType> = Object.fromEntries(
  arrays.map(([oid, parse]) => [`array${oid}`, { to: oid, from: [oid], serialize: writeArray, parse: (raw: string) => readArray(raw, parse) }]),
);

/** An array of one dimension as Postgres reads it. */
function writeArray(values: readonly Element[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${plain(value).replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}

function plain(value: Exclude<Element, null>): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** An array of one dimension as Postgres writes it: elements are quoted where they must be, NULL never is. */
function readArray(raw: string, parse: (raw: string) => Element): Element[] {
  const inner = raw.slice(1, -1);
  return [...inner.matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs)].map(([, quoted, bare = '']) => {
    if (quoted !== undefined) return parse(quoted.replaceAll(/\\(.)/gs, '$1'));
    return bare === 'NULL' ? null : parse(bare);
  });
}
