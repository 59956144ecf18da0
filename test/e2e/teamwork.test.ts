/** What operators do with each other: notes, questions to take over, tickets, links. In a real browser, over the real server. */
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { keepSilent } from '../support/silent-elements.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let demo: RunningDemo;
let browser: Browser;
let pages: Page[] = [];

keepSilent();
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
afterEach(async () => {
  for (const page of pages) await page.close();
  pages = [];
});

async function visit(query: string, width = 1440): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
  pages.push(page);
  await page.addInitScript({ path: axe });
  await page.goto(`${demo.url}/portal.html?${query}`);
  return page;
}
async function open(page: Page, name: string): Promise<void> {
  await page.locator('conv-pool .row', { hasText: name }).first().locator('.row-link').click();
  await page.locator('conv-thread h2', { hasText: name }).waitFor();
  await page.locator('conv-composer form').waitFor();
}
async function wrongs(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = (await window.axe.run(document.documentElement, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })) as AxeResults;
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`));
  });
}
const choose = async (page: Page, entry: string): Promise<void> => {
  await page.locator('conv-thread').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
};
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

async function openId(page: Page): Promise<string> {
  return new URL(page.url()).searchParams.get('conversation') ?? '';
}

describe('a question to take over', { timeout: 90_000 }, () => {
  test('is asked from the menu, stands with the other one until answered, and moves the conversation only then', async () => {
    const ana = await visit('as=ana');
    await open(ana, 'Dmitri Halloran');
    const id = await openId(ana);
    const ben = await visit('as=ben');
    await ben.locator('conv-pool .row-link').first().waitFor();

    await choose(ana, 'Transfer to a teammate');
    const dialog = ana.getByRole('dialog', { name: 'Transfer to a teammate' });
    await dialog.getByRole('radio', { name: /^Ben/ }).check();
    await dialog.getByLabel(/^Note for Ben/).fill('You know grinders');
    expect(await wrongs(ana)).toEqual([]);
    await shot(ana, 'transfer-dialog');
    await dialog.getByRole('button', { name: 'Ask Ben' }).click();
    await ana.locator('conv-thread transfer-banner', { hasText: 'was asked to take over' }).waitFor();
    await shot(ana, 'transfer-waits');

    const ask = ben.locator('transfer-asks transfer-banner');
    await ask.getByText('You know grinders').waitFor();
    await shot(ben, 'transfer-asked');
    expect(await wrongs(ben)).toEqual([]);
    await ask.getByRole('button', { name: 'Decline' }).click();
    await ask.getByRole('textbox').fill('In a call');
    await ask.getByRole('textbox').press('Enter');
    await ana.getByText(/declined: “In a call”/).waitFor();
    await ana.getByRole('button', { name: 'Ask somebody else' }).click();
    await ana.getByRole('dialog', { name: 'Transfer to a teammate' }).getByRole('radio', { name: /^Ben/ }).check();
    await ana.keyboard.press('Control+Enter');
    await ask.getByRole('button', { name: 'Accept' }).click();
    await ana.getByText(/accepted\. Dmitri is theirs now/).waitFor();
    await ben.locator('conv-thread h2', { hasText: 'Dmitri Halloran' }).waitFor();
    expect(await openId(ben)).toBe(id);
  });

  test('is taken back by who asked', async () => {
    const ana = await visit('as=ana');
    await open(ana, 'Dmitri Halloran');
    await choose(ana, 'Transfer to a teammate');
    await ana
      .getByRole('dialog')
      .getByRole('radio', { name: /^Chloe/ })
      .check();
    await ana.getByRole('button', { name: 'Ask Chloe' }).click();
    const banner = ana.locator('conv-thread transfer-banner');
    await banner.getByRole('button', { name: 'Take it back' }).click();
    await banner.waitFor({ state: 'detached' });
    await ana
      .locator('conv-log')
      .getByText(/took the question back/)
      .last()
      .waitFor();
  });
});

describe('tickets', { timeout: 90_000 }, () => {
  test('are made from the menu with a snapshot, stand in the side panel and in a list, and are worked on there', async () => {
    const page = await visit('as=ana');
    await open(page, 'Dmitri Halloran');
    await choose(page, 'Create ticket');
    const dialog = page.getByRole('dialog', { name: 'Create ticket' });
    await dialog.getByLabel('Title').fill('');
    await page.keyboard.press('Control+Enter');
    await dialog.locator('div:has(> #ticket-title) > .refusal', { hasText: 'Give it a title.' }).waitFor();
    await dialog.getByLabel('Title').fill('Grinder smells burnt');
    await dialog.getByLabel('Priority').selectOption('urgent');
    await shot(page, 'ticket-dialog');
    expect(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Ticket \d+ created$/).waitFor();
    const link = page.locator('conv-details').getByRole('button', { name: /Grinder smells burnt/ });
    await link.waitFor();
    await shot(page, 'ticket-details');
    await link.click();
    const tickets = page.locator('conv-tickets');
    await tickets.getByText('As the conversation stood then.').waitFor();
    await shot(page, 'ticket-open');
    expect(await wrongs(page)).toEqual([]);
    await tickets.getByLabel('Status').selectOption('solved');
    await page.getByText('Saved').first().waitFor();
    await tickets.getByRole('button', { name: 'Back to the tickets' }).click();
    await tickets.locator('.ticket-row', { hasText: 'Grinder smells burnt' }).getByText('Solved').waitFor();
    await tickets.getByLabel('Status').selectOption('pending');
    await tickets.getByText('No tickets like these').waitFor();
    await page.keyboard.press('Escape');
    await tickets.waitFor({ state: 'detached' });
  });

  test.each(['theme=dark', 'lang=ar'])('have nothing that axe finds wrong, with %s, on a narrow screen too', async (query) => {
    const page = await visit(`as=ana&${query}#tickets`, 390);
    await page.locator('conv-tickets .ticket-row, conv-tickets .empty').first().waitFor();
    await shot(page, `tickets-390-${query.replace('=', '-')}`);
    expect(await wrongs(page)).toEqual([]);
  });
});

describe('a note', { timeout: 90_000 }, () => {
  test('is asked about before it is left for a reply, carries files, and shows its marks as such', async () => {
    const page = await visit('as=ana');
    await open(page, 'Dmitri Halloran');
    const composer = page.locator('conv-composer');
    await composer.getByRole('tab', { name: 'Note' }).click();
    const field = composer.getByRole('textbox', { name: 'Note' });
    await field.fill('Call **before noon**, see https://morrow.example/x and `v2`:\n- <img src=x onerror=alert(1)>\n- *second*');
    await composer.getByRole('tab', { name: 'Reply' }).click();
    const asked = composer.getByRole('alertdialog');
    await asked.getByText('Your note stays here and is not sent.').waitFor();
    await shot(page, 'note-switch');
    expect(await wrongs(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'detached' });
    expect(await field.inputValue()).toContain('**before noon**');
    await composer.getByRole('tab', { name: 'Reply' }).click();
    await asked.getByRole('button', { name: 'Write a reply' }).click();
    expect(await composer.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('');
    await composer.getByRole('tab', { name: 'Note' }).click();
    expect(await field.inputValue()).toContain('**before noon**');

    await composer.locator('input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('the plan') });
    await composer.locator('composer-files').getByText('plan.txt').waitFor();
    const leave = composer.getByRole('button', { name: /^Leave note/ });
    await expect.poll(() => leave.isEnabled()).toBe(true);
    await leave.click();
    const note = page.locator('conv-log .msg.note').last();
    await note.getByRole('link', { name: /plan\.txt/ }).waitFor();
    expect(await note.locator('strong').textContent()).toBe('before noon');
    expect(await note.locator('code').textContent()).toBe('v2');
    expect(await note.locator('li').count()).toBe(2);
    expect(await note.locator('img[src=x]').count()).toBe(0);
    expect(await note.getByRole('link', { name: 'https://morrow.example/x' }).getAttribute('rel')).toBe('noopener noreferrer');
    await shot(page, 'note');
  });
});

test('a link to one message is copied at its time, and leads there', { timeout: 60_000 }, async () => {
  const page = await visit('as=ana');
  await open(page, 'Dmitri Halloran');
  const stamp = page.locator('conv-log .msg .stamp').first();
  await stamp.click();
  await page.getByText('Link copied').waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.searchParams.get('conversation')).toBe(await openId(page));
  const message = link.searchParams.get('message');
  const other = await visit(link.search.slice(1));
  await other.locator(`conv-log [data-key="${message}"]`).waitFor();
  await expect.poll(() => other.locator(`conv-log [data-key="${message}"]`).evaluate((node) => node.getBoundingClientRect().top > 0)).toBe(true);
});

test('an admin sets where tickets are passed on to, with a secret that is never shown again', { timeout: 60_000 }, async () => {
  const page = await visit('as=ana#settings');
  await page.locator('conv-settings').getByRole('link', { name: 'Tickets' }).click();
  const url = page.getByLabel('Webhook address');
  await url.fill('nowhere');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Give a web address').waitFor();
  await url.fill('https://tracker.example/hook');
  await page.getByRole('button', { name: 'Make one' }).click();
  expect(await page.getByLabel('Signing secret').inputValue()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await shot(page, 'tracker');
  expect(await wrongs(page)).toEqual([]);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('A secret is set. Leave this empty to keep it.').waitFor();
  expect(await page.getByLabel('Signing secret').inputValue()).toBe('');
  await page.getByRole('button', { name: 'Stop passing tickets on' }).click();
  await page.getByText('Tickets stay here from now on').waitFor();
  expect(await url.inputValue()).toBe('');
});
