/** An admin connects a channel in the portal: account, secrets, a try, and the first message by its webhook; and reads what handoffs amount to. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signTwilio } from '../../server/channels/signatures.ts';
import { usePortal, wrongsOf } from '../support/portal.ts';

let page: Page;
const open = usePortal();

async function visit(query = '', width = 1280): Promise<void> {
  page = await open(`${query}#settings`, width);
}

const sid = `AC${'7'.repeat(32)}`;
const field = (name: string) => page.locator('conv-settings').getByLabel(name, { exact: false });

test('connects SMS: fills in, tries out, and receives the first signed message', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  await page.locator('conv-settings [data-act="add"]').click();
  await page.locator('conv-settings [data-kind="sms"]').click();
  await field('Name').first().fill('Second number');
  await field('Address').first().fill('+351912555044');
  await field('Account SID').fill('nonsense');
  await field('Auth token').fill('auth-token-of-the-new-account');
  await page.locator('conv-settings [data-act="save"]').click();
  const refused = page.locator('conv-settings .one', { hasText: 'Account SID' }).locator('[role=alert]');
  await refused.waitFor();
  expect(await field('Account SID').getAttribute('aria-invalid')).toBe('true');
  await field('Account SID').fill(sid);
  await page.locator('conv-settings [data-act="save"]').click();

  await page.locator('conv-settings h1', { hasText: 'Second number' }).waitFor();
  const address = await page.locator('conv-settings code.copy').innerText();
  expect(await page.locator('conv-settings').innerText()).not.toContain('auth-token-of-the-new-account');
  await page.locator('conv-settings [data-act="test"]').click();
  await page.locator('conv-settings .steps-done li').nth(2).waitFor();
  expect(await page.locator('conv-settings [role=status]', { hasText: 'Everything works' }).count()).toBe(1);

  const form = new URLSearchParams({
    MessageSid: `SM${'1'.repeat(32)}`,
    AccountSid: sid,
    From: '+351912555001',
    To: '+351912555044',
    Body: 'Is this the new number?',
  });
  const signature = signTwilio('auth-token-of-the-new-account', address, form);
  const received = await fetch(address, { method: 'POST', body: form, headers: { 'x-twilio-signature': signature } });
  expect(received.status).toBe(200);
  await page.locator('conv-settings [data-fact="received"] time').waitFor({ timeout: 15_000 });

  const forged = await fetch(address, { method: 'POST', body: form, headers: { 'x-twilio-signature': 'forged' } });
  expect(forged.status).toBe(401);
  const failure = page.locator('conv-settings [data-fact="error"]', { hasText: 'refused a webhook' });
  await failure.waitFor({ timeout: 15_000 });
  await failure.locator('summary').click();
  expect(await failure.locator('pre').innerText()).toContain('Body=Is+this+the+new+number');
  expect(await page.locator('conv-settings .set-nav').innerText()).toContain('1');

  await page.locator('conv-settings [data-act="remove"]').click();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-settings dialog [role=alert]', { hasText: 'It has conversations' }).waitFor();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-settings .head-switch .switch:not(:checked)').waitFor();
});

test('asks before what was typed is lost', { timeout: 60_000 }, async () => {
  await visit();
  await page.locator('conv-settings .account-name').first().click();
  await field('Name').first().fill('Another name');
  await page.locator('.host-nav a[href="#conversations"]').click();
  await page.locator('conv-settings dialog[open]').waitFor();
  await page.locator('conv-settings dialog .push').click();
  expect(await field('Name').first().inputValue()).toBe('Another name');
  await page.locator('.host-nav a[href="#conversations"]').click();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-inbox').waitFor();
  expect(await page.locator('conv-settings').count()).toBe(0);
});

test('shows what handoffs amount to: as charts, tables and files, of any days, and leads to where it is changed', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .set-nav a', { hasText: 'Handoffs' }).click();
  const report = page.locator('conv-settings conv-report');
  await report.locator('.figures .big').first().waitFor();
  expect(await report.locator('.figures').first().innerText()).toMatch(/Handoff rate\s*\d+\.\d\s*%[\s\S]*of \d+ conversations/);
  expect(await report.locator('svg.plot').count()).toBe(2);
  expect(await wrongsOf(page)).toEqual([]);
  await report.getByRole('button', { name: 'As a table: Rate by day' }).click();
  const days = report.locator('[data-chart="days"] tbody tr');
  expect(await days.count()).toBe(30);
  await report.locator('[data-days="7"]').click();
  await expect.poll(() => days.count()).toBe(7);
  const [file] = await Promise.all([page.waitForEvent('download'), report.locator('[data-act="csv"]').click()]);
  expect(file.suggestedFilename()).toMatch(/^handoffs-days-.*\.csv$/);
  expect((await readFile(await file.path(), 'utf8')).split('\r\n')).toHaveLength(9);
  for (const table of ['answers', 'drafts', 'pairs']) {
    const part = report.locator(table === 'pairs' ? '.table-head' : `[data-chart="${table}"]`);
    const [own] = await Promise.all([page.waitForEvent('download'), part.getByRole('button', { name: /^Download as CSV/ }).click()]);
    expect(own.suggestedFilename()).toMatch(new RegExp(`^handoffs-${table}-`));
    expect(await readFile(await own.path(), 'utf8')).toMatch(/(?:Nova|Sol)[^]*\r\n$/);
  }
  expect(await report.locator('[data-chart="answers"] tbody').innerText()).toMatch(/Nova/);
  await report.getByLabel('Channel', { exact: true }).selectOption('email');
  await expect.poll(async () => [...new Set(await report.locator('[aria-labelledby="pairs"] tbody td:nth-child(2)').allInnerTexts())]).toEqual(['Email']);
  await report.getByLabel('Channel', { exact: true }).selectOption('');
  await report.locator('[data-act="waits"]').click();
  await report.locator('dialog .waits li').first().waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await report.locator('[data-act="drafts"]').first().click();
  await page.locator('conv-settings[section="cards"]').waitFor();
});

test.each([
  ['theme=light', 1280],
  ['theme=dark&lang=ar', 1280],
  ['theme=light&lang=de', 390],
] as const)('has nothing that axe finds wrong, with %s at %i', { timeout: 90_000 }, async (query, width) => {
  await visit(query, width);
  await page.locator('conv-settings .accounts li').first().waitFor();
  const found = await wrongsOf(page);
  await page.locator('conv-settings [data-act="add"]').click();
  await page.locator('conv-settings .kinds').waitFor();
  found.push(...(await wrongsOf(page)));
  await page.locator('conv-settings [data-act="back"]').click();
  for (const at of [0, 1, 2, 3]) {
    await page.locator('conv-settings .account-name').nth(at).click();
    await page.locator('conv-settings .facts2').waitFor();
    found.push(...(await wrongsOf(page)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.locator('conv-settings [data-act="back"]').click();
  }
  expect(found).toEqual([]);
});

test('puts one thing of the workspace back as it was, and takes that back, without touching the others', { timeout: 60_000 }, async () => {
  const workspace = () => open.client().get<{ allowedHosts: string[]; hours: { timeZone: string } | null }>('/v1/workspace');
  const { allowedHosts: before } = await workspace();
  await visit();
  const hosts = page.locator('conv-settings #hosts');
  await page.locator('conv-settings .set-nav a[href="#hosts"]').click();
  await hosts.fill('cdn.example');
  await page.locator('conv-settings [data-act="save"]').click();
  await expect.poll(async () => (await workspace()).allowedHosts).toEqual(['cdn.example']);
  const hours = { timeZone: 'Europe/Lisbon', week: [{ day: 1, from: '09:00', to: '17:00' }], holidays: [] };
  await open.client().ask('PATCH', '/v1/workspace', { as: 'ana', body: { hours } });

  const past = page.locator('conv-settings details.history');
  await past.locator('summary').first().click();
  await past.locator('ol.past > li').nth(1).waitFor();
  // What changed elsewhere in the workspace is not in the history of this.
  expect(await past.locator('ol.past > li').count()).toBe(2);
  expect(await wrongsOf(page)).toEqual([]);
  await past.getByRole('button', { name: 'Put back' }).click();
  await expect.poll(async () => (await workspace()).allowedHosts).toEqual(before);
  await expect.poll(() => hosts.inputValue()).toBe(before.join('\n'));
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => await workspace()).toMatchObject({ allowedHosts: ['cdn.example'], hours: { timeZone: 'Europe/Lisbon' } });

  await page.locator('conv-settings .set-nav a[href="#hours"]').click();
  await page.locator('conv-settings [data-id="workspace"]').click();
  await past.locator('summary').first().click();
  await past.locator('ol.past > li', { hasText: 'Hours' }).first().waitFor();
  await past.getByRole('button', { name: 'Put back' }).last().click();
  await expect.poll(async () => (await workspace()).hours).toBe(null);
  expect((await workspace()).allowedHosts).toEqual(['cdn.example']);
});
