import type { InboundAttachment } from '../channels/channel.ts';
import type { Brought } from '../db/media.ts';
import { announceBytes } from '../db/files.ts';
import type { Db } from '../db/change.ts';
import { gather } from '../files/gather.ts';
import { cleanName } from '../files/name.ts';
import type { FileStore } from '../files/store.ts';

/** What taking files in needs. */
export interface Intake {
  db: Db;
  store: FileStore;
  /** Bytes of the largest file that is kept. */
  fileMaxBytes: number;
}

/** The most files of one message that are kept. What is more is named, each by itself up to as many again, then as a number. */
const MOST_FILES = 100;

/** What a file without a name is called, by the type that its sender gave it. */
const NAMES: readonly [RegExp, string][] = [
  [/^image\/(png|gif|webp|heic)/, 'image.$1'],
  [/^image/, 'image.jpg'],
  [/^audio\/(ogg|mpeg|amr|aac|mp4|wav)/, 'audio.$1'],
  [/^audio/, 'audio'],
  [/^video/, 'video.mp4'],
  [/^application\/pdf/, 'document.pdf'],
  [/^text\/(x-)?vcard/, 'contact.vcf'],
  [/^message\//, 'message.eml'],
];

function nameOf({ name, type }: InboundAttachment): string {
  if (name) return cleanName(name);
  const [known, called] = NAMES.find(([pattern]) => pattern.test(type)) ?? [];
  return known && called ? called.replace('$1', known.exec(type)?.[1]?.replace('mpeg', 'mp3') ?? '') : 'file';
}

/** What a message says that is nothing but files. */
export const captionOf = (attachments: readonly InboundAttachment[]): string => attachments.slice(0, MOST_FILES).map(nameOf).join(', ');

/**
 * Puts into the store what came with its bytes, and says of the rest where it is to be fetched, or why it is not kept.
 * Bytes that no message names in the end are swept a day later.
 * @param html of the mail that they came with: what it shows in its text is marked as such
 */
export async function keepAttachments(intake: Intake, workspaceId: string, attachments: readonly InboundAttachment[], html = ''): Promise<Brought> {
  const brought: Brought = { files: [], media: [] };
  for (const [place, attachment] of attachments.slice(0, MOST_FILES).entries()) await keep(intake, workspaceId, attachment, place, brought);
  for (const file of brought.files) if (file.contentId !== undefined && shows(html, file.contentId)) file.inline = true;
  const over = attachments.slice(MOST_FILES);
  const lost = (name: string, type: string): void => {
    brought.media.push({
      name,
      type,
      place: MOST_FILES + brought.media.length,
      source: { from: 'none' },
      error: `A message may have at most ${MOST_FILES} files.`,
    });
  };
  for (const attachment of over.slice(0, MOST_FILES)) lost(nameOf(attachment), attachment.type);
  if (over.length > MOST_FILES) lost(`${over.length - MOST_FILES} more`, 'application/octet-stream');
  return brought;
}

const shows = (html: string, contentId: string): boolean => [contentId, encodeURIComponent(contentId)].some((id) => html.includes(`cid:${id}"`));

async function keep(
  { db, store, fileMaxBytes }: Intake,
  workspaceId: string,
  attachment: InboundAttachment,
  place: number,
  { files, media }: Brought,
): Promise<void> {
  const { type, contentId, source } = attachment;
  const name = nameOf(attachment);
  if (source.from !== 'bytes') {
    media.push({ name, type, place, source, error: null });
  } else if (source.bytes.length > fileMaxBytes) {
    media.push({ name, type, place, source: { from: 'none' }, error: `The file has ${source.bytes.length} bytes; at most ${fileMaxBytes} are kept.` });
  } else {
    const { path, ...found } = await gather(store, source.bytes, fileMaxBytes);
    await announceBytes(db.sql, { workspaceId, sha256: found.sha256 });
    await store.put({ workspaceId, sha256: found.sha256 }, path);
    files.push({ workspaceId, ...found, name, place, ...(contentId ? { contentId } : {}) });
  }
}
