import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import '../../widgets/elements/draft-review.ts';
import type { Draft } from '../../server/contract/draft.ts';
import { findings, focused, inside, openThread, press, sol, the, type, until, type Opened } from '../support/thread-page.ts';
import { ben, draft, message, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
let one: Draft;
const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };

const review = (): HTMLElement => the(opened!.element, 'draft-review .draft');
const button = (text: string): HTMLElement => the(opened!.element, 'draft-review button', text);
const field = (): HTMLTextAreaElement => the(opened!.element, 'draft-review textarea') as HTMLTextAreaElement;
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);
const posted = async (what: string): Promise<number> =>
  (await opened!.inbox.requests()).filter((request) => request.startsWith('POST') && request.includes(what)).length;
const bySol = { agentId: sol.id, agentName: 'Sol' };
const byBen = { settledBy: { kind: 'operator' as const, id: ben.id, name: ben.name }, settledAt: new Date().toISOString() };

async function open(change: Partial<Draft> = {}): Promise<void> {
  restartSeq();
  one = draft({ ...bySol, ...change });
  const controller = { kind: 'agent' as const, id: sol.id };
  opened = await openThread(
    taken({ lastInboundSeq: 1, draft: one, agent: { id: sol.id, name: 'Sol', avatarUrl: null }, controller, assignee: null, replyMode: 'auto_draft' }),
    [message({ text: 'What does it cost?' })],
  );
  await until(() => review());
}

describe('a draft under review', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('says who drafted it, why it was not simply sent, and what it rests on', async () => {
    await open({
      risk: { level: 'high', reasons: ['money'] },
      because: {
        articles: [{ id: sol.id, title: 'Prices' }],
        skills: ['quote_price'],
        cards: [{ id: sol.id, title: 'Say how long' }],
        playbook: { name: 'Office quote', step: 3, steps: 5 },
      },
    });
    const text = review().innerText.replace(/\s+/g, ' ');
    for (const part of ['Sol drafted a reply', 'Risk: money', 'Because', 'Prices', 'quote_price', 'Say how long', 'Office quote, step 3 of 5'])
      expect(text).to.include(part);
  });

  it('is sent as it is with one shortcut, and its message takes its place', async () => {
    await open();
    review().focus();
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .msg.agent', one.text));
    await until(() => inside(opened!.element, 'draft-review').length === 0);
    expect(the(opened!.element, 'conv-log .msg.agent').innerText).to.include('AI, approved by You');
    expect(await posted('/approve')).to.equal(1);
    await until(() => focused()?.matches('.scroll') ?? false);
  });

  it('shows what is done when it is sent, and sends it without what a person unticks or what came to nothing', async () => {
    const planned = {
      key: 'k1',
      skill: 'book_meeting',
      args: { minutes: 30, about: 'A fitting' },
      risk: 'medium' as const,
      state: 'proposed' as const,
      summary: null,
    };
    await open({ actions: [planned, { ...planned, key: 'k2', skill: 'refund', state: 'failed', summary: 'the endpoint said no' }] });
    const ticks = () => inside(opened!.element, 'draft-actions input') as HTMLInputElement[];
    await until(() => ticks().length === 2);
    const text = the(opened!.element, 'draft-actions fieldset').innerText.replace(/\s+/g, ' ');
    for (const part of ['Done before it is sent', 'book_meeting minutes: 30 · about: A fitting', 'refund', 'Failed: the endpoint said no'])
      expect(text).to.include(part);
    expect(await findings(the(opened!.element, 'draft-actions'))).to.deep.equal([]);
    review().focus();
    press('Enter', command);
    await until(() => inside(opened!.element, 'draft-actions [role="alert"]').length === 1);
    ticks()[1]!.click();
    await until(() => !ticks()[1]!.checked);
    review().focus();
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .msg.agent', one.text));
  });

  it('is edited in place by keyboard; the customer gets the edit, and the difference shows', async () => {
    await open();
    review().focus();
    press('e');
    await until(() => focused() === inside(opened!.element, 'draft-review textarea')[0]);
    field().setSelectionRange(13, 19);
    type(field(), '€1,080');
    await until(() => button('Send with edits'));
    button('Show changes').click();
    await until(() => inside(opened!.element, 'draft-review ins').length > 0);
    expect([inside(opened!.element, 'draft-review del')[0]?.innerText, inside(opened!.element, 'draft-review ins')[0]?.innerText]).to.deep.equal([
      '140',
      '080',
    ]);
    button('Send with edits').click();
    await until(() => the(opened!.element, 'conv-log .msg.agent', 'The price is €1,080 each, installed.'));
    expect(the(opened!.element, 'conv-log .msg.agent').innerText).to.include('AI, edited by You');
  });

  it('goes back to the agent’s words', async () => {
    await open();
    button('Edit, then send').click();
    await until(() => field());
    type(field(), ' Soon.');
    (await until(() => button("Back to Sol's words"))).click();
    await until(() => button('Approve & send'));
    expect(review().innerText).to.not.include('Soon.');
    await until(() => focused() === button('Edit, then send'));
  });

  it('is not sent empty', async () => {
    await open();
    button('Edit, then send').click();
    await until(() => field());
    field().select();
    type(field(), ' ');
    press('Enter', command);
    await until(() => the(opened!.element, 'draft-review [role=alert]', 'A reply cannot be empty.'));
    expect(await posted('/approve')).to.equal(0);
  });

  it('is rejected with a reason by keyboard, and restored', async () => {
    await open();
    review().focus();
    press('r');
    await until(() => focused()?.matches('.draft-why') ?? false);
    type(focused() as HTMLElement, 'Wrong price list');
    button('Reject').click();
    await until(() => the(opened!.element, 'draft-review h3', "You rejected Sol's draft"));
    expect(review().innerText).to.include('“Wrong price list”');
    await until(() => focused() === review());
    button('Restore').click();
    await until(() => button('Approve & send'));
  });

  it('lets go of rejecting with Escape', async () => {
    await open();
    button('Reject').click();
    await until(() => focused()?.matches('.draft-why') ?? false);
    press('Escape');
    await until(() => focused() === button('Reject'));
    expect(await posted('/reject')).to.equal(0);
  });

  it('cannot be restored once the customer wrote again', async () => {
    await open();
    await order({ do: 'draft', id: one.id, change: { status: 'rejected', ...byBen } });
    await until(() => button('Restore'));
    await order({ do: 'inbound', id: one.conversationId, text: 'Hello?' });
    await until(() => inside(opened!.element, 'draft-review .btn').every((node) => !node.innerText.includes('Restore')));
  });

  it('is folded when a newer message overtakes it, and still to be read', async () => {
    await open();
    await order({ do: 'draft', id: one.id, change: { status: 'superseded' } });
    await until(() => the(opened!.element, 'draft-review h3', "Sol's draft was overtaken"));
    expect(review().innerText).to.not.include(one.text);
    button('Show').click();
    await until(() => review().innerText.includes(one.text));
  });

  it('tells who was faster, keeps what was typed, and takes it into a new reply', async () => {
    await open();
    button('Edit, then send').click();
    await until(() => field());
    field().setSelectionRange(field().value.length, field().value.length);
    type(field(), ' And a voucher.');
    await order({ do: 'draft', id: one.id, change: { status: 'approved', ...byBen } });
    const note = await until(() => the(opened!.element, 'draft-review .draft-note'));
    expect(note.innerText).to.match(/^Ben Okafor sent this draft (just now|\d s ago)\. Yours was not sent\. Your wording is kept below/);
    expect(review().innerText).to.include('And a voucher.');
    button('Show what Ben Okafor sent').click();
    await until(() => the(opened!.element, 'draft-review blockquote', one.text));
    button('Use in a new reply').click();
    await until(() => (the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement).value === `${one.text} And a voucher.`);
    await until(() => inside(opened!.element, 'draft-review').length === 0);
    await until(() => focused() === the(opened!.element, 'conv-composer textarea'));
  });

  it('tells who was faster when the server says so first', async () => {
    await open();
    await order({ do: 'fault', fault: { on: `/v1/drafts/${one.id}/approve`, hold: true } });
    button('Approve & send').click();
    await until(async () => (await posted('/approve')) === 1);
    await order({ do: 'draft', id: one.id, change: { status: 'approved', ...byBen } });
    await order({ do: 'release' });
    await until(() => the(opened!.element, 'draft-review .draft-note', 'Ben Okafor sent this draft'));
    button('Discard').click();
    await until(() => inside(opened!.element, 'draft-review').length === 0);
  });

  it('stays as it is when nothing answers, and says so', async () => {
    await open();
    await order({ do: 'fault', fault: { on: '/approve', status: 500 } });
    button('Approve & send').click();
    await until(() => the(opened!.element, 'draft-review [role=alert]', 'That did not work. Nothing was sent.'));
    button('Approve & send').click();
    await until(() => inside(opened!.element, 'draft-review').length === 0);
  });

  it('keeps an edit while its line is away', async () => {
    await open();
    button('Edit, then send').click();
    await until(() => field());
    type(field(), 'Kept. ');
    const log = the(opened!.element, 'conv-log');
    const parent = log.parentNode!;
    const next = log.nextSibling;
    log.remove();
    parent.insertBefore(log, next);
    await until(() => field().value.includes('Kept. '));
  });

  it('stands alone by its id', async () => {
    await open();
    const alone = document.createElement('draft-review');
    Object.assign(alone, { base: opened!.inbox.base, token: opened!.inbox.token, draft: one.id });
    document.body.append(alone);
    await until(() => alone.shadowRoot?.querySelector('h3')?.textContent?.includes('Sol drafted a reply'));
    alone.remove();
  });

  it('passes axe in every state', async function () {
    this.timeout(60_000);
    await open({
      risk: { level: 'high', reasons: ['money'] },
      because: { articles: [{ id: sol.id, title: 'Prices' }], skills: [], cards: [], playbook: null },
    });
    for (const theme of ['light', 'dark'] as const) {
      opened!.element.theme = theme;
      expect(await findings(opened!.element)).to.deep.equal([]);
    }
    button('Edit, then send').click();
    await until(() => field());
    type(field(), 'More. ');
    expect(await findings(opened!.element)).to.deep.equal([]);
    button('Show changes').click();
    await until(() => inside(opened!.element, 'draft-review ins').length > 0);
    expect(await findings(opened!.element)).to.deep.equal([]);
    await order({ do: 'draft', id: one.id, change: { status: 'edited', finalText: 'Other words', ...byBen } });
    await until(() => the(opened!.element, 'draft-review .draft-note'));
    expect(await findings(opened!.element)).to.deep.equal([]);
  });
});
