import type { Readable } from 'node:stream';

/** Bytes by what is in them: SHA-256, hexadecimal. */
export interface BytesKey {
  workspaceId: string;
  sha256: string;
  /** Set for the small picture that was made of these bytes, instead of them. */
  made?: 'thumbnail';
}

/** What a store calls bytes within their workspace. */
export const nameOf = ({ sha256, made }: BytesKey): string => (made ? `${sha256}.${made}` : sha256);

/** A part of a file, both ends included, as HTTP names it. */
export interface Span {
  start: number;
  end: number;
}

/** Where the bytes of files lie. Every process of a deployment must reach the same one. */
export interface FileStore {
  /** Where a file may be gathered before it is known what is in it: a path on this machine that nobody else has. */
  gather(): Promise<string>;
  /** Takes a gathered file over, durably; what was there under the same key already had the same bytes. */
  put(key: BytesKey, gathered: string): Promise<void>;
  /** The bytes, or a part of them; null where they are not there. */
  open(key: BytesKey, span?: Span): Promise<Readable | null>;
  /** Forgets the bytes; nothing happens where they are not there. */
  remove(key: BytesKey): Promise<void>;
  /** Forgets what was gathered before a moment and never put. */
  tidy(before: Date): Promise<void>;
}
