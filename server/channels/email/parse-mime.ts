import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import PostalMime, { type Email } from 'postal-mime';

/** The largest mail that is read, in bytes; mail servers themselves accept 20 to 50 MB. */
export const maxMailBytes = 40_000_000;
/** The most lines: what a mail of `maxMailBytes` has in base64, and some. The parser's time goes by lines. */
const maxLines = 600_000;
/** Beyond these a mail is hostile or broken, and refused as a whole. */
const limits = { maxNestingDepth: 100, maxHeadersSize: 1_048_576, forceRfc822Attachments: true } as const;
/** Up to here a mail takes a few milliseconds and is parsed in place; larger ones would hold up everybody else. */
const small = { bytes: 262_144, lines: 2_000 };
/** How many mails are parsed at once beside the main thread. */
const maxWorkers = 2;
const workerMemoryMb = 192;
/** What a worker throws away is soon collected: by default it would let tens of megabytes gather. */
const workerYoungMb = 4;

/** The time that a mail may take, in milliseconds: two seconds, and more for large ones. */
const timeLimitMs = (bytes: number) => 2_000 + bytes / 4_000;

/** The worker's program: CommonJS in a string, so that it needs no file of its own beside the bundled server. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  // Node's Blob copies what it is made of to where the collector does not see it, and the parser keeps the pieces too:
  // of a large mail that would be twice its files. Here it joins them once, and lets go of them.
  globalThis.Blob = class {
    constructor(parts) { this.parts = parts; }
    async arrayBuffer() {
      const pieces = this.parts.splice(0).map((part) => (typeof part === 'string' ? Buffer.from(part) : ArrayBuffer.isView(part) ? part : new Uint8Array(part)));
      const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
      let at = 0;
      for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
      return whole.buffer;
    }
  };
  const { createHash } = require('node:crypto');
  require(workerData.parser).parse(workerData.raw, workerData.limits).then((mail) => {
    const digest = createHash('sha256').update(new Uint8Array(workerData.raw)).digest('hex');
    parentPort.postMessage({ mail, digest }, [...new Set(mail.attachments.map(({ content }) => content).filter((content) => content instanceof ArrayBuffer))]);
  });
`;
const parser = createRequire(import.meta.url).resolve('postal-mime');

let running = 0;
const waiting: (() => void)[] = [];

/** A mail that was parsed, and what tells it from every other one. */
interface Parsed {
  mail: Email;
  /** SHA-256 of the raw mail, in hex. */
  digest: string;
}

async function parseAside(raw: Uint8Array): Promise<Parsed> {
  if (running >= maxWorkers) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  // What is handed over is the only one; what is cloned on the way exists twice meanwhile. The parser gets the buffer itself: of
  // a view on one it would make a copy of its own.
  const most = timeLimitMs(raw.length);
  const given = raw.buffer instanceof ArrayBuffer && raw.length === raw.buffer.byteLength ? raw.buffer : new Uint8Array(raw).buffer;
  const worker = new Worker(program, {
    eval: true,
    execArgv: [],
    workerData: { parser, raw: given, limits },
    transferList: [given],
    resourceLimits: { maxOldGenerationSizeMb: workerMemoryMb, maxYoungGenerationSizeMb: workerYoungMb },
  });
  const timer = setTimeout(() => void worker.terminate(), most);
  try {
    return await new Promise<Parsed>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The mail took too long to parse.')));
    });
  } finally {
    clearTimeout(timer);
    void worker.terminate();
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function countLines(raw: Uint8Array): number {
  let lines = 1;
  for (let at = raw.indexOf(10); at >= 0 && lines <= maxLines; at = raw.indexOf(10, at + 1)) lines += 1;
  return lines;
}

/**
 * Parses a raw mail (RFC 5322, MIME) within bounded time and memory; larger mails aside, in a worker. Rejects what is
 * too large, too deep, or takes too long. Mails that came with a mail stay attachments.
 * @param raw given away: a large one that has its buffer for itself is empty afterwards, for the worker has it
 */
export async function parseMime(raw: Uint8Array): Promise<Parsed> {
  if (raw.length > maxMailBytes) throw new RangeError(`The mail has more than ${maxMailBytes} bytes.`);
  const lines = countLines(raw);
  if (lines > maxLines) throw new RangeError(`The mail has more than ${maxLines} lines.`);
  if (raw.length > small.bytes || lines > small.lines) return parseAside(raw);
  return { mail: await PostalMime.parse(raw, limits), digest: createHash('sha256').update(raw).digest('hex') };
}
