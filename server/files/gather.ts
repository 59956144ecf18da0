import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HEAD_BYTES, typeOf } from './kind.ts';
import type { FileStore } from './store.ts';

/** A file that lies gathered and waits to be put into the store. */
export interface Gathered {
  path: string;
  sha256: string;
  /** By what is in it. */
  type: string;
  size: number;
}

/** More bytes came than a file may have. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  constructor(readonly most: number) {
    super(`has more than ${most} bytes`);
  }
}

/**
 * Writes bytes where the store gathers, as they come: what is held in memory does not grow with them.
 * @param most bytes that the file may have
 * @throws TooLarge, or what the source or the disk throws; nothing lies gathered then
 */
export async function gather(
  store: Pick<FileStore, 'gather'>,
  source: AsyncIterable<Uint8Array> | Uint8Array,
  most: number,
  signal?: AbortSignal,
): Promise<Gathered> {
  const found = { size: 0 };
  const { hash, heads, through } = measure(found, most);
  const path = await store.gather();
  try {
    const from = source instanceof Uint8Array ? Readable.from(pieces(source)) : Readable.from(source, { objectMode: false });
    await pipeline(from, through, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }), { signal });
    return { path, sha256: hash.digest('hex'), type: await typeOf(Buffer.concat(heads)), size: found.size };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** Views of bytes that are all there: none of them is copied. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += HEAD_BYTES) yield bytes.subarray(at, at + HEAD_BYTES);
}

/** Counts and hashes what passes, and keeps its beginning; ends it where it is too much. */
export function measure(found: { size: number }, most = Infinity) {
  const hash = createHash('sha256');
  const heads: Uint8Array[] = [];
  async function* through(source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      if (found.size < HEAD_BYTES) heads.push(chunk.slice(0, HEAD_BYTES - found.size));
      found.size += chunk.length;
      if (found.size > most) throw new TooLarge(most);
      hash.update(chunk);
      yield chunk;
    }
  }
  return { hash, heads, through };
}
