import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type { Fetch, ResolveHost } from './channel.ts';

/** IPv4 ranges that are not the public internet (IANA special-purpose registry, RFC 6890), multicast and reserved. */
const closed4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** In IPv6 only global unicast is public; within it not these: tunnels that embed IPv4, benchmarks, documentation. */
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const closed = new BlockList();
const global6 = new BlockList();
for (const [ranges, family] of [
  [closed4, 'ipv4'],
  [closed6, 'ipv6'],
] as const) {
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    closed.addSubnet(net, Number(bits), family);
  }
}
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to the public internet. IPv4 mapped into IPv6 does not count as public. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !closed.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** The code of the error with which an address inside is refused. */
export const privateAddressCode = 'ERR_PRIVATE_ADDRESS';

function refusal(): Error {
  return Object.assign(new Error('The address is not on the public internet.'), { code: privateAddressCode });
}

/** Whether a host may be connected to at the address that it has now. */
type Allows = (address: string, host: string) => boolean;

/**
 * The public internet, and hosts of the deployment's own network that its environment names.
 * @param named as they are typed: names or addresses, in lower case
 */
export const publicOr =
  (named: readonly string[]): Allows =>
  (address, host) =>
    isPublicAddress(address) || named.includes(host.toLowerCase());

type Resolve = (host: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const systemResolve: Resolve = (host, done) => systemLookup(host, { all: true, verbatim: true }, done);

/** A lookup for sockets: what it resolves is what is connected to, so a name cannot change its mind in between. */
function guarded(resolve: Resolve, isAllowed: Allows): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) done(error ?? new Error('The name has no address.'), '', 0);
      else if (!addresses.every(({ address }) => isAllowed(address, host))) done(refusal(), '', 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

/**
 * Makes a `fetch` for addresses that a workspace or a customer chose. It resolves the name once, refuses everything
 * that is not on the public internet, connects to what was resolved, and follows no redirect. Rejects with the code
 * `ERR_PRIVATE_ADDRESS` where an address was refused.
 */
export function makeOutsideFetch(resolve: Resolve = systemResolve, isAllowed: Allows = isPublicAddress): Fetch {
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && !isAllowed(literal, literal)) throw refusal();
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    // What comes is kept as it is: nothing between may pack it.
    const about = body === undefined ? { 'accept-encoding': 'identity' } : { 'content-length': String(Buffer.byteLength(body)) };
    const answer = await new Promise<IncomingMessage>((resolveAnswer, reject) => {
      const call = request(url, { method, headers: { ...headers, ...about }, agent: false, signal, lookup: guarded(resolve, isAllowed) });
      call.once('response', resolveAnswer);
      call.once('error', reject);
      call.end(body);
    });
    const status = answer.statusCode ?? 0;
    const fields = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
    const hasBody = status !== 204 && status !== 205 && status !== 304;
    return new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream) : null, { status, headers: fields });
  };
}

/**
 * Makes what finds the address of a host that a workspace typed in, for protocols other than HTTP: whoever connects to
 * what it gives connects to what was checked. Of several addresses it gives one of IPv4 first. Rejects with the code
 * `ERR_PRIVATE_ADDRESS` where one of them was refused.
 */
export function makeResolveHost(resolve: Resolve = systemResolve, isAllowed: Allows = isPublicAddress): ResolveHost {
  const lookup = guarded((host, done) => (isIP(host) ? done(null, [{ address: host, family: isIP(host) }]) : resolve(host, done)), isAllowed);
  return (host) =>
    new Promise((found, reject) => {
      lookup(host, { all: true }, (error, addresses) => {
        if (error) return reject(error);
        const [first] = (addresses as LookupAddress[]).toSorted((a, b) => a.family - b.family);
        return first ? found(first.address) : reject(new Error('The name has no address.'));
      });
    });
}

/**
 * The ways to the outside of a deployment. What a workspace types in may also be a host that `privateHosts` names; the
 * address of a file, which a customer may choose, may not.
 */
export function makeOutside(privateHosts: readonly string[]): { fetchOutside: Fetch; resolveHost: ResolveHost; fetchMedia: Fetch } {
  const isAllowed = publicOr(privateHosts);
  return { fetchOutside: makeOutsideFetch(systemResolve, isAllowed), resolveHost: makeResolveHost(systemResolve, isAllowed), fetchMedia: makeOutsideFetch() };
}
