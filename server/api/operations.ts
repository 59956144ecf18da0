/** Routes for those who run the server. */
import { isMigrated } from '../db/migrate.ts';
import type { ApiDeps, App } from './deps.ts';

export function operationRoutes(app: App, { db, metrics, stopping }: ApiDeps): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const ready = !stopping.aborted && (await isMigrated(db.sql).catch(() => false));
    return c.json({ status: ready ? 'ready' : 'not ready' }, ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }));
}
