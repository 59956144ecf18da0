/** Links to files and to the HTML of mails: each says until when it holds, and is signed; a file is named by 128 random bits. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Attachment } from '../contract/message.ts';
import { hasThumbnail } from './thumbnail.ts';

/** A file as its message keeps it. */
export interface StoredFile {
  id: string;
  /** 128 random bits, base64url; never shown but within a link. */
  key: string;
  name: string;
  type: string;
  size: number;
  /** Of a mail: the id by which its HTML shows the file in its text. */
  contentId?: string;
  /** The HTML of its mail shows it. */
  inline?: boolean;
  /** Among the files that its message came with, where some are fetched later. */
  place?: number;
}

/** A link is the same for an hour, so that browsers keep what they have, and then holds for at least {@link LIFE_MS}, one to a mail for {@link MAIL_LIFE_MS}. */
const STEP_MS = 60 * 60_000;
const LIFE_MS = 8 * 60 * 60_000;
const MAIL_LIFE_MS = 60 * 60_000;

export interface FileLinks {
  /** A file as readers of its message see it. */
  show(file: StoredFile): Attachment;
  /** Where the HTML of a message is shown. */
  mail(workspaceId: string, messageId: string): string;
  /** Whether a link was made by us and still holds; in constant time. @param key of a file, or {@link mailKey} @param now milliseconds */
  verify(key: string, link: { expires: string; signature: string }, now: number): 'good' | 'expired' | 'wrong';
}

/** What the link to a mail is signed for; no file has such a key. */
export const mailKey = (workspaceId: string, messageId: string): string => `mail/${workspaceId}/${messageId}`;

/**
 * @param secret of the deployment
 * @param publicUrl where links lead, without a slash at the end
 * @param clock milliseconds
 */
export function createLinks(secret: string, publicUrl: string, clock: () => number = Date.now): FileLinks {
  const signingKey = Buffer.from(hkdfSync('sha256', secret, '', 'convene file links', 32));
  const sign = (key: string, expires: string): string => createHmac('sha256', signingKey).update(`${key}.${expires}`).digest('base64url');
  const query = (key: string, life: number): URLSearchParams => {
    const expires = String((Math.ceil((clock() + 1) / STEP_MS) * STEP_MS + life) / 1_000);
    return new URLSearchParams({ expires, signature: sign(key, expires) });
  };
  return {
    show({ id, key, name, type, size, inline }) {
      const signed = `${encodeURIComponent(name)}?${query(key, LIFE_MS)}`;
      const url = `${publicUrl}/files/${key}/${signed}`;
      const thumbnail = hasThumbnail({ type, size }) ? { thumbnailUrl: `${publicUrl}/files/${key}/thumbnail/${signed}` } : {};
      return { id, name, type, size, url, ...thumbnail, ...(inline ? { inline } : {}) };
    },
    mail: (workspaceId, messageId) => `${publicUrl}/mail/${workspaceId}/${messageId}?${query(mailKey(workspaceId, messageId), MAIL_LIFE_MS)}`,
    verify(key, { expires, signature }, now) {
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(key, expires))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
      return Number(expires) * 1_000 > now ? 'good' : 'expired';
    },
  };
}
