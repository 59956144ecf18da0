/** The demo's portal in a real browser, for the tests of one file: started before the first, each page closed after its test. */
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { giveEyes } from '../prove/a11y-page.ts';
import { launchBrowser } from './browser.ts';
import { demoClient } from './demo-client.ts';
import type { DemoClient } from './demo-client.ts';
import { startDemo } from './demo.ts';
import type { RunningDemo } from './demo.ts';
import { keepSilent } from './silent-elements.ts';

/** Adds axe to pages. */
export const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Opens the portal at a query, with a hash where one is wanted; `before` is done with the page before it loads. */
export interface OpenPortal {
  (query: string, width: number, before?: (page: Page) => Promise<void>): Promise<Page>;
  /** Calls to the demo beside the page. */
  client(): DemoClient;
}

/** Starts the demo and a browser for the tests of this file, in which elements keep silent. */
export function usePortal(): OpenPortal {
  let demo: RunningDemo | undefined;
  let browser: Browser | undefined;
  let page: Page | undefined;
  let client: DemoClient | undefined;
  keepSilent();
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
    client = demoClient(demo.url);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  afterEach(() => page?.close());
  const open = async (query: string, width: number, before?: (page: Page) => Promise<void>): Promise<Page> => {
    // Without motion: a colour that is measured while something fades in is nobody's.
    page = await browser!.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await page.addInitScript({ path: axe });
    await page.addInitScript(giveEyes);
    await before?.(page);
    await page.goto(`${demo!.url}/portal.html?${query}`);
    return page;
  };
  return Object.assign(open, { client: () => client! });
}

/** What axe finds wrong on a whole page by WCAG 2.2 A and AA. @param frames look into its frames too */
export function wrongsOf(page: Page, frames = true): Promise<string[]> {
  return page.evaluate(async (iframes) => {
    const { violations } = (await window.axe.run(document.documentElement, {
      iframes,
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })) as AxeResults;
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
  }, frames);
}

/** What axe finds wrong in what has just opened over a page, a menu or a dialog. */
export function wrongsIn(opened: Locator): Promise<string[]> {
  return opened.evaluate(async (node) => {
    const { violations } = (await window.axe.run(node, {
      iframes: false,
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })) as AxeResults;
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
  });
}

/** What axe does not look for: targets that are too small, what moves although nothing should, what reaches past the window, and marks that are hard to see. */
export function unseenWrongs(page: Page): Promise<string[]> {
  return page.evaluate(() => [...window.eyes.small(), ...window.eyes.moving(), ...window.eyes.outside(), ...window.eyes.faint()]);
}

/** Takes a picture of a page, where `SHOTS` names a folder for them. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Opens a section of the settings by its entry at the side. */
export async function openSection(page: Page, name: string): Promise<void> {
  await page.locator('conv-settings .set-nav a', { hasText: name }).click();
  await page.locator('conv-settings .shown h1', { hasText: name }).waitFor();
}
