import { expect } from 'chai';
import '../../widgets/chat.ts';
import type { VisitorEvents } from '../../server/contract/events.ts';
import {
  clearPage,
  field,
  identityOf,
  inside,
  keptOfChats,
  openChat,
  openChatServer,
  own,
  panelOf,
  press,
  putChat,
  said,
  texts,
  the,
  type,
  until,
  write,
} from '../support/wtr-chat-client.ts';

const ana = { kind: 'operator' as const, id: 'ana', name: 'Ana Duarte' };
const nova = { kind: 'agent' as const, id: 'nova', name: 'Nova' };

describe('the chat', () => {
  afterEach(clearPage);

  it('greets, says who answers, and begins with a question that is pressed', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base, { questions: ['Where is my order?'], greeting: 'Good to see you' });
    await openChat(chat);
    expect(texts(chat, '.hello h3')).to.deep.equal(['Good to see you']);
    expect(texts(chat, '.hello-say p')).to.deep.equal(['Nova, our AI assistant, answers at once.']);
    expect(texts(chat, '.chat-head h2, .chat-head p')).to.deep.equal(['Morrow', 'Usually answers at once']);
    expect(texts(chat, '.starts button')).to.deep.equal(['Where is my order?', 'Talk to a person']);
    inside(chat, '.starts button')[0]!.click();
    await until(() => own(chat)[0] === 'Where is my order? (Delivered)');
    await until(() => texts(chat, '.chat-head p')[0] === 'Nova answers now');
    expect((await server.report()).written).to.deep.equal(['Where is my order?']);
  });

  it('keeps the way to a person one tap away while an agent answers', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }, { text: 'Hello', author: nova }] });
    const chat = putChat(server.base);
    await openChat(chat);
    the(chat, '.chat-head .push + .btn').click();
    await until(async () => (await server.report()).written.includes('I would like to talk to a person, please.'));
    await server.order({ do: 'change', change: { handedOff: true } });
    await until(() => texts(chat, '.chat-head p')[0] === 'A person takes over');
    expect(texts(chat, '.chat-head .btn').filter((text) => text === 'A person')).to.deep.equal([]);
  });

  it('shows days, speakers, sources and what became of the last message', async () => {
    const day = 86_400_000;
    const at = (ago: number): string => new Date(Date.now() - ago).toISOString();
    const server = await openChatServer({
      history: [
        { text: 'The burrs left Utrecht', author: ana, createdAt: at(3 * day) },
        { text: 'They came', createdAt: at(3 * day - 1_000) },
        { text: 'Does the Wren fit?', createdAt: at(5_000) },
        { text: 'With the small hopper', author: nova, createdAt: at(4_000), articles: [{ id: 'a', title: 'Wren: sizes' }] },
        { text: 'It is 36 cm', author: nova, createdAt: at(3_000) },
        { text: 'In black?', createdAt: at(2_000) },
      ],
    });
    const chat = putChat(server.base);
    await openChat(chat);
    expect(texts(chat, '.say-who')).to.deep.equal(['Ana Duarte', "Nova, Morrow's AI assistant"]);
    const marks = texts(chat, '.chat-sys');
    expect(marks).to.have.length(3);
    expect(marks[1]).to.match(/Ana Duarte has joined$/);
    expect(marks[2]).to.match(/^Today/);
    expect(texts(chat, '.cite')).to.deep.equal(['Wren: sizes']);
    expect(own(chat)).to.deep.equal(['They came ()', 'Does the Wren fit? ()', 'In black? (Delivered)']);
    await server.order({ do: 'seen' });
    await until(() => own(chat)[2] === 'In black? (Read)');
  });

  it('shows who is writing, and the message in its place', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await until(async () => (await server.report()).streams === 1);
    await server.order({ do: 'typing', name: 'Nova', typing: true });
    await until(() => inside(chat, '.say[aria-label="Nova is writing"] .dots').length === 1);
    await server.say('Hello');
    await until(() => said(chat).join() === 'Hi,Hello');
    expect(inside(chat, '.dots')).to.have.length(0);
  });

  it('sends with Enter, breaks the line with Shift, and leaves Enter to an input method', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    type(chat, 'にほん');
    press(field(chat), 'Enter', { isComposing: true });
    press(field(chat), 'Enter', { keyCode: 229 });
    expect(press(field(chat), 'Enter', { shiftKey: true }).defaultPrevented).to.equal(false);
    expect(field(chat).value).to.equal('にほん');
    press(field(chat), 'Enter');
    expect(field(chat).value).to.equal('');
    await until(async () => (await server.report()).written.join() === 'にほん');
    press(field(chat), 'Enter');
    expect(said(chat)).to.deep.equal(['にほん']);
  });

  it('leaves what is being typed alone, whatever happens, and has it again after the page was left', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    type(chat, 'Half a thought');
    field(chat).setSelectionRange(4, 6);
    const happenings: Record<keyof VisitorEvents, () => Promise<unknown>> = {
      message: () => server.say('One moment'),
      conversation: () => server.order({ do: 'change', change: { handedOff: true } }),
      typing: () => server.order({ do: 'typing', name: 'Ana Duarte', kind: 'operator', typing: true }),
      reset: () => server.order({ do: 'reset' }),
    };
    for (const happens of Object.values(happenings)) await happens();
    await until(() => said(chat).includes('One moment') && texts(chat, '.chat-head p')[0] === 'A person takes over');
    expect([field(chat).value, field(chat).selectionStart, field(chat).selectionEnd]).to.deep.equal(['Half a thought', 4, 6]);
    chat.remove();
    const again = putChat(server.base);
    await openChat(again);
    expect(field(again).value).to.equal('Half a thought');
  });

  it('tells the other side now and then that somebody writes, and nothing before there is a conversation', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    type(chat, 'H');
    write(chat, 'Hi');
    await until(async () => (await server.report()).written.length === 1);
    await until(() => panelOf(chat)?.store?.get().conversation);
    for (const text of ['I', 'Is', 'Is ', 'Is it']) type(chat, text);
    await until(async () => (await server.report()).requests.filter((one) => one.endsWith('/typing')).length === 1);
    type(chat, '');
    await until(async () => (await server.report()).requests.filter((one) => one.endsWith('/typing')).length === 2);
  });

  it('carries files with the next message, and says why one cannot be sent', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    const drop = new DataTransfer();
    drop.items.add(new File(['x'.repeat(400)], 'seal.pdf', { type: 'application/pdf' }));
    drop.items.add(new File(['x'.repeat(4_000)], 'huge.pdf', { type: 'application/pdf' }));
    the(chat, '.chat').dispatchEvent(new DragEvent('drop', { dataTransfer: drop, bubbles: true, cancelable: true }));
    await until(() => texts(chat, '.chat-files li').join() === 'seal.pdf400 byte,huge.pdfThis file is too large');
    the(chat, '[aria-label="Remove huge.pdf"]').click();
    await until(() => inside(chat, '.chat-files li').length === 1);
    write(chat, 'The seal');
    await until(() => said(chat)[0] === 'The sealseal.pdf400 byte');
    expect(the(chat, '.doc').getAttribute('href')).to.match(/^http:\/\/127\.0\.0\.1:\d+\/.*files/);
    expect(inside(chat, '.chat-files')).to.have.length(0);
  });

  it('sends ten files with a message and keeps the others for the next, and does not begin with one that is too large', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    const drop = new DataTransfer();
    for (let at = 1; at <= 11; at += 1) drop.items.add(new File(['x'], `${at}.txt`, { type: 'text/plain' }));
    drop.items.add(new File([new Uint8Array(10_000_001)], 'vast.mov'));
    the(chat, '.chat').dispatchEvent(new DragEvent('drop', { dataTransfer: drop, bubbles: true, cancelable: true }));
    await until(() => inside(chat, '.chat-files progress').length === 0 && inside(chat, '.chat-files li').length === 12);
    expect((await server.report()).requests.filter((one) => one.endsWith('/files'))).to.have.length(11);
    write(chat, 'All of them');
    await until(() => inside(chat, '.doc').length === 10);
    expect(texts(chat, '.chat-files li')).to.deep.equal(['11.txt1 byte', 'vast.movThis file is too large']);
  });

  it('puts an emoji where the caret is', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    type(chat, 'Good work');
    field(chat).setSelectionRange(4, 4);
    the(chat, '[aria-label="Insert emoji"]').click();
    await until(() => inside(chat, '.emojis button').length > 10);
    const [first] = inside(chat, '.emojis button');
    first!.click();
    expect(field(chat).value).to.equal(`Good${first!.textContent} work`);
    await until(() => inside(chat, '.emojis').length === 0);
  });

  it('knows an identified visitor again, and no other customer of the same browser', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base, { identityToken: identityOf('marta') });
    await openChat(chat);
    write(chat, 'I am Marta');
    await until(async () => (await server.report()).written.length === 1);
    chat.identityToken = identityOf('jonas');
    await until(() => panelOf(chat)?.store?.get().phase === 'ready' && said(chat).length === 0 && inside(chat, '.hello').length === 1);
    chat.identityToken = identityOf('marta');
    await until(() => said(chat)[0] === 'I am Marta');
    type(chat, 'Half a thought');
    await chat.end();
    expect([keptOfChats(localStorage), { ...sessionStorage }]).to.deep.equal([{}, {}]);
    expect(chat.opened).to.equal(false);
    await until(async () => (await server.report()).requests.includes('DELETE /v1/chat/sessions'));
  });

  it('asks the page for a new identity token when the last one is over', async () => {
    const server = await openChatServer();
    const given = [identityOf('marta', -60), identityOf('marta')];
    const chat = putChat(server.base, { getIdentityToken: async () => given.shift() });
    await openChat(chat);
    expect(given).to.deep.equal([]);
    expect((await server.report()).requests.filter((one) => one === 'POST /v1/chat/sessions')).to.have.length(2);
  });

  it('says that it is not available where the workspace is unknown', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base, { workspace: 'nobody' });
    await chat.open();
    await until(() => texts(chat, '.notice')[0]?.startsWith('This chat is not available'));
  });
});
