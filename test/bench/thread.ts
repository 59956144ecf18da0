/**
 * A conversation of 10,000 messages in a real browser, beside one of 50: from the click to its first lines, how far lines jump
 * while all of it is scrolled through, and what the page holds meanwhile. `THREAD_TURNS` turns the wheel less often.
 */
import type { TestDatabase } from '../support/postgres.ts';
import { openDesk, ThreadProbe } from '../support/thread-desk.ts';
import type { Desk } from '../support/thread-desk.ts';
import { measure, median, stated } from './measure.ts';
import type { Measure } from './measure.ts';

const LONG = 10_000;
const ROUNDS = 9;
const TURNS = Number(process.env['THREAD_TURNS'] ?? 400);

/** Milliseconds to open each of two, by turns, each on a page that has opened another conversation before, but not this one. */
async function openTimes(desk: Desk, ids: { long: string; short: string }, rounds: number): Promise<{ long: number[]; short: number[] }> {
  const times = { long: [] as number[], short: [] as number[] };
  const other = await desk.fill(50, 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const which of ['short', 'long'] as const) {
      const probe = await ThreadProbe.on(await desk.sit(other));
      await probe.settled();
      times[which].push(await probe.open(ids[which]));
      await probe.page.context().close();
    }
  }
  return times;
}

export async function benchThread(database: TestDatabase): Promise<Measure[]> {
  const desk = await openDesk(database);
  try {
    const ids = { long: await desk.fill(LONG, 300), short: await desk.fill(50, 20) };
    const { long, short } = await openTimes(desk, ids, ROUNDS);
    const fresh = await ThreadProbe.on(await desk.sit(ids.short));
    await fresh.settled();
    const few = await fresh.nodes();
    await fresh.page.context().close();
    const probe = await ThreadProbe.on(await desk.sit(ids.long));
    const up = await probe.wheel(-2_000, TURNS);
    const { first } = await probe.settled();
    const down = await probe.wheel(2_000, Math.ceil(TURNS / 4));
    const { loaded } = await probe.settled();
    return [
      measure(`${LONG} messages, from the click to the first lines, beside 50`, median(long), median(short), 'ms (at most 1.5×)'),
      measure(`nodes in the lines after scrolling up to item ${first}, beside 50`, await probe.nodes(), few, 'nodes'),
      stated('items kept then', loaded, 'items (at most 600)'),
      stated('longest jump of a line, up', up, 'px'),
      stated('longest jump of a line, down', down, 'px'),
    ];
  } finally {
    await desk.stop();
  }
}
