/** `npx tsx test/support/picture.ts`: draws the pictures of the README from the demo, as it begins. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';

const pictures = { light: 'demo/inbox.png', dark: 'demo/inbox-dark.png' } as const;

/** Starts the demo on any port with its data in a folder; answers its URL and how to end it. */
async function runDemo(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/main.ts'], { env: { ...process.env, PORT: '0', DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(demo, 'exit');
  let told = '';
  for await (const piece of demo.stdout) {
    told += String(piece);
    const url = /http:\/\/localhost:\d+/.exec(told)?.[0];
    if (url) return { url, stop: async () => void (demo.kill('SIGINT'), await ended) };
  }
  throw new Error(`The demo did not start: ${told}`);
}

async function draw(page: Page, url: string, theme: keyof typeof pictures): Promise<void> {
  await page.goto(`${url}/portal.html?theme=${theme}`);
  await page.locator('conv-pool .row', { hasText: 'Marta Oliveira' }).first().locator('.row-link').click();
  await page.locator('handoff-banner .banner').waitFor();
  await page.locator('conv-composer textarea').waitFor();
  await page.locator('conv-details .timeline li').first().waitFor();
  await page.locator('conv-log .line').last().waitFor();
  await page.mouse.move(1, 1);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: pictures[theme], animations: 'disabled' });
}

const folder = await mkdtemp(join(tmpdir(), 'convene-picture-'));
const demo = await runDemo(folder);
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await draw(page, demo.url, 'light');
  await draw(page, demo.url, 'dark');
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
