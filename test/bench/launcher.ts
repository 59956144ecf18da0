/**
 * What the elements keep a website waiting for at a processor four times slower: tasks of its main thread above 50 ms in which a
 * script of ours ran, while the page with the chat's launcher loads and settles, beside the same page without it; while the panel
 * opens; and while an inbox loads. Computed time counts, so that whoever else is at the machine does not. `LAUNCHER_ROUNDS` loads more often.
 */
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk } from '../support/thread-desk.ts';
import { tasksOf } from '../support/trace.ts';
import type { Tasks } from '../support/trace.ts';
import { measure, median, stated } from './measure.ts';
import type { Measure } from './measure.ts';

const ROUNDS = Number(process.env['LAUNCHER_ROUNDS'] ?? 9);
const SLOWER = 4;
/** A machine that is busy may take long to show what is waited for; only what is computed is measured. */
const PATIENT = { timeout: 240_000 };

const bare = '<!doctype html><html lang="en"><title>Shop</title><body><h1>Wren</h1><p>A quiet grinder.</p>';
const pages = {
  bare,
  launcher: `${bare}<conv-chat workspace="demo"></conv-chat><script type="module" src="/widgets/chat.js"></script>`,
  inbox: (token: string) =>
    `${bare}<conv-inbox token="${token}" style="display: block; block-size: 90vh"></conv-inbox><script type="module" src="/widgets/convene.js"></script>`,
};
const idle = (page: Page): Promise<unknown> => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));

export async function benchLauncher(database: TestDatabase): Promise<Measure[]> {
  const desk = await openDesk(database);
  const browser = await launchBrowser();
  const seen = { bare: [] as Tasks[], launcher: [] as Tasks[], panel: [] as Tasks[], inbox: [] as Tasks[] };
  /** A page of a slow machine that has never been here; what it does while it loads and settles. */
  const load = async (html: string, shown: string, then?: (page: Page) => Promise<void>): Promise<Tasks> => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(`${desk.demo.url}/shop`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
    await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const tasks = await tasksOf(page, async () => {
      await page.goto(`${desk.demo.url}/shop`, { waitUntil: 'load', ...PATIENT });
      await page.locator(shown).first().waitFor(PATIENT);
      await idle(page);
    });
    await then?.(page);
    await context.close();
    return tasks;
  };
  try {
    const token = await desk.demo.token('ana');
    for (let round = 0; round < ROUNDS; round += 1) {
      seen.bare.push(await load(pages.bare, 'h1'));
      seen.launcher.push(
        await load(pages.launcher, 'conv-chat .launcher', async (page) => {
          seen.panel.push(
            await tasksOf(page, async () => {
              await page.locator('conv-chat .launcher').click(PATIENT);
              await page.locator('conv-chat textarea').waitFor(PATIENT);
              await idle(page);
            }),
          );
        }),
      );
      seen.inbox.push(await load(pages.inbox(token), 'conv-pool .row-name'));
    }
    const of = (which: keyof typeof seen, what: keyof Tasks): number => median(seen[which].map((tasks) => tasks[what]));
    const most = (which: keyof typeof seen): string => `longest of ${ROUNDS} ${Math.max(...seen[which].map(({ own }) => own)).toFixed(0)} ms`;
    return [
      stated(
        `launcher at ${SLOWER}× slower: above 50 ms in tasks of ours while a page loads`,
        of('launcher', 'ownBlocked'),
        `ms (0 promised); ${most('launcher')}`,
      ),
      measure(
        `launcher at ${SLOWER}× slower: longest task of the page, beside the page without it`,
        of('launcher', 'computed'),
        of('bare', 'computed'),
        'ms computed',
      ),
      stated(
        `panel at ${SLOWER}× slower: longest task while it opens`,
        of('panel', 'own'),
        `ms computed; above 50 ms ${of('panel', 'ownBlocked').toFixed(0)} ms in sum; ${most('panel')}`,
      ),
      stated(
        `inbox at ${SLOWER}× slower: longest task until its first rows`,
        of('inbox', 'own'),
        `ms computed; above 50 ms ${of('inbox', 'ownBlocked').toFixed(0)} ms in sum; ${most('inbox')}`,
      ),
    ];
  } finally {
    await browser.close();
    await desk.stop();
  }
}
