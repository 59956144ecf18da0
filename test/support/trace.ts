/** What a page's main thread was busy with, by Chromium's trace. */
import type { Page } from 'playwright-core';

/** Of the tasks of a main thread while something went on. */
export interface Tasks {
  many: number;
  /** The longest, in milliseconds that it computed: whoever else computes on this machine counts for nothing. */
  computed: number;
  /** The longest by the clock, in milliseconds. */
  taken: number;
  /** The longest of those in which scripts of ours ran, or were compiled; computed, as are the next. */
  own: number;
  /** What tasks computed above 50 ms, in sum: of all, and of those in which scripts of ours ran. */
  blocked: number;
  ownBlocked: number;
}

/** The longest task that a reader does not feel, in milliseconds: what is above it counts as blocking. */
const FELT = 50;
/** Scripts of ours come from this folder, and these are what tells that they run. */
const ours = '/widgets/';
const runs = /^(EvaluateScript|FunctionCall|v8\.)/;

interface TraceEvent {
  name: string;
  /** When it began. */
  ts: number;
  /** Microseconds by the clock, and of the processor. */
  dur?: number;
  tdur?: number;
  pid: number;
  tid: number;
  args?: { name?: string } & Record<string, unknown>;
}

/** Traces a page while something goes on. */
export async function tasksOf(page: Page, work: () => Promise<unknown>): Promise<Tasks> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', 'devtools.timeline', '__metadata'] },
  });
  await work();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const main = new Set(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid}/${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => (name === 'RunTask' || name === 'ThreadControllerImpl::RunTask') && main.has(`${pid}/${tid}`));
  const own = events.filter(({ name, pid, tid, args }) => runs.test(name) && main.has(`${pid}/${tid}`) && JSON.stringify(args).includes(ours));
  const byUs = tasks.filter((task) => own.some(({ ts, pid, tid }) => pid === task.pid && tid === task.tid && ts >= task.ts && ts <= task.ts + (task.dur ?? 0)));
  const longest = (some: readonly TraceEvent[], of: 'dur' | 'tdur') => some.reduce((most, task) => Math.max(most, (task[of] ?? 0) / 1_000), 0);
  const above = (some: readonly TraceEvent[]) => some.reduce((sum, { tdur = 0 }) => sum + Math.max(0, tdur / 1_000 - FELT), 0);
  return {
    many: tasks.length,
    computed: longest(tasks, 'tdur'),
    taken: longest(tasks, 'dur'),
    own: longest(byUs, 'tdur'),
    blocked: above(tasks),
    ownBlocked: above(byUs),
  };
}
