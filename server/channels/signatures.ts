/**
 * Signing and checking of webhooks. Every check runs over the raw body, compares in constant time, accepts exactly one
 * spelling of a signature, and refuses when it has no secret.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Verdict } from './channel.ts';

/** How far, in seconds, a signed timestamp may be from our clock, either way (Standard Webhooks advises five minutes). */
export const toleranceSeconds = 300;

const accepted: Verdict = { ok: true };
const refused = (reason: string): Verdict => ({ ok: false, reason });

/** Whether two strings are equal, in a time that depends only on their lengths. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function isFresh(seconds: string, now: Date): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now.getTime() / 1000 - Number(seconds)) <= toleranceSeconds;
}

/** Whether any candidate equals any expected value; looks at all of them, whatever it finds. */
function anySame(candidates: string[], expected: string[]): boolean {
  let found = false;
  for (const candidate of candidates) for (const value of expected) if (sameText(candidate, value)) found = true;
  return found;
}

// --- our own scheme, for mail and voice -------------------------------------------------------------------------

const ownDigest = (secret: string, time: string, body: Uint8Array) => createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');

/**
 * The value of `X-Convene-Signature` for a body: `t=<unix seconds>,v1=<hex>`, where v1 is HMAC-SHA256 of
 * `<t>.<raw body>` under the account's webhook secret.
 */
export function signOwn(secret: string, body: Uint8Array, now: Date): string {
  const time = String(Math.floor(now.getTime() / 1000));
  return `t=${time},v1=${ownDigest(secret, time, body)}`;
}

/** Checks `X-Convene-Signature`. Two secrets may be valid while one replaces the other; the header may carry two v1. */
export function verifyOwn(secrets: string[], header: string | null, body: Uint8Array, now: Date): Verdict {
  const usable = secrets.filter((secret) => secret !== '');
  if (usable.length === 0) return refused('No webhook secret is configured.');
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})(?:,v1=([0-9a-f]{64}))?$/.exec(header ?? '');
  if (!match) return refused('The X-Convene-Signature header is missing or malformed.');
  const [, time = '', ...given] = match;
  if (!isFresh(time, now)) return refused('The signature is older than five minutes, or from the future.');
  const candidates = given.filter((value) => value !== undefined);
  return anySame(
    candidates,
    usable.map((secret) => ownDigest(secret, time, body)),
  )
    ? accepted
    : refused('The signature is wrong.');
}

// --- Standard Webhooks (https://www.standardwebhooks.com), for the custom channel --------------------------------

const standardKey = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

const standardDigest = (secret: string, id: string, time: string, body: Uint8Array) =>
  createHmac('sha256', standardKey(secret)).update(`${id}.${time}.`).update(body).digest('base64');

/** The three headers of a Standard Webhook, signed with every secret that is valid at the moment. */
export function signStandard(secrets: string[], id: string, body: Uint8Array, now: Date): Record<string, string> {
  const time = String(Math.floor(now.getTime() / 1000));
  return {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': secrets.map((secret) => `v1,${standardDigest(secret, id, time, body)}`).join(' '),
  };
}

/** Checks the three headers of a Standard Webhook. Unknown versions in the list are skipped, as the standard asks. */
export function verifyStandard(secrets: string[], headers: Headers, body: Uint8Array, now: Date): Verdict {
  const usable = secrets.filter((secret) => standardKey(secret).length > 0);
  if (usable.length === 0) return refused('No webhook secret is configured.');
  const id = headers.get('webhook-id');
  const time = headers.get('webhook-timestamp');
  const list = headers.get('webhook-signature');
  if (!id || !time || !list) return refused('webhook-id, webhook-timestamp or webhook-signature is missing.');
  if (!isFresh(time, now)) return refused('The timestamp is older than five minutes, or from the future.');
  const given = list
    .split(' ')
    .slice(0, 20)
    .filter((part) => part.startsWith('v1,'))
    .map((part) => part.slice(3));
  return anySame(
    given,
    usable.map((secret) => standardDigest(secret, id, time, body)),
  )
    ? accepted
    : refused('The signature is wrong.');
}

// --- Meta: X-Hub-Signature-256 -----------------------------------------------------------------------------------

/** The value of `X-Hub-Signature-256`: `sha256=` and HMAC-SHA256 of the raw body under the app secret, in hex. */
export function signHub(secret: string, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Checks `X-Hub-Signature-256`. */
export function verifyHub(secret: string, header: string | null, body: Uint8Array): Verdict {
  if (secret === '') return refused('No app secret is configured.');
  if (!header) return refused('The X-Hub-Signature-256 header is missing.');
  return sameText(header, signHub(secret, body)) ? accepted : refused('The signature is wrong.');
}

// --- Twilio: X-Twilio-Signature ----------------------------------------------------------------------------------

/**
 * The value of `X-Twilio-Signature` (https://www.twilio.com/docs/usage/security): HMAC-SHA1, in base64, of the URL
 * followed by each form parameter's name and value in order of the names; a repeated value of a name counts once.
 */
export function signTwilio(authToken: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].toSorted();
  const pairs = names.flatMap((name) => [...new Set(form.getAll(name))].toSorted().map((value) => name + value));
  return createHmac('sha1', authToken)
    .update(url + pairs.join(''))
    .digest('base64');
}

/**
 * How Twilio writes its parameters' names. The signature runs names and values together, so `From=+49` and `Fr=&om=+49`
 * would be signed alike; pairs without `=` and names of any other form are refused to close that gap.
 */
const twilioName = /^[A-Z][A-Za-z_.]*\d{0,2}$/;

/** Twilio signs some URLs with their default port written out and others without theirs: each form of one URL. */
function twilioUrls(url: string): string[] {
  const match = /^(https?):\/\/((?:[^/?#]*@)?)([^/?#@]*?)(:\d+)?([/?#].*)?$/is.exec(url);
  if (!match) return [url];
  const [, scheme = '', user = '', host = '', port = '', rest = ''] = match;
  const usual = scheme.toLowerCase() === 'https' ? ':443' : ':80';
  const forms = [port, port === '' ? usual : ''].map((each) => `${scheme}://${user}${host}${each}${rest}`);
  return [url, ...forms];
}

/**
 * Checks `X-Twilio-Signature` over the configured public URL. A form's parameters are part of what is signed; any other
 * body must be vouched for by the query's `bodySHA256`.
 */
export function verifyTwilio(authToken: string, header: string | null, url: string, body: Uint8Array): Verdict {
  if (authToken === '') return refused('No auth token is configured.');
  if (!header) return refused('The X-Twilio-Signature header is missing.');
  const digest = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '').get('bodySHA256');
  if (digest !== null && !sameText(digest, createHash('sha256').update(body).digest('hex'))) {
    return refused('The body is not the one that was signed.');
  }
  const text = digest === null ? Buffer.from(body).toString('utf8') : '';
  const form = new URLSearchParams(text);
  const odd = (text !== '' && text.split('&').some((pair) => !pair.includes('='))) || [...form.keys()].some((name) => !twilioName.test(name));
  if (odd) return refused('The form has a parameter that Twilio does not send.');
  const expected = twilioUrls(url).map((each) => signTwilio(authToken, each, form));
  return anySame([header], expected) ? accepted : refused('The signature is wrong.');
}
