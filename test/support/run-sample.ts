/** The page of a sample in a browser, against a server that runs: what somebody sees who has built it. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { living } from './attach.ts';
import { buildSample } from './consumer.ts';
import type { Sample } from './consumer.ts';
import { until } from './pipeline.ts';

/** As long as a slow machine takes. */
const WAIT_MS = 30_000;
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' } as const;

/**
 * Elements are there, properties come as they are and events are heard, drawing again leaves what was typed, and nothing is
 * held once the framework has taken them away.
 * @param url the demo's, on whose origin the page is
 * @param token of an operator
 * @throws where something of it is not so
 */
export async function runSample(browser: Browser, sample: Sample, url: string, token: string): Promise<void> {
  // What elements log is noted for scripts that come from such a folder.
  const base = `/embed-${sample}/widgets/`;
  const files = await buildSample(sample, base);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    const streams = new Set<unknown>();
    page.on('request', (request) => request.headers()['accept'] === 'text/event-stream' && streams.add(request));
    page.on('requestfinished', (request) => streams.delete(request));
    page.on('requestfailed', (request) => streams.delete(request));
    await page.route(`${url}/convene-token`, (route) => route.fulfill({ contentType: 'text/plain', body: token }));
    await page.route(`${url}${base}**`, (route) => {
      const path = new URL(route.request().url()).pathname;
      return route.fulfill({ contentType: types[path.split('.').at(-1) as keyof typeof types], body: files.get(path) ?? '' });
    });
    await page.goto(`${url}${base}index.html`);

    await page.locator('conv-inbox .row-link').first().click();
    const thread = page.locator('conv-provider > conv-thread');
    await thread.locator('h2').first().waitFor();
    const open = await page.locator('#open').textContent();
    assert.match(open ?? '', /^[0-9a-f-]{36}$/, 'the page hears what is opened');
    assert.equal(await thread.evaluate((element) => [Reflect.get(element, 'conversation'), Reflect.get(element, 'hasBack')].join()), `${open},true`);
    await page.locator('conv-report .plot').first().waitFor();

    await page.locator('conv-chat .launcher').click();
    await page.locator('conv-chat').getByText('Where is my parcel?').waitFor();
    await page.locator('conv-chat').getByText('Conversations are kept for a year.').waitFor();
    await page.locator('conv-chat textarea').fill(`Written in ${sample}`);
    await page.locator('conv-chat textarea').press('Enter');
    await page.locator('#told', { hasText: `Written in ${sample}` }).waitFor();
    await page.locator('conv-chat textarea').press('Escape');

    const search = page.locator('conv-inbox input[type=search]').first();
    await search.fill('parcel');
    await search.evaluate((element) => element.setAttribute('data-seen', ''));
    await page.locator('#denser', { hasText: 'compact' }).click();
    await page.locator('conv-inbox[density=comfortable]').waitFor();
    assert.equal(await search.inputValue(), 'parcel', 'what was typed stays when the page draws again');
    assert.equal(await search.getAttribute('data-seen'), '', 'the element stays when the page draws again');

    await page.locator('#leave').click();
    await page.locator('conv-provider').waitFor({ state: 'detached' });
    await until(async () => streams.size === 0, `the streams of ${sample} to end`, WAIT_MS);
    const cdp = await page.context().newCDPSession(page);
    await until(
      async () => {
        const left = await living(cdp);
        // What a framework drew last it may still have at hand.
        return ['conv-inbox', 'conv-thread', 'conv-report', 'conv-chat'].every((tag) => (left[tag] ?? 0) <= 1);
      },
      `the elements of ${sample} to be let go`,
      WAIT_MS,
    );
  } finally {
    await page.close();
  }
}
