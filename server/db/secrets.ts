/** Secrets at rest: AES-256-GCM, each bound to the row that it belongs to. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Credentials } from '../contract/settings.ts';

/** First byte of what we write, so that another way can follow. */
const FORMAT = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a secret is bound to: moved to another row, it does not open. */
export type SecretPlace = `workspace:${string}` | `channel_account:${string}`;

/** @returns format byte, nonce, tag and ciphertext in one piece */
export function seal(key: KeyObject, place: SecretPlace, plain: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body]);
}

/** @throws Error where the key is another, the place is another, or the bytes were changed */
export function unseal(key: KeyObject, place: SecretPlace, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== FORMAT) throw new Error('a secret of an unknown format');
  const body = bytes.subarray(1 + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
}

/** The credentials of an account, ready to be stored; `null` where there are none. */
export function sealCredentials(key: KeyObject, accountId: string, credentials: Credentials): Buffer | null {
  return Object.keys(credentials).length === 0 ? null : seal(key, `channel_account:${accountId}`, JSON.stringify(credentials));
}

export function unsealCredentials(key: KeyObject, accountId: string, sealed: Uint8Array | null): Credentials {
  return sealed === null ? {} : (JSON.parse(unseal(key, `channel_account:${accountId}`, sealed)) as Credentials);
}
