/** What a page's main thread was busy with, by Chromium's trace. */
import type { Page } from 'playwright-core';

/** Of the tasks of a main thread while something went on. */
interface Tasks {
  many: number;
  /** The longest, in milliseconds that it computed: whoever else computes on this machine counts for nothing. */
  computed: number;
  /** The longest by the clock, in milliseconds. */
  taken: number;
}

interface TraceEvent {
  name: string;
  /** Microseconds by the clock, and of the processor. */
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
  args?: { name?: string };
}

/** Traces a page while something goes on. */
export async function tasksOf(page: Page, work: () => Promise<unknown>): Promise<Tasks> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] } });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && main.has(`${pid}/${tid}`));
  const longest = (of: 'dur' | 'tdur') => tasks.reduce((most, task) => Math.max(most, (task[of] ?? 0) / 1_000), 0);
  return { many: tasks.length, computed: longest('tdur'), taken: longest('dur') };
}
