import { expect } from 'chai';
import '../../widgets/elements/conv-details.ts';
import { clear, find, press, show, texts, wrongs } from '../support/element-page.ts';
import { marta, sampleInbox } from '../support/sample-inbox.ts';
import { until } from '../support/wtr-api-client.ts';

const open = () => show('conv-details', sampleInbox, { width: 296, height: 900, set: { conversation: marta.id } });
const ready = (root: ShadowRoot) => until(() => root.querySelectorAll('.timeline li').length > 3);
const button = (root: ShadowRoot, label: string) =>
  until(() =>
    [...root.querySelectorAll<HTMLElement>('[aria-haspopup]')].find((one) => `${one.ariaLabel ?? ''} ${one.textContent}`.replace(/\s+/g, ' ').includes(label)),
  );
const choose = async (root: ShadowRoot, label: string, item: string): Promise<void> => {
  (await button(root, label)).click();
  const choice = await until(() => [...root.querySelectorAll<HTMLElement>('.menu:popover-open .menu-item')].find((one) => one.innerText.includes(item)));
  choice.click();
};

describe('<conv-details>', () => {
  afterEach(clear);

  it('says who the contact is, how they are reached and what happened', async () => {
    const { root } = await open();
    await ready(root);
    expect(root.querySelector('.who')?.textContent).to.contain('Marta Oliveira').and.to.contain('Owner, Casa Oliveira').and.to.contain('Porto');
    expect(texts(root, '.handles li')).to.deep.equal(['Chat', '+351 912 555 016', 'marta@casaoliveira.example', 'Portuguese']);
    expect(texts(root, '.timeline li')[1]).to.contain('Nova handed off');
    expect(root.querySelector('.timeline')?.textContent).to.contain('Accepted a connection request, logged by Ben Okafor');
  });

  it('changes who holds the conversation, how it is answered and what it is tagged', async () => {
    const { root } = await open();
    await ready(root);
    await choose(root, 'Assignee:', 'Ben Okafor');
    await until(() => root.querySelector('.facts')?.textContent?.includes('Ben Okafor'));
    await choose(root, 'Reply mode:', 'Drafts for approval');
    await until(() => root.querySelector('.facts')?.textContent?.includes('Drafts for approval'));
    (await button(root, 'Add tag')).click();
    const search = (await find(root, '.tag-picker:popover-open input')) as HTMLInputElement;
    search.value = 'refu';
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(() => texts(root, '.tag-picker [role=option]').join() === 'Refund,Create “refu”');
    expect(await wrongs(root.host)).to.deep.equal([]);
    press('Enter', search);
    await until(() => texts(root, '.tag-on .tag').includes('Refund'));
    (await find(root, '[aria-label="Remove tag VIP"]')).click();
    await until(() => !texts(root, '.tag-on .tag').includes('VIP'));
  });

  it('lets admins erase a contact once they said why and that it is for good; what shows it follows', async () => {
    const { root, element } = await open();
    await ready(root);
    (await find(root, '[data-act=data]')).click();
    const confirm = (await find(root, 'dialog [data-act=erase]')) as HTMLButtonElement;
    expect(root.querySelector('dialog h2')?.textContent).to.contain('Marta Oliveira');
    expect(confirm.disabled).to.equal(true);
    const reason = (await find(root, '#erase-reason')) as HTMLInputElement;
    reason.value = 'Request 4711';
    reason.dispatchEvent(new InputEvent('input', { bubbles: true }));
    (await find(root, 'dialog input[type=checkbox]')).click();
    // Colours are of what has faded in.
    await until(() => !confirm.disabled && root.querySelector('dialog')?.getAnimations().length === 0);
    expect(await wrongs(root.host)).to.deep.equal([]);
    confirm.click();
    await until(() => !root.querySelector('dialog') && !root.querySelector('.who'));
    expect(element.store!.get().conversations.get(marta.id)).to.equal(undefined);
  });

  it('logs what was done on LinkedIn, and says what it was', async () => {
    const { root } = await open();
    await ready(root);
    (await find(root, '[aria-label="Log an activity"]')).click();
    const act = (await find(root, '#log-act')) as HTMLSelectElement;
    act.value = 'comment';
    act.dispatchEvent(new Event('change'));
    const text = (await find(root, '#log-text')) as HTMLTextAreaElement;
    text.value = 'On our post about grinders';
    text.dispatchEvent(new InputEvent('input'));
    (await find(root, 'dialog button[type=submit]')).click();
    await until(() => texts(root, '.timeline li').some((line) => line.includes('Comment: On our post about grinders')));
  });

  it('offers no agent that is not active', async () => {
    const { root } = await open();
    await ready(root);
    (await button(root, 'Agent:')).click();
    await find(root, '.menu:popover-open .menu-item');
    expect(texts(root, '.menu:popover-open .menu-item').join()).to.contain('Sol').and.not.to.contain('Old Iris');
  });

  it('takes a change back and says why when it is refused', async () => {
    const { root, inbox } = await open();
    await ready(root);
    await inbox.order({ do: 'fault', fault: { on: 'PATCH', status: 422, code: 'agent_inactive' } });
    await choose(root, 'Agent:', 'Sol');
    const toast = await until(() => root.querySelector('.toast'));
    expect(toast.textContent).to.contain('the agent is not active');
    await button(root, 'Agent: NNova');
  });

  it('pauses AI with a reason that others read, and resumes it', async () => {
    const { root } = await open();
    await ready(root);
    (await find(root, '.ai-state .btn')).click();
    const reason = await find<HTMLTextAreaElement>(root, 'dialog textarea');
    reason.value = 'Legal asked for it';
    reason.dispatchEvent(new InputEvent('input', { bubbles: true }));
    (await find(root, 'dialog [type=submit]')).click();
    const paused = await find(root, '.paused');
    expect(paused.textContent).to.contain('AI is paused for Marta').and.to.contain('Legal asked for it').and.to.contain('You');
    (await find(root, '.paused .btn')).click();
    await find(root, '.ai-state');
  });

  it('follows what others change', async () => {
    const { root, inbox } = await open();
    await ready(root);
    await inbox.order({ do: 'change', id: marta.id, change: { priority: 'low' } });
    await button(root, 'Priority: Low');
  });

  for (const [theme, dir] of [
    ['light', 'ltr'],
    ['dark', 'rtl'],
  ] as const) {
    it(`passes axe in ${theme}, ${dir}`, async function () {
      this.timeout(20_000);
      document.documentElement.dir = dir;
      document.documentElement.dataset['theme'] = theme;
      const { root, element } = await open();
      await ready(root);
      expect(await wrongs(element)).to.deep.equal([]);
      (await find(root, '[aria-label="Log an activity"]')).click();
      await find(root, 'dialog');
      expect(await wrongs(element)).to.deep.equal([]);
    });
  }
});
