import { expect } from 'chai';
import type { ConvChat } from '../../widgets/chat.ts';
import { type ChatServer, clearPage, keptOfChats, openChat, openChatServer, own, said, until, write } from '../support/wtr-chat-client.ts';

/** A tab of the same site: a page of its own with the chat in it. */
async function tab(server: ChatServer): Promise<{ chat: ConvChat; close(): void }> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><html lang="en"><body><script type="module" src="/widgets/chat.ts"></script></body></html>';
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const chat = frame.contentDocument!.createElement('conv-chat');
  Object.assign(chat, { base: server.base, workspace: 'morrow' });
  frame.contentDocument!.body.append(chat);
  return { chat, close: () => frame.remove() };
}

describe('the chat in several tabs', () => {
  const frames: (() => void)[] = [];
  const open = async (server: ChatServer): Promise<{ chat: ConvChat; close(): void }> => {
    const one = await tab(server);
    frames.push(one.close);
    await openChat(one.chat);
    return one;
  };

  afterEach(() => {
    for (const close of frames.splice(0)) close();
    clearPage();
  });

  it('holds one stream for all of them, which show the same, and one session', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const tabs = [await open(server), await open(server), await open(server)];
    await until(async () => (await server.report()).streams === 1);
    await server.say('Hello to all');
    for (const { chat } of tabs) await until(() => said(chat).join() === 'Hi,Hello to all');
    write(tabs[2]!.chat, 'From the third');
    for (const { chat } of tabs) await until(() => own(chat).at(-1) === 'From the third (Delivered)');
    const { mostStreams, requests, keys } = await server.report();
    expect(mostStreams).to.equal(1);
    expect(keys).to.have.length(1);
    expect(requests.filter((one) => one === 'POST /v1/chat/sessions')).to.have.length(1);
  });

  it('goes on in another tab from the same place when the one that held the stream is closed', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const first = await open(server);
    await until(async () => (await server.report()).streams === 1);
    const second = await open(server);
    await server.say('One');
    await until(() => said(second.chat).join() === 'Hi,One');
    const heard: string[] = [];
    second.chat.addEventListener('conv-message', ({ detail }) => heard.push(detail.message.text));
    first.close();
    await server.say('Two');
    await until(() => said(second.chat).join() === 'Hi,One,Two');
    await server.say('Three');
    await until(() => said(second.chat).join() === 'Hi,One,Two,Three');
    expect(heard).to.deep.equal(['Two', 'Three']);
    expect((await server.report()).requests.filter((one) => one.startsWith('GET /v1/chat/events?lastEventId='))).to.have.length(1);
  });

  it('shows what waits in every tab, sends it once, and signs out of all of them', async () => {
    const server = await openChatServer({ history: [{ text: 'Hi' }] });
    const tabs = [await open(server), await open(server)] as const;
    await until(async () => (await server.report()).streams === 1);
    await server.order({ do: 'fault', fault: { on: 'POST /v1/chat/messages', status: 503, code: 'unavailable', times: 2 } });
    write(tabs[0].chat, 'Waits');
    for (const { chat } of tabs) await until(() => own(chat)[1]?.startsWith('Waits'));
    for (const { chat } of tabs) await until(() => own(chat).join() === 'Hi (),Waits (Delivered)');
    expect((await server.report()).written).to.deep.equal(['Hi', 'Waits']);
    await tabs[0].chat.end();
    await until(() => !tabs[1].chat.opened);
    await until(async () => (await server.report()).streams === 0);
    expect(keptOfChats(localStorage)).to.deep.equal({});
  });
});
