/** Brings secrets that an earlier encryption key sealed under the newest one, so that the earlier one can be dropped. */
import type { Sql, Transaction } from './connect.ts';
import { seal, sealedWith, unseal } from './secrets.ts';
import type { Keyring, SecretPlace } from './secrets.ts';

/** Where secrets lie. */
const places = [
  { table: 'channel_account', column: 'credentials' },
  { table: 'skill', column: 'secrets' },
  { table: 'workspace', column: 'secret' },
  { table: 'workspace', column: 'tracker_secret' },
] as const;

/** Rows of one transaction: few, so that whoever writes one of them hardly waits. */
const BATCH = 20;

interface Resealed {
  /** Secrets that are now under the newest key. */
  resealed: number;
  /** Secrets that no key opens: their accounts have to be given theirs again. */
  lost: number;
}

/**
 * Seals anew what was not sealed with the newest key, in small transactions. A row that somebody is writing waits for the
 * next time; afterwards nothing that opened needs another key than the newest.
 */
export async function resealSecrets(sql: Sql, keys: Keyring): Promise<Resealed> {
  const total: Resealed = { resealed: 0, lost: 0 };
  for (const place of places) {
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null; ) {
      const from: string = after;
      after = await sql.begin((transaction) => batch(transaction as Transaction, keys, place, from, total));
    }
  }
  return total;
}

/** @returns the id to go on after; null at the end */
async function batch(sql: Transaction, keys: Keyring, { table, column }: (typeof places)[number], after: string, total: Resealed): Promise<string | null> {
  const prefix = sealedWith(keys);
  const rows = await sql<{ id: string; sealed: Uint8Array }[]>`
    select id, ${sql(column)} as sealed from ${sql(table)}
    where ${sql(column)} is not null and substring(${sql(column)} from 1 for ${prefix.length}) <> ${prefix} and id > ${after}
    order by id limit ${BATCH} for no key update skip locked`;
  for (const { id, sealed } of rows) {
    const bound: SecretPlace = `${table}:${id}`;
    const plain = opened(keys, bound, sealed);
    if (plain === null) total.lost += 1;
    else {
      await sql`update ${sql(table)} set ${sql(column)} = ${seal(keys, bound, plain)} where id = ${id}`;
      total.resealed += 1;
    }
  }
  return rows.length < BATCH ? null : (rows.at(-1)?.id ?? null);
}

function opened(keys: Keyring, place: SecretPlace, sealed: Uint8Array): string | null {
  try {
    return unseal(keys, place, sealed);
  } catch {
    return null;
  }
}
