import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { keepSilent } from '../support/silent-elements.ts';
import { version } from '../../widgets/ui/define.ts';

let demo: RunningDemo;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(`${demo.url}/hostile.html`);
});
afterEach(async () => {
  // Whatever was done: nothing of ours was refused by the page's policy, and nothing failed.
  expect(await page.evaluate(() => window.violations)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});
keepSilent();

const rowOf = (name: string) => page.locator('conv-pool .row', { hasText: name }).first();
const open = async (name: string) => {
  await rowOf(name).locator('.row-link').click();
  await page.locator('conv-thread h2', { hasText: name }).waitFor();
};
const hotkeys = () => page.evaluate(() => window.hotkeys);

describe('on a page that resets every style, spoils globals and allows nothing inline', { timeout: 60_000 }, () => {
  test('the page is what it says: isolated, with Trusted Types, another Lit and its own hotkeys', async () => {
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    await page.locator('host-clock').getByText(':').waitFor();
    await expect(page.evaluate(() => document.body.setHTMLUnsafe('<i></i>'))).rejects.toThrow(/TrustedHTML/);
    await page.keyboard.press('x');
    expect(await hotkeys()).toEqual(['x']);
    await page.evaluate(() => (window.violations = []));
  });

  test('the inbox shows, reads and answers, and the page’s hotkeys do not fire from its fields', async () => {
    await open('Jonas Weidmann');
    const composer = page.locator('conv-thread textarea');
    await composer.click();
    await page.keyboard.type('The courier has the parcel, jkgr.');
    expect(await hotkeys()).toEqual([]);
    expect(await composer.inputValue()).toBe('The courier has the parcel, jkgr.');
    await page.keyboard.press('Control+Enter');
    await page.locator('conv-thread .msg', { hasText: 'The courier has the parcel, jkgr.' }).waitFor();
  });

  test('search, filters and menus open above the page and close again', async () => {
    await page.locator('conv-pool input[type=search]').click();
    await page.keyboard.type('Priya');
    await rowOf('Priya Raman').locator('mark').first().waitFor();
    expect(await hotkeys()).toEqual([]);
    await open('Priya Raman');
    await page.locator('conv-thread').getByRole('button', { name: 'More actions' }).click();
    const item = page.locator('conv-thread [role=menuitem]').first();
    await item.waitFor();
    const box = (await item.boundingBox())!;
    const onTop = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x!, y!)?.closest('conv-provider') !== null,
      [box.x + box.width / 2, box.y + box.height / 2],
    );
    expect(onTop).toBe(true);
    await page.keyboard.press('Escape');
    await item.waitFor({ state: 'hidden' });
  });

  test('filters, notifications, the menus of the panel and every dialog open and close, and what is typed there stays there', async () => {
    const pool = page.locator('conv-pool');
    const thread = page.locator('conv-thread');
    const details = page.locator('conv-details');
    const closed = (what: Locator) => what.waitFor({ state: 'hidden' });

    await pool.getByRole('button', { name: 'Filter' }).first().click();
    const filter = pool.getByRole('dialog').first();
    await filter.getByRole('checkbox').first().waitFor();
    await page.keyboard.type('jkx');
    await page.keyboard.press('Escape');
    await closed(filter);
    await pool.getByRole('button', { name: /Notifications/ }).click();
    await pool.locator('.pool-news').waitFor();
    await page.keyboard.press('Escape');
    await closed(pool.locator('.pool-news'));
    await pool.locator('.row-pick').nth(1).click({ force: true });
    await pool.getByText('1 selected').first().waitFor();
    await page.keyboard.press('Escape');

    await open('Marta Oliveira');
    for (const fact of ['Assignee', 'Agent', 'Reply mode', 'Department', 'Priority', 'Add tag']) {
      await details
        .getByRole('button', { name: new RegExp(fact) })
        .first()
        .click();
      const menu = details.locator('[popover]:popover-open');
      await menu.waitFor();
      await page.keyboard.press('Escape');
      await closed(menu);
    }
    const dialogs: [Locator, Locator][] = [
      [thread.getByRole('button', { name: 'Transfer to AI' }).first(), thread.locator('dialog[open]')],
      [thread.getByRole('button', { name: 'Resume Nova' }), thread.locator('handoff-banner dialog[open]')],
      [details.getByRole('button', { name: 'Pause' }), details.locator('dialog[open]')],
      [details.getByRole('button', { name: /Log/ }).first(), details.locator('dialog[open]')],
    ];
    for (const [button, dialog] of dialogs) {
      await button.click();
      await dialog.waitFor();
      await dialog.locator('input:not([type=radio]), textarea').last().focus();
      await page.keyboard.type('jkx');
      await page.keyboard.press('Escape');
      await closed(dialog);
    }
    expect(await hotkeys()).toEqual([]);
  });

  test('a draft is shown and approved', async () => {
    await open('Hanne Vestergaard');
    await page
      .locator('draft-review')
      .getByRole('button', { name: /Approve/ })
      .click();
    await page.locator('conv-thread .msg', { hasText: 'the Wren also comes in sand' }).waitFor();
    await page
      .locator('draft-review')
      .getByRole('button', { name: /Approve/ })
      .waitFor({ state: 'hidden' });
  });

  test('the chat opens, sends and is answered, above what the page puts on top', async () => {
    await page.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    const field = page.locator('conv-chat textarea');
    await field.click();
    await page.keyboard.type('Are you open on Saturday?');
    await page.keyboard.press('Enter');
    await page.locator('conv-chat .say', { hasText: '10:00 to 16:00' }).waitFor({ timeout: 20_000 });
    expect(await hotkeys()).toEqual([]);
    const inFront = await field.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2)?.localName;
    });
    expect(inFront).toBe('conv-chat');
  });

  test('none of the page’s looks reach inside, and ours do not leave', async () => {
    await open('Dmitri Halloran');
    const looks = await page.evaluate(() => {
      const deep = (root: ParentNode): Element[] =>
        [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? deep(element.shadowRoot) : [])]);
      const ours = deep(document.querySelector('conv-inbox')!.shadowRoot!).filter((element) => element.checkVisibility());
      const styles = ours.map((element) => getComputedStyle(element));
      return {
        magenta: styles.filter((style) => style.color === 'rgb(255, 0, 255)').length,
        crimson: styles.filter((style) => style.backgroundColor === 'rgb(220, 20, 60)').length,
        spaced: styles.filter((style) => Number.parseFloat(style.letterSpacing) > 2).length,
        turned: styles.filter((style) => style.rotate !== 'none' || style.textTransform === 'uppercase').length,
        serif: styles.filter((style) => style.fontFamily.includes('Georgia')).length,
        count: ours.length,
        clock: getComputedStyle(document.querySelector('host-clock')!).fontFamily,
      };
    });
    expect(looks).toMatchObject({ magenta: 0, crimson: 0, spaced: 0, turned: 0, serif: 0 });
    expect(looks.count).toBeGreaterThan(200);
    expect(looks.clock).toContain('Georgia');
  });

  test('elements may be taken out and put back, twice on one page', async () => {
    await rowOf('Dmitri Halloran').waitFor();
    await page.evaluate(() => {
      const provider = document.querySelector('conv-provider')!;
      const main = provider.parentElement!;
      provider.remove();
      main.append(provider);
      provider.append(document.createElement('conv-pool'));
    });
    await page.locator('conv-inbox').locator('conv-pool .row').first().waitFor();
    await page.locator('conv-provider > conv-pool .row').first().waitFor();
  });

  test('another version of ourselves says that it is not needed, and the first goes on working', { timeout: 120_000 }, async () => {
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Reflect.set(window, 'heard', heard);
      document.addEventListener('conv-version', (event) => heard.push((event as CustomEvent<unknown>).detail));
    });
    // The same scripts, as they may come to be: the settings are drawn otherwise.
    await page.route(`${demo.url}/next/widgets/**`, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace('/next/', '/') });
      const body = (await response.text()).replaceAll(`\`${version}\``, "'9.0.0'").replaceAll('set-nav', 'next-nav');
      await route.fulfill({ response, body });
    });
    await page.route(`${demo.url}/hostile.html`, async (route) => {
      const response = await route.fetch();
      const second = ['convene', 'chat'].map((name) => `<script type="module" src="/next/widgets/${name}.js"></script>`).join('');
      await route.fulfill({ response, body: (await response.text()).replace('</head>', `${second}</head>`) });
    });
    await page.goto(`${demo.url}/hostile.html`);
    const said = { running: version, refused: '9.0.0' };
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard') as unknown)).toEqual([said, said]);

    const settings = page.waitForResponse((response) => /\/next\/widgets\/conv-settings-/.test(response.url()));
    await page.evaluate(() => document.querySelector('conv-provider')!.append(document.createElement('conv-settings')));
    await settings;
    await page.locator('conv-settings .set-nav').first().waitFor();
    expect(await page.locator('conv-settings .next-nav').count()).toBe(0);
    await page.locator('conv-settings').evaluate((element) => element.remove());
    await open('Jonas Weidmann');
    await page.locator('conv-thread textarea').fill('Written beside another version');
    await page.keyboard.press('Control+Enter');
    await page.locator('conv-thread .msg', { hasText: 'Written beside another version' }).waitFor();
    await page.locator('conv-chat').getByRole('button', { name: 'Open chat' }).click();
    await page.locator('conv-chat').getByRole('dialog').waitFor();
    expect(await page.evaluate(() => Reflect.get(window, 'heard') as unknown)).toEqual([said, said]);
  });
});
