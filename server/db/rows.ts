/** Many rows in one statement, whose text is the same however many they are: it is parsed and planned once a connection. */
import postgres from 'postgres';
import type { Transaction } from './connect.ts';

type Row = Readonly<Record<string, unknown>>;

/** Half of a character is none; as a parameter of its own Postgres would get the sign for an unknown one too. */
const whole = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value);

/** Rows as one text for `jsonb_populate_recordset`, under the names that columns have in the database; keys inside values stay as they are. */
export function recordset(rows: readonly Row[]): string {
  const named = rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [postgres.fromCamel(name), value])));
  return JSON.stringify(named, whole);
}

/** Inserts rows that name the same columns, at least one. */
export async function insertRows(sql: Transaction, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!);
  // By a row of the table: Postgres has a type of its own named line.
  await sql`insert into ${sql(table)} (${sql(columns)}) select ${sql(columns)} from jsonb_populate_recordset((select t from ${sql(table)} t limit 0), ${recordset(rows)}::text::jsonb)`;
}
