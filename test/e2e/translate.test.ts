/** Reading and writing in two languages, and the panel beside: a model that speaks the wire protocol, two operators, a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildElements } from '../../demo/elements.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { launchBrowser } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { DemoClient, Who } from '../support/demo-client.ts';
import { startDemoProgram } from '../support/demo-program.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer, RecordedRequest, Step } from '../support/openai-server.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import type { Program } from '../support/process.ts';
import { keepSilent } from '../support/silent-elements.ts';

const PT = 'Olá, a minha encomenda ainda não chegou. Quando é que chega?';
const EN = 'Hello, my order has not arrived yet. When does it arrive?';
const said: Record<string, string> = {
  [PT]: EN,
  'It arrives tomorrow.': 'Chega amanhã.',
  'Obrigada, fico à espera da encomenda.': 'Thanks, I am waiting for the order.',
  'Bom dia, ainda estou à espera da minha encomenda.\nQual é o número?': 'Good morning, I am still waiting for my order.\nWhat is the number?',
  'A cliente quer que lhe telefonem amanhã.': 'The customer wants a call tomorrow.',
};
/** Translates what it knows, and gives agents no answer. */
const translator = ({ user }: RecordedRequest): Step => {
  const asked = JSON.parse(user) as { task?: string; text?: string };
  const translation = asked.task === 'translate' ? said[asked.text ?? ''] : undefined;
  return translation ? { kind: 'json', value: { translation } } : { kind: 'status', status: 400 };
};

let database: TestDatabase;
let browser: Browser;
let model: OpenAiServer;
let program: Program;
let builtin: Program;
let demo: DemoClient;
let offline: DemoClient;

async function start(environment: Record<string, string>): Promise<[Program, DemoClient]> {
  const started = await startDemoProgram(database, environment);
  return [started.program, started.demo];
}

beforeAll(async () => {
  await buildElements(() => {});
  database = await createTestDatabase();
  [browser, model] = await Promise.all([launchBrowser(), startOpenAiServer()]);
  model.otherwise = translator;
  [program, demo] = await start({ OPENAI_BASE_URL: model.url, MODEL: 'test-model', MODEL_TIMEOUT_MS: '5000' });
  [builtin, offline] = await start({});
}, 180_000);
afterAll(async () => {
  await browser?.close();
  for (const one of [program, builtin]) one?.kill('SIGKILL');
  await Promise.all([program, builtin].map((one) => one?.ended));
  await model?.close();
  await database?.close();
});

/** A page of a host with the inbox of an operator, a conversation open. */
async function sit(at: DemoClient, who: Who, conversation: string, before: () => unknown = () => undefined): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce' });
  await page.addInitScript(before);
  await page.addInitScript({ path: axe });
  const body = `<!doctype html><html lang="en"><title>Desk</title><body style="margin:0"><conv-inbox style="display:block;height:100vh" token="${await at.token(who)}" conversation="${conversation}"></conv-inbox><script type="module" src="/widgets/convene.js"></script>`;
  await page.route(`${at.url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${at.url}/desk`);
  await page.locator('conv-composer').waitFor();
  return page;
}

/** A conversation in Portuguese that nobody has, and no agent answers; the customer speaks Portuguese by their record. */
async function begun(text = PT): Promise<string> {
  const id = (await (await demo.visitor()).says(text)).conversationId;
  await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
  const { contact } = await demo.conversation(id);
  await demo.ask('PATCH', `/v1/contacts/${contact.id}`, { as: 'ana', body: { language: 'pt' } });
  return id;
}
const profile = (who: Who, body: object) => demo.ask('PATCH', '/v1/me', { as: who, body });
const message = (page: Page, text: string) => page.locator('conv-log .msg', { hasText: text });

keepSilent();

test('a message is read in one’s own language by a press, and as it was written by another', async () => {
  await profile('ana', { language: 'en', autoTranslate: false });
  const page = await sit(demo, 'ana', await begun());
  await message(page, PT).getByRole('button', { name: 'Translate this message' }).click();
  const read = message(page, EN);
  await read.getByText('Translated from Portuguese').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await read.getByRole('button', { name: 'Show original' }).click();
  await message(page, PT).getByRole('button', { name: 'Show translation' }).click();
  await read.waitFor();
  await page.close();
});

test('a call is read in one’s own language by a press, turn by turn and with what was noted, and by itself where the profile says so', async () => {
  await profile('ana', { language: 'en', autoTranslate: false });
  const [chat] = await database.sql<
    { workspaceId: string; accountId: string }[]
  >`select workspace_id, account_id from conversation where id = ${await begun()}`;
  const call = await receiveInbound(
    { sql: database.sql, signals: { publish: () => {} } as never },
    {
      ...chat!,
      channel: 'voice',
      from: { handle: '+351912000111', name: 'Rita Lopes', phone: '+351912000111' },
      text: 'A cliente quer que lhe telefonem amanhã.',
      externalId: 'call-1',
      kind: 'call',
      neverAnswered: 'call',
      data: {
        ended: true,
        durationSeconds: 12,
        note: 'A cliente quer que lhe telefonem amanhã.',
        turns: [
          { speaker: 'contact', text: 'Bom dia, ainda estou à espera da minha encomenda.', atSeconds: 1 },
          { speaker: 'agent', text: 'Qual é o número?', atSeconds: 9 },
        ],
      },
    },
  );
  const page = await sit(demo, 'ana', call!.conversationId);
  const turns = page.locator('thread-call :is(dd, .call-note bdi)');
  const says = (texts: string[]) => expect.poll(() => turns.allInnerTexts(), { timeout: 15_000 }).toEqual(texts);
  const [pt, en] = [
    ['Bom dia, ainda estou à espera da minha encomenda.', 'Qual é o número?', 'A cliente quer que lhe telefonem amanhã.'],
    ['Good morning, I am still waiting for my order.', 'What is the number?', 'The customer wants a call tomorrow.'],
  ];
  await says(pt!);
  await page.locator('thread-call').getByRole('button', { name: 'Translate this message' }).click();
  await says(en!);
  await page.locator('thread-call').getByText('Translated from Portuguese').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.locator('thread-call').getByRole('button', { name: 'Show original' }).click();
  await says(pt!);
  await page.locator('thread-call').getByRole('button', { name: 'Show translation' }).click();
  await says(en!);
  await page.close();
  const asked = model.requests.length;
  await profile('ana', { language: 'en', autoTranslate: true });
  const again = await sit(demo, 'ana', call!.conversationId);
  await expect.poll(() => again.locator('thread-call :is(dd, .call-note bdi)').allInnerTexts(), { timeout: 15_000 }).toEqual(en);
  expect(model.requests.slice(asked).filter(({ user }) => user.includes('Bom dia'))).toEqual([]);
  await again.close();
});

test('the whole conversation is read from the menu, what comes later too, and the originals are as near', async () => {
  await profile('ana', { language: 'en', autoTranslate: false });
  const visitor = await demo.visitor();
  const id = (await visitor.says(PT)).conversationId;
  await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
  const page = await sit(demo, 'ana', id);
  await page.locator('conv-thread').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Translate conversation' }).click();
  await message(page, EN).waitFor();
  await visitor.says('Obrigada, fico à espera da encomenda.');
  await message(page, 'Thanks, I am waiting for the order.').waitFor();
  await page.locator('conv-thread').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Show originals' }).click();
  await message(page, PT).waitFor();
  await page.close();
});

test('by the profile it happens by itself, only to what is in another language', async () => {
  await profile('ben', { language: 'en', autoTranslate: true });
  const before = model.requests.length;
  const id = await begun();
  await demo.act(id, 'notes', { text: 'She sounds worried, please be quick.' });
  const page = await sit(demo, 'ben', id);
  await message(page, EN).getByText('Translated from Portuguese').waitFor();
  await page.locator('conv-details .handles', { hasText: 'translated for you' }).waitFor();
  expect(await message(page, 'She sounds worried').locator('.translated').count()).toBe(0);
  expect(model.requests.slice(before).filter(({ user }) => user.includes('She sounds worried'))).toHaveLength(0);
  await page.close();
  await profile('ben', { autoTranslate: false });
});

test('an answer is put into the customer’s language before it goes, shown as it goes, and what was written stays for the team', async () => {
  await profile('ana', { language: 'en', autoTranslate: false });
  const visitor = await demo.visitor();
  const id = (await visitor.says(PT)).conversationId;
  await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
  await demo.ask('PATCH', `/v1/contacts/${(await demo.conversation(id)).contact.id}`, { as: 'ana', body: { language: 'pt' } });
  const page = await sit(demo, 'ana', id);
  const field = page.locator('conv-composer textarea');
  const button = page.locator('conv-composer').getByRole('button', { name: 'Translate to Portuguese before sending' });
  await field.fill('It arrives tomorrow.');
  await button.click();
  await page.locator('conv-composer .outgoing', { hasText: 'Goes out in Portuguese.' }).waitFor();
  expect(await field.inputValue()).toBe('Chega amanhã.');
  expect(await wrongsOf(page)).toEqual([]);
  await page.locator('conv-composer').getByRole('button', { name: 'Back to what I wrote' }).click();
  expect(await field.inputValue()).toBe('It arrives tomorrow.');
  await button.click();
  await expect.poll(() => field.inputValue()).toBe('Chega amanhã.');
  await field.focus();
  await page.keyboard.press('Control+Enter');
  const sent = message(page, 'Chega amanhã.');
  await sent.getByText('Sent in Portuguese').waitFor();
  await sent.getByRole('button', { name: 'Show what was written' }).click();
  await message(page, 'It arrives tomorrow.').getByText('Written in English').waitFor();
  await expect.poll(async () => JSON.stringify(await visitor.sees())).toContain('Chega amanhã.');
  expect(JSON.stringify(await visitor.sees())).not.toContain('It arrives tomorrow');
  await page.close();
});

test('a text that is being typed is not replaced by the translation of an older one', async () => {
  const page = await sit(demo, 'ana', await begun());
  const field = page.locator('conv-composer textarea');
  await field.fill('It arrives tomorrow.');
  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  model.script(async (request) => {
    await held;
    return translator(request);
  });
  await page.locator('conv-composer').getByRole('button', { name: 'Translate to Portuguese before sending' }).click();
  await field.pressSequentially(' Or on Friday.');
  go();
  await page.locator('conv-composer').getByText('You went on writing, so nothing was replaced.').waitFor();
  expect(await field.inputValue()).toBe('It arrives tomorrow. Or on Friday.');
  await page.close();
});

test('where no model can, it is said in place, and the browser’s own translator is asked first', async () => {
  const id = await begun(`${PT} Obrigada!`);
  const none = await sit(offline, 'ana', id, () => Reflect.deleteProperty(globalThis, 'Translator'));
  await message(none, PT).getByRole('button', { name: 'Translate this message' }).click();
  await none.getByText('No translation is available here.').waitFor();
  expect(await wrongsOf(none)).toEqual([]);
  await none.close();
  const own = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await own.addInitScript(() => {
    const translate = (text: string): Promise<string> => Promise.resolve(`[en] ${text.length}`);
    Object.assign(globalThis, { Translator: { availability: () => Promise.resolve('available'), create: () => Promise.resolve({ translate }) } });
  });
  const body = `<!doctype html><html lang="en"><title>Desk</title><body style="margin:0"><conv-thread style="display:block;height:100vh" token="${await offline.token('ana')}" conversation="${id}"></conv-thread><script type="module" src="/widgets/convene.js"></script>`;
  await own.route(`${offline.url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await own.goto(`${offline.url}/desk`);
  await message(own, PT).getByRole('button', { name: 'Translate this message' }).click();
  await message(own, `[en] ${PT.length + 10}`)
    .getByText('by your browser')
    .waitFor();
  await own.close();
});
