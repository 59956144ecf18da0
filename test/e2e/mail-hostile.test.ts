/** Hostile mails as operators see them, in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { lettersTo } from '../support/letters.ts';
import { hostileHtml } from '../support/odd-texts.ts';
import { until } from '../support/pipeline.ts';
import { keepSilent } from '../support/silent-elements.ts';

let running: RunningDemo;
let browser: Browser;

keepSilent();
beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

test('hostile HTML as body, text, subject and name runs nothing and fetches nothing, wherever it is shown', { timeout: 400_000 }, async () => {
  const letters = lettersTo(demoClient(running.url));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const requests: string[] = [];
  const executed: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => {
    executed.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (line) => {
    if (line.text().startsWith('executed')) executed.push(line.text());
  });
  // Frames of no origin may not open dialogs: what would have, says so.
  await page.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
      Object.assign(window, { [name]: (...given: unknown[]) => console.error('executed', name, ...given) });
  });
  const vectors = hostileHtml();
  const senders: string[] = [];
  for (const vector of vectors)
    senders.push(
      await letters.write(`<p>A letter</p>${vector}`, { subject: vector.slice(0, 500), name: vector.replaceAll(/\s+/g, ' ').slice(0, 150), text: vector }),
    );
  const conversations = await letters.everyMailed();
  await page.goto(`${running.url}/portal.html`);
  await page.locator('conv-pool .row').first().waitFor();
  for (const [index, vector] of vectors.entries()) {
    const conversation = conversations.get(senders[index]!)!;
    const { id } = await letters.firstOf(conversation);
    await page.evaluate((opened) => document.querySelector('conv-inbox')!.setAttribute('conversation', opened), conversation.id);
    const frame = await until(async () => page.frames().find((one) => one.url().includes(`/${id}`)), 'the page of the mail');
    await frame.waitForLoadState('load');
    const inside = await frame.evaluate(() => ({
      scripts: document.scripts.length,
      odd: [...document.querySelectorAll('#mail *')].filter(
        (element) =>
          /^(script|iframe|object|embed|form|input|svg|math|link|meta|base)$/i.test(element.localName) ||
          [...element.attributes].some(({ name }) => name.startsWith('on')),
      ).length,
    }));
    expect([vector, inside]).toEqual([vector, { scripts: 1, odd: 0 }]);
  }
  // Every row of the pool, and the details beside the last one, have been drawn on the way.
  await page
    .locator('conv-pool')
    .locator('.rows, .scroll, [role=list]')
    .first()
    .evaluate(async (list) => {
      for (let top = 0; top <= list.scrollHeight; top += 400) {
        list.scrollTop = top;
        await new Promise(requestAnimationFrame);
      }
    });
  expect(executed).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(`${running.url}/`) && !/^(data|blob|about):/.test(url))).toEqual([]);
});
