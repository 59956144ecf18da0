/** A formatted mail, from the composer to the customer's mailbox: in the portal, and on a page that allows next to nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutboxItem } from '../../demo/outbox.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { until } from '../support/pipeline.ts';
import { keepSilent } from '../support/silent-elements.ts';

let running: RunningDemo;
let demo: DemoClient;
let browser: Browser;

beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** What the demo's mail server received for somebody. */
async function received(to: string, subject: string): Promise<OutboxItem> {
  return until(
    async () => {
      const { items } = (await (await fetch(`${running.url}/demo/outbox?channel=email`)).json()) as { items: OutboxItem[] };
      return items.find((item) => item.to === to && item.subject === subject);
    },
    `a mail to ${to}`,
    20_000,
  );
}

/** Answers a mail with everything that the composer has; keys and clipboard are the browser's own. */
async function answer(page: Page, name: string): Promise<void> {
  await page.locator('conv-pool .row', { hasText: name }).first().locator('.row-link').click();
  const composer = page.locator('conv-composer');
  await composer.locator('.composer-text, .mail').first().click();
  const text = composer.locator('.mail');
  await text.waitFor();
  await text.click();
  await page.keyboard.type('Dear Nadia,');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('the new seal');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' comes tomorrow <9:00>:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('- before noon');
  await page.keyboard.press('Enter');
  await text.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', '<p>or <a href="https://morrow.example/slots">another day</a><img src="https://elsewhere.example/pixel.gif"></p>');
    clipboardData.setData('text/plain', 'or another day');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
  });
  await page.keyboard.type(' ');
  await composer.getByRole('button', { name: 'Insert emoji' }).click();
  await composer.locator('conv-emoji input').waitFor();
  await page.keyboard.type('package');
  await page.keyboard.press('Enter');
  await expect.poll(() => text.innerText()).toContain('📦');
  await composer.getByRole('button', { name: 'Cc Bcc' }).click();
  await composer.getByRole('textbox', { name: 'Add an address to Cc' }).fill('office@lindqvist.example');
  await page.keyboard.press('Enter');
  await composer.locator('mail-copies .chip', { hasText: 'office@lindqvist.example' }).waitFor();
  await text.click();
  await page.keyboard.press('Control+Enter');
}

keepSilent();

describe.each([
  ['the portal', '/portal.html?as=ana', 'nadia@lindqvist.example', 'Nadia Lindqvist'],
  ['a hostile page', '/hostile.html', 'nils@lindqvist.example', 'Nils Lindqvist'],
])('on %s', (_where, path, from, name) => {
  test('a formatted mail reaches the customer as HTML and as text, in its thread', { timeout: 120_000 }, async () => {
    expect(
      await demo.play({ channel: 'email', from, name, subject: 'Leaking seal', text: 'The seal leaks.\nWhat can I do?', externalId: `seal-${from}` }),
    ).toBeLessThan(300);
    const conversation = await until(() => demo.find(from), `the conversation of ${name}`, 15_000);
    await demo.settled(conversation.id);
    await demo.act(conversation.id, 'assume', {});

    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => void (/Content Security Policy|TrustedHTML/.test(line.text()) && faults.push(line.text())));
    await page.goto(`${running.url}${path}`);
    await answer(page, name);

    const mail = await received(from, 'Re: Leaking seal');
    expect(mail.html).toContain('<b>the new seal</b> comes tomorrow &lt;9:00&gt;:');
    expect(mail.html).toMatch(/<li>.*before noon.*<\/li>/s);
    expect(mail.html).toContain('<a href="https://morrow.example/slots"');
    expect(mail.html).not.toContain('elsewhere.example');
    expect(mail.html).toMatch(/wrote:.*<blockquote.*The seal leaks\./s);
    expect(mail.text.replaceAll('\r\n', '\n')).toMatch(
      /Dear Nadia,\nthe new seal comes tomorrow <9:00>:\n- before noon\n(- )?or another day \(https:\/\/morrow\.example\/slots\) 📦\s+On .*wrote:\n> The seal leaks\.\n> What can I do\?/,
    );
    expect(mail.cc).toEqual(['office@lindqvist.example']);
    const headers = new Map(mail.headers?.map((header) => [header.name.toLowerCase(), header.value]));
    expect(headers.get('content-type')).toMatch(/^multipart\/(alternative|mixed|related)/);
    expect([headers.has('in-reply-to'), headers.has('references')]).toEqual([true, true]);
    await page.locator('conv-thread .msg.human').last().waitFor();
    expect(faults).toEqual([]);
    if (path.includes('hostile')) expect(await page.evaluate(() => window.violations)).toEqual([]);
    await page.close();
  });
});
