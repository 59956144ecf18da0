import { expect } from 'chai';
import '../../widgets/chat.ts';
import {
  clearPage,
  field,
  identityOf,
  inside,
  openChat,
  openChatServer,
  own,
  panelOf,
  putChat,
  said,
  texts,
  until,
  write,
  type ChatServer,
} from '../support/wtr-chat-client.ts';

/** The network of the page goes and comes back, as the browser tells it. */
async function offline(server: ChatServer): Promise<void> {
  await server.order({ do: 'offline' });
}
async function online(server: ChatServer): Promise<void> {
  await server.order({ do: 'online' });
  window.dispatchEvent(new Event('online'));
}

describe('the chat on a bad line', () => {
  afterEach(clearPage);

  it('keeps what is written offline in sight, and sends it once and in order when the line is back', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await until(async () => (await server.report()).streams === 1);
    await offline(server);
    await until(() => texts(chat, '.chat-head p')[0] === 'Not connected');
    expect(texts(chat, '.notice')[0]).to.match(/We send it when/);
    for (const text of ['One', 'Two', 'Three']) write(chat, text);
    await until(() => own(chat).slice(1).join() === 'One (Waits for the connection),Two (Waits for the connection),Three (Waits for the connection)');
    expect(inside(chat, '.say.waiting')).to.have.length(3);
    await online(server);
    await until(() => own(chat).join() === 'Hi (),One (),Two (),Three (Delivered)');
    const { written, keys } = await server.report();
    expect(written).to.deep.equal(['Hi', 'One', 'Two', 'Three']);
    expect(new Set(keys).size).to.equal(3);
    await until(() => inside(chat, '.notice').length === 0);
  });

  it('sends a message once when only its answer was lost', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await server.order({ do: 'fault', fault: { on: 'POST /v1/chat/messages', code: 'answer_lost' } });
    write(chat, 'Only once');
    await until(async () => (await server.report()).keys.length === 2);
    await until(() => own(chat).join() === 'Hi (),Only once (Delivered)');
    const { keys, written } = await server.report();
    expect(new Set(keys).size).to.equal(1);
    expect(written).to.deep.equal(['Hi', 'Only once']);
  });

  it('shows a message once that comes over the stream before its sending is answered', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await until(async () => (await server.report()).streams === 1);
    const seen = new Set<string>();
    const watch = new MutationObserver(() => seen.add(said(chat).join()));
    watch.observe(panelOf(chat)!.shadowRoot!, { subtree: true, childList: true, characterData: true });
    write(chat, 'Twice?');
    await until(() => own(chat)[1] === 'Twice? (Delivered)');
    watch.disconnect();
    expect([...seen].filter((state) => state.split('Twice?').length > 2)).to.deep.equal([]);
  });

  it('sends what an earlier page could not, also when it was closed', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await offline(server);
    write(chat, 'From the train');
    await until(() => own(chat)[1] === 'From the train (Waits for the connection)');
    chat.remove();
    await server.order({ do: 'online' });
    const again = putChat(server.base);
    await until(async () => (await server.report()).written.includes('From the train'));
    expect(again.opened).to.equal(false);
  });

  it('shows a message that was refused with two ways on, and goes on with the next', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await server.order({ do: 'fault', fault: { on: 'POST /v1/chat/messages', status: 422, code: 'invalid', times: 2 } });
    write(chat, 'Refused');
    write(chat, 'Refused too');
    write(chat, 'Taken');
    await until(async () => (await server.report()).written.join() === 'Hi,Taken');
    await until(() => inside(chat, '.say.failed').length === 2);
    const [retry] = inside(chat, '.say.failed .linkish');
    retry!.click();
    await until(async () => (await server.report()).written.join() === 'Hi,Taken,Refused');
    inside(chat, '.say.failed .linkish')[1]!.click();
    await until(() => inside(chat, '.say.failed').length === 0);
    expect(said(chat)).to.deep.equal(['Hi', 'Taken', 'Refused']);
  });

  it('waits when it is asked to slow down', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await server.order({ do: 'fault', fault: { on: 'POST /v1/chat/messages', status: 429, code: 'rate_limited' } });
    write(chat, 'Patient');
    await until(() => own(chat)[1] === 'Patient (Delivered)');
    expect((await server.report()).keys).to.have.length(1);
  });

  it('misses nothing and shows nothing twice over many broken streams', async function () {
    this.timeout(40_000);
    const server = await openChatServer({ history: [{ text: '0' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    const heard: string[] = [];
    chat.addEventListener('conv-message', ({ detail }) => heard.push(detail.message.text));
    await until(async () => (await server.report()).streams === 1);
    for (let at = 1; at <= 24; at += 1) {
      await server.say(String(at));
      if (at % 3 === 0) await server.order({ do: 'drop' });
      if (at % 8 === 0) await server.order({ do: 'fault', fault: { on: '/events', status: 503, code: 'unavailable' } });
      window.dispatchEvent(new Event('online'));
    }
    const all = Array.from({ length: 25 }, (_, at) => String(at));
    await until(() => said(chat).join() === all.join(), 20_000);
    expect(heard).to.deep.equal(all.slice(1));
    expect((await server.report()).requests.filter((one) => one.startsWith('GET /v1/chat/messages'))).to.have.length(1);
  });

  it('reads everything again when the server cannot tell what was missed', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const chat = putChat(server.base);
    await openChat(chat);
    await until(async () => (await server.report()).streams === 1);
    await server.order({ do: 'reset' });
    await until(async () => (await server.report()).requests.filter((one) => one.startsWith('GET /v1/chat/messages')).length === 2);
    await server.say('Still here');
    await until(() => said(chat).join() === 'Hi,Still here');
  });

  it('goes on under a new session when the server knows the old one no more, with its history where it is identified', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base, { identityToken: identityOf('marta') });
    await openChat(chat);
    write(chat, 'Before');
    await until(() => own(chat)[0] === 'Before (Delivered)');
    await server.order({ do: 'forget' });
    write(chat, 'After');
    await until(() => own(chat).join() === 'Before (),After (Delivered)');
    expect(inside(chat, '.notice')).to.have.length(0);
    expect((await server.report()).written).to.deep.equal(['Before', 'After']);
  });

  it('begins again with what waits, where nobody knows who the visitor was', async () => {
    const server = await openChatServer();
    const chat = putChat(server.base);
    await openChat(chat);
    write(chat, 'Before');
    await until(() => own(chat)[0] === 'Before (Delivered)');
    await server.order({ do: 'forget' });
    write(chat, 'After');
    await until(() => own(chat).join() === 'After (Delivered)');
    expect((await server.report()).written).to.deep.equal(['After']);
  });

  it('can be written to before it was ever reached', async () => {
    const server = await openChatServer();
    await offline(server);
    const chat = putChat(server.base);
    await chat.open();
    await until(() => field(chat));
    write(chat, 'Hello?');
    await until(() => own(chat)[0] === 'Hello? (Waits for the connection)');
    await until(() => texts(chat, '.notice')[0]?.startsWith('The chat cannot be reached'));
    await online(server);
    await until(() => own(chat)[0] === 'Hello? (Delivered)');
    expect((await server.report()).written).to.deep.equal(['Hello?']);
  });
});
