/** Every screen of the demo in its states, and how one gets there. */
import type { Page } from 'playwright-core';
import { sections } from '../../widgets/elements/settings-sections.ts';

export interface Screen {
  name: string;
  /** The page, with its hash. */
  at: string;
  /** Brings it into its state. What it opens is closed by Escape where `closes` says so. */
  show?(page: Page): Promise<void>;
  /** What stands open at last, a dialog or a menu: it goes with Escape, and the focus is back where it was. */
  opens?: string;
}

const narrow = (page: Page): boolean => (page.viewportSize()?.width ?? 1280) < 760;

async function open(page: Page, who: string): Promise<void> {
  const link = page.locator('conv-pool .row', { hasText: who }).first().locator('.row-link');
  await link.waitFor();
  await link.click();
  await page.locator('conv-thread h2', { hasText: who }).waitFor();
  await page.locator('conv-log .line').first().waitFor();
}

const thread = (name: string, who: string, wanted: string): Screen => ({
  name,
  at: 'portal.html',
  async show(page) {
    await open(page, who);
    await page.locator(wanted).first().waitFor();
  },
});

/** A dialog that a key opens in a conversation. */
const byKey = (name: string, key: string, opens = 'dialog[open]', who = 'Jonas Weidmann'): Screen => ({
  name,
  at: 'portal.html',
  async show(page) {
    await open(page, who);
    await page.locator('conv-thread .thread-tools button:visible').last().focus();
    await page.keyboard.press(key);
    await page.locator(opens).first().waitFor();
  },
  opens,
});

/** A menu or box under a button. */
const under = (name: string, trigger: string, opens: string, who?: string): Screen => ({
  name,
  at: 'portal.html',
  async show(page) {
    if (who) await open(page, who);
    else await page.locator('conv-pool .row-link').first().waitFor();
    const button = page.locator(trigger).first();
    await button.waitFor();
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator(opens).first().waitFor();
  },
  opens,
});

const section = (id: string): Screen => ({
  name: `settings ${id}`,
  at: 'portal.html#settings',
  async show(page) {
    await page.locator('conv-settings').evaluate((element, to) => element.setAttribute('section', to), id);
    await page.locator('conv-settings .shown :is(h1, .empty)').first().waitFor();
    await page.locator('conv-settings .shown .bones').waitFor({ state: 'detached' });
  },
});

/** The first entry of a section, or what adds one. */
const within = (id: string, what: 'entry' | 'new'): Screen => ({
  name: `settings ${id}, ${what}`,
  at: 'portal.html#settings',
  async show(page) {
    await section(id).show?.(page);
    await page
      .locator(what === 'new' ? 'conv-settings .shown [data-act="add"]' : 'conv-settings .shown .account-name')
      .first()
      .click();
    await page.locator('conv-settings :is(dialog[open], .shown :is(.field, .facts2, .kinds, .form-body))').first().waitFor();
  },
});

async function chat(page: Page): Promise<void> {
  await page.locator('conv-chat .launcher').click();
  await page.locator('conv-chat-panel .chat').waitFor();
}

export const screens: readonly Screen[] = [
  { name: 'nothing open', at: 'portal.html', show: (page) => page.locator('conv-pool .row-link').first().waitFor() },
  thread('an agent in control', 'Dmitri Halloran', 'conv-composer .composer.locked'),
  thread('a draft', 'Priya Raman', 'draft-review .draft'),
  thread('a handoff', 'Marta Oliveira', 'handoff-banner .banner'),
  thread('a colleague or oneself in control', 'Jonas Weidmann', 'conv-composer form'),
  thread('a mail', 'Priya Raman', 'conv-mail'),
  thread('a telephone call', 'Kwame Mensah', 'conv-log .line'),
  {
    name: 'writing a note',
    at: 'portal.html',
    async show(page) {
      await open(page, 'Jonas Weidmann');
      await page.locator('conv-composer [role=tab]').last().click();
      await page.locator('conv-composer .composer.note-mode').waitFor();
    },
  },
  {
    name: 'details over the conversation',
    at: 'portal.html',
    async show(page) {
      await open(page, 'Marta Oliveira');
      if (!(await page.locator('conv-details').isVisible())) await page.locator('conv-thread .thread-tools > button.icon:visible').nth(-2).click();
      await page.locator('conv-details .timeline').first().waitFor();
    },
  },
  {
    name: 'several chosen',
    at: 'portal.html',
    async show(page) {
      const box = page.locator('conv-pool .row-pick .box');
      await box.first().focus();
      await page.keyboard.press('Space');
      await page.locator('conv-pool .bulk').waitFor();
    },
  },
  {
    name: 'a search',
    at: 'portal.html',
    async show(page) {
      await page.locator('conv-pool .row-link').first().waitFor();
      await page.locator('conv-pool input[type="search"], conv-pool .pool-tools input').first().fill('seal');
      await page.locator('conv-pool .row mark').first().waitFor();
    },
  },
  under('the menu of views', 'conv-pool .pool-head [aria-haspopup=menu]', 'conv-pool .menu:popover-open'),
  under('the filter', 'conv-pool .pool-tools [aria-haspopup=dialog]', 'conv-pool .popover:popover-open'),
  under('the menu of a conversation', 'conv-thread .thread-tools [aria-haspopup=menu]', 'conv-thread .menu:popover-open', 'Jonas Weidmann'),
  under('emoji', 'conv-composer .emoji button', 'conv-composer .popover:popover-open', 'Jonas Weidmann'),
  byKey('transfer to a teammate', 't'),
  byKey('a ticket', 'Shift+C'),
  byKey('handing off', 'h'),
  byKey('pausing', 'p'),
  byKey('merging', 'Shift+M'),
  byKey('putting off', 'ControlOrMeta+Shift+L'),
  byKey('its tags', 'Shift+L'),
  byKey('a macro', 'm'),
  byKey('the command palette', 'ControlOrMeta+k'),
  byKey('the sheet of keys', '?'),
  under('beginning a conversation', 'conv-pool .pool-head > button:last-child', 'dialog[open]'),
  under('notifications', 'conv-pool .pool-head :nth-last-child(2 of button, .pop)', ':is(.popover, [popover]):popover-open'),
  { name: 'the queue of drafts', at: 'portal.html#drafts', show: (page) => page.locator('conv-drafts :is(.row-link, draft-review):visible').first().waitFor() },
  { name: 'tickets', at: 'portal.html#tickets', show: (page) => page.locator('conv-tickets :is(.ticket-row, .empty)').first().waitFor() },
  {
    name: 'a ticket that is open',
    at: 'portal.html#tickets',
    async show(page) {
      await page.locator('conv-tickets :is(.ticket-row, .empty)').first().waitFor();
      const row = page.locator('conv-tickets .ticket-row').first();
      if (await row.isVisible()) await row.click();
    },
  },
  { name: 'the report', at: 'portal.html#report', show: (page) => page.locator('conv-report .plot').first().waitFor() },
  // The first of the agents is a screen of its own, below.
  ...sections.map(({ id }) => section(id === 'agents' ? 'agents/new' : id)),
  ...['articles', 'channels', 'playbooks', 'skills'].map((id) => within(id, 'entry')),
  ...['tags', 'quick', 'macros', 'keys', 'departments', 'routing', 'triggers'].map((id) => within(id, 'new')),
  {
    name: 'an agent',
    at: 'portal.html#settings',
    async show(page) {
      await section('operators').show?.(page);
      if (narrow(page)) await page.locator('conv-settings .set-choice select').selectOption({ index: 1 });
      else await page.locator('conv-settings .set-nav a').first().click();
      await page.locator('conv-settings .shown .modes').first().waitFor();
    },
  },
  { name: 'the closed chat', at: 'shop.html', show: (page) => page.locator('conv-chat .launcher').waitFor() },
  { name: 'the chat', at: 'shop.html', show: chat },
  {
    name: 'the chat’s emoji',
    at: 'shop.html',
    async show(page) {
      await chat(page);
      // A phone has emoji of its own.
      if (narrow(page)) return;
      await page.locator('conv-chat-panel .chat-write [aria-expanded]').click();
      await page.locator('conv-chat-panel .emojis').waitFor();
    },
  },
  {
    name: 'a conversation in the chat',
    at: 'shop.html?as=marta',
    async show(page) {
      await chat(page);
      const last = page.locator('conv-chat-panel :is(.last, .say)').first();
      await last.waitFor();
      if (await page.locator('conv-chat-panel .last').first().isVisible()) await page.locator('conv-chat-panel .last').first().click();
      await page.locator('conv-chat-panel .say').first().waitFor();
    },
  },
];
