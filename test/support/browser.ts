/** The browser of the end-to-end tests. */
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext } from 'playwright-core';
import { chromeFlags, findChrome } from './chrome.ts';
import { pageFaults } from './page-faults.ts';

/** The browser of this worker's files, one after another: each starts with contexts of its own, and a start takes seconds of a processor. */
let shared: Promise<Browser> | undefined;

/**
 * A headless browser with an empty profile, which notes what elements log or throw in any of its pages. The caller closes it:
 * under vitest that ends what is open in it, and the next file goes on with it; it ends with the worker.
 * @param flags beside the usual ones; with them it is the caller's own
 */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  if (flags.length > 0 || process.env['VITEST'] === undefined) return start(flags);
  return (shared ??= keep());
}

async function keep(): Promise<Browser> {
  const browser = await start([]);
  browser.on('disconnected', () => (shared = undefined));
  browser.close = async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  };
  return browser;
}

async function start(flags: readonly string[]): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: findChrome(), headless: true, args: [...chromeFlags, ...flags] });
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => listen(await open(options));
  return browser;
}

/** Elements of ours come from this folder; what the browser itself says of a request that failed is no word of theirs. */
const ours = '/widgets/';
const ofBrowser = /^Failed to load resource/;

function listen(context: BrowserContext): BrowserContext {
  context.on('console', (message) => {
    if (message.location().url.includes(ours) && !ofBrowser.test(message.text())) pageFaults.push(`console.${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    if (error.stack?.includes(ours)) pageFaults.push(`thrown: ${error.stack}`);
  });
  return context;
}
