import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { shoot, usePortal, wrongsOf } from '../support/portal.ts';

const openPortal = usePortal();

async function visit(query = 'theme=light', width = 1440): Promise<Page> {
  const page = await openPortal(query, width);
  await page.locator('conv-pool .row-link').first().waitFor();
  return page;
}

const field = (page: Page) => page.locator('conv-pool input[type=search]');
const marks = (page: Page) => page.locator('conv-pool .row mark').allTextContents();
/** What is painted in the lines of the open conversation. */
const painted = (page: Page, name: string): Promise<string[]> =>
  page.evaluate((of) => [...(CSS.highlights.get(of) ?? [])].map((range) => (range as Range).toString()), name);

describe('searching', { timeout: 60_000 }, () => {
  test.each([
    ['theme=light', 1440],
    ['theme=dark&lang=ar', 1440],
    ['theme=light', 390],
  ] as const)('suggests what narrows it, marks what it finds, and leads to the message, with %s at %s', async (query, width) => {
    const page = await visit(query, width);
    await field(page).focus();
    const options = page.locator('conv-pool #search-options [role=option]');
    await options.first().waitFor();
    await expect.poll(() => options.count()).toBe(5);
    await shoot(page, `options-${query}-${width}`);
    expect(await wrongsOf(page)).toEqual([]);
    await page.keyboard.type('fr');
    await expect.poll(() => options.count()).toBe(1);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => field(page).getAttribute('aria-activedescendant')).toBe('search-option-0');
    await page.keyboard.press('Enter');
    await expect.poll(() => field(page).inputValue()).toBe('from:');
    await page.keyboard.press('Escape');
    await expect.poll(() => options.count()).toBe(0);

    await field(page).fill('deliv');
    await expect.poll(() => marks(page)).toContain('deliv');
    await shoot(page, `found-${query}-${width}`);
    expect(await wrongsOf(page)).toEqual([]);
    // By keyboard: on a narrow screen somebody who asks to be transferred to may lie over the row.
    await page
      .locator('conv-pool .row', { has: page.locator('mark') })
      .first()
      .locator('.row-link')
      .press('Enter');
    const find = page.locator('conv-thread thread-find');
    await find.waitFor();
    await expect.poll(async () => (await painted(page, 'conv-found-here')).map((text) => text.toLowerCase())).toContain('deliv');
    await shoot(page, `thread-${query}-${width}`);
    expect(await wrongsOf(page)).toEqual([]);
    await find.locator('button').last().click();
    await expect.poll(() => find.count()).toBe(0);
    expect(await painted(page, 'conv-found-here')).toEqual([]);
  });

  test('goes to the next place and the one before, and finds nothing where nothing is', async () => {
    const page = await visit();
    await field(page).fill('the');
    await page
      .locator('conv-pool .row', { has: page.locator('mark') })
      .first()
      .waitFor();
    const rows = page.locator('conv-pool .row', { has: page.locator('.row-text mark') });
    const find = page.locator('conv-thread thread-find');
    const place = find.locator('.num');
    for (let at = 0; at < (await rows.count()); at += 1) {
      await rows.nth(at).locator('.row-link').click();
      await expect.poll(() => place.textContent()).toMatch(/^\d+ of \d+$/);
      if (!(await place.textContent())!.endsWith('of 1')) break;
    }
    const before = (await place.textContent())!;
    const [, here, all] = /^(\d+) of (\d+)$/.exec(before)!.map(Number);
    await find.locator('button').nth(1).click();
    await expect.poll(() => place.textContent()).toBe(`${(here! % all!) + 1} of ${all}`);
    await find.locator('button').nth(0).click();
    await expect.poll(() => place.textContent()).toBe(before);
    await page.keyboard.press('Escape');
    await expect.poll(() => find.count()).toBe(0);

    await field(page).fill('wordthatnobodywrote');
    await page.locator('conv-pool .empty, conv-pool .blank').first().waitFor();
    await shoot(page, 'nothing');
    expect(await wrongsOf(page)).toEqual([]);
  });

  test('that is refused because many search says so, and tries again by itself', async () => {
    const page = await visit();
    let refusals = 1;
    await page.route(/\/v1\/conversations\?.*q=deliv/, (route) =>
      refusals-- > 0
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            headers: { 'retry-after': '1', 'access-control-allow-origin': '*' },
            body: JSON.stringify({ type: 'urn:convene:problem:unavailable', title: 'x', status: 503, detail: 'x', code: 'unavailable' }),
          })
        : route.continue(),
    );
    await field(page).fill('deliv');
    await page.getByText('Many people are searching at the moment').waitFor();
    await shoot(page, 'busy');
    await expect.poll(() => marks(page), { timeout: 10_000 }).toContain('deliv');
  });
});
