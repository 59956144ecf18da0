/** Reading what came with a request: bounded, well-formed, and free of what Postgres cannot hold. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { ProblemError } from './problem.ts';

/** Bytes that a JSON body may have. */
const MAX_BODY = 1024 * 1024;
/** How deep JSON may be nested; deeper is nobody's real request. */
const MAX_DEPTH = 64;

const tooLarge = (most: number): ProblemError => new ProblemError('too_large', `The body may have at most ${most} bytes.`);
const malformed = (detail: string): ProblemError => new ProblemError('malformed', detail);

/**
 * The JSON body of a request; an empty one counts as `{}`.
 * @throws ProblemError `too_large`, `wrong_type` or `malformed`
 */
export async function readJson(c: Context, most = MAX_BODY): Promise<unknown> {
  const bytes = await readBytes(c.req.raw, most);
  if (bytes.length === 0) return {};
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) throw new ProblemError('wrong_type', 'The body must be application/json.');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('The body is not JSON in UTF-8.');
  }
  return clean(value, 0);
}

/**
 * The body of a request, byte for byte.
 * @throws ProblemError `too_large` as soon as it is clear that it has more than `most` bytes
 */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  if (!request.body) return new Uint8Array();
  // One piece, as long as it is said to be: large bodies are not held twice. What is longer than it says is refused by the HTTP parser.
  let bytes = Buffer.allocUnsafeSlow(Math.min(most, Number(request.headers.get('content-length') ?? 0) || 0));
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    const end = size + chunk.length;
    if (end > most) throw tooLarge(most);
    if (end > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(most, Math.max(end, bytes.length * 2)));
      bytes.copy(larger, 0, 0, size);
      bytes = larger;
    }
    bytes.set(chunk, size);
    size = end;
  }
  return bytes.subarray(0, size);
}

/** Text without NUL and lone surrogates, which Postgres cannot hold; they become U+FFFD. */
const cleanText = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) throw malformed(`The body is nested deeper than ${MAX_DEPTH} levels.`);
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, depth + 1)]));
}

/** Parameters of the query string, the first of each name. */
export function readQuery(c: Context): Record<string, string> {
  return Object.fromEntries(Object.entries(c.req.query()).map(([key, value]) => [key, cleanText(value)]));
}

/** Faults that are told at most. */
const MOST_ERRORS = 20;

/**
 * A value as its schema takes it.
 * @throws ProblemError `invalid`, naming each field that is wrong
 */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [path, key.slice(0, 100)].filter(Boolean).join('.'), message: 'is not known here' }));
  });
  const [first] = errors;
  throw new ProblemError('invalid', `${first?.path || 'The request'}: ${first?.message ?? 'is not valid'}`, { errors: errors.slice(0, MOST_ERRORS) });
}

/**
 * The version that a write is based on.
 * @throws ProblemError `version_required` where it must be named, `malformed` where it is no version
 */
export function readIfMatch(c: Context, ifMatch: 'optional' | 'required' | undefined): number | null {
  if (!ifMatch) return null;
  const header = c.req.header('if-match');
  if (header === undefined) {
    if (ifMatch === 'required') throw new ProblemError('version_required', 'Name the version that this is based on: If-Match: "<version>".');
    return null;
  }
  const version = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (version === undefined) throw malformed('If-Match must be a version in double quotes: If-Match: "7".');
  return Number(version);
}

/**
 * The key under which a request is answered once.
 * @throws ProblemError `malformed`
 */
export function readIdempotencyKey(c: Context): string | null {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return null;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw malformed('Idempotency-Key must have 1 to 255 visible ASCII characters.');
  return key;
}
