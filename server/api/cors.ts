/** What browsers are told: who may read our answers, and what not to make of them. */
import type { Context } from 'hono';
import type { AppDeps, AppEnv } from './deps.ts';

const ALLOWED_METHODS = 'GET, POST, PATCH, DELETE';
const ALLOWED_HEADERS = 'Authorization, Content-Type, If-Match, Idempotency-Key, Last-Event-ID';
const EXPOSED_HEADERS = 'Retry-After, X-Request-Id, Idempotency-Replayed';
/** Seconds for which a browser need not ask again. */
const PREFLIGHT_AGE = '7200';

type HeaderDeps = Pick<AppDeps, 'config' | 'publicUrl'>;

/** Pages of these origins may read answers. Tokens travel in a header, so credentials of the browser never do. */
function corsHeaders(origin: string | undefined, { config }: HeaderDeps): Record<string, string> {
  if (origin === undefined || !config.allowedOrigins.includes(origin)) return { Vary: 'Origin' };
  return { Vary: 'Origin', 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED_HEADERS };
}

/**
 * Headers of every answer of the API: CORS, security and the request's id. Routes that write to the raw response, as the
 * streams do, pass them on themselves.
 */
export function apiHeaders(c: Context<AppEnv>, deps: HeaderDeps): Record<string, string> {
  return {
    ...corsHeaders(c.req.header('origin'), deps),
    'X-Request-Id': requestId(c),
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(deps.publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}

/** The same for pages and scripts beside the API, which say themselves what they may load and how long they keep. */
export function pageHeaders(c: Context<AppEnv>): Record<string, string> {
  return { 'X-Request-Id': requestId(c), 'Referrer-Policy': 'no-referrer', 'X-Content-Type-Options': 'nosniff' };
}

/** Names a request in its answer, in the log and in what the caller reports; one that a proxy gave is kept. */
export function requestId(c: Context<AppEnv>): string {
  const known = c.get('requestId') as string | undefined;
  if (known) return known;
  const given = c.req.header('x-request-id') ?? '';
  const id = /^[\w-]{8,64}$/.test(given) ? given : crypto.randomUUID();
  c.set('requestId', id);
  return id;
}

/** The answer to a browser that asks before it sends; `null` for a request that is no such question. */
export function preflight(c: Context<AppEnv>, deps: HeaderDeps): Response | null {
  if (c.req.method !== 'OPTIONS' || c.req.header('access-control-request-method') === undefined) return null;
  const headers = new Headers(apiHeaders(c, deps));
  if (headers.has('Access-Control-Allow-Origin')) {
    headers.set('Access-Control-Allow-Methods', ALLOWED_METHODS);
    headers.set('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    headers.set('Access-Control-Max-Age', PREFLIGHT_AGE);
  }
  headers.set('Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers');
  return new Response(null, { status: 204, headers });
}
