/** Mails of HTML as operators see them, in a real browser. */
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { demoAccounts } from '../../demo/seed/accounts.ts';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { DEMO_SECRET, startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { hostileHtml } from '../support/odd-texts.ts';
import { PNG } from '../support/files.ts';
import { until } from '../support/pipeline.ts';

let running: RunningDemo;
let demo: DemoClient;
let browser: Browser;
let page: Page;
let requests: string[];
let executed: string[];

beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  [requests, executed] = [[], []];
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
    for (const name of ['alert', 'confirm', 'prompt', 'print']) Object.assign(window, { [name]: (...given: unknown[]) => console.error('executed', name, ...given) });
  });
});
afterEach(async () => {
  await page.close();
});

const unlisted = (): string[] => requests.filter((url) => !url.startsWith(`${running.url}/`) && !/^(data|blob|about):/.test(url));

/** Posts a raw mail to the webhook of the demo's mail account. */
async function deliver(raw: string): Promise<void> {
  const { items } = await demo.get<{ items: ChannelAccount[] }>('/v1/channel-accounts');
  const secret = demoAccounts(DEMO_SECRET, { smtp: { host: '', port: 0 }, custom: '' }).find(({ channel }) => channel === 'email')!.credentials['webhookSecrets'] as string[];
  const body = Buffer.from(raw);
  const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(secret[0]!, body, new Date()) };
  const answer = await demo.ask('POST', `/v1/channels/${items.find(({ channel }) => channel === 'email')!.id}/inbound`, { headers, raw: new Uint8Array(body) });
  expect(answer.status).toBe(200);
}

let senders = 0;
const sender = (): string => `sender-${(senders += 1)}@mails.example`;

interface Letter {
  subject?: string;
  name?: string;
  text?: string;
  cc?: string;
}

/** A mail of text and HTML. @returns the address of its sender, who wrote nothing else */
async function write(html: string, { subject = 'A mail', name = 'Kim Lee', text = 'The text of it', cc = '' }: Letter): Promise<string> {
  const from = sender();
  const part = (type: string, content: string): string => `--b\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64')}\r\n`;
  const word = (value: string): string => `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`;
  await deliver([
    `From: ${word(name)} <${from}>`, 'To: hello@morrow.example', ...(cc ? [`Cc: ${cc}`] : []), `Subject: ${word(subject)}`, 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b', '',
    `${part('text/plain', text)}${part('text/html', html)}--b--`, '',
  ].join('\r\n'));
  return from;
}

/** The same. @returns its conversation and itself */
async function receive(html: string, letter: Letter = {}): Promise<{ conversation: Conversation; message: Message }> {
  const from = await write(html, letter);
  const conversation = await until(() => demo.find(from), 'the conversation');
  return { conversation, message: await firstOf(conversation) };
}

const firstOf = async ({ id }: Conversation): Promise<Message> => (await demo.messages(id)).find(({ direction }) => direction === 'inbound')!;

const select = (id: string): Promise<void> => page.evaluate((conversation) => document.querySelector('conv-inbox')!.setAttribute('conversation', conversation), id);

/** Opens a conversation, and waits for the page of one of its mails. */
async function open({ conversation, message }: { conversation: Conversation; message: Message }): Promise<Frame> {
  await select(conversation.id);
  return pageOf(message);
}

async function pageOf(message: Message): Promise<Frame> {
  const frame = await until(async () => page.frames().find((one) => one.url().includes(`/${message.id}`)), 'the page of the mail');
  await frame.waitForLoadState('load');
  return frame;
}

const toPortal = async (path = 'portal.html'): Promise<void> => {
  await page.goto(`${running.url}/${path}`);
  await page.locator('conv-pool .row').first().waitFor();
};
const box = () => page.locator('conv-thread .mail-box').last();

describe('a mail of HTML', { timeout: 60_000 }, () => {
  test('stands in its conversation, as high as it is, with its subject, its sender and who has a copy', async () => {
    const mail = await receive('<h1 style="margin:0">Quarterly order</h1><div style="height:700px;background:#eee">tall</div>', { subject: 'Order for July', cc: 'Jo Park <jo@mails.example>' });
    await toPortal();
    const frame = await open(mail);
    await frame.locator('h1', { hasText: 'Quarterly order' }).waitFor();
    const iframe = page.locator('conv-mail iframe');
    const height = await frame.evaluate(() => Math.ceil(document.getElementById('mail')!.getBoundingClientRect().height));
    expect(height).toBeGreaterThan(700);
    await expect.poll(async () => (await iframe.boundingBox())?.height).toBe(height);
    expect(await frame.evaluate(() => document.documentElement.scrollHeight > document.documentElement.clientHeight)).toBe(false);
    expect(await box().locator('dl').innerText()).toContain('Order for July');
    expect(await iframe.getAttribute('sandbox')).toBe('allow-scripts allow-popups allow-popups-to-escape-sandbox');
    expect(await frame.evaluate(() => window.origin)).toBe('null');
  });

  test('begins with its history and signature folded, which open and close again', async () => {
    const mail = await receive('<p>Yes, please.</p><div class="gmail_signature">Kim, Facilities</div><div class="gmail_quote"><div>On Monday you wrote:</div><blockquote>The older mail</blockquote></div>');
    await toPortal();
    const frame = await open(mail);
    const visible = (text: string): Promise<boolean> => frame.getByText(text).isVisible();
    await frame.getByText('Yes, please.').waitFor();
    expect([await visible('The older mail'), await visible('Kim, Facilities'), await visible('On Monday')]).toEqual([false, false, false]);
    const button = page.locator('conv-mail').getByRole('button', { name: 'Show earlier messages' });
    const before = (await page.locator('conv-mail iframe').boundingBox())!.height;
    await button.click();
    await frame.getByText('The older mail').waitFor();
    await expect.poll(async () => (await page.locator('conv-mail iframe').boundingBox())!.height).toBeGreaterThan(before);
    await page.locator('conv-mail').getByRole('button', { name: 'Hide earlier messages' }).click();
    await frame.getByText('The older mail').waitFor({ state: 'hidden' });
  });

  test.each<[string, string, string[], string[]]>([
    ['Outlook’s history, from its head on', '<p>Fine.</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> you</div><div>Below the head</div>', ['Fine.'], ['From:', 'Below the head']],
    ['Outlook’s history on the desktop', '<p>Fine.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> you</p></div><p>Below the head</p>', ['Fine.'], ['From:', 'Below the head']],
    ['Thunderbird’s', '<p>Fine.</p><div class="moz-cite-prefix">You wrote:</div><blockquote type="cite">Older</blockquote>', ['Fine.'], ['You wrote:', 'Older']],
    ['Apple’s', '<div>Fine.</div><div>On 3 June, you wrote:</div><blockquote type="cite">Older</blockquote>', ['Fine.'], ['On 3 June', 'Older']],
    ['a signature below two hyphens', '<div>Fine.</div><div>-- <br>Kim Lee<br>Facilities</div>', ['Fine.'], ['Kim Lee', 'Facilities']],
    ['nothing where answers stand between quotes', '<blockquote>One?</blockquote><p>Yes.</p><blockquote>Two?</blockquote><p>No.</p>', ['One?', 'Yes.', 'Two?', 'No.'], []],
    ['nothing where all of it is a quote', '<blockquote>Only this</blockquote>', ['Only this'], []],
  ])('folds %s', async (_name, html, shown, folded) => {
    const mail = await receive(html);
    await toPortal();
    const frame = await open(mail);
    await frame.locator('#mail').waitFor();
    for (const text of shown) expect([text, await frame.getByText(text).first().isVisible()]).toEqual([text, true]);
    for (const text of folded) expect([text, await frame.getByText(text).first().isVisible()]).toEqual([text, false]);
  });

  test('shows pictures of other sites only once they are asked for, and tells them nothing of us', async () => {
    const asked: Record<string, string>[] = [];
    await page.route('https://pictures.example/**', async (route) => {
      asked.push(await route.request().allHeaders());
      await route.fulfill({ contentType: 'image/png', body: PNG });
    });
    const mail = await receive('<p>Look: <img src="https://pictures.example/a.png" alt="Our shop"><img src="https://pictures.example/count.gif" width="1" height="1"></p>');
    await toPortal();
    const frame = await open(mail);
    await frame.getByText('Our shop').waitFor();
    await page.locator('conv-mail').getByText('2 remote images blocked').waitFor();
    expect([asked.length, unlisted()]).toEqual([0, []]);
    await page.locator('conv-mail').getByRole('button', { name: 'Show once' }).click();
    await expect.poll(() => asked.length).toBe(2);
    for (const headers of asked) expect([headers['referer'], headers['cookie']]).toEqual([undefined, undefined]);
    await page.locator('conv-mail').getByText('2 remote images blocked').waitFor({ state: 'detached' });
  });

  test('shows the pictures that came with it', async () => {
    const from = sender();
    await deliver([
      `From: ${from}`, 'To: hello@morrow.example', 'Subject: Logo', 'Content-Type: multipart/related; boundary=b', '', '--b', 'Content-Type: text/html', '', '<p>See <img src="cid:logo@kim" alt="Logo"></p>',
      '--b', 'Content-Type: image/png; name=logo.png', 'Content-ID: <logo@kim>', 'Content-Disposition: inline; filename=logo.png', 'Content-Transfer-Encoding: base64', '', PNG.toString('base64'), '--b--', '',
    ].join('\r\n'));
    const conversation = await until(() => demo.find(from), 'the conversation');
    await toPortal();
    const frame = await open({ conversation, message: (await demo.messages(conversation.id))[0]! });
    await expect.poll(() => frame.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(unlisted()).toEqual([]);
  });

  test('opens its links in a window of their own that knows nothing of this one', async () => {
    await page.context().route('https://link.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>There</p>' }));
    const mail = await receive('<p><a href="https://link.example/order">Our order</a></p>');
    await toPortal();
    const frame = await open(mail);
    const [opened] = await Promise.all([page.context().waitForEvent('page'), frame.getByText('Our order').click()]);
    await opened.getByText('There').waitFor();
    expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
    expect(page.url()).toContain('/portal.html');
    await opened.close();
  });

  test('is shown as text to whoever wants that, and where its page does not open', async () => {
    const mail = await receive('<p>The HTML of it</p>');
    await toPortal();
    await (await open(mail)).getByText('The HTML of it').waitFor();
    expect(await box().getByText('The text of it').isVisible()).toBe(false);
    await box().getByRole('button', { name: 'Show as text' }).click();
    await box().getByText('The text of it').waitFor();
    expect(await box().locator('iframe').count()).toBe(0);
    await box().getByRole('button', { name: 'Show as it was sent' }).click();
    await (await pageOf(mail.message)).getByText('The HTML of it').waitFor();
    const other = await receive('<p>Another</p>', { text: 'What the other says' });
    await page.route(`**/mail/**/${other.message.id}?*`, (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{}' }));
    await select(other.conversation.id);
    await box().getByText('What the other says').waitFor();
  });

  test('stands on light paper at night, dimmed a little', async () => {
    const mail = await receive('<body><p style="color:#111">Dark words</p></body>');
    await page.emulateMedia({ colorScheme: 'dark' });
    await toPortal();
    const frame = await open(mail);
    await frame.getByText('Dark words').waitFor();
    const look = await frame.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector('p')!).color]);
    expect(look).toEqual(['rgb(255, 255, 255)', 'rgb(17, 17, 17)']);
    expect(await page.locator('conv-mail iframe').evaluate((iframe) => getComputedStyle(iframe).filter)).toBe('brightness(0.9)');
  });

  test('is shown with its pictures on a page that is isolated and lets nothing else in', async () => {
    await page.route('https://pictures.example/**', (route) => route.fulfill({ contentType: 'image/png', body: PNG }));
    const mail = await receive('<p>Hello from afar <img src="https://pictures.example/a.png" alt="Our shop" class="far"></p>');
    await toPortal('hostile.html');
    const frame = await open(mail);
    await frame.getByText('Hello from afar').waitFor();
    await page.locator('conv-mail').getByRole('button', { name: 'Show once' }).click();
    await expect.poll(async () => (await pageOf(mail.message)).locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(await page.evaluate(() => [window.crossOriginIsolated, window.violations])).toEqual([true, []]);
  });

  test('what was quoted in a mail of plain text is folded too', async () => {
    const from = sender();
    await deliver(`From: ${from}\r\nTo: hello@morrow.example\r\nSubject: Re: Quote\r\n\r\nThat is fine.\r\n\r\nOn Monday you wrote:\r\n> The older words\r\n`);
    const conversation = await until(() => demo.find(from), 'the conversation');
    await toPortal();
    await select(conversation.id);
    await box().getByText('That is fine.').waitFor();
    expect(await box().getByText('The older words').isVisible()).toBe(false);
    await box().getByText('Show earlier messages').click();
    await box().getByText('The older words').waitFor();
  });
});

/** Conversations by mail, by the address of the customer. */
async function everyMailed(): Promise<Map<string, Conversation>> {
  const found = new Map<string, Conversation>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: Conversation[]; nextCursor: string | null } = await demo.get(`/v1/conversations?status=any&channel=email&limit=100${cursor && `&cursor=${cursor}`}`);
    for (const one of page.items) found.set(one.contact.email ?? '', one);
    cursor = page.nextCursor;
  }
  return found;
}

test('hostile HTML as body, text, subject and name runs nothing and fetches nothing, wherever it is shown', { timeout: 400_000 }, async () => {
  const vectors = hostileHtml();
  const senders: string[] = [];
  for (const vector of vectors) senders.push(await write(`<p>A letter</p>${vector}`, { subject: vector.slice(0, 500), name: vector.replaceAll(/\s+/g, ' ').slice(0, 150), text: vector }));
  const conversations = await everyMailed();
  await toPortal();
  for (const [index, vector] of vectors.entries()) {
    const conversation = conversations.get(senders[index]!)!;
    const frame = await open({ conversation, message: await firstOf(conversation) });
    const inside = await frame.evaluate(() => ({
      scripts: document.scripts.length,
      odd: [...document.querySelectorAll('#mail *')].filter((element) => /^(script|iframe|object|embed|form|input|svg|math|link|meta|base)$/i.test(element.localName) || [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
    }));
    expect([vector, inside]).toEqual([vector, { scripts: 1, odd: 0 }]);
  }
  // Every row of the pool, and the details beside the last one, have been drawn on the way.
  await page.locator('conv-pool').locator('.rows, .scroll, [role=list]').first().evaluate(async (list) => {
    for (let top = 0; top <= list.scrollHeight; top += 400) {
      list.scrollTop = top;
      await new Promise(requestAnimationFrame);
    }
  });
  expect(executed).toEqual([]);
  expect(unlisted()).toEqual([]);
});
