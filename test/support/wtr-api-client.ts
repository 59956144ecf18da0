/** The browser's side of `wtr-api.ts`: opens an inbox, steers it, and makes elements that look at it. */
import type { Order } from './wtr-api.ts';
import type { Seed } from './wtr-api-world.ts';

let found: Promise<string> | undefined;
const server = (): Promise<string> => (found ??= fetch('/test-api.json').then(async (response) => ((await response.json()) as { url: string }).url));

/** An inbox of one test. */
export interface Inbox {
  /** For `base` of an element. */
  readonly base: string;
  /** For `token`; each call is the same operator's. */
  readonly token: string;
  order(order: Order): Promise<unknown>;
  /** What was asked of the API, as `METHOD /path?query`. */
  requests(): Promise<string[]>;
  close(): Promise<void>;
}

/** A token that reads like a host's; the server of the tests does not check it. */
export function tokenOf(sub: string, minutes = 60): string {
  const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${part({ alg: 'none' })}.${part({ sub, workspace: 'test', role: 'admin', aud: 'operator', exp: Math.floor(Date.now() / 1000) + minutes * 60 })}.x`;
}

/** Opens an inbox with what a test puts into it. */
export async function openInbox(seed: Seed = {}): Promise<Inbox> {
  const url = await server();
  const json = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) });
    return response.json();
  };
  const { name } = (await json('/worlds', seed)) as { name: string };
  return {
    base: `${url}/worlds/${name}`,
    token: tokenOf('ana'),
    order: (order) => json(`/worlds/${name}/order`, order),
    requests: () => json(`/worlds/${name}/requests`) as Promise<string[]>,
    close: async () => void (await fetch(`${url}/worlds/${name}`, { method: 'DELETE' })),
  };
}

/** Waits until something holds; fails with the last reason when it does not in time. */
export async function until<T>(what: () => T | Promise<T>, ms = 12_000): Promise<NonNullable<T>> {
  const end = performance.now() + ms;
  for (let reason: unknown; ; ) {
    try {
      const value = await what();
      if (value) return value as NonNullable<T>;
      reason = new Error(`Not so in time: ${what.toString()}`);
    } catch (thrown) {
      reason = thrown;
    }
    if (performance.now() > end) throw reason;
    await new Promise(requestAnimationFrame);
  }
}
