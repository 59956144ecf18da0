/** From an endpoint of the contract and a handler to a route: everything that all routes share happens here, once. */
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Endpoint } from '../contract/endpoint.ts';
import { changesConversation } from '../contract/endpoint.ts';
import type { Params } from '../contract/endpoints.ts';
import type { Scope } from '../contract/settings.ts';
import { change } from '../db/change.ts';
import { poolItem, resolveConversation } from '../db/pool.ts';
import type { Change } from '../db/change.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { clientAddress } from './address.ts';
import { authorise } from './auth.ts';
import { check, readIdempotencyKey, readIfMatch, readJson, readQuery } from './body.ts';
import type { Caller, HostCaller, OperatorCaller, VisitorCaller } from './caller.ts';
import type { ApiDeps, App, AppEnv } from './deps.ts';
import { once } from './once.ts';
import { notFound, ProblemError } from './problem.ts';

/** Who may be behind a call, by its audience and scope. */
type CallerOf<E extends Endpoint> = E['audience'] extends 'none'
  ? null
  : E['audience'] extends 'visitor'
    ? VisitorCaller
    : E extends { scope: z.infer<typeof Scope> }
      ? OperatorCaller | HostCaller
      : OperatorCaller;

/** What a handler works with; all of it has been checked. */
export interface RouteContext<E extends Endpoint> {
  /** Of the path: UUIDs in lower case. */
  params: Record<Params<E['path']>, string>;
  query: E extends { query: infer Q extends z.ZodType } ? z.output<Q> : undefined;
  body: E extends { body: infer B extends z.ZodType } ? z.output<B> : undefined;
  caller: CallerOf<E>;
  workspaceId: E['audience'] extends 'none' ? null : string;
  /** The version in `If-Match`; null where none was given. */
  ifMatch: number | null;
  /** The `Idempotency-Key` of an endpoint that sees to it itself; null where none was given. */
  key: string | null;
  deps: ApiDeps;
  /**
   * For reading. Under an Idempotency-Key it is the transaction of the whole request, so that a handler must read through
   * it and through nothing else: many such requests at once would otherwise wait for each other's connections.
   */
  sql: Sql | Transaction;
  /** One state change: a transaction of its own, or, under an Idempotency-Key, part of the request's. */
  change<T>(work: (unit: Change) => Promise<T>): Promise<T>;
  /** Aborted when the caller is gone. */
  signal: AbortSignal;
  /** What the caller would have as an answer; empty where it did not say. */
  accept: string;
  /** From where the caller came, for limits. */
  address: string;
}

export type Output<E extends Endpoint> = E extends { response: infer R extends z.ZodType } ? z.output<R> : void;
/** What it answers with; a response that is ready already goes out as it is. */
type Handler<E extends Endpoint> = (context: RouteContext<E>) => Promise<Output<E> | Response>;

/**
 * Registers an endpoint. In this order: the caller is identified and authorised; ids in the path must be UUIDs and versions numbers, else it is
 * 404 as if absent; query and body pass their schemas; `If-Match` and `Idempotency-Key` are read; the handler runs; its
 * answer goes out as JSON with the endpoint's status. What is thrown anywhere is answered by the app's error handler.
 * @param before what is done outside the request's transaction, such as calls to the outside; it may come twice under one key
 */
export function mount<const E extends Endpoint>(
  app: App,
  deps: ApiDeps,
  endpoint: E,
  handler: Handler<E>,
  before?: (context: RouteContext<E>) => Promise<void>,
): void {
  app.on(endpoint.method.toUpperCase(), endpoint.path, async (c) => {
    c.set('route', endpoint.path);
    const caller = await callerFor(c, deps, endpoint);
    const params = readParams(c);
    const query = endpoint.query && check(endpoint.query, readQuery(c));
    const body = endpoint.body && check(endpoint.body, await readJson(c, endpoint.bodyMax));
    const ifMatch = readIfMatch(c, endpoint.ifMatch);
    const key = endpoint.idempotent ? readIdempotencyKey(c) : null;
    const workspaceId = caller?.workspaceId ?? null;

    const context = (unit: Change | null): RouteContext<E> =>
      ({
        params,
        query,
        body,
        caller,
        workspaceId,
        ifMatch,
        key,
        deps,
        sql: unit?.sql ?? deps.db.sql,
        change: (work) => (unit ? work(unit) : change(deps.db, workspaceId ?? '', work)),
        signal: c.req.raw.signal,
        accept: c.req.header('accept') ?? '',
        address: clientAddress(c, deps.config.trustedProxies),
      }) as RouteContext<E>;
    const run = (unit: Change | null): Promise<Output<E> | Response> => handler(context(unit));

    await before?.(context(null));
    if (!caller || key === null || endpoint.idempotent === 'own') return answer(c, endpoint.status, await orMerged(deps, endpoint, caller, params, run(null)));
    const asked = { caller, key, method: c.req.method, path: c.req.path, body, seal: endpoint.idempotent === 'sealed' ? deps.config.encryptionKeys : null };
    const { status, body: given, replayed } = await orMerged(deps, endpoint, caller, params, once(deps.db, asked, endpoint.status, run));
    if (replayed) c.header('Idempotency-Replayed', 'true');
    return answer(c, status, given);
  });
}

/** What is done to a conversation that was merged is refused with the one that stands in its place, rather than as if there were none. */
async function orMerged<T>(deps: ApiDeps, endpoint: Endpoint, caller: Caller | null, { id }: Record<string, string>, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (!caller || caller.kind === 'visitor' || !id || !changesConversation(endpoint) || !(error instanceof ProblemError) || error.code !== 'not_found')
      throw error;
    const { sql } = deps.db;
    const there = await resolveConversation(sql, caller.workspaceId, id);
    if (!there || there === id) throw error;
    throw new ProblemError('already_merged', 'It was merged into another conversation.', {
      current: await poolItem(sql, caller.workspaceId, caller.id, there),
    });
  }
}

async function callerFor(c: Context<AppEnv>, deps: ApiDeps, endpoint: Endpoint): Promise<Caller | null> {
  if (endpoint.audience === 'none') return null;
  const caller = await deps.access.identify(c.req.header('authorization'));
  c.set('caller', caller);
  authorise(caller, endpoint);
  return caller;
}

/** Of a version in a path; everything else there is a UUID. */
const VERSION = /^[1-9]\d{0,8}$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function readParams(c: Context): Record<string, string> {
  return Object.fromEntries(
    Object.entries(c.req.param() as Record<string, string>).map(([name, value]) => {
      if (!(name === 'version' ? VERSION : UUID).test(value)) throw notFound();
      return [name, value.toLowerCase()];
    }),
  );
}

const answer = (c: Context, status: number, body: unknown): Response =>
  body instanceof Response ? body : status === 204 ? c.body(null, 204) : c.json(body, status as 200);
