/** One file out of a multipart request, written to disk as it comes: what is held in memory does not grow with it. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy';
import { measure } from './gather.ts';
import type { Gathered } from './gather.ts';
import { typeOf } from './kind.ts';
import { cleanName } from './name.ts';

/** A file that came with a request, under the name that it was given there. */
export interface Received extends Gathered {
  name: string;
}

/** Why a request brought no file: as a word of the API's list of codes, with what to tell whoever sent it. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  constructor(
    readonly code: 'too_large' | 'wrong_type' | 'malformed' | 'missing' | 'empty' | 'many',
    detail: string,
  ) {
    super(detail);
  }
}

/** Bytes that may stand round the file: its headers, and fields that nobody reads. */
const ROUND = 64 * 1024;

const tooLarge = (most: number): UploadRefused => new UploadRefused('too_large', `A file may have at most ${most} bytes.`);

/**
 * Reads the field `file` of a `multipart/form-data` request.
 * @param gathered a path that is free; nothing is there where this throws
 * @param most bytes that the file may have
 * @throws UploadRefused
 */
export async function receiveFile(request: Request, gathered: string, most: number): Promise<Received> {
  const { body, headers } = request;
  const parser = parserFor(headers.get('content-type') ?? '', most);
  if (Number(headers.get('content-length') ?? 0) > most + ROUND) throw tooLarge(most);
  if (!body) throw new UploadRefused('missing', 'is missing');
  try {
    const { count, truncated, ...file } = await gather(body as ReadableStream<Uint8Array>, parser, gathered, most);
    if (count === 0) throw new UploadRefused('missing', 'is missing');
    if (count > 1) throw new UploadRefused('many', 'must be one file');
    if (truncated) throw tooLarge(most);
    if (file.size === 0) throw new UploadRefused('empty', 'must not be empty');
    return { path: gathered, sha256: file.sha256, name: cleanName(file.name), type: await typeOf(file.head), size: file.size };
  } catch (error) {
    await rm(gathered, { force: true });
    throw error;
  }
}

function parserFor(type: string, most: number): BusboyInstance {
  if (!/^multipart\/form-data\s*(;|$)/i.test(type)) throw new UploadRefused('wrong_type', 'The body must be multipart/form-data.');
  try {
    return new Busboy({
      headers: { 'content-type': type },
      preservePath: true,
      limits: { fileSize: most, files: 2, fields: 20, fieldSize: 1_024, parts: 22, headerPairs: 20, headerSize: 16 * 1_024 },
      isPartAFile: (field, _type, name) => field === 'file' || name !== undefined,
    });
  } catch {
    throw new UploadRefused('malformed', 'The content type names no boundary.');
  }
}

interface Found {
  /** Files in the field. */
  count: number;
  truncated: boolean;
  sha256: string;
  name: string;
  size: number;
  head: Uint8Array;
}

async function gather(body: ReadableStream<Uint8Array>, parser: BusboyInstance, path: string, most: number): Promise<Found> {
  const found = { count: 0, truncated: false, sha256: '', name: '', size: 0, head: new Uint8Array() };
  const stop = new AbortController();
  let fault: unknown;
  let writing: Promise<void> = Promise.resolve();
  const write = async (stream: BusboyFileStream, name: string): Promise<void> => {
    const { hash, heads, through } = measure(found);
    try {
      await pipeline(stream, through, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }), { signal: stop.signal });
      Object.assign(found, { name, sha256: hash.digest('hex'), head: Buffer.concat(heads), truncated: stream.truncated });
    } catch (error) {
      // Where the disk fails, nobody reads on: the request has to be ended.
      if (!stop.signal.aborted) fault = error;
      stop.abort();
    }
  };
  parser.on('file', (field, stream, name) => {
    // A part that ends early says so here and at the parser; once is enough.
    stream.on('error', () => {});
    if (field === 'file') found.count += 1;
    if (field !== 'file' || found.count > 1) stream.resume();
    else writing = write(stream, name ?? '');
  });
  parser.on('error', () => {});
  try {
    await pipeline(Readable.fromWeb(body), bounded(most + ROUND, most), parser, { signal: stop.signal });
    await writing;
    if (fault) throw fault;
  } catch (error) {
    stop.abort();
    await writing;
    if (error instanceof UploadRefused) throw error;
    if (fault && (fault as { syscall?: string }).syscall !== undefined) throw fault;
    throw new UploadRefused('malformed', 'The body is not a whole multipart/form-data.');
  }
  return found;
}

/** Ends a request that goes on after all that it may bring. */
function bounded(total: number, most: number) {
  return async function* (source: AsyncIterable<Uint8Array>) {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > total) throw tooLarge(most);
      yield chunk;
    }
  };
}
