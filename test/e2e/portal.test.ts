import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { usePortal, wrongsOf } from '../support/portal.ts';

let page: Page;
const openPortal = usePortal();

async function visit(query: string, width = 1440): Promise<void> {
  page = await openPortal(query, width);
  await page.locator('conv-pool .row-link').first().waitFor();
}

/** What axe finds wrong, and where that was. */
const wrongs = async (where: string): Promise<string[]> => (await wrongsOf(page)).map((one) => `${where}: ${one}`);

async function open(name: string): Promise<void> {
  await page.locator('conv-pool .row', { hasText: name }).first().locator('.row-link').click();
  await page.locator('conv-thread h2', { hasText: name }).waitFor();
  await page.locator('conv-composer form').waitFor();
  await page.locator('conv-details .timeline li').first().waitFor();
}

/** What stands outside of the inbox, to a side. */
const outside = (): Promise<string[]> =>
  page.evaluate(() => {
    const deep = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
    const inbox = document.querySelector('conv-inbox')!;
    const { left, right } = inbox.getBoundingClientRect();
    return deep(inbox.shadowRoot!)
      .filter((one) => one.matches('button, a, input, textarea, h2, h3, time') && one.checkVisibility({ visibilityProperty: true }) && !one.closest('.sr, .skips'))
      .filter((one) => one.getBoundingClientRect().width > 1 && (one.getBoundingClientRect().left < left - 1 || one.getBoundingClientRect().right > right + 1))
      .map((one) => `${one.localName}.${one.className} ${one.textContent?.trim().slice(0, 40) ?? ''}`);
  });

/** The element with the focus, by its tag, class and name, and whether one sees that it has it. */
const focused = (): Promise<{ at: string; within: string; seen: boolean }> =>
  page.evaluate(() => {
    let at = document.activeElement;
    const path: string[] = [];
    while (at) {
      path.push(at.localName);
      if (!at.shadowRoot?.activeElement) break;
      at = at.shadowRoot.activeElement;
    }
    const style = at ? getComputedStyle(at) : undefined;
    const box = at?.closest('.composer, label, .field') ?? at;
    const around = box ? getComputedStyle(box) : undefined;
    const shown = (one?: CSSStyleDeclaration): boolean => one !== undefined && ((one.outlineStyle !== 'none' && one.outlineWidth !== '0px') || one.boxShadow !== 'none');
    return { at: `${at?.localName ?? ''}.${at?.getAttribute('class') ?? ''}`, within: path.join(' '), seen: shown(style) || shown(around) };
  });

/** Tab until the focus stands in an element; every stop on the way shows that it has the focus. */
async function tabTo(inside: string, most = 60): Promise<void> {
  for (let at = 0; at < most; at += 1) {
    await page.keyboard.press('Tab');
    const now = await focused();
    expect(now, `focus not seen at ${now.within} ${now.at}`).toMatchObject({ seen: true });
    if (now.within.includes(inside)) return;
  }
  throw new Error(`Tab does not reach ${inside}`);
}

describe('the operators’ page', { timeout: 90_000 }, () => {
  test.each(['theme=light', 'theme=dark&lang=ar'])('has nothing that axe finds wrong, with %s', async (query) => {
    await visit(query);
    const found = await wrongs('nothing open');
    await open('Dmitri Halloran');
    found.push(...(await wrongs('agent in control')));
    await open('Priya Raman');
    await page.locator('draft-review .draft').waitFor();
    found.push(...(await wrongs('draft')));
    await open('Marta Oliveira');
    await page.locator('handoff-banner .banner').waitFor();
    found.push(...(await wrongs('handoff')));
    const triggers: [string, string][] = [
      ['conv-thread .thread-tools [aria-haspopup=menu]', 'conv-thread .menu:popover-open'],
      ['conv-pool .pool-head [aria-haspopup=menu]', 'conv-pool .menu:popover-open'],
      ['conv-pool [aria-haspopup=dialog]', 'conv-pool .popover:popover-open'],
      ['conv-details .facts [aria-haspopup=menu]', 'conv-details .menu:popover-open'],
      ['handoff-banner .btn:not(.primary)', 'handoff-banner dialog[open]'],
      ['conv-thread .thread-tools .btn:not(.icon):not([aria-haspopup])', 'conv-thread dialog[open]'],
      ['conv-details .ai-state .btn', 'conv-details dialog[open]'],
    ];
    const seen: string[] = [];
    for (const [trigger, opened] of triggers) {
      for (const one of await page.locator(trigger).all()) {
        if (!(await one.isVisible())) continue;
        await one.click();
        await page.locator(opened).first().waitFor();
        found.push(...(await wrongs(opened)));
        seen.push(trigger);
        await page.keyboard.press('Escape');
        await page.locator(opened).first().waitFor({ state: 'hidden' });
        if (trigger.includes('.facts')) break;
      }
    }
    expect(found).toEqual([]);
    expect([...new Set(seen)]).toEqual(triggers.map(([trigger]) => trigger));
  });

  test('is walked by keyboard alone, from the pool through a conversation and its dialogs and back', async () => {
    await visit('theme=light');
    await tabTo('conv-pool');
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    expect((await focused()).at).toContain('row-link');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('conv-composer form').waitFor();
    await tabTo('conv-thread');
    await tabTo('conv-composer');
    await tabTo('conv-details');
    await page.locator('conv-details .ai-state .btn').focus();
    await page.keyboard.press('Enter');
    await page.locator('conv-details dialog[open]').waitFor();
    expect((await focused()).at).toContain('textarea');
    await page.keyboard.press('Escape');
    await page.locator('conv-details dialog[open]').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.querySelector('conv-inbox')?.shadowRoot?.querySelector('conv-details')?.shadowRoot?.activeElement?.closest('.ai-state') !== null)).toBe(true);
    for (let at = 0; at < 80 && !(await focused()).within.includes('conv-pool'); at += 1) await page.keyboard.press('Shift+Tab');
    expect((await focused()).within).toContain('conv-pool');
  });

  test.each(['en', 'es', 'pt', 'de', 'ar'])('keeps everything within narrow and wide windows, in %s', async (lang) => {
    await visit(`lang=${lang}`, 1440);
    await page.locator('conv-pool .row', { hasText: 'Marta Oliveira' }).first().locator('.row-link').click();
    for (const width of [1440, 800, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.locator('conv-composer form').waitFor();
      await expect.poll(outside, { message: `${lang} ${width}` }).toEqual([]);
    }
  });
});
