/**
 * Every element put on a page and taken away 1,000 times, also with something open in it, and what the page holds after that.
 * `ATTACH_ROUNDS` does it less often, `ATTACH_ONLY` with those whose names match.
 */
import { attachPage, attachRounds, heldBy, openings, shownIn, standings } from '../support/attach.ts';
import type { Held } from '../support/attach.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk } from '../support/thread-desk.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';

const ROUNDS = Number(process.env['ATTACH_ROUNDS'] ?? 1_000);
const only = new RegExp(process.env['ATTACH_ONLY'] ?? '');
/** Rounds of a first turn, each of them with all drawn and the next thing open: after it every template and every chunk that is shown has been. */
const WARM = 30;
/** Turns without another node after which a page is warm, and the most that there may be. */
const [SAME, TURNS] = [2, 8];
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
    for (const standing of [...standings, ...openings].filter(({ name }) => only.test(name))) {
      const page = await attachPage(browser, desk.demo.url, token);
      const cdp = await page.context().newCDPSession(page);
      let before: Held | undefined;
      for (let same = 0, turn = 0; same < SAME && turn < TURNS; turn += 1) {
        await attachRounds(page, standing, WARM, shown, turn === 0 ? 1 : 5);
        const now = await heldBy(page, cdp);
        same = before && now.nodes === before.nodes ? same + 1 : 0;
        before = now;
      }
      await attachRounds(page, standing, ROUNDS, shown);
      const after = await heldBy(page, cdp);
      const left = Object.entries(after.instances).flatMap(([name, many]) =>
        many > (before!.instances[name] ?? 0) ? [`${many - (before!.instances[name] ?? 0)} ${name}`] : [],
      );
      measures.push(
        measure(
          `${standing.name}: heap after ${ROUNDS} rounds, beside before`,
          after.heap / MB,
          before!.heap / MB,
          `MB (at most 1.05×); left: ${left.join(', ') || 'nothing'}; ${after.nodes - before!.nodes} nodes, ${after.listeners - before!.listeners} listeners more`,
        ),
      );
      process.stderr.write(`${JSON.stringify(measures.at(-1))}\n`);
      await page.context().close();
    }
    return measures;
  } finally {
    await browser.close();
    await desk.stop();
  }
}
