/** Articles from what teams already have: files and pages, as drafts to look over. Nothing is stored. */
import type { MediaContext } from '../channels/channel.ts';
import { download } from '../channels/download.ts';
import { MAX_TEXT } from '../contract/common.ts';
import type { ArticleDraft, ImportFault, ImportOutcome } from '../contract/knowledge.ts';
import { pdfText, unpackedSize, wordHtml } from '../files/document.ts';
import { readableText } from '../files/readable.ts';
import { detectLanguage } from '../model/builtin/language.ts';

/** Bytes of a page that are read. */
const MOST_BYTES = 3_000_000;
/** Bytes of a Word file when it is unpacked, pictures and all. */
const MOST_UNPACKED = 50_000_000;
const FETCH_MS = 15_000;
const TITLE_CHARS = 200;

/** Says why nothing came of it. */
class NoDraft extends Error {
  constructor(readonly fault: ImportFault) {
    super(fault);
    this.name = 'NoDraft';
  }
}

async function outcome(source: string, work: () => Promise<ArticleDraft>): Promise<ImportOutcome> {
  try {
    return { source, draft: await work(), fault: null };
  } catch (error) {
    return { source, draft: null, fault: error instanceof NoDraft ? error.fault : 'unreadable' };
  }
}

/** The text of a file: PDF, Word, markdown, plain text or HTML, by its name and bytes. */
export const importFile = (name: string, bytes: Uint8Array): Promise<ImportOutcome> =>
  outcome(name, async () => {
    const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
    if (bytes.length === 0) throw new NoDraft('empty');
    const stem = name.replace(/\.[a-z0-9]+$/i, '');
    if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return fromPdf(bytes, stem);
    if (extension === 'docx') return fromWord(bytes, stem.replace(/[-_]+/g, ' '));
    if (bytes.subarray(0, 8_000).includes(0)) throw new NoDraft('unsupported');
    if (!['md', 'markdown', 'txt', 'text', 'html', 'htm', 'xhtml', ''].includes(extension)) throw new NoDraft('unsupported');
    const text = decode(bytes, null);
    if (/^x?html?$/.test(extension) || (extension === '' && looksLikeHtml(text))) return fromHtml(text, name, null);
    return fromText(text, stem);
  });

/** The text of a page of the public internet. */
export const importUrl = (url: string, fetchOutside: MediaContext['fetchOutside']): Promise<ImportOutcome> =>
  outcome(url, async () => {
    const signal = AbortSignal.timeout(FETCH_MS);
    const answer = await download({ fetchOutside, signal } as MediaContext, url);
    if (!answer.ok) throw new NoDraft(/public internet/.test(answer.error) ? 'not_public' : signal.aborted ? 'too_slow' : 'unreachable');
    const bytes = await gather(answer.body, signal);
    if (bytes.length === 0) throw new NoDraft('empty');
    if (bytes.subarray(0, 8_000).includes(0)) throw new NoDraft('unsupported');
    const text = decode(bytes, bytes);
    return looksLikeHtml(text)
      ? fromHtml(text, url, url)
      : { ...(await fromText(text, decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') || new URL(url).hostname)), sourceUrl: url };
  });

async function gather(body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MOST_BYTES) throw new NoDraft('too_large');
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof NoDraft) throw error;
    throw new NoDraft(signal.aborted ? 'too_slow' : 'unreachable');
  }
  return Buffer.concat(chunks);
}

const looksLikeHtml = (text: string): boolean =>
  /^\s*(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|h1|p|section)\b/i.test(text.slice(0, 5_000));

/** UTF-8, else what a page says that it is, else Windows-1252, which takes any bytes. */
function decode(bytes: Uint8Array, page: Uint8Array | null): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const said = page && /<meta[^>]+charset=["']?([\w-]+)/i.exec(Buffer.from(page.subarray(0, 2_000)).toString('latin1'))?.[1];
    try {
      return new TextDecoder(said || 'windows-1252').decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  }
}

async function fromHtml(html: string, source: string, url: string | null): Promise<ArticleDraft> {
  const { title, text, language } = await readableText(html, url ?? undefined);
  return draft({ title: title || source, text, language: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? language : null, sourceUrl: url });
}

async function fromWord(bytes: Uint8Array, name: string): Promise<ArticleDraft> {
  if (unpackedSize(bytes) > MOST_UNPACKED) throw new NoDraft('too_large');
  const html = await wordHtml(bytes);
  if (html.length > MOST_BYTES) throw new NoDraft('too_large');
  return fromHtml(html, name, null);
}

async function fromPdf(bytes: Uint8Array, name: string): Promise<ArticleDraft> {
  const { title, text } = await pdfText(bytes);
  if (text.trim() === '') throw new NoDraft('no_text');
  return draft({ title: title.trim() || name.replace(/[-_]+/g, ' '), text, language: null, sourceUrl: null });
}

/** Markdown and plain text: the first heading is the title. */
async function fromText(text: string, name: string): Promise<ArticleDraft> {
  const front = /^---\r?\n([^]*?)\r?\n---\r?\n/.exec(text);
  const body = front ? text.slice(front[0].length) : text;
  const heading = /^\s*#\s+(.+?)\s*#*\s*(?:\r?\n|$)/.exec(body);
  const titled = front && /^title:\s*["']?(.+?)["']?\s*$/m.exec(front[1]!)?.[1];
  return draft({
    title: heading?.[1] ?? titled ?? name.replace(/[-_]+/g, ' '),
    text: heading ? body.slice(heading[0].length) : body,
    language: null,
    sourceUrl: null,
  });
}

function draft({ title, text, language, sourceUrl }: { title: string; text: string; language: string | null; sourceUrl: string | null }): ArticleDraft {
  const clean = text.replaceAll('\u0000', '\uFFFD').replaceAll('\uFEFF', '').toWellFormed().replace(/\r\n?/g, '\n').trim();
  if (clean === '') throw new NoDraft('empty');
  if (clean.length > MAX_TEXT) throw new NoDraft('too_large');
  const named = title
    .replaceAll('\u0000', '')
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, TITLE_CHARS)
    .toWellFormed();
  return { title: named || clean.slice(0, 60), text: clean, language: language ?? detectLanguage(clean.slice(0, 4_000)) ?? 'en', sourceUrl };
}
