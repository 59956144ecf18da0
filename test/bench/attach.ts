/** Every element put on a page and taken away 1,000 times, and what the page holds after that. `ATTACH_ROUNDS` does it less often, `ATTACH_ONLY` with one element. */
import { attachPage, attachRounds, heldBy, shownIn, standings } from '../support/attach.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk } from '../support/thread-desk.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';

const ROUNDS = Number(process.env['ATTACH_ROUNDS'] ?? 1_000);
const only = process.env['ATTACH_ONLY'];
/** Rounds after which code is compiled and caches are full. */
const WARM = 100;
/** Code that the engine makes faster meanwhile grows for a long time, and is none of ours: without it the heap is what the page keeps. */
const PLAIN = ['--js-flags=--lite-mode'];
const MB = 1024 * 1024;

export async function benchAttach(database: TestDatabase): Promise<Measure[]> {
  const desk = await openDesk(database);
  const browser = await launchBrowser(PLAIN);
  try {
    const shown = await shownIn(desk.demo);
    const token = await desk.demo.token('ana');
    const measures: Measure[] = [];
    for (const standing of standings.filter(({ name }) => !only || only.split(';').includes(name))) {
      const page = await attachPage(browser, desk.demo.url, token);
      const cdp = await page.context().newCDPSession(page);
      await attachRounds(page, standing, WARM, shown);
      const before = await heldBy(page, cdp);
      await attachRounds(page, standing, ROUNDS, shown);
      const after = await heldBy(page, cdp);
      measures.push(
        measure(`${standing.name}: heap after ${ROUNDS} rounds, beside before`, after.heap / MB, before.heap / MB, `MB (at most 1.05×); ${after.nodes - before.nodes} kept, ${after.listeners - before.listeners} listeners kept`),
      );
      process.stderr.write(`${standing.name} ${JSON.stringify({ before, after })}\n`);
      await page.context().close();
    }
    return measures;
  } finally {
    await browser.close();
    await desk.stop();
  }
}
