import { expect } from 'chai';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { createClient } from '../../widgets/store/client.ts';
import { keyOf } from '../../widgets/store/filter.ts';
import { conversationOf, threadOf, unreadOf, unsentOf, workingOf } from '../../widgets/store/select.ts';
import { createStore, type Store } from '../../widgets/store/store.ts';
import { Tokens } from '../../widgets/store/token.ts';
import { at, conversation, id, message, nova, taken } from '../support/thread-world.ts';
import { openInbox, tokenOf, until, type Inbox } from '../support/wtr-api-client.ts';
import type { Seed } from '../support/wtr-api-world.ts';

const person = (name: string) => ({ ...conversation().contact, id: id(), name });
const chat = (name: string, minutes: number, change: Partial<SharedConversation> = {}): SharedConversation =>
  taken({ id: id(), contact: person(name), lastActivityAt: at(minutes), ...change });

describe('the store', () => {
  const inboxes: Inbox[] = [];
  const stores: Store[] = [];

  async function open(seed: Seed): Promise<{ inbox: Inbox; store: Store }> {
    const inbox = await openInbox(seed);
    inboxes.push(inbox);
    return { inbox, store: begin(inbox) };
  }

  function begin(inbox: Inbox, getToken: () => string | Promise<string> = () => inbox.token): Store {
    const client = createClient({ base: inbox.base, tokens: new Tokens(getToken) });
    const store = createStore({ client, identity: { base: inbox.base, workspace: 'test', operator: 'ana' } });
    stores.push(store);
    return store;
  }

  const names = (store: Store, filter = {}): string[] =>
    (store.get().pools[keyOf(filter)]?.ids ?? []).map((one) => conversationOf(store.get(), one)?.contact.name ?? '?');
  const loaded = (store: Store, filter = {}) => until(() => store.get().pools[keyOf(filter)]?.loaded);
  const live = (store: Store) => until(() => store.get().connection === 'live');

  afterEach(async () => {
    for (const store of stores.splice(0)) store.stop();
    for (const inbox of inboxes.splice(0)) await inbox.close();
  });

  it('shows conversations by their activity and brings the one with news to the top', async () => {
    const old = chat('Old', 1);
    const { inbox, store } = await open({ conversations: [old, chat('New', 5)] });
    store.pools.watchPool({});
    await loaded(store);
    expect(names(store)).to.deep.equal(['New', 'Old']);
    await live(store);
    await inbox.order({ do: 'inbound', id: old.id, text: 'Hello' });
    await until(() => names(store)[0] === 'Old');
    expect(unreadOf(store.get(), old.id)).to.equal(1);
  });

  it('shows what settings changed in conversations, whose own events do not tell of it, and moves nothing for it', async () => {
    const [one, two] = [chat('One', 1, { agent: { id: nova.id, name: 'Nova', avatarUrl: null } }), chat('Two', 5)];
    const { inbox, store } = await open({ conversations: [one, two] });
    store.pools.watchPool({});
    store.threads.openConversation(one.id);
    await loaded(store);
    await live(store);
    await until(() => threadOf(store.get(), one.id).loaded);
    store.setUnsent(one.id, { reply: 'Half a sen' });
    const thread = threadOf(store.get(), one.id);
    await inbox.order({ do: 'set', id: one.id, change: { agent: { id: nova.id, name: 'Nova of Care', avatarUrl: null } } });
    await inbox.order({ do: 'set', id: two.id, change: { tags: [{ name: 'Renamed', color: 2 }] } });
    for (const kind of ['agent', 'tag', 'guidanceCard']) await inbox.order({ do: 'emit', name: 'settings', data: { kind, id: nova.id } });
    await until(() => conversationOf(store.get(), one.id)?.agent?.name === 'Nova of Care' && conversationOf(store.get(), two.id)?.tags[0]?.name === 'Renamed');
    expect(names(store)).to.deep.equal(['Two', 'One']);
    expect(unsentOf(store.get(), one.id).reply).to.equal('Half a sen');
    expect(threadOf(store.get(), one.id).items).to.equal(thread.items);
    expect((await inbox.requests()).filter((called) => called.startsWith('GET /v1/conversations?'))).to.have.length(2);
  });

  it('takes a conversation out of a filter that it no longer meets, and into the one that it meets now', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    store.pools.watchPool({ handedOff: true });
    await loaded(store, { handedOff: true });
    await live(store);
    await inbox.order({ do: 'change', id: one.id, change: { handoff: { route: null, trigger: 'manual', reason: null, by: null, at: at(2) } } });
    await until(() => names(store, { handedOff: true }).length === 1);
    await inbox.order({ do: 'change', id: one.id, change: { handoff: null, status: 'closed' } });
    await until(() => names(store, { handedOff: true }).length === 0 && names(store).length === 0);
  });

  it('reads a conversation that it has never seen before it says how much of it is unread', async () => {
    const { inbox, store } = await open({ conversations: [chat('Known', 1)] });
    store.pools.watchPool({});
    await loaded(store);
    await live(store);
    const begin = chat('Stranger', 2);
    await inbox.order({ do: 'inbound', id: begin.id, text: 'Anybody there?', begin });
    await until(() => names(store)[0] === 'Stranger');
    expect(unreadOf(store.get(), begin.id)).to.equal(1);
  });

  it('counts unread exactly when another tab reads meanwhile', async () => {
    const one = { ...chat('One', 1, { inboundCount: 5, lastInboundSeq: 5 }), unread: 3 };
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    await loaded(store);
    await live(store);
    expect(unreadOf(store.get(), one.id)).to.equal(3);
    await inbox.order({ do: 'read', id: one.id, count: 5 });
    await until(() => unreadOf(store.get(), one.id) === 0);
    await inbox.order({ do: 'inbound', id: one.id, text: 'One more' });
    await until(() => unreadOf(store.get(), one.id) === 1);
    await store.conversations.markUnread(one.id, 2);
    await store.conversations.markRead(one.id);
    await until(() => unreadOf(store.get(), one.id) === 0);
  });

  it('shows a change at once and takes it back, with a reason, when it is refused', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    await loaded(store);
    await inbox.order({ do: 'fault', fault: { on: 'PATCH', status: 422, code: 'agent_inactive', hold: true } });
    const answer = store.conversations.patch(one.id, { priority: 'urgent' });
    expect(conversationOf(store.get(), one.id)?.priority).to.equal('urgent');
    await until(async () => (await inbox.requests()).some((request) => request.startsWith('PATCH')));
    await inbox.order({ do: 'release' });
    expect((await answer).ok).to.equal(false);
    expect(conversationOf(store.get(), one.id)?.priority).to.equal('normal');
    expect(store.get().outcomes.map(({ action, problem }) => [action, problem?.code])).to.deep.equal([['patch', 'agent_inactive']]);
  });

  it('shows what was done to a conversation over what comes of it meanwhile, and takes back only that', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    await loaded(store);
    await live(store);
    await inbox.order({ do: 'fault', fault: { on: 'PATCH', status: 422, code: 'agent_inactive', hold: true } });
    const answer = store.conversations.patch(one.id, { priority: 'urgent' });
    await until(async () => (await inbox.requests()).some((request) => request.startsWith('PATCH')));
    await inbox.order({ do: 'inbound', id: one.id, text: 'Hello' });
    await until(() => conversationOf(store.get(), one.id)?.lastMessage?.snippet === 'Hello');
    expect(conversationOf(store.get(), one.id)?.priority).to.equal('urgent');
    await inbox.order({ do: 'release' });
    await answer;
    expect(conversationOf(store.get(), one.id)).to.include({ priority: 'normal', inboundCount: one.inboundCount + 1 });
  });

  it('opens a thread with what came while it was being read', async () => {
    const one = chat('One', 1);
    const items = [1, 2].map((seq) => message({ seq, conversationId: one.id }));
    const { inbox, store } = await open({ conversations: [{ ...one, inboundCount: 2, lastInboundSeq: 2 }], messages: items });
    await live(store);
    store.threads.openConversation(one.id);
    await until(() => threadOf(store.get(), one.id).loaded);
    await inbox.order({ do: 'inbound', id: one.id, text: 'Three' });
    await until(() => threadOf(store.get(), one.id).items.length === 3);
    expect(threadOf(store.get(), one.id).items.map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
  });

  it('reads a thread again when something in it is missing', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one], messages: [message({ seq: 1, conversationId: one.id })] });
    await live(store);
    store.threads.openConversation(one.id);
    await until(() => threadOf(store.get(), one.id).loaded);
    const far = message({ seq: 3, conversationId: one.id });
    const asked = (await inbox.requests()).filter((request) => request.includes('/messages')).length;
    await inbox.order({ do: 'emit', name: 'message', data: far });
    await until(async () => (await inbox.requests()).filter((request) => request.includes('/messages')).length > asked);
  });

  it('sends what was written without a connection when it is back, in order, each once', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    await live(store);
    store.threads.openConversation(one.id);
    await until(() => threadOf(store.get(), one.id).loaded);
    await inbox.order({ do: 'fault', fault: { on: 'POST /v1/conversations', status: 503, code: 'unavailable' } });
    const first = store.send(one.id, { text: 'First' });
    const second = store.send(one.id, { text: 'Second' });
    expect(threadOf(store.get(), one.id).pending.map(({ body }) => body.text)).to.deep.equal(['First', 'Second']);
    expect((await first).ok && (await second).ok).to.equal(true);
    await until(() => threadOf(store.get(), one.id).items.length === 2);
    expect(threadOf(store.get(), one.id).items.map(({ text }) => text)).to.deep.equal(['First', 'Second']);
    expect(threadOf(store.get(), one.id).pending).to.deep.equal([]);
  });

  it('gives the text back to the composer when the API refuses it', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one], messages: [message({ seq: 1, conversationId: one.id })] });
    await live(store);
    store.threads.openConversation(one.id);
    await until(() => threadOf(store.get(), one.id).loaded);
    store.setUnsent(one.id, { reply: 'On my way', seenInboundSeq: 1 });
    await inbox.order({ do: 'inbound', id: one.id, text: 'Never mind' });
    const answer = await store.send(one.id, { text: 'On my way' });
    expect(answer.ok).to.equal(false);
    expect(unsentOf(store.get(), one.id)).to.include({ reply: 'On my way' });
    expect(unsentOf(store.get(), one.id).refusal?.code).to.equal('newer_message');
    expect(threadOf(store.get(), one.id).pending).to.deep.equal([]);
  });

  it('keeps what was typed through a reload of the page', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.threads.openConversation(one.id);
    store.setUnsent(one.id, { note: 'Ask Rui', mode: 'note' });
    store.stop();
    const again = begin(inbox);
    again.threads.openConversation(one.id);
    expect(unsentOf(again.get(), one.id)).to.include({ note: 'Ask Rui', mode: 'note' });
  });

  it('holds one stream for all stores of an operator, and goes on when the holder leaves', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    await live(store);
    const other = begin(inbox);
    other.pools.watchPool({});
    await live(other);
    await loaded(other);
    const streams = async () => (await inbox.requests()).filter((request) => request.includes('/v1/events')).length;
    expect(await streams()).to.equal(1);
    await inbox.order({ do: 'inbound', id: one.id, text: 'To both' });
    await until(() => unreadOf(store.get(), one.id) === 1 && unreadOf(other.get(), one.id) === 1);
    store.stop();
    await until(async () => (await streams()) === 2);
    await inbox.order({ do: 'inbound', id: one.id, text: 'To the one left' });
    await until(() => unreadOf(other.get(), one.id) === 2);
  });

  it('misses nothing when the stream breaks', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    store.pools.watchPool({});
    await live(store);
    await loaded(store);
    await inbox.order({ do: 'inbound', id: one.id, text: 'Before' });
    await until(() => unreadOf(store.get(), one.id) === 1);
    await inbox.order({ do: 'drop' });
    await inbox.order({ do: 'inbound', id: one.id, text: 'Meanwhile' });
    await until(() => unreadOf(store.get(), one.id) === 2);
  });

  it('asks the host for another token when one is over, once for many calls', async () => {
    const inbox = await openInbox({ conversations: [chat('One', 1)] });
    inboxes.push(inbox);
    let asked = 0;
    const store = begin(inbox, () => tokenOf('ana', 60 + (asked += 1)));
    await live(store);
    expect(asked).to.equal(1);
    await inbox.order({ do: 'fault', fault: { on: 'GET /v1/conversations', status: 401, code: 'token_expired', times: 2 } });
    store.pools.watchPool({});
    store.pools.watchCounts({});
    await loaded(store);
    await until(() => store.get().counts['']);
    expect(asked).to.equal(2);
  });

  it('says plainly when the operator is turned away', async () => {
    const inbox = await openInbox();
    inboxes.push(inbox);
    await inbox.order({ do: 'fault', fault: { on: '/v1/', status: 401, code: 'unauthorized', times: 2 } });
    const store = begin(inbox);
    await until(() => store.get().connection === 'unauthorized');
    store.reconnect();
    await live(store);
    await until(() => store.get().me?.name === 'Ana Duarte');
  });

  it('forgets an agent at work that has not been heard of', async () => {
    const one = chat('One', 1);
    const { inbox, store } = await open({ conversations: [one] });
    await live(store);
    await inbox.order({
      do: 'emit',
      name: 'working',
      passing: true,
      data: { conversationId: one.id, working: { agentId: id(), stage: 'composing', since: at(0) } },
    });
    await until(() => workingOf(store.get(), one.id)?.stage === 'composing');
    await inbox.order({ do: 'emit', name: 'working', passing: true, data: { conversationId: one.id, working: null } });
    await until(() => workingOf(store.get(), one.id) === undefined);
  });

  it('drops the answer of a search that was overtaken by another', async () => {
    const { inbox, store } = await open({ conversations: [chat('Anna', 1), chat('Berta', 2)] });
    await live(store);
    await inbox.order({ do: 'fault', fault: { on: 'q=ann', hold: true } });
    const stop = store.pools.watchPool({ q: 'ann' });
    stop();
    store.pools.watchPool({ q: 'ber' });
    await loaded(store, { q: 'ber' });
    await inbox.order({ do: 'release' });
    expect(names(store, { q: 'ber' })).to.deep.equal(['Berta']);
  });
});
