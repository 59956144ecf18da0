/** Skills that are a team's own HTTP endpoint. */
import { fillHeaders, withoutSecrets } from './vault.ts';
import type { Called, HttpMethod, Outside, Refusal } from './skill.ts';

/** Where an HTTP skill is, and how it is asked. */
export interface HttpConfig {
  /** Without one the skill is not finished, and no agent has it. */
  url?: string | undefined;
  method: HttpMethod;
  /** Values may ask for secrets: `Bearer {{apiKey}}`. */
  headers: Record<string, string>;
  /** Of one attempt, in milliseconds. */
  timeoutMs: number;
  /** Attempts after the first. */
  retries: number;
  /** The endpoint drops what comes again under the same Idempotency-Key, so that a doubt may be tried again. */
  idempotent: boolean;
}

/** Who is served, by the server's word. Nulls where a skill is only tried out. */
export interface Served {
  workspace: string;
  conversationId: string | null;
  contact: { id: string; customerId: string | null } | null;
}

interface HttpCall {
  skill: string;
  args: unknown;
  /** The same for every attempt, and for a run that starts over. */
  key: string;
  served: Served;
}

/** The secret by which requests are signed, after Standard Webhooks. */
export const SIGNING_SECRET = 'signingSecret';

/** Bytes of an answer that are read at most. */
const MAX_ANSWER = 32_768;
/** How often an address may lead on to another. */
const MOST_HOPS = 3;
/** Milliseconds before the next attempt, doubled each time, and the longest that an endpoint may ask for. */
const WAIT_MS = 200;
const MAX_WAIT_MS = 3_000;
/** How much of a refused answer is told. */
const REASON_CHARS = 300;

type Answer =
  | { status: number; value: unknown }
  /** `doubt`: it may have been carried out all the same. */
  | { refusal: Refusal; status: number | null; doubt: boolean };

/**
 * Calls the endpoint. What it says is bounded, of a known type, and free of the secrets that it was given. It is asked again
 * only where the request surely was not carried out, or where carrying it out twice does no harm.
 * @param signal ends it; where the request is out by then the outcome is `unknown`
 */
export async function callHttp(
  config: HttpConfig,
  secrets: Readonly<Record<string, string>>,
  call: HttpCall,
  outside: Outside,
  signal: AbortSignal,
): Promise<Called> {
  const repeatable = config.idempotent || config.method === 'GET' || config.method === 'PUT' || config.method === 'DELETE';
  let doubt = false;
  for (let attempt = 0; ; attempt += 1) {
    const answer = await once(config, secrets, call, outside, repeatable, signal);
    if (!('refusal' in answer)) return { outcome: 'done', status: answer.status, result: withoutSecrets(answer.value, secrets), error: null };
    const { refusal, status } = answer;
    doubt ||= answer.doubt && config.method !== 'GET';
    if (refusal.kind === 'retry' && attempt < config.retries && !signal.aborted) {
      await pause(Math.min(refusal.retryAfterMs ?? WAIT_MS * 2 ** attempt, MAX_WAIT_MS), signal);
      if (!signal.aborted) continue;
    }
    return { outcome: doubt ? 'unknown' : 'failed', status, result: null, error: withoutSecrets(refusal.error, secrets) };
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

async function once(
  config: HttpConfig,
  secrets: Readonly<Record<string, string>>,
  call: HttpCall,
  outside: Outside,
  repeatable: boolean,
  signal: AbortSignal,
): Promise<Answer> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(config.timeoutMs)]);
  const refused = (error: string, status: number | null = null): Answer => ({ refusal: { kind: 'failed', error }, status, doubt: false });
  let request: ReturnType<typeof requestOf>;
  try {
    request = requestOf(config, secrets, call, outside);
  } catch (error) {
    return refused((error as Error).message);
  }
  let { url, headers } = request;
  for (let hop = 0; ; hop += 1) {
    let response: Response;
    try {
      response = await outside.fetch(url, {
        method: config.method,
        headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: limited,
      });
    } catch (error) {
      return broken(error, null, outside, repeatable);
    }
    const { status } = response;
    const location = response.headers.get('location');
    if (status >= 300 && status <= 399 && location !== null) {
      await response.body?.cancel().catch(() => {});
      if (config.method !== 'GET') return refused(`The endpoint answered ${status} and leads elsewhere; only what is read with GET is followed.`, status);
      if (hop >= MOST_HOPS || !URL.canParse(location, url)) return refused('The address leads on too often, or nowhere.', status);
      const next = new URL(location, url);
      if (next.protocol !== 'https:' && (next.protocol !== 'http:' || new URL(url).protocol === 'https:'))
        return refused('The address leads to one that is not secure.', status);
      // What is told to one host in confidence is not told to the next.
      if (next.origin !== new URL(url).origin) headers = { accept: request.accept };
      url = next.href;
      continue;
    }
    return read(response, outside, repeatable);
  }
}

const broken = (error: unknown, status: number | null, outside: Outside, repeatable: boolean): Answer => ({
  refusal: outside.faultOf(error, repeatable),
  status,
  doubt: outside.faultOf(error, false).kind === 'unknown',
});

/** What goes out: arguments in the query of a GET, else in a body that says who is served as well. */
function requestOf(
  { url: address, method, headers: own }: HttpConfig,
  secrets: Readonly<Record<string, string>>,
  { skill, args, key, served }: HttpCall,
  outside: Outside,
) {
  const accept = 'application/json, text/plain;q=0.5';
  const url = new URL(address ?? '');
  const body = method === 'GET' ? undefined : JSON.stringify({ type: 'skill', data: { skill, arguments: args, ...served } });
  if (method === 'GET') {
    for (const [name, value] of Object.entries((args ?? {}) as Record<string, unknown>)) {
      for (const one of Array.isArray(value) ? value : [value]) url.searchParams.append(name, typeof one === 'object' ? JSON.stringify(one) : String(one));
    }
  }
  const signingSecret = secrets[SIGNING_SECRET];
  const headers: Record<string, string> = {
    accept,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...fillHeaders(own, secrets),
    'idempotency-key': key,
    ...(signingSecret === undefined ? {} : outside.sign(signingSecret, key, body ?? '')),
  };
  return { url: url.href, headers, body, accept };
}

async function read(response: Response, outside: Outside, repeatable: boolean): Promise<Answer> {
  const { status, headers } = response;
  const isJson = /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(headers.get('content-type') ?? '');
  const isText = /^text\/plain\s*(;|$)/i.test(headers.get('content-type') ?? '');
  let text: string | null;
  try {
    text = await readText(response);
  } catch (error) {
    return broken(error, status, outside, repeatable);
  }
  if (status < 200 || status > 299) {
    const reason = text && (isJson || isText) ? text.slice(0, REASON_CHARS) : undefined;
    return {
      refusal: outside.refusalOf({ status, headers }, reason, repeatable),
      status,
      doubt: outside.refusalOf({ status, headers }, reason, false).kind === 'unknown',
    };
  }
  // It was carried out; that its answer is of no use is another thing.
  const useless = (error: string): Answer => ({ refusal: { kind: 'failed', error }, status, doubt: false });
  if (text === null) return useless(`The answer has more than ${MAX_ANSWER} bytes.`);
  if (text === '') return { status, value: null };
  if (!isJson && !isText) return useless('The answer is neither JSON nor plain text.');
  if (isText) return { status, value: text };
  try {
    return { status, value: JSON.parse(text) as unknown };
  } catch {
    return useless('The answer says that it is JSON, and is not.');
  }
}

/** The body as text; null where it is too large, of which no more is read. */
async function readText(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_ANSWER) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
