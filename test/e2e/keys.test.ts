/** The palette and the sheet of keys, in a real browser over the real server; keys that are chosen anew, and keys that are the host's. */
import { describe, expect, test } from 'vitest';
import { focus, focused, openDesk, openPalette } from '../support/by-keys.ts';
import { shoot, usePortal, wrongsOf } from '../support/portal.ts';

const open = usePortal();

describe('keys', { timeout: 120_000 }, () => {
  test('the palette finds actions with their reasons, places, people and replies, and opens within 100 ms', async () => {
    const desk = await openDesk(open);
    // Nobody waits longest before it is known who waits at all.
    await expect
      .poll(async () => {
        await desk.keyboard.press('g');
        return desk.locator('conv-composer form').isVisible();
      })
      .toBe(true);
    const palette = desk.locator('conv-palette');
    await openPalette(desk);
    await palette.locator('[role=option]', { hasText: 'Close' }).first().waitFor();
    await shoot(desk, 'palette');
    expect(await wrongsOf(desk)).toEqual([]);
    await desk.keyboard.press('Escape');
    await palette.locator('dialog').waitFor({ state: 'hidden' });
    const opens = () =>
      desk.evaluate(async () => {
        const began = performance.now();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, composed: true, cancelable: true }));
        const dialogOf = () => document.querySelector('conv-inbox')!.shadowRoot!.querySelector('conv-palette')!.shadowRoot!.querySelector('dialog');
        while (!dialogOf()?.open) await new Promise(requestAnimationFrame);
        return performance.now() - began;
      });
    // The machine is shared: the quickest of a few counts.
    const took: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      took.push(await opens());
      if (round === 4) break;
      await desk.keyboard.press('Escape');
      await palette.locator('dialog').waitFor({ state: 'hidden' });
    }
    expect(Math.min(...took)).toBeLessThan(100);
    for (const [typed, expected] of [
      ['tag', 'Tags'],
      ['nov', 'Transfer to Nova'],
      ['greet', 'Greeting'],
      ['draf wait', 'Drafts waiting'],
      ['marta', 'Marta'],
    ] as const) {
      await focused(desk, 'conv-palette');
      await desk.keyboard.press('Control+a');
      await desk.keyboard.type(typed);
      await palette.locator('[role=option]', { hasText: expected }).first().waitFor();
    }
    await shoot(desk, 'palette-found');
    expect(await wrongsOf(desk)).toEqual([]);
    await expect.poll(() => palette.locator('mark').allTextContents()).toContain('Marta');
    // While results still come, the entry that is pressed may just have gone.
    const dialog = palette.locator('dialog');
    for (let tries = 0; tries < 3 && (await dialog.isVisible()); tries += 1) {
      await desk.keyboard.press('ArrowUp');
      await desk.keyboard.press('Enter');
      await dialog.waitFor({ state: 'hidden', timeout: 5_000 }).catch(() => undefined);
    }
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => focus(desk)).not.toEqual(['body']);
  });

  test.each([
    ['theme=dark&lang=ar', 1440],
    ['theme=light&lang=de', 390],
  ] as const)('palette and sheet look right with %s at %s', async (query, width) => {
    const desk = await openDesk(open, query, width);
    await openPalette(desk);
    await shoot(desk, `palette-${query}-${width}`);
    expect(await wrongsOf(desk)).toEqual([]);
    await desk.keyboard.press('Escape');
    await desk.locator('conv-palette dialog').waitFor({ state: 'hidden' });
    await desk.keyboard.press('?');
    await desk.locator('conv-shortcuts li').first().waitFor();
    await shoot(desk, `shortcuts-${query}-${width}`);
    expect(await wrongsOf(desk)).toEqual([]);
  });

  test('keys are changed in the sheet, refused where they are taken, kept with the profile, and put back', async () => {
    const desk = await openDesk(open);
    await desk.keyboard.press('?');
    const sheet = desk.locator('conv-shortcuts');
    await sheet.locator('input').waitFor();
    await focused(desk, 'input');
    await desk.keyboard.type('search');
    await expect.poll(() => sheet.locator('li').count()).toBe(1);
    await desk.keyboard.press('Tab');
    await expect.poll(async () => (await focus(desk)).at(-1)).toBe('button');
    await desk.keyboard.press('Enter');
    await sheet.getByText('Press the new keys').waitFor();
    await desk.keyboard.press('j');
    await sheet.getByText('J is taken by “Next conversation”.').waitFor();
    await shoot(desk, 'shortcuts-taken');
    expect(await wrongsOf(desk)).toEqual([]);
    await desk.keyboard.press('Enter');
    await desk.keyboard.press('s');
    await expect.poll(async () => (await open.client().get<{ shortcuts: object }>('/v1/me')).shortcuts).toEqual({ search: 's' });
    await desk.keyboard.press('Escape');
    await sheet.locator('dialog').waitFor({ state: 'hidden' });

    await desk.reload();
    await desk.locator('conv-pool .row-link').first().waitFor();
    // Chosen keys are there with the profile: before it, the usual ones would be.
    await expect
      .poll(async () => {
        await desk.evaluate(() => (document.activeElement as HTMLElement).blur());
        await desk.keyboard.press('/');
        return (await focus(desk)).at(-1);
      })
      .not.toBe('input');
    await desk.keyboard.press('s');
    await expect.poll(async () => (await focus(desk)).at(-1)).toBe('input');
    // Within a field they are letters.
    await desk.keyboard.type('s?c');
    await expect.poll(() => desk.locator('conv-pool input[type=search]').inputValue()).toBe('s?c');
    expect(await sheet.count()).toBe(0);
    await open.client().ask('PATCH', '/v1/me', { as: 'ana', body: { shortcuts: {} } });
  });

  test('keys of the host page are left to it, and its fields keep their letters', async () => {
    const desk = await openDesk(open);
    await desk.evaluate(() => {
      const field = document.createElement('input');
      field.id = 'of-the-host';
      document.body.prepend(field);
      field.focus();
      Object.assign(window, { hostHeard: [] as string[] });
      document.addEventListener('keydown', (event) => (window as unknown as { hostHeard: string[] }).hostHeard.push(event.key));
    });
    for (const key of ['c', '/', 'j', '?', 'Control+k', 'Control+Shift+E']) await desk.keyboard.press(key);
    expect(await desk.locator('#of-the-host').inputValue()).toBe('c/j?');
    expect(await desk.evaluate(() => (window as unknown as { hostHeard: string[] }).hostHeard.filter((key) => key.length === 1))).toEqual([
      'c',
      '/',
      'j',
      '?',
      'k',
      'E',
    ]);
    expect(await desk.locator('conv-palette, conv-shortcuts, begin-dialog').count()).toBe(0);
    // What the host takes is not ours as well.
    await desk.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    });
    await desk.keyboard.press('?');
    expect(await desk.locator('conv-shortcuts').count()).toBe(0);
    await desk.keyboard.press('?');
    await desk.locator('conv-shortcuts li').first().waitFor();
  });
});
