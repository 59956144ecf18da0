import { expect } from 'chai';
import '../../widgets/elements/conv-settings.ts';
import { clear, find, focused, show, texts, wrongs } from '../support/element-page.ts';
import { until } from '../support/wtr-api-client.ts';
import type { Seed } from '../support/wtr-api-world.ts';

const sms = '01970000-0000-7000-9000-0000000000a1';
const now = new Date().toISOString();
const limits = { maxText: 1_600, subject: false, html: false, attachments: null };
const account = (more: Record<string, unknown>) => ({
  id: crypto.randomUUID(),
  version: 1,
  createdAt: now,
  channel: 'sms',
  name: 'Text line',
  address: '+31850640114',
  settings: {},
  active: true,
  agentId: 'nova',
  departmentId: null,
  hasCredentials: [],
  secretCounts: {},
  webhookUrl: 'https://inbox.example/v1/channels/x/inbound',
  lastReceivedAt: null,
  lastError: null,
  lastErrorAt: null,
  lastErrorFrom: null,
  lastErrorPayload: null,
  unknownPayloads: [],
  ...more,
});
const kinds = [
  {
    id: 'sms',
    kind: 'sms',
    webhook: true,
    delivery: 'provider',
    limits,
    needs: { receive: ['credentials.authToken', 'settings.accountSid'], send: [] },
    settings: {
      type: 'object',
      properties: {
        accountSid: { type: 'string' },
        retries: { type: 'integer', minimum: 1, maximum: 9, default: 3 },
        encryption: { type: 'string', enum: ['tls', 'none'], default: 'tls' },
        plusAddressing: { type: 'boolean', default: true },
      },
    },
    credentials: { type: 'object', properties: { authToken: { type: 'string' } } },
  },
  {
    id: 'custom',
    kind: 'custom',
    webhook: true,
    delivery: 'provider',
    limits,
    needs: { receive: ['credentials.webhookSecrets'], send: [] },
    settings: { type: 'object', properties: { url: { type: 'string' } } },
    credentials: { type: 'object', properties: { webhookSecrets: { type: 'array', maxItems: 2, items: { type: 'string' } } } },
  },
];
const seed: Seed = {
  lists: {
    'channel-kinds': kinds,
    'channel-accounts': [
      account({
        id: sms,
        settings: { accountSid: 'AC1', kept: 'as it is' },
        hasCredentials: ['authToken'],
        lastReceivedAt: now,
        lastError: 'refused a webhook: The signature is wrong.',
        lastErrorAt: now,
        lastErrorFrom: 'receiving',
        lastErrorPayload: 'Body=Hi',
        unknownPayloads: [{ id: crypto.randomUUID(), reason: 'Twilio status odd', body: 'MessageStatus=odd', createdAt: now }],
      }),
      account({
        channel: 'custom',
        name: 'Partner',
        address: 'partner',
        active: false,
        hasCredentials: ['webhookSecrets'],
        secretCounts: { webhookSecrets: 1 },
      }),
    ],
    agents: [
      { id: 'nova', name: 'Nova', active: true },
      { id: 'iris', name: 'Old Iris', active: false },
    ],
    departments: [{ id: 'care', name: 'Care' }],
  },
};

const open = (more: Seed = seed, width = 1000) => show('conv-settings', more, { width, height: 800 });
const act = async (root: ShadowRoot, name: string): Promise<void> => (await find(root, `[data-act="${name}"]`)).click();
const type = async (root: ShadowRoot, label: string, value: string): Promise<void> => {
  const field = await until(() => [...root.querySelectorAll<HTMLLabelElement>('label.label')].find((one) => one.innerText.startsWith(label)));
  const input = root.getElementById(field.htmlFor) as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new Event(input.localName === 'select' ? 'change' : 'input', { bubbles: true }));
};
const openAccount = async (root: ShadowRoot, name: string): Promise<void> => {
  (await until(() => [...root.querySelectorAll<HTMLElement>('.account-name')].find((one) => one.innerText === name))).click();
  await until(() => root.querySelector('h1')?.textContent?.includes(name) && root.querySelector('.form-body'));
};

describe('<conv-settings>, channels', () => {
  afterEach(clear);

  it('lists accounts with who answers, what came last, and what is wrong', async () => {
    const { root } = await open();
    await until(() => root.querySelectorAll('.accounts li').length === 2);
    const [first = '', second = ''] = texts(root, '.accounts li');
    expect(first).to.contain('SMS · +31850640114 · Nova answers first · received now').and.to.contain('Last error while receiving: refused a webhook');
    expect(second).to.contain('Not active: messages come in, and nothing answers.');
    expect(root.querySelector('.set-nav')?.textContent).to.contain('1 with an error');
  });

  it('lets operators look, and change nothing', async () => {
    const { root } = await open({ ...seed, me: { role: 'operator' } });
    expect((await find(root, '.notice')).innerText).to.contain('Only admins change settings');
    await openAccount(root, 'Text line');
    const fields = [...root.querySelectorAll<HTMLInputElement>('.shown :is(input, select, textarea)')];
    expect(fields.length > 4 && fields.every(({ disabled }) => disabled)).to.equal(true);
    const shown = [...root.querySelectorAll<HTMLElement>('.shown button')].filter((one) => one.offsetParent).map((one) => one.innerText);
    expect(shown.filter(Boolean)).to.deep.equal(['Copy']);
    expect(await wrongs(root.host)).to.deep.equal([]);
  });

  it('says what would be here, and why nothing is', async () => {
    const empty = await open({ lists: { ...seed.lists, 'channel-accounts': [] } });
    expect((await find(empty.root, '.empty')).innerText).to.contain('No channel accounts yet');
    const signedOut = await show('conv-settings', seed, { width: 1000, height: 800, set: { token: '' } });
    expect((await find(signedOut.root, '.empty')).innerText).to.contain('You are signed out');
  });

  it('makes an account of the fields that its channel names, and puts what is refused at its field', async () => {
    const { root, inbox } = await open();
    await act(root, 'add');
    (await find(root, '[data-kind="sms"]')).click();
    await until(() => root.querySelector('h1')?.textContent === 'New account: SMS');
    expect(texts(root, '.form-body .label, .form-body .check')).to.deep.equal([
      'Name',
      'Address',
      'Intake agent',
      'Department',
      'Account SID needed',
      'Retries',
      'Encryption',
      'Mail to address+anything arrives too',
      'Auth token needed',
    ]);
    await type(root, 'Name', 'Second');
    await type(root, 'Account SID', 'wrong');
    await type(root, 'Auth token', 'a-token-of-twilio');
    await act(root, 'save');
    const error = await find(root, '.one .refusal');
    expect(error.innerText).to.equal('Is not right.');
    await until(() => focused()?.getAttribute('aria-describedby') === error.id);
    await type(root, 'Account SID', 'AC2');
    await act(root, 'save');
    await until(() => root.querySelector('h1')?.textContent === 'Second');
    expect(root.querySelector<HTMLInputElement>('[type=password]')?.value).to.equal('');
    expect(root.querySelector<HTMLInputElement>('[type=password]')?.placeholder).to.contain('Set.');
    expect((await inbox.requests()).filter((one) => one.startsWith('POST /v1/channel-accounts')).length).to.equal(2);
  });

  it('keeps what it does not know of the settings, and sends only what is new', async () => {
    const { root } = await open();
    await openAccount(root, 'Text line');
    expect(root.querySelector('.save') === null).to.equal(true);
    await type(root, 'Retries', '5');
    await act(root, 'save');
    await until(() => !root.querySelector('.save'));
    expect(root.host.shadowRoot?.querySelector<HTMLInputElement>('#f-settings-retries')?.value).to.equal('5');
    const { lists } = (root.host as HTMLElementTagNameMap['conv-settings']).store!.get();
    expect(lists.channelAccounts?.items.find(({ id }) => id === sms)?.settings).to.deep.equal({ accountSid: 'AC1', kept: 'as it is', retries: 5 });
  });

  it('adds a second secret to one that nobody sees, and removes the old one', async () => {
    const { root } = await open();
    await openAccount(root, 'Partner');
    (await until(() => [...root.querySelectorAll<HTMLElement>('.btn')].find((one) => one.innerText.includes('Add a secret')))).click();
    (await until(() => [...root.querySelectorAll<HTMLElement>('.btn')].find((one) => one.innerText.includes('Generate')))).click();
    const field = await find<HTMLInputElement>(root, 'input[aria-label="Webhook secrets, Secret 1"]');
    await until(() => /^[A-Za-z0-9+/]{43}=$/.test(field.value));
    await act(root, 'save');
    await until(() => !root.querySelector('.save'));
    expect(texts(root, '.rows-of .line')).to.deep.equal(['Secret 1 Set', 'Secret 2 Set']);
    const old = await until(() => root.querySelector<HTMLElement>('[aria-label="Remove Secret 2"]'));
    old.click();
    await act(root, 'save');
    await until(() => texts(root, '.rows-of .line').length === 1 && !root.querySelector('.save'));
  });

  it('switches at once, with a way back, and takes it back where it is refused', async () => {
    const { root, inbox } = await open();
    const toggle = await until(() => root.querySelector<HTMLInputElement>('[aria-label="Text line is active"]'));
    await inbox.order({ do: 'fault', fault: { on: `PATCH /v1/channel-accounts/${sms}`, hold: true } });
    toggle.click();
    await until(() => texts(root, '.accounts li')[0]?.includes('Not active'));
    const asked = (times: number) =>
      until(async () => (await inbox.requests()).filter((request) => request.startsWith('PATCH /v1/channel-accounts')).length === times);
    await asked(1);
    await inbox.order({ do: 'release' });
    (await until(() => [...root.querySelectorAll<HTMLElement>('.toast .btn')].find((one) => one.innerText.includes('Undo')))).click();
    await until(() => toggle.checked && !texts(root, '.accounts li')[0]?.includes('Not active'));
    await asked(2);
    await inbox.order({ do: 'fault', fault: { on: `PATCH /v1/channel-accounts/${sms}`, status: 503, code: 'unavailable' } });
    toggle.click();
    await until(() => root.querySelector('.toasts')?.textContent?.includes('could not be switched'));
    await until(() => toggle.checked);
  });

  it('tries an account out and says of each step how it went', async () => {
    const { root } = await open();
    await openAccount(root, 'Text line');
    await act(root, 'test');
    await until(() => root.querySelectorAll('.steps-done li').length === 3);
    expect(texts(root, '.steps-done li')).to.deep.equal([
      'Ready to receive worked',
      'Ready to send failed Not filled in: Auth token',
      'Ask the provider about the account failed It answered 401: 20003 Authenticate',
    ]);
    await type(root, 'Name', 'Other');
    await until(() => root.querySelector<HTMLButtonElement>('[data-act="test"]')?.disabled);
  });

  it('shows the last error with what came, and what was not understood', async () => {
    const { root } = await open();
    await openAccount(root, 'Text line');
    expect(texts(root, '[data-fact="error"]')[0]).to.contain('The signature is wrong.').and.to.contain('while receiving');
    expect([...root.querySelectorAll('pre.payload')].map((one) => one.textContent)).to.deep.equal(['Body=Hi', 'MessageStatus=odd']);
    expect((await find(root, 'code.copy')).innerText).to.equal('https://inbox.example/v1/channels/x/inbound');
  });

  it('says that somebody else changed it, and shows what is there now', async () => {
    const { root, inbox } = await open();
    await openAccount(root, 'Text line');
    await type(root, 'Name', 'Mine');
    await inbox.order({ do: 'fault', fault: { on: `PATCH /v1/channel-accounts/${sms}`, status: 409, code: 'stale_version' } });
    await act(root, 'save');
    await until(() => root.querySelector('.save')?.textContent?.includes('Somebody else changed this'));
    expect((await find<HTMLInputElement>(root, '#f-name')).value).to.equal('Mine');
  });

  it('asks before what was typed is lost', async () => {
    const { root } = await open();
    await openAccount(root, 'Text line');
    await type(root, 'Name', 'Mine');
    await act(root, 'back');
    const dialog = await find(root, 'dialog[open]');
    dialog.querySelector<HTMLElement>('.push')?.click();
    await until(() => !root.querySelector('dialog'));
    expect((await find<HTMLInputElement>(root, '#f-name')).value).to.equal('Mine');
    await act(root, 'back');
    (await find(root, 'dialog [type=submit]')).click();
    await until(() => root.querySelector('.accounts'));
    await until(() => (focused() as HTMLElement | null)?.innerText === 'Text line');
  });

  it('deletes an account, or makes it inactive where it has conversations', async () => {
    const { root, inbox } = await open();
    await openAccount(root, 'Text line');
    await inbox.order({ do: 'fault', fault: { on: `DELETE /v1/channel-accounts/${sms}`, status: 409, code: 'in_use' } });
    await act(root, 'remove');
    (await find(root, 'dialog [type=submit]')).click();
    await until(() => root.querySelector('dialog')?.textContent?.includes('It has conversations'));
    (await find(root, 'dialog [type=submit]')).click();
    await until(() => root.querySelector<HTMLInputElement>('.head-switch .switch')?.checked === false && !root.querySelector('dialog'));
    await act(root, 'remove');
    (await find(root, 'dialog [type=submit]')).click();
    await until(() => texts(root, '.account-name').join() === 'Partner' && root.querySelector('.toasts')?.textContent?.includes('Text line was deleted'));
    await openAccount(root, 'Partner');
    expect(root.querySelectorAll('dialog').length).to.equal(0);
  });

  for (const [theme, dir, width] of [
    ['light', 'ltr', 1000],
    ['dark', 'rtl', 390],
  ] as const) {
    it(`passes axe in ${theme}, ${dir}, at ${width}`, async function () {
      this.timeout(20_000);
      document.documentElement.dir = dir;
      document.documentElement.dataset['theme'] = theme;
      const { root, element } = await open(seed, width);
      await until(() => root.querySelectorAll('.accounts li').length === 2);
      expect(await wrongs(element)).to.deep.equal([]);
      for (const name of ['Text line', 'Partner']) {
        await openAccount(root, name);
        expect(await wrongs(element)).to.deep.equal([]);
        expect(element.scrollWidth).to.be.at.most(element.clientWidth);
        await act(root, 'back');
        await until(() => root.querySelector('.accounts'));
      }
    });
  }
});
