import { expect } from 'chai';
import '../../widgets/elements/conv-pool.ts';
import { clear, find, focused, press, show, texts, wrongs } from '../support/element-page.ts';
import { faded, linkOf, links, loaded, many, names, point, row } from '../support/pool-page.ts';
import { sampleInbox } from '../support/sample-inbox.ts';
import { at, id } from '../support/thread-world.ts';
import { until } from '../support/wtr-api-client.ts';
import type { Seed } from '../support/wtr-api-world.ts';

describe('<conv-pool>', () => {
  afterEach(clear);

  it('shows the newest first, what is unread and what awaits a person', async () => {
    const { root } = await show('conv-pool', sampleInbox, { height: 900 });
    await loaded(root, 8);
    expect(names(root).slice(0, 3)).to.deep.equal(['Dmitri Halloran', 'Marta Oliveira', 'Priya Raman']);
    const lines = texts(root, '.row-link');
    expect(lines[0]).to.contain('Nova is composing');
    expect(lines[1]).to.match(/A call ?14 min/);
    expect(lines[2]).to.contain('Draft by Sol');
    expect(lines[3]).to.contain('Not delivered');
    expect(root.querySelector('.count.unread')?.textContent).to.contain('2');
  });

  it('brings the conversation with news to the top', async () => {
    const old = row('Old', 1);
    const { root, inbox } = await show('conv-pool', { conversations: [old, row('New', 5)] });
    await loaded(root, 2);
    await inbox.order({ do: 'inbound', id: old.id, text: 'Hello again' });
    await until(() => names(root)[0] === 'Old');
  });

  for (const [sort, gives] of [
    ['activity', 'Late,High,Low'],
    ['priority', 'High,Late,Low'],
  ] as const) {
    it(`moves no row under the pointer, counts what came, and shows it when asked, by ${sort}`, async () => {
      const [high, late] = [row('High', 5, { priority: 'high', waitingSince: at(5) }), row('Late', 9, { priority: 'high', waitingSince: at(9) })];
      const { root, element, inbox } = await show('conv-pool', { conversations: [high, row('Low', 1, { priority: 'low' })] });
      element.filter = { sort };
      await until(() => names(root).join() === 'High,Low');
      point(root, 'pointerenter');
      await inbox.order({ do: 'inbound', id: late.id, text: 'Hello', begin: late });
      const pill = await find(root, '.pill-new');
      expect(pill.innerText).to.contain('1 new');
      expect(names(root)).to.deep.equal(['High', 'Low']);
      pill.click();
      await until(() => names(root).join() === gives && !root.querySelector('.pill-new'));
    });
  }

  it('keeps the focused row in its place', async () => {
    const old = row('Old', 1);
    const { root, inbox } = await show('conv-pool', { conversations: [old, row('Middle', 3), row('New', 5)] });
    await loaded(root, 3);
    linkOf(root, 'Middle').focus();
    await inbox.order({ do: 'inbound', id: old.id, text: 'Hello again' });
    await until(() => names(root)[0] === 'Old');
    expect(names(root)).to.deep.equal(['Old', 'Middle', 'New']);
    expect(focused()?.textContent).to.contain('Middle');
  });

  it('is worked by keyboard alone', async () => {
    const { root, element } = await show('conv-pool', { conversations: [row('One', 3), row('Two', 2), row('Three', 1)] });
    await loaded(root, 3);
    const opened: string[] = [];
    element.addEventListener('conv-open', (event) => opened.push((event as unknown as CustomEvent<{ conversationId: string }>).detail.conversationId));
    linkOf(root, 'One').focus();
    press('j', linkOf(root, 'One'));
    await until(() => focused()?.textContent?.includes('Two'));
    press('End', linkOf(root, 'Two'));
    await until(() => focused()?.textContent?.includes('Three'));
    press('Home', linkOf(root, 'Three'));
    await until(() => focused()?.textContent?.includes('One'));
    press('x', linkOf(root, 'One'));
    await find(root, '.bulk');
    press('Escape', linkOf(root, 'One'));
    await until(() => !root.querySelector('.bulk'));
    press('/', linkOf(root, 'One'));
    expect(focused()).to.equal(root.querySelector('input[type=search]'));
    linkOf(root, 'One').click();
    expect(opened).to.have.length(1);
  });

  it('draws a window over a long list, loads what is below and says nothing moved', async () => {
    const { root, inbox } = await show('conv-pool', { conversations: many(450) });
    await loaded(root, 8);
    expect(links(root).length).to.be.lessThan(40);
    const rows = await find(root, '.rows');
    await until(() => {
      rows.scrollTop = rows.scrollHeight;
      return names(root).includes('Contact 0450');
    });
    expect(links(root).length).to.be.lessThan(40);
    const first = many(1)[0];
    if (first) await inbox.order({ do: 'inbound', id: first.id, text: 'New', begin: first });
    await find(root, '.pill-new');
    expect(names(root)).to.include('Contact 0450');
  });

  it('filters by channel, view and choice, and lets go of each', async () => {
    const { root, element } = await show('conv-pool', sampleInbox, { height: 900 });
    await loaded(root, 8);
    const tab = await find(root, '[role=tab][aria-label^="SMS"]');
    tab.click();
    await until(() => names(root).join() === 'Jonas Weidmann,+1 503 555 0148');
    (await find(root, '[role=tab]')).click();
    element.filter = { tag: 'Hot Lead' };
    await until(() => names(root).join() === 'Priya Raman,Tobias Lindgren');
    expect(texts(root, '.token')).to.deep.equal(['Tag Hot Lead']);
    (await find(root, '.token [aria-label="Remove filter Tag"]')).click();
    await until(() => names(root).length > 8);
  });

  it('searches as one types, marks what was found, and offers a wider search', async () => {
    const { root } = await show('conv-pool', sampleInbox);
    await loaded(root, 8);
    const field = await find<HTMLInputElement>(root, 'input[type=search]');
    const type = (text: string): void => {
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    };
    type('descal');
    await until(() => names(root).join() === 'Céline Aubert');
    expect(root.querySelector('mark')?.textContent).to.equal('descal');
    type('nobody says this');
    await until(() => root.querySelector('.empty h3')?.textContent?.includes('nobody says this'));
  });

  const blanks: { when: string; seed: Seed; filter?: Record<string, unknown>; says: string }[] = [
    { when: 'nobody waits', seed: { conversations: [row('One', 1)] }, filter: { view: 'handedOff' }, says: 'Nobody is waiting for a person' },
    { when: 'nothing is open', seed: {}, says: 'Nothing is open' },
    { when: 'filters leave nothing', seed: { conversations: [row('One', 1)] }, filter: { priority: 'urgent' }, says: 'Nothing matches these filters' },
  ];
  for (const { when, seed, filter, says } of blanks) {
    it(`says what would be here when ${when}`, async () => {
      const { root, element } = await show('conv-pool', seed, { set: { filter } });
      await until(() => root.querySelector('.empty')?.textContent?.includes(says));
      expect(await wrongs(element)).to.deep.equal([]);
    });
  }

  it('saves what is looked at as a view, renames, arranges and deletes views, and brings one back', async () => {
    localStorage.clear();
    const view = (name: string, filter: object) => ({ id: id(), version: 1, createdAt: at(0), name, shared: false, ownerId: null, filter });
    const { root, inbox } = await show('conv-pool', {
      conversations: many(3),
      lists: { views: [view('First', { priority: 'urgent' }), view('Second', { status: 'closed' })] },
    });
    await loaded(root, 3);
    const menu = async (name: string): Promise<void> => {
      root.querySelector<HTMLElement>('.view')?.click();
      (await until(() => [...root.querySelectorAll<HTMLElement>('.menu-item')].find((one) => one.innerText.includes(name) && one.checkVisibility()))).click();
    };
    await menu('Arrange views');
    await find(root, '.views');
    root.querySelector<HTMLElement>('.views [aria-label="Move Second up"]')?.click();
    await until(() => [...root.querySelectorAll<HTMLInputElement>('.views input.field')].map(({ value }) => value).join() === 'Second,First');
    expect((await inbox.requests()).filter((request) => request.startsWith('PATCH /v1/me'))).to.have.length(1);
    const name = root.querySelector<HTMLInputElement>('.views input.field');
    if (name) name.value = 'Done';
    name?.dispatchEvent(new Event('change'));
    await find(root, '.views [aria-label="Delete Done"]');
    await faded(root);
    expect(await wrongs(root.host)).to.deep.equal([]);
    root.querySelector<HTMLElement>('.views [aria-label="Delete Done"]')?.click();
    await until(() => root.querySelectorAll('.views li').length === 1);
    (await until(() => [...root.querySelectorAll<HTMLElement>('.toast .btn')].find((one) => one.innerText.includes('Undo')))).click();
    await until(() => root.querySelectorAll('.views li').length === 2);
  });

  it('shows what a link asks for, and says that its view is not there', async () => {
    const { root } = await show(
      'conv-pool',
      { conversations: [row('Low', 1, { priority: 'low' }), row('High', 2, { priority: 'high' })] },
      { set: { filter: { priority: 'high', saved: id() } } },
    );
    await loaded(root, 1);
    expect(names(root)).to.deep.equal(['High']);
    expect((await find(root, '.notice')).innerText).to.contain('not shared with you');
  });

  it('keeps the height of rows that the reader chose', async () => {
    localStorage.clear();
    const { element, root } = await show('conv-pool', { conversations: many(3) });
    await loaded(root, 3);
    root.querySelector<HTMLElement>('.pool-tools [aria-label^="Sort"]')?.click();
    (
      await until(() => [...root.querySelectorAll<HTMLElement>('.menu-item')].find((one) => one.innerText.includes('Compact') && one.checkVisibility()))
    ).click();
    await until(() => element.compact);
    await clear();
    const again = await show('conv-pool', { conversations: many(3) });
    await until(() => again.element.compact);
    localStorage.clear();
  });

  it('says that the list did not load, and reads it again', async () => {
    const { root, inbox, element } = await show('conv-pool', { conversations: [row('One', 1)] });
    await loaded(root);
    await inbox.order({ do: 'fault', fault: { on: 'GET /v1/conversations?channel', status: 500, code: 'internal' } });
    (await find(root, '[role=tab][aria-label^="Chat"]')).click();
    await until(() => root.querySelector('[role=alert]')?.textContent?.includes('The list did not load'));
    expect(await wrongs(element)).to.deep.equal([]);
    root.querySelector<HTMLElement>('[role=alert] .btn')?.click();
    await until(() => names(root).join() === 'One');
  });

  for (const [theme, dir, density] of [
    ['light', 'ltr', 'comfortable'],
    ['dark', 'ltr', 'compact'],
    ['light', 'rtl', 'comfortable'],
  ] as const) {
    it(`passes axe in ${theme}, ${dir}, ${density}, with a selection`, async function () {
      this.timeout(20_000);
      document.documentElement.dir = dir;
      document.documentElement.lang = dir === 'rtl' ? 'ar' : 'en';
      Object.assign(document.documentElement.dataset, { theme, density });
      const { root, element } = await show('conv-pool', sampleInbox, { height: 900 });
      await loaded(root, 8);
      expect(await wrongs(element)).to.deep.equal([]);
      root.querySelector<HTMLInputElement>('.row-pick .box')?.click();
      await find(root, '.bulk');
      root.querySelector<HTMLElement>('.pool-tools .btn')?.click();
      await find(root, '.filter-list');
      expect(await wrongs(element)).to.deep.equal([]);
    });
  }
});
