/** What floats over the portal stays clear of where people write and answer, in a real browser over the real server. */
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { usePortal } from '../support/portal.ts';

const open = usePortal();

/** Whether two things on screen have a pixel in common. */
async function meet(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (!a || !b) throw new Error('one of them is not on screen');
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

async function read(page: Page, who: string): Promise<void> {
  await page.locator('conv-pool .row-link', { hasText: who }).click();
  await page.locator('conv-thread h2', { hasText: who }).waitFor();
  await page.locator('conv-composer form').waitFor();
}

describe('what floats', { timeout: 60_000 }, () => {
  for (const [lang, width] of [
    ['en', 1440],
    ['ar', 1024],
    ['de', 1024],
    ['en', 390],
  ] as const) {
    test(`a question to take over, and what was done, leave the open conversation free: ${lang}, ${width} wide`, async () => {
      const page = await open(`as=ana&lang=${lang}`, width);
      const asked = page.locator('transfer-asks transfer-banner');
      await asked.waitFor();
      await read(page, 'Marta Oliveira');
      for (const part of ['conv-thread .thread-head', 'conv-thread handoff-banner', 'conv-composer form'])
        expect(await meet(asked, page.locator(part)), part).toBe(false);
      await page.locator('conv-thread h2').focus();
      await page.keyboard.press('l');
      const toast = page.locator('.toast');
      await toast.waitFor();
      for (const part of ['conv-composer form', 'transfer-asks transfer-banner']) expect(await meet(toast, page.locator(part)), part).toBe(false);
    });
  }

  test('what was done with a draft leaves the next one to be decided on a phone', async () => {
    const page = await open('as=ana#drafts', 390);
    const draft = page.locator('conv-drafts draft-review');
    await draft.getByRole('button', { name: 'Reject' }).click();
    await draft
      .getByRole('button', { name: /^Reject/ })
      .last()
      .click();
    const toast = page.locator('.toast');
    await toast.waitFor();
    await draft.getByRole('button', { name: /Approve/ }).waitFor();
    await expect.poll(() => meet(toast, draft)).toBe(false);
  });

  test('what was saved leaves free what saves the next, on a phone', async () => {
    const page = await open('as=ana#settings', 390);
    await page.locator('conv-settings .set-choice select').selectOption({ label: 'Nova' });
    const instructions = page.locator('conv-settings textarea').first();
    const save = page.locator('conv-settings .save');
    await instructions.fill('Be short and warm.');
    await save.getByRole('button', { name: 'Save and use' }).click();
    const toast = page.locator('.toast');
    await toast.waitFor();
    await instructions.fill('Be warm and short.');
    await save.getByRole('button', { name: 'Discard' }).waitFor();
    expect(await meet(toast, save)).toBe(false);
  });

  test('a question that is put away by keys leaves them in the list', async () => {
    const page = await open('as=ana', 1440);
    const asked = page.locator('transfer-asks transfer-banner');
    await asked.getByRole('button', { name: 'Dismiss' }).focus();
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('conv-pool .row-link:focus').count()).toBe(1);
  });
});
