/** What the chat's launcher keeps a website waiting for at a processor four times slower: its tasks above 50 ms, while the page loads and settles. */
import { launchBrowser } from '../support/browser.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk } from '../support/thread-desk.ts';
import { measure, median } from './measure.ts';
import type { Measure } from './measure.ts';

const ROUNDS = 9;
const SLOWER = 4;
/** The longest task that a reader does not feel, in milliseconds: what is above it counts as blocking. */
const FELT = 50;

const bare = '<!doctype html><html lang="en"><title>Shop</title><body><h1>Wren</h1><p>A quiet grinder.</p>';
const pages = { bare, launcher: `${bare}<conv-chat workspace="demo"></conv-chat><script type="module" src="/widgets/chat.js"></script>` };

export async function benchLauncher(database: TestDatabase): Promise<Measure[]> {
  const desk = await openDesk(database);
  const browser = await launchBrowser();
  try {
    const blocked = { bare: [] as number[], launcher: [] as number[] };
    const longest: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const which of ['bare', 'launcher'] as const) {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.route(`${desk.demo.url}/shop`, (route) => route.fulfill({ contentType: 'text/html', body: pages[which] }));
        await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
        await page.addInitScript(() => {
          const tasks: number[] = [];
          Reflect.set(window, 'longTasks', tasks);
          new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask', buffered: true });
        });
        await page.goto(`${desk.demo.url}/shop`, { waitUntil: 'load' });
        if (which === 'launcher') await page.locator('conv-chat').getByRole('button').waitFor();
        await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
        const tasks = await page.evaluate(() => Reflect.get(window, 'longTasks') as number[]);
        blocked[which].push(tasks.reduce((sum, ms) => sum + Math.max(0, ms - FELT), 0));
        if (which === 'launcher') longest.push(Math.max(0, ...tasks));
        await context.close();
      }
    }
    return [
      measure(`launcher at ${SLOWER}× slower: the host page is blocked, beside the page without it`, median(blocked.launcher), median(blocked.bare), `ms (0 promised); longest task of ${ROUNDS} loads ${Math.max(...longest).toFixed(0)} ms, none where 0`),
    ];
  } finally {
    await browser.close();
    await desk.stop();
  }
}
