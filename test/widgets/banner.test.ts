import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import '../../widgets/elements/handoff-banner.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { contact, findings, focused, inside, iris, openThread, press, sol, the, type, until, type Opened } from '../support/thread-page.ts';
import { ben, conversation, id, message, nova, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
const handoff: NonNullable<SharedConversation['handoff']> = {
  route: { id: id(), label: 'A call', kind: 'call' },
  trigger: 'asks_for_person',
  reason: null,
  by: { kind: 'agent', id: nova.id, name: 'Nova' },
  at: new Date(Date.now() - 846_000).toISOString(),
};
const handedOff = (change: Partial<SharedConversation> = {}): SharedConversation =>
  taken({ lastInboundSeq: 1, assignee: null, controller: { kind: 'human', id: null }, handoff, department: { id: id(), name: 'Care' }, ...change });

const banner = (): HTMLElement => the(opened!.element, 'handoff-banner .banner');
const button = (text: string): HTMLElement => the(opened!.element, 'button', text);
const asked = async (what: string): Promise<boolean> =>
  (await opened!.inbox.requests()).some((request) => request.startsWith('POST') && request.endsWith(what));
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);

async function open(one: SharedConversation): Promise<void> {
  restartSeq();
  opened = await openThread(one, [message({ text: 'A person, please' })], { contacts: [{ ...contact, aiPaused: one.contact.aiPaused }] });
}

describe('the handoff banner', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('says who handed over, why, how to reach the customer, and for how long they wait', async () => {
    await open(handedOff());
    const text = banner().innerText.replace(/\s+/g, ' ');
    for (const part of ['Nova handed this to your team.', 'Marta asked for a person.', 'Wants: A call', '+351 912 555 016', 'Care'])
      expect(text).to.include(part);
    expect(text).to.match(/14:(0[6-9]|1\d)/);
    expect(text).to.include('Waiting for 14 min');
  });

  it('counts on while somebody waits', async () => {
    await open(handedOff());
    const first = inside(opened!.element, 'handoff-banner .banner-wait b')[0]?.innerText;
    await until(() => inside(opened!.element, 'handoff-banner .banner-wait b')[0]?.innerText !== first);
  });

  it('is not there without a handoff', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    expect(the(opened!.element, 'handoff-banner').getBoundingClientRect().height).to.equal(0);
  });

  it('assigns the conversation, keeps the handoff open, and lets one write', async () => {
    await open(handedOff());
    button('Assign to me').click();
    await until(() => banner().innerText.includes('Assigned to you'));
    await until(() => asked('/assume'));
    await until(() => focused() === the(opened!.element, 'conv-composer textarea'));
  });

  it('asks before the agent speaks again, takes a reason, and is gone after', async () => {
    await open(handedOff());
    button('Resume Nova').click();
    const reason = await until(() => inside(opened!.element, 'handoff-banner dialog .field')[0]);
    await until(() => focused() === reason);
    type(reason, 'Sorted out by phone');
    press('Enter', /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true });
    await until(() => inside(opened!.element, 'handoff-banner .banner').length === 0);
    await until(() => asked('/resume'));
  });

  it('says in place why the agent cannot be resumed', async () => {
    await open(handedOff());
    await order({ do: 'fault', fault: { on: '/resume', status: 422, code: 'agent_inactive' } });
    button('Resume Nova').click();
    await until(() => inside(opened!.element, 'handoff-banner dialog .field')[0]);
    the(opened!.element, 'handoff-banner dialog button', 'Resume Nova').click();
    await until(() => the(opened!.element, 'handoff-banner [role=alert]', 'Nova is not active.'));
  });

  it('stands alone', async () => {
    await open(handedOff());
    const alone = document.createElement('handoff-banner');
    Object.assign(alone, { base: opened!.inbox.base, token: opened!.inbox.token, conversation: opened!.element.conversation });
    document.body.append(alone);
    await until(() => alone.shadowRoot?.querySelector('.banner'));
    alone.remove();
  });

  it('passes axe, wide and narrow, in both themes and directions', async function () {
    this.timeout(60_000);
    await open(handedOff());
    for (const [theme, dir, width] of [
      ['light', 'ltr', '900px'],
      ['dark', 'rtl', '390px'],
    ] as const) {
      opened!.element.theme = theme;
      document.documentElement.dir = dir;
      opened!.element.style.setProperty('inline-size', width);
      expect(await findings(opened!.element)).to.deep.equal([]);
    }
    document.documentElement.removeAttribute('dir');
  });
});

describe('giving a conversation away', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  const menu = async (item: string): Promise<void> => {
    button('More actions').click();
    (await until(() => the(opened!.element, '[role=menuitem]', item))).click();
  };

  it('offers active agents only, in words for how they reply, and says what it clears', async () => {
    await open(handedOff());
    button('Transfer to AI').click();
    await until(() => the(opened!.element, 'dialog .option', 'Nova'));
    const options = inside(opened!.element, 'dialog .option').map((option) => option.innerText.replace(/\s+/g, ' ').trim());
    expect(options).to.deep.equal(['N Nova Sends by itself', 'S Sol Drafts for approval']);
    expect(options.join()).to.not.include(iris.name);
    expect(the(opened!.element, 'dialog .aside', 'This clears the handoff').innerText).to.match(/[0-9]/);
    expect(await findings(opened!.element)).to.deep.equal([]);
  });

  it('transfers to the chosen agent, with the focus back where it was', async () => {
    await open(handedOff());
    const opener = button('Transfer to AI');
    opener.focus();
    opener.click();
    (await until(() => the(opened!.element, 'dialog .option', 'Sol'))).click();
    the(opened!.element, 'dialog button', 'Transfer to AI').click();
    await until(() => the(opened!.element, '.control', 'Sol'));
    await until(() => asked('/transfer-to-ai'));
    expect(inside(opened!.element, 'handoff-banner .banner')).to.have.length(0);
  });

  for (const [code, words] of [
    ['agent_inactive', 'not active any more'],
    ['reply_mode_off', 'reply mode is off'],
    ['contact_paused', 'AI is paused for this contact'],
  ] as const) {
    it(`says in place that ${words}, and closes nothing`, async () => {
      await open(handedOff());
      await order({ do: 'fault', fault: { on: '/transfer-to-ai', status: code === 'contact_paused' ? 409 : 422, code } });
      button('Transfer to AI').click();
      await until(() => the(opened!.element, 'dialog .option', 'Nova'));
      the(opened!.element, 'dialog button', 'Transfer to AI').click();
      await until(() => the(opened!.element, 'dialog [role=alert]', words));
    });
  }

  it('says on the button that AI is paused for the contact', async () => {
    await open(handedOff({ contact: { ...taken().contact, aiPaused: { by: ben, at: new Date().toISOString(), reason: 'a lawyer' } } }));
    await until(() => button('Transfer to AI').title === 'AI is paused for Marta Oliveira');
    const transfer = button('Transfer to AI');
    expect(transfer.getAttribute('aria-disabled')).to.equal('true');
    transfer.click();
    expect(inside(opened!.element, 'dialog')).to.have.length(0);
  });

  it('hands off to people by hand, with a reason', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    await menu('Hand off to the team');
    const reason = await until(() => inside(opened!.element, 'dialog input.field')[0]);
    await until(() => inside(opened!.element, 'dialog option').length === 4);
    type(reason, 'A contract question');
    expect(await findings(opened!.element)).to.deep.equal([]);
    the(opened!.element, 'dialog button', 'Hand off').click();
    await until(() => banner().innerText.includes('A contract question'));
  });

  it('pauses AI for the contact with the reason that others read', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    await menu('Pause AI');
    const reason = await until(() => inside(opened!.element, 'dialog textarea')[0]);
    await until(() => focused() === reason);
    type(reason, 'A lawyer is involved');
    the(opened!.element, 'dialog button', 'Pause AI').click();
    await until(() => asked('/pause-ai'));
    await until(() => inside(opened!.element, 'dialog').length === 0);
  });

  it('closes with a way back', async () => {
    await open(taken({ lastInboundSeq: 1 }));
    button('Close conversation').click();
    await until(() => the(opened!.element, '.thread-title .chip', 'Closed'));
    (await until(() => the(opened!.element, '.toast button', 'Undo'))).click();
    await until(() => inside(opened!.element, '.thread-title .chip').length === 0);
  });

  it('lets nobody leave what is assigned to them, and says why', async () => {
    await open(taken({ lastInboundSeq: 1 }));
    button('More actions').click();
    const leave = await until(() => the(opened!.element, '[role=menuitem]', 'Leave'));
    expect([leave.getAttribute('aria-disabled'), leave.innerText]).to.deep.equal(['true', 'Leave\nAssignees must transfer first\nShift+J']);
  });

  it('joins and leaves', async () => {
    await open(taken({ lastInboundSeq: 1, assignee: ben }));
    await menu('Join');
    await until(() => asked('/join'));
    await until(() => the(opened!.element, '.toast', 'You joined the conversation'));
    await menu('Leave');
    await until(() => asked('/leave'));
  });

  it('knows the agent that was given the conversation elsewhere', async () => {
    await open(taken({ lastInboundSeq: 1 }));
    await order({
      do: 'change',
      id: opened!.element.conversation!,
      change: { agent: { id: sol.id, name: 'Sol', avatarUrl: null }, controller: { kind: 'agent', id: sol.id } },
    });
    await until(() => the(opened!.element, '.control', 'Sol is in control'));
  });
});
