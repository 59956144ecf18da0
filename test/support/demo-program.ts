/** The demo as a process of its own. */
import { demoClient } from './demo-client.ts';
import type { DemoClient } from './demo-client.ts';
import { launch } from './process.ts';
import type { Program } from './process.ts';
import { programOf } from './programs.ts';

export interface DemoProgram {
  program: Program;
  demo: DemoClient;
  url: string;
}

/** Starts it, without its pages, on a database, and waits until it answers. @param environment variables beside the usual ones */
export async function startDemoProgram(database: { url: string }, environment: Record<string, string> = {}): Promise<DemoProgram> {
  const program = launch(process.execPath, [await programOf('demo')], process.cwd(), {
    PORT: '0',
    DATABASE_URL: database.url,
    CONVENE_SECRET: 'a secret that several processes share',
    LOG_LEVEL: 'error',
    DATABASE_CONNECTIONS: '8',
    ...environment,
  });
  const [, url = ''] = await program.says(/ready (http:\S+)/);
  return { program, demo: demoClient(url), url };
}
