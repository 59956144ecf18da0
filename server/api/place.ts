/** Under which path the app answers: a host may mount it below its own, and a proxy may pass that on or take it off. */
import { basePath } from 'hono/route';
import { getPath } from 'hono/utils/url';
import type { Context } from 'hono';
import type { AppEnv } from './deps.ts';

/**
 * How the app finds a request's path: without the path of the public URL where it still stands before it, so that it does
 * not matter whether a proxy takes it off.
 * @param publicUrl where the outside reaches this server, without a slash at the end
 */
export function pathBelow(publicUrl: string): (request: Request) => string {
  const prefix = new URL(publicUrl).pathname.replace(/\/+$/, '');
  return (request) => {
    const path = getPath(request);
    return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path;
  };
}

/** A request's path as our routes name it, also where a host's Hono app has mounted ours under a path of its own. */
export function ownPath(c: Context<AppEnv>): string {
  const depth = basePath(c).split('/').filter(Boolean).length;
  return depth === 0
    ? c.req.path
    : `/${c.req.path
        .split('/')
        .slice(depth + 1)
        .join('/')}`;
}
