/** A shift of an operator by keys alone, in a real browser over the real server: no pointer is used anywhere in this file. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import {
  choose,
  focus,
  focused,
  focusedType,
  heard,
  intoList,
  listen,
  makeTicket,
  mergeTwo,
  openDesk,
  openPalette,
  rowOf,
  take,
  workSeveral,
} from '../support/by-keys.ts';
import { shoot, usePortal, wrongsOf } from '../support/portal.ts';

const openPortal = usePortal();
const demo = openPortal.client;
const visit = (): Promise<Page> => openDesk(openPortal);
const one = (id: string): Promise<Conversation> => demo().conversation(id);
const openId = (of: Page): string => new URL(of.url()).searchParams.get('conversation') ?? '';

describe('by keys alone', { timeout: 120_000 }, () => {
  test('an operator finds, reads, assumes, answers, notes, transfers, closes, and goes on to the next', async () => {
    const { items: all } = await demo().get<{ items: Conversation[] }>('/v1/conversations?limit=100');
    const held = all.find(({ may, channel, contact }) => !may.operatorSend.allowed && channel === 'chat' && contact.name)!;
    const desk = await visit();
    await listen(desk);

    // Find: the search has its key where nothing of the page has the focus.
    const rows = desk.locator('conv-pool .row');
    await desk.keyboard.press('/');
    await focused(desk, 'input');
    await desk.keyboard.type(held.contact.name);
    await rows.filter({ hasText: held.contact.name }).first().waitFor();
    await expect.poll(async () => (await rows.count()) - (await rows.filter({ hasText: held.contact.name }).count())).toBe(0);
    await intoList(desk);
    const id = await rowOf(desk);
    await desk.keyboard.press('Enter');
    await expect.poll(() => openId(desk)).toBe(id);
    await desk.locator('conv-composer').getByRole('button', { name: 'Assume' }).waitFor();
    expect((await one(id)).may.operatorSend.allowed).toBe(false);

    // Read: what stands there already is not announced.
    await desk.locator('conv-log .msg').first().waitFor();
    const before = await demo().messages(id);
    const texts = before.filter(({ kind }) => kind === 'message').map(({ text }) => text.slice(0, 20));
    for (const said of (await heard(desk)).said) for (const text of texts) expect(said).not.toContain(text);

    // Assume, and the caret is where one writes.
    await desk.keyboard.press('Control+Shift+A');
    await focused(desk, 'textarea');
    await expect.poll(async () => (await one(id)).controller).toMatchObject({ kind: 'human' });
    const field = desk.locator('conv-composer textarea');

    // Answer, with a quick reply that has something to be filled in.
    await demo().ask('POST', '/v1/quick-replies', { as: 'ana', body: { name: 'Zebra', text: 'Hello {{contact.firstName}}, it comes on {{day}}.' } });
    await desk.keyboard.type('/zeb');
    await desk.locator('conv-composer #quick-replies [role=option][aria-selected=true]', { hasText: 'Zebra' }).waitFor();
    await shoot(desk, 'quick-replies');
    expect(await wrongsOf(desk)).toEqual([]);
    await desk.keyboard.press('Enter');
    const first = held.contact.name.split(' ')[0];
    await expect.poll(() => field.inputValue()).toBe(`Hello ${first}, it comes on {{day}}.`);
    await desk.keyboard.press('Control+Enter');
    await desk.locator('conv-composer', { hasText: 'Fill in or take out: day' }).waitFor();
    await shoot(desk, 'quick-reply-gap');
    await expect.poll(() => field.evaluate((of: HTMLTextAreaElement) => of.value.slice(of.selectionStart, of.selectionEnd))).toBe('{{day}}');
    await desk.keyboard.type('Friday');
    await expect.poll(() => field.inputValue()).toBe(`Hello ${first}, it comes on Friday.`);
    await desk.keyboard.press('Control+Enter');
    await expect.poll(async () => (await demo().messages(id)).at(-1)?.text).toBe(`Hello ${first}, it comes on Friday.`);
    await expect.poll(() => field.inputValue()).toBe('');
    await focused(desk, 'textarea');

    // Note.
    await desk.keyboard.press('Control+Shift+M');
    await desk.locator('conv-composer form.note-mode').waitFor();
    await focused(desk, 'textarea');
    await desk.keyboard.type('Wants it before the weekend');
    await expect.poll(() => field.inputValue()).toBe('Wants it before the weekend');
    await desk.keyboard.press('Control+Enter');
    await expect.poll(async () => (await demo().messages(id)).at(-1)).toMatchObject({ kind: 'note', text: 'Wants it before the weekend' });

    // Transfer, by the palette: the first letters of a name.
    await openPalette(desk);
    await take(desk, 'teammate', 'teammate');
    const dialog = desk.getByRole('dialog', { name: 'Transfer to a teammate' });
    await dialog.getByRole('radio').first().waitFor();
    await focused(desk, 'input');
    await desk.keyboard.type('Ben');
    await expect.poll(() => dialog.getByRole('radio').count()).toBe(1);
    await desk.keyboard.press('Tab');
    await expect.poll(() => focusedType(desk)).toBe('radio');
    await desk.keyboard.press('Space');
    await expect.poll(() => dialog.getByRole('radio').isChecked()).toBe(true);
    await desk.keyboard.press('Control+Enter');
    await desk.locator('conv-thread transfer-banner').waitFor();
    await expect.poll(() => focus(desk)).not.toEqual(['body']);

    // What is new is announced, once.
    const heardSoFar = (await heard(desk)).said.length;
    await demo().act(id, 'notes', { text: 'I take it tomorrow', mentions: [] }, 'ben');
    await expect.poll(async () => (await heard(desk)).said.slice(heardSoFar).filter((said) => said.includes('I take it tomorrow'))).toHaveLength(1);

    // Close, then back to the list, which it has left, and on to the next.
    await desk.keyboard.press('Control+Shift+E');
    await expect.poll(async () => (await one(id)).status).toBe('closed');
    await desk.locator(`conv-pool .row-link[data-id="${id}"]`).waitFor({ state: 'detached' });
    await expect.poll(() => focus(desk)).not.toEqual(['body']);
    await desk.keyboard.press('Escape');
    await focused(desk, 'conv-pool');
    await focused(desk, 'input');
    await desk.keyboard.press('Control+a');
    await desk.keyboard.press('Backspace');
    await expect.poll(() => desk.locator('conv-pool input[type=search]').inputValue()).toBe('');
    await expect.poll(() => rows.count()).toBeGreaterThan(5);
    await intoList(desk);
    const top = await rowOf(desk);
    await desk.keyboard.press('j');
    await expect.poll(() => rowOf(desk)).not.toBe(top);
    const next = await rowOf(desk);
    await desk.keyboard.press('Enter');
    await expect.poll(() => openId(desk)).toBe(next);
    await desk.locator('conv-composer form').waitFor();

    expect(await wrongsOf(desk)).toEqual([]);
    // Before the first key nothing of ours had the focus.
    expect((await heard(desk)).lost.filter((key) => key !== '/')).toEqual([]);
  });

  test('several at once are tagged, run through a macro, put off, merged, and all of it taken back; one gets a ticket; the palette has what is chosen', async () => {
    const { items: all } = await demo().get<{ items: Conversation[] }>('/v1/conversations?limit=100');
    const twice = all.find(({ id, contact }) => contact.name && all.some((other) => other.id !== id && other.contact.id === contact.id))!;
    const desk = await visit();
    await listen(desk);
    await desk.keyboard.press('/');
    for (const work of [workSeveral, makeTicket, mergeTwo]) await work(desk, demo(), twice.contact.name);
    await choose(desk, 1);
    await openPalette(desk);
    await desk.locator('conv-palette [role=group]', { hasText: 'Selected conversations' }).waitFor();
    await shoot(desk, 'palette-chosen');
    expect(await wrongsOf(desk)).toEqual([]);
    await take(desk, 'clear sel', 'Clear selection');
    await desk.locator('conv-pool .bulk').waitFor({ state: 'detached' });
    expect((await heard(desk)).lost.filter((key) => key !== '/')).toEqual([]);
  });
});
