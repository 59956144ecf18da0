/** The browser of the end-to-end tests. */
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { chromeFlags, findChrome } from './chrome.ts';

/** Starts a headless browser with an empty profile. The caller closes it. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChrome(), headless: true, args: chromeFlags });
}
