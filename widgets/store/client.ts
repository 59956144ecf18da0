import { hc } from 'hono/client';
import type { Api } from '../../server/contract/endpoints.ts';
import { ApiProblem, asProblem, problemOf } from './problem.ts';
import type { Tokens } from './token.ts';

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 20_000;

export interface ClientOptions {
  /** Where the API is: an absolute URL without `/v1`. */
  base: string;
  tokens: Tokens;
  timeout?: number;
}

/** The API, typed by its contract. Every call throws an {@link ApiProblem} for anything but a good answer. */
export interface Client {
  readonly base: string;
  /** `await (await client.api.v1.me.$get()).json()` */
  readonly api: ReturnType<typeof hc<Api>>;
  /** A request with the operator's token: renewed once when the API says that it is over. Throws an {@link ApiProblem}. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** All items of a list, page after page. */
  all<T>(path: string): Promise<T[]>;
  /** The same without a time limit, for answers that come bit by bit. */
  stream(path: string, init: RequestInit): Promise<Response>;
  /** Opens the stream of events; it has no time limit. */
  events(lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  /** Sends a file, with word of its progress from 0 to 1. */
  upload(file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Uploaded>;
}

export interface Uploaded {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
  /** Of a large picture: the same, small. */
  thumbnailUrl?: string;
}

/** Makes the client of one operator. */
export function createClient({ base, tokens, timeout = TIMEOUT }: ClientOptions): Client {
  const attempt = (url: string, init: RequestInit, token: string): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(url, { ...init, headers, credentials: 'omit', cache: 'no-store' });
  };

  const authorised = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      const token = await tokens.current();
      let response = await attempt(url, init, token);
      if (response.status === 401) {
        const problem = await problemOf(response);
        if (problem.code !== 'token_expired') throw problem;
        response = await attempt(url, init, await tokens.renew(token));
      }
      if (!response.ok) throw await problemOf(response);
      return response;
    } catch (thrown) {
      throw asProblem(thrown);
    }
  };

  const timed = (url: string, init: RequestInit = {}): Promise<Response> => {
    const limit = AbortSignal.timeout(timeout);
    return authorised(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };

  return {
    base,
    api: hc<Api>(base, { fetch: (input: RequestInfo | URL, init?: RequestInit) => timed(String(input), init) }),
    request: (path, init) => timed(`${base}${path}`, init),
    stream: (path, init) => authorised(`${base}${path}`, init),
    async all<T>(path: string): Promise<T[]> {
      const items: T[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const response = await timed(`${base}${path}?limit=100${from}`);
        const page = (await response.json()) as { items: T[]; nextCursor: string | null };
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    events: (lastEventId, signal) =>
      authorised(`${base}/v1/events`, {
        headers: { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
        signal,
      }),
    upload: async (file, progress, signal) => {
      const token = await tokens.current();
      signal?.throwIfAborted();
      return send(`${base}/v1/files`, token, file, progress, signal);
    },
  };
}

/** `fetch` tells nothing of what has been sent, so files go by the older way. */
function send(url: string, token: string, file: File, progress: (share: number) => void, signal?: AbortSignal): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'text';
    request.upload.onprogress = (event) => progress(event.lengthComputable && event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 201 || request.status === 200) resolve(JSON.parse(request.responseText) as Uploaded);
      else void problemOf(new Response(request.responseText, { status: request.status })).then(reject);
    };
    request.onerror = () => reject(new ApiProblem('unreachable', 0, 'The file could not be sent'));
    request.onabort = () => reject(new ApiProblem('aborted', 0, 'Given up'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}
