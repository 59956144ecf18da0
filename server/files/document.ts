import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { runBounded } from './bounded-worker.ts';

const { resolve } = createRequire(import.meta.url);

/** What each entry of a zip file's list begins with. */
const LISTED = Buffer.from('PK\u0001\u0002', 'latin1');

/** What runs in the worker that takes the text out of a file: a script of its own, without modules. */
const pdf = String.raw`
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.unpdf).then(async ({ getDocumentProxy, extractText, getMeta }) => {
  const document = await getDocumentProxy(workerData.bytes);
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  const pages = text.map((page) => page.replace(/[ \t]+/g, ' ').replace(/ *\n */g, '\n').trim());
  parentPort.postMessage({ title: typeof info.Title === 'string' ? info.Title : '', text: pages.filter(Boolean).join('\n\n') });
});
`;
const word = String.raw`
const { parentPort, workerData } = require('node:worker_threads');
const mammoth = require(workerData.mammoth);
mammoth.convertToHtml({ buffer: Buffer.from(workerData.bytes) }, { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) })
  .then(({ value }) => parentPort.postMessage(value));
`;

/**
 * The text of a PDF, page by page; empty where it is pictures alone, as scans are. In a worker, within bounded time and memory.
 * @throws Error where it cannot be read: it is none, needs a password, or was too much
 */
export const pdfText = (bytes: Uint8Array): Promise<{ title: string; text: string }> =>
  runBounded(pdf, { unpdf: pathToFileURL(resolve('unpdf')).href, bytes: new Uint8Array(bytes) });

/** Bytes that the parts of a zip file say they have unpacked, by its list at the end. */
export function unpackedSize(zip: Uint8Array): number {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  let size = 0;
  for (let at = bytes.indexOf(LISTED); at !== -1 && at + 28 <= bytes.length; at = bytes.indexOf(LISTED, at + 4)) size += bytes.readUInt32LE(at + 24);
  return size;
}

/** A Word file as HTML, without pictures. @throws Error as above */
export const wordHtml = (bytes: Uint8Array): Promise<string> => runBounded(word, { mammoth: resolve('mammoth'), bytes: new Uint8Array(bytes) });
