/** Runs once before vitest's workers: the one Postgres of the run, and the programs that tests start. */
import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres.ts';
import { buildPrograms } from './programs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** See `createTestDatabase`. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server] = await Promise.all([startTestPostgres(), buildPrograms()]);
  project.provide('postgresUrl', server.adminUrl);
  return () => server.stop();
}
