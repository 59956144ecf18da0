/** A page with one operator's inbox, and conversations of any length in it, for what is measured in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { buildElements } from '../../demo/elements.ts';
import type { Db } from '../../server/db/change.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { openSignals } from '../../server/db/signals.ts';
import { launchBrowser } from './browser.ts';
import type { DemoClient } from './demo-client.ts';
import { startDemoProgram } from './demo-program.ts';
import { tasksOf } from './trace.ts';

export interface Desk {
  demo: DemoClient;
  browser: Browser;
  /** A conversation of so many items, with notes, lines and mails among them, of which Ana has not read the last `unread`. @returns its id */
  fill(items: number, unread: number): Promise<string>;
  /** The customer of a conversation writes in it, ahead of every limit. */
  says(id: string, text: string): Promise<void>;
  /** Twenty messages of that customer at once, in one transaction: quicker than a machine that is busy accepts them one by one. */
  twenty(id: string): Promise<void>;
  /** A page with the inbox. */
  sit(conversation: string, options?: { dir?: 'rtl'; message?: string }): Promise<Page>;
  stop(): Promise<void>;
}

/** Starts the demo as a process of its own, so that what the page does is measured and nothing else. */
export async function openDesk(database: { url: string } & Pick<Db, 'sql'>): Promise<Desk> {
  await buildElements(() => {});
  const [browser, { program, demo, url }] = await Promise.all([launchBrowser(), startDemoProgram(database)]);
  const signals = await openSignals(database.sql);
  const customers = new Map<string, ReturnType<typeof customerOf>>();
  return {
    demo,
    browser,
    async fill(items, unread) {
      const { conversationId } = await (await demo.visitor()).says('The first');
      await demo.ask('PATCH', `/v1/conversations/${conversationId}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
      await fillThread(database, conversationId, items);
      const [mark] = await database.sql<
        { seq: number }[]
      >`select seq from message where conversation_id = ${conversationId} and direction = 'inbound' order by seq desc offset ${unread} limit 1`;
      if (mark) await demo.act(conversationId, 'read', { seq: mark.seq });
      return conversationId;
    },
    async says(id, text) {
      const to = await (customers.get(id) ?? customers.set(id, customerOf(database, id)).get(id)!);
      await receiveInbound({ sql: database.sql, signals }, { ...to, channel: 'chat', text });
    },
    async twenty(id) {
      const [row] = await database.sql<{ workspaceId: string }[]>`
        with c as (update conversation set last_seq = last_seq + 20, inbound_count = inbound_count + 20, last_inbound_seq = last_seq + 20, last_inbound_at = now(), last_activity_at = now(), version = version + 1
            where id = ${id} returning workspace_id, id, account_id, identity_id, contact_id, last_seq - 20 as base),
          m as (insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_id, author_name, channel, account_id, identity_id, text, created_at)
            select workspace_id, gen_random_uuid(), id, base + n, 'inbound', 'message', 'contact', contact_id, 'Marta', 'chat', account_id, identity_id, 'Live ' || base + n, clock_timestamp() from c, generate_series(1, 20) n
            returning workspace_id, id, conversation_id, seq),
          e as (insert into event (workspace_id, kind, audience, subject_id, conversation_id)
            select workspace_id, 'message', 'team', id, conversation_id from (select * from m order by seq) o union all select workspace_id, 'conversation', 'team', id, id from c)
        select workspace_id from c`;
      signals.publish({ kind: 'events', workspaceId: row!.workspaceId });
    },
    async sit(conversation, { dir, message } = {}) {
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })).newPage();
      const token = await demo.token('ana');
      const body = `<!doctype html><html lang="en"${dir ? ` dir="${dir}"` : ''}><title>Desk</title><body style="margin:0"><conv-inbox style="display:block;height:100vh" token="${token}" conversation="${conversation}"${
        message ? ` message="${message}"` : ''
      }></conv-inbox><script type="module" src="/widgets/convene.js"></script>`;
      await page.route(`${url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto(`${url}/desk`);
      await page.locator('conv-log .line').first().waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      await signals.close();
      program.kill('SIGKILL');
      await program.ended;
    },
  };
}

async function customerOf({ sql }: Pick<Db, 'sql'>, id: string): Promise<{ workspaceId: string; accountId: string; from: { handle: string } }> {
  const [one] = await sql<{ workspaceId: string; accountId: string; handle: string }[]>`
    select c.workspace_id, c.account_id, i.handle from conversation c join identity i on i.workspace_id = c.workspace_id and i.id = c.identity_id where c.id = ${id}`;
  const { handle, ...where } = one!;
  return { ...where, from: { handle } };
}

/** Every ninth a note, every 25th a line, every 40th a mail that grows once it is there; the rest of different heights, from both sides. */
async function fillThread({ sql }: Pick<Db, 'sql'>, id: string, items: number): Promise<void> {
  const [one] = await sql<{ workspaceId: string; lastSeq: number; author: string }[]>`
    select c.workspace_id, c.last_seq, (select o.id from operator o where o.workspace_id = c.workspace_id order by o.name limit 1) as author from conversation c where c.id = ${id}`;
  const { workspaceId, lastSeq, author } = one!;
  const numbers = sql`generate_series(${lastSeq + 1}::int, ${items}::int) n`;
  const at = sql`c.created_at + make_interval(secs => n * 400 - ${items}::int * 400)`;
  const words = sql`'Item ' || n || '. ' || repeat('Some more words about the order. ', n % 11)`;
  await sql`
    insert into message (workspace_id, id, conversation_id, seq, direction, kind, author_kind, author_name, channel, account_id, identity_id, text, html, delivery_status, created_at)
    select ${workspaceId}, gen_random_uuid(), c.id, n, case when n % 3 = 1 then 'outbound' else 'inbound' end, 'message', case when n % 3 = 1 then 'agent' else 'contact' end, 'Marta Oliveira', 'chat', c.account_id, c.identity_id,
      ${words}, case when n % 40 = 0 then '<p>Item ' || n || '</p><div style="height:' || (120 + n % 7 * 60) || 'px;background:#ddd">A table</div>' end, case when n % 3 = 1 then 'sent' end, ${at}
    from conversation c, ${numbers} where c.id = ${id} and n % 9 <> 0 and n % 25 <> 0`;
  await sql`
    insert into note (workspace_id, id, conversation_id, seq, author_id, author_name, text, created_at)
    select ${workspaceId}, gen_random_uuid(), c.id, n, ${author}, 'Ana Duarte', ${words}, ${at} from conversation c, ${numbers} where c.id = ${id} and n % 9 = 0`;
  await sql`
    insert into line (workspace_id, id, conversation_id, seq, kind, code, author_kind, author_name, text, created_at)
    select ${workspaceId}, gen_random_uuid(), c.id, n, 'system', 'read', 'system', '', 'Item ' || n, ${at} from conversation c, ${numbers} where c.id = ${id} and n % 25 = 0 and n % 9 <> 0`;
  await sql`
    with inbound as (select id, seq, count(*) over () as many from message where conversation_id = ${id} and direction = 'inbound' order by seq desc limit 1)
    update conversation c set last_seq = ${items}, inbound_count = i.many, last_inbound_id = i.id, last_inbound_seq = i.seq from inbound i where c.id = ${id}`;
  await sql`analyze message`;
}

/** What runs in the page: reads lines through the shadow roots. */
const IN_PAGE = `(() => {
  const inbox = document.querySelector('conv-inbox');
  const log = () => inbox.shadowRoot.querySelector('conv-thread')?.shadowRoot?.querySelector('conv-log');
  const frame = () => new Promise(requestAnimationFrame);
  const count = (root) => [...root.querySelectorAll('*')].reduce((sum, node) => sum + 1 + (node.shadowRoot ? count(node.shadowRoot) : 0), 0);
  window.thread = {
    log,
    view() {
      const box = log().shadowRoot.querySelector('.scroll'), at = box.getBoundingClientRect();
      const lines = [...log().shadowRoot.querySelectorAll('.line')].map((line) => ({ key: line.dataset.key, top: line.getBoundingClientRect().top - at.top, height: line.offsetHeight, text: line.innerText.slice(0, 40), marked: line.ariaCurrent }))
        .filter(({ top, height }) => top + height > 0 && top < at.height);
      const { items, loading, after, before } = log().thread;
      return { top: box.scrollTop, left: box.scrollHeight - box.clientHeight - box.scrollTop, height: box.scrollHeight, lines, loading: loading ?? '', first: items[0]?.seq ?? 0, last: items.at(-1)?.seq ?? 0, loaded: items.length, atStart: before === null, atEnd: after === null };
    },
    async settled() {
      for (let calm = 0, last = '', view; ; last = JSON.stringify(view)) {
        await frame();
        view = window.thread.view();
        calm = JSON.stringify(view) === last && !view.loading ? calm + 1 : 0;
        if (calm > 5) return view;
      }
    },
    nodes: () => count(log().shadowRoot),
    async opened(id) {
      const began = performance.now();
      inbox.conversation = id;
      while (log()?.conversation?.id !== id || !log().thread.loaded || log().shadowRoot.querySelectorAll('.line').length < 5) await frame();
      await frame();
      return performance.now() - began;
    },
  };
})()`;

export interface View {
  top: number;
  left: number;
  height: number;
  lines: { key: string; top: number; height: number; text: string; marked: string | null }[];
  loading: string;
  first: number;
  last: number;
  loaded: number;
  atStart: boolean;
  atEnd: boolean;
}

/** An open conversation on a page of the desk. */
export class ThreadProbe {
  private constructor(readonly page: Page) {}

  static async on(page: Page): Promise<ThreadProbe> {
    await page.evaluate(IN_PAGE);
    const box = (await page.locator('conv-log').boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    return new ThreadProbe(page);
  }

  view(): Promise<View> {
    return this.page.evaluate('window.thread.view()');
  }

  /** The same once nothing moves or loads. */
  settled(): Promise<View> {
    return this.page.evaluate('window.thread.settled()');
  }

  /** Elements within the lines' box, through shadow roots. */
  nodes(): Promise<number> {
    return this.page.evaluate('window.thread.nodes()');
  }

  /** Opens a conversation. @returns milliseconds until its first lines were painted */
  open(id: string): Promise<number> {
    return this.page.evaluate(`window.thread.opened(${JSON.stringify(id)})`);
  }

  /**
   * Turns the wheel, so many times, by so many pixels each.
   * @param meanwhile done after each turn, before it is looked at
   * @returns the greatest distance, in pixels, between where a line came to stand and where the turn alone would have brought it
   */
  async wheel(pixels: number, times: number, meanwhile: (turn: number) => Promise<unknown> = () => Promise.resolve()): Promise<number> {
    let worst = 0;
    let before = await this.settled();
    for (let turn = 0; turn < times; turn += 1) {
      await this.page.mouse.wheel(0, pixels);
      await this.page
        .waitForFunction(`window.thread.view().top !== ${before.top} || window.thread.view().first !== ${before.first}`, undefined, { timeout: 2_000 })
        .catch(() => {});
      await meanwhile(turn);
      const after = await this.settled();
      // At an end of the conversation there is less to turn.
      const ends = (after.atStart && after.top < 1) || (after.atEnd && after.left < 1);
      for (const line of ends ? [] : before.lines) {
        const now = after.lines.find(({ key }) => key === line.key);
        if (now) worst = Math.max(worst, Math.abs(line.top - now.top - pixels));
      }
      before = after;
    }
    return worst;
  }

  /** Seq of the newest item that the page has. */
  last(): Promise<number> {
    return this.page.evaluate('window.thread.log().thread.items.at(-1)?.seq ?? 0');
  }

  /** @returns the longest task of the page's main thread while something went on, in milliseconds that it computed */
  async longestTask(work: () => Promise<unknown>): Promise<number> {
    return (await tasksOf(this.page, work)).computed;
  }
}
