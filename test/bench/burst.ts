/**
 * An inbox in a real browser whose pool holds 100,000 conversations, all of them loaded, while 200 events come every second: at
 * the top of the list, where they move its rows, and while it is scrolled through. No task of the main thread may take 50 ms.
 * `BURST_ROWS` loads fewer, `BURST_SECONDS` lasts longer.
 */
import { v7 as newId } from 'uuid';
import type { Page } from 'playwright-core';
import type { Sql } from '../../server/db/connect.ts';
import { openSignals } from '../../server/db/signals.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk } from '../support/thread-desk.ts';
import { tasksOf } from '../support/trace.ts';
import { atRate, measure, stated } from './measure.ts';
import type { Measure } from './measure.ts';

const CONVERSATIONS = 100_000;
const LOADED = Number(process.env['BURST_ROWS'] ?? CONVERSATIONS);
const SECONDS = Number(process.env['BURST_SECONDS'] ?? 10);
/** Twenty transactions a second; in each five customers write, and of each message and its conversation there is an event. */
const BURSTS = 20;
const WRITERS = 5;
const MOST_MS = 50;

/** Open conversations of a thousand customers at the account of one that is there; the newest first. */
async function fill(sql: Sql, like: string): Promise<string[]> {
  const made = sql`generate_series(1, 1000) n`;
  await sql`
    with c as (insert into contact (workspace_id, id, name, email) select workspace_id, gen_random_uuid(), 'Customer ' || n, 'burst-' || n || '@example.com' from conversation, ${made} where id = ${like} returning workspace_id, id, name)
    insert into identity (workspace_id, id, contact_id, channel, handle) select workspace_id, gen_random_uuid(), id, 'chat', name from c`;
  for (let from = 0; from < CONVERSATIONS; from += 10_000) {
    await sql`
      insert into conversation (workspace_id, id, contact_id, account_id, identity_id, channel, status, controller_kind, last_seq, inbound_count, last_inbound_seq, last_activity_at, last_snippet, last_message_at, last_author)
      select l.workspace_id, gen_random_uuid(), i.contact_id, l.account_id, i.id, 'chat', 'open', 'human', 0, 0, 0, t.at, 'When does my order ' || n || ' arrive?', t.at, jsonb_build_object('kind', 'contact', 'id', i.contact_id, 'name', i.handle)
      from conversation l, generate_series(${from + 1}::int, ${from + 10_000}::int) n
      join lateral (select l.created_at - make_interval(secs => n) as at) t on true
      join identity i on i.handle = 'Customer ' || 1 + n % 1000 where l.id = ${like}`;
  }
  await sql`vacuum analyze`;
  return (await sql<{ id: string }[]>`select id from conversation where last_snippet like 'When does my order%' order by last_activity_at desc`).map(
    ({ id }) => id,
  );
}

/** Customers write in these conversations, all in one transaction. */
async function write(sql: Sql, ids: readonly string[]): Promise<string> {
  const [row] = await sql<{ workspaceId: string }[]>`
    with w as (select * from unnest(${ids as string[]}::uuid[], ${ids.map(() => newId())}::uuid[]) w (id, message_id)),
      c as (update conversation c set last_seq = last_seq + 1, inbound_count = inbound_count + 1, last_inbound_id = w.message_id, last_inbound_seq = last_seq + 1, last_inbound_at = clock_timestamp(),
          last_message_at = clock_timestamp(), last_activity_at = clock_timestamp(), last_snippet = 'And what of message ' || last_seq + 1 || '?', version = version + 1
        from w where c.id = w.id returning c.workspace_id, c.id, c.account_id, c.identity_id, c.contact_id, c.last_seq, w.message_id),
      m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text)
        select workspace_id, message_id, id, last_seq, 'inbound', 'message', 'contact', contact_id, 'Customer', 'chat', account_id, identity_id, 'And what of message ' || last_seq || '?' from c returning workspace_id, id, conversation_id),
      e as (insert into event (workspace_id, kind, audience, subject_id, conversation_id)
        select workspace_id, 'message', 'team', id, conversation_id from m union all select workspace_id, 'conversation', 'team', id, id from c)
    select distinct workspace_id from c`;
  return row!.workspaceId;
}

/** What runs in the page: the list, and how many rows of it are loaded. */
const LIST = `(() => {
  const pool = document.querySelector('conv-inbox').shadowRoot.querySelector('conv-pool');
  return { box: pool.shadowRoot.querySelector('.rows'), loaded: () => pool.rows.shown.length };
})()`;

/** Scrolls to the end of what is loaded until so many rows are. */
const load = (page: Page, rows: number): Promise<number> =>
  page.evaluate(`(async () => {
  const list = ${LIST};
  for (let still = performance.now(), last = 0; list.loaded() < ${rows} && performance.now() - still < 30_000; ) {
    list.box.scrollTop = list.box.scrollHeight;
    await new Promise(requestAnimationFrame);
    if (list.loaded() !== last) still = performance.now();
    last = list.loaded();
  }
  list.box.scrollTop = 0;
  return list.loaded();
})()`);

export async function benchBurst(database: TestDatabase): Promise<Measure[]> {
  const desk = await openDesk(database);
  const signals = await openSignals(database.sql);
  const sql = database.openPool({ max: 4, statementTimeout: 0 });
  try {
    const open = await desk.fill(50, 0);
    const ids = await fill(sql, open);
    const page = await desk.sit(open);
    const began = performance.now();
    const rows = await load(page, LOADED);
    process.stderr.write(`${rows} rows loaded in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
    let events = 0;
    // Half of them where the list is looked at, half anywhere.
    const burst = (): Promise<void> =>
      atRate(BURSTS, SECONDS * 1_000, async (n) => {
        const chosen = Array.from({ length: WRITERS }, (_, k) => ids[k % 2 === 0 ? (n * WRITERS + k) % 100 : (n * 7_919 + k * 104_729) % ids.length]!);
        const workspaceId = await write(sql, [...new Set(chosen)].toSorted());
        events += 2 * new Set(chosen).size;
        signals.publish({ kind: 'events', workspaceId });
      });
    const box = (await page.locator('conv-pool .rows').boundingBox())!;
    const atTop = await tasksOf(page, burst);
    let turns = 0;
    const scrolling = await tasksOf(page, async () => {
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      const ended = new AbortController();
      const done = burst().finally(() => ended.abort());
      for (; !ended.signal.aborted; turns += 1) await page.mouse.wheel(0, turns % 40 < 30 ? 1_500 : -1_500);
      await done;
    });
    const name = (what: string) => `the longest task of a page with ${rows} rows of the pool, ${(events / 2 / SECONDS).toFixed(0)} events a second, ${what}`;
    return [
      measure(`${name('at its top')}, computed`, atTop.computed, MOST_MS, 'ms (at most 1×)'),
      stated(`${name('at its top')}, by the clock`, atTop.taken, 'ms'),
      measure(`${name(`scrolled ${turns} times`)}, computed`, scrolling.computed, MOST_MS, 'ms (at most 1×)'),
      stated(`${name(`scrolled ${turns} times`)}, by the clock`, scrolling.taken, 'ms'),
    ];
  } finally {
    await signals.close();
    await desk.stop();
  }
}
