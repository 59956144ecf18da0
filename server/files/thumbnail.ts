/** Small pictures, made of large ones beside the main thread, within bounded time, memory and number of pixels. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The longer side of a small picture, in pixels. */
const SIDE = 480;
/** Beyond these a picture is left as it is. */
const MOST_PIXELS = 40_000_000;
const MOST_BYTES = 30_000_000;
/** Up to here a picture is small enough to be shown as it is. */
const SMALL_BYTES = 20_000;
const TIME_LIMIT_MS = 15_000;
const MEMORY_MB = 512;
/** Pictures that may wait for their turn: one is made at a time. */
const MOST_WAITING = 50;

/** Whether a small picture can be made of files of this type, and is worth it. */
export const hasThumbnail = ({ type, size }: { type: string; size: number }): boolean =>
  (type === 'image/jpeg' || type === 'image/png') && size > SMALL_BYTES && size <= MOST_BYTES;

/** Width and height as the header of a JPEG or PNG has them; null where it has none, or is one that unpacks to no known size (interlaced). */
export function dimensionsOf(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 33 && view.getUint32(0) === 0x89504e47 && view.getUint32(12) === 0x49484452) {
    return view.getUint8(28) === 0 ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
  }
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // A frame begins (SOF0 to SOF15, without DHT, JPG and DAC): its height and width follow.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** The worker's program: CommonJS in a string, so that it needs no file of its own beside the bundled server. */
const program = `
  const { parentPort, workerData: { jimp, bytes, side } } = require('node:worker_threads');
  const { Jimp } = require(jimp);
  Jimp.fromBuffer(Buffer.from(bytes), { 'image/jpeg': { maxMemoryUsageInMB: ${MEMORY_MB}, maxResolutionInMP: ${MOST_PIXELS / 1_000_000} } }).then(async (image) => {
    image.scaleToFit({ w: side, h: side });
    const small = new Uint8Array(await (image.hasAlpha() ? image.getBuffer('image/png') : image.getBuffer('image/jpeg', { quality: 80 })));
    parentPort.postMessage(small);
  });
`;
const jimp = createRequire(import.meta.url).resolve('jimp');

let waiting = 0;
let turn: Promise<unknown> = Promise.resolve();

/**
 * A JPEG, or a PNG where something shines through, of at most 480 pixels on its longer side.
 * @returns null where it is not worth it, or cannot be done within the limits; `later` where too many wait already
 */
export async function makeThumbnail(bytes: Uint8Array): Promise<Uint8Array | null | 'later'> {
  const size = dimensionsOf(bytes);
  if (!size || size.width * size.height > MOST_PIXELS || size.width * size.height === 0) return null;
  if (size.width <= SIDE && size.height <= SIDE) return null;
  if (waiting >= MOST_WAITING) return 'later';
  waiting += 1;
  const made = turn.then(() => makeAside(bytes)).finally(() => (waiting -= 1));
  // One that could not even be begun holds up none after it.
  turn = made.catch(() => null);
  return made;
}

async function makeAside(bytes: Uint8Array): Promise<Uint8Array | null> {
  const given = new Uint8Array(bytes);
  const worker = new Worker(program, {
    eval: true,
    execArgv: [],
    workerData: { jimp, bytes: given, side: SIDE },
    transferList: [given.buffer],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const timer = setTimeout(() => void worker.terminate(), TIME_LIMIT_MS);
  try {
    return await new Promise<Uint8Array | null>((resolve) => {
      worker.once('message', resolve);
      // A picture that is none, or is too much: shown as it is.
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(timer);
    void worker.terminate();
  }
}
