/** A page of the inbox worked by keys alone: each key waits for what it needs. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What has the focus, through all shadow roots: its path by tags. */
export const focus = (of: Page): Promise<string[]> =>
  of.evaluate(() => {
    const path: string[] = [];
    for (let at = document.activeElement; at; at = at.shadowRoot?.activeElement ?? null) path.push(at.localName);
    return path;
  });
/** Waits until the focus has come into an element of this tag. */
export const focused = async (of: Page, tag: string): Promise<void> => {
  await expect.poll(() => focus(of), { message: `the focus comes to ${tag}` }).toContain(tag);
};
/** Keeps what is announced from now on, and whenever the focus falls to the page. */
export const listen = (of: Page): Promise<void> =>
  of.evaluate(() => {
    const root = document.querySelector('conv-provider conv-inbox')!.shadowRoot!;
    const said: string[] = [];
    const lost: string[] = [];
    Object.assign(window, { said, lost });
    new MutationObserver(() => {
      const text = root.querySelector('[data-region=announce]')?.textContent ?? '';
      if (text && text !== said.at(-1)) said.push(text);
    }).observe(root, { subtree: true, childList: true, characterData: true });
    document.addEventListener(
      'keyup',
      (event) => {
        if (document.activeElement === document.body) lost.push(event.key);
      },
      true,
    );
  });
/** What was announced, and the keys after which the page itself had the focus. */
export const heard = (of: Page): Promise<{ said: string[]; lost: string[] }> =>
  of.evaluate(() => {
    const { said, lost } = window as unknown as { said: string[]; lost: string[] };
    return { said: [...said], lost: [...lost] };
  });
/** From the search field into the list: what is suggested under the field goes first, and the list may be on its way. A key is pressed again only where the last one led nowhere. */
export const intoList = (of: Page): Promise<void> =>
  expect
    .poll(
      async () => {
        const at = (await focus(of)).at(-1);
        if (at !== 'input') return at;
        if (await of.locator('conv-pool #search-options').isVisible()) await of.keyboard.press('Escape');
        else await of.keyboard.press('ArrowDown');
        return 'on its way';
      },
      { interval: 300 },
    )
    .toBe('a');
/** Of the element that has the focus, through all shadow roots: the conversation it stands for, or its kind of field. */
const ofFocused = (of: Page, what: 'id' | 'type'): Promise<string> =>
  of.evaluate((what) => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (what === 'type') return at instanceof HTMLInputElement ? at.type : '';
    return at instanceof HTMLElement ? (at.dataset['id'] ?? '') : '';
  }, what);
/** The conversation whose row has the focus. */
export const rowOf = (of: Page): Promise<string> => ofFocused(of, 'id');
/** The kind of field that has the focus. */
export const focusedType = (of: Page): Promise<string> => ofFocused(of, 'type');
/** The palette, open, with its caret where one types. */
export const openPalette = async (of: Page): Promise<void> => {
  await of.keyboard.press('Control+k');
  await of.locator('conv-palette [role=option]').first().waitFor();
  await expect.poll(async () => (await focus(of)).join()).toMatch(/conv-palette.*input$/);
};
/** Types into the palette and takes what it then stands on. */
export const take = async (of: Page, typed: string, entry: string): Promise<void> => {
  await of.keyboard.type(typed);
  await of.locator('conv-palette [role=option][aria-selected=true]', { hasText: entry }).waitFor();
  await of.keyboard.press('Enter');
};
