/** Writes down by which words things are found: what was said or changed waits in a queue, and is taken from it here. */
import type { PersonParts, TextParts } from '../domain/search-words.ts';
import { personEntry, textEntry } from '../domain/search-words.ts';
import type { Sql, Transaction } from './connect.ts';
import { digestSlice, holdWriting, openSlice, SLICE_ENTRIES } from './search-slices.ts';
import type { Family } from './search-slices.ts';

/** Rows of one transaction: readers of the event log wait for no longer one. */
const BATCH = 200;

type Kind = 'message' | 'note' | 'subject' | 'contact';
interface Entry {
  id: string;
  kind: Kind;
  at: Date;
  words: string[];
}

const familyOf = (kind: Kind): Family => (kind === 'contact' ? 'person' : 'text');

/**
 * Writes down what waits, the oldest first.
 * @param most rows at most, so that who searches does not wait for a long queue
 * @returns how many were done; fewer than `most` when nothing is left
 */
export async function writeDown(sql: Sql, workspaceId: string, most = Number.POSITIVE_INFINITY): Promise<number> {
  let done = 0;
  while (done < most) {
    const [waits] = await sql`select 1 from search_queue where workspace_id = ${workspaceId} limit 1`;
    if (!waits) break;
    const size = Math.min(BATCH, most - done);
    const taken = await sql.begin((tx) => batch(tx as Transaction, workspaceId, size));
    done += taken;
    if (taken < size) break;
  }
  return done;
}

/** Batches in a row for one workspace: others have their turn between. */
const TURN = 10;

/** Writes down what waits, in every workspace, and by which words the slices that are full by then are found. */
export async function writeDownAll(sql: Sql): Promise<void> {
  await writeDownQueued(sql);
  for (let more = true; more; ) more = await digestSlice(sql);
}

async function writeDownQueued(sql: Sql): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const [row] = await sql<{ workspaceId: string }[]>`select workspace_id from search_queue where workspace_id > ${after} order by workspace_id limit 1`;
    if (!row) return;
    after = row.workspaceId;
    await writeDown(sql, after, TURN * BATCH);
  }
}

async function batch(sql: Transaction, workspaceId: string, size: number): Promise<number> {
  await holdWriting(sql, workspaceId);
  const rows = await sql<{ kind: Kind; id: string }[]>`
    delete from search_queue where workspace_id = ${workspaceId} and no = any(array(select no from search_queue where workspace_id = ${workspaceId} order by no limit ${size})) returning kind, id`;
  const ids = (kind: Kind): string[] => rows.filter((row) => row.kind === kind).map(({ id }) => id);
  const entries = [...(await texts(sql, workspaceId, ids)), ...(await persons(sql, workspaceId, ids('contact')))];
  const kept = new Set(entries.map(({ id }) => id));
  const gone = rows.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await sql`delete from search_entry where workspace_id = ${workspaceId} and id = any(${gone}::uuid[])`;
  for (const family of ['text', 'person'] as const) {
    const of = entries.filter(({ kind }) => familyOf(kind) === family).toSorted((a, b) => a.at.getTime() - b.at.getTime());
    if (of.length > 0) await put(sql, workspaceId, family, of);
  }
  return rows.length;
}

async function texts(sql: Transaction, workspaceId: string, ids: (kind: Kind) => string[]): Promise<Entry[]> {
  const [messages, notes, subjects] = [ids('message'), ids('note'), ids('subject')];
  if (messages.length + notes.length + subjects.length === 0) return [];
  const rows = await sql<(TextParts & { id: string; kind: Kind; at: Date })[]>`
    select 'message' as kind, m.id, m.created_at as at, concat_ws(E'\n', m.subject, m.text) as text, concat_ws(' ', m.author_name, k.email) as author, m.channel
      from message m left join contact k on m.author_kind = 'contact' and k.workspace_id = m.workspace_id and k.id = m.author_id
      where m.workspace_id = ${workspaceId} and m.id = any(${messages}::uuid[])
    union all select 'note', n.id, n.created_at, n.text, n.author_name, c.channel
      from note n join conversation c on c.workspace_id = n.workspace_id and c.id = n.conversation_id
      where n.workspace_id = ${workspaceId} and n.id = any(${notes}::uuid[])
    union all select 'subject', c.id, c.created_at, c.subject, k.name, c.channel
      from conversation c join contact k on k.workspace_id = c.workspace_id and k.id = c.contact_id
      where c.workspace_id = ${workspaceId} and c.id = any(${subjects}::uuid[]) and c.subject is not null`;
  return rows.map(({ id, kind, at, ...parts }) => ({ id, kind, at, words: textEntry(parts) }));
}

async function persons(sql: Transaction, workspaceId: string, ids: string[]): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const rows = await sql<(PersonParts & { id: string; at: Date })[]>`
    select k.id, k.created_at as at, k.name, k.company, k.email, k.phone,
      array(select i.handle from identity i where i.workspace_id = k.workspace_id and i.contact_id = k.id and i.channel <> 'chat' limit 20) as handles
    from contact k where k.workspace_id = ${workspaceId} and k.id = any(${ids}::uuid[])`;
  return rows.map(({ id, at, ...parts }) => ({ id, kind: 'contact', at, words: personEntry(parts) }));
}

/** A tsvector of words that carry the number of their slice. They are letters, digits and pictures: nothing in them wants quoting. */
export const vectorOf = (slice: number, words: readonly string[]): string => words.map((word) => `'${slice}/${word}'`).join(' ');

async function put(sql: Transaction, workspaceId: string, family: Family, entries: Entry[]): Promise<void> {
  const from = entries[0]!.at;
  const to = entries.at(-1)!.at;
  const [open] = await sql<{ id: number }[]>`
    update search_slice set entries = entries + ${entries.length}, from_at = least(from_at, ${from}), to_at = greatest(to_at, ${to})
    where workspace_id = ${workspaceId} and family = ${family} and entries < ${SLICE_ENTRIES}
      and id = (select max(id) from search_slice where workspace_id = ${workspaceId} and family = ${family}) returning id`;
  const slice = open?.id ?? (await openSlice(sql, workspaceId, family, { entries: entries.length, from, to }));
  await sql`
    insert into search_entry (workspace_id, id, kind, slice, at, words)
    select ${workspaceId}, x.id, x.kind, ${slice}, x.at, x.words::tsvector
    from unnest(${entries.map(({ id }) => id)}::uuid[], ${entries.map(({ kind }) => kind)}::text[], ${entries.map(({ at }) => at.toISOString())}::timestamptz[],
      ${entries.map(({ words }) => vectorOf(slice, words))}::text[]) as x(id, kind, at, words)
    on conflict (workspace_id, id) do update set slice = excluded.slice, at = excluded.at, words = excluded.words`;
}
