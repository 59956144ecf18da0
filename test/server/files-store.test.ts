/** Every store holds to the same: what is put is there, whole or in part, until it is removed. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskStore } from '../../server/files/disk.ts';
import { gather } from '../../server/files/gather.ts';
import { s3Store } from '../../server/files/s3.ts';
import type { BytesKey, FileStore } from '../../server/files/store.ts';
import { fresh, startFiles } from '../support/files.ts';
import { S3_ACCOUNT as credentials, startS3 } from '../support/s3.ts';

const WORKSPACE = '01930000-0000-7000-8000-000000000001';
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let server: Awaited<ReturnType<typeof startS3>>;
let endpoint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convene-store-'));
  server = await startS3(join(folder, 's3'));
  ({ endpoint } = server);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each<[string, () => FileStore]>([
  ['a folder', () => diskStore(join(folder, 'disk'))],
  ['an S3-compatible store', () => s3Store({ endpoint, ...credentials }, join(folder, 'on-its-way'))],
])('%s', (_name, open) => {
  let store: FileStore;
  beforeAll(() => {
    store = open();
  });
  const put = async (bytes: Uint8Array, more: Partial<BytesKey> = {}): Promise<BytesKey> => {
    const { path, sha256 } = await gather(store, bytes, bytes.length);
    const key = { workspaceId: WORKSPACE, sha256, ...more };
    await store.put(key, path);
    // It took over what lay gathered.
    await expect(stat(path)).rejects.toThrow('ENOENT');
    return key;
  };
  const read = async (key: BytesKey, span?: { start: number; end: number }): Promise<Buffer | null> => {
    const stream = await store.open(key, span);
    return stream && buffer(stream);
  };

  test.each([
    ['nothing', 0],
    ['a byte', 1],
    ['what fits in no buffer', 5_000_017],
  ])('gives back %s byte for byte', async (_what, size) => {
    const bytes = randomBytes(size);
    const key = await put(bytes);
    expect(key.sha256).toBe(hashOf(bytes));
    expect((await read(key))!.equals(bytes)).toBe(true);
  });

  test('gives back parts', async () => {
    const bytes = randomBytes(100_000);
    const key = await put(bytes);
    for (const [start, end] of [
      [0, 1],
      [0, 99_999],
      [50_000, 50_009],
      [99_999, 99_999],
    ] as const) {
      expect((await read(key, { start, end }))!.equals(bytes.subarray(start, end + 1))).toBe(true);
    }
  });

  test('takes the same again, also at once, and keeps workspaces and what was made of a file apart', async () => {
    const bytes = randomBytes(10_000);
    const keys = await Promise.all([put(bytes), put(bytes), put(bytes)]);
    const other = { ...keys[0]!, workspaceId: '01930000-0000-7000-8000-000000000002' };
    expect(await read(other)).toBeNull();
    const small = randomBytes(10);
    await put(small, { sha256: keys[0]!.sha256, made: 'thumbnail' });
    expect((await read({ ...keys[0]!, made: 'thumbnail' }))!.equals(small)).toBe(true);
    expect((await read(keys[0]!))!.equals(bytes)).toBe(true);
  });

  test('forgets what is removed, once or twice, and nothing else', async () => {
    const [gone, kept] = [await put(fresh()), await put(fresh())];
    await store.remove(gone);
    await store.remove(gone);
    expect([await read(gone), (await read(kept)) !== null]).toEqual([null, true]);
  });

  test('tidies away what was never put', async () => {
    const [old, young] = [await store.gather(), await store.gather()];
    await Promise.all([writeFile(old, 'old'), writeFile(young, 'young')]);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(old, yesterday, yesterday);
    await store.tidy(new Date(Date.now() - 3_600_000));
    await expect(stat(old)).rejects.toThrow('ENOENT');
    expect((await stat(young)).size).toBe(5);
    await rm(young);
  });
});

test('a store that refuses the key is a fault that names neither key nor secret', async () => {
  const store = s3Store({ endpoint, ...credentials, secret: 'not-the-secret' }, join(folder, 'refused'));
  const { path, sha256 } = await gather(store, fresh(), 1_000);
  const refused = store.put({ workspaceId: WORKSPACE, sha256 }, path);
  await expect(refused).rejects.toThrow(/the file store answered 403 to PUT/);
  await expect(refused).rejects.not.toThrow(/not-the-secret|S3RVER/);
  await expect(store.open({ workspaceId: WORKSPACE, sha256 })).rejects.toThrow('403');
});

test('the front door over an S3-compatible store: uploaded, sent, downloaded in parts, and never on this machine', async () => {
  const files = await startFiles({
    FILES_S3_ENDPOINT: endpoint,
    FILES_S3_BUCKET: credentials.bucket,
    FILES_S3_REGION: credentials.region,
    FILES_S3_KEY_ID: credentials.keyId,
    FILES_S3_SECRET: credentials.secret,
  });
  const bytes = randomBytes(50_000);
  const file = await files.sentByVisitor(await files.visitor(), bytes, 'odd.bin');
  expect((await files.fetched(file.url)).bytes.equals(bytes)).toBe(true);
  const part = await files.fetched(file.url, { range: 'bytes=40000-' });
  expect([part.status, part.bytes.equals(bytes.subarray(40_000))]).toEqual([206, true]);
  expect(await files.onDisk()).toEqual([]);
  expect((await readdir(join(folder, 's3', credentials.bucket), { recursive: true })).some((name) => name.includes(hashOf(bytes)))).toBe(true);
  await files.stop();
});
