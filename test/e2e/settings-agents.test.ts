/** An admin shapes agents in the portal: a skill and a playbook of theirs, how they behave, and whether they are there at all. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePortal, wrongsOf } from '../support/portal.ts';

let page: Page;
const open = usePortal();

async function visit(width = 1280): Promise<void> {
  page = await open('#settings', width);
}

test('gives agents a skill of the team’s own: its secret goes in once, its schema is checked, and a call tries it out', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .set-nav a', { hasText: 'Skills' }).click();
  const settings = page.locator('conv-settings');
  await settings.locator('.account-name', { hasText: 'order_status' }).click();
  await settings.locator('#f-arguments').fill('{"orderNumber": "M-20417"}');
  await settings.locator('[data-act="test"]').click();
  await settings.locator('.steps-done li', { hasText: 'answered 200' }).waitFor({ timeout: 15_000 });
  expect(await settings.locator('pre.payload').innerText()).toContain('"delivered"');
  const url = await settings.getByLabel('Address', { exact: true }).inputValue();

  await settings.locator('[data-act="back"]').click();
  await settings.locator('[data-act="add"]').click();
  await settings.locator('[data-kind="http"]').click();
  await settings.locator('#f-name').fill('order_status');
  await settings.locator('#f-description').fill('Look up an order.');
  await settings.getByLabel('Address', { exact: true }).fill(url);
  await settings.locator('#f-parameters').fill('{ nothing');
  await settings.locator('[data-act="save"]').click();
  await settings.locator('#f-parameters-e', { hasText: 'This is not JSON' }).waitFor();
  await settings.locator('[data-act="example"]').click();
  // The table and the schema are two views of one thing.
  await settings.locator('[data-act="add-parameter"]').click();
  const parameter = settings.locator('.params li').last();
  await parameter.locator('input.code').fill('express');
  await parameter.locator('input.code').blur();
  await parameter.locator('select').selectOption('boolean');
  await parameter.getByLabel('Needed').check();
  expect(JSON.parse(await settings.locator('#f-parameters').inputValue())).toMatchObject({
    properties: { express: { type: 'boolean' } },
    required: expect.arrayContaining(['express']),
  });
  await settings.locator('[data-act="save"]').click();
  await settings.locator('#f-name-e').waitFor();
  await settings.locator('#f-name').fill('order_again');
  await settings.locator('.group', { hasText: 'double braces' }).getByRole('button').click();
  await settings.getByLabel('Header', { exact: true }).fill('X-Api-Key');
  await settings.getByLabel('Value', { exact: true }).fill('in plain sight');
  await settings.locator('[data-act="save"]').click();
  await settings.locator('.refusal', { hasText: 'must come from a secret' }).waitFor();
  await settings.getByLabel('Value', { exact: true }).fill('{{apiKey}}');
  await settings.locator('[data-act="secret"]').click();
  await settings.getByLabel('Name of the secret').fill('apiKey');
  await settings.getByLabel('Name of the secret').blur();
  await settings.getByLabel('Secret', { exact: true }).fill('a-secret-of-the-team');
  await settings.locator('[data-act="save"]').click();
  await settings.locator('h1', { hasText: 'order_again' }).waitFor();
  await settings.getByLabel('apiKey', { exact: true }).waitFor();
  expect(await settings.innerText()).not.toContain('a-secret-of-the-team');
  expect(await settings.getByLabel('apiKey', { exact: true }).inputValue()).toBe('');
  expect(await wrongsOf(page)).toEqual([]);

  await settings.locator('[data-act="remove"]').click();
  await settings.locator('dialog [type=submit]').click();
  await settings.locator('.account-name', { hasText: 'order_status' }).waitFor();
  await settings.locator('.account-name', { hasText: 'order_again' }).waitFor({ state: 'detached' });
});

test('shapes a playbook: steps by keys, what is wrong at its field, a try of what is not saved; and its place beside the conversation', {
  timeout: 90_000,
}, async () => {
  await visit();
  const settings = page.locator('conv-settings');
  await settings.locator('.set-nav a', { hasText: 'Playbooks' }).click();
  await settings.locator('.account-name', { hasText: 'Reserve and collect' }).click();
  await settings.locator('.steps .num', { hasText: '%' }).first().waitFor();
  expect(await settings.locator('[data-part="steps"]').innerText()).toMatch(
    /Reached by 0% of those who began[\s\S]*machines more than 2: hand off, route The sales team/,
  );
  expect(await wrongsOf(page)).toEqual([]);

  await settings.locator('#pb-steps-1-text').press('Alt+ArrowUp');
  expect(await settings.locator('#pb-steps-0-text').inputValue()).toBe('Agree on a depot and a day');
  expect(await page.evaluate(() => document.querySelector('conv-settings')!.shadowRoot!.activeElement?.id)).toBe('pb-steps-0-text');
  await settings.locator('[data-act="add-slot"]').click();
  await settings.locator('#pb-slots-5-name').fill('Not a name');
  await settings.locator('[data-act="save"]').click();
  await settings.locator('#pb-slots-5-name-e').waitFor();
  await expect.poll(() => page.evaluate(() => document.querySelector('conv-settings')!.shadowRoot!.activeElement?.id)).toBe('pb-slots-5-name');
  await settings
    .locator('.row-of', { has: page.locator('#pb-slots-5-name') })
    .getByRole('button', { name: 'Delete the slot' })
    .click();

  // What is not saved is what runs: the depot is asked for before the colour.
  await settings.locator('#try-lines').fill('Please reserve one for me\nLeeds');
  await settings.locator('[data-act="try"]').click();
  await settings.locator('.tried > li').nth(1).waitFor();
  expect(await settings.locator('.tried-agent').allInnerTexts()).toEqual([
    expect.stringContaining('Where will you collect it'),
    expect.stringContaining('On which day will you come?'),
  ]);
  await settings.getByRole('button', { name: 'Discard' }).click();
  expect(await settings.locator('#pb-steps-0-text').inputValue()).toBe('Find out which colour, and how many machines');

  await page.close();
  page = await open('#conversations', 1440);
  await page.locator('conv-pool .row', { hasText: 'Dmitri Halloran' }).first().locator('.row-link').click();
  const facts = page.locator('conv-details section[aria-label="Playbook"]');
  await facts.waitFor({ timeout: 15_000 });
  expect(await facts.innerText()).toMatch(/Reserve and collect\s*step 2 of 3[\s\S]*colour\s*black[\s\S]*day\s*not known yet/);
});

test('shapes an agent: nothing counts before it is saved, cards are put in order by keys, and what others saved is shown', { timeout: 90_000 }, async () => {
  await visit(1440);
  const settings = page.locator('conv-settings');
  await settings.locator('.set-nav a', { hasText: 'Nova' }).click();
  const quiet = settings.locator('#agent-classifierInstruction');
  await quiet.fill('Stay quiet on thanks. Answer whenever there is a question.');
  const cards = settings.locator('.cards li');
  const texts = () => cards.locator('p bdi').allInnerTexts();
  const [first, second, ...rest] = await texts();
  await cards.locator('.handle').first().press('ArrowDown');
  await expect.poll(texts).toEqual([second, first, ...rest]);
  expect(await settings.locator('.save').innerText()).toMatch(/\d changes, not saved yet/);
  expect(await settings.locator('.is-changed').count()).toBeGreaterThan(1);
  expect(await wrongsOf(page)).toEqual([]);

  // Somebody else saves in another window: what is untouched follows, and both are shown where both changed it.
  const other = await page.context().browser()!.newPage();
  await other.goto(page.url());
  await other.evaluate(() => (document.querySelector('conv-settings')!.section = 'agents'));
  const theirs = other.locator('conv-settings');
  await theirs.locator('#agent-classifierInstruction').fill('Stay quiet on automatic replies.');
  await theirs.locator('input[name="mode"][value="controlled"]').check();
  await theirs.locator('[data-act="save"]').click();
  await theirs.locator('.save').waitFor({ state: 'detached' });
  await other.close();
  await settings.locator('.others', { hasText: 'Reply mode' }).waitFor();
  expect(await settings.locator('input[name="mode"][value="controlled"]').isChecked()).toBe(true);
  expect(await settings.locator('.theirs').innerText()).toContain('Stay quiet on automatic replies.');
  expect(await quiet.inputValue()).toBe('Stay quiet on thanks. Answer whenever there is a question.');

  await settings.locator('[data-act="new-card"]').click();
  await settings.locator('[data-act="save"]').click();
  await settings.locator('.card-editor [aria-invalid="true"]').first().waitFor();
  await settings.locator('.card-editor textarea').fill('Always reply when someone mentions a depot.');
  await page.keyboard.press('ControlOrMeta+s');
  await settings.locator('.save').waitFor({ state: 'detached' });
  await page.reload();
  await page.evaluate(() => (document.querySelector('conv-settings')!.section = 'agents'));
  await expect.poll(() => settings.locator('#agent-classifierInstruction').inputValue()).toBe('Stay quiet on thanks. Answer whenever there is a question.');
  await expect.poll(texts).toEqual([second, first, ...rest, 'Always reply when someone mentions a depot.']);
  expect(await settings.locator('input[name="mode"][value="controlled"]').isChecked()).toBe(true);

  await settings.locator('[role=tab]', { hasText: 'History' }).click();
  await settings.locator('.past li').nth(1).waitFor();
});

test('switches an agent off, says where its conversations go, and takes all of it back', { timeout: 60_000 }, async () => {
  page = await open('theme=dark&lang=ar#settings', 1440);
  const settings = page.locator('conv-settings');
  await settings.locator('.set-nav a', { hasText: 'Sol' }).click();
  await settings.locator('h1', { hasText: 'Sol' }).waitFor();
  const active = settings.locator('[data-act="active"]');
  await active.click();
  await settings.locator('dialog [data-fact="open"]').waitFor();
  expect(await active.isChecked()).toBe(true);
  await settings.locator('dialog input[value="agent"]').check();
  expect(await settings.locator('dialog select option').allInnerTexts()).not.toContain('Old Iris');
  expect(await wrongsOf(page)).toEqual([]);
  await settings.locator('dialog [data-act="deactivate"]').click();
  await expect.poll(() => active.isChecked()).toBe(false);
  await page.locator('.toasts button').first().click();
  await expect.poll(() => active.isChecked()).toBe(true);
});
