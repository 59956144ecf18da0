/** Secrets at rest: AES-256-GCM, each bound to the row that it belongs to, under keys that can be replaced. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Credentials } from '../contract/settings.ts';

/** The keys of a deployment: secrets are sealed with the first, which is the newest; what any of them sealed opens. */
export type Keyring = readonly [newest: KeyObject, ...before: KeyObject[]];

/** First byte of what we write. 2 says by which key; 1, which was written before there could be several, does not. */
const NAMED = 2;
const UNNAMED = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a secret is bound to: moved to another row, it does not open. */
export type SecretPlace = `workspace:${string}` | `channel_account:${string}` | `skill:${string}`;

/** Says which key it was without telling anything of it. */
const keyId = (key: KeyObject): Buffer => createHmac('sha256', key.export()).update('convene key id').digest().subarray(0, KEY_ID_BYTES);

/** How everything begins that is sealed under the newest key: what begins otherwise is to be sealed anew. */
export const sealedWith = ([newest]: Keyring): Buffer => Buffer.concat([Buffer.of(NAMED), keyId(newest)]);

/** @returns format byte, key id, nonce, tag and ciphertext in one piece */
export function seal(keys: Keyring, place: SecretPlace, plain: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys[0], iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([sealedWith(keys), iv, cipher.getAuthTag(), body]);
}

/** @throws Error where the key is none of these, the place is another, or the bytes were changed */
export function unseal(keys: Keyring, place: SecretPlace, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] === NAMED) {
    const id = bytes.subarray(1, 1 + KEY_ID_BYTES);
    return openWith(
      keys.filter((key) => keyId(key).equals(id)),
      place,
      bytes.subarray(1 + KEY_ID_BYTES),
    );
  }
  if (bytes[0] !== UNNAMED) throw new Error('a secret of an unknown format');
  return openWith(keys, place, bytes.subarray(1));
}

/** The first key that opens it; the tag tells. */
function openWith(keys: readonly KeyObject[], place: SecretPlace, bytes: Buffer): string {
  for (const key of keys) {
    try {
      return decipher(key, place, bytes);
    } catch {
      // Another one may have sealed it.
    }
  }
  throw new Error('a secret that no key opens');
}

function decipher(key: KeyObject, place: SecretPlace, bytes: Buffer): string {
  const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([cipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), cipher.final()]).toString('utf8');
}

/** What reply addresses are signed with, one of each key, the newest first: an address is known as long as its key is named. */
export const replyKeys = (keys: Keyring): string[] => keys.map((key) => createHmac('sha256', key.export()).update('convene reply addresses').digest('hex'));

/** The credentials of an account, ready to be stored; `null` where there are none. */
export function sealCredentials(keys: Keyring, accountId: string, credentials: Credentials): Buffer | null {
  return Object.keys(credentials).length === 0 ? null : seal(keys, `channel_account:${accountId}`, JSON.stringify(credentials));
}

export function unsealCredentials(keys: Keyring, accountId: string, sealed: Uint8Array | null): Credentials {
  return sealed === null ? {} : (JSON.parse(unseal(keys, `channel_account:${accountId}`, sealed)) as Credentials);
}

/** The secrets of a skill by name, ready to be stored; `null` where there are none. */
export function sealSkillSecrets(keys: Keyring, skillId: string, secrets: Readonly<Record<string, string>>): Buffer | null {
  return Object.keys(secrets).length === 0 ? null : seal(keys, `skill:${skillId}`, JSON.stringify(secrets));
}

/** @throws Error where no key opens them */
export function unsealSkillSecrets(keys: Keyring, skillId: string, sealed: Uint8Array | null): Record<string, string> {
  return sealed === null ? {} : (JSON.parse(unseal(keys, `skill:${skillId}`, sealed)) as Record<string, string>);
}
