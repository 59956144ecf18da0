import { expect } from 'chai';
import '../../widgets/chat.ts';
import {
  clearPage,
  findings,
  identityOf,
  inside,
  keptOfChats,
  launcher,
  openChat,
  openChatServer,
  panelOf,
  press,
  putChat,
  said,
  until,
  write,
} from '../support/wtr-chat-client.ts';

const label = (chat: HTMLElement): string | null => launcher(chat as HTMLElementTagNameMap['conv-chat']).getAttribute('aria-label');
const frame = (chat: HTMLElement): HTMLElement => chat.shadowRoot!.querySelector('.frame')!;
const badge = (chat: HTMLElement): string => chat.shadowRoot!.querySelector('.badge')?.textContent?.trim() ?? '';
const teaser = (chat: HTMLElement): HTMLElement | null => chat.shadowRoot!.querySelector('.teaser');

/** A page of its own, beside this one. */
async function page(head: string, body = ''): Promise<Window & typeof globalThis> {
  const frame = document.createElement('iframe');
  frame.className = 'page';
  frame.srcdoc = `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  return frame.contentWindow as Window & typeof globalThis;
}

const entry = '<script type="module" src="/widgets/chat.ts"></script>';

describe('the closed chat', () => {
  afterEach(() => {
    clearPage();
    for (const frame of document.querySelectorAll('iframe.page')) frame.remove();
  });

  it('keeps nothing, asks nothing and loads neither Lit nor the panel before it is opened', async () => {
    const server = await openChatServer();
    const there = await page(entry);
    const chat = there.document.createElement('conv-chat');
    Object.assign(chat, { base: server.base, workspace: 'morrow', questions: ['Where is my order?'] });
    there.document.body.append(chat);
    await new Promise((resolve) => there.requestIdleCallback(resolve, { timeout: 500 }));
    expect(chat.shadowRoot?.querySelector('.launcher')).to.not.equal(null);
    expect(keptOfChats(there.localStorage)).to.deep.equal({});
    expect({ ...there.sessionStorage }).to.deep.equal({});
    expect(there.document.cookie).to.equal('');
    expect((await server.report()).requests).to.deep.equal([]);
    const loaded = there.performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname);
    expect(loaded.filter((path) => /lit|panel|live|store|stream/.test(path))).to.deep.equal([]);
    expect(loaded.length).to.be.lessThan(16);
  });

  it('says what it does in the language of the page, and follows it', async () => {
    const chat = putChat('http://127.0.0.1:1');
    expect(label(chat)).to.equal('Open chat');
    chat.locale = 'de';
    expect(label(chat)).to.equal('Chat öffnen');
    chat.locale = '';
    document.documentElement.lang = 'ar';
    await until(() => label(chat) === 'فتح المحادثة');
    document.documentElement.lang = 'en';
    await until(() => label(chat) === 'Open chat');
  });

  it('opens above everything, takes the focus, and gives it back on Escape', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    const heard: string[] = [];
    for (const type of ['conv-open', 'conv-close'] as const) chat.addEventListener(type, () => heard.push(type));
    const wall = document.createElement('div');
    wall.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647; background: white';
    document.body.append(wall);
    await openChat(chat);
    expect(chat.opened).to.equal(true);
    expect(launcher(chat).getAttribute('aria-expanded')).to.equal('true');
    expect(label(chat)).to.equal('Close chat');
    const { left, top } = panelOf(chat)!.getBoundingClientRect();
    expect(document.elementFromPoint(left + 60, top + 200)).to.equal(chat);
    expect(panelOf(chat)!.shadowRoot!.activeElement?.localName).to.equal('textarea');
    press(panelOf(chat)!.shadowRoot!.activeElement!, 'Escape');
    expect(chat.opened).to.equal(false);
    expect(panelOf(chat)!.hidden).to.equal(true);
    expect(chat.shadowRoot!.activeElement).to.equal(launcher(chat));
    expect(heard).to.deep.equal(['conv-open', 'conv-close']);
    wall.remove();
  });

  it('lets no key that is typed into it reach the page, Escape neither', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    const leaked: string[] = [];
    const hear = ({ key }: KeyboardEvent): number => leaked.push(key);
    document.addEventListener('keydown', hear);
    for (const key of ['j', '/', 'k', 'Escape']) press(inside(chat, 'textarea')[0]!, key);
    document.removeEventListener('keydown', hear);
    expect(leaked).to.deep.equal([]);
    expect(chat.opened).to.equal(false);
  });

  it('shows a visitor who comes back what is unread, with the newest line, and lets it be sent away', async () => {
    const server = await openChatServer({
      history: [{ text: 'Is it there?' }, { text: 'It has arrived', author: { kind: 'operator', id: 'ana', name: 'Ana Duarte' } }],
      readAt: '2020-01-01T00:00:00.000Z',
    });
    const first = putChat(server.base);
    await first.open();
    await until(() => panelOf(first)?.store?.get().phase === 'ready');
    first.close();
    await until(async () => (await server.report()).readAt !== '2020-01-01T00:00:00.000Z');
    first.remove();
    await server.say('Your order is at the café', { author: { kind: 'operator', id: 'ana', name: 'Ana Duarte' } });

    const again = putChat(server.base);
    const counts: number[] = [];
    again.addEventListener('conv-unread', ({ detail }) => counts.push(detail.unread));
    await until(() => badge(again) === '1');
    expect(label(again)).to.equal('Open chat, 1 unread message');
    expect(panelOf(again)).to.equal(null);
    expect(teaser(again)?.textContent).to.include('Your order is at the café').and.to.include('Ana Duarte');
    expect(await findings(again)).to.deep.equal([]);
    teaser(again)!.querySelector<HTMLElement>('.teaser-away')!.click();
    expect(teaser(again)).to.equal(null);
    expect(badge(again)).to.equal('1');
    await server.say('And another one');
    await until(() => teaser(again)?.textContent?.includes('And another one'));
    await openChat(again);
    await until(() => badge(again) === '' && counts.at(-1) === 0);
    expect(counts).to.deep.equal([1, 2, 0]);
  });

  it('knows an identified visitor who comes back, when the page says later who it is', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const first = putChat(server.base, { identityToken: identityOf('marta') });
    await openChat(first);
    await until(async () => (await server.report()).streams === 1);
    first.remove();
    await server.say('It has arrived');
    const again = putChat(server.base);
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 }));
    expect(badge(again)).to.equal('');
    again.getIdentityToken = () => identityOf('marta');
    await until(() => badge(again) === '1');
    expect((await server.report()).requests.filter((one) => one === 'POST /v1/chat/sessions')).to.have.length(1);
  });

  it('shows that somebody is writing, until the message is there', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    await until(async () => (await server.report()).streams === 1);
    chat.close();
    await server.order({ do: 'typing', name: 'Nova', typing: true });
    await until(() => chat.shadowRoot!.querySelector('.launcher .working'));
    expect(label(chat)).to.equal('Open chat, Nova is writing');
    await server.say('Here I am');
    await until(() => badge(chat) === '1');
  });

  it('goes on with its conversation when it is moved in the page, and lets go when it is taken away', async () => {
    const server = await openChatServer({ history: [{ text: 'Hello' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    write(chat, 'Still there?');
    await until(async () => (await server.report()).written.length === 2);
    const aside = document.createElement('aside');
    document.body.append(aside);
    aside.append(chat);
    await until(() => said(chat).length === 2);
    expect(frame(chat).matches(':popover-open')).to.equal(true);
    chat.remove();
    await until(async () => (await server.report()).streams === 0);
    document.body.append(chat);
    await until(() => said(chat).length === 2 && frame(chat).matches(':popover-open'));
    aside.remove();
  });

  it('takes properties that were set before its tag was known', async () => {
    const there = await page('', '<conv-chat></conv-chat>');
    const chat = there.document.querySelector('conv-chat')!;
    Object.assign(chat, { workspace: 'morrow', questions: ['Where is my order?'] });
    expect(chat.shadowRoot).to.equal(null);
    const script = there.document.createElement('script');
    Object.assign(script, { type: 'module', src: '/widgets/chat.ts' });
    there.document.head.append(script);
    await there.customElements.whenDefined('conv-chat');
    expect([chat.getAttribute('workspace'), chat.workspace, chat.questions]).to.deep.equal(['morrow', 'morrow', ['Where is my order?']]);
  });

  it('says so when the rest of it cannot be fetched, and stays closed', async () => {
    const allowed = [
      'chat',
      'elements/conv-chat',
      'chat/dom',
      'chat/vault',
      'locales/open-chat',
      'locales/own',
      'ui/define',
      'ui/sheets/launcher',
      'ui/surroundings',
    ];
    const there = await page(
      `<meta http-equiv="Content-Security-Policy" content="script-src ${allowed.map((path) => `${location.origin}/widgets/${path}.ts`).join(' ')}">${entry}`,
    );
    const chat = there.document.createElement('conv-chat');
    chat.workspace = 'morrow';
    there.document.body.append(chat);
    await chat.open();
    expect(chat.opened).to.equal(false);
    expect(teaser(chat)?.textContent).to.equal('The chat could not be loaded. Try again');
  });
});
