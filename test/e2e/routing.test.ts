/** An admin shapes tags, departments and rules in the portal, and an operator puts conversations off. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import { keepSilent } from '../support/silent-elements.ts';

let demo: RunningDemo;
let browser: Browser;
let page: Page;
let token: string;

keepSilent();
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  ({ token } = (await (await fetch(`${demo.url}/demo/token?as=ana`)).json()) as { token: string });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
afterEach(() => page.close());

async function visit(hash: string, { query = '', width = 1280, dark = false } = {}): Promise<void> {
  page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce', colorScheme: dark ? 'dark' : 'light' });
  await page.addInitScript({ path: axe });
  await page.goto(`${demo.url}/portal.html?${query}#${hash}`);
}
const wrongs = (): Promise<string[]> => wrongsOf(page);
const shot = async (name: string): Promise<void> => {
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` });
};
const api = async <T>(path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<T> =>
  (await (
    await fetch(`${demo.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  ).json()) as T;
const settings = () => page.locator('conv-settings');
const section = async (id: string): Promise<void> => {
  const link = settings().locator(`.set-nav a[href="#${id}"]`);
  await link.waitFor({ state: 'attached' });
  await ((await link.isVisible()) ? link.click() : settings().locator('.set-choice select').selectOption(id));
};

test('makes a tag in a colour, renames it, and takes its deletion back', { timeout: 60_000 }, async () => {
  await visit('settings');
  await section('tags');
  await settings().locator('.accounts li').first().waitFor();
  expect(await wrongs()).toEqual([]);
  await shot('tags');
  await settings().locator('[data-act="add"]').click();
  await settings().getByLabel('Name').fill('Wholesale');
  await settings().locator('.swatch').nth(4).click();
  expect(await wrongs()).toEqual([]);
  await shot('tag-new');
  await page.keyboard.press('Enter');
  const row = settings().locator('.accounts li', { hasText: 'Wholesale' });
  await row.waitFor();
  expect(await row.locator('.tag.t5').count()).toBe(1);
  await row.locator('.account-name').click();
  await settings().getByLabel('Name').fill('VIP');
  await page.keyboard.press('Enter');
  await settings().locator('dialog [role=alert]', { hasText: 'There is one of this name already.' }).waitFor();
  await settings().getByLabel('Name').fill('Resellers');
  await page.keyboard.press('Enter');
  await settings().locator('.accounts li', { hasText: 'Resellers' }).waitFor();
  await settings().getByLabel('Delete tag VIP').click();
  await settings()
    .locator('dialog', { hasText: /\d+ conversations? carr/ })
    .waitFor();
  await settings().locator('dialog [type=submit]').click();
  await settings().locator('.accounts li', { hasText: 'VIP' }).waitFor({ state: 'detached' });
  const before = await api<{ all: { total: number } }>('/v1/conversations/counts?status=any&tag=VIP');
  expect(before.all.total).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await settings().locator('.accounts li', { hasText: 'VIP' }).waitFor();
  expect((await api<{ all: { total: number } }>('/v1/conversations/counts?status=any&tag=VIP')).all.total).toBeGreaterThan(0);
});

test('chooses who belongs to a department', { timeout: 60_000 }, async () => {
  await visit('settings');
  await section('departments');
  await settings().locator('.accounts li').first().waitFor();
  await settings().locator('[data-act="add"]').click();
  await settings().getByLabel('Name').fill('Returns desk');
  await settings().getByLabel('Ben', { exact: false }).check();
  expect(await wrongs()).toEqual([]);
  await shot('department-new');
  await settings().locator('dialog [type=submit]').click();
  const row = settings().locator('.accounts li', { hasText: 'Returns desk' });
  await row.waitFor();
  expect(await row.innerText()).toContain('Ben');
  expect(await wrongs()).toEqual([]);
});

test('makes a rule, tries a message on it, moves it by keyboard, and takes its deletion back', { timeout: 90_000 }, async () => {
  await visit('settings');
  await section('routing');
  await settings().locator('.accounts li').first().waitFor();
  await settings().locator('[data-act="add"]').click();
  await settings().getByLabel('Name').fill('Descaling');
  await settings().getByLabel('Keywords').fill('descale\nlimescale');
  await settings().locator('.pick[data-value="email"]').click();
  await settings().locator('#rule-departmentId').selectOption({ label: 'Service' });
  await settings().locator('#rule-assignee').selectOption('round_robin');
  expect(await wrongs()).toEqual([]);
  await shot('rule-form');
  await settings().locator('[data-act="save"]').click();
  await settings().locator('h1', { hasText: 'Descaling' }).waitFor();
  await settings().locator('[data-act="back"]').click();
  const row = settings().locator('.accounts li', { hasText: 'Descaling' });
  await row.waitFor();
  expect((await row.innerText()).replace(/\s+/g, ' ')).toContain('Email · “descale”, “limescale” → Service · Taking turns');

  await settings().getByLabel('Message', { exact: true }).fill('How do I descale the machine?');
  await settings().locator('form select').selectOption('email');
  await settings().locator('[data-act="try"]').click();
  const outcome = settings().locator('.facts2');
  await outcome.waitFor();
  expect(await outcome.innerText()).toMatch(/Descaling[\s\S]*Service/);
  expect(await wrongs()).toEqual([]);
  await shot('routing');

  await row.locator('.account-name').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(async () => (await api<{ items: { name: string }[] }>('/v1/routing-rules')).items.map(({ name }) => name).indexOf('Descaling')).toBe(1);
  await expect.poll(async () => (await settings().locator('.account-name').allInnerTexts()).findIndex((name) => name.includes('Descaling'))).toBe(1);
  await row.locator('.account-name').click();
  await settings().locator('[data-act="remove"]').click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();
});

test('in dark, narrow and right to left, nothing is wrong', { timeout: 60_000 }, async () => {
  for (const [name, view] of [
    ['routing-dark', { dark: true }],
    ['routing-narrow', { width: 390 }],
    ['routing-rtl', { query: 'lang=ar' }],
  ] as const) {
    await visit('settings', view);
    await section('routing');
    await settings().locator('.accounts li').first().waitFor();
    expect(await wrongs(), name).toEqual([]);
    await shot(name);
    if (name !== 'routing-rtl') await page.close();
  }
});

test('puts a conversation off, has it back, closes and reopens it, all with the keyboard', { timeout: 60_000 }, async () => {
  const { items } = await api<{ items: { id: string; contact: { name: string } }[] }>('/v1/conversations?limit=1');
  const { id, contact } = items[0]!;
  await visit('inbox');
  const inbox = page.locator('conv-inbox');
  await inbox.locator('.row', { hasText: contact.name }).first().click();
  await inbox.locator('conv-thread').getByRole('button', { name: 'More actions' }).click();
  await inbox.getByRole('menuitem', { name: 'Put it off' }).click();
  const dialog = inbox.locator('conv-thread dialog');
  await dialog.waitFor();
  expect(await wrongs()).toEqual([]);
  await shot('snooze-dialog');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await inbox.locator('conv-thread .thread-title', { hasText: 'Until' }).waitFor();
  expect((await api<{ items: { id: string }[] }>('/v1/conversations?snoozed=true')).items.map((one) => one.id)).toContain(id);
  await shot('snoozed');
  const status = async () => {
    const { snoozedUntil, status: now } = await api<{ snoozedUntil: string | null; status: string }>(`/v1/conversations/${id}`);
    return [now, snoozedUntil];
  };
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(status).toEqual(['open', null]);

  await page.keyboard.press('Control+Shift+L');
  await dialog.waitFor();
  for (let n = 0; n < 3 && !(await dialog.locator('[value=next_message]').isChecked()); n += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(status).toEqual(['open', 'next_message']);
  await page.keyboard.press('Control+Shift+L');
  await expect.poll(status).toEqual(['open', null]);
  await page.keyboard.press('Control+Shift+E');
  await expect.poll(status).toEqual(['closed', null]);
  await page.keyboard.press('Control+Shift+E');
  await expect.poll(status).toEqual(['open', null]);
});

test('an open conversation is marked unread by a key, stays so while it is looked at, until it is opened again', {
  timeout: 60_000,
}, async () => {
  const { items } = await api<{ items: { id: string; lastInboundSeq: number }[] }>('/v1/conversations?channel=whatsapp&limit=100');
  const [one, other] = items.filter(({ lastInboundSeq }) => lastInboundSeq > 0);
  const unread = async () => (await api<{ unread: number }>(`/v1/conversations/${one!.id}`)).unread;
  await visit('inbox');
  const row = (id: string) => page.locator(`conv-pool .row-link[data-id="${id}"]`);
  const logged = page.locator('conv-thread conv-log .msg');
  await row(one!.id).click();
  await logged.first().waitFor();
  await expect.poll(unread).toBe(0);
  await page.locator('conv-thread').getByRole('button', { name: 'More actions' }).focus();
  await page.keyboard.press('Shift+U');
  await page.getByText('Unread until you open it again').waitFor();
  expect(await unread()).toBe(1);
  await page.keyboard.press('z');
  await expect.poll(unread).toBe(0);
  await page.keyboard.press('Shift+U');
  await expect.poll(unread).toBe(1);

  // What changes in it draws its lines anew, with the end in view.
  await api(`/v1/conversations/${one!.id}/notes`, { text: 'For the early shift', mentions: [] });
  await logged.filter({ hasText: 'For the early shift' }).waitFor();
  expect(await unread()).toBe(1);
  await row(other!.id).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('conversation')).toBe(other!.id);
  await logged.first().waitFor();
  expect(await unread()).toBe(1);
  await row(one!.id).click();
  await expect.poll(unread).toBe(0);
});

test('an operator corrects a decision in its line, an admin makes it a card, and sees beside the agent what a change would flip', {
  timeout: 180_000,
}, async () => {
  const { items } = await api<{ items: { id: string; contact: { name: string } }[] }>('/v1/conversations?limit=100');
  const { id } = items.find(({ contact }) => contact.name === 'sam.pulls.shots')!;
  await visit('conversations', { query: `conversation=${id}` });
  await page.evaluate((open) => {
    for (const element of document.querySelectorAll('conv-inbox, conv-thread')) (element as HTMLElement & { conversation?: string }).conversation = open;
  }, id);
  await page.locator('thread-decision [data-act="reply"]').click();
  const toast = page.locator('.toasts');
  await toast.getByText('Nova answers after all').waitFor();
  await page.locator('conv-log .msg', { hasText: 'All right. Is there anything I can help you with?' }).waitFor({ timeout: 40_000 });
  await page.locator('thread-decision', { hasText: 'Ana Duarte wanted an answer' }).locator('[data-act="card"]').click();
  const dialog = page.locator('thread-decision dialog[open]');
  expect(await dialog.locator('#card-text').inputValue()).toBe('Always reply to emoji.');
  await dialog.getByText('Only on Instagram').click();
  await dialog.locator('.would', { hasText: 'of the last 200 messages would be decided otherwise' }).waitFor({ timeout: 40_000 });
  expect(await wrongs()).toEqual([]);
  await dialog.locator('[type="submit"]').click();
  await toast.getByText('The card holds from now on').waitFor();
  const cards = await api<{ items: { text: string; scope: object; position: number }[] }>('/v1/guidance-cards?limit=100');
  expect(cards.items[0]).toMatchObject({ text: 'Always reply to emoji.', scope: { agentIds: [expect.any(String)] } });
  expect(cards.items[0]!.scope).not.toHaveProperty('channels');

  await page.locator('thread-decision', { hasText: 'Should have stayed quiet' }).last().locator('[data-act="quiet"]').click();
  await toast.getByText('Noted for the reports').waitFor();
  await toast.getByRole('button', { name: 'Undo' }).last().click();
  await toast.getByText('Taken back').waitFor();
  await page.close();

  await visit('settings', { width: 1440 });
  await page.evaluate(() => {
    document.querySelector('conv-settings')!.section = 'agents';
  });
  await settings().locator('#agent-classifierInstruction').fill('Stay quiet on thanks. Stay quiet when a customer says they will call.');
  const pane = settings().locator('.whatif');
  await pane.locator('.flips li').first().waitFor({ timeout: 40_000 });
  await pane.getByRole('button', { name: /go(es)? quiet/ }).click();
  const money = pane.locator('.flips li', { hasText: 'Vou ligar para o banco' });
  expect(await money.locator('.sig').innerText()).toBe('Looks wrong: a sum of money is mentioned');
  expect(await money.locator('.flip').innerText()).toContain('Your instruction');
  // The bar at the foot lies over whatever is scrolled under it.
  expect((await wrongs()).filter((wrong) => !wrong.startsWith('target-size'))).toEqual([]);
  await page.locator('conv-settings .save button', { hasText: 'Discard' }).click();
  await pane.getByText('Change the instruction or a card').waitFor();
});
