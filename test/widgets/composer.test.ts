import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { completed, matching, mentionAt, stillMentioned } from '../../widgets/elements/composer-mentions.ts';
import { findings, focused, inside, openThread, press, the, type, until, type Opened } from '../support/thread-page.ts';
import { ana, ben, conversation, message, nova, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };

const field = (): HTMLTextAreaElement => the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement;
const composer = (): HTMLElement => the(opened!.element, 'conv-composer form.composer');
const sent = async (): Promise<number> => (await opened!.inbox.requests()).filter((request) => /^POST .*\/(messages|notes)$/.test(request)).length;
const button = (text: string): HTMLElement => the(opened!.element, 'conv-composer button', text);
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);
const id = (): string => opened!.element.conversation!;

async function open(one = taken({ lastInboundSeq: 1 }), more = {}): Promise<void> {
  restartSeq();
  opened = await openThread(one, [message({ text: 'Where is it?' })], more);
}

describe('the composer', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('sends a reply with one shortcut, is empty at once, and shows the message', async () => {
    await open();
    type(field(), 'On its way');
    press('Enter', command);
    await until(() => field().value === '');
    await until(() => the(opened!.element, 'conv-log .msg.human', 'On its way'));
    await until(async () => (await sent()) === 1);
    await until(() => focused() === field());
  });

  it('sends nothing that is blank, and takes Enter alone as a line break', async () => {
    await open();
    type(field(), '   ');
    expect(press('Enter')).to.equal(true);
    press('Enter', command);
    expect((button('Send') as HTMLButtonElement).disabled).to.equal(true);
    expect(await sent()).to.equal(0);
  });

  it('keeps text and caret through everything that happens meanwhile', async () => {
    await open();
    type(field(), 'half a thought');
    field().setSelectionRange(4, 6);
    await order({ do: 'inbound', id: id(), text: 'Hello?' });
    await order({ do: 'change', id: id(), change: { subject: 'changed', assignee: null, priority: 'urgent' } });
    await order({
      do: 'emit',
      name: 'typing',
      data: { conversationId: id(), who: { kind: 'operator', id: ben.id, name: ben.name }, typing: true },
      passing: true,
    });
    await until(() => the(opened!.element, '.above-composer', 'Ben Okafor is writing a reply'));
    expect([field().value, field().selectionStart, field().selectionEnd, focused() === field()]).to.deep.equal(['half a thought', 4, 6, true]);
    expect(the(opened!.element, '.above-composer').innerText).to.include('You would both answer.');
  });

  it('keeps what was typed when the element is made anew, as after a reload', async () => {
    await open();
    type(field(), 'not sent yet');
    window.dispatchEvent(new Event('pagehide'));
    const { element, inbox } = opened!;
    element.remove();
    const again = document.createElement('conv-thread');
    Object.assign(again, { base: inbox.base, token: inbox.token, conversation: element.conversation });
    document.body.append(again);
    await until(() => (inside(again, 'conv-composer textarea')[0] as HTMLTextAreaElement | undefined)?.value === 'not sent yet');
    again.remove();
  });

  it('asks once before sending when something newer came, shows what, and keeps the text', async () => {
    await open();
    type(field(), 'I am calling you');
    await order({ do: 'inbound', id: id(), text: 'He can come at 6 then' });
    await until(() => the(opened!.element, 'conv-log .msg', 'He can come at 6'));
    press('Enter', command);
    const warning = await until(() => the(opened!.element, '.composer-warn', 'Marta Oliveira wrote again.'));
    expect(warning.innerText).to.include('“He can come at 6 then”');
    expect([await sent(), field().value]).to.deep.equal([0, 'I am calling you']);
    button('Send anyway').click();
    await until(async () => (await sent()) === 1);
    await until(() => the(opened!.element, 'conv-log .msg.human', 'I am calling you'));
  });

  it('counts as seen what was read on being asked', async () => {
    await open();
    type(field(), 'I am calling you');
    await order({ do: 'inbound', id: id(), text: 'He can come at 6 then' });
    await until(() => the(opened!.element, 'conv-log .msg', 'He can come at 6'));
    press('Enter', command);
    (await until(() => button('Read it'))).click();
    await until(() => inside(opened!.element, '.composer-warn').length === 0);
    expect([field().value, focused() === field()]).to.deep.equal(['I am calling you', true]);
    press('Enter', command);
    await until(async () => (await sent()) === 1);
  });

  it('warns of a colleague’s answer too', async () => {
    await open();
    type(field(), 'I will see to it');
    await order({ do: 'add', id: id(), item: { text: 'Done already', author: { kind: 'operator', id: ben.id, name: ben.name } } });
    await until(() => the(opened!.element, 'conv-log .msg.human', 'Done already'));
    press('Enter', command);
    expect((await until(() => the(opened!.element, '.composer-warn'))).innerText).to.include('Ben Okafor wrote again.');
    expect(await sent()).to.equal(0);
  });

  it('brings the text back when the server says that something newer came', async () => {
    await open();
    type(field(), 'I am calling you');
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 409, code: 'newer_message' } });
    press('Enter', command);
    await until(() => the(opened!.element, '.composer-warn', 'wrote again'));
    expect(field().value).to.equal('I am calling you');
    button('Send anyway').click();
    await until(() => field().value === '');
    await until(() => the(opened!.element, 'conv-log .msg.human', 'I am calling you'));
  });

  it('says what was refused and why, and keeps the text', async () => {
    await open();
    type(field(), 'too late');
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 422, code: 'channel_cannot_send' } });
    press('Enter', command);
    expect((await until(() => the(opened!.element, '.composer-warn', 'It was not sent.'))).innerText).to.include('channel_cannot_send');
    expect(field().value).to.equal('too late');
  });

  it('says that a message waits while there is no connection, and sends it after', async function () {
    this.timeout(20_000);
    await open();
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 503, code: 'unavailable' } });
    type(field(), 'I am calling you');
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .delivery', 'Waits for the connection'));
    await until(() => the(opened!.element, 'conv-log .delivery', 'Queued'));
    expect(inside(opened!.element, 'conv-log .msg.human')).to.have.length(1);
  });

  it('gives way to taking over while an agent is in control, and notes stay open', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    expect(the(opened!.element, '.lock').innerText).to.include('Nova answers Marta by itself.');
    expect(inside(opened!.element, 'conv-composer textarea')).to.have.length(0);
    the(opened!.element, 'conv-composer [role=tab]', 'Note').click();
    await until(() => field());
    type(field(), 'watching this');
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .msg.note', 'watching this'));
  });

  it('takes over with one shortcut and puts the caret where one writes', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    press('A', { ...command, shiftKey: true }, document.body);
    await until(() => focused() === inside(opened!.element, 'conv-composer textarea')[0]);
    await until(async () => (await opened!.inbox.requests()).some((request) => request.endsWith('/assume')));
    expect(the(opened!.element, '.control').innerText).to.include('You');
  });

  it('is taken over from the head, also from the note and where an agent only drafts', async () => {
    await open(taken({ lastInboundSeq: 1, controller: { kind: 'agent', id: nova.id }, assignee: null, replyMode: 'auto_draft' }));
    the(opened!.element, 'conv-composer [role=tab]', 'Note').click();
    await until(() => composer().classList.contains('note-mode'));
    the(opened!.element, '.thread-tools button', 'Assume').click();
    await until(() => !composer().classList.contains('note-mode') && focused() === field());
    await until(() => the(opened!.element, '.control').innerText.includes('You'));
  });

  it('leaves the shortcut to the page when something of the page has the focus', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    const input = document.createElement('input');
    document.body.append(input);
    input.focus();
    expect(press('A', { ...command, shiftKey: true }, input)).to.equal(true);
    input.remove();
    expect((await opened!.inbox.requests()).filter((request) => request.endsWith('/assume'))).to.have.length(0);
  });

  it('keeps a half-written reply when an agent takes over, and assumes and sends it in one', async () => {
    await open();
    type(field(), 'I was about to say');
    await order({
      do: 'change',
      id: id(),
      change: {
        controller: { kind: 'agent', id: nova.id },
        may: { agentReply: { allowed: true, reason: '' }, operatorSend: { allowed: false, reason: 'agent_in_control' } },
      },
    });
    await until(() => the(opened!.element, '.lock'));
    expect(field().value).to.equal('I was about to say');
    button('Assume and send').click();
    await until(() => the(opened!.element, 'conv-log .msg.human', 'I was about to say'));
  });

  it('offers the customer’s handles, and stays on the chosen one', async () => {
    await open();
    (await until(() => the(opened!.element, 'conv-composer button', 'Sent by Chat'))).click();
    (await until(() => the(opened!.element, '[role=menuitemradio]', 'SMS'))).click();
    await until(() => the(opened!.element, 'conv-composer button', 'Sent by SMS'));
    type(field(), 'by text');
    await order({ do: 'inbound', id: id(), text: 'ok' });
    expect(the(opened!.element, 'conv-composer button', 'Sent by SMS').innerText).to.include('SMS');
  });

  it('completes a mention by keyboard and tells who was meant', async () => {
    await open();
    the(opened!.element, 'conv-composer [role=tab]', 'Note').click();
    await until(() => composer().classList.contains('note-mode'));
    type(field(), 'Rui leaves at 20:00. @be');
    await until(() => the(opened!.element, '[role=option]', ben.name));
    expect(field().getAttribute('aria-activedescendant')).to.equal('mention-0');
    press('Enter');
    await until(() => inside(opened!.element, '[role=option]').length === 0);
    expect(field().value).to.equal('Rui leaves at 20:00. @Ben Okafor ');
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .msg.note').querySelector('.at')?.textContent === '@Ben Okafor');
  });

  it('leaves the list of people with Escape, and the note as it was', async () => {
    await open();
    the(opened!.element, 'conv-composer [role=tab]', 'Note').click();
    await until(() => composer().classList.contains('note-mode'));
    type(field(), '@');
    await until(() => inside(opened!.element, '[role=option]').length === 2);
    press('ArrowDown');
    await until(() => field().getAttribute('aria-activedescendant') === 'mention-1');
    press('Escape');
    await until(() => inside(opened!.element, '[role=option]').length === 0);
    expect(field().value).to.equal('@');
  });

  it('passes axe in every state', async function () {
    this.timeout(60_000);
    for (const one of [conversation({ lastInboundSeq: 1 }), taken({ lastInboundSeq: 1 })]) {
      await open(one);
      for (const dir of ['ltr', 'rtl']) {
        document.documentElement.dir = dir;
        expect(await findings(opened!.element)).to.deep.equal([]);
        the(opened!.element, 'conv-composer [role=tab]', 'Note').click();
        await until(() => composer().classList.contains('note-mode'));
        type(field(), '@');
        await until(() => inside(opened!.element, '[role=option]').length > 0);
        expect(await findings(opened!.element)).to.deep.equal([]);
        field().select();
        type(field(), '');
        the(opened!.element, 'conv-composer [role=tab]', 'Reply').click();
        await until(() => !composer().classList.contains('note-mode'));
      }
      document.documentElement.removeAttribute('dir');
      await opened?.close();
      opened = undefined;
    }
  });
});

describe('mentions', () => {
  const people = [ana, ben, { id: 'x', name: 'Béatrice Melo' }];
  for (const [text, asked] of [
    ['@be', 'be'],
    ['hi @', ''],
    ['(@Ana D', 'Ana D'],
    ['mail@host', undefined],
    ['@one two three', undefined],
    ['no', undefined],
  ] as const) {
    it(`are ${asked === undefined ? 'not ' : ''}asked for in “${text}”`, () => expect(mentionAt(text, text.length)?.text).to.equal(asked));
  }

  it('match any word of a name, without accents or case', () => {
    expect(matching(people, 'be').map(({ name }) => name)).to.deep.equal(['Ben Okafor', 'Béatrice Melo']);
    expect(matching(people, 'mel').map(({ name }) => name)).to.deep.equal(['Béatrice Melo']);
  });

  it('are completed in place', () => {
    expect(completed('tell @be now', { at: 5, text: 'be' }, 'Ben Okafor')).to.deep.equal({ text: 'tell @Ben Okafor now', caret: 17 });
  });

  it('count only while the name stands in the text', () => {
    expect(stillMentioned('@Ana Duarte and nobody else', [ana.id, ben.id, ana.id], people)).to.deep.equal([ana.id]);
  });
});
