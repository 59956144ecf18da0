import { Worker } from 'node:worker_threads';

/** Milliseconds that one piece of work may take, with the start of the worker. */
const TIME_LIMIT_MS = 20_000;
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 8 };
/** Bytes by which the process may grow meanwhile: what is unpacked lies outside the heap, where no limit of a worker reaches. */
const MOST_GROWTH = 512 * 1024 * 1024;
const LOOK_MS = 50;

/**
 * Runs a script of its own, which posts one message, within bounded time and memory.
 * @throws Error where that was too little, or the script failed
 */
export function runBounded<T>(program: string, workerData: unknown): Promise<T> {
  const worker = new Worker(program, { eval: true, execArgv: [], env: {}, workerData, resourceLimits, stdout: true, stderr: true });
  const before = process.memoryUsage.rss();
  return new Promise<T>((done, fail) => {
    const timer = setTimeout(() => void worker.terminate(), TIME_LIMIT_MS);
    const look = setInterval(() => process.memoryUsage.rss() - before > MOST_GROWTH && void worker.terminate(), LOOK_MS);
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      clearInterval(look);
      void worker.terminate();
      settle();
    };
    worker.once('message', (said: T) => end(() => done(said)));
    worker.once('error', (error) => end(() => fail(error)));
    worker.once('exit', () => end(() => fail(new Error('It took too long, or too much memory.'))));
  });
}
