/**
 * Searching three million messages, newest first: a rare word, a common one, a short beginning, a phrase, a name mistyped; by the
 * clock, on a quiet machine, where what is asked for has been read from the disk before. What it costs the processors is told beside it.
 * `SEARCH_MESSAGES` asks for fewer.
 */
import { fork } from 'node:child_process';
import { searchPool } from '../../server/db/search.ts';
import type { TestDatabase } from '../support/postgres.ts';
import type { World } from '../support/world.ts';
import { costs, measure, median, quantile } from './measure.ts';
import type { Measure } from './measure.ts';
import { EACH, nameOf, SYLLABLES, VOCABULARY, word } from './search-words.ts';

const MESSAGES = Number(process.env['SEARCH_MESSAGES'] ?? 3_000_000);
const ROUNDS = 300;
const PROMISED_MS = 30;

const without = (name: string, at: number): string => name.slice(0, at) + name.slice(at + 1);

/** Makes the messages in a process of their own. @returns whose they are */
function fill(databaseUrl: string): Promise<World> {
  const child = fork(new URL('./search-fill.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.send({ databaseUrl, messages: MESSAGES });
  return new Promise((resolve, reject) => {
    child.once('message', (world) => {
      resolve(world as World);
      child.disconnect();
    });
    child.once('exit', (code) => reject(new Error(`what makes the messages ended with ${code}`)));
  });
}

export async function benchSearch(database: TestDatabase): Promise<Measure[]> {
  const began = performance.now();
  const world = await fill(database.url);
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
