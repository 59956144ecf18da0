/** Many rows in one statement, whose text is the same however many they are: it is parsed and planned once a connection. */
import postgres from 'postgres';
import type { Transaction } from './connect.ts';

type Row = Readonly<Record<string, unknown>>;

/** Half of a character, as JSON writes it. Postgres takes none in JSON; as a parameter of its own it would get the sign for an unknown one. */
const HALF = /\\ud[89a-f]/;
const whole = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value);

/**
 * Rows that name the same columns as one text for `jsonb_populate_recordset`, under the names that columns have in the
 * database; keys inside values stay as they are.
 */
export function recordset(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]!).map((name) => [name, postgres.fromCamel(name)] as const);
  const named = rows.map((row) => Object.fromEntries(columns.map(([name, column]) => [column, row[name]])));
  const text = JSON.stringify(named);
  return HALF.test(text) ? JSON.stringify(named, whole) : text;
}

/** Inserts rows that name the same columns, at least one. */
export async function insertRows(sql: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!);
  // By a row of the table: Postgres has a type of its own named line.
  await sql`insert into ${sql(table)} (${sql(columns)}) select ${sql(columns)} from jsonb_populate_recordset((select t from ${sql(table)} t limit 0), ${recordset(rows)}::text::jsonb)`;
}
