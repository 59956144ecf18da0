import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../server/channels/channel.ts';
import {
  sameText,
  signHub,
  signOwn,
  signStandard,
  signTwilio,
  toleranceSeconds,
  verifyHub,
  verifyOwn,
  verifyStandard,
  verifyTwilio,
} from '../../server/channels/signatures.ts';
import { now } from './channels-bench.ts';

interface Vector {
  provider: string;
  name?: string;
  secret: string;
  url?: string;
  params?: Record<string, string | string[]> | null;
  body?: string;
  payload?: string;
  signature?: string | null;
  mutation?: string;
  valid: boolean;
}

/** Something that was signed, and what checks it. */
interface Signed {
  headers: Record<string, string>;
  url: string;
  body: Buffer;
  verify(headers: Headers, url: string, body: Uint8Array): Verdict;
}

const own = join(import.meta.dirname, '../fixtures/channels/signatures.jsonl');
const given = process.env['EVAL_DATA'] ? join(process.env['EVAL_DATA'], 'webhook_signature_vectors.jsonl') : own;
const read = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector);
/** SendGrid signs with a key pair that none of our channels uses. */
const vectors = [...read(own), ...(given !== own && existsSync(given) ? read(given) : [])].filter(({ provider }) => provider !== 'sendgrid');

function formOf(params: Vector['params']): URLSearchParams {
  return new URLSearchParams(Object.entries(params ?? {}).flatMap(([name, value]) => [value].flat().map((each) => [name, each])));
}

function twilioOf({ secret, url = '', params, body, signature }: Vector): Signed {
  const form = formOf(params);
  const bytes = Buffer.from(body ?? form.toString());
  const value = signature === undefined ? signTwilio(secret, url, form) : signature;
  return {
    headers: value === null ? {} : { 'x-twilio-signature': value },
    url,
    body: bytes,
    verify: (headers, at, raw) => verifyTwilio(secret, headers.get('x-twilio-signature'), at, raw),
  };
}

function metaOf({ secret, payload = '', signature }: Vector): Signed {
  const body = Buffer.from(payload);
  return {
    headers: { 'x-hub-signature-256': signature ?? signHub(secret, body) },
    url: '',
    body,
    verify: (headers, _url, raw) => verifyHub(secret, headers.get('x-hub-signature-256'), raw),
  };
}

function standardOf({ secret, payload = '', mutation = 'none' }: Vector): Signed {
  const body = Buffer.from(payload);
  const shift = /^now([+-]\d+)s$/.exec(mutation)?.[1];
  const at = new Date(now.getTime() + Number(shift ?? 0) * 1000);
  const headers = signStandard([secret], 'msg_1', body, at);
  const right = headers['webhook-signature'] ?? '';
  const dropped = /^drop (.*)$/.exec(mutation)?.[1];
  if (dropped) delete headers[dropped];
  if (mutation === 'webhook-timestamp=hello') headers['webhook-timestamp'] = 'hello';
  if (mutation.startsWith('v1,')) headers['webhook-signature'] = mutation;
  if (mutation === 'first 8 characters') headers['webhook-signature'] = right.slice(0, 8);
  if (mutation.startsWith('list')) headers['webhook-signature'] = `v1,${'A'.repeat(43)}= v2,${right.slice(3)} ${right}`;
  const key = mutation === 'prefix' ? `whsec_${secret}` : secret;
  return { headers, url: '', body, verify: (all, _url, raw) => verifyStandard([key], all, raw, now) };
}

function ownOf(body: Buffer): Signed {
  const secret = 'a-webhook-secret-of-the-account';
  return {
    headers: { 'x-convene-signature': signOwn(secret, body, now) },
    url: '',
    body,
    verify: (headers, _url, raw) => verifyOwn([secret], headers.get('x-convene-signature'), raw, now),
  };
}

function signedOf(vector: Vector): Signed {
  if (vector.provider === 'twilio') return twilioOf(vector);
  return vector.provider === 'standard-webhooks' ? standardOf(vector) : metaOf(vector);
}

const check = ({ headers, url, body, verify }: Signed) => verify(new Headers(headers), url, body);

/** Repeatable noise (mulberry32), so that a mutant that gets through can be met again. */
function noise(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The text with one character changed, dropped, doubled or added. */
function mutateText(text: string, random: (below: number) => number): string {
  const at = random(text.length + 1);
  const char = String.fromCharCode(33 + random(94));
  const kinds = [
    text.slice(0, at) + char + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text.slice(at, at + 1) + text.slice(at),
    text.slice(0, at) + char + text.slice(at),
    text.slice(0, at),
  ];
  return kinds[random(kinds.length)] ?? text;
}

/**
 * What a signed request says. Mutants that say the same are none: a form's values in another order or twice, the port
 * (Twilio signs URLs with and without it), and in a list of signatures those besides the right one.
 */
function meaning({ headers, url, body }: Signed): string {
  const isForm = 'x-twilio-signature' in headers;
  const said = isForm ? [...new Set([...new URLSearchParams(body.toString()).entries()].map((pair) => pair.join('=')))].toSorted() : body.toString('latin1');
  const right = headers['webhook-signature']?.split(' ').at(-1) ?? '';
  return JSON.stringify([{ ...headers, 'webhook-signature': right }, url.replace(/^(\w+:\/\/[^/]*?):\d+(?=\/)/, '$1'), said]);
}

describe('signatures of webhooks', () => {
  it.each(vectors.map((vector) => [`${vector.provider}: ${vector.name ?? 'own'}`, vector] as const))('%s', (_name, vector) => {
    expect(check(signedOf(vector)).ok).toBe(vector.valid);
  });

  it('accept none of 10,000 mutants', () => {
    const originals = [...vectors.filter(({ valid }) => valid).map(signedOf), ownOf(Buffer.from('From: a@b.example\r\n\r\nHello'))];
    const random = noise(20_261_121);
    const acceptedMutants: string[] = [];
    let tried = 0;
    while (tried < 10_000) {
      const original = originals[random(originals.length)];
      if (!original) throw new Error('There is nothing to mutate.');
      const mutant = { ...original, headers: { ...original.headers } };
      const names = Object.keys(mutant.headers);
      const name = names[random(names.length)] ?? '';
      const where = random(3);
      if (where === 0) mutant.headers[name] = mutateText(mutant.headers[name] ?? '', random);
      else if (where === 1 && original.body.length > 0) mutant.body = Buffer.from(mutateText(original.body.toString('latin1'), random), 'latin1');
      else if (original.url) mutant.url = mutateText(original.url, random);
      if (meaning(mutant) === meaning(original)) continue;
      tried += 1;
      if (check(mutant).ok) acceptedMutants.push(`${meaning(original)} → ${meaning(mutant)}`);
    }
    expect(acceptedMutants).toEqual([]);
  });

  it('are good for five minutes, before and after', () => {
    const body = Buffer.from('x');
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    for (const [seconds, ok] of [
      [0, true],
      [toleranceSeconds, true],
      [-toleranceSeconds, true],
      [toleranceSeconds + 1, false],
      [-toleranceSeconds - 1, false],
    ] as const) {
      expect(verifyOwn(['s'], signOwn('s', body, at(seconds)), body, now).ok, `${seconds} s`).toBe(ok);
    }
  });

  it('are good under either of two secrets while one replaces the other', () => {
    const body = Buffer.from('x');
    const [before, after, other] = ['b2xkIHNlY3JldCBvZiBzb21lIGxlbmd0aA==', 'bmV3IHNlY3JldCBvZiBzb21lIGxlbmd0aA==', 'b3RoZXIgc2VjcmV0IG9mIHNvbWUgbGVuZ3Ro'];
    const headers = (...secrets: string[]) => new Headers(signStandard(secrets, 'msg', body, now));
    expect(verifyStandard([after, before], headers(before), body, now).ok).toBe(true);
    expect(verifyStandard([after], headers(before, after), body, now).ok).toBe(true);
    expect(verifyStandard([after, before], headers(other), body, now).ok).toBe(false);
    expect(verifyOwn([after, before], signOwn(before, body, now), body, now).ok).toBe(true);
    expect(verifyOwn([after, before], signOwn(other, body, now), body, now).ok).toBe(false);
  });

  it('compare whole texts, not beginnings', () => {
    expect(sameText('abc', 'abcd')).toBe(false);
    expect(sameText('', '')).toBe(true);
  });
});
