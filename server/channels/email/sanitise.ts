import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { cleanDeclarations, cleanSheet } from './sanitise-css.ts';
import { program, rules, type Reduced } from './sanitise-worker.ts';

/** The most HTML that is looked at, in UTF-16 units, and the most tags in it; beyond, a mail has its text only. */
const maxLength = 1_000_000;
const maxTags = 20_000;
/** Milliseconds that one mail may take. */
const timeLimitMs = 2_000;
/** Milliseconds that the worker may take to begin; a busy machine is no fault. */
const startLimitMs = 30_000;
/** What the worker may hold; a small nursery costs a little time, and spares the process tens of megabytes. */
const resourceLimits = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 2 };
/** Milliseconds after the last mail in which the worker's memory is given back. */
const idleMs = 30_000;

const resolve = createRequire(import.meta.url).resolve;

let working: Promise<Worker> | undefined;
let idle: NodeJS.Timeout | undefined;
let turn: Promise<unknown> = Promise.resolve();

async function start(): Promise<Worker> {
  const workerData = { jsdom: resolve('jsdom'), dompurify: resolve('dompurify'), rules };
  const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData, resourceLimits });
  // Whoever waits for an answer hears of its end; at other times it is only started again.
  worker.on('error', () => {});
  await answer(worker, startLimitMs).catch((error: unknown) => {
    void worker.terminate();
    throw error;
  });
  return worker;
}

/** The next thing that the worker says; rejects where it ends, or says nothing in time. */
async function answer(worker: Worker, within: number): Promise<unknown> {
  const over = new AbortController();
  const timer = setTimeout(() => void worker.terminate(), within);
  worker.ref();
  try {
    const { signal } = over;
    const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('The HTML of a mail took too long, or too much memory.')));
    const [said] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [unknown];
    return said;
  } finally {
    clearTimeout(timer);
    over.abort();
    worker.unref();
  }
}

async function reduce(html: string, mark: string): Promise<Reduced> {
  clearTimeout(idle);
  const worker = await (working ??= start());
  worker.postMessage({ html, mark }, []);
  const reduced = (await answer(worker, timeLimitMs)) as Reduced;
  idle = setTimeout(end, idleMs).unref();
  return reduced;
}

function end(): void {
  void working?.then(
    (worker) => worker.terminate(),
    () => undefined,
  );
  working = undefined;
}

const escaped = (css: string): string => css.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** Puts back what of the styles may stay. */
function withStyles({ html, styles, sheets }: Reduced, mark: string): string {
  const css = sheets.map(cleanSheet).join('');
  const body = html.replaceAll(new RegExp(` style="${mark}(\\d+)"`, 'g'), (_all, place: string) => {
    const kept = cleanDeclarations(styles[Number(place)] ?? '');
    return kept && ` style="${escaped(kept)}"`;
  });
  return (css && `<style>${css}</style>`) + body;
}

function isTooMuch(html: string): boolean {
  if (html.length > maxLength) return true;
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) if ((tags += 1) > maxTags) return true;
  return false;
}

/** Why the HTML of a mail is not shown: there was too much of it, or it took too long or too much memory. */
type DroppedHtml = 'too_large' | 'too_heavy';

/**
 * Reduces the HTML of a mail to what can be shown: no scripts, forms, frames, event handlers, drawings or styles that load
 * or cover anything; links open in a window of their own. Pictures of other sites stay, for whoever shows it to decide.
 * In a worker, one mail at a time, within bounded time and memory.
 * @returns without `html` where nothing can be shown; `dropped` says why, where there was something
 */
export async function reduceMail(html: string | undefined): Promise<{ html?: string; dropped?: DroppedHtml }> {
  if (!html || html.trim() === '') return {};
  if (isTooMuch(html)) return { dropped: 'too_large' };
  const mark = `${randomBytes(12).toString('hex')}-`;
  const reduced = turn.then(() => reduce(html, mark));
  turn = reduced.catch(end);
  try {
    const shown = withStyles(await reduced, mark).trim();
    return shown ? { html: shown } : {};
  } catch {
    return { dropped: 'too_heavy' };
  }
}

/** The same, where nobody asks why there is nothing. */
export async function sanitiseMail(html: string | undefined): Promise<string | undefined> {
  return (await reduceMail(html)).html;
}
