import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { program } from './readable-worker.ts';

/** What of a page is to be read. */
export interface Readable {
  /** Its heading, else its title; empty where it has none. */
  title: string;
  /** Markdown. */
  text: string;
  /** As the page says, or empty. */
  language: string;
}

/** Milliseconds that one page may take, with the start of the worker. */
const TIME_LIMIT_MS = 20_000;
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 8 };

const resolve = createRequire(import.meta.url).resolve;

/**
 * Takes the readable text out of a page: its main part with headings, lists, tables and links, without menus, forms and
 * whatever is hidden. No script of the page runs and nothing is fetched; it happens in a worker, within bounded time and memory.
 * @param url where the page is, for its relative links
 * @throws Error where that was too little
 */
export function readableText(html: string, url?: string): Promise<Readable> {
  const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData: { jsdom: resolve('jsdom'), html, url }, resourceLimits, stdout: true, stderr: true });
  return new Promise<Readable>((done, fail) => {
    const timer = setTimeout(() => void worker.terminate(), TIME_LIMIT_MS);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      void worker.terminate();
      settle();
    };
    worker.once('message', (said: Readable) => end(() => done(said)));
    worker.once('error', (error) => end(() => fail(error)));
    worker.once('exit', () => end(() => fail(new Error('The page took too long, or too much memory.'))));
  });
}
