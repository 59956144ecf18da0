/** What a large mail costs the process that takes it in. */
import { randomBytes } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mailWith, startMediaWorld } from '../support/media.ts';
import type { MediaWorld } from '../support/media.ts';
import { programOf } from '../support/programs.ts';

const ENVIRONMENT = { CONVENE_SECRET: 'a secret for tests that is long enough, and no other', FILE_MAX_BYTES: '25000000' };
const MIB = 1_048_576;
const MOST = 150 * MIB;

let files: MediaWorld;
beforeAll(async () => {
  files = await startMediaWorld(ENVIRONMENT);
});
afterAll(() => files.stop());

test('a mail of 25 MB with 20 files stays within 150 MiB above idle', async () => {
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
  const account = await files.account('email');
  const attached = (count: number, bytes: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `${index}.bin`, type: 'application/octet-stream', bytes: randomBytes(bytes) }));
  const large = attached(20, 925_000);
  const raw = mailWith('large@customer.example', large);
  expect(raw.length).toBeGreaterThan(25_000_000);
  expect(await files.post('email', account, mailWith('small@customer.example', attached(1, 400_000)), { url })).toBe(200);
  const idle = await asks();
  expect(await files.post('email', account, raw, { url })).toBe(200);
  const after = await asks();
  child.disconnect();
  await once(child, 'exit');
  const message = (await files.message('large@customer.example'))!;
  for (const [index, { bytes }] of large.entries()) expect((await files.bytes(message.attachments[index]!.url)).equals(bytes)).toBe(true);
  expect(after.peak - idle.rss).toBeLessThan(MOST);
}, 60_000);
