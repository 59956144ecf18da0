/** Slices of the search: a new one is begun when one is full, and full ones are found by their words, so that a rare one is looked for only where it stands. */
import { errorCode } from '../process.ts';
import type { Sql, Transaction } from './connect.ts';

export type Family = 'text' | 'person';

/** So many entries are a slice; the batch that reaches it may go beyond. Smaller: the index has more to hold. Larger: a common word finds more in each than is wanted. */
export const SLICE_ENTRIES = 2_048;
/** Slices of one span: what a word costs to look for among them does not grow beyond it. */
const SPAN_SLICES = 2_048;

/** Parts of a slice, by the last digit of their entries' ids. */
export const PARTS = 16;
/** A slice of more entries was begun when slices were larger: its parts are each written down in a transaction of their own. */
const AT_ONCE = 2 * SLICE_ENTRIES;

/** Begins a slice, in the span of the last one or in a span of its own. @returns its number */
export async function openSlice(sql: Sql | Transaction, workspaceId: string, family: Family, of: { entries: number; from: Date; to: Date }): Promise<number> {
  const [slice] = await sql<{ id: number }[]>`
    insert into search_slice (workspace_id, family, id, span, entries, from_at, to_at) overriding system value
    select ${workspaceId}, ${family}, n.id, coalesce(last.span, n.id), ${of.entries}, ${of.from}, ${of.to}
    from (select nextval(pg_get_serial_sequence('search_slice', 'id'))::int as id) n
    left join (select span from search_slice where workspace_id = ${workspaceId} and family = ${family} group by span having count(*) < ${SPAN_SLICES} order by span desc limit 1) last on true
    returning id`;
  return slice!.id;
}

/**
 * Writes down the words of one slice that is full: nothing is added to it any more.
 * @returns false where there was none
 */
export async function digestSlice(sql: Sql): Promise<boolean> {
  const [slice] = await sql<
    Slice[]
  >`select workspace_id, family, id, span, digested from search_slice where digested < ${sql.unsafe(String(PARTS))} and entries >= ${SLICE_ENTRIES} order by id desc limit 1`;
  if (!slice) return false;
  const rows = await sql<{ id: string }[]>`select id from search_entry where words @@ (${`'${slice.id}/':*`}::text)::tsquery and slice = ${slice.id}`;
  const many = rows.length > AT_ONCE ? 1 : PARTS;
  for (let part = slice.digested; part < PARTS; part += many) {
    const ids = rows.map(({ id }) => id).filter((id) => Number.parseInt(id.at(-1)!, PARTS) >= part && Number.parseInt(id.at(-1)!, PARTS) < part + many);
    const done = await sql.begin(async (tx) => {
      // Another process may be at the same slice: each part is one's.
      const mine =
        await tx`update search_slice set digested = ${Math.min(part + many, PARTS)} where workspace_id = ${slice.workspaceId} and family = ${slice.family} and id = ${slice.id} and digested = ${part}`;
      if (mine.count === 1) await digest(tx as Transaction, slice, ids);
      return mine.count === 1;
    });
    if (!done) break;
  }
  return true;
}

interface Slice {
  workspaceId: string;
  family: string;
  id: number;
  span: number;
  digested: number;
}

/** What Postgres says of a tsvector that is too long. */
const TOO_LONG = '54000';

async function digest(sql: Transaction, slice: Slice, ids: string[]): Promise<void> {
  try {
    await sql.savepoint(
      (inner) => inner`
      insert into search_digest (workspace_id, slice, words)
      select ${slice.workspaceId}, ${slice.id}, string_agg(distinct quote_literal(${`${slice.span}/`} || substr(w, ${`${slice.id}/`.length + 1})), ' ')::tsvector
      from search_entry e, unnest(tsvector_to_array(e.words)) w
      where e.workspace_id = ${slice.workspaceId} and e.id = any(${ids}::uuid[]) and e.slice = ${slice.id} having count(*) > 0`,
    );
  } catch (error) {
    if (errorCode(error) !== TOO_LONG || ids.length < 2) throw error;
    const half = Math.ceil(ids.length / 2);
    await digest(sql, slice, ids.slice(0, half));
    await digest(sql, slice, ids.slice(half));
  }
}

/** The first number of the lock under which one process at a time writes down for a workspace. */
const LOCK = 0x5ea_2c4;

/** Until the commit nothing is written down in a workspace by anybody else. */
export async function holdWriting(sql: Transaction, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${workspaceId}))`;
}

/**
 * The words of slices in which these entries stand are written down anew: theirs are not to be found any more. Before the entries go.
 * Until the commit no slice of them is written down, and no entry of something that is about to go.
 */
export async function forgetDigests(sql: Transaction, workspaceId: string, entryIds: readonly string[]): Promise<void> {
  await holdWriting(sql, workspaceId);
  const slices = await sql<{ id: number }[]>`
    update search_slice set digested = 0 where workspace_id = ${workspaceId}
      and id in (select slice from search_entry where workspace_id = ${workspaceId} and id = any(${entryIds as string[]}::uuid[])) returning id`;
  if (slices.length > 0) await sql`delete from search_digest where workspace_id = ${workspaceId} and slice = any(${slices.map(({ id }) => id)}::int[])`;
}
