/** Routes for those who run the server. */
import { setTimeout as delay } from 'node:timers/promises';
import { isMigrated } from '../db/migrate.ts';
import type { ApiDeps, App } from './deps.ts';

/** Milliseconds after which a database that has not answered makes a process unready: whoever asks waits for little more. */
const ANSWER_MS = 2_000;

export function operationRoutes(app: App, { db, metrics, stopping }: ApiDeps): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const answered = new AbortController();
    const late = delay(ANSWER_MS, false, { signal: answered.signal }).catch(() => false);
    const ready = !stopping.aborted && (await Promise.race([isMigrated(db.sql).catch(() => false), late]));
    answered.abort();
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }));
}
