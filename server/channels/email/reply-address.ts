/**
 * Reply addresses that name their conversation: `support+c<39 characters>@example.com`. The 39 characters are, in
 * base32, the conversation's id (16 bytes) and the first 8 bytes of an HMAC over account and id, so that nobody can
 * make up an address that puts mail into another conversation. Lower case only, since mail servers may fold case.
 */
import { createHmac } from 'node:crypto';
import { sameText } from '../signatures.ts';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const macBytes = 8;
const tokenLength = Math.ceil(((16 + macBytes) * 8) / 5);

function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  bits <<= BigInt(tokenLength * 5 - bytes.length * 8);
  let text = '';
  for (let at = 0; at < tokenLength; at += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}

function tokenOf(secret: string, accountId: string, id: Uint8Array): string {
  const mac = createHmac('sha256', secret).update(`reply-address.${accountId}.`).update(id).digest();
  return base32(Buffer.concat([id, mac.subarray(0, macBytes)]));
}

const uuidBytes = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const isUuid = (text: string) => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);

/** The reply address of a conversation, or undefined where the account's address leaves no room for one (64 octets). */
export function replyAddress(address: string, accountId: string, conversationId: string, secret: string): string | undefined {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at <= 0 || !isUuid(conversationId) || local.length + tokenLength + 2 > 64) return undefined;
  return `${local}+c${tokenOf(secret, accountId, uuidBytes(conversationId))}${address.slice(at)}`;
}

/** The conversation id in a reply address of this account whose signature is right under one of the secrets. */
export function conversationOf(address: string, accountId: string, secrets: string[]): string | undefined {
  const token = new RegExp(`\\+c([${alphabet}]{${tokenLength}})@`).exec(address.toLowerCase())?.[1];
  if (!token) return undefined;
  let bits = 0n;
  for (const char of token) bits = (bits << 5n) | BigInt(alphabet.indexOf(char));
  bits >>= BigInt(tokenLength * 5 - (16 + macBytes) * 8);
  const hex = bits
    .toString(16)
    .padStart((16 + macBytes) * 2, '0')
    .slice(0, 32);
  const right = secrets.map((secret) => sameText(token, tokenOf(secret, accountId, Buffer.from(hex, 'hex'))));
  return right.includes(true) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined;
}
