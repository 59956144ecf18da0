/**
 * Searching three million messages, newest first: a rare word, a common one, a short beginning, a phrase, a name mistyped; by the
 * clock, on a quiet machine, where what is asked for has been read from the disk before. What it costs the processors is told beside it.
 * `SEARCH_MESSAGES` asks for fewer.
 */
import type { Sql } from '../../server/db/connect.ts';
import { searchPool } from '../../server/db/search.ts';
import { vectorOf } from '../../server/db/search-index.ts';
import { digestSlice, openSlice, SLICE_ENTRIES } from '../../server/db/search-slices.ts';
import { personEntry, textEntry } from '../../server/domain/search-words.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { createWorld } from '../support/world.ts';
import type { World } from '../support/world.ts';
import { costs, measure, median, quantile } from './measure.ts';
import type { Measure } from './measure.ts';
import { copy } from './seed-pool.ts';

const MESSAGES = Number(process.env['SEARCH_MESSAGES'] ?? 3_000_000);
const EACH = 10;
const ROUNDS = 300;
const PROMISED_MS = 30;

/** Numbers that are the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const SYLLABLES = ['ba', 'de', 'ki', 'lo', 'mu', 'ra', 'sen', 'tor', 'vi', 'wel', 'pa', 'gri', 'mo', 'nes', 'cu', 'fa', 'jo', 'hin', 'ya', 'zo'];
/** A word that nobody else has, for each number. */
function word(n: number): string {
  let left = n + 20;
  let made = '';
  for (; left > 0; left = Math.floor(left / 20)) made += SYLLABLES[left % 20];
  return made;
}

/** Words as people use them: the most common stands in every third message, the rarest of some 50,000 in a handful. */
const VOCABULARY = 50_000;
const pick = (random: number): number => Math.floor(Math.exp(random * Math.log(VOCABULARY))) - 1;
const textOf = (random: () => number): string => Array.from({ length: 8 + Math.floor(random() * 24) }, () => word(pick(random()))).join(' ');

const uuid = (kind: number, n: number): string => `01${kind}00000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const nameOf = (n: number): string => `${word(n % 800)} ${word(1_000 + ((n * 7_919) % 30_000))}son`;

/** Conversations of ten messages each, the last of a year; written down as the product would, but at once. */
async function fill(sql: Sql, { workspaceId, chatAccount, agents }: World): Promise<void> {
  const conversations = MESSAGES / EACH;
  const start = Date.now() - 365 * 86_400_000;
  const at = (n: number): string => new Date(start + (n / MESSAGES) * 365 * 86_400_000).toISOString();
  await sql`set session_replication_role = replica`;
  await sql`drop index search_entry_words`;
  const people = function* <T>(line: (n: number) => T) {
    for (let n = 0; n < conversations; n += 1) yield line(n);
  };
  await copy(
    sql,
    'contact (workspace_id, id, name, email)',
    people((n) => [workspaceId, uuid(1, n), nameOf(n), `c${n}@example.com`]),
  );
  await copy(
    sql,
    'identity (workspace_id, id, contact_id, channel, handle)',
    people((n) => [workspaceId, uuid(2, n), uuid(1, n), 'chat', `bench-${n}`]),
  );
  await copy(
    sql,
    'conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, agent_id, controller_kind, last_seq, inbound_count, last_inbound_seq, last_activity_at, last_snippet, last_message_at, last_author)',
    people((n) => [
      workspaceId,
      uuid(3, n),
      uuid(1, n),
      chatAccount,
      uuid(2, n),
      'chat',
      'open',
      agents.nova,
      'agent',
      EACH,
      EACH,
      EACH,
      at(n + conversations * (EACH - 1)),
      'Hello',
      at(n),
      `{"kind":"contact","id":"${uuid(1, n)}","name":"Customer"}`,
    ]),
  );
  const slice = (family: 'text' | 'person', from: number, to: number): Promise<number> =>
    openSlice(sql, workspaceId, family, { entries: to - from, from: new Date(at(from)), to: new Date(at(to)) });
  for (let from = 0; from < conversations; from += SLICE_ENTRIES) {
    const to = Math.min(conversations, from + SLICE_ENTRIES);
    const of = await slice('person', from, to);
    await copy(
      sql,
      'search_entry (workspace_id, id, kind, slice, at, words)',
      (function* () {
        for (let n = from; n < to; n += 1)
          yield [
            workspaceId,
            uuid(1, n),
            'contact',
            of,
            at(n),
            vectorOf(of, personEntry({ name: nameOf(n), company: null, email: `c${n}@example.com`, phone: null, handles: [] })),
          ];
      })(),
    );
  }
  for (let from = 0; from < MESSAGES; from += SLICE_ENTRIES) {
    const to = Math.min(MESSAGES, from + SLICE_ENTRIES);
    const of = await slice('text', from, to);
    // Message n is the next one of conversation n modulo their number, so that every slice has messages of very many.
    const lines = Array.from({ length: to - from }, (_, k) => ({ n: from + k, text: textOf(numbers(from + k)) }));
    await copy(
      sql,
      'message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)',
      lines.map(({ n, text }) => {
        const c = n % conversations;
        return [
          workspaceId,
          uuid(4, n),
          uuid(3, c),
          Math.floor(n / conversations) + 1,
          'inbound',
          'message',
          'contact',
          uuid(1, c),
          nameOf(c),
          'chat',
          chatAccount,
          uuid(2, c),
          text,
          at(n),
        ];
      }),
    );
    await copy(
      sql,
      'search_entry (workspace_id, id, kind, slice, at, words)',
      lines.map(({ n, text }) => [
        workspaceId,
        uuid(4, n),
        'message',
        of,
        at(n),
        vectorOf(of, textEntry({ text, author: nameOf(n % conversations), channel: 'chat' })),
      ]),
    );
  }
  await sql`set session_replication_role = origin`;
  await sql`set maintenance_work_mem = '512MB'`;
  await sql`create index search_entry_words on search_entry using gin (words) with (fastupdate = off)`;
  const began = performance.now();
  let full = 0;
  while (await digestSlice(sql)) full += 1;
  process.stderr.write(`the words of a full slice written down in ${((performance.now() - began) / full).toFixed(0)} ms\n`);
  await sql`vacuum analyze`;
}

const without = (name: string, at: number): string => name.slice(0, at) + name.slice(at + 1);

export async function benchSearch(database: TestDatabase): Promise<Measure[]> {
  const filling = database.openPool({ max: 1, statementTimeout: 0 });
  const world = await createWorld({ sql: filling, signals: { publish: () => {} } as never });
  const began = performance.now();
  await fill(filling, world);
  process.stderr.write(`${MESSAGES.toLocaleString('en')} messages made in ${Math.round((performance.now() - began) / 1_000)} s\n`);
  const sql = database.openPool({ max: 1 });
  const pages = async (): Promise<number> => {
    await sql`select pg_stat_force_next_flush()`;
    const [row] = await sql<
      { pages: number }[]
    >`select sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0) + coalesce(toast_blks_hit + toast_blks_read + tidx_blks_hit + tidx_blks_read, 0))::bigint as pages from pg_statio_user_tables`;
    return row!.pages;
  };
  const cost = await costs(sql);
  const floors: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) floors.push(await cost(() => sql`select 1`));
  process.stderr.write(`select 1: p50 ${median(floors).toFixed(2)} ms, p99 ${quantile(floors, 0.99).toFixed(2)} ms\n`);
  const queries: Record<string, (n: number) => string> = {
    'a rare word': (n) => `"${word(VOCABULARY - 2 - n * 7)}"`,
    'a word that stands nowhere': (n) => `nowhere${n}`,
    'a common word': (n) => word(n % 8),
    'two common words': (n) => `${word(n % 8)} ${word(8 + (n % 8))}`,
    'a word of the middle': (n) => `"${word(500 + n * 11)}"`,
    'a beginning of two letters': (n) => SYLLABLES[n % 20]!.slice(0, 2),
    'a beginning of four letters': (n) => word(30 + n).slice(0, 4),
    'a phrase': (n) => `"${word(n % 5)} ${word((n + 1) % 5)}"`,
    'a name': (n) => nameOf((n * 1_237) % (MESSAGES / EACH)),
    'a mistyped name': (n) => without(nameOf((n * 1_237) % (MESSAGES / EACH)).split(' ')[1]!, 3),
    'from somebody': (n) => `from:${nameOf((n * 1_237) % (MESSAGES / EACH)).split(' ')[0]} ${word(n % 8)}`,
    'before a day': (n) => `${word(n % 8)} before:${new Date(Date.now() - 200 * 86_400_000).toISOString().slice(0, 10)}`,
  };
  const measures: Measure[] = [];
  for (const [name, query] of Object.entries(queries)) {
    const [times, spent]: [number[], number[]] = [[], []];
    let found = 0;
    let read = 0;
    for (const measured of [false, true]) {
      if (measured) read = await pages();
      for (let round = 0; round < ROUNDS; round += 1) {
        let took = 0;
        const processors = await cost(async () => {
          const began = performance.now();
          const page = await searchPool(sql, world.workspaceId, world.operators.ana, { filter: { q: query(round) }, after: null, limit: 50 });
          took = performance.now() - began;
          if (measured) found += page.items.length;
        });
        if (!measured) continue;
        times.push(took);
        spent.push(processors);
      }
    }
    const touched = ((await pages()) - read) / ROUNDS;
    const ofProcessors = `of processors ${median(spent).toFixed(1)} and ${quantile(spent, 0.99).toFixed(1)}`;
    process.stderr.write(
      `${name}: p50 ${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, ${ofProcessors}, ${touched.toFixed(0)} pages of 8 KB touched, ${(found / ROUNDS).toFixed(1)} found a page\n`,
    );
    measures.push(
      measure(`searching ${MESSAGES.toLocaleString('en')} messages for ${name}, p99`, quantile(times, 0.99), PROMISED_MS, `ms (at most ${PROMISED_MS})`),
    );
  }
  return measures;
}
