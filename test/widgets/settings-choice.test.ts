import { expect } from 'chai';
import '../../widgets/elements/conv-settings.ts';
import { clear, find, focused, show } from '../support/element-page.ts';
import { until } from '../support/wtr-api-client.ts';

const rule = {
  id: '01970000-0000-7000-9000-0000000000b1',
  version: 1,
  name: 'Invoices',
  position: 0,
  active: true,
  conditions: { channels: ['email'], keywords: ['invoice'] },
  actions: { priority: 'high' },
};

const choose = (choice: HTMLSelectElement, value: string): void => {
  choice.value = value;
  choice.dispatchEvent(new Event('change', { bubbles: true }));
};

const openRule = async (): Promise<ShadowRoot> => {
  const { root } = await show('conv-settings', { lists: { 'routing-rules': [rule] } }, { width: 1000, height: 800, set: { section: 'routing' } });
  (await find(root, '.account-name')).click();
  await find(root, '#rule-priority');
  return root;
};

describe('<conv-settings>, what is chosen in a form', () => {
  afterEach(clear);

  it('shows what is saved once changes are discarded, whatever was chosen meanwhile', async () => {
    const root = await openRule();
    const priority = await find<HTMLSelectElement>(root, '#rule-priority');
    expect(priority.value).to.equal('high');
    for (const value of ['low', 'high', 'urgent']) {
      choose(priority, value);
      await until(() => Boolean(root.querySelector('.save')) === (value !== 'high'));
    }
    (await until(() => [...root.querySelectorAll<HTMLElement>('.save .btn')].find((one) => one.innerText === 'Discard'))).click();
    await until(() => !root.querySelector('.save'));
    expect(priority.value).to.equal('high');
  });

  it('ties each control to its label, and to what helps with it', async () => {
    const root = await openRule();
    const controls = [...root.querySelectorAll<HTMLInputElement>('.form-body :is(input, select, textarea).field[id^="rule-"]')];
    expect(controls.map(({ id, labels }) => [id, labels?.[0]?.innerText !== ''])).to.deep.equal(
      ['name', 'keywords', 'languages', 'departmentId', 'assignee', 'agentId', 'priority'].map((name) => [`rule-${name}`, true]),
    );
    const said = controls.flatMap((control) => control.getAttribute('aria-describedby')?.split(' ') ?? []);
    expect(said).to.deep.equal(['rule-keywords-h', 'rule-languages-h', 'rule-assignee-h']);
    expect(said.every((id) => root.getElementById(id)?.innerText)).to.equal(true);
  });

  it('says what is wrong with several at once beneath them, and goes there', async () => {
    const root = await openRule();
    (await find(root, '[data-value="voice"]')).click();
    (await find(root, '[data-act="save"]')).click();
    const refusal = await find(root, '#rule-channels-e');
    await until(() => focused() === refusal);
    const group = refusal.closest('[role="group"]');
    expect(group?.getAttribute('aria-describedby')).to.equal(refusal.id);
    expect(group?.querySelector('[data-value="voice"]')?.getAttribute('aria-pressed')).to.equal('true');
  });
});
