/** The whole HTTP side on a port of its own, over a test database, with tokens of a host and calls through the front door. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { createMetrics } from '../../server/api/metrics.ts';
import { makeOutside } from '../../server/channels/outside.ts';
import { createApp } from '../../server/app.ts';
import type { App, AppDeps } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import type { Problem } from '../../server/contract/common.ts';
import type { Db } from '../../server/db/change.ts';
import { openSearch } from '../../server/db/search-budget.ts';
import { openSignals } from '../../server/db/signals.ts';
import { listen } from '../../server/http.ts';
import { createLog } from '../../server/log.ts';
import { createModels } from '../../server/model/provider.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { errorCode } from '../../server/process.ts';
import { expectDescribed } from './described.ts';
import type { TestDatabase } from './postgres.ts';
import { createWorld } from './world.ts';
import type { World, WorldOptions } from './world.ts';

const SECRET = 'a secret for tests that is long enough, and no other';

/** An answer, its body read. `body` is what the contract says, as far as the test knows. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface CallOptions {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as it is, instead of `body`. */
  raw?: BodyInit;
}

export interface TestApi {
  url: string;
  app: App;
  db: Db;
  deps: AppDeps;
  /** Lines of the log so far. */
  logged(): string;
  /** Makes a workspace with people, agents and a chat account. */
  world(options?: WorldOptions): Promise<World>;
  call<T = unknown>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  /** The same for what must be refused; `code` is of the problem. */
  refused(method: string, path: string, options?: CallOptions): Promise<Answer<Problem> & { code: string }>;
  stop(): Promise<void>;
}

interface ApiOptions {
  /** Environment variables beside the secret. */
  environment?: Record<string, string>;
  /** The built-in model, unless told. */
  models?: AppDeps['models'];
}

export async function startApi(database: TestDatabase, options: ApiOptions = {}): Promise<TestApi> {
  const config = readConfig({ CONVENE_SECRET: SECRET, ALLOWED_ORIGINS: 'https://host.example', ...options.environment }, 'production');
  const sql = database.openPool();
  const db: Db = { sql, signals: await openSignals(sql) };
  const lines: string[] = [];
  const http = await listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${http.port}`;
  const stopping = new AbortController();
  const deps: AppDeps = {
    config,
    db,
    search: openSearch(database.url),
    publicUrl: 'https://inbox.example',
    stopping: stopping.signal,
    models: options.models ?? createModels({}),
    metrics: createMetrics(sql),
    outside: { apiBases: config.apiBases, ...makeOutside(config.privateHosts) },
    log: createLog('debug', {
      write(line) {
        lines.push(line);
        if (process.env['TEST_LOG'] && /"level":"(error|fatal)"/.test(line)) process.stderr.write(line);
      },
    }),
  };
  const app = createApp(deps);
  const stopBeating = await keepBeating(db, 'web');
  http.handle(getRequestListener(app.fetch));

  const call = async <T>(method: string, path: string, { token, body, headers, raw }: CallOptions = {}): Promise<Answer<T>> => {
    const ask = (): Promise<Response> =>
      fetch(url + path, {
        method,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: raw ?? (body === undefined ? null : JSON.stringify(body)),
      });
    // After a body that was refused half-way the server closes the connection, which this process may be about to use again.
    const response = await ask().catch((error: unknown) => {
      if (error instanceof Error && errorCode(error.cause) === 'UND_ERR_SOCKET') return ask();
      throw error;
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answered = (isJson ? JSON.parse(text) : undefined) as T;
    if (isJson) expectDescribed(method, path, response.status, (answered as { code?: unknown } | undefined)?.code);
    return { status: response.status, headers: response.headers, text, body: answered };
  };

  return {
    url,
    app,
    db,
    deps,
    call,
    logged: () => lines.join(''),
    world: (world) => createWorld(db, world),
    async refused(method, path, callOptions) {
      const answer = await call<Problem>(method, path, callOptions);
      return { ...answer, code: answer.body?.code ?? `no problem: ${answer.status} ${answer.text.slice(0, 200)}` };
    },
    async stop() {
      stopping.abort();
      await http.drain(2_000);
      await deps.search.close();
      await stopBeating();
      await db.signals.close();
    },
  };
}

export type Who = 'ana' | 'ben';

/** Claims of Ana, an admin, or Ben, as the host would sign them; each can be changed or, with `undefined`, left out. */
export function operatorClaims(world: Pick<World, 'slug'>, who: Who = 'ana', change: Record<string, unknown> = {}): JWTPayload {
  const people = { ana: { sub: 'ana', name: 'Ana Duarte', role: 'admin' }, ben: { sub: 'ben', name: 'Ben Okafor', role: 'operator' } };
  const claims = { ...people[who], workspace: world.slug, aud: 'operator', exp: Math.floor(Date.now() / 1_000) + 3_600, ...change };
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)) as JWTPayload;
}

/** A token of the host. */
export const operatorToken = (world: Pick<World, 'slug'>, who: Who = 'ana', change: Record<string, unknown> = {}): Promise<string> =>
  sign(operatorClaims(world, who, change));

/** A customer's token of the host. */
export const visitorIdentity = (claims: Record<string, unknown> = {}): Promise<string> =>
  sign({ sub: 'customer-7', aud: 'visitor', exp: Math.floor(Date.now() / 1_000) + 600, ...claims });

export const sign = (claims: JWTPayload, secret = SECRET): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));

/** A token that says of itself that it needs no signature. */
export const unsigned = (claims: JWTPayload): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
};

/** A key pair of a host, and its public part as a key set shows it. */
export function hostKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' } };
}

export const idempotencyKey = (): string => randomBytes(12).toString('hex');
