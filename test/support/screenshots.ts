/** `npm run screenshots`: makes the pictures of the README anew, from a demo of its own, in a real browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { removeData } from '../../server/db/embedded-home.ts';
import { launchBrowser } from './browser.ts';

interface Shot {
  file: string;
  scheme: 'light' | 'dark';
  size: { width: number; height: number };
  take(page: Page): Promise<void>;
}

const wide = { width: 1440, height: 900 };

/** The portal with the conversation of a customer open whom an agent handed to the team. */
const inbox = (scheme: Shot['scheme'], file: string): Shot => ({
  file,
  scheme,
  size: wide,
  async take(page) {
    await page.goto(`${url}/portal.html?as=ana&conversation=${await conversationOf('Marta Oliveira')}`);
    await page.locator('conv-thread .msg').first().waitFor();
    await page.locator('conv-details').getByText('marta@casaoliveira.example').waitFor();
  },
});

const shots: readonly Shot[] = [
  inbox('light', 'demo/inbox.png'),
  inbox('dark', 'demo/inbox-dark.png'),
  {
    file: 'demo/settings.png',
    scheme: 'light',
    size: wide,
    async take(page) {
      await page.goto(`${url}/portal.html?as=ana#settings`);
      await page.locator('conv-settings').getByRole('link', { name: 'Vega' }).click();
      await page.locator('conv-settings h1', { hasText: 'Vega' }).waitFor();
    },
  },
  {
    file: 'demo/chat.png',
    scheme: 'light',
    size: { width: 900, height: 720 },
    async take(page) {
      await page.goto(`${url}/shop.html`);
      await page.locator('conv-chat').getByRole('button').first().click();
      const box = page.locator('conv-chat textarea');
      await box.fill('Hi! When are you open on Saturday?');
      await box.press('Enter');
      await page.locator('conv-chat').getByText('10:00').first().waitFor();
    },
  },
];

const dataDir = await mkdtemp(join(tmpdir(), 'convene-shots-'));
const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/main.ts'], {
  env: { ...process.env, DATA_DIR: dataDir, PORT: '4490', DATABASE_URL: '' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let url = '';
for await (const chunk of demo.stdout) {
  url = /http:\/\/localhost:\d+/.exec(String(chunk))?.[0] ?? url;
  if (url) break;
}

async function conversationOf(name: string): Promise<string> {
  const { token } = (await (await fetch(`${url}/demo/token?as=ana`)).json()) as { token: string };
  const { items } = (await (await fetch(`${url}/v1/conversations?limit=100`, { headers: { authorization: `Bearer ${token}` } })).json()) as {
    items: { id: string; contact: { name: string } }[];
  };
  const found = items.find(({ contact }) => contact.name === name);
  if (!found) throw new Error(`the demo has no conversation with ${name}`);
  return found.id;
}

/** A colleague's question would lie over the list: it is answered first. */
async function answerTransfer(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${url}/portal.html?as=ana`);
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.locator('button[type="submit"]', { hasText: 'Decline' }).click();
  await page.getByRole('button', { name: 'Decline' }).waitFor({ state: 'hidden' });
  await page.close();
}

const browser = await launchBrowser();
try {
  await answerTransfer(browser);
  for (const { file, scheme, size, take } of shots) {
    const page = await browser.newPage({ viewport: size, colorScheme: scheme, reducedMotion: 'reduce' });
    await take(page);
    await page.screenshot({ path: file, animations: 'disabled' });
    await page.close();
    process.stdout.write(`${file}\n`);
  }
} finally {
  await browser.close();
  demo.kill();
  await once(demo, 'exit');
  await removeData(dataDir);
  await rm(dataDir, { recursive: true, force: true });
}
