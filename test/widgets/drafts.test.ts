import { expect } from 'chai';
import '../../widgets/elements/conv-drafts.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import { findings, focused, inside, lists, press, sol, the, type, until } from '../support/thread-page.ts';
import { at, ben, draft, id, marta, message, reply, restartSeq, taken } from '../support/thread-world.ts';
import { openInbox, type Inbox } from '../support/wtr-api-client.ts';

let inbox: Inbox;
let element: HTMLElementTagNameMap['conv-drafts'];
let drafts: Draft[] = [];
const names = ['Marta Oliveira', 'Jonas Weber', 'Priya Raman', 'Noor Haddad'];
const byBen = { settledBy: { kind: 'operator' as const, id: ben.id, name: ben.name }, settledAt: new Date().toISOString() };

/** An inbox of as many conversations, each with a draft of Sol's, the first the oldest; and its queue on the page. */
async function open(n = 3, change: (at: number) => Partial<Draft> = () => ({})): Promise<void> {
  const conversations: SharedConversation[] = [];
  const messages = [];
  drafts = [];
  for (let nth = 0; nth < n; nth += 1) {
    restartSeq();
    const one = id();
    const contact = { ...marta, id: id(), name: names[nth] ?? `Customer ${nth}` };
    const waits = draft({ conversationId: one, agentId: sol.id, agentName: 'Sol', text: `Answer number ${nth + 1}.`, createdAt: at(nth), ...change(nth) });
    drafts.push(waits);
    conversations.push(
      taken({
        id: one,
        contact,
        draft: waits,
        lastInboundSeq: 12,
        agent: { id: sol.id, name: 'Sol', avatarUrl: null },
        controller: { kind: 'agent', id: sol.id },
        assignee: null,
        replyMode: 'auto_draft',
      }),
    );
    for (let said = 1; said < 12; said += 2)
      messages.push(message({ conversationId: one, text: `Question ${said} of ${contact.name}` }), reply(`Reply ${said}`, { conversationId: one }));
    messages.push(message({ conversationId: one, text: `And the price, asks ${contact.name}?` }));
  }
  inbox = await openInbox({ conversations, messages, lists });
  await put();
}

async function put(): Promise<void> {
  element = document.createElement('conv-drafts');
  Object.assign(element, { base: inbox.base, token: inbox.token });
  element.style.setProperty('block-size', '640px');
  document.body.style.setProperty('margin', '0');
  document.body.append(element);
  await until(() => element.connection === 'live');
}

const rows = (): string[] => inside(element, '.queue-rows .row-name').map((name) => name.textContent.trim());
const picks = (): HTMLInputElement[] => inside(element, '.queue-rows .box') as HTMLInputElement[];
const shown = (): string => (inside(element, '.queue-pane h2')[0]?.innerText ?? '').trim();
const answer = (): string => inside(element, '.queue-draft draft-review .draft')[0]?.innerText ?? '';
const posted = async (what: string): Promise<number> =>
  (await inbox.requests()).filter((request) => request.startsWith('POST') && request.includes(what)).length;
const seen = (nth: number): Promise<unknown> => until(() => !picks()[nth]?.disabled);

/** Goes through all drafts, as one reads them. */
async function readAll(): Promise<void> {
  for (let nth = 0; nth < drafts.length; nth += 1) {
    await until(() => shown() === names[nth]);
    await seen(nth);
    if (nth < drafts.length - 1) press('j', {}, element);
  }
}

describe('the approval queue', () => {
  afterEach(async () => {
    element?.remove();
    await inbox?.close();
  });

  it('shows all drafts that wait, the oldest first, and the oldest beside its last messages', async () => {
    await open();
    await until(() => rows().length === 3);
    expect(rows()).to.deep.equal(names.slice(0, 3));
    await until(() => inside(element, '.queue-log .msg').length > 0 && answer().includes('Answer number 1.'));
    const texts = inside(element, '.queue-log .msg').map(({ innerText }) => innerText);
    expect(texts).to.have.length(8);
    expect(texts.at(-1)).to.include('And the price, asks Marta Oliveira?');
    expect(the(element, '.queue-head .count').innerText).to.equal('3 waiting');
    expect(the(element, '.thread-tools .count').innerText).to.equal('1 of 3');
  });

  it('is worked through by single keys: next, approve, edit, reject', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    press('j', {}, element);
    await until(() => shown() === 'Jonas Weber' && answer().includes('Answer number 2.'));
    press('k', {}, element);
    await until(() => shown() === 'Marta Oliveira' && answer().includes('Answer number 1.'));
    press('a', {}, element);
    await until(() => shown() === 'Jonas Weber' && answer().includes('Answer number 2.'));
    expect(await posted(`/drafts/${drafts[0]!.id}/approve`)).to.equal(1);
    press('e', {}, element);
    await until(() => focused()?.matches('textarea') ?? false);
    type(focused() as HTMLElement, ' With a greeting.');
    press('Enter', /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true });
    await until(() => shown() === 'Priya Raman' && answer().includes('Answer number 3.'));
    press('r', {}, element);
    await until(() => focused()?.matches('.draft-why') ?? false);
    the(element, 'draft-review button', 'Reject').click();
    await until(() => the(element, '.empty h3', 'No draft waits for you'));
    expect([await posted('/approve'), await posted('/reject')]).to.deep.equal([2, 1]);
  });

  it('takes its keys also where nothing on the page has the focus', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    press('j', {}, document.body);
    await until(() => shown() === 'Jonas Weber');
  });

  it('types letters into a field, not into the queue', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    press('e', {}, element);
    await until(() => focused()?.matches('textarea') ?? false);
    for (const key of ['a', 'j', 'r', 'x']) press(key);
    expect(shown()).to.equal('Marta Oliveira');
    expect(await posted('/approve')).to.equal(0);
  });

  it('brings a rejected draft back by undo, to its place', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    press('r', {}, element);
    await until(() => focused()?.matches('.draft-why') ?? false);
    the(element, 'draft-review button', 'Reject').click();
    await until(() => shown() === 'Jonas Weber' && rows().length === 2);
    await until(() => the(element, '.toast .btn', 'Undo'));
    press('z', {}, element);
    await until(() => rows().length === 3);
    expect(rows()).to.deep.equal(names.slice(0, 3));
  });

  it('sends several together only when each was read', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    await seen(0);
    expect(picks().map(({ disabled }) => disabled)).to.deep.equal([false, true, true]);
    press('j', {}, element);
    await seen(1);
    the(element, '.bulk .box').click();
    await until(() => picks().filter(({ checked }) => checked).length === 2);
    the(element, '.bulk .btn', 'Approve & send 2').click();
    (await until(() => the(element, 'dialog [type=submit]', 'Send them'))).click();
    await until(() => rows().length === 1 && shown() === 'Priya Raman');
    expect(await posted('/approve')).to.equal(2);
    expect(await posted(`/drafts/${drafts[2]!.id}/approve`)).to.equal(0);
  });

  it('leaves what also does something to be sent on its own, and says so', async () => {
    const planned = { key: 'k1', skill: 'refund', args: { sum: 5 }, risk: 'high' as const, state: 'proposed' as const, summary: null };
    await open(3, (nth) => (nth === 1 ? { actions: [planned] } : {}));
    await until(() => answer().includes('Answer number 1.'));
    await seen(0);
    press('j', {}, element);
    await until(() => shown() === 'Jonas Weber' && answer().includes('Answer number 2.'));
    press('j', {}, element);
    await seen(2);
    press('k', {}, element);
    await until(() => shown() === 'Jonas Weber');
    expect(picks().map(({ disabled }) => disabled)).to.deep.equal([false, true, false]);
    expect(picks()[1]!.getAttribute('aria-label')).to.contain('send it on its own');
    press('x', {}, element);
    await until(() => the(element, '.toast', 'send it on its own'));
    the(element, '.bulk .box').click();
    (await until(() => the(element, '.bulk .btn', 'Approve & send 2'))).click();
    (await until(() => the(element, 'dialog [type=submit]', 'Send them'))).click();
    await until(() => rows().join() === 'Jonas Weber');
    expect(await posted(`/drafts/${drafts[1]!.id}/approve`)).to.equal(0);
    // What came with others all the same is refused, and the row says why.
    expect((await element.store!.drafts.approve(drafts[1]!.id, { together: true })).ok).to.equal(false);
  });

  it('says of each that could not be sent together why, and keeps it', async () => {
    await open();
    await readAll();
    the(element, '.bulk .box').click();
    await inbox.order({ do: 'fault', fault: { on: `/v1/drafts/${drafts[1]!.id}/approve`, status: 500 } });
    (await until(() => the(element, '.bulk .btn', 'Approve & send 3'))).click();
    (await until(() => the(element, 'dialog [type=submit]', 'Send them'))).click();
    await until(() => the(element, '.row .sig.madder', 'Not sent'));
    await until(() => rows().length <= 2 && rows().includes('Jonas Weber'));
  });

  it('counts a draft that changed as not read any more', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    await seen(0);
    press('j', {}, element);
    await seen(1);
    await inbox.order({ do: 'draft', id: drafts[0]!.id, change: { text: 'Quite another answer.' } });
    await until(() => picks()[0]?.disabled);
  });

  it('follows live: what comes stands at the end, what others settle goes, and never under a pointer', async () => {
    await open();
    await until(() => rows().length === 3);
    the(element, '.queue-list').dispatchEvent(new PointerEvent('pointerenter'));
    await inbox.order({ do: 'draft', id: drafts[1]!.id, change: { status: 'approved', ...byBen } });
    await until(() => the(element, '.row.is-gone', 'Sent'));
    expect(rows()).to.deep.equal(names.slice(0, 3));
    the(element, '.queue-list').dispatchEvent(new PointerEvent('pointerleave'));
    await until(() => rows().length === 2);
    expect(rows()).to.deep.equal(['Marta Oliveira', 'Priya Raman']);
  });

  it('tells who was faster with the one that is looked at, and stays with it', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    press('e', {}, element);
    await until(() => focused()?.matches('textarea') ?? false);
    type(focused() as HTMLElement, ' Mine.');
    await inbox.order({ do: 'draft', id: drafts[0]!.id, change: { status: 'approved', ...byBen } });
    await until(() => answer().includes('Ben Okafor sent this draft'));
    expect([shown(), answer().includes('Mine.')]).to.deep.equal(['Marta Oliveira', true]);
  });

  it('reads on while one goes down a long queue', async () => {
    await open(60);
    await until(() => rows().length === 50);
    expect(the(element, '.queue-head .count').innerText).to.equal('50 or more waiting');
    const list = the(element, '.queue-list');
    list.scrollTop = list.scrollHeight;
    await until(() => rows().length === 60);
    expect(the(element, '.queue-head .count').innerText).to.equal('60 waiting');
  });

  it('says that nothing waits, and shows the first that comes', async () => {
    await open(0);
    await until(() => the(element, '.empty h3', 'No draft waits for you'));
    expect(await findings(element)).to.deep.equal([]);
  });

  it('says what failed, and tries again', async () => {
    inbox = await openInbox({ lists });
    await inbox.order({ do: 'fault', fault: { on: '/v1/drafts', status: 500 } });
    await put();
    await until(() => the(element, '.empty h3', 'The drafts could not be read'));
    the(element, '.empty button', 'Try again').click();
    await until(() => the(element, '.empty h3', 'No draft waits for you'));
  });

  it('asks for the conversation to be opened', async () => {
    await open();
    await until(() => answer().includes('Answer number 1.'));
    const asked = new Promise<string>((resolve) =>
      element.addEventListener('conv-open', (event) => resolve((event as CustomEvent<{ conversationId: string }>).detail.conversationId), { once: true }),
    );
    press('o', {}, element);
    expect(await asked).to.equal(drafts[0]!.conversationId);
  });

  it('is one column where there is room for one, with a way between list and draft', async () => {
    await open();
    element.style.setProperty('inline-size', '390px');
    await until(() => inside(element, '.desk.is-narrow').length > 0 && inside(element, '.queue').length === 0);
    the(element, '.thread-head button', 'All drafts').click();
    await until(() => rows().length === 3 && inside(element, '.queue-pane').length === 0);
    the(element, '.row-link', 'Priya').click();
    await until(() => shown() === 'Priya Raman');
    expect(await findings(element)).to.deep.equal([]);
  });

  it('passes axe in light and dark, with drafts chosen', async function () {
    this.timeout(60_000);
    await open(3, () => ({ risk: { level: 'high', reasons: ['money'] } }));
    await readAll();
    the(element, '.bulk .box').click();
    for (const theme of ['light', 'dark'] as const) {
      element.theme = theme;
      expect(await findings(element)).to.deep.equal([]);
    }
  });
});
