import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { launchBrowser } from '../support/browser.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { until } from '../support/pipeline.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import { keepSilent } from '../support/silent-elements.ts';

const patience = 30_000;

let demo: RunningDemo;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let ana: string;
let faults: string[];

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  ana = ((await (await fetch(`${demo.url}/demo/token?as=ana`)).json()) as { token: string }).token;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  faults = [];
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`);
  });
  await context.addInitScript({ path: axe });
  page = await context.newPage();
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
});

async function api<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`${demo.url}/v1${path}`, {
    headers: { authorization: `Bearer ${ana}`, 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as T;
}
const find = async (who: string) => (await api<{ items: Conversation[] }>(`/conversations?status=any&q=${encodeURIComponent(who)}`)).items[0];
const messages = async (id: string) => (await api<{ items: Message[] }>(`/conversations/${id}/messages?limit=100`)).items;

/** Opens the page at a channel. @returns its pane */
async function openTab(name: string): Promise<Locator> {
  await page.goto(`${demo.url}/`);
  return showTab(name);
}

/** Goes to another channel of the page. @returns its pane */
async function showTab(name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click();
  return page.getByRole('tabpanel', { name, exact: true });
}

/** Takes the phone of somebody who has never written. */
async function newPhone(pane: Locator, name: string, handle: string): Promise<void> {
  await pane.getByLabel('Whose phone').selectOption({ label: 'Somebody new …' });
  await pane.getByLabel('Name').fill(name);
  await pane.getByRole('textbox', { name: /Number|Instagram id|Their id/ }).fill(handle);
  await pane.getByRole('button', { name: 'Take this phone' }).click();
}
async function write(pane: Locator, text: string): Promise<void> {
  await pane.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}
const row = (who: string) => page.frameLocator('iframe[title="The team’s portal"]').locator('conv-pool .row', { hasText: who });

keepSilent();

describe('what the customer sees beside the portal', { timeout: 90_000 }, () => {
  test('a text goes to the portal and the answer back to the phone, which reports that it was read', async () => {
    const pane = await openTab('SMS');
    await newPhone(pane, 'Noel Ashby', '+447700900551');
    await write(pane, 'ok, is the basket there yet? My order number is 4711.');
    await row('+447700900551').locator('.row-link').click({ timeout: patience });
    const { id } = (await find('+447700900551'))!;
    await api(`/conversations/${id}/assume`, {}, { 'idempotency-key': crypto.randomUUID() });
    const sent = await api<Message>(`/conversations/${id}/messages`, { text: 'It is, Noel. Come by until six.' }, { 'idempotency-key': crypto.randomUUID() });
    await pane.getByRole('log').getByText('It is, Noel.').waitFor({ timeout: patience });
    await pane.locator(`.theirs:has-text("It is, Noel.") summary`, { hasText: 'Read' }).waitFor({ timeout: patience });
    const read = await until(
      async () => (await messages(id)).find((one) => one.id === sent.id && one.delivery?.status === 'read'),
      'the message read',
      patience,
    );
    expect(read.delivery?.status).toBe('read');
  });

  test('a phone that reports nothing as read leaves it delivered', async () => {
    const pane = await openTab('SMS');
    await pane.getByLabel('Reports what is read').uncheck();
    await newPhone(pane, 'Odile Faure', '+447700900552');
    await write(pane, 'How long does delivery take?');
    const answer = pane.getByRole('log').locator('.theirs').first();
    await answer.locator('summary', { hasText: 'Delivered' }).click({ timeout: patience });
    const { id } = (await find('+447700900552'))!;
    const state = async (status: string) => (await messages(id)).find((one) => one.direction === 'outbound' && one.delivery?.status === status);
    await until(() => state('delivered'), 'the message delivered', patience);
    await pane.getByRole('button', { name: 'STOP' }).click();
    await pane.getByRole('log').getByText('STOP').waitFor();
    await until(async () => (await messages(id)).find((one) => one.direction === 'inbound' && one.text === 'STOP'), 'the stop', patience);
  });

  test('a route is chosen by a tap on WhatsApp', async () => {
    const pane = await openTab('WhatsApp');
    await newPhone(pane, 'Bruno Keller', '+447700900553');
    await write(pane, 'I want to talk to a person, please.');
    const choice = pane.getByRole('group', { name: 'Choices' }).getByRole('button').first();
    const label = (await choice.textContent({ timeout: patience })) ?? '';
    await choice.click();
    await pane.getByText('The webhook answered 200').waitFor();
    const { id } = (await find('Bruno Keller'))!;
    const offer = await until(async () => (await messages(id)).find((one) => one.chosenRouteId), 'the choice', patience);
    expect(offer.routes?.find((route) => route.id === offer.chosenRouteId)?.label.slice(0, 20)).toBe(label);
    await expect.poll(() => choice.isDisabled(), { timeout: patience }).toBe(true);
  });

  test('a picture goes in, and somebody answers from the phone app', async () => {
    const pane = await openTab('WhatsApp');
    await newPhone(pane, 'Carla Nunes', '+447700900554');
    await pane.getByRole('button', { name: 'A picture' }).click();
    await pane.getByRole('img', { name: 'machine.jpg' }).waitFor();
    const conversation = await until(() => find('Carla Nunes'), 'the conversation', patience);
    await until(
      async () => (await messages(conversation.id)).find((one) => one.attachments.some(({ type }) => type === 'image/jpeg')),
      'the picture',
      patience,
    );
    await pane.getByText('Answer from the phone app').click();
    await pane.getByLabel('Answer', { exact: true }).fill('I have seen it, Carla. One moment.');
    await pane.getByRole('button', { name: 'Send from the app' }).click();
    await until(
      async () => (await messages(conversation.id)).find((one) => one.direction === 'outbound' && one.text.startsWith('I have seen it')),
      'the echo',
      patience,
    );
    expect((await find('Carla Nunes'))?.controller.kind).toBe('human');
  });

  test('an answer to a mail threads, an absence note is not answered, and a bounce marks the mail', async () => {
    const pane = await openTab('Email');
    await pane.getByRole('button', { name: 'Write a mail' }).click();
    await pane.getByLabel('From').fill('vera@lindqvist-test.example');
    await pane.getByLabel('Name').fill('Vera Holt');
    await pane.getByLabel('Subject').fill('A question');
    await pane.getByRole('textbox', { name: 'Text', exact: true }).fill('How do I return a grinder?');
    await pane.getByRole('button', { name: 'Send', exact: true }).click();
    await pane.getByText('The webhook answered 200').waitFor();
    const waiting = await until(async () => ((await find('Vera Holt'))?.draft ? find('Vera Holt') : undefined), 'a draft', patience);
    await api(`/drafts/${waiting.draft!.id}/approve`, {}, { 'if-match': `"${waiting.draft!.version}"` });
    await pane.getByRole('button', { name: 'All mails' }).click();
    await pane.getByRole('button', { name: /vera@lindqvist-test\.example/ }).click({ timeout: patience });
    await pane.getByText('Headers', { exact: true }).click();
    await pane.getByText('In-Reply-To', { exact: true }).waitFor();
    expect(await wrongs()).toEqual([]);
    await pane.getByRole('textbox', { name: 'Text', exact: true }).fill('And who pays for it?');
    await pane.getByRole('button', { name: 'Send the answer' }).click();
    const answer = await until(async () => (await messages(waiting.id)).find((one) => one.text.includes('who pays')), 'the answer in its thread', patience);
    expect(answer.text).not.toContain('wrote:');
    await pane.getByRole('button', { name: 'An absence note answers' }).click();
    await until(async () => (await messages(waiting.id)).find((one) => one.text.includes('out of the office')), 'the absence note', patience);
    await pane.getByRole('button', { name: 'Bounce it' }).click();
    const bounced = await until(async () => (await messages(waiting.id)).find((one) => one.delivery?.status === 'bounced'), 'the bounce', patience);
    expect(bounced.delivery?.error).toContain('mailbox does not exist');
    await pane.getByRole('button', { name: 'All mails' }).click();
    await pane.getByText('Bounced').waitFor({ timeout: patience });
  });

  test('a call grows in the portal while it runs, and ends with its length', async () => {
    const pane = await openTab('Voice');
    await pane.getByLabel('Who calls').selectOption({ label: 'Kwame Mensah · +447700900614' });
    await pane.getByRole('button', { name: 'Call', exact: true }).click();
    const call = async (turns: number, ended: boolean) => {
      for (const item of (await api<{ items: Conversation[] }>('/conversations?status=any&q=Kwame')).items) {
        const found = (await messages(item.id)).find((one) => one.kind === 'call' && JSON.stringify(one.data).includes('bought in spring'));
        const data = found?.data as { turns: unknown[]; ended: boolean; durationSeconds: number | null; recordingUrl: string | null } | undefined;
        if (data && data.turns.length >= turns && data.ended === ended) return data;
      }
      return undefined;
    };
    await until(() => call(1, false), 'the call', patience);
    await until(() => call(3, false), 'the call growing', patience);
    await pane.getByLabel('What is said').fill('One last thing: thank you.');
    await pane.getByRole('button', { name: 'Say it' }).click();
    await pane.getByLabel('Note of the call').fill('Sends the grinder in.');
    await pane.getByRole('button', { name: 'Hang up' }).click();
    const ended = await until(() => call(4, true), 'the end of the call', patience);
    expect(ended.durationSeconds).toBeGreaterThan(0);
    expect(ended.recordingUrl).toMatch(/^https:\/\/recordings\.morrow\.example\//);
  });

  test('a partner’s system shows what it got, and writes', async () => {
    const pane = await openTab('Custom');
    await newPhone(pane, 'Ilse Brandt', 'partner-5512');
    await write(pane, 'How long does delivery take?');
    const answer = pane.getByRole('log').locator('.theirs').first();
    await answer.locator('summary').click({ timeout: patience });
    await answer.getByText('webhook-signature').waitFor();
    // Also once the message is told as read, and its line is drawn anew.
    await answer.locator('summary:focus', { hasText: 'Read' }).waitFor({ timeout: patience });
    await answer.getByText('webhook-signature').waitFor();
  });

  test('the tabs go by the keyboard', async () => {
    await page.goto(`${demo.url}/`);
    await page.getByRole('tab', { name: 'Shop' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('tabpanel', { name: 'SMS' }).waitFor();
    await page.keyboard.press('End');
    await page.getByRole('tabpanel', { name: 'All' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('All');
  });

  test.each([
    ['dark', 1440, '&dir=rtl'],
    ['light', 390, ''],
  ] as const)('axe finds nothing wrong in any pane, %s at %s', async (theme, width, more) => {
    for (const [channel, from] of [
      ['sms', '+447700900561'],
      ['whatsapp', '+447700900562'],
    ]) {
      await fetch(`${demo.url}/demo/inbound`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel, from, text: 'I want to talk to a person, please.' }),
      });
    }
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${demo.url}/?theme=${theme}${more}`);
    const found: string[] = [];
    for (const name of ['SMS', 'WhatsApp', 'Instagram', 'Email', 'Voice', 'Custom', 'All']) {
      const pane = await showTab(name);
      if (name === 'SMS') await pane.getByLabel('Whose phone').selectOption('+447700900561');
      if (name === 'WhatsApp') await pane.getByLabel('Whose phone').selectOption('+447700900562');
      if (name === 'SMS' || name === 'WhatsApp') await pane.getByRole('log').locator('.theirs').first().waitFor({ timeout: patience });
      if (name === 'Email') await pane.getByRole('button', { name: 'Write a mail' }).click();
      found.push(...(await wrongs()).map((one) => `${name}: ${one}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${name} at ${width}`).toBeLessThanOrEqual(
        0,
      );
    }
    expect(found).toEqual([]);
  });
});

/** What axe finds wrong on the page, its frames aside, which are pages with tests of their own. */
const wrongs = (): Promise<string[]> => wrongsOf(page, false);
