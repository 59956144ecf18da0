import { expect } from 'chai';
import { columnsOf } from '../../widgets/elements/inbox-panes.ts';
import { places } from '../../widgets/elements/shortcut-table.ts';
import '../../widgets/index.ts';
import { clear, find, focused, press, show, wrongs } from '../support/element-page.ts';
import { marta, sampleInbox } from '../support/sample-inbox.ts';
import { until } from '../support/wtr-api-client.ts';

const visible = (root: ParentNode, selector: string): boolean => root.querySelector<HTMLElement>(selector)?.checkVisibility() ?? false;
const rowsIn = (root: ShadowRoot) => root.querySelector('conv-pool')?.shadowRoot?.querySelectorAll<HTMLElement>('.row-link') ?? [];
const loaded = (root: ShadowRoot) => until(() => rowsIn(root).length > 4);
const threadName = (root: ShadowRoot) => root.querySelector('conv-thread')?.shadowRoot?.querySelector('h2')?.textContent?.trim();

describe('<conv-inbox>', () => {
  afterEach(clear);

  it('has as many columns as there is room for', () => {
    expect([1500, 1120, 1119, 760, 759, 320].map(columnsOf)).to.deep.equal([3, 3, 2, 2, 1, 1]);
  });

  it('opens the conversation of a link, and others from the list, and says so', async () => {
    const { root, element } = await show('conv-inbox', sampleInbox, { width: 1300, height: 800, set: { conversation: marta.id } });
    await until(() => threadName(root)?.includes('Marta'));
    await loaded(root);
    const opened: (string | null)[] = [];
    element.addEventListener('conv-open', (event) => opened.push((event as unknown as CustomEvent<{ conversationId: string | null }>).detail.conversationId));
    [...rowsIn(root)].find((row) => row.textContent?.includes('Priya'))?.click();
    await until(() => threadName(root)?.includes('Priya'));
    expect(opened).to.deep.equal([element.conversation]);
    expect(visible(root, 'conv-details')).to.equal(true);
  });

  it('shows one column at a time where it is narrow, with a way back', async () => {
    const { root, element } = await show('conv-inbox', sampleInbox, { width: 390, height: 800 });
    await loaded(root);
    expect([visible(root, 'conv-pool'), visible(root, 'conv-thread')]).to.deep.equal([true, false]);
    [...rowsIn(root)].find((row) => row.textContent?.includes('Marta'))?.click();
    await until(() => visible(root, 'conv-thread') && threadName(root)?.includes('Marta'));
    expect(visible(root, 'conv-pool')).to.equal(false);
    expect(element.scrollWidth).to.equal(element.clientWidth);
    root.querySelector('conv-thread')?.dispatchEvent(new CustomEvent('conv-back', { bubbles: true, composed: true }));
    await until(() => visible(root, 'conv-pool') && !visible(root, 'conv-thread'));
    await until(() => focused()?.classList.contains('row-link'));
  });

  it('lays the panel over the conversation where two columns fit, and takes it away by Escape', async () => {
    const { root } = await show('conv-inbox', sampleInbox, { width: 900, height: 800, set: { conversation: marta.id } });
    await until(() => threadName(root)?.includes('Marta'));
    expect(visible(root, 'conv-details')).to.equal(false);
    root.querySelector('conv-thread')?.dispatchEvent(new CustomEvent('conv-details', { bubbles: true, composed: true }));
    const panel = await find(root, 'conv-details');
    await until(() => panel.shadowRoot?.textContent?.includes('Timeline'));
    press('Escape', panel);
    await until(() => !root.querySelector('conv-details'));
  });

  it('moves through the list by keys from anywhere but a field', async () => {
    const { root } = await show('conv-inbox', sampleInbox, { width: 1300, height: 800, set: { conversation: marta.id } });
    await loaded(root);
    await until(() => threadName(root)?.includes('Marta'));
    const thread = await find(root, 'conv-thread');
    press('j', thread);
    await until(() => focused()?.textContent?.includes('Priya'));
    press('/', thread);
    await until(() => focused()?.matches('input[type=search]'));
  });

  it('does by keys all that the menu of a conversation does, and names each in the sheet of keys', async () => {
    const { root } = await show(
      'conv-inbox',
      {
        ...sampleInbox,
        lists: { ...sampleInbox.lists, macros: [{ id: crypto.randomUUID(), version: 1, createdAt: '', name: 'Parcel lost', actions: { addTags: ['VIP'] } }] },
      },
      { width: 1300, height: 800, set: { conversation: marta.id } },
    );
    await until(() => threadName(root)?.includes('Marta'));
    const thread = await find<HTMLElementTagNameMap['conv-thread']>(root, 'conv-thread');
    const named = new Set<string>(places.flatMap(({ actions }) => actions));
    expect(thread.entries.filter((entry) => entry !== 'line' && (!('action' in entry) || !named.has(String(entry.action))))).to.deep.equal([]);
    const title = () => thread.shadowRoot?.querySelector('dialog h2')?.textContent;
    press('m', thread);
    await until(() => title() === 'Run a macro' && thread.shadowRoot?.querySelector('.macro-choices button')?.textContent?.includes('Parcel lost'));
    await until(() => thread.shadowRoot?.querySelector('dialog')?.getAnimations().length === 0);
    expect(await wrongs(thread)).to.deep.equal([]);
    thread.shadowRoot?.querySelector('dialog')?.close();
    press('C', thread, { shiftKey: true });
    await until(() => title()?.includes('ticket'));
    thread.shadowRoot?.querySelector('dialog')?.close();
    press('i', thread);
    await until(() => root.querySelector('conv-details')?.shadowRoot?.activeElement);
    press('i', await find(root, 'conv-details'));
    await until(() => !root.querySelector('conv-details'));
  });

  it('takes its keys where nothing on the page has the focus, but none that the page takes, and none once it is gone', async () => {
    const { root, element } = await show('conv-inbox', sampleInbox, { width: 1300, height: 800, set: { conversation: marta.id } });
    await loaded(root);
    const search = await find(root, 'conv-pool');
    const takes = (event: Event): void => event.preventDefault();
    document.body.addEventListener('keydown', takes);
    press('/', document.body);
    document.body.removeEventListener('keydown', takes);
    expect(search.shadowRoot?.activeElement).to.equal(null);
    press('/', document.body);
    await until(() => focused()?.matches('input[type=search]'));
    (focused() as HTMLElement).blur();
    element.remove();
    let untouched = false;
    const sees = (event: Event): void => void (untouched = !event.defaultPrevented);
    window.addEventListener('keydown', sees);
    press('/', document.body);
    window.removeEventListener('keydown', sees);
    expect(untouched).to.equal(true);
  });

  it('shares one state with the element in it and lets go of it when it leaves the page', async () => {
    const { root, element, inbox } = await show('conv-inbox', sampleInbox, { width: 1300, height: 800 });
    await loaded(root);
    const { store } = element;
    expect(root.querySelector('conv-pool')?.store).to.equal(store);
    const holder = element.parentElement;
    element.remove();
    expect(element.store).to.equal(undefined);
    holder?.append(element);
    await until(() => element.store === store);
    await loaded(root);
    expect((await inbox.requests()).filter((request) => request.includes('/v1/events'))).to.have.length(1);
  });

  for (const [theme, dir, width] of [
    ['light', 'ltr', 1300],
    ['dark', 'ltr', 900],
    ['light', 'rtl', 1300],
    ['dark', 'rtl', 390],
  ] as const) {
    it(`passes axe in ${theme}, ${dir}, ${width} wide`, async function () {
      this.timeout(30_000);
      document.documentElement.dir = dir;
      document.documentElement.lang = dir === 'rtl' ? 'ar' : 'en';
      document.documentElement.dataset['theme'] = theme;
      const { root, element } = await show('conv-inbox', sampleInbox, { width, height: 800, set: { conversation: marta.id } });
      await until(() => threadName(root)?.includes('Marta'));
      if (width > 1000) await until(() => root.querySelector('conv-details')?.shadowRoot?.querySelector('.timeline'));
      expect(await wrongs(element)).to.deep.equal([]);
    });
  }
});
