/** What somebody wants from the operator: the bell and its list, what shows when something comes, and how each operator wants to be told. */
import { expect } from 'chai';
import '../../widgets/elements/conv-pool.ts';
import type { Notification as Note } from '../../server/contract/events.ts';
import { clear, find, press, show, texts, wrongs } from '../support/element-page.ts';
import { at, ben, conversationId, id, taken } from '../support/thread-world.ts';
import { until, type Inbox } from '../support/wtr-api-client.ts';

const note = (change: Partial<Note> = {}): Note => ({
  id: id(),
  kind: 'mention',
  conversationId,
  text: ben.name,
  data: { snippet: 'Lisbon has a seal kit' },
  readAt: null,
  createdAt: at(1),
  ...change,
});
const bell = (root: ShadowRoot): HTMLButtonElement => root.querySelector<HTMLButtonElement>('.pool-head button[aria-haspopup=dialog]')!;
const news = (root: ShadowRoot): HTMLElement => root.querySelector<HTMLElement>('.pool-news')!;
const rows = (root: ShadowRoot): string[] => texts(news(root), '.news li > button');
const toasts = (root: ShadowRoot): string[] => texts(root, '.toast > span');
const within = (root: ParentNode, selector: string, text: string): HTMLElement | undefined =>
  [...root.querySelectorAll<HTMLElement>(selector)].find((node) => (node.ariaLabel ?? node.innerText).includes(text));
const emit = (inbox: Inbox, data: Note, ...more: Note[]): Promise<unknown> => inbox.order({ do: 'emit', name: 'notification', data, more });

async function open(notifications: Note[] = [], me = {}) {
  const shown = await show('conv-pool', { conversations: [taken()], notifications, me }, { width: 400 });
  await until(() => shown.element.connection === 'live' && shown.element.store?.get().notifications.loaded && shown.root.querySelector('.row-link'));
  return shown;
}

describe('notifications', () => {
  const title = document.title;
  const hasFocus = document.hasFocus.bind(document);
  const Browser = window.Notification;
  beforeEach(() => (document.title = 'The host’s page'));
  afterEach(async () => {
    await clear();
    document.hasFocus = hasFocus;
    window.Notification = Browser;
    document.title = title;
  });

  it('are counted at the bell and listed by keyboard, newest first; one that is read is read everywhere', async () => {
    const { element, root, inbox } = await open([
      note(),
      note({ kind: 'handoff', text: 'Marta Oliveira', data: { reason: 'Wants a call' }, createdAt: at(0) }),
      note({ kind: 'delivery', text: 'Jonas', readAt: at(0), createdAt: at(-5) }),
    ]);
    await until(() => bell(root).ariaLabel === 'Notifications: 2 new');
    bell(root).focus();
    bell(root).click();
    await until(() => rows(root).length === 3 && news(root).contains(root.activeElement));
    expect(rows(root)[0]).to.include('Ben Okafor mentioned you').and.to.include('Lisbon has a seal kit');
    expect(rows(root)[1]).to.include('Marta Oliveira waits for a person').and.to.include('Wants a call');
    expect(await wrongs(element)).to.deep.equal([]);
    const opened = new Promise<CustomEvent<{ conversationId: string }>>((resolve) =>
      element.addEventListener('conv-open', (event) => resolve(event as CustomEvent), { once: true }),
    );
    news(root).querySelector<HTMLElement>('.news li > button')!.click();
    expect((await opened).detail.conversationId).to.equal(conversationId);
    await until(() => bell(root).ariaLabel === 'Notifications: 1 new');
    expect(news(root).matches(':popover-open')).to.equal(false);
    await until(async () => (await inbox.requests()).filter((request) => request === 'POST /v1/notifications/read').length === 1);
    bell(root).click();
    await until(() => within(news(root), 'button', 'Mark all read'));
    within(news(root), 'button', 'Mark all read')!.click();
    await until(() => bell(root).ariaLabel === 'Notifications, none new');
  });

  it('say when there are none, and when they did not load, with a way to try again', async () => {
    const { root } = await open();
    bell(root).click();
    await until(() => texts(news(root), '.news-blank')[0] === 'Nothing new');
    await clear();
    const shown = await show('conv-pool', { conversations: [taken()] }, { width: 400 });
    await shown.inbox.order({ do: 'fault', fault: { on: 'GET /v1/notifications', status: 503, times: 20 } });
    await until(() => shown.element.store);
    await shown.element.store!.news.load();
    bell(shown.root).click();
    const alert = await until(() => news(shown.root).querySelector<HTMLElement>('[role=alert]'));
    expect(alert.innerText).to.include('did not load');
    expect(await wrongs(shown.element)).to.deep.equal([]);
  });

  it('show in the element as they come, with the way to the conversation; what one has open needs no word', async () => {
    const { element, root, inbox } = await open();
    await emit(inbox, note());
    await until(() => toasts(root)[0] === 'Ben Okafor mentioned you');
    const opened = new Promise((resolve) => element.addEventListener('conv-open', resolve, { once: true }));
    within(root, '.toast button', 'Open')!.click();
    await opened;
    await until(() => toasts(root).length === 0 && bell(root).ariaLabel === 'Notifications, none new');

    const close = element.store!.threads.openConversation(conversationId);
    await emit(inbox, note());
    await until(async () => (await inbox.requests()).filter((request) => request === 'POST /v1/notifications/read').length === 2);
    await until(() => bell(root).ariaLabel === 'Notifications, none new');
    expect(toasts(root)).to.deep.equal([]);
    close();
  });

  it('are told in one sentence where many come at once', async () => {
    const { root, inbox } = await open();
    await emit(inbox, note(), note(), note(), note());
    await until(() => toasts(root)[0] === '4 new notifications');
    within(root, '.toast button', 'Show')!.click();
    await until(() => news(root).matches(':popover-open') && rows(root).length === 4);
  });

  it('show in one tab only: what another holds is counted here and not shown', async () => {
    const { root, inbox } = await open();
    const [held, shown] = [note(), note({ text: 'Chloe' })];
    let release = (): void => undefined;
    await new Promise<void>((taken) => {
      void navigator.locks.request(
        `convene-notification ${held.id}`,
        () =>
          new Promise<void>((over) => {
            release = over;
            taken();
          }),
      );
    });
    await emit(inbox, held);
    await emit(inbox, shown);
    await until(() => toasts(root).length > 0);
    expect(toasts(root)).to.deep.equal(['Chloe mentioned you']);
    expect(bell(root).ariaLabel).to.equal('Notifications: 2 new');
    release();
  });

  it('put their number before the title of the page, through what the page makes of it, and leave it as it was', async () => {
    const { element, root, inbox } = await open();
    await emit(inbox, note());
    await until(() => document.title === '(1) The host’s page');
    document.title = 'Another page of the host';
    await until(() => document.title === '(1) Another page of the host');
    await emit(inbox, note());
    await until(() => document.title === '(2) Another page of the host');
    await element.store!.news.markRead();
    await until(() => document.title === 'Another page of the host' && bell(root).ariaLabel === 'Notifications, none new');
    await emit(inbox, note());
    await until(() => document.title === '(1) Another page of the host');
    element.remove();
    await until(() => document.title === 'Another page of the host');
  });

  it('come by the browser where it is allowed and nobody is at the page, once, and lead to the conversation', async () => {
    const made: { title: string; options: NotificationOptions; onclick?: () => void; close(): void }[] = [];
    class Told {
      static permission = 'granted';
      onclick?: () => void;
      constructor(
        readonly title: string,
        readonly options: NotificationOptions,
      ) {
        made.push(this);
      }
      close(): void {}
    }
    window.Notification = Told as never;
    const { element, inbox, root } = await open([], { notifications: { 'mention.element': false } });
    await emit(inbox, note({ kind: 'handoff', text: 'Marta Oliveira' }));
    await until(() => toasts(root).length === 1);
    expect(made).to.have.length(0);
    document.hasFocus = () => false;
    const second = note();
    await emit(inbox, second);
    await until(() => made.length === 1);
    expect([made[0]!.title, made[0]!.options.body, made[0]!.options.tag]).to.deep.equal(['Ben Okafor mentioned you', 'Lisbon has a seal kit', second.id]);
    const opened = new Promise((resolve) => element.addEventListener('conv-open', resolve, { once: true }));
    made[0]!.onclick!();
    await opened;
    expect(toasts(root)).to.deep.equal(['Marta Oliveira waits for a person']);
    expect(made).to.have.length(1);
  });

  it('are told as each operator wants it; the browser is asked for leave on a press only', async () => {
    let asked = 0;
    const untold = {
      permission: 'default',
      requestPermission(): Promise<string> {
        asked += 1;
        untold.permission = 'granted';
        return Promise.resolve('granted');
      },
    };
    window.Notification = untold as never;
    const { element, root, inbox } = await open();
    bell(root).click();
    await until(() => within(news(root), 'button', 'Notification settings'));
    within(news(root), 'button', 'Notification settings')!.click();
    const dialog = await find<HTMLDialogElement>(root, 'dialog[open]');
    expect(await wrongs(element)).to.deep.equal([]);
    expect(dialog.querySelectorAll('.told input')).to.have.length(24);
    expect([...dialog.querySelectorAll<HTMLInputElement>('.told tr:first-child input')].map(({ checked }) => checked)).to.deep.equal([true, true, false]);
    const tick = within(dialog, 'input', 'You are mentioned: Here') as HTMLInputElement;
    tick.click();
    await until(() => element.store!.get().me?.notifications['mention.element'] === false);
    expect(element.store!.get().me?.notifications).to.deep.equal({ 'mention.element': false, 'mention.browser': true, 'mention.sound': false });
    const language = dialog.querySelector('select')!;
    language.value = 'pt';
    language.dispatchEvent(new Event('change'));
    await until(() => element.store!.get().me?.language === 'pt');
    expect(asked).to.equal(0);
    within(dialog, 'button', 'Allow browser notifications')!.click();
    await until(() => asked === 1 && !within(dialog, 'button', 'Allow browser notifications'));

    await inbox.order({ do: 'fault', fault: { on: 'PATCH /v1/me', status: 503 } });
    (within(dialog, 'input', 'You are mentioned: Browser') as HTMLInputElement).click();
    await until(() => within(dialog, '[role=alert]', 'not saved'));
    expect((within(dialog, 'input', 'You are mentioned: Browser') as HTMLInputElement).checked).to.equal(true);
    press('Escape', dialog);
  });
});
