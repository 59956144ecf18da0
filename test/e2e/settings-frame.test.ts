/** The frame of the settings in the portal: the past of each setting, keys, people, hosts, the log, and looking without changing. */
import type { Page, Request } from 'playwright-core';
import { expect, test } from 'vitest';
import { openSection, usePortal, wrongsOf } from '../support/portal.ts';

let page: Page;
const open = usePortal();

async function visit(query = '', width = 1280, before?: (opened: Page) => Promise<void>): Promise<void> {
  page = await open(`${query}#settings`, width, before);
}
const section = (name: string): Promise<void> => openSection(page, name);
const said = (text: string) => page.locator('.toast', { hasText: text });

test('groups its sections, shows what became of a setting, and puts it back', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  expect(await page.locator('conv-settings .set-nav h2').allInnerTexts()).toEqual(['Agents', 'What they know', 'Who gets what', 'Connections', 'Reports']);
  await section('Departments');
  const dialog = page.locator('conv-settings dialog[open]');
  const row = (name: string) => page.locator('conv-settings .account-name', { hasText: name });
  await row('Care').click();
  await dialog.getByLabel('Name').fill('Customer care');
  await dialog.locator('[type=submit]').click();
  await row('Customer care').click();
  await dialog.locator('details.history > summary').click();
  await dialog.locator('.past li', { hasText: 'Ana Duarte changed it' }).waitFor();
  await dialog.locator('.past .changes summary').click();
  expect(await dialog.locator('.past .changes dd').innerText()).toBe('Care Customer care');
  await dialog.locator('[data-version="1"]').click();
  await dialog.locator('.past li', { hasText: 'Ana Duarte put version 1 of it back' }).waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Care');
  await page.keyboard.press('Escape');

  await section('Quick replies');
  await page.locator('conv-settings [data-act=add]').click();
  await dialog.getByLabel('Name').fill('Warm welcome');
  await dialog.getByLabel('Text').fill('Hello ');
  await dialog.getByRole('button', { name: 'First name' }).first().click();
  expect(await dialog.getByLabel('Text').inputValue()).toBe('Hello {{contact.firstName}}');
  await dialog.locator('[type=submit]').click();
  await row('Warm welcome').waitFor();
  await page.locator('conv-settings').getByLabel('Delete quick reply Warm welcome').click();
  await dialog.locator('[type=submit]').click();
  await said('Warm welcome was deleted').getByRole('button', { name: 'Undo' }).click();
  await row('Warm welcome').waitFor();

  await section('Macros');
  await page.locator('conv-settings [data-act=add]').click();
  await dialog.locator('[type=submit]').click();
  await dialog.locator('[role=alert]').waitFor();
  await dialog.getByLabel('Name').fill('Close it');
  await dialog.locator('#macro-status').selectOption({ index: 1 });
  await dialog.locator('[type=submit]').click();
  await row('Close it').waitFor();
  await page.locator('conv-settings').getByLabel('Delete macro Close it').click();
  await dialog.locator('[type=submit]').click();
  await row('Close it').waitFor({ state: 'detached' });

  await section('Audit log');
  await page.locator('conv-settings [data-filter=kind]').selectOption('macro');
  const entries = page.locator('conv-settings .past > li');
  await entries.first().locator('[data-act=back]').click();
  await page.locator('conv-settings .past > li', { hasText: 'put version 1 of macro “Close it” back' }).waitFor();
  expect(await entries.count()).toBe(3);
  await section('Macros');
  await row('Close it').waitFor();
});

test('makes a key that is shown once, keeps people out, and marks what is no host', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  await section('API keys');
  await page.locator('conv-settings [data-act=add]').click();
  const dialog = page.locator('conv-settings dialog[open]');
  await dialog.locator('[type=submit]').click();
  await dialog.locator('[role=alert]', { hasText: 'It needs a name' }).waitFor();
  await dialog.getByLabel('Name').fill('Shop');
  await dialog.getByLabel('read contacts').check();
  await dialog.locator('[type=submit]').click();
  const key = await dialog.locator('code.copy').innerText();
  expect(key).toMatch(/^ck_.{40,}/);
  await dialog.locator('[type=submit]').click();
  await page.locator('conv-settings .account-name', { hasText: 'Shop' }).waitFor();
  expect(await page.locator('conv-settings').innerText()).not.toContain(key);
  const asKey = () => page.evaluate((bearer) => fetch('/v1/contacts', { headers: { authorization: `Bearer ${bearer}` } }).then(({ status }) => status), key);
  expect(await asKey()).toBe(200);
  await page.locator('conv-settings').getByLabel('Revoke Shop').click();
  await dialog.locator('[type=submit]').click();
  await said('Shop was revoked').waitFor();
  expect(await asKey()).toBe(401);

  await section('Operators and roles');
  const chloe = page.locator('conv-settings .accounts li', { hasText: 'Chloe' });
  await chloe.locator('.switch').uncheck();
  await chloe.getByText('Kept out').waitFor();
  await said('Chloe Marchetti is kept out').getByRole('button', { name: 'Undo' }).click();
  await chloe.getByText('Kept out').waitFor({ state: 'detached' });
  expect(await page.locator('conv-settings .accounts li', { hasText: 'Ana Duarte' }).locator('.switch').isDisabled()).toBe(true);

  await section('Allowed link hosts');
  const hosts = page.locator('conv-settings #hosts');
  const before = await hosts.inputValue();
  await hosts.fill(`${before}\nhttps://no host`);
  await page.locator('conv-settings [data-act=save]').click();
  await page.locator('conv-settings [role=alert]', { hasText: 'This is no host name: https://no' }).waitFor();
  expect(await hosts.getAttribute('aria-invalid')).toBe('true');
  await hosts.fill(`${before}\ncdn.example`);
  await page.locator('conv-settings [data-act=save]').click();
  await said('Allowed hosts were saved').waitFor();
  await section('Models');
  expect(await page.locator('conv-settings .shown').innerText()).toContain('The built-in model');
});

test('says in every section that it could not be read or saved, once the network is cut; tries again, and keeps what was typed', {
  timeout: 120_000,
}, async () => {
  let cut: 'all' | 'writes' | undefined;
  const asked: string[] = [];
  const served = /\/v1\/(?!me$|events|tokens?)/;
  const underway = new Set<Request>();
  /** What was asked before the network comes or goes has been answered by then. */
  const quiet = () => expect.poll(() => underway.size).toBe(0);
  await visit('', 1280, async (opened) => {
    cut = 'all';
    opened.on('request', (request) => served.test(request.url()) && underway.add(request));
    opened.on('requestfinished', (request) => underway.delete(request));
    opened.on('requestfailed', (request) => underway.delete(request));
    await opened.route(served, (route) => {
      const method = route.request().method();
      if (cut === undefined || (cut === 'writes' && method === 'GET')) return route.continue();
      asked.push(new URL(route.request().url()).pathname);
      return route.abort();
    });
  });
  const settings = page.locator('conv-settings');
  /** Leaves the section that is open. */
  const go = (section: string) =>
    settings.evaluate((element, to) => {
      element.setAttribute('section', to);
      return (element as HTMLElement & { updateComplete: Promise<unknown> }).updateComplete;
    }, section);
  const again = settings.locator('.shown [role=alert] button');
  const listed =
    'agents cards playbooks skills articles operators departments routing triggers routes intents tags quick macros channels keys tickets checks handoffs audit';
  // Each says so of its own, as long as nothing at all can be read.
  for (const section of listed.split(' ')) {
    await go(section);
    await again.first().waitFor();
    await quiet();
  }
  // What one section has read, another need not read again.
  let pressed = 0;
  for (const section of listed.split(' ')) {
    cut = 'all';
    await go(section);
    await settings.locator('.shown > :not(.bones)').first().waitFor();
    await quiet();
    cut = undefined;
    // Each list that could not be read has a button of its own.
    await expect
      .poll(async () => {
        for (const button of await again.all())
          await button.click({ timeout: 1_000 }).then(
            () => (pressed += 1),
            () => {},
          );
        return again.count();
      })
      .toBe(0);
    await quiet();
  }
  expect(pressed).toBeGreaterThan(10);
  // What is not there is asked for by whoever opens a section, and not over and over.
  expect(asked.filter((path) => path === '/v1/agents').length).toBeLessThan(20);

  const typed = 'https://kept.example/as-it-is';
  for (const [section, row, field] of [
    ['agents', '', '#agent-instructions'],
    ['agents/new', '', '#agent-name'],
    ['departments', '.account-name', '#edit-name'],
    ['skills', '.account-name', '#f-description'],
    ['routing', '.account-name', '#rule-name'],
    ['intents', '.account-name', '#f-label'],
    ['channels', '.account-name', '#f-name'],
    ['hosts', '', '#hosts'],
    ['data', '', '#filesDays'],
  ] as const) {
    cut = undefined;
    await go(section);
    if (row) await settings.locator(row).first().click();
    const value = section === 'data' ? '33' : typed;
    await settings.locator(field).fill(value);
    cut = 'writes';
    await settings.locator('dialog[open] [type=submit], .shown [data-act=save]').first().click();
    await settings.locator('.save [role=alert], dialog [role=alert]').first().waitFor();
    expect(await settings.locator(field).inputValue(), section).toBe(value);
    await page.keyboard.press('Escape');
  }
});

test('lets operators look, and says who may change it', { timeout: 60_000 }, async () => {
  await visit('as=ben');
  await page.locator('conv-settings .notice', { hasText: 'Only admins change settings' }).waitFor();
  await page.locator('conv-settings .account-name').first().click();
  await page.locator('conv-settings .facts2').waitFor();
  expect(await page.locator('conv-settings .shown :is(input, select, textarea):enabled').count()).toBe(0);
  await section('Operators and roles');
  expect(await page.locator('conv-settings .shown .switch:enabled').count()).toBe(0);
  await section('Departments');
  await page.locator('conv-settings .account-name').first().click();
  expect(await page.locator('conv-settings dialog[open] button:visible').allInnerTexts()).toEqual(['', 'Cancel']);
});

test.each([
  ['theme=light', 1280],
  ['theme=dark&lang=ar', 1280],
  ['theme=light&lang=de', 390],
] as const)('has nothing that axe finds wrong, with %s at %i', { timeout: 90_000 }, async (query, width) => {
  await visit(query, width);
  await page.locator('conv-settings .accounts li').first().waitFor();
  const found: string[] = [];
  for (const name of ['articles', 'keys', 'operators', 'models', 'hosts', 'audit', 'departments']) {
    await page.locator('conv-settings').evaluate((element, to) => (element as HTMLElement & { section: string }).setAttribute('section', to), name);
    await page.locator('conv-settings .shown :is(.accounts, .empty, .facts2, textarea, .past)').first().waitFor();
    found.push(...(await wrongsOf(page)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
  expect(found).toEqual([]);
});
