import type { Fetch, SendResult } from './channel.ts';
import { privateAddressCode } from './outside.ts';

/** How long one call to a provider may take, in milliseconds. */
const timeLimitMs = 20_000;
/** How much of a provider's answer is read, in bytes. */
const answerLimit = 262_144;

export type Refusal = Extract<SendResult, { ok: false }>;

/** A provider's answer to a POST, or why there is none. */
export type Answer = { status: number; headers: Headers; json: unknown } | { refusal: Refusal };

/** Faults that happen before a byte of the request is out: the provider surely has nothing. */
const beforeSending = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT']);

/** The code of a network fault, wherever in the chain of causes it stands. */
export function faultCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return '';
}

/** What a failed exchange means: nothing sent, wrong certificate, or in doubt. */
export function judgeFault(error: unknown, idempotent: boolean): Refusal {
  const code = faultCode(error);
  if (beforeSending.has(code)) return { ok: false, kind: 'retry', error: `The provider could not be reached (${code}).`, wholeAccount: true };
  if (code === privateAddressCode) return { ok: false, kind: 'failed', error: 'The address is not on the public internet.' };
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(code)) {
    return { ok: false, kind: 'failed', error: `The provider's certificate is not valid (${code}).` };
  }
  const what =
    error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
      ? 'The provider did not answer in time.'
      : `The connection to the provider broke off${code && ` (${code})`}.`;
  return { ok: false, kind: idempotent ? 'retry' : 'unknown', error: what };
}

/** The JSON of an answer of bounded size; undefined where it is none. */
export async function readAnswer(response: { body: AsyncIterable<Uint8Array> | ReadableStream | null }): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    const bytes = part as Uint8Array;
    size += bytes.length;
    if (size > answerLimit) break;
    parts.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Posts once to a provider. Redirects are not followed, since credentials go to the configured host and no other; a
 * call ends after 20 s. A fault on the way is judged by whether the provider may already have the message.
 */
export async function post(
  ctx: { fetch: Fetch; signal: AbortSignal },
  url: string,
  headers: Record<string, string>,
  body: string,
  idempotent: boolean,
): Promise<Answer> {
  try {
    const response = await ctx.fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(timeLimitMs)]),
    });
    return { status: response.status, headers: response.headers, json: await readAnswer(response) };
  } catch (error) {
    return { refusal: judgeFault(error, idempotent) };
  }
}

/** `Retry-After` in milliseconds, given in seconds or as a date (RFC 9110 10.2.3); undefined when absent or nonsense. */
function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/**
 * What an answer outside 2xx means. 408, 429 and 503 say that the request was not carried out; other 5xx do not say
 * whether it was, so they are a doubt unless an idempotency key makes sending again safe.
 */
export function judgeStatus(answer: { status: number; headers: Headers }, reason: string | undefined, now: Date, idempotent: boolean): Refusal {
  const { status, headers } = answer;
  const error = reason ? `The provider answered ${status}: ${reason}` : `The provider answered ${status}.`;
  const wait = retryAfterMs(headers, now);
  if (status === 408 || status === 429 || status === 503 || (status >= 500 && idempotent)) {
    return {
      ok: false,
      kind: 'retry',
      error,
      ...((status === 429 || status === 503) && { wholeAccount: true }),
      ...(wait !== undefined && { retryAfterMs: wait }),
    };
  }
  return { ok: false, kind: status >= 500 ? 'unknown' : 'failed', error };
}
