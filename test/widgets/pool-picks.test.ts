/** Conversations chosen in the pool: all that there are, and what is done to several at once. */
import { expect } from 'chai';
import '../../widgets/elements/conv-pool.ts';
import { clear, find, focused, press, show, texts, wrongs } from '../support/element-page.ts';
import { faded, linkOf, loaded, names, row } from '../support/pool-page.ts';
import { at, conversation, id } from '../support/thread-world.ts';
import { until } from '../support/wtr-api-client.ts';

describe('what is chosen in the pool', () => {
  afterEach(clear);

  it('offers all that there are of the channel or the search that is looked at, and covers those', async () => {
    const of = (name: string, channel: 'email' | 'sms', many: number) =>
      Array.from({ length: many }, (_, nth) =>
        conversation({ id: id(), channel, contact: { ...conversation().contact, id: id(), name }, lastActivityAt: at(-nth) }),
      );
    const { root, element, inbox } = await show('conv-pool', { conversations: [...of('Mailing', 'email', 120), ...of('Texting', 'sms', 30)] });
    for (const [filter, loads, all] of [
      [{ channel: 'email' }, 100, 120],
      [{ q: 'Mailing' }, 100, 120],
    ] as const) {
      element.filter = filter;
      await until(
        () => root.querySelector('.row[aria-setsize="-1"] .row-name')?.textContent?.includes('Mailing') && !texts(root, '.row-name').includes('Texting'),
      );
      press('a', await find(root, '.row-link'), { ctrlKey: true });
      await until(() => texts(root, '.bulk-all').join() === `All ${loads} that are loaded are selected. Select all ${all}`);
      (await find(root, '.bulk-all button')).click();
      await until(() => texts(root, '.bulk strong').join() === `${all} selected`);
    }
    (await find(root, '.bulk [aria-label="Close"]')).click();
    await until(() => element.shadowRoot?.querySelector('.toast')?.textContent?.includes('120 conversations changed'));
    expect((await inbox.requests()).filter((request) => request.startsWith('POST'))).to.have.length(1);
  });

  it('grows with Shift, by arrow keys and by clicks, and goes with Escape', async () => {
    const { root } = await show('conv-pool', { conversations: ['One', 'Two', 'Three', 'Four', 'Five'].map((name, at) => row(name, 9 - at)) });
    await loaded(root, 5);
    const chosen = () =>
      [...root.querySelectorAll('.row')]
        .filter((one) => one.querySelector<HTMLInputElement>('.box')?.checked)
        .map((one) => one.querySelector('.row-name')?.textContent?.trim());
    linkOf(root, 'Two').focus();
    press('x', linkOf(root, 'Two'));
    press('ArrowDown', linkOf(root, 'Two'), { shiftKey: true });
    await until(() => focused() === linkOf(root, 'Three'));
    press('ArrowDown', linkOf(root, 'Three'), { shiftKey: true });
    await until(() => chosen().join() === 'Two,Three,Four');
    press('ArrowUp', linkOf(root, 'Four'), { shiftKey: true });
    await until(() => chosen().join() === 'Two,Three');
    press('Escape', linkOf(root, 'Three'));
    await until(() => chosen().length === 0 && !root.querySelector('.bulk'));
    const click = (at: number, shiftKey: boolean) =>
      root.querySelectorAll('.row-pick .box')[at]!.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, shiftKey }));
    click(4, false);
    await until(() => chosen().join() === 'Five');
    click(1, true);
    await until(() => chosen().join() === 'Two,Three,Four,Five');
  });

  it('says how far a long change has come, and can be stopped', async () => {
    const { root, inbox, element } = await show('conv-pool', { conversations: [row('One', 3), row('Two', 2)] });
    await loaded(root, 2);
    await inbox.order({ do: 'fault', fault: { on: '/bulk', hold: true } });
    root.querySelectorAll<HTMLInputElement>('.row-pick .box').forEach((box) => box.click());
    (await find(root, '.bulk [aria-label="Close"]')).click();
    await until(() => texts(root, '.run-far').join() === '1,200 of 5,000');
    expect(await wrongs(element)).to.deep.equal([]);
    (await find(root, '.run button')).click();
    await until(() => texts(root, '.run strong').join() === 'Stopping');
    await until(async () => (await inbox.requests()).some((request) => /^POST .*\/operations\/.*\/cancel$/.test(request)));
    await inbox.order({ do: 'release' });
    await until(() => !root.querySelector('.run') && element.shadowRoot?.querySelector('.toast'));
  });

  it('changes many at once and offers the way back', async () => {
    const { root, inbox, element } = await show('conv-pool', { conversations: [row('One', 3), row('Two', 2), row('Three', 1)] });
    await loaded(root, 3);
    root.querySelectorAll<HTMLInputElement>('.row-pick .box').forEach((box, at) => at < 2 && box.click());
    (await find(root, '.bulk [aria-label="Close"]')).click();
    await until(() => names(root).join() === 'Three');
    const toasts = await until(() => element.shadowRoot?.querySelector('.toast'));
    expect(toasts.textContent).to.contain('2 conversations changed');
    toasts.querySelector<HTMLElement>('button')?.click();
    await until(() => names(root).length === 3);
    expect((await inbox.requests()).filter((request) => request.startsWith('POST'))).to.have.length(2);
  });

  it('asks which tags the chosen ones are to carry, tells what some carry, and changes all at once', async () => {
    const tags = ['VIP', 'Hot Lead', 'Later'].map((name, at) => ({ id: id(), version: 1, createdAt: '', name, color: at + 1 }));
    const { root, inbox, element } = await show('conv-pool', {
      conversations: [row('One', 3, { tags: [{ name: 'VIP', color: 1 }] }), row('Two', 2)],
      lists: { tags },
    });
    await loaded(root, 2);
    root.querySelectorAll<HTMLInputElement>('.row-pick .box').forEach((box) => box.click());
    (await find(root, '.bulk [aria-label="Tag"]')).click();
    const boxes = await until(() => {
      const found = [...root.querySelectorAll<HTMLInputElement>('.tag-choices .box')];
      return found.length === 3 ? found : undefined;
    });
    expect(boxes.map(({ indeterminate, checked }) => indeterminate || checked)).to.deep.equal([true, false, false]);
    await faded(root);
    expect(await wrongs(element)).to.deep.equal([]);
    const field = await find<HTMLInputElement>(root, 'dialog input[type=search]');
    expect(focused()).to.equal(field);
    field.value = 'hot';
    field.dispatchEvent(new InputEvent('input'));
    await until(() => root.querySelectorAll('.tag-choices .box').length === 1);
    press('Enter', field);
    await until(() => root.querySelectorAll('.tag-choices .box').length === 3);
    // What some carry: first for all, then for none.
    const vip = () => [...root.querySelectorAll<HTMLInputElement>('.tag-choices .box')][0]!;
    vip().click();
    await until(() => texts(root, '.tag-choices').join().includes('will be put on'));
    vip().click();
    await until(() => texts(root, '.tag-choices').join().includes('will be taken off'));
    (await find(root, 'dialog button[type=submit]')).click();
    const toasts = await until(() => element.shadowRoot?.querySelector('.toast'));
    expect(toasts.textContent).to.contain('2 conversations changed');
    await until(() => texts(root, '.row-link').every((text) => text.includes('Hot Lead') && !text.includes('VIP')));
    toasts.querySelector<HTMLElement>('button')?.click();
    await until(() => texts(root, '.row-link').filter((text) => text.includes('VIP')).length === 1);
    expect((await inbox.requests()).filter((request) => request.startsWith('POST'))).to.have.length(2);
  });

  it('changes how urgent all are from the menu of the chosen ones, and takes it back', async () => {
    const { root, element } = await show('conv-pool', { conversations: [row('One', 3, { priority: 'urgent' }), row('Two', 2)] });
    await loaded(root, 2);
    const urgent = (): number => texts(root, '.row-link').filter((text) => text.includes('Urgent')).length;
    expect(urgent()).to.equal(1);
    root.querySelectorAll<HTMLInputElement>('.row-pick .box').forEach((box) => box.click());
    (await find(root, '.bulk [aria-label="More"]')).click();
    (await until(() => [...root.querySelectorAll<HTMLElement>('.menu-item')].find((one) => one.innerText.includes('Urgent') && one.checkVisibility()))).click();
    const toasts = await until(() => element.shadowRoot?.querySelector('.toast'));
    expect(toasts.textContent).to.contain('2 conversations changed');
    await until(() => urgent() === 2);
    toasts.querySelector<HTMLElement>('button')?.click();
    await until(() => urgent() === 1);
  });

  it('says which were not changed and why, and tries those again', async () => {
    const paused = row('Paused', 9, { contact: { ...conversation().contact, id: id(), name: 'Paused', aiPaused: { by: null, at: at(0), reason: null } } });
    const agent = { id: id(), name: 'Nova', active: true };
    const { root } = await show('conv-pool', { conversations: [paused, row('Free', 5)], lists: { agents: [agent] } });
    await loaded(root, 2);
    press('a', linkOf(root, 'Free'), { ctrlKey: true });
    await until(() => texts(root, '.bulk strong').join().includes('2'));
    (await find(root, '.bulk [aria-label="Assign"]')).click();
    (await until(() => [...root.querySelectorAll<HTMLElement>('.menu-item')].find((one) => one.innerText.includes('Nova') && one.checkVisibility()))).click();
    const which = await until(() => [...root.querySelectorAll<HTMLElement>('.toast .btn')].find((one) => one.innerText.includes('Show which')));
    which.click();
    await find(root, '.run-left');
    await faded(root);
    expect(texts(root, '.run-left li')).to.deep.equal(['Paused AI is paused for this contact']);
    expect(await wrongs(root.host)).to.deep.equal([]);
  });
});
