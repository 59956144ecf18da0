/** A conversation of 10,000 messages in a real browser, scrolled by its wheel and keys, while messages come. */
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { atRate } from '../bench/measure.ts';
import { openDesk, ThreadProbe } from '../support/thread-desk.ts';
import type { Desk } from '../support/thread-desk.ts';

const LONG = 10_000;
const UNREAD = 300;
/** More than is read at first. */
const MIDDLE = 150;
let database: TestDatabase;
let desk: Desk;
let long: string;
let short: string;
let middle: string;

beforeAll(async () => {
  database = await createTestDatabase();
  desk = await openDesk(database);
  long = await desk.fill(LONG, UNREAD);
  short = await desk.fill(50, 20);
  middle = await desk.fill(MIDDLE, 20);
}, 120_000);
afterAll(async () => {
  await desk?.stop();
  await database?.close();
});

test.each([
  ['left to right', {}],
  ['right to left', { dir: 'rtl' as const }],
])('opens at the first unread message and is scrolled both ways without a jump, %s', { timeout: 120_000 }, async (_, options) => {
  const probe = await ThreadProbe.on(await desk.sit(long, options));
  const opened = await probe.settled();
  expect(opened.lines.findIndex(({ key }) => key === 'new')).toBeOneOf([0, 1, 2]);
  expect(
    await probe.wheel(-600, 10, async (turn) => {
      if (turn === 4) await desk.demo.act(long, 'notes', { text: 'A note meanwhile' }, 'ben');
      if (turn === 8) await desk.says(long, 'A message meanwhile');
    }),
  ).toBeLessThan(2);
  expect(await probe.wheel(600, 5)).toBeLessThan(2);
  expect(await probe.nodes()).toBeLessThan(700);
  await probe.page.context().close();
});

test('asks for, keeps and draws hardly more than one of 50 messages', { timeout: 120_000 }, async () => {
  const other = await desk.fill(50, 0);
  const opened = async (id: string) => {
    const probe = await ThreadProbe.on(await desk.sit(other));
    await probe.settled();
    let asked = 0;
    probe.page.on('request', (request) => {
      if (new URL(request.url()).pathname === `/v1/conversations/${id}/messages`) asked += 1;
    });
    await probe.open(id);
    const { loaded } = await probe.settled();
    const nodes = await probe.nodes();
    await probe.page.context().close();
    return { asked, loaded, nodes };
  };
  const [value, floor] = [await opened(long), await opened(short)];
  expect([value.asked, floor.asked]).toEqual([1, 1]);
  expect(value.loaded).toBeLessThanOrEqual(60);
  expect(value.nodes).toBeLessThan(floor.nodes * 1.5);
});

test('leads by keys to its beginning, its first unread and its newest message, and keeps the focus', { timeout: 120_000 }, async () => {
  const probe = await ThreadProbe.on(await desk.sit(long));
  await probe.settled();
  const { page } = probe;
  await page.locator('conv-log .scroll').focus();
  const inLines = () =>
    page.evaluate(
      `!!document.querySelector('conv-inbox').shadowRoot.querySelector('conv-thread').shadowRoot.querySelector('conv-log').shadowRoot.activeElement`,
    );
  await page.keyboard.press('Home');
  await expect.poll(async () => (await probe.settled()).lines.map(({ text }) => text).join(), { timeout: 10_000 }).toContain('The first');
  expect((await probe.view()).first).toBe(1);
  expect(await inLines()).toBe(true);
  await page.keyboard.press('PageDown');
  await expect.poll(async () => (await probe.settled()).top).toBeGreaterThan(200);
  await page.keyboard.press('u');
  await expect.poll(async () => (await probe.settled()).lines[0]?.key, { timeout: 10_000 }).toBe('new');
  await page.keyboard.press('End');
  await expect.poll(async () => (await probe.settled()).atEnd, { timeout: 10_000 }).toBe(true);
  expect((await probe.settled()).left).toBeLessThan(2);
  expect(await inLines()).toBe(true);
  await page.context().close();
});

test('is printed whole, also what was not loaded, without the list beside it and what it is answered with', { timeout: 120_000 }, async () => {
  const page = await desk.sit(middle);
  const probe = await ThreadProbe.on(page);
  const before = (await probe.settled()).lines.length;
  expect((await probe.view()).loaded).toBeLessThan(MIDDLE);
  const onPaper = async (): Promise<string> =>
    (await extractText(await getDocumentProxy(new Uint8Array(await page.pdf())), { mergePages: true })).text.replaceAll(/\s+/g, ' ');
  // By the browser's own menu nothing can be read first: paper and screen say so.
  await expect.poll(onPaper, { timeout: 30_000 }).toMatch(/Only a part of the conversation is printed: \d+ messages\. “Print” in its menu prints all of it\./);
  await page.getByRole('button', { name: 'Print all of it' }).first().waitFor();
  await page.evaluate(`window.print = () => { window.printed = window.thread.log().thread.items.length; }`);
  await page.keyboard.press('ControlOrMeta+p');
  await expect.poll(() => page.evaluate('window.printed'), { timeout: 30_000 }).toBeGreaterThanOrEqual(MIDDLE);
  await page.locator('conv-thread dialog').waitFor({ state: 'detached' });
  const text = await onPaper();
  const written = await page.evaluate<string[]>(
    `window.thread.log().thread.items.filter(({ htmlUrl, direction }) => !htmlUrl && direction === 'inbound').map(({ text }) => text.slice(0, 9).trim())`,
  );
  expect(written.length).toBeGreaterThan(before);
  expect(written.filter((begins) => !text.includes(begins))).toEqual([]);
  expect(text).not.toMatch(/Search messages|Assign to me|Write to|asks you to take|Only a part/);
  expect((await probe.settled()).lines.length).toBeLessThan(2 * before);
  await page.context().close();
});

test('lands at the message of a link, in view and marked, and goes on from there in both directions', { timeout: 120_000 }, async () => {
  const [wanted] = await database.sql<{ id: string }[]>`select id from message where conversation_id = ${long} and seq >= 5000 order by seq limit 1`;
  const page = await desk.sit(long);
  const probe = await ThreadProbe.on(page);
  await page.evaluate(`document.querySelector('conv-inbox').shadowRoot.querySelector('conv-thread').message = '${wanted!.id}'`);
  await expect.poll(async () => (await probe.settled()).lines.find(({ key }) => key === wanted!.id)?.marked, { timeout: 10_000 }).toBe('location');
  expect(await probe.wheel(-500, 6)).toBeLessThan(2);
  expect(await probe.wheel(500, 10)).toBeLessThan(2);
  expect((await probe.view()).loaded).toBeLessThan(700);
  await page.context().close();
});

test('takes in 200 messages a second for 2 s without a long task, loses none, and keeps their order', { timeout: 120_000 }, async () => {
  const probe = await ThreadProbe.on(await desk.sit(long));
  await probe.settled();
  await probe.page.locator('conv-log .scroll').focus();
  await probe.page.keyboard.press('End');
  await expect.poll(async () => (await probe.settled()).atEnd, { timeout: 10_000 }).toBe(true);
  const before = await probe.last();
  const longest = await probe.longestTask(async () => {
    await atRate(10, 2_000, () => desk.twenty(long));
    const [row] = await database.sql<{ last: number }[]>`select last_seq as last from conversation where id = ${long}`;
    await expect.poll(() => probe.last(), { timeout: 20_000 }).toBe(row!.last);
  });
  expect((await probe.last()) - before).toBeGreaterThan(350);
  const seqs = await probe.page.evaluate<number[]>('window.thread.log().thread.items.map(({ seq }) => seq)');
  expect(seqs).toEqual(seqs.map((_, at) => seqs[0]! + at));
  expect((await probe.settled()).left).toBeLessThan(2);
  expect(longest).toBeLessThan(50);
  await probe.page.context().close();
});
