/** A customer attaches a picture in the shop's chat, and the team sees it; the team's own file reaches the customer. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attachment } from '../../server/contract/message.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { PNG } from '../support/files.ts';
import { keepSilent } from '../support/silent-elements.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

let running: RunningDemo;
let browser: Browser;

keepSilent();
beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** Waits until a picture is there with all its bytes. */
const drawn = (page: Page, selector: string): Promise<boolean> =>
  expect
    .poll(
      () =>
        page
          .locator(selector)
          .first()
          .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
      { timeout: 15_000 },
    )
    .toBe(true)
    .then(() => true);

test('a picture goes from the shop to the portal, and a file back', { timeout: 120_000 }, async () => {
  const shop = await browser.newPage({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' });
  const faults: string[] = [];
  shop.on('console', (line) => void (line.type() === 'error' && faults.push(line.text())));
  await shop.goto(`${running.url}/shop.html?as=cust-files`);
  await shop.locator('conv-chat button').first().click();
  const form = shop.locator('conv-chat-panel form.chat-write');
  await form.waitFor();
  await shop.locator('conv-chat-panel input[type=file]').setInputFiles({ name: 'leaking seal.png', mimeType: 'image/png', buffer: PNG });
  await shop.locator('conv-chat-panel .chat-files li').waitFor();
  const taken = shop.waitForResponse((response) => response.url().endsWith('/v1/chat/messages') && response.request().method() === 'POST');
  await form.locator('button[type=submit]:not([disabled])').click();
  await drawn(shop, 'conv-chat-panel .say.me img.picture');
  const { conversationId: id } = (await (await taken).json()) as { conversationId: string };

  const portal = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  portal.on('console', (line) => void (line.type() === 'error' && faults.push(line.text())));
  const token = await demoClient(running.url).token('ana');
  await portal.goto(`${running.url}/portal.html?as=ana&conversation=${id}`);
  await drawn(portal, 'conv-thread .shot img');
  const link = portal.locator('conv-thread a.shot');
  expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual(['_blank', 'noopener noreferrer']);
  const bytes = await fetch((await link.getAttribute('href'))!);
  expect(Buffer.from(await bytes.arrayBuffer()).equals(PNG)).toBe(true);

  const upload = new FormData();
  upload.append('file', new Blob(['Turn it off first.']), 'guide.txt');
  const headers = { authorization: `Bearer ${token}` };
  const { id: fileId } = (await (await fetch(`${running.url}/v1/files`, { method: 'POST', headers, body: upload })).json()) as Attachment;
  const sent = await fetch(`${running.url}/v1/conversations/${id}/messages`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Here is the guide', attachmentIds: [fileId], assume: true }),
  });
  expect(sent.status).toBe(201);
  await shop.locator('conv-chat-panel a.doc', { hasText: 'guide.txt' }).waitFor();
  await portal.locator('conv-thread a.attached', { hasText: 'guide.txt' }).waitFor();
  expect(faults).toEqual([]);
});

test('a picture and a PDF that an operator drops on the conversation reach the customer’s chat', { timeout: 120_000 }, async () => {
  const shop = await browser.newPage({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' });
  const faults: string[] = [];
  shop.on('console', (line) => void (line.type() === 'error' && faults.push(line.text())));
  await shop.goto(`${running.url}/shop.html?as=cust-dropped`);
  await shop.locator('conv-chat button').first().click();
  await shop.locator('conv-chat-panel form.chat-write textarea').fill('Have you a drawing of the valve?');
  await shop.locator('conv-chat-panel form.chat-write button[type=submit]').click();

  const portal = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  portal.on('console', (line) => void (line.type() === 'error' && faults.push(line.text())));
  const token = await demoClient(running.url).token('ana');
  // Found by what was written: its row may show what the agent answered by now.
  const found = async (): Promise<{ id: string }[]> =>
    (
      (await (
        await fetch(`${running.url}/v1/conversations?channel=chat&q=${encodeURIComponent('"drawing of the valve"')}`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).json()) as { items: { id: string }[] }
    ).items;
  await expect.poll(async () => (await found()).length).toBe(1);
  await portal.goto(`${running.url}/portal.html?as=ana&conversation=${(await found())[0]!.id}`);
  await portal.locator('conv-thread .thread-tools button', { hasText: 'Assume' }).click();
  const composer = portal.locator('conv-composer form.composer');
  await composer.locator('button.attach').waitFor();
  const carried = await portal.evaluateHandle(
    ([png, pdf]) => {
      const data = new DataTransfer();
      const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
      data.items.add(new File([bytes(png)], 'valve.png', { type: 'image/png' }));
      data.items.add(new File([bytes(pdf)], 'valve.pdf', { type: 'application/pdf' }));
      return data;
    },
    [PNG.toString('base64'), PDF.toString('base64')] as const,
  );
  const log = portal.locator('conv-thread conv-log');
  // As long as something is held over an element, the browser says so again and again.
  await expect
    .poll(
      async () => {
        await log.dispatchEvent('dragover', { dataTransfer: carried });
        return composer.locator('.drop-zone').isVisible();
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  await log.dispatchEvent('drop', { dataTransfer: carried });
  await drawn(portal, 'composer-files li.attached img');
  await composer.locator('composer-files li', { hasText: 'valve.pdf' }).waitFor();
  await composer.locator('textarea').fill('Both are here.');
  await composer.locator('button[type=submit]:not([disabled])').click();

  await shop.locator('conv-chat-panel .say', { hasText: 'Both are here.' }).waitFor();
  await drawn(shop, 'conv-chat-panel .say:not(.me) img.picture');
  const link = shop.locator('conv-chat-panel a.doc', { hasText: 'valve.pdf' });
  const bytes = await fetch((await link.getAttribute('href'))!);
  expect([bytes.headers.get('content-type'), Buffer.from(await bytes.arrayBuffer()).equals(PDF)]).toEqual(['application/pdf', true]);
  await portal.locator('conv-thread a.attached', { hasText: 'valve.pdf' }).waitFor();
  await drawn(portal, 'conv-thread a.shot img');
  expect([await composer.locator('composer-files').count(), await composer.locator('textarea').inputValue(), faults]).toEqual([0, '', []]);
});
