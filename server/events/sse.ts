/**
 * A stream as an HTTP answer. Routes of streams are registered before any middleware: they authorise by themselves, and
 * what middleware would add to the answer they hand over as headers.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hub } from './hub.ts';
import { streamHead } from './reader.ts';

/** Of hono's context: the raw response of `@hono/node-server`, and what was asked. */
interface StreamContext {
  env: { incoming: IncomingMessage; outgoing: ServerResponse };
  req: { method: string; header(name: string): string | undefined; query(name: string): string | undefined };
}

interface StreamOptions {
  workspaceId: string;
  /** An operator has the team's events and its own; a visitor those of its identity, and no others. */
  audience: 'operator' | 'visitor';
  /** The operator's id, or the visitor's identity. */
  addresseeId: string;
  /** CORS, security and request id; what makes a stream of it is added. */
  headers: Record<string, string>;
  /** Asked again every few seconds and when settings change; `false` ends the stream. */
  authorise: () => Promise<boolean>;
}

/**
 * Opens the stream that a request asked for, resuming after `Last-Event-ID` (or `?lastEventId=`, for clients that cannot
 * set a header).
 * @returns what the route returns: the answer has been begun on the raw response
 * @throws HubClosed while the process drains, or what the database threw; nothing has been sent then
 */
export async function openStream(context: StreamContext, hub: Hub, options: StreamOptions): Promise<Response> {
  const { outgoing } = context.env;
  if (context.req.method === 'HEAD') return new Response(null, { headers: streamHead(options.headers) });
  const lastEventId = context.req.header('last-event-id') || context.req.query('lastEventId') || undefined;
  await hub.open(outgoing, options, lastEventId);
  return alreadySent();
}

/**
 * Tells the server that the answer is out. Middleware of a host may still add headers, for which hono copies the answer: only
 * one whose insides have been looked at makes copies that `@hono/node-server` knows to be out too.
 */
function alreadySent(): Response {
  const answer = new Response(null, RESPONSE_ALREADY_SENT);
  void answer.type;
  return answer;
}
