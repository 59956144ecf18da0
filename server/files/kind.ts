import { fileTypeFromBuffer } from 'file-type';

/** Bytes at the beginning of a file by which its type is told. */
export const HEAD_BYTES = 64 * 1024;

const UNKNOWN = 'application/octet-stream';

/** What no plain text has in it. */
const CONTROLS = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/;

/**
 * The media type of a file by what is in it; its name and what the sender says of it count for nothing. Markup, SVG among
 * it, is `text/plain` or `application/xml`: it is data here, and never a page.
 * @param head its first {@link HEAD_BYTES} bytes
 */
export async function typeOf(head: Uint8Array): Promise<string> {
  const known = await fileTypeFromBuffer(head).catch(() => undefined);
  if (known) return /^[\w.+-]+\/[\w.+-]+/.exec(known.mime)?.[0].toLowerCase() ?? UNKNOWN;
  return isText(head) ? 'text/plain' : UNKNOWN;
}

function isText(head: Uint8Array): boolean {
  try {
    // More may follow: a character that is cut at the end is no fault.
    return !CONTROLS.test(new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }));
  } catch {
    return false;
  }
}

/** Whether a browser may show a file of this type by itself: it can hold no script there that reaches anything. All else is saved. */
export const isShown = (type: string): boolean => type === 'application/pdf' || (/^(image|audio|video)\//.test(type) && !/svg|xml/.test(type));
