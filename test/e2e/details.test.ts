/** The side panel of two operators at one contact: fields, their history, the timeline and other conversations, as each sees what the other does. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo } from '../support/demo.ts';
import type { RunningDemo } from '../support/demo.ts';
import { launchBrowser } from '../support/browser.ts';
import { demoClient } from '../support/demo-client.ts';
import type { DemoClient, Who } from '../support/demo-client.ts';
import { axe, wrongsOf } from '../support/portal.ts';
import { keepSilent } from '../support/silent-elements.ts';

let running: RunningDemo;
let demo: DemoClient;
let browser: Browser;

beforeAll(async () => {
  [running, browser] = await Promise.all([startDemo({ pages: true }), launchBrowser()]);
  demo = demoClient(running.url);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await running?.stop();
});

/** The panel of an operator beside a conversation. */
async function sit(who: Who, conversation: string, attributes = 'lang="en"', width = 1440): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 1000 }, locale: 'en-GB', timezoneId: 'Europe/Lisbon', reducedMotion: 'reduce' });
  await page.addInitScript({ path: axe });
  const body = `<!doctype html><html ${attributes}><title>Desk</title><body style="margin:0"><conv-inbox style="display:block;height:100vh" token="${await demo.token(who)}" conversation="${conversation}"></conv-inbox><script type="module" src="/widgets/convene.js"></script>`;
  await page.route(`${demo.url}/desk`, (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${demo.url}/desk`);
  await page.locator('conv-details .timeline').waitFor();
  return page;
}
const panel = (page: Page) => page.locator('conv-details');
const field = (page: Page, name: string) => panel(page).getByRole('button', { name: `Change ${name}` });
const unfold = (page: Page) => panel(page).getByRole('button', { name: 'Edit contact' }).click();

/** A conversation of a customer of its own. */
async function begun(): Promise<{ id: string; contactId: string }> {
  const { conversationId: id } = await (await demo.visitor()).says('Where is my order?');
  await demo.ask('PATCH', `/v1/conversations/${id}`, { as: 'ana', body: { agentId: null, replyMode: 'off' } });
  const contactId = (await demo.conversation(id)).contact.id;
  await demo.ask('PATCH', `/v1/contacts/${contactId}`, { as: 'ana', body: { name: 'Rosa Lima', company: 'Casa Lima' } });
  return { id, contactId };
}

keepSilent();

test('a field is changed where it stands, shows at once for both, is undone, and its history says who did what', async () => {
  const { id } = await begun();
  const [ana, ben] = [await sit('ana', id), await sit('ben', id)];
  await unfold(ana);
  await unfold(ben);
  await field(ana, 'Company').click();
  await ana.keyboard.press('Control+A');
  await ana.keyboard.type('Lima & Filhos');
  await ana.keyboard.press('Enter');
  await field(ana, 'Company: Lima & Filhos').waitFor();
  await field(ben, 'Company: Lima & Filhos').waitFor();
  await panel(ben).locator('.who', { hasText: 'Lima & Filhos' }).waitFor();
  await ana.getByRole('button', { name: 'Undo' }).click();
  await field(ben, 'Company: Casa Lima').waitFor();
  await panel(ben).getByRole('button', { name: 'Changes' }).click();
  await panel(ben).locator('.contact-past li', { hasText: 'Lima & Filhos → Casa Lima' }).waitFor();
  await panel(ben).locator('.contact-past li', { hasText: 'Casa Lima → Lima & Filhos' }).waitFor();
  expect(await panel(ben).locator('.contact-past li').first().textContent()).toContain('Ana');
  expect(await wrongsOf(ben)).toEqual([]);
  await ana.close();
  await ben.close();
});

test('who holds a conversation, how it is answered and how urgent it is are each taken back by one key', async () => {
  const { id } = await begun();
  const page = await sit('ana', id);
  const facts = async () => {
    const { assignee, replyModeOverride, department, priority } = await demo.conversation(id);
    return [assignee?.name ?? null, replyModeOverride, department?.name ?? null, priority];
  };
  const before = await facts();
  const steps = [
    ['Assignee', 'Ben Okafor', 0],
    ['Reply mode', 'Drafts for approval', 1],
    ['Priority', 'Urgent', 3],
  ] as const;
  for (const [name, value, at] of steps) {
    await panel(page)
      .getByRole('button', { name: `${name}:` })
      .focus();
    await page.keyboard.press('Enter');
    await panel(page).getByRole('menuitemradio', { name: value, exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.toasts', { hasText: `${name} changed` }).waitFor();
    expect((await facts())[at]).not.toBe(before[at]);
    await page.keyboard.press('z');
    await expect.poll(facts).toEqual(before);
  }
  await page.close();
});

test('what is wrong is said in its place, what was typed stays, and nobody’s change takes it away', async () => {
  const { id, contactId } = await begun();
  const page = await sit('ana', id);
  await unfold(page);
  await field(page, 'Email').click();
  const input = panel(page).getByRole('textbox', { name: 'Email' });
  await input.fill('rosa@');
  await demo.ask('PATCH', `/v1/contacts/${contactId}`, { as: 'ben', body: { company: 'Casa Nova', email: 'rosa@nova.example' } });
  await field(page, 'Company: Casa Nova').waitFor();
  expect(await input.inputValue()).toBe('rosa@');
  await page.keyboard.press('Enter');
  await panel(page).getByText('That is no email address.').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await input.fill('rosa@casa.example');
  await page.keyboard.press('Enter');
  await panel(page).getByText('Somebody changed this meanwhile: it is “rosa@nova.example” now.').waitFor();
  expect(await input.inputValue()).toBe('rosa@casa.example');
  await page.keyboard.press('Enter');
  await field(page, 'Email: rosa@casa.example').waitFor();
  await field(page, 'Phone').click();
  await page.keyboard.type('12');
  await page.keyboard.press('Escape');
  await field(page, 'Phone').waitFor();
  await field(page, 'Language').click();
  await panel(page).getByRole('combobox', { name: 'Language' }).selectOption('pt');
  await panel(page).getByRole('button', { name: 'Save' }).click();
  await panel(page).locator('.handles', { hasText: 'Portuguese' }).waitFor();
  await field(page, 'Time zone').click();
  await panel(page).getByRole('combobox', { name: 'Time zone' }).fill('Atlantis/Deep');
  await page.keyboard.press('Enter');
  await panel(page).getByText('That is no time zone.').waitFor();
  await page.keyboard.press('Escape');
  await page.close();
});

test('fields of one’s own are added, changed and removed', async () => {
  const { id, contactId } = await begun();
  const page = await sit('ana', id);
  await unfold(page);
  await panel(page).getByRole('button', { name: 'Add a field' }).click();
  await page.keyboard.type('plan');
  await page.keyboard.press('Tab');
  await page.keyboard.type('gold');
  await page.keyboard.press('Enter');
  await field(page, 'plan: gold').click();
  await panel(page).getByRole('button', { name: 'Remove plan' }).click();
  await field(page, 'plan').waitFor({ state: 'detached' });
  await expect.poll(async () => (await demo.get<{ attributes: object }>(`/v1/contacts/${contactId}`)).attributes).toEqual({});
  await page.close();
});

test('the timeline is narrowed to a kind, follows what a host logs, and the newest of it stands as facts', async () => {
  const { id } = await begun();
  const page = await sit('ana', id);
  const timeline = panel(page).locator('.timeline').last();
  await panel(page).getByRole('button', { name: 'Log an activity' }).click();
  await page.getByLabel('Kind').selectOption('opportunity_stage');
  await page.getByLabel('Stage').fill('Proposal');
  await page.getByLabel('What happened').fill('Second site moved to Proposal');
  await page.getByRole('button', { name: 'Log', exact: true }).click();
  await panel(page).getByRole('button', { name: 'Opportunity: Proposal' }).waitFor();
  const { body } = await demo.ask<{ key: string }>('POST', '/v1/api-keys', { as: 'ana', body: { name: 'CRM', scopes: ['timeline:write'] } });
  const log = (entry: object) => demo.ask('POST', `/v1/conversations/${id}/timeline`, { as: { token: body.key }, body: entry });
  await log({ kind: 'meeting_booked', text: 'Service review', data: { startsAt: new Date(Date.now() + 86_400_000).toISOString() } });
  await panel(page)
    .getByRole('button', { name: /Next meeting:/ })
    .waitFor();
  await timeline.getByText('Service review').waitFor();
  await panel(page).getByRole('button', { name: 'Show: Everything' }).click();
  await page
    .getByRole('menuitemradio', { name: 'Meetings' })
    .or(page.getByRole('menuitem', { name: 'Meetings' }))
    .click();
  await expect
    .poll(() =>
      timeline
        .locator('li')
        .allTextContents()
        .then((lines) => lines.length),
    )
    .toBe(1);
  await log({ kind: 'meeting_cancelled', text: 'Service review called off' });
  await expect.poll(() => timeline.locator('li').count()).toBe(2);
  await panel(page)
    .getByRole('button', { name: /Next meeting:/ })
    .waitFor({ state: 'detached' });
  await panel(page).getByRole('button', { name: 'Show: Meetings' }).click();
  await page
    .getByRole('menuitemradio', { name: 'Sequences' })
    .or(page.getByRole('menuitem', { name: 'Sequences' }))
    .click();
  await panel(page).getByText('Nothing of this kind yet').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await page.close();
});

test('the contact’s other conversations are there and are opened from there; a pause of AI shows in each of them', async () => {
  const marta = await demo.find('Marta Oliveira');
  const { items } = await demo.get<{ items: { id: string }[] }>(`/v1/conversations?status=any&contactId=${marta!.contact.id}`);
  const other = items.find(({ id }) => id !== marta!.id);
  const page = await sit('ben', marta!.id);
  await demo.ask('POST', `/v1/contacts/${marta!.contact.id}/pause-ai`, { as: 'ana', body: { reason: 'Legal asked for it' } });
  await panel(page).locator('.paused', { hasText: 'Legal asked for it' }).waitFor();
  if (!other) {
    await panel(page).getByRole('region', { name: 'Other conversations' }).getByText('None').waitFor();
  } else {
    await panel(page).locator('.others button').first().click();
    await expect
      .poll(() => page.locator('conv-inbox').evaluate((inbox) => (inbox as HTMLElement & { conversation?: string }).conversation))
      .not.toBe(marta!.id);
    await panel(page).locator('.paused', { hasText: 'Legal asked for it' }).waitFor();
  }
  await panel(page).getByRole('button', { name: 'Resume AI' }).click();
  await panel(page).locator('.paused').waitFor({ state: 'detached' });
  await page.close();
});

for (const [name, attributes, width] of [
  ['light', 'lang="en"', 1440],
  ['dark', 'lang="en" data-theme="dark"', 1440],
  ['right to left', 'lang="ar" dir="rtl"', 1440],
] as const) {
  test(`the unfolded panel passes axe, ${name}`, async () => {
    const page = await sit('ana', (await demo.find('Marta Oliveira'))!.id, attributes, width);
    await panel(page).locator('.who > .btn').click();
    await panel(page).locator('.fields .edit').nth(1).click();
    await panel(page).locator('.contact-field input').waitFor();
    expect(await wrongsOf(page)).toEqual([]);
    await page.close();
  });
}
