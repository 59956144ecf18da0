import { expect } from 'chai';
import type { Contact } from '../../server/contract/contact.ts';
import '../../widgets/elements/conv-pool.ts';
import { clear, find, focused, press, show, texts, wrongs } from '../support/element-page.ts';
import { conversation, id } from '../support/thread-world.ts';
import { until } from '../support/wtr-api-client.ts';
import type { Seed } from '../support/wtr-api-world.ts';

const limits = { maxText: null, subject: true, html: true, attachments: { maxCount: 10, maxBytes: 1_000_000 } };
const account = (channel: string, name: string, more: object = {}) => ({
  id: id(),
  version: 1,
  channel,
  name,
  address: `${name.toLowerCase()}@morrow.example`,
  settings: {},
  active: true,
  ...more,
});
const person = (name: string, identities: { channel: Contact['identities'][number]['channel']; handle: string; optedOutAt?: string }[]): Contact => ({
  ...conversation().contact,
  id: id(),
  name,
  email: null,
  phone: null,
  timeZone: null,
  attributes: {},
  createdAt: new Date().toISOString(),
  version: 1,
  identities: identities.map((one) => ({ id: id(), ...one })),
});

const mail = account('email', 'Support');
const texting = account('sms', 'Texts', { address: '+15550100' });
const whatsapp = account('whatsapp', 'Business', {
  address: '+15550101',
  settings: { templates: [{ name: 'order_ready', language: 'en', body: 'Hello {{1}}, your order {{2}} is ready.' }] },
});
const portal = account('custom', 'Portal');
const marta = person('Marta Oliveira', [
  { channel: 'email', handle: 'marta@example.com' },
  { channel: 'sms', handle: '+351210000001' },
]);
const priya = person('Priya Raman', [{ channel: 'sms', handle: '+447700900001', optedOutAt: new Date().toISOString() }]);
const seed = (): Seed => ({
  conversations: [conversation({ id: id(), contact: { ...conversation().contact, id: marta.id, name: marta.name } })],
  contacts: [marta, priya],
  lists: {
    'channel-accounts': [mail, texting, whatsapp, portal, account('voice', 'Calls'), account('email', 'Old', { active: false })],
    'channel-kinds': ['email', 'sms', 'whatsapp', 'voice', 'custom'].map((kind) => ({
      id: kind,
      kind,
      delivery: kind === 'voice' ? 'none' : 'provider',
      limits,
    })),
  },
});

describe('a new conversation', () => {
  const { fetch } = window;
  const asked: { readonly body: Record<string, unknown>; readonly key: string | null }[] = [];
  beforeEach(() => {
    asked.length = 0;
    window.fetch = (input, init) => {
      const to = new URL(String(input), location.href);
      if (init?.method === 'POST' && to.pathname.endsWith('/v1/conversations'))
        asked.push({ body: JSON.parse(String(init.body)), key: new Headers(init.headers).get('idempotency-key') });
      return fetch(input, init);
    };
  });
  afterEach(async () => {
    window.fetch = fetch;
    await clear();
  });

  const open = async () => {
    const page = await show('conv-pool', seed(), { width: 390, height: 800 });
    const pool = page.root;
    (await find(pool, '.pool-head [aria-label="New conversation"]')).click();
    const dialog = await until(() => page.root.querySelector('begin-dialog')?.shadowRoot);
    await until(() => dialog.querySelector('dialog[open] #to'));
    return { ...page, pool, dialog };
  };
  const type = (field: Element | null, text: string): void => {
    const input = field as HTMLInputElement;
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  };
  const choose = async (dialog: ShadowRoot, name: string): Promise<void> => {
    type(dialog.querySelector('#to'), name);
    await until(() => texts(dialog, '[role=option]').some((one) => one.includes(name)));
    press('Enter', dialog.querySelector('#to')!);
  };
  const write = async (dialog: ShadowRoot, text: string): Promise<void> => {
    const editor = await until(() => dialog.querySelector('mail-editor'));
    editor.insert(text);
  };

  it('offers the accounts that can send, finds a contact by keyboard and sends a mail to the address there', async () => {
    const { dialog, root, element } = await open();
    expect(texts(dialog, '#account option')).to.deep.equal([
      'Email: Support (support@morrow.example)',
      'SMS: Texts (+15550100)',
      'WhatsApp: Business (+15550101)',
      'Custom: Portal (portal@morrow.example)',
    ]);
    await until(() => focused() === dialog.querySelector('#to'));
    await choose(dialog, 'Marta');
    await until(() => texts(dialog, '.chosen').join().includes('marta@example.com'));
    type(dialog.querySelector('#subject'), 'Your parcel');
    await write(dialog, 'It is on its way.');
    const opened = new Promise<string>((resolve) =>
      element.addEventListener('conv-open', (event) => resolve((event as CustomEvent<{ conversationId: string }>).detail.conversationId)),
    );
    press('Enter', dialog.querySelector('#subject')!);
    expect(asked.length, 'Enter in a line sends nothing').to.equal(0);
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    const id = await opened;
    const body = asked[0]?.body;
    expect(body).to.include({ channelAccountId: mail.id, contactId: marta.id, handle: 'marta@example.com', subject: 'Your parcel', text: 'It is on its way.' });
    expect(body?.['html']).to.contain('It is on its way.');
    await until(() => root.querySelector(`.row-link[data-id="${id}"]`));
    await until(() => !dialog.querySelector('dialog'));
  });

  it('takes an address that nobody has, with a name, and none that is no address on the channel', async () => {
    const { dialog } = await open();
    type(dialog.querySelector('#to'), 'new@');
    await write(dialog, 'Hello');
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    expect((await find(dialog, '.to .refusal')).textContent).to.contain('name@example.com');
    expect(dialog.querySelector('#to')?.getAttribute('aria-invalid')).to.equal('true');
    await choose(dialog, 'new@example.com');
    type(await find(dialog, '#name'), 'Nora New');
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => !dialog.querySelector('dialog'));
    expect(asked[0]?.body).to.deep.include({ contact: { handle: 'new@example.com', name: 'Nora New' } });
  });

  it('takes any text as an address where all may be one, after those whom it names', async () => {
    const { dialog } = await open();
    const accounts = await find<HTMLSelectElement>(dialog, '#account');
    accounts.value = portal.id;
    accounts.dispatchEvent(new Event('change'));
    await until(() => dialog.querySelector('textarea'));
    for (const [typed, offers] of [
      ['marta', [/Marta Oliveira/, /marta/]],
      ['partner-77', [/partner-77/]],
    ] as const) {
      type(dialog.querySelector('#to'), typed);
      await until(() => texts(dialog, '[role=option]').length === offers.length && texts(dialog, '[role=option]').every((one, at) => offers[at]!.test(one)));
    }
    press('Enter', dialog.querySelector('#to')!);
    type(await find(dialog, 'textarea'), 'Hello');
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => !dialog.querySelector('dialog'));
    expect(asked[0]?.body).to.deep.include({ contact: { handle: 'partner-77' } });
  });

  it('gives a contact an address on another channel, and lets nobody be chosen who wants no messages', async () => {
    const { dialog, pool } = await open();
    await choose(dialog, 'Priya');
    type(await find(dialog, '#to'), 'priya@example.com');
    await write(dialog, 'Hello');
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => !dialog.querySelector('dialog'));
    expect(asked[0]?.body).to.include({ contactId: priya.id, handle: 'priya@example.com' });
    pool.querySelector<HTMLElement>('.pool-head [aria-label="New conversation"]')!.click();
    const accounts = await find<HTMLSelectElement>(dialog, '#account');
    accounts.value = texting.id;
    accounts.dispatchEvent(new Event('change'));
    await find(dialog, '#to');
    await choose(dialog, 'Priya');
    expect(dialog.querySelector('[role=option]')?.getAttribute('aria-disabled')).to.equal('true');
    expect(dialog.querySelectorAll('.chosen').length).to.equal(0);
  });

  it('sends a template of the account where a free text may not begin', async () => {
    const { dialog } = await open();
    const accounts = await find<HTMLSelectElement>(dialog, '#account');
    accounts.value = whatsapp.id;
    accounts.dispatchEvent(new Event('change'));
    const templates = (await until(() => dialog.querySelector('composer-templates')?.shadowRoot))!;
    await until(() => templates.querySelector('#value-1'));
    await choose(dialog, '+351210000002');
    type(templates.querySelector('#value-0'), 'Marta');
    type(templates.querySelector('#value-1'), '48213');
    await until(() => !templates.querySelector<HTMLButtonElement>('[type=submit]')!.disabled);
    templates.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => !dialog.querySelector('dialog'));
    expect(asked[0]?.body).to.deep.include({
      contact: { handle: '+351210000002' },
      text: 'Hello Marta, your order 48213 is ready.',
      template: { name: 'order_ready', language: 'en', parameters: ['Marta', '48213'] },
    });
  });

  it('keeps what was written when it is closed, says why it was refused, and sends once what had no answer', async () => {
    const { dialog, inbox, pool } = await open();
    await choose(dialog, 'Marta');
    type(dialog.querySelector('#subject'), 'Kept');
    await write(dialog, 'Still here');
    dialog.querySelector<HTMLElement>('.dialog-head .btn')!.click();
    await until(() => !dialog.querySelector('dialog'));
    pool.querySelector<HTMLElement>('.pool-head [aria-label="New conversation"]')!.click();
    await until(() => (dialog.querySelector<HTMLInputElement>('#subject')?.value ?? '') === 'Kept');
    expect((await until(() => dialog.querySelector('mail-editor'))).text).to.equal('Still here');
    await inbox.order({ do: 'fault', fault: { on: 'POST /v1/conversations', status: 422, code: 'channel_cannot_send', times: 1 } });
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => texts(dialog, '.refusal').join().includes('cannot be sent'));
    await inbox.order({ do: 'fault', fault: { on: 'POST /v1/conversations', status: 503, code: 'unavailable', times: 1 } });
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => asked.length === 2);
    await until(() => texts(dialog, '.refusal').length === 1 && !texts(dialog, '.refusal').join().includes('cannot be sent'));
    dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
    await until(() => !dialog.querySelector('dialog'));
    expect(asked.length).to.equal(3);
    expect(new Set(asked.map(({ key }) => key)).size).to.equal(1);
  });

  it('begins from a key in the list, and gives the focus back there', async () => {
    const { root } = await show('conv-pool', seed(), { width: 390, height: 800 });
    const link = await find(root, '.row-link');
    link.focus();
    press('c', link);
    const dialog = await until(() => root.querySelector('begin-dialog')?.shadowRoot);
    await until(() => dialog.querySelector('dialog[open] #to'));
    dialog.querySelector<HTMLElement>('.dialog-head .btn')!.click();
    await until(() => focused() === link);
  });

  for (const [theme, dir] of [
    ['light', 'ltr'],
    ['dark', 'rtl'],
  ] as const) {
    it(`passes axe in ${theme}, ${dir}, while contacts are found and after a refusal`, async function () {
      this.timeout(30_000);
      Object.assign(document.documentElement.dataset, { theme });
      document.documentElement.dir = dir;
      const { dialog, root } = await open();
      type(dialog.querySelector('#to'), 'mar');
      await until(() => dialog.querySelector('[role=option]'));
      await until(() => dialog.querySelector('mail-toolbar'));
      expect(await wrongs(root.querySelector('begin-dialog')!)).to.deep.equal([]);
      dialog.querySelector<HTMLButtonElement>('[type=submit]')!.click();
      await find(dialog, '.refusal');
      expect(await wrongs(root.querySelector('begin-dialog')!)).to.deep.equal([]);
    });
  }
});
