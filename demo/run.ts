/** What `npm run demo` runs: the server, the providers' stand-ins, the pages. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../server/config.ts';
import { runUntilStopped, SetupError } from '../server/process.ts';
import { startServer } from '../server/start.ts';
import type { RunningServer } from '../server/start.ts';
import { mountPages } from './pages.ts';
import { mountDemo } from './routes.ts';
import { buildScripts } from './scripts.ts';
import { stage } from './stand-ins.ts';

/** The demo's secret lies beside its data, so that tokens outlive a restart. */
async function withSecret(environment: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (environment['CONVENE_SECRET']) return environment;
  const folder = environment['DATA_DIR'] || '.data';
  const file = join(folder, 'secret');
  try {
    return { ...environment, CONVENE_SECRET: await readFile(file, 'utf8') };
  } catch {
    const secret = randomBytes(36).toString('base64url');
    await mkdir(folder, { recursive: true });
    await writeFile(file, secret, { mode: 0o600 });
    return { ...environment, CONVENE_SECRET: secret };
  }
}

function isReset(): boolean {
  try {
    return parseArgs({ options: { reset: { type: 'boolean', default: false } } }).values.reset;
  } catch {
    throw new SetupError('The demo takes one option: npm run demo -- --reset');
  }
}

async function start(tell: (line: string) => void, elements: Promise<void>): Promise<Pick<RunningServer, 'stop'>> {
  const reset = isReset();
  const config = readConfig(await withSecret(process.env), 'demo');
  const scripts = buildScripts();
  scripts.catch(() => {});
  let endStandIns = async (): Promise<void> => {};
  const server = await startServer({
    config,
    reset,
    onProgress: tell,
    portTries: 20,
    prepare: async (app, deps) => {
      tell('Filling the workspace');
      const staged = await stage(deps);
      endStandIns = staged.providers.close;
      mountDemo(app, { ...deps, ...staged });
      mountPages(app, scripts, deps.publicUrl);
      await Promise.all([elements, scripts]);
      return staged.where;
    },
  });
  tell('Ready. Ctrl-C ends it; data stays until npm run demo -- --reset');
  process.stdout.write(`\n  ${server.url}/\n\n`);
  return {
    async stop() {
      await server.stop();
      await endStandIns();
    },
  };
}

/**
 * Goes on until it is asked to end.
 * @param tell told each step as it begins
 * @param elements done once they are built
 */
export const runDemo = (tell: (line: string) => void, elements: Promise<void>): Promise<void> => runUntilStopped(() => start(tell, elements));
