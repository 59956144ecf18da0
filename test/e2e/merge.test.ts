/** Two conversations become one and two again, in one browser; another operator who writes in one of them follows live. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import { keepSilent } from '../support/silent-elements.ts';

let running: RunningDemo;
let browser: Browser;
let demo: DemoClient;
const SHOTS = process.env['SHOTS'];

keepSilent();
beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
  await demo.tune('Nova', { replyMode: 'auto_draft', burstWaitMs: 0 });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

async function portal(who: string, id: string, query = '', width = 1440): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
  await page.addInitScript({ path: axe });
  await page.goto(`${running.url}/portal.html?as=${who}&conversation=${id}${query}`);
  await page.locator('conv-composer form').waitFor();
  return page;
}
const said = (page: Page, text: string) => page.locator('conv-thread conv-log', { hasText: text });
const shot = async (page: Page, name: string): Promise<void> => void (SHOTS && (await page.screenshot({ path: `${SHOTS}/merge-${name}.png` })));

/** Two visitors who are one person, each with a conversation. */
async function twoVisitors(words: string) {
  const [a, b] = [await demo.visitor(), await demo.visitor()];
  const first = await a.says(`${words} from the telephone`);
  const second = await b.says(`${words} from the laptop`);
  return { a, b, fromId: first.conversationId, intoId: second.conversationId };
}

test('an operator merges two conversations and undoes it, while another keeps what is being typed', { timeout: 120_000 }, async () => {
  const { a, b, fromId, intoId } = await twoVisitors('Limescale');
  const ben = await portal('ben', fromId);
  await said(ben, 'Limescale from the telephone').waitFor();
  const box = ben.locator('conv-composer textarea').first();
  await box.fill('I am just writ');
  // The list is narrowed to a contact that becomes another, and is itself again.
  const contactId = (await demo.conversation(fromId)).contact.id;
  const ana = await portal('ana', fromId, `&filter=${encodeURIComponent(JSON.stringify({ contactId }))}`);
  const listed = (id: string) => ana.locator(`conv-pool .row-link[data-id="${id}"]`);
  await said(ana, 'Limescale from the telephone').waitFor();
  await listed(fromId).waitFor();

  await ana.locator('conv-thread header button[aria-haspopup]').last().click();
  await ana.getByRole('menuitem', { name: 'Merge with another' }).click();
  const dialog = ana.locator('conv-thread dialog[open]');
  await dialog.waitFor();
  await dialog.locator('input[type=search]').fill('Limescale from the laptop');
  await dialog.locator('.merge-one', { hasText: 'Limescale from the laptop' }).first().click();
  await dialog.locator('.merge .merge-arrow').waitFor();
  await dialog.getByText('Along come').waitFor();
  await shot(ana, 'light');
  expect(await wrongsOf(ana)).toEqual([]);
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  const toast = ana.locator('.toast', { hasText: 'Merged into' });
  await toast.waitFor();

  for (const page of [ana, ben])
    for (const text of ['Limescale from the telephone', 'Limescale from the laptop', 'merged another conversation']) await said(page, text).waitFor();
  expect(await box.inputValue()).toBe('I am just writ');
  await listed(intoId).waitFor();
  await shot(ana, 'merged');
  await b.says('Still the laptop');
  await said(ben, 'Still the laptop').waitFor();
  expect((await a.sees()).items.filter(({ direction }) => direction === 'inbound').map(({ text }) => text)).toEqual(['Limescale from the telephone']);
  expect((await b.sees()).items.filter(({ direction }) => direction === 'inbound').map(({ text }) => text)).toEqual([
    'Limescale from the laptop',
    'Still the laptop',
  ]);

  await toast.getByRole('button', { name: 'Undo' }).click();
  await ana.locator('.toast', { hasText: 'Two conversations again' }).waitFor();
  await listed(fromId).waitFor();
  // No row leaves the list under the pointer.
  await ana.locator('conv-thread h2').hover();
  await listed(intoId).waitFor({ state: 'detached' });
  for (const page of [ana, ben]) {
    await expect.poll(() => said(page, 'Limescale from the laptop').count(), { timeout: 10_000 }).toBe(0);
    await said(page, 'Limescale from the telephone').waitFor();
    expect(await said(page, 'merged another conversation').count()).toBe(0);
  }
  expect(await box.inputValue()).toBe('I am just writ');
  expect((await demo.messages(intoId)).filter(({ direction }) => direction === 'inbound').map(({ text }) => text)).toEqual([
    'Limescale from the laptop',
    'Still the laptop',
  ]);
  await ben.close();
  await ana.close();
});

test.each([
  ['dark', '&theme=dark', 1440],
  ['arabic', '&lang=ar', 1440],
  ['narrow', '', 390],
] as const)('the dialog of two that were chosen stands right: %s', { timeout: 90_000 }, async (name, query, width) => {
  const words = `Descaler ${name}`;
  const { fromId, intoId } = await twoVisitors(words);
  const page = width < 700 ? await portal('ana', fromId, query, width) : await portal('ana', intoId, query, width);
  if (width < 700) {
    await page.locator('conv-thread header button[aria-haspopup]').last().click();
    await page.getByRole('menuitem', { name: 'Merge with another' }).click();
    await page.locator('conv-thread dialog[open] input[type=search]').fill(`${words} from the laptop`);
    await page.locator('conv-thread dialog[open] .merge-one', { hasText: words }).first().click();
  } else {
    for (const from of ['telephone', 'laptop']) {
      const row = page.locator('conv-pool .row', { hasText: `${words} from the ${from}` }).first();
      await row.hover();
      await row.locator('.row-pick input').check({ force: true });
    }
    await page.locator('conv-pool .bulk button[aria-haspopup]').last().click();
    const merging = name === 'arabic' ? 'دمج الاثنتين' : 'Merge the two';
    await page.getByRole('menuitem', { name: merging }).click();
  }
  const dialog = page.locator('dialog[open]');
  await dialog.locator('.aside').first().waitFor();
  await shot(page, name);
  expect(await wrongsOf(page)).toEqual([]);
  const wide = await dialog.evaluate((node) => node.scrollWidth <= node.clientWidth);
  expect(wide).toBe(true);
  await page.close();
});
