import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { focus, intoList, rowOf } from '../support/by-keys.ts';
import { unseenWrongs, usePortal, wrongsIn, wrongsOf } from '../support/portal.ts';

let page: Page;
const openPortal = usePortal();

async function visit(query: string, width = 1440): Promise<void> {
  page = await openPortal(query, width);
  await page.locator('conv-pool .row-link').first().waitFor();
}

/** What axe finds wrong, and where that was. */
const wrongs = async (where: string): Promise<string[]> => [...(await wrongsOf(page)), ...(await unseenWrongs(page))].map((one) => `${where}: ${one}`);

async function open(name: string): Promise<void> {
  await page.locator('conv-pool .row', { hasText: name }).first().locator('.row-link').click();
  await page.locator('conv-thread h2', { hasText: name }).waitFor();
  await page.locator('conv-composer form').waitFor();
  await page.locator('conv-details .timeline li').first().waitFor();
}

/** What stands outside of the inbox, to a side. */
const outside = (): Promise<string[]> =>
  page.evaluate(() => {
    const deep = (root: ParentNode): HTMLElement[] =>
      [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [one, ...(one.shadowRoot ? deep(one.shadowRoot) : [])]);
    const inbox = document.querySelector('conv-inbox')!;
    const { left, right } = inbox.getBoundingClientRect();
    return deep(inbox.shadowRoot!)
      .filter(
        (one) => one.matches('button, a, input, textarea, h2, h3, time') && one.checkVisibility({ visibilityProperty: true }) && !one.closest('.sr, .skips'),
      )
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
    const shown = (one?: CSSStyleDeclaration): boolean =>
      one !== undefined && ((one.outlineStyle !== 'none' && one.outlineWidth !== '0px') || one.boxShadow !== 'none');
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

describe('the operators’ page', { timeout: 180_000 }, () => {
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
        found.push(...(await wrongsIn(page.locator(opened).first())));
        seen.push(trigger);
        await page.keyboard.press('Escape');
        await page.locator(opened).first().waitFor({ state: 'hidden' });
        if (trigger.includes('.facts')) break;
      }
    }
    expect(found).toEqual([]);
    expect([...new Set(seen)]).toEqual(triggers.map(([trigger]) => trigger));
    if (query !== 'theme=light') return;
    // In high contrast every text has seven times the light of what it stands on, or a seventh.
    await page.locator('[name=look]').selectOption('contrast');
    await page.waitForFunction(() => getComputedStyle(document.documentElement).getPropertyValue('--conv-stroke') === '2px');
    expect(
      await page.evaluate(async () =>
        (
          (await window.axe.run(document.documentElement, {
            iframes: false,
            resultTypes: ['violations'],
            runOnly: { type: 'rule', values: ['color-contrast-enhanced'] },
          })) as AxeResults
        ).violations.flatMap(({ nodes }) => nodes.map(({ target }) => JSON.stringify(target))),
      ),
    ).toEqual([]);
    // Where the system chooses the colours, what is chosen is still told apart.
    await page.emulateMedia({ forcedColors: 'active' });
    const marked = await page.evaluate(() => {
      const pool = document.querySelector('conv-inbox')!.shadowRoot!.querySelector('conv-pool')!.shadowRoot!;
      const row = pool.querySelector('.row.is-selected')!;
      return [getComputedStyle(row, '::before').backgroundColor, getComputedStyle(row).backgroundColor];
    });
    expect(marked[0]).not.toBe(marked[1]);
  });

  test('is walked by keyboard alone, from the pool through a conversation and its dialogs and back', async () => {
    await visit('theme=light');
    await tabTo('conv-pool');
    await page.keyboard.press('/');
    await expect.poll(() => focus(page).then((path) => path.at(-1))).toBe('input');
    await intoList(page);
    const first = await rowOf(page);
    await page.keyboard.press('j');
    await expect.poll(() => rowOf(page)).not.toBe(first);
    await page.keyboard.press('Enter');
    await page.locator('conv-composer form').waitFor();
    await tabTo('conv-thread');
    await tabTo('conv-composer');
    await tabTo('conv-details');
    await page.locator('conv-details .ai-state .btn').focus();
    await page.keyboard.press('Enter');
    await page.locator('conv-details dialog[open]').waitFor();
    await expect.poll(async () => (await focused()).at).toContain('textarea');
    await page.keyboard.press('Escape');
    await page.locator('conv-details dialog[open]').waitFor({ state: 'hidden' });
    await expect
      .poll(() =>
        page.evaluate(
          () => document.querySelector('conv-inbox')?.shadowRoot?.querySelector('conv-details')?.shadowRoot?.activeElement?.closest('.ai-state') !== null,
        ),
      )
      .toBe(true);
    for (let at = 0; at < 80 && !(await focused()).within.includes('conv-pool'); at += 1) await page.keyboard.press('Shift+Tab');
    expect((await focused()).within).toContain('conv-pool');
    // What closes while its field loses the focus gives it back all the same.
    const begin = page.locator('conv-pool .pool-head > button:last-child');
    await begin.focus();
    await page.keyboard.press('Enter');
    await page.locator('begin-dialog dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('begin-dialog dialog[open]').waitFor({ state: 'hidden' });
    await expect.poll(async () => (await focused()).within).toBe('conv-inbox conv-pool button');
    // The browser's back leads to the conversation that was open before, and to the list; forward to where one was.
    const heading = page.locator('conv-thread h2');
    await open('Priya Raman');
    await open('Marta Oliveira');
    await page.goBack();
    await heading.filter({ hasText: 'Priya Raman' }).waitFor();
    await page.goForward();
    await heading.filter({ hasText: 'Marta Oliveira' }).waitFor();
    await page.locator('a[href="#settings"]').click();
    await page.locator('[name=lang]').selectOption('de');
    expect(new URL(page.url()).hash).toBe('#settings');
    await page.goBack();
    await heading.filter({ hasText: 'Marta Oliveira' }).waitFor();
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

test('writes an article for what nobody could answer, imports others, and shows how they read', { timeout: 90_000 }, async () => {
  page = await openPortal('#settings', 1280);
  await page.locator('conv-settings .set-nav a', { hasText: 'Knowledge' }).click();
  const shown = page.locator('conv-settings .shown');
  await shown.locator('.accounts li').first().waitFor();
  await shown.getByLabel('Search articles').fill('scale vinegar');
  await expect.poll(() => shown.locator('.account-name').allInnerTexts()).toEqual(['Descaling: how to descale a machine, and how often']);
  await shown.getByLabel('Search articles').fill('');

  await shown.getByRole('tab', { name: 'Not covered' }).click();
  const gap = shown.locator('.gaps > li', { hasText: '110 volt' });
  await gap.getByText('What customers wrote').click();
  await gap.getByText('yes, the voltage').waitFor();
  await gap.locator('[data-act="write"]').click();
  expect(await shown.locator('#article-title').inputValue()).toBe('Do you sell the Kestrel in 110 volt?');
  await shown.locator('[data-act="save"]').click();
  await shown.locator('#article-text-e').waitFor();
  expect(await page.evaluate(() => document.querySelector('conv-settings')?.shadowRoot?.activeElement?.id)).toBe('article-text');
  await shown
    .locator('#article-text')
    .fill(
      '# Voltage\n\nThe **Kestrel** is made for 230 V, see [the sheet](https://morrow.example/kestrel) and [this](javascript:alert(1)).\n\n<img src=x onerror=alert(1)>',
    );
  await shown.getByRole('tab', { name: 'Preview' }).click();
  await shown.locator('.read strong', { hasText: 'Kestrel' }).waitFor();
  expect(await shown.locator('.read a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['https://morrow.example/kestrel']);
  expect(await shown.locator('.read img').count()).toBe(0);
  await shown.locator('[data-act="save"]').click();
  await page.locator('conv-settings', { hasText: 'The question is settled' }).waitFor();
  await expect.poll(() => shown.locator('.gaps > li').count()).toBe(2);
  await shown.locator('.gaps [data-act="dismiss"]').first().click();
  await expect.poll(() => shown.locator('.gaps > li').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => shown.locator('.gaps > li').count()).toBe(2);

  await shown.locator('[data-act="import"]').click();
  const dialog = page.locator('conv-settings dialog[open]');
  await dialog.locator('#import-files').setInputFiles([
    { name: 'care.md', mimeType: 'text/markdown', buffer: Buffer.from('# Caring for a jug\n\nRinse it **daily**.') },
    { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from([37, 80, 0, 1]) },
  ]);
  await dialog.locator('button[type="submit"]').click();
  await dialog.locator('.taken li', { hasText: 'scan.pdf' }).locator('.bad').waitFor();
  await dialog.getByRole('button', { name: 'Look it over' }).click();
  expect(await shown.locator('#article-title').inputValue()).toBe('Caring for a jug');
  await shown.locator('[data-act="save"]').click();
  await shown.getByRole('tab', { name: 'Articles' }).click();
  await shown.locator('.account-name', { hasText: 'Caring for a jug' }).waitFor();
});
