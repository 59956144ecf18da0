import { expect } from 'chai';
import '../../widgets/chat.ts';
import type { ConvChat } from '../../widgets/chat.ts';
import {
  clearPage,
  field,
  findings,
  inside,
  launcher,
  openChat,
  openChatServer,
  own,
  panelOf,
  putChat,
  said,
  texts,
  the,
  type,
  until,
  write,
  type ChatServer,
} from '../support/wtr-chat-client.ts';
import type { ChatSeed } from '../support/wtr-chat-world.ts';

const nova = { kind: 'agent' as const, id: 'nova', name: 'Nova' };
const ana = { kind: 'operator' as const, id: 'ana', name: 'Ana Duarte' };
const route = (id: string, label: string) => ({ id, label, kind: 'call', hint: 'in about 10 min' });
const talk = [
  { text: 'Does the Wren fit?' },
  { text: 'Not with the large hopper. See https://morrow.example/wren', author: nova, articles: [{ id: 'a', title: 'Wren: sizes' }] },
  { text: 'A person please', delivery: { status: 'read' as const, at: new Date().toISOString() } },
  {
    text: 'How shall we reach you?',
    author: { kind: 'system' as const, id: null, name: 'Morrow' },
    routes: [route('1', 'A call'), route('2', 'A meeting')],
    chosenRouteId: '1',
  },
  { text: 'This is Ana', author: ana, attachments: [{ id: 'f', name: 'seal.pdf', type: 'application/pdf', size: 312_000, url: '/f' }] },
];

const states: Record<string, { seed: ChatSeed; more?: (chat: ConvChat, server: ChatServer) => Promise<unknown> }> = {
  greeting: { seed: {} },
  'a conversation with everything in it': {
    seed: { history: talk, readAt: '2020-01-01T00:00:00.000Z', conversation: { answering: { kind: 'operator', name: 'Ana Duarte', avatarUrl: null } } },
    async more(chat, server) {
      await until(async () => (await server.report()).streams === 1);
      await server.order({ do: 'typing', name: 'Ana Duarte', kind: 'operator', typing: true });
      await until(() => inside(chat, '.dots').length === 1);
    },
  },
  'a choice of routes': { seed: { history: [{ ...talk[3]!, chosenRouteId: null }] } },
  'a lost line, with what waits and what was refused': {
    seed: { history: talk.slice(0, 2) },
    async more(chat, server) {
      await server.order({ do: 'fault', fault: { on: 'POST /v1/chat/messages', status: 422, code: 'invalid' } });
      write(chat, 'Refused');
      await until(() => inside(chat, '.say.failed').length === 1);
      await server.order({ do: 'offline' });
      write(chat, 'Waits');
      await until(() => inside(chat, '.notice').length === 1);
    },
  },
  'files and emoji on their way': {
    seed: {},
    async more(chat) {
      const drop = new DataTransfer();
      drop.items.add(new File(['x'.repeat(4_000)], 'huge.pdf', { type: 'application/pdf' }));
      the(chat, '.chat').dispatchEvent(new DragEvent('drop', { dataTransfer: drop, bubbles: true, cancelable: true }));
      await until(() => texts(chat, '.chat-files .failed').length === 1);
      the(chat, '[aria-label="Insert emoji"]').click();
      await until(() => inside(chat, '.emojis').length === 1);
    },
  },
};

describe('the looks of the chat', () => {
  afterEach(() => {
    clearPage();
    document.documentElement.dir = 'ltr';
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });

  for (const [name, { seed, more }] of Object.entries(states)) {
    it(`pass axe in both themes: ${name}`, async function () {
      this.timeout(40_000);
      const server = await openChatServer(seed);
      const chat = putChat(server.base, { questions: ['Where is my order?'] });
      await openChat(chat);
      await more?.(chat, server);
      for (const theme of ['light', 'dark'] as const) {
        chat.theme = theme;
        await panelOf(chat)!.updateComplete;
        await Promise.all(
          panelOf(chat)!
            .shadowRoot!.getAnimations()
            .filter((one) => one.effect?.getComputedTiming().iterations === 1)
            .map((one) => one.finished),
        );
        expect([theme, ...(await findings(chat))]).to.deep.equal([theme]);
      }
      await server.order({ do: 'online' });
    });
  }

  it('stand in the corner where lines end, in either direction', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    const at = (): DOMRect => panelOf(chat)!.getBoundingClientRect();
    expect([at().right, at().width]).to.deep.equal([innerWidth - 20, 384]);
    expect(innerHeight - launcher(chat).getBoundingClientRect().bottom).to.equal(20);
    document.documentElement.dir = 'rtl';
    expect(at().left).to.equal(20);
  });

  it('take their colours from the theme of the page, before and after the panel is there', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    const scheme = (): string => getComputedStyle(launcher(chat)).backgroundColor;
    document.body.dataset['theme'] = 'light';
    const light = scheme();
    document.body.dataset['theme'] = 'dark';
    const dark = scheme();
    expect(light).to.not.equal(dark);
    await openChat(chat);
    expect(scheme()).to.equal(dark);
    document.body.dataset['theme'] = 'light';
    expect(scheme()).to.equal(light);
    delete document.body.dataset['theme'];
  });

  it('withstand a page that styles everything', async () => {
    const server = await openChatServer({ history: talk });
    const sheet = document.createElement('style');
    sheet.textContent =
      '* { all: unset !important; display: inline !important; font-size: 40px !important; transform: rotate(3deg) !important; box-sizing: content-box !important }';
    const chat = putChat(server.base);
    await openChat(chat);
    const before = the(chat, '.chat-head h2').getBoundingClientRect().height;
    document.head.append(sheet);
    const after = the(chat, '.chat-head h2').getBoundingClientRect().height;
    const { display, fontSize } = getComputedStyle(the(chat, '.say-body'));
    sheet.remove();
    expect([after, fontSize, display]).to.deep.equal([before, '15px', 'block']);
  });

  it('keep to a strict policy: no inline style, no text that becomes markup', async () => {
    const server = await openChatServer({ history: talk });
    const frame = document.createElement('iframe');
    const policy = [
      "default-src 'none'",
      `script-src ${location.origin}`,
      `connect-src ${new URL(server.base).origin}`,
      "style-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html',
    ].join('; ');
    frame.srcdoc = `<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"></head><body><script type="module" src="/widgets/chat.ts"></script></body></html>`;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const page = frame.contentDocument!;
    const violations: string[] = [];
    page.addEventListener('securitypolicyviolation', ({ violatedDirective, sample }) => violations.push(`${violatedDirective} ${sample}`));
    const chat = page.createElement('conv-chat');
    Object.assign(chat, { base: server.base, workspace: 'morrow', questions: ['One?'] });
    page.body.append(chat);
    await openChat(chat);
    type(chat, 'Several\nlines\nof text');
    write(chat, 'Several\nlines\nof text');
    await until(() => own(chat).at(-1) === 'Several lines of text (Delivered)');
    expect(field(chat).offsetHeight).to.be.lessThan(60);
    await until(async () => (await server.report()).streams === 1);
    await server.say('And back');
    await until(() => said(chat).at(-1) === 'And back');
    chat.close();
    expect(violations).to.deep.equal([]);
  });

  it('show what anybody writes as text, and link only to the web', async () => {
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1) https://morrow.example/a?b=1). data:text/html,x';
    const server = await openChatServer({
      workspace: '<b>Morrow</b>',
      agent: '"><script>alert(1)</script>',
      history: [
        { text: hostile },
        {
          text: hostile,
          author: { kind: 'agent', id: 'n', name: '<i>Nova</i>' },
          articles: [{ id: 'a', title: '<u>x</u>' }],
          attachments: [{ id: 'f', name: '<s>.pdf', type: 'application/pdf', size: 1, url: 'javascript:alert(1)' }],
        },
      ],
    });
    const chat = putChat(server.base, { questions: ['<img src=x>'], greeting: '<b>Hi</b>' });
    await openChat(chat);
    await until(() => said(chat).length === 2);
    expect(said(chat)[0]).to.equal(hostile);
    expect(inside(chat, 'img, script, .say b b, i:not(.online), u, s')).to.deep.equal([]);
    expect(inside(chat, 'a[href]').map((one) => one.getAttribute('href'))).to.deep.equal(['https://morrow.example/a?b=1']);
    expect(inside(chat, '.doc')[0]?.hasAttribute('href')).to.equal(false);
  });

  it('grow with what is typed, up to a limit, and shrink again', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    const heights = ['one', 'one\ntwo\nthree', 'x\n'.repeat(40), ''].map((text) => {
      type(chat, text);
      return field(chat).offsetHeight;
    });
    expect(heights[0]).to.equal(32);
    expect(heights[1]).to.be.greaterThan(60);
    expect(heights[2]).to.equal(148);
    expect(heights[3]).to.equal(32);
  });

  it('stay on the line that is read while older and newer messages come, and offer the way to the newest', async function () {
    this.timeout(20_000);
    const server = await openChatServer({ history: Array.from({ length: 130 }, (_, at) => ({ text: `Message ${at}`, author: at % 3 ? nova : ana })) });
    const chat = putChat(server.base);
    await openChat(chat);
    const log = the(chat, '.chat-log');
    await until(() => texts(chat, '.say-body').at(-1) === 'Message 129');
    expect(log.scrollTop).to.equal(0);
    const line = (text: string): HTMLElement => inside(chat, '.say-body').find((one) => one.textContent?.trim() === text)!;
    log.scrollTo({ top: -(log.scrollHeight - log.clientHeight) });
    await until(() => texts(chat, '.say-body')[0] === 'Message 30');
    log.scrollTo({ top: -(log.scrollHeight - log.clientHeight) });
    await until(() => texts(chat, '.say-body')[0] === 'Message 0');
    line('Message 60').scrollIntoView();
    await new Promise(requestAnimationFrame);
    const { top } = line('Message 60').getBoundingClientRect();
    await until(async () => (await server.report()).streams === 1);
    await server.say('A new one');
    await until(() => texts(chat, '.to-end')[0] === '1 new message');
    expect(Math.abs(line('Message 60').getBoundingClientRect().top - top)).to.be.lessThan(2);
    expect(texts(chat, '[aria-live="polite"]')).to.deep.equal(['Nova: A new one']);
    the(chat, '.to-end').click();
    await until(() => log.scrollTop === 0 && inside(chat, '.to-end').length === 0);
  });
});
