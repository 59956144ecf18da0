/** Mails of HTML as operators see them, in a real browser. */
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient } from '../support/demo-client.ts';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { PNG } from '../support/files.ts';
import { lettersTo } from '../support/letters.ts';
import type { Letters } from '../support/letters.ts';
import { until } from '../support/pipeline.ts';
import { keepSilent } from '../support/silent-elements.ts';

let running: RunningDemo;
let demo: DemoClient;
let browser: Browser;
let page: Page;
let requests: string[];
let letters: Letters;

beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
  letters = lettersTo(demo);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('request', (request) => requests.push(request.url()));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});
beforeEach(() => {
  requests = [];
});
afterEach(async () => {
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.emulateMedia({ colorScheme: null });
});

const unlisted = (): string[] => requests.filter((url) => !url.startsWith(`${running.url}/`) && !/^(data|blob|about):/.test(url));

const select = (id: string): Promise<void> =>
  page.evaluate((conversation) => document.querySelector('conv-inbox')!.setAttribute('conversation', conversation), id);

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

/** Opens a page of the demo, unless it stands open from the test before: what comes is shown there without a reload. */
const toPortal = async (path = 'portal.html'): Promise<void> => {
  if (!page.url().startsWith(`${running.url}/${path}`)) await page.goto(`${running.url}/${path}`);
  await page.locator('conv-pool .row').first().waitFor();
};
const box = () => page.locator('conv-thread .mail-box').last();

keepSilent();

describe('a mail of HTML', { timeout: 60_000 }, () => {
  test('stands in its conversation, as high as it is, with its subject, its sender and who has a copy', async () => {
    const mail = await letters.receive('<h1 style="margin:0">Quarterly order</h1><div style="height:700px;background:#eee">tall</div>', {
      subject: 'Order for July',
      cc: 'Jo Park <jo@mails.example>',
    });
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
    const mail = await letters.receive(
      '<p>Yes, please.</p><div class="gmail_signature">Kim, Facilities</div><div class="gmail_quote"><div>On Monday you wrote:</div><blockquote>The older mail</blockquote></div>',
    );
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
    [
      'Outlook’s history, from its head on',
      '<p>Fine.</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> you</div><div>Below the head</div>',
      ['Fine.'],
      ['From:', 'Below the head'],
    ],
    [
      'Outlook’s history on the desktop',
      '<p>Fine.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> you</p></div><p>Below the head</p>',
      ['Fine.'],
      ['From:', 'Below the head'],
    ],
    [
      'Thunderbird’s',
      '<p>Fine.</p><div class="moz-cite-prefix">You wrote:</div><blockquote type="cite">Older</blockquote>',
      ['Fine.'],
      ['You wrote:', 'Older'],
    ],
    ['Apple’s', '<div>Fine.</div><div>On 3 June, you wrote:</div><blockquote type="cite">Older</blockquote>', ['Fine.'], ['On 3 June', 'Older']],
    ['a signature below two hyphens', '<div>Fine.</div><div>-- <br>Kim Lee<br>Facilities</div>', ['Fine.'], ['Kim Lee', 'Facilities']],
    [
      'nothing where answers stand between quotes',
      '<blockquote>One?</blockquote><p>Yes.</p><blockquote>Two?</blockquote><p>No.</p>',
      ['One?', 'Yes.', 'Two?', 'No.'],
      [],
    ],
    ['nothing where all of it is a quote', '<blockquote>Only this</blockquote>', ['Only this'], []],
  ])('folds %s', async (_name, html, shown, folded) => {
    const mail = await letters.receive(html);
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
    const mail = await letters.receive(
      '<p>Look: <img src="https://pictures.example/a.png" alt="Our shop"><img src="https://pictures.example/count.gif" width="1" height="1"></p>',
    );
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

  test('shows the pictures that came with it, and below it only the other files', async () => {
    const from = letters.sender();
    await letters.deliver(
      [
        `From: ${from}`,
        'To: hello@morrow.example',
        'Subject: Logo',
        'Content-Type: multipart/related; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>See <img src="cid:logo@kim" alt="Logo"></p>',
        '--b',
        'Content-Type: image/png; name=logo.png',
        'Content-ID: <logo@kim>',
        'Content-Disposition: inline; filename=logo.png',
        'Content-Transfer-Encoding: base64',
        '',
        PNG.toString('base64'),
        '--b',
        'Content-Type: text/plain; name=terms.txt',
        'Content-Disposition: attachment; filename=terms.txt',
        '',
        'Terms',
        '--b--',
        '',
      ].join('\r\n'),
    );
    const conversation = await until(() => demo.find(from), 'the conversation');
    await toPortal();
    const frame = await open({ conversation, message: (await demo.messages(conversation.id))[0]! });
    await expect.poll(() => frame.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(await page.locator('conv-thread .files a').allInnerTexts()).toEqual([expect.stringContaining('terms.txt')]);
    expect(unlisted()).toEqual([]);
  });

  test('opens its links in a window of their own that knows nothing of this one', async () => {
    await page.context().route('https://link.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>There</p>' }));
    const mail = await letters.receive('<p><a href="https://link.example/order">Our order</a></p>');
    await toPortal();
    const frame = await open(mail);
    const [opened] = await Promise.all([page.context().waitForEvent('page'), frame.getByText('Our order').press('Enter')]);
    await opened.getByText('There').waitFor();
    expect(await opened.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
    expect(page.url()).toContain('/portal.html');
    await opened.close();
  });

  test('is shown as text to whoever wants that, and where its page does not open', async () => {
    const mail = await letters.receive('<p>The HTML of it</p>');
    await toPortal();
    await (await open(mail)).getByText('The HTML of it').waitFor();
    expect(await box().getByText('The text of it').isVisible()).toBe(false);
    await box().getByRole('button', { name: 'Show as text' }).click();
    await box().getByText('The text of it').waitFor();
    expect(await box().locator('iframe').count()).toBe(0);
    await box().getByRole('button', { name: 'Show as it was sent' }).click();
    await (await pageOf(mail.message)).getByText('The HTML of it').waitFor();
    const other = await letters.receive('<p>Another</p>', { text: 'What the other says' });
    await page.route(`**/mail/**/${other.message.id}?*`, (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{}' }));
    await select(other.conversation.id);
    await box().getByText('What the other says').waitFor();
  });

  test('whose link has expired is asked for again, and then shown', async () => {
    const mail = await letters.receive('<p>Still here</p>');
    let old = 0;
    await page.route('**/v1/conversations/*/messages?*', async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      const expired = old === 0 && text.includes(mail.message.id);
      if (expired) old += 1;
      await route.fulfill({ response: answer, body: expired ? text.replaceAll(/expires=\d+/g, 'expires=1') : text });
    });
    await toPortal();
    await select(mail.conversation.id);
    await page.frameLocator('conv-mail iframe').getByText('Still here').waitFor();
    expect(old).toBe(1);
  });

  test('stands on light paper at night, dimmed a little', async () => {
    const mail = await letters.receive('<body><p style="color:#111">Dark words</p></body>');
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
    const mail = await letters.receive('<p>Hello from afar <img src="https://pictures.example/a.png" alt="Our shop" class="far"></p>');
    await toPortal('hostile.html');
    const frame = await open(mail);
    await frame.getByText('Hello from afar').waitFor();
    await page.locator('conv-mail').getByRole('button', { name: 'Show once' }).click();
    await expect.poll(async () => (await pageOf(mail.message)).locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
    expect(await page.evaluate(() => [window.crossOriginIsolated, window.violations])).toEqual([true, []]);
  });

  test('what was quoted in a mail of plain text is folded too', async () => {
    const from = letters.sender();
    await letters.deliver(
      `From: ${from}\r\nTo: hello@morrow.example\r\nSubject: Re: Quote\r\n\r\nThat is fine.\r\n\r\nOn Monday you wrote:\r\n> The older words\r\n`,
    );
    const conversation = await until(() => demo.find(from), 'the conversation');
    await toPortal();
    await select(conversation.id);
    await box().getByText('That is fine.').waitFor();
    expect(await box().getByText('The older words').isVisible()).toBe(false);
    await box().getByText('Show earlier messages').click();
    await box().getByText('The older words').waitFor();
  });
});
