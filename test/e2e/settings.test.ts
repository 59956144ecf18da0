/** An admin connects a channel in the portal: account, secrets, a try, and the first message by its webhook. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signTwilio } from '../../server/channels/signatures.ts';
import { usePortal, wrongsOf } from '../support/portal.ts';

let page: Page;
const open = usePortal();

async function visit(query = '', width = 1280): Promise<void> {
  page = await open(`${query}#settings`, width);
}

const sid = `AC${'7'.repeat(32)}`;
const field = (name: string) => page.locator('conv-settings').getByLabel(name, { exact: false });

test('connects SMS: fills in, tries out, and receives the first signed message', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  await page.locator('conv-settings [data-act="add"]').click();
  await page.locator('conv-settings [data-kind="sms"]').click();
  await field('Name').first().fill('Second number');
  await field('Address').first().fill('+351912555044');
  await field('Account SID').fill('nonsense');
  await field('Auth token').fill('auth-token-of-the-new-account');
  await page.locator('conv-settings [data-act="save"]').click();
  const refused = page.locator('conv-settings .one', { hasText: 'Account SID' }).locator('[role=alert]');
  await refused.waitFor();
  expect(await field('Account SID').getAttribute('aria-invalid')).toBe('true');
  await field('Account SID').fill(sid);
  await page.locator('conv-settings [data-act="save"]').click();

  await page.locator('conv-settings h1', { hasText: 'Second number' }).waitFor();
  const address = await page.locator('conv-settings code.copy').innerText();
  expect(await page.locator('conv-settings').innerText()).not.toContain('auth-token-of-the-new-account');
  await page.locator('conv-settings [data-act="test"]').click();
  await page.locator('conv-settings .steps-done li').nth(2).waitFor();
  expect(await page.locator('conv-settings [role=status]', { hasText: 'Everything works' }).count()).toBe(1);

  const form = new URLSearchParams({ MessageSid: `SM${'1'.repeat(32)}`, AccountSid: sid, From: '+351912555001', To: '+351912555044', Body: 'Is this the new number?' });
  const signature = signTwilio('auth-token-of-the-new-account', address, form);
  const received = await fetch(address, { method: 'POST', body: form, headers: { 'x-twilio-signature': signature } });
  expect(received.status).toBe(200);
  await page.locator('conv-settings [data-fact="received"] time').waitFor({ timeout: 15_000 });

  const forged = await fetch(address, { method: 'POST', body: form, headers: { 'x-twilio-signature': 'forged' } });
  expect(forged.status).toBe(401);
  const failure = page.locator('conv-settings [data-fact="error"]', { hasText: 'refused a webhook' });
  await failure.waitFor({ timeout: 15_000 });
  await failure.locator('summary').click();
  expect(await failure.locator('pre').innerText()).toContain('Body=Is+this+the+new+number');
  expect(await page.locator('conv-settings .set-nav').innerText()).toContain('1');

  await page.locator('conv-settings [data-act="remove"]').click();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-settings dialog [role=alert]', { hasText: 'It has conversations' }).waitFor();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-settings .head-switch .switch:not(:checked)').waitFor();
});

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

test('asks before what was typed is lost', { timeout: 60_000 }, async () => {
  await visit();
  await page.locator('conv-settings .account-name').first().click();
  await field('Name').first().fill('Another name');
  await page.locator('.host-nav a[href="#conversations"]').click();
  await page.locator('conv-settings dialog[open]').waitFor();
  await page.locator('conv-settings dialog .push').click();
  expect(await field('Name').first().inputValue()).toBe('Another name');
  await page.locator('.host-nav a[href="#conversations"]').click();
  await page.locator('conv-settings dialog [type=submit]').click();
  await page.locator('conv-inbox').waitFor();
  expect(await page.locator('conv-settings').count()).toBe(0);
});

const section = async (name: string): Promise<void> => {
  await page.locator('conv-settings .set-nav a', { hasText: name }).click();
  await page.locator('conv-settings .shown h1', { hasText: name }).waitFor();
};
const said = (text: string) => page.locator('.toast', { hasText: text });

test('groups its sections, shows what became of a setting, and puts it back', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  expect(await page.locator('conv-settings .set-nav h2').allInnerTexts()).toEqual(['Agents', 'What they know', 'Who gets what', 'Connections', 'Reports']);
  await section('Departments');
  const dialog = page.locator('conv-settings dialog[open]');
  const row = (name: string) => page.locator('conv-settings .account-name', { hasText: name });
  await row('Care').click();
  await dialog.getByLabel('Name').fill('Customer care');
  await dialog.locator('[type=submit]').click();
  await row('Customer care').click();
  await dialog.locator('details.history > summary').click();
  await dialog.locator('.past li', { hasText: 'Ana Duarte changed it' }).waitFor();
  await dialog.locator('.past .changes summary').click();
  expect(await dialog.locator('.past .changes dd').innerText()).toBe('Care Customer care');
  await dialog.locator('[data-version="1"]').click();
  await dialog.locator('.past li', { hasText: 'Ana Duarte put version 1 of it back' }).waitFor();
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Care');
  await page.keyboard.press('Escape');

  await section('Quick replies');
  await page.locator('conv-settings [data-act=add]').click();
  await dialog.getByLabel('Name').fill('Greeting');
  await dialog.getByLabel('Text').fill('Hello ');
  await dialog.getByRole('button', { name: 'First name' }).first().click();
  expect(await dialog.getByLabel('Text').inputValue()).toBe('Hello {{contact.firstName}}');
  await dialog.locator('[type=submit]').click();
  await row('Greeting').waitFor();
  await page.locator('conv-settings').getByLabel('Delete quick reply Greeting').click();
  await dialog.locator('[type=submit]').click();
  await said('Greeting was deleted').getByRole('button', { name: 'Undo' }).click();
  await row('Greeting').waitFor();

  await section('Macros');
  await page.locator('conv-settings [data-act=add]').click();
  await dialog.locator('[type=submit]').click();
  await dialog.locator('[role=alert]').waitFor();
  await dialog.getByLabel('Name').fill('Close it');
  await dialog.locator('#macro-status').selectOption({ index: 1 });
  await dialog.locator('[type=submit]').click();
  await row('Close it').waitFor();
  await page.locator('conv-settings').getByLabel('Delete macro Close it').click();
  await dialog.locator('[type=submit]').click();
  await row('Close it').waitFor({ state: 'detached' });

  await section('Audit log');
  await page.locator('conv-settings [data-filter=kind]').selectOption('macro');
  const entries = page.locator('conv-settings .past > li');
  await entries.first().locator('[data-act=back]').click();
  await page.locator('conv-settings .past > li', { hasText: 'put version 1 of macro “Close it” back' }).waitFor();
  expect(await entries.count()).toBe(3);
  await section('Macros');
  await row('Close it').waitFor();
});

test('makes a key that is shown once, keeps people out, and marks what is no host', { timeout: 90_000 }, async () => {
  await visit();
  await page.locator('conv-settings .accounts li').first().waitFor();
  await section('API keys');
  await page.locator('conv-settings [data-act=add]').click();
  const dialog = page.locator('conv-settings dialog[open]');
  await dialog.locator('[type=submit]').click();
  await dialog.locator('[role=alert]', { hasText: 'It needs a name' }).waitFor();
  await dialog.getByLabel('Name').fill('Shop');
  await dialog.getByLabel('read contacts').check();
  await dialog.locator('[type=submit]').click();
  const key = await dialog.locator('code.copy').innerText();
  expect(key).toMatch(/^ck_.{40,}/);
  await dialog.locator('[type=submit]').click();
  await page.locator('conv-settings .account-name', { hasText: 'Shop' }).waitFor();
  expect(await page.locator('conv-settings').innerText()).not.toContain(key);
  const asKey = () => page.evaluate((bearer) => fetch('/v1/contacts', { headers: { authorization: `Bearer ${bearer}` } }).then(({ status }) => status), key);
  expect(await asKey()).toBe(200);
  await page.locator('conv-settings').getByLabel('Revoke Shop').click();
  await dialog.locator('[type=submit]').click();
  await said('Shop was revoked').waitFor();
  expect(await asKey()).toBe(401);

  await section('Operators and roles');
  const chloe = page.locator('conv-settings .accounts li', { hasText: 'Chloe' });
  await chloe.locator('.switch').uncheck();
  await chloe.getByText('Kept out').waitFor();
  await said('Chloe Marchetti is kept out').getByRole('button', { name: 'Undo' }).click();
  await chloe.getByText('Kept out').waitFor({ state: 'detached' });
  expect(await page.locator('conv-settings .accounts li', { hasText: 'Ana Duarte' }).locator('.switch').isDisabled()).toBe(true);

  await section('Allowed link hosts');
  const hosts = page.locator('conv-settings #hosts');
  const before = await hosts.inputValue();
  await hosts.fill(`${before}\nhttps://no host`);
  await page.locator('conv-settings [data-act=save]').click();
  await page.locator('conv-settings [role=alert]', { hasText: 'This is no host name: https://no' }).waitFor();
  expect(await hosts.getAttribute('aria-invalid')).toBe('true');
  await hosts.fill(`${before}\ncdn.example`);
  await page.locator('conv-settings [data-act=save]').click();
  await said('Allowed hosts were saved').waitFor();
  await section('Models');
  expect(await page.locator('conv-settings .shown').innerText()).toContain('The built-in model');
});

test('writes an article for what nobody could answer, imports others, and shows how they read', { timeout: 90_000 }, async () => {
  await visit();
  await section('Knowledge');
  const shown = page.locator('conv-settings .shown');
  await shown.locator('.accounts li').first().waitFor();
  await shown.getByLabel('Search articles').fill('scale vinegar');
  await expect.poll(() => shown.locator('.account-name').allInnerTexts()).toEqual(['Descaling: how to descale a machine, and how often']);

  await shown.getByRole('tab', { name: 'Not covered' }).click();
  const gap = shown.locator('.gaps li', { hasText: '110 volt' });
  await gap.getByText('What customers wrote').click();
  await gap.getByText('yes, the voltage').waitFor();
  await gap.locator('[data-act="write"]').click();
  expect(await shown.locator('#article-title').inputValue()).toBe('Do you sell the Kestrel in 110 volt?');
  await shown.locator('[data-act="save"]').click();
  await shown.locator('#article-text-e').waitFor();
  expect(await page.evaluate(() => document.querySelector('conv-settings')?.shadowRoot?.activeElement?.id)).toBe('article-text');
  await shown.locator('#article-text').fill('# Voltage\n\nThe **Kestrel** is made for 230 V, see [the sheet](https://morrow.example/kestrel) and [this](javascript:alert(1)).\n\n<img src=x onerror=alert(1)>');
  await shown.getByRole('tab', { name: 'Preview' }).click();
  await shown.locator('.read strong', { hasText: 'Kestrel' }).waitFor();
  expect(await shown.locator('.read a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['https://morrow.example/kestrel']);
  expect(await shown.locator('.read img').count()).toBe(0);
  await shown.locator('[data-act="save"]').click();
  await page.locator('conv-settings', { hasText: 'The question is settled' }).waitFor();
  await expect.poll(() => shown.locator('.gaps li').count()).toBe(2);
  await shown.locator('.gaps [data-act="dismiss"]').first().click();
  await expect.poll(() => shown.locator('.gaps li').count()).toBe(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => shown.locator('.gaps li').count()).toBe(2);

  await shown.locator('[data-act="import"]').click();
  const dialog = page.locator('conv-settings dialog[open]');
  await dialog.locator('#import-files').setInputFiles([
    { name: 'care.md', mimeType: 'text/markdown', buffer: Buffer.from('# Caring for a jug\n\nRinse it **daily**.') }, { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from([37, 80, 0, 1]) },
  ]);
  await dialog.locator('button[type="submit"]').click();
  await dialog.locator('.taken li', { hasText: 'scan.pdf' }).locator('.bad').waitFor();
  await dialog.getByRole('button', { name: 'Look it over' }).click();
  expect(await shown.locator('#article-title').inputValue()).toBe('Caring for a jug');
  await shown.locator('[data-act="save"]').click();
  await shown.getByRole('tab', { name: 'Articles' }).click();
  await shown.locator('.account-name', { hasText: 'Caring for a jug' }).waitFor();
});

test('shapes a playbook: steps by keys, what is wrong at its field, a try of what is not saved; and its place beside the conversation', { timeout: 90_000 }, async () => {
  await visit();
  const settings = page.locator('conv-settings');
  await settings.locator('.set-nav a', { hasText: 'Playbooks' }).click();
  await settings.locator('.account-name', { hasText: 'Reserve and collect' }).click();
  await settings.locator('.steps .num', { hasText: '%' }).first().waitFor();
  expect(await settings.locator('[data-part="steps"]').innerText()).toMatch(/Reached by 0% of those who began[\s\S]*machines more than 2: hand off, route The sales team/);
  expect(await wrongsOf(page)).toEqual([]);

  await settings.locator('#pb-steps-1-text').press('Alt+ArrowUp');
  expect(await settings.locator('#pb-steps-0-text').inputValue()).toBe('Agree on a depot and a day');
  expect(await page.evaluate(() => document.querySelector('conv-settings')!.shadowRoot!.activeElement?.id)).toBe('pb-steps-0-text');
  await settings.locator('[data-act="add-slot"]').click();
  await settings.locator('#pb-slots-5-name').fill('Not a name');
  await settings.locator('[data-act="save"]').click();
  await settings.locator('#pb-slots-5-name-e').waitFor();
  await expect.poll(() => page.evaluate(() => document.querySelector('conv-settings')!.shadowRoot!.activeElement?.id)).toBe('pb-slots-5-name');
  await settings.locator('.row-of', { has: page.locator('#pb-slots-5-name') }).getByRole('button', { name: 'Delete the slot' }).click();

  // What is not saved is what runs: the depot is asked for before the colour.
  await settings.locator('#try-lines').fill('Please reserve one for me\nLeeds');
  await settings.locator('[data-act="try"]').click();
  await settings.locator('.tried > li').nth(1).waitFor();
  expect(await settings.locator('.tried-agent').allInnerTexts()).toEqual([expect.stringContaining('Where will you collect it'), expect.stringContaining('On which day will you come?')]);
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
  page = await open('#settings', 1440);
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

test('lets operators look, and says who may change it', { timeout: 60_000 }, async () => {
  await visit('as=ben');
  await page.locator('conv-settings .notice', { hasText: 'Only admins change settings' }).waitFor();
  await page.locator('conv-settings .account-name').first().click();
  await page.locator('conv-settings .facts2').waitFor();
  expect(await page.locator('conv-settings .shown :is(input, select, textarea):enabled').count()).toBe(0);
  await section('Operators and roles');
  expect(await page.locator('conv-settings .shown .switch:enabled').count()).toBe(0);
  await section('Departments');
  await page.locator('conv-settings .account-name').first().click();
  expect(await page.locator('conv-settings dialog[open] button:visible').allInnerTexts()).toEqual(['', 'Cancel']);
});

test.each([['theme=light', 1280], ['theme=dark&lang=ar', 1280], ['theme=light&lang=de', 390]] as const)('has nothing that axe finds wrong, with %s at %i', { timeout: 90_000 }, async (query, width) => {
  await visit(query, width);
  await page.locator('conv-settings .accounts li').first().waitFor();
  const found = await wrongsOf(page);
  await page.locator('conv-settings [data-act="add"]').click();
  await page.locator('conv-settings .kinds').waitFor();
  found.push(...(await wrongsOf(page)));
  await page.locator('conv-settings [data-act="back"]').click();
  for (const at of [0, 1, 2, 3]) {
    await page.locator('conv-settings .account-name').nth(at).click();
    await page.locator('conv-settings .facts2').waitFor();
    found.push(...(await wrongsOf(page)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.locator('conv-settings [data-act="back"]').click();
  }
  for (const name of ['articles', 'keys', 'operators', 'models', 'hosts', 'audit', 'departments']) {
    await page.locator('conv-settings').evaluate((element, to) => (element as HTMLElement & { section: string }).setAttribute('section', to), name);
    await page.locator('conv-settings .shown :is(.accounts, .empty, .facts2, textarea, .past)').first().waitFor();
    found.push(...(await wrongsOf(page)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
  expect(found).toEqual([]);
});
