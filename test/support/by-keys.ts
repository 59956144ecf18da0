/** A page of the inbox worked by keys alone: each key waits for what it needs. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { DemoClient } from './demo-client.ts';
import type { OpenPortal } from './portal.ts';

/** Ana's desk, with the list in it. @param query of the portal beside that */
export async function openDesk(open: OpenPortal, query = '', width = 1440): Promise<Page> {
  const page = await open(`as=ana&${query}`, width);
  await page.locator('conv-pool .row-link').first().waitFor();
  return page;
}

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
/** From the search field into the list: what is suggested under the field goes first, and the list may be on its way. A key is pressed again only where the last one led nowhere for a while. */
export async function intoList(of: Page): Promise<void> {
  const at = async (): Promise<string | undefined> => (await focus(of)).at(-1);
  const suggested = (): Promise<boolean> => of.locator('conv-pool #search-options').isVisible();
  const press = async (key: string, leads: () => Promise<boolean>): Promise<void> => {
    await of.keyboard.press(key);
    await expect
      .poll(leads, { interval: 20, timeout: 300 })
      .toBe(true)
      .catch(() => undefined);
  };
  await expect
    .poll(async () => {
      if ((await at()) === 'input') {
        if (await suggested()) await press('Escape', async () => !(await suggested()));
        else await press('ArrowDown', async () => (await at()) !== 'input');
      }
      return at();
    })
    .toBe('a');
}
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

/** Chooses rows of the list, one below the other from the first on. */
export async function choose(desk: Page, many: number): Promise<string[]> {
  const ids: string[] = [];
  await desk.keyboard.press('Home');
  const first = desk.locator('conv-pool .row[aria-posinset="1"] .row-link');
  await expect.poll(async () => (await rowOf(desk)) === (await first.getAttribute('data-id'))).toBe(true);
  for (let at = 0; at < many; at += 1) {
    if (at > 0) await desk.keyboard.press('j');
    await expect.poll(async () => !['', ...ids].includes(await rowOf(desk))).toBe(true);
    ids.push(await rowOf(desk));
    await desk.keyboard.press('x');
  }
  await desk.locator('conv-pool .bulk', { hasText: `${many} selected` }).waitFor();
  return ids;
}

/** Several conversations at once, each by its key: tags, a macro, put off; and each taken back by the key that undoes. */
export async function workSeveral(desk: Page, demo: DemoClient): Promise<void> {
  const of = <T>(ids: readonly string[], what: (one: Conversation) => T) =>
    expect.poll(async () => (await Promise.all(ids.map(demo.conversation))).map(what), { timeout: 15_000 });
  const dialog = desk.locator('conv-pool dialog[open]');
  const submits = async (): Promise<void> => {
    await desk.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => focus(desk)).toContain('conv-pool');
  };
  const undone = (done: string): Promise<void> =>
    desk
      .locator('.toast', { hasText: done })
      .waitFor()
      .then(() => desk.keyboard.press('z'));
  const macro = { name: 'Zebra sorts', actions: { priority: 'high', addTags: ['VIP'] } };
  await demo.ask('POST', '/v1/macros', { as: 'ana', body: macro });

  await intoList(desk);
  let ids = await choose(desk, 2);
  const before = await Promise.all(ids.map(demo.conversation));
  const tagged = ({ tags }: Conversation) => tags.map(({ name }) => name).toSorted();
  await desk.keyboard.press('Shift+L');
  await dialog.getByRole('checkbox', { name: 'Needs Follow-up' }).waitFor();
  await focused(desk, 'input');
  await desk.keyboard.type('needs');
  await desk.keyboard.press('Enter');
  await dialog.getByText('will be put on').waitFor();
  await submits();
  await of(ids, (now) => tagged(now).includes('Needs Follow-up')).toEqual([true, true]);
  await undone('2 conversations changed');
  await of(ids, tagged).toEqual(before.map(tagged));

  ids = await choose(desk, 2);
  const urgent = await Promise.all(ids.map(demo.conversation));
  await desk.keyboard.press('m');
  await dialog.getByRole('button', { name: macro.name }).waitFor();
  await focused(desk, 'input');
  await desk.keyboard.type('zebra');
  await expect.poll(() => dialog.locator('.macro-choices button').count()).toBe(1);
  await desk.keyboard.press('Enter');
  await of(ids, ({ priority }) => priority).toEqual(['high', 'high']);
  await undone('2 conversations changed');
  await of(ids, ({ priority }) => priority).toEqual(urgent.map(({ priority }) => priority));

  ids = await choose(desk, 2);
  await desk.keyboard.press('Control+Shift+L');
  await expect.poll(() => focusedType(desk)).toBe('radio');
  await submits();
  await of(ids, ({ snoozedUntil }) => snoozedUntil !== null).toEqual([true, true]);
  await undone('2 conversations changed');
  await of(ids, ({ snoozedUntil }) => snoozedUntil).toEqual([null, null]);
}

/** Two conversations of one customer become one, and two again. */
export async function mergeTwo(desk: Page, demo: DemoClient, name: string): Promise<void> {
  await desk.keyboard.press('/');
  await focused(desk, 'input');
  await desk.keyboard.press('Control+a');
  await desk.keyboard.type(name);
  const rows = desk.locator('conv-pool .row');
  await expect.poll(async () => (await rows.count()) >= 2 && (await rows.count()) === (await rows.filter({ hasText: name }).count())).toBe(true);
  await intoList(desk);
  const [into, from] = await choose(desk, 2);
  await desk.keyboard.press('Shift+M');
  await desk.locator('conv-pool dialog[open] .merge-arrow').waitFor();
  await desk.locator('conv-pool dialog[open]').getByText('Along come').waitFor();
  await desk.keyboard.press('Control+Enter');
  await desk.locator('.toast', { hasText: 'Merged into' }).waitFor();
  await expect.poll(async () => (await demo.conversation(into!)).id === (await demo.conversation(from!)).id).toBe(true);
  await expect.poll(() => focus(desk)).toContain('conv-pool');
  await desk.keyboard.press('z');
  await expect.poll(async () => (await demo.conversation(into!)).id === (await demo.conversation(from!)).id).toBe(false);
}

/** A ticket of the row that has the focus, once it is open. */
export async function makeTicket(desk: Page, demo: DemoClient): Promise<void> {
  const id = await rowOf(desk);
  await desk.keyboard.press('Enter');
  await expect.poll(() => new URL(desk.url()).searchParams.get('conversation')).toBe(id);
  await desk.locator('conv-composer form').waitFor();
  await desk.keyboard.press('Shift+C');
  const dialog = desk.getByRole('dialog', { name: 'Create ticket' });
  await dialog.waitFor();
  await focused(desk, 'input');
  await desk.keyboard.press('Control+a');
  await desk.keyboard.type('Grinder smells burnt');
  await desk.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect
    .poll(async () => (await demo.get<{ items: { title: string }[] }>(`/v1/tickets?conversationId=${id}`)).items.map(({ title }) => title))
    .toContain('Grinder smells burnt');
  await expect.poll(() => focus(desk)).not.toEqual(['body']);
}
