/** What a large mail costs the process that takes it in. */
import { randomBytes } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailWith, startMediaWorld } from '../support/media.ts';
import type { MediaWorld } from '../support/media.ts';
import { until } from '../support/pipeline.ts';
import { programOf } from '../support/programs.ts';

const ENVIRONMENT = { CONVENE_SECRET: 'a secret for tests that is long enough, and no other', FILE_MAX_BYTES: '25000000' };
const MIB = 1_048_576;
const MOST = 150 * MIB;
/** Processes that may be asked: on busy cores a collector falls behind, and what it has not come to yet is no cost of the mail. */
const TRIALS = 3;

let files: MediaWorld;
beforeAll(async () => {
  files = await startMediaWorld(ENVIRONMENT);
});
afterAll(() => files.stop());

const attached = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `${index}.bin`, type: 'application/octet-stream', bytes: randomBytes(bytes) }));

/** The most bytes of memory that a process of its own had while it took a mail in, above what it had before. */
async function costOf(raw: Buffer, account: string, trial: number): Promise<number> {
  const environment = {
    ...ENVIRONMENT,
    DATABASE_URL: files.database.url,
    FILES_DIR: files.api.deps.config.filesDir,
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://inbox.example',
    LOG_LEVEL: 'silent',
  };
  const child = fork(await programOf('memory'), { execArgv: [], env: { ...process.env, SERVER_SETTINGS: JSON.stringify(environment) } });
  const hears = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T;
  const asks = (): Promise<{ rss: number; peak: number }> => {
    child.send('?');
    return hears();
  };
  const { url } = await hears<{ url: string }>();
  expect(await files.post('email', account, mailWith(`small-${trial}@customer.example`, attached(1, 400_000)), { url })).toBe(200);
  // What a first mail has the process load, for its agent's run as well, is no part of what a large one costs.
  await until(async () => {
    const [left] = await files.database.sql<{ many: number }[]>`
      select count(*)::int as many from conversation where run_due_at is not null or run_owner is not null`;
    return left?.many === 0;
  }, 'the first mail to be done with');
  const idle = await asks();
  expect(await files.post('email', account, raw, { url })).toBe(200);
  const after = await asks();
  child.disconnect();
  await once(child, 'exit');
  return after.peak - idle.rss;
}

test('a mail of 25 MB with 20 files stays within 150 MiB above idle', async () => {
  const account = await files.account('email');
  const costs: number[] = [];
  for (let trial = 0; trial < TRIALS && !costs.some((cost) => cost < MOST); trial += 1) {
    const from = `large-${trial}@customer.example`;
    const large = attached(20, 925_000);
    const raw = mailWith(from, large);
    expect(raw.length).toBeGreaterThan(25_000_000);
    costs.push(await costOf(raw, account, trial));
    const message = (await files.message(from))!;
    for (const [index, { bytes }] of large.entries()) expect((await files.bytes(message.attachments[index]!.url)).equals(bytes)).toBe(true);
  }
  expect(Math.min(...costs)).toBeLessThan(MOST);
}, 120_000);
