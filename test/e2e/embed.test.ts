/** Elements on the pages of others: from the package, several inboxes beside each other, as a server wrote them, with tokens that end. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SignJWT } from 'jose';
import type { Browser, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import type { Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attachPage, attachRounds, living, openings, shownIn, standings } from '../support/attach.ts';
import { beAwkward } from '../support/awkward.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { DEMO_SECRET, startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { keepSilent } from '../support/silent-elements.ts';

const project = join(import.meta.dirname, '../..');
let running: RunningDemo;
let demo: DemoClient;
let browser: Browser;
let page: Page | undefined;

beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
afterEach(async () => {
  await page?.close();
  page = undefined;
});

keepSilent();

/** A page of some host, with the scripts of the elements at its end. @param before what the host does before them */
async function host(body: string, before = ''): Promise<Page> {
  page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const html = `<!doctype html><html lang="en"><title>Host</title><style>conv-pool { block-size: 400px; inline-size: 400px }</style><body>${body}<script>${before}</script>
    <script type="module" src="/widgets/convene.js"></script><script type="module" src="/widgets/chat.js"></script>`;
  await page.route(`${demo.url}/host`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${demo.url}/host`);
  return page;
}
const rows = (pool: Locator): Promise<string[]> => pool.locator('.row .row-name').allInnerTexts();
/** Which conversation stands first: what was written in it makes way for the agent's answer. */
const top = (pool: Locator): Promise<string | null> => pool.locator('.row-link').first().getAttribute('data-id');

describe('the package', () => {
  let folder: string;
  beforeAll(async () => {
    await build({ root: project, mode: 'modules', logLevel: 'silent' });
    folder = await mkdtemp(join(tmpdir(), 'convene-host-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(project, join(folder, 'node_modules/convene'), 'dir');
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** What a host's own bundler makes of a page that imports this: gzip bytes of what is loaded at once. */
  async function weigh(code: string): Promise<number> {
    await writeFile(join(folder, 'main.js'), code);
    const { output } = (await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, modulePreload: false, rolldownOptions: { input: join(folder, 'main.js') } },
    })) as Rolldown.RolldownOutput;
    const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
    const reached = new Set<string>();
    const follow = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      chunks.get(name)?.imports.forEach(follow);
    };
    for (const chunk of chunks.values()) if (chunk.isEntry) follow(chunk.fileName);
    return [...reached].reduce((sum, name) => sum + gzipSync(chunks.get(name)!.code).length, 0);
  }

  test('gives each element by itself, and a page pays for what it imports', async () => {
    const [whole, pool, banner, chat] = [
      await weigh("import 'convene';"),
      await weigh("import { ConvPool } from 'convene/conv-pool'; console.log(ConvPool);"),
      await weigh("import 'convene/handoff-banner';"),
      await weigh("import 'convene/chat';"),
    ];
    expect(whole).toBeGreaterThan(60 * 1024);
    expect(pool).toBeLessThan(whole * 0.9);
    expect(banner).toBeLessThan(whole * 0.65);
    expect(chat).toBeLessThan(6 * 1024);
  });

  test('can be read by a server that draws the host’s pages', () => {
    const names = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        "for (const from of ['convene', 'convene/chat', 'convene/conv-settings']) console.log(Object.keys(await import(from)).join());",
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    for (const name of ['ConvInbox', 'ConvPool', 'ConvThread', 'ConvChat', 'ConvSettings']) expect(names).toContain(name);
  });
});

describe('on one page', { timeout: 120_000 }, () => {
  test('inboxes and chats of two workspaces keep apart', async () => {
    const [ana, rita] = await Promise.all([demo.token('ana'), demo.token('rita')]);
    const on =
      await host(`<conv-provider id="ours" token="${ana}"><conv-pool></conv-pool><conv-pool></conv-pool></conv-provider><conv-pool id="theirs" token="${rita}"></conv-pool>
      <conv-chat workspace="demo"></conv-chat><conv-chat workspace="rival"></conv-chat>`);
    const [ours, beside, theirs] = [on.locator('#ours conv-pool').first(), on.locator('#ours conv-pool').last(), on.locator('#theirs')];
    for (const pool of [ours, beside, theirs]) await pool.locator('.row-name').first().waitFor();
    const before = await rows(theirs);
    expect((await rows(ours)).filter((name) => before.includes(name))).toEqual([]);
    expect(await rows(beside)).toEqual(await rows(ours));

    const chat = on.locator('conv-chat[workspace=demo]');
    const first = await top(ours);
    await chat.evaluate((element: HTMLElementTagNameMap['conv-chat']) => element.open());
    await chat.locator('textarea').fill('Is the Wren quiet enough for an office?');
    await chat.locator('textarea').press('Enter');
    for (const pool of [ours, beside]) await expect.poll(() => top(pool)).not.toBe(first);
    await chat.locator('textarea').press('Escape');
    const other = on.locator('conv-chat[workspace=rival]');
    await other.evaluate((element: HTMLElementTagNameMap['conv-chat']) => element.open());
    await other.getByRole('dialog', { name: /Tern Tea/ }).waitFor();
    expect(await other.locator('.say').count()).toBe(0);
    expect(await rows(theirs)).toEqual(before);
    expect(
      await on.evaluate(() =>
        [...new Set(Object.keys(localStorage).flatMap((key) => (key.startsWith('convene-chat|') ? [key.split('|')[2]] : [])))].toSorted(),
      ),
    ).toEqual(['demo', 'rival']);
  });

  test('a second copy of the elements registers nothing, says nothing, and both go on working', async () => {
    const on = await host(`<conv-inbox token="${await demo.token('ana')}" style="block-size: 600px"></conv-inbox><conv-chat workspace="demo"></conv-chat>`);
    await on.locator('conv-pool .row-link').first().waitFor();
    await on.route(`${demo.url}/copy/**`, async (route) =>
      route.fulfill({ response: await route.fetch({ url: route.request().url().replace('/copy/', '/widgets/') }) }),
    );
    await on.addScriptTag({
      type: 'module',
      content: "import * as inbox from '/copy/convene.js'; import * as chat from '/copy/chat.js'; window.copies = [inbox.ConvPool, chat.ConvChat];",
    });
    await on.waitForFunction(() => 'copies' in window);
    expect(
      await on.evaluate(() => [
        (Reflect.get(window, 'copies') as unknown[]).includes(customElements.get('conv-pool')),
        (Reflect.get(window, 'copies') as unknown[]).includes(customElements.get('conv-chat')),
      ]),
    ).toEqual([false, false]);
    await on.evaluate(() => document.querySelector('conv-inbox')!.after(document.createElement('conv-pool')));
    await on.locator('conv-inbox conv-pool .row-link').first().click();
    await on.locator('conv-thread .msg').first().waitFor();
    await on.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    await on.locator('conv-chat').getByRole('dialog').waitFor();
  });

  test('elements stand as a server wrote them, with properties from before their scripts, in dialogs and shadow roots, moved and copied', async () => {
    const token = await demo.token('ana');
    const { id } = (await demo.find('Marta Oliveira'))!;
    const on = await host(
      `<conv-provider id="late"><div id="here"><conv-thread conversation="${id}" style="block-size: 500px"></conv-thread></div><dialog><conv-pool></conv-pool></dialog><my-box></my-box></conv-provider><div id="there"></div>`,
      `document.querySelector('#late').getToken = async () => '${token}';
       customElements.define('my-box', class extends HTMLElement {
         connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<conv-details conversation="${id}"></conv-details>'; }
       });`,
    );
    await on.locator('conv-thread .msg').first().waitFor();
    await on.locator('my-box conv-details').getByText('Marta Oliveira').first().waitFor();
    await on.evaluate(() => document.querySelector('dialog')!.showModal());
    await on.locator('dialog conv-pool .row-link').first().waitFor();
    await on.evaluate(() => {
      document.querySelector('dialog')!.close();
      document.documentElement.lang = 'ar';
      document.documentElement.dir = 'rtl';
    });
    await on.locator('conv-thread:dir(rtl)').getByRole('button', { name: 'إجراءات أخرى' }).or(on.locator('conv-thread [aria-keyshortcuts]')).first().waitFor();
    await expect
      .poll(() =>
        on
          .locator('conv-pool')
          .first()
          .evaluate((pool) => (pool.shadowRoot?.textContent ?? '').match(/\p{Script=Arabic}/gu)?.length ?? 0),
      )
      .toBeGreaterThan(50);
    // What is typed stays when the page moves it elsewhere under its provider; a copy has its attributes and shows the same.
    await on.evaluate(() => {
      const there = document.querySelector('#late')!.appendChild(document.querySelector('#there')!);
      const thread = document.querySelector('conv-thread')!;
      there.append(thread, thread.cloneNode(true));
    });
    for (const at of [0, 1]) await on.locator('#there conv-thread').nth(at).locator('.msg').first().waitFor();
  });

  test('nothing holds an element that was taken away, and none complains, whatever it was doing', { timeout: 240_000 }, async () => {
    page = await attachPage(browser, demo.url, await demo.token('ana'));
    const shown = await shownIn(demo);
    const cdp = await page.context().newCDPSession(page);
    const tried = process.env['WHOLE_LISTS'] ? openings : openings.filter((_, at) => at % 4 === 0);
    for (const standing of [...standings, ...tried]) await attachRounds(page, standing, 2, shown, standing.opens ? 1 : 2);
    await beAwkward(page, shown, 1);
    await page.evaluate(() => Reflect.set(window, 'kept', document.createElement('conv-pool')));
    expect(Object.keys(await living(cdp))).toContain('conv-pool');
    await page.evaluate(() => Reflect.deleteProperty(window, 'kept'));
    await expect.poll(() => living(cdp), { timeout: 20_000 }).toEqual({});
  });
});

describe('tokens', { timeout: 120_000 }, () => {
  const tags = [
    'conv-inbox',
    'conv-pool',
    'conv-thread',
    'conv-details',
    'conv-drafts',
    'conv-tickets',
    'conv-settings',
    'conv-report',
    'draft-review',
    'handoff-banner',
  ];
  const shortLived = (seconds: number): Promise<string> =>
    new SignJWT({ name: 'Ana Duarte', email: 'ana@morrow.example', role: 'admin', workspace: 'demo' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ana')
      .setAudience('operator')
      .setIssuedAt()
      .setExpirationTime(Math.floor(Date.now() / 1_000) + seconds)
      .sign(new TextEncoder().encode(DEMO_SECRET));

  test('are asked for again when they end, without a reload; every element says that they ended, and goes on when there is one', async () => {
    const { id, draft } = (await demo.find('Hanne Vestergaard'))!;
    page = await browser.newPage();
    let asked = 0;
    let signedIn = true;
    await page.exposeFunction('freshToken', async () => {
      asked += 1;
      if (!signedIn) return '';
      // The first is over already, as one is that a page was kept open with; the next two are soon.
      return shortLived(asked === 1 ? -60 : asked < 4 ? 2 : 600);
    });
    const html = `<!doctype html><html lang="en"><title>Host</title><body>${tags.map((tag) => `<${tag} conversation="${id}" draft="${draft!.id}"></${tag}>`).join('')}
      <script>for (const one of document.querySelectorAll('${tags.join()}')) one.getToken = freshToken;</script><script type="module" src="/widgets/convene.js"></script>`;
    await page.route(`${demo.url}/host`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await page.goto(`${demo.url}/host`);
    await page.locator('conv-pool .row-link').first().waitFor();
    await page.locator('conv-settings .set-nav').waitFor();
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
    const pool = page.locator('body > conv-pool');
    const first = await top(pool);
    await (await demo.visitor()).says('Written after the first token had ended');
    await expect.poll(() => top(pool)).not.toBe(first);

    signedIn = false;
    await page.evaluate((tags) => {
      for (const tag of tags) {
        const one = document.querySelector<HTMLElement & { getToken: unknown }>(tag)!;
        one.replaceWith(Object.assign(one.cloneNode(true), { getToken: one.getToken }));
      }
    }, tags);
    for (const tag of tags) await page.locator(`body > ${tag}`).getByText('You are signed out').first().waitFor({ timeout: 20_000 });
    signedIn = true;
    for (const tag of tags)
      await page
        .locator(`body > ${tag}`)
        .getByRole('button', { name: /Try again/ })
        .first()
        .click();
    for (const tag of tags) await page.locator(`body > ${tag}`).getByText('You are signed out').first().waitFor({ state: 'hidden' });
    await page.locator('conv-drafts').getByText('Hanne Vestergaard').first().waitFor();
  });

  test('that a chat cannot use are told of in its panel', async () => {
    const on = await host('<conv-chat workspace="demo"></conv-chat>', "document.querySelector('conv-chat').getIdentityToken = async () => 'no.token.atall';");
    await on.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    await on.locator('conv-chat').getByText('This chat is not available').waitFor();
  });
});
