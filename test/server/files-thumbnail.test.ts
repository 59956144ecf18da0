/** Small pictures of large ones: made at first sight, kept, and never at any price. */
import { randomBytes } from 'node:crypto';
import { Jimp } from 'jimp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFiles } from '../../server/files/files.ts';
import { sweepFiles } from '../../server/files/sweep.ts';
import { dimensionsOf } from '../../server/files/thumbnail.ts';
import { fresh, startFiles } from '../support/files.ts';
import type { FilesWorld } from '../support/files.ts';

let files: FilesWorld;
beforeAll(async () => {
  files = await startFiles({ FILE_MAX_BYTES: '5000000' });
});
afterAll(() => files.stop());

/** A picture in which every pixel is another colour, so that it packs badly. */
async function picture(width: number, height: number, type: 'image/jpeg' | 'image/png', alpha = 255): Promise<Buffer> {
  const data = randomBytes(width * height * 4);
  for (let at = 3; at < data.length; at += 4) data[at] = alpha;
  const image = Jimp.fromBitmap({ data, width, height });
  return type === 'image/png' ? image.getBuffer(type) : image.getBuffer(type, { quality: 60 });
}

const onlyOne = async (bytes: Uint8Array, name = 'picture.jpg') => files.sent(files.tokens.ana, bytes, name);

describe('a picture', () => {
  test.each([
    ['a photograph', 1200, 800, 'image/jpeg', 255, { type: 'image/jpeg', width: 480, height: 320 }],
    ['a tall one', 300, 900, 'image/jpeg', 255, { type: 'image/jpeg', width: 160, height: 480 }],
    ['one that nothing shines through', 600, 600, 'image/png', 255, { type: 'image/jpeg', width: 480, height: 480 }],
    ['one that something shines through', 600, 600, 'image/png', 100, { type: 'image/png', width: 480, height: 480 }],
  ] as const)('%s has a small one under the same signature', async (_name, width, height, type, alpha, small) => {
    const bytes = await picture(width, height, type, alpha);
    expect(dimensionsOf(bytes)).toEqual({ width, height });
    const file = await onlyOne(bytes);
    const before = (await files.onDisk()).length;
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => files.fetched(file.thumbnailUrl!)));
    expect([first!.status, first!.headers.get('content-type'), dimensionsOf(first!.bytes)]).toEqual([
      200,
      small.type,
      { width: small.width, height: small.height },
    ]);
    for (const other of others) expect(other.bytes.equals(first!.bytes)).toBe(true);
    expect(
      Object.fromEntries(
        ['content-security-policy', 'x-content-type-options', 'cross-origin-resource-policy', 'cache-control'].map((name) => [name, first!.headers.get(name)]),
      ),
    ).toEqual({
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=3600',
    });
    expect((await files.onDisk()).length).toBe(before + 1);
    expect((await files.fetched(file.thumbnailUrl!)).bytes.equals(first!.bytes)).toBe(true);
    expect((await files.onDisk()).length).toBe(before + 1);
    const forged = new URL(file.thumbnailUrl!);
    forged.searchParams.set('signature', 'x'.repeat(43));
    expect((await files.fetched(forged.href)).status).toBe(404);
    expect((await files.fetched(file.url)).bytes.equals(bytes)).toBe(true);
  });

  test('that is small, of another type, or no picture has none', async () => {
    const [tiny, text] = [await onlyOne(await picture(20, 20, 'image/png')), await onlyOne(Buffer.concat([fresh(), Buffer.alloc(30_000, 'a')]), 'a.txt')];
    expect([tiny.thumbnailUrl, text.thumbnailUrl]).toEqual([undefined, undefined]);
  });

  test('that claims too many pixels, unpacks to more than it says, or is broken is shown as it is; it is tried once', async () => {
    const [vast, woven, torn] = [await picture(200, 200, 'image/png'), await picture(201, 200, 'image/png'), await picture(900, 900, 'image/jpeg')];
    vast.writeUInt32BE(100_000, 16);
    vast.writeUInt32BE(100_000, 20);
    woven.writeUInt8(1, 28);
    torn.fill(0xff, 700, torn.length - 2);
    const low = await picture(400, 300, 'image/png');
    for (const bytes of [vast, woven, torn, low]) {
      const file = await onlyOne(bytes);
      for (let time = 0; time < 2; time += 1) {
        const got = await files.fetched(file.thumbnailUrl!);
        expect([got.status, got.bytes.equals(bytes)]).toEqual([200, true]);
      }
    }
  });

  test('takes its small one with it', async () => {
    const file = await onlyOne(await picture(500, 500, 'image/jpeg'));
    await files.fetched(file.thumbnailUrl!);
    const before = (await files.onDisk()).length;
    await files.database.sql`delete from file where id = ${file.id}`;
    await files.database.sql`update file_bytes set put_at = now() - interval '25 hours'`;
    await sweepFiles(files.api.db.sql, createFiles(files.api.deps.config, files.api.deps.publicUrl).store);
    expect((await files.onDisk()).length).toBe(before - 2);
    expect((await files.fetched(file.thumbnailUrl!)).status).toBe(404);
  });
});
