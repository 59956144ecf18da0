/** The demo in this process, on a database of its own, as `npm run demo` has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildElements } from '../../demo/elements.ts';
import { mountPages } from '../../demo/pages.ts';
import { mountDemo } from '../../demo/routes.ts';
import { buildScripts } from '../../demo/scripts.ts';
import { stage } from '../../demo/stand-ins.ts';
import type { Providers } from '../../demo/providers.ts';
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/start.ts';
import type { TestDatabase } from './postgres.ts';

/** What the demo signs with, and its accounts' secrets follow from. */
export const DEMO_SECRET = 'a secret that is long enough for HS256';

/** Bundled once for all files of a worker. */
let scripts: ReturnType<typeof buildScripts> | undefined;

export interface RunningDemo {
  url: string;
  stop(): Promise<void>;
}

/**
 * @param options.pages whether the pages and elements are served too; they are built where they are older than their sources
 * @param options.environment variables beside the usual ones
 * @param options.on the database, which its owner closes; one of this run's own unless told
 */
export async function startDemo({
  pages,
  environment = {},
  on,
}: {
  pages: boolean;
  environment?: Record<string, string>;
  on?: TestDatabase;
}): Promise<RunningDemo> {
  if (pages) await buildElements(() => {});
  // Only under vitest there is a Postgres of the run.
  const database = on ?? (await (await import('./database.ts')).createTestDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'convene-demo-'));
  const secret = DEMO_SECRET;
  const config = readConfig(
    { PORT: '0', DATABASE_URL: database.url, CONVENE_SECRET: secret, FILES_DIR: folder, LOG_LEVEL: 'silent', DATABASE_CONNECTIONS: '8', ...environment },
    'demo',
  );
  let providers: Providers | undefined;
  const server = await startServer({
    config,
    onProgress: () => {},
    prepare: async (app, deps) => {
      const staged = await stage(deps);
      providers = staged.providers;
      mountDemo(app, { ...deps, ...staged });
      if (pages) mountPages(app, (scripts ??= buildScripts()), deps.publicUrl);
      return staged.where;
    },
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await providers?.close();
      if (!on) await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
