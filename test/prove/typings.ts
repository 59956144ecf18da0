/** The samples of other frameworks: their compilers find the mistakes in them and nothing else, and their pages work in a browser. */
import { join } from 'node:path';
import { build } from 'vite';
import { launchBrowser } from '../support/browser.ts';
import { compileSample } from '../support/consumer.ts';
import { demoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import { pageFaults } from '../support/page-faults.ts';
import type { TestDatabase } from '../support/postgres.ts';
import { runSample } from '../support/run-sample.ts';

const samples = ['react', 'vue', 'svelte'] as const;

/** @returns what is wrong with which sample */
export async function proveTypings(database: TestDatabase, say: (progress: string) => void): Promise<string[]> {
  const wrong: string[] = [];
  for (const sample of samples) {
    say(`${sample} is compiled`);
    const { said } = await compileSample(sample);
    if (said) wrong.push(`${sample}: ${said}`);
  }
  await build({ root: join(import.meta.dirname, '../..'), mode: 'modules', logLevel: 'silent' });
  const [demo, browser] = await Promise.all([startDemo({ pages: true, on: database }), launchBrowser()]);
  try {
    const token = await demoClient(demo.url).token('ana');
    for (const sample of samples) {
      say(`${sample} is run`);
      await runSample(browser, sample, demo.url, token).catch((error: unknown) =>
        wrong.push(`${sample}: ${error instanceof Error ? error.message : String(error)}`),
      );
      wrong.push(...pageFaults.splice(0).map((fault) => `${sample}: ${fault}`));
    }
  } finally {
    await browser.close();
    await demo.stop();
  }
  return wrong;
}
