/** A page with one operator's inbox, and conversations of any length in it, for what is measured in a real browser. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { buildElements } from '../../demo/elements.ts';
import type { Db } from '../../server/db/change.ts';
import { launchBrowser } from './browser.ts';
import { demoClient } from './demo-client.ts';
import type { DemoClient } from './demo-client.ts';
import { launch } from './process.ts';

export interface Desk {
  demo: DemoClient;
  browser: Browser;
  /** A conversation of so many items, with notes, lines and mails among them, of which Ana has not read the last `unread`. @returns its id */
  fill(items: number, unread: number): Promise<string>;
  /** A page with the inbox. */
  sit(conversation: string, options?: { dir?: 'rtl'; message?: string }): Promise<Page>;
  stop(): Promise<void>;
}

/** Starts the demo as a process of its own, so that what the page does is measured and nothing else. */
export async function openDesk(database: { url: string } & Pick<Db, 'sql'>): Promise<Desk> {
  await buildElements(() => {});
  const program = launch(process.execPath, ['--import', 'tsx', 'test/support/demo-child.ts'], fileURLToPath(new URL('../..', import.meta.url)), {
    PORT: '0', DATABASE_URL: database.url, CONVENE_SECRET: 'a secret of the desk of a long thread', LOG_LEVEL: 'error', DATABASE_CONNECTIONS: '8',
  });
  const [browser, [, url = '']] = await Promise.all([launchBrowser(), program.says(/ready (http:\S+)/)]);
  const demo = demoClient(url);
  return {
    demo, browser,
    async fill(items, unread) {
      const { conversationId } = await (await demo.visitor()).says('The first');
      await demo.ask('PATCH', `/v1/conversations/${conversationId}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
      await fillThread(database, conversationId, items);
      const [mark] = await database.sql<{ seq: number }[]>`select seq from message where conversation_id = ${conversationId} and direction = 'inbound' order by seq desc offset ${unread} limit 1`;
      if (mark) await demo.act(conversationId, 'read', { seq: mark.seq });
      return conversationId;
    },
    async sit(conversation, { dir, message } = {}) {
      const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })).newPage();
      const token = await demo.token('ana');
      const body = `<!doctype html><html lang="en"${dir ? ` dir="${dir}"` : ''}><title>Desk</title><body style="margin:0"><conv-inbox style="display:block;height:100vh" token="${token}" conversation="${conversation}"${
        message ? ` message="${message}"` : ''}></conv-inbox><script type="module" src="/widgets/convene.js"></script>`;
      await page.route(`${url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
      await page.goto(`${url}/desk`);
      await page.locator('conv-log .line').first().waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      program.kill('SIGKILL');
      await program.ended;
    },
  };
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
