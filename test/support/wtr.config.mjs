import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { tsImport } from 'tsx/esm/api';
import { summary } from './wtr-summary.mjs';

const { chromeFlags, findChrome } = await tsImport('./chrome.ts', import.meta.url);
const { apiPlugin } = await tsImport('./wtr-api.ts', import.meta.url);
const { chatApiPlugin } = await tsImport('./wtr-chat-api.ts', import.meta.url);
const project = fileURLToPath(new URL('../..', import.meta.url));
/** Where `verify.ts` wants the counts. */
const summaryFile = process.env.TEST_SUMMARY;

/** What the build replaces, for packages that ask which build this is. */
const environment = {
  name: 'environment',
  transform: ({ path, body }) => (path.includes('/@tanstack/') ? { body: body.replaceAll('process.env.NODE_ENV', '"production"') } : undefined),
};

/** A page behind another is not drawn: no frames, no focus, no scroll events. This keeps each as if it were in front. */
async function alive({ context }) {
  const page = await context.newPage();
  const session = await page.createCDPSession();
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

/** Tests of the elements, in real Chromium. Files import `expect` from `chai` and use mocha's `describe` and `it`. */
export default {
  rootDir: project,
  files: ['test/widgets/**/*.test.ts'],
  nodeResolve: true,
  // A second page would lie in the background, where nothing paints and nothing has the focus.
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 60_000, forbidOnly: true, forbidPending: true } },
  reporters: [defaultReporter(), ...(summaryFile ? [summary(summaryFile)] : [])],
  plugins: [environment, apiPlugin(), chatApiPlugin(), esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${project}tsconfig.json` })],
  browsers: [chromeLauncher({ launchOptions: { executablePath: findChrome(), args: chromeFlags }, createPage: alive })],
};
