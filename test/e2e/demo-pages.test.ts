import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { giveEyes } from '../prove/a11y-page.ts';
import { launchBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { differences } from '../support/manifest-page.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import { keepSilent } from '../support/silent-elements.ts';

let demo: RunningDemo;
let browser: Browser;
let context: BrowserContext;
let faults: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  faults = [];
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
});

async function visit(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(demo.url + path);
  return page;
}
/** Rows with a conversation in them, not those that only hold its place. */
const rows = (page: Page) => page.locator('conv-pool .row:has(.row-link)');

keepSilent();

describe('the demo’s pages', { timeout: 60_000 }, () => {
  test.each([
    '/',
    '/portal.html',
    '/shop.html',
    '/hostile.html',
    '/reference.html',
  ])('%s leaves no tag undefined and refuses nothing of its own', async (path) => {
    const page = await visit(path);
    await page.waitForFunction(() => document.querySelectorAll(':not(:defined)').length === 0);
  });

  test('what a customer writes in the shop shows in the portal, and an operator’s answer in the shop', async () => {
    const portal = await visit('/portal.html?as=ben');
    await rows(portal).first().waitFor();
    const shop = await visit('/shop.html?as=margit');
    await shop.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    await shop.locator('conv-chat textarea').fill('I’d like to talk to a person, please.');
    await shop.keyboard.press('Enter');
    await shop.locator('conv-chat .say', { hasText: 'Wir geben Sie an einen Menschen weiter' }).waitFor({ timeout: 20_000 });
    const row = rows(portal).filter({ hasText: 'Margit Bauer' });
    await row.getByText('Waits for a person').waitFor({ timeout: 20_000 });
    await row.locator('.row-link').click();
    await portal.locator('conv-thread textarea').fill('Guten Tag Frau Bauer, hier ist Ben.');
    await portal.keyboard.press('Control+Enter');
    await shop.locator('conv-chat .say', { hasText: 'hier ist Ben' }).waitFor({ timeout: 20_000 });
  });

  test('the portal’s address leads to the open conversation', async () => {
    const page = await visit('/portal.html');
    await rows(page).filter({ hasText: 'Marta Oliveira' }).locator('.row-link').click();
    await page.locator('handoff-banner').getByText('Marta asked for a person').waitFor();
    const again = await visit(new URL(page.url()).pathname + new URL(page.url()).search);
    await again.locator('conv-thread h2', { hasText: 'Marta Oliveira' }).waitFor();
  });

  test('the panel plays a message and shows what went out', async () => {
    const page = await visit('/');
    await page.getByRole('tab', { name: 'All' }).click();
    await page.locator('select[name=channel]').selectOption('whatsapp');
    await page.getByRole('button', { name: 'Play it' }).click();
    await page.getByText('The webhook answered 200').waitFor();
    await page.locator('.out li', { hasText: '+31655501842' }).waitFor({ timeout: 20_000 });
  });

  test('another company sees its own conversations only', async () => {
    const page = await visit('/portal.html?as=rita');
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe(2);
    expect(await page.getByText('Marta Oliveira').count()).toBe(0);
  });

  test('the reference says of each element what it is, and nothing else', async () => {
    await context.addInitScript({ path: axe });
    const page = await visit('/reference.html');
    for (const tag of await page.locator('.list a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).hash.slice(1)))) {
      await page.evaluate((to) => (location.hash = to), tag);
      await page.locator('main h2', { hasText: `<${tag}>` }).waitFor();
      if (tag === 'conv-chat') await page.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
      await expect.poll(() => page.evaluate(differences, tag), { message: tag }).toEqual([]);
    }
    await page.goto(`${demo.url}/reference.html#conv-details`);
    await page.locator('conv-details').getByRole('heading', { name: /\w/ }).first().waitFor();
    expect(await wrongsOf(page, false)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('searchbox', { name: 'Search the reference' }).fill('has-');
    await expect.poll(() => page.locator('.list li:visible').allTextContents()).toEqual(['conv-thread3', 'conv-details1', 'conv-tickets1']);
  });

  test('read made twice as large, and at 320 pixels, nothing is cut and nothing is scrolled sideways', async () => {
    await context.addInitScript(giveEyes);
    const wrongs = async (page: Page, where: string): Promise<string[]> => {
      const found: string[] = [];
      // A window of 1280 by 900 at 200 %, and one of 1280 at 400 %.
      for (const [width, height] of [
        [640, 450],
        [320, 450],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        found.push(
          ...(await page.evaluate(() => [...window.eyes.outside(), ...window.eyes.sideways(), ...window.eyes.cut()])).map(
            (one) => `${where}, ${width}: ${one}`,
          ),
        );
      }
      return found;
    };
    const portal = await visit('/portal.html?as=ana');
    await rows(portal).first().waitFor();
    const found = await wrongs(portal, 'inbox');
    await rows(portal).first().locator('.row-link').click();
    await portal.locator('conv-log .line').first().waitFor();
    found.push(...(await wrongs(portal, 'thread')));
    await portal.evaluate(() => (location.hash = '#settings'));
    await portal.locator('conv-settings .shown h1').waitFor();
    found.push(...(await wrongs(portal, 'settings')));
    const shop = await visit('/shop.html');
    await shop.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    await shop.locator('conv-chat textarea').waitFor();
    expect([...found, ...(await wrongs(shop, 'chat'))]).toEqual([]);
  });
});
