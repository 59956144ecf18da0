import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import type { AppEnv } from './deps.ts';

/**
 * From where a request came: the address of the connection, or, behind trusted proxies, what the outermost of them saw.
 * What stands further left in `X-Forwarded-For` anyone may have written. Of an IPv6 address, the /64 network that one
 * subscriber has.
 * @param trustedProxies how many proxies of ours stand in front
 */
export function clientAddress(c: Context<AppEnv>, trustedProxies: number): string {
  // An app that is asked without a server beneath has no bindings.
  const direct = (c.env as Partial<AppEnv['Bindings']> | undefined)?.incoming?.socket.remoteAddress ?? 'unknown';
  if (trustedProxies === 0) return networkOf(direct);
  const seen = [
    ...(c.req.header('x-forwarded-for') ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    direct,
  ];
  return networkOf(seen.at(-1 - trustedProxies) ?? seen[0] ?? direct);
}

export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%', 1)[0]!.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const groups = tail === undefined ? front : [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
