/** What stands round every route: headers, the request's line in the log, its time in the metrics, and the answer to errors. */
import type { Context, MiddlewareHandler, Next } from 'hono';
import { inSpan } from '../tracing.ts';
import { apiHeaders, pageHeaders, preflight, requestId } from './cors.ts';
import type { App, ApiDeps, AppEnv } from './deps.ts';
import { ownPath } from './place.ts';
import { notFound, ProblemError, toProblem } from './problem.ts';

const isApi = (path: string): boolean => /^\/(v1|metrics|healthz|readyz)(\/|$)/.test(path);

/** Goes before all routes but the streams, whose answers cannot be touched once they have begun. */
export function frame(app: App, deps: ApiDeps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const began = performance.now();
    const path = ownPath(c);
    const asked = isApi(path) ? preflight(c, deps) : null;
    if (asked) return asked;
    deps.metrics.running.inc();
    try {
      await traced(c, deps, path, next);
    } finally {
      deps.metrics.running.dec();
    }
    // Inside a host's app it is the host that says what is not there, and a program that asked the API would not understand it.
    if (isApi(path) && c.get('route') === undefined && c.res.status === 404) c.res = answerMissing(app, c, deps, path);
    const headers = isApi(path) ? apiHeaders(c, deps) : pageHeaders(c);
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    note(c, deps, c.res.status, performance.now() - began);
  };
}

/**
 * A request of the API begins a trace, or goes on with that of a proxy which is believed. The span says no more of the address
 * than its pattern: paths and queries hold ids and signatures.
 */
function traced(c: Context<AppEnv>, { config }: ApiDeps, path: string, next: Next): Promise<void> {
  if (!path.startsWith('/v1/')) return next();
  const { method } = c.req;
  const from = config.trustedProxies > 0 ? c.req.header('traceparent') : undefined;
  return inSpan(
    method,
    { method },
    async (tell) => {
      await next();
      const route = c.get('route');
      tell({ route, status: c.res.status, workspaceId: c.get('caller')?.workspaceId }, route && `${method} ${route}`);
    },
    { from, kind: 'server' },
  );
}

/** One line a request: who asked what and how it went; no bodies, no query strings, no tokens. */
function note(c: Context<AppEnv>, { log, metrics }: ApiDeps, status: number, milliseconds: number): void {
  const route = c.get('route');
  metrics.answered(c.req.method, route, status, milliseconds / 1_000);
  const caller = c.get('caller');
  const line = {
    requestId: requestId(c),
    method: c.req.method,
    path: c.req.path.slice(0, 200),
    status,
    ms: Math.round(milliseconds),
    ...(caller ? { workspaceId: caller.workspaceId, caller: `${caller.kind}:${caller.id}` } : {}),
  };
  if (route === undefined) log.debug(line, 'request');
  else log.info(line, 'request');
}

/** Answers refusals as they are and faults without their insides, which go to the log under the request's id. */
export function handleErrors(app: App, deps: ApiDeps): void {
  app.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.status >= 500) deps.log.error({ requestId: requestId(c), path: c.req.path.slice(0, 200), err: problem.cause ?? error }, problem.code);
    else if (problem.code === 'invalid' && !(error instanceof ProblemError))
      deps.log.warn({ requestId: requestId(c), err: error }, 'a value that the schema let pass');
    return answerProblem(c, deps, problem);
  });
  app.notFound((c) => answerMissing(app, c, deps, c.req.path));
}

function answerMissing(app: App, c: Context<AppEnv>, deps: ApiDeps, path: string): Response {
  const allow = (isApi(path) ? methodsOf(app, path) : []).join(', ');
  return answerProblem(
    c,
    deps,
    allow === '' ? notFound() : new ProblemError('method_not_allowed', `This address takes ${allow}.`, { headers: { Allow: allow } }),
  );
}

/** Methods under which a path would have been answered. */
function methodsOf(app: App, path: string): string[] {
  const fits = (pattern: string): boolean => new RegExp(`^${pattern.replaceAll(/:[^/]+/g, '[^/]+')}$`).test(path);
  return [
    ...new Set(app.routes.filter(({ method, path: pattern }) => method !== 'ALL' && !pattern.includes('*') && fits(pattern)).map(({ method }) => method)),
  ];
}

/** A problem as an answer that stands by itself: also where no middleware adds anything to it. */
function answerProblem(c: Context<AppEnv>, deps: ApiDeps, problem: ProblemError): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...apiHeaders(c, deps), ...problem.headers, 'Content-Type': 'application/problem+json' },
  });
}
