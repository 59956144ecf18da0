/** Two operators at one conversation, each at a process of its own: who looks, who writes, who sends first, and what is left when one of them is gone. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildElements } from '../../demo/elements.ts';
import { launchBrowser } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { DemoClient, Who } from '../support/demo-client.ts';
import { startDemoProgram } from '../support/demo-program.ts';
import { until } from '../support/pipeline.ts';
import type { Program } from '../support/process.ts';
import { keepSilent } from '../support/silent-elements.ts';

let database: TestDatabase;
let browser: Browser;
let first: { program: Program; demo: DemoClient };
let second: { program: Program; demo: DemoClient };
const programs: Program[] = [];

async function start(): Promise<typeof first> {
  const started = await startDemoProgram(database);
  programs.push(started.program);
  return started;
}

keepSilent();
beforeAll(async () => {
  await buildElements(() => {});
  database = await createTestDatabase();
  browser = await launchBrowser();
  first = await start();
  second = await start();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  for (const program of programs) program.kill('SIGKILL');
  await Promise.all(programs.map((program) => program.ended));
  await database?.close();
});

/** A page of a host with the inbox of an operator, a conversation open. */
async function sit({ demo }: typeof first, who: Who, conversation: string, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' }))).newPage();
  const token = await demo.token(who);
  const body = `<!doctype html><html lang="en"><title>Desk</title><body style="margin:0"><conv-inbox style="display:block;height:100vh" token="${token}" conversation="${conversation}"></conv-inbox><script type="module" src="/widgets/convene.js"></script>`;
  await page.route(`${demo.url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${demo.url}/desk`);
  await page.locator('conv-composer textarea').waitFor();
  return page;
}

/** A conversation that nobody has, and no agent answers. */
async function unclaimed(text: string): Promise<string> {
  const id = (await (await first.demo.visitor()).says(text)).conversationId;
  expect((await first.demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } })).status).toBe(200);
  return id;
}
const field = (page: Page) => page.locator('conv-composer textarea');
const messagesOf = async (id: string): Promise<string[]> =>
  (await second.demo.messages(id)).filter(({ kind, direction }) => kind === 'message' && direction === 'outbound').map(({ text }) => text);

test('the second to open a conversation sees who answers and may go on; what the first sends meanwhile asks before the second does, and takes nothing of its text', {
  timeout: 90_000,
}, async () => {
  const id = await unclaimed('My shelf came broken');
  const ana = await sit(first, 'ana', id);
  await ana.locator('conv-composer').waitFor();
  await until(async () => (await database.sql`select from viewing where conversation_id = ${id}`).length === 1, 'Ana’s page');
  const ben = await sit(second, 'ben', id);
  const notice = ben.locator('conv-composer .above-composer');
  await notice.getByText(/^Ana.* is answering\./).waitFor();
  expect(await ana.locator('conv-composer .above-composer').count()).toBe(0);
  await ana.locator('conv-thread .presence').waitFor();
  await notice.getByRole('button', { name: 'Answer anyway' }).click();
  await notice.waitFor({ state: 'detached' });

  // Ben composes a character while Ana's answer arrives.
  await field(ben).pressSequentially('I am sorry, ');
  await ana.locator('conv-composer .above-composer', { hasText: /Ben.* is writing a reply/ }).waitFor();
  const input = await ben.context().newCDPSession(ben);
  await input.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
  await field(ana).fill('A new one is on its way');
  await ana.keyboard.press('Control+Enter');
  await ben.locator('conv-log .msg', { hasText: 'A new one is on its way' }).waitFor();
  await input.send('Input.insertText', { text: '日本' });
  expect(await field(ben).inputValue()).toBe('I am sorry, 日本');

  await ben.keyboard.press('Control+Enter');
  const warning = ben.locator('conv-composer .composer-warn');
  await warning.getByText('“A new one is on its way”').waitFor();
  expect([await field(ben).inputValue(), await messagesOf(id)]).toEqual(['I am sorry, 日本', ['A new one is on its way']]);
  await ben.locator('conv-composer').getByRole('button', { name: 'Send anyway' }).click();
  await until(async () => (await messagesOf(id)).length === 2, 'both answers');
  expect(await messagesOf(id)).toEqual(['A new one is on its way', 'I am sorry, 日本']);
  await until(async () => (await database.sql`select from composing where conversation_id = ${id}`).length === 0, 'nothing is being written any more');

  await ana.context().close();
  await ben.locator('conv-thread .presence').waitFor({ state: 'detached', timeout: 12_000 });
  await ben.context().close();
});

test('what is written is there after a reload and on another device at another process; a newer one there is taken over, but not under somebody’s hands', {
  timeout: 90_000,
}, async () => {
  const id = await unclaimed('And my table?');
  const desk = await sit(second, 'ben', id);
  await field(desk).pressSequentially('The table is');
  await until(
    async () => (await second.demo.get<{ composed: { reply: string } | null }>(`/v1/conversations/${id}/composing`, 'ben')).composed?.reply === 'The table is',
    'the text at the server',
  );
  await desk.evaluate(() => localStorage.clear());
  await desk.reload();
  await expect.poll(() => field(desk).inputValue(), { timeout: 8_000 }).toBe('The table is');

  const telephone = await sit(first, 'ben', id);
  await expect.poll(() => field(telephone).inputValue(), { timeout: 8_000 }).toBe('The table is');
  await field(telephone).fill('The table is fine');
  await until(
    async () =>
      (await second.demo.get<{ composed: { reply: string } | null }>(`/v1/conversations/${id}/composing`, 'ben')).composed?.reply === 'The table is fine',
    'the newer text',
  );
  const seen = () => desk.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await field(desk).focus();
  const asked = desk.waitForResponse((response) => response.url().endsWith('/composing'));
  await seen();
  await asked;
  expect(await field(desk).inputValue()).toBe('The table is');
  await field(desk).blur();
  await seen();
  await expect.poll(() => field(desk).inputValue(), { timeout: 8_000 }).toBe('The table is fine');
  expect((await second.demo.get<{ composed: unknown }>(`/v1/conversations/${id}/composing`, 'ana')).composed).toBeNull();
  await desk.context().close();
  await telephone.context().close();
});

test('a mention shows once over two tabs of one browser, and counts in both', { timeout: 90_000 }, async () => {
  const [id, other] = [await unclaimed('Who knows shelves?'), await unclaimed('Hello')];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const tabs = [await sit(second, 'ben', other, context), await sit(second, 'ben', other, context)];
  const unread = async (tab: Page): Promise<string> =>
    (await tab.locator('conv-pool .pool-head button[aria-haspopup=dialog]').getAttribute('aria-label')) ?? '';
  await Promise.all(tabs.map((tab) => expect.poll(() => unread(tab)).toMatch(/^Notifications/)));
  const before = Number(/(\d+) new/.exec(await unread(tabs[0]!))?.[1] ?? 0);
  const me = await second.demo.get<{ id: string }>('/v1/me', 'ben');
  await first.demo.act(id, 'notes', { text: '@Ben, you know shelves', mentions: [me.id] });
  await Promise.all(tabs.map((tab) => expect.poll(() => unread(tab), { timeout: 8_000 }).toBe(`Notifications: ${before + 1} new`)));
  await Promise.all(tabs.map((tab) => expect.poll(() => tab.title()).toBe(`(${before + 1}) Desk`)));
  const shown = async (): Promise<number> =>
    (await Promise.all(tabs.map((tab) => tab.locator('.toast', { hasText: 'mentioned you' }).count()))).reduce((one, more) => one + more);
  await expect.poll(shown, { timeout: 8_000 }).toBe(1);
  const [showing] = (await Promise.all(tabs.map(async (tab) => ((await tab.locator('.toast').count()) > 0 ? [tab] : [])))).flat();
  await showing!.locator('.toast').getByRole('button', { name: 'Open' }).click();
  await showing!.locator('conv-log .note', { hasText: 'you know shelves' }).waitFor();
  await Promise.all(
    tabs.map((tab) => expect.poll(() => unread(tab), { timeout: 8_000 }).toBe(before === 0 ? 'Notifications, none new' : `Notifications: ${before} new`)),
  );
  await context.close();
});

test('whose tab is closed is gone within seconds', { timeout: 90_000 }, async () => {
  const id = await unclaimed('Anybody?');
  const [ana, ben] = [await sit(first, 'ana', id), await sit(second, 'ben', id)];
  await ben.locator('conv-thread .presence').waitFor();
  await ana.close({ runBeforeUnload: true });
  await ben.locator('conv-thread .presence').waitFor({ state: 'detached', timeout: 12_000 });
  await ana.context().close();
  await ben.context().close();
});

test('whose process is killed is gone within seconds', { timeout: 90_000 }, async () => {
  const id = await unclaimed('Is this thing on?');
  const ana = await sit(first, 'ana', id);
  const ben = await sit(second, 'ben', id);
  await ben.locator('conv-thread .presence').waitFor();
  first.program.kill('SIGKILL');
  await first.program.ended;
  await ben.locator('conv-thread .presence').waitFor({ state: 'detached', timeout: 12_000 });
  await field(ben).fill('On we go');
  await ben.keyboard.press('Control+Enter');
  await until(async () => (await messagesOf(id)).includes('On we go'), 'the answer');
  await ana.context().close();
  await ben.context().close();
});
