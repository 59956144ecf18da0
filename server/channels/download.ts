import type { Fetch, MediaAnswer, MediaContext } from './channel.ts';
import { faultCode } from './http.ts';
import { privateAddressCode } from './outside.ts';

type Refusal = Extract<MediaAnswer, { ok: false }>;

/** How often an address may lead on to another. */
const MOST_HOPS = 5;

/** Whether an address is on the very host, port and scheme of another. */
export const isAt = (url: string, base: string): boolean => URL.canParse(url) && new URL(url).origin === new URL(base).origin;

const failed = (error: string): Refusal => ({ ok: false, kind: 'failed', error });

/** What it means that an exchange broke off. */
export function refusalOf(error: unknown): Refusal {
  const code = faultCode(error);
  if (code === privateAddressCode) return failed('The address is not on the public internet.');
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return { ok: false, kind: 'retry', error: 'The file did not come in time.' };
  return { ok: false, kind: 'retry', error: `The file could not be fetched${code && ` (${code})`}.` };
}

/**
 * Fetches a file from where it is said to be. Redirects are followed by hand, each like an address that anybody may have
 * chosen: without credentials, on the public internet only, and never from HTTPS back to HTTP.
 * @param own how the first address is asked for where that is the provider's; else it is treated like the others
 */
export async function download(ctx: MediaContext, address: string, own?: { fetch: Fetch; headers: Record<string, string> }): Promise<MediaAnswer> {
  let url = address;
  for (let hop = 0, how = own; hop <= MOST_HOPS; hop += 1, how = undefined) {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return failed('The address is not one of the web.');
    let response: Response;
    try {
      response = await (how?.fetch ?? ctx.fetchOutside)(url, {
        method: 'GET',
        headers: { accept: '*/*', ...how?.headers },
        redirect: 'manual',
        signal: ctx.signal,
      });
    } catch (error) {
      return refusalOf(error);
    }
    const { status, headers, body } = response;
    if (status === 200 && body) return { ok: true, body: body as unknown as AsyncIterable<Uint8Array> };
    await body?.cancel().catch(() => {});
    const location = headers.get('location');
    if (status < 300 || status > 399 || location === null) {
      return { ok: false, kind: status === 400 || status === 410 ? 'failed' : 'retry', error: `The provider answered ${status}.` };
    }
    if (!URL.canParse(location, url)) return failed('The address leads nowhere.');
    const next = new URL(location, url);
    if (new URL(url).protocol === 'https:' && next.protocol === 'http:') return failed('The address leads to one that is not secure.');
    url = next.href;
  }
  return failed('The address leads on too often.');
}
