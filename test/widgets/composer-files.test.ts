import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { SendMessage } from '../../server/contract/message.ts';
import { createClient } from '../../widgets/store/client.ts';
import { createStore } from '../../widgets/store/store.ts';
import { Tokens } from '../../widgets/store/token.ts';
import { contact, findings, focused, inside, lists, openThread, press, the, type, until, type Opened } from '../support/thread-page.ts';
import { conversation, id as newId, message, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };
const pixel = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), (sign) =>
  sign.charCodeAt(0),
);
const picture = (name = 'valve.png'): File => new File([pixel], name, { type: 'image/png' });
const document$ = (name = 'seal.pdf', size = 1_200): File => new File([new Uint8Array(size)], name, { type: 'application/pdf' });

const field = (): HTMLTextAreaElement => the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement;
const composer = (): HTMLElement => the(opened!.element, 'conv-composer form.composer');
const button = (text: string): HTMLButtonElement => the(opened!.element, 'conv-composer button', text) as HTMLButtonElement;
const sendButton = (): HTMLButtonElement => the(opened!.element, 'conv-composer button[type=submit]') as HTMLButtonElement;
const chips = (): string[] => inside(opened!.element, 'composer-files li').map((chip) => chip.innerText.replace(/\s+/g, ' ').trim());
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);
const asked = async (what: RegExp): Promise<number> => (await opened!.inbox.requests()).filter((request) => what.test(request)).length;
const id = (): string => opened!.element.conversation!;
const hold = (): Promise<unknown> => order({ do: 'fault', fault: { on: 'POST /v1/files', hold: true } });

/** Lets the upload go on that was held, once it has come. */
async function release(uploads: number): Promise<void> {
  await until(async () => (await asked(/^POST \/v1\/files/)) === uploads);
  await order({ do: 'release' });
}

const bodies: SendMessage[] = [];
const { fetch: ask } = window;
window.fetch = (input, init) => {
  if (init?.method === 'POST' && String(input).endsWith('/messages')) bodies.push(JSON.parse(String(init.body)) as SendMessage);
  return ask(input, init);
};

const kind = (channel: string, attachments: object | null) => ({
  id: channel,
  kind: channel,
  limits: { maxText: null, subject: false, html: false, attachments },
});
const kinds = [
  kind('chat', { maxCount: 10, maxBytes: 2_000 }),
  kind('sms', { maxCount: 1, maxBytes: 1_500 }),
  kind('instagram', null),
  kind('email', { maxCount: 50, maxBytes: 25_000_000 }),
];

async function open(one = taken({ lastInboundSeq: 1 }), more: object = {}): Promise<void> {
  restartSeq();
  bodies.length = 0;
  opened = await openThread(one, [message({ text: 'Where is it?', channel: one.channel })], { lists: { ...lists, 'channel-kinds': kinds } as never, ...more });
}

/** What a person brings along by mouse or clipboard. */
function carrying(files: readonly File[], text = ''): DataTransfer {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  if (text) data.setData('text/plain', text);
  return data;
}

function drag(name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', files: readonly File[], on: Element = the(opened!.element, 'conv-log')): boolean {
  return on.dispatchEvent(new DragEvent(name, { bubbles: true, composed: true, cancelable: true, dataTransfer: carrying(files) }));
}

function choose(...files: File[]): void {
  const input = the(opened!.element, 'conv-composer input[multiple]') as HTMLInputElement;
  input.files = carrying(files).files;
  input.dispatchEvent(new Event('change'));
}

function paste(data: DataTransfer, on: Element = field()): boolean {
  return on.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData: data }));
}

describe('files of a reply', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('are chosen, shown as they go up, and sent with the text', async () => {
    await open();
    await hold();
    const asks = button('Attach files');
    expect(asks.getAttribute('aria-keyshortcuts')).to.equal(null);
    choose(picture(), document$());
    await until(() => inside(opened!.element, 'composer-files progress').length === 2 || chips().includes('seal.pdf 1 kB'));
    type(field(), 'Here they are');
    const bar = (await until(() => inside(opened!.element, 'composer-files progress')[0])) as HTMLProgressElement;
    expect([bar.max, bar.getAttribute('aria-label')?.startsWith('Uploading ')]).to.deep.equal([1, true]);
    expect(sendButton().disabled).to.equal(true);
    expect(composer().innerText).to.include('Files are still being uploaded.');
    press('Enter', command);
    await release(2);
    await until(() => inside(opened!.element, 'composer-files progress').length === 0 && !sendButton().disabled);
    expect(bodies).to.deep.equal([]);
    expect(chips()).to.deep.equal(['valve.png 70 byte', 'seal.pdf 1 kB']);
    const preview = the(opened!.element, 'composer-files img') as HTMLImageElement;
    expect(preview.src.startsWith('blob:')).to.equal(true);
    await until(() => focused() === field());
    press('Enter', command);
    await until(
      () => inside(opened!.element, 'conv-log .msg.human .attached').length === 1 && inside(opened!.element, 'conv-log .msg.human .shot').length === 1,
    );
    expect([bodies.length, bodies[0]?.text, bodies[0]?.attachmentIds?.length]).to.deep.equal([1, 'Here they are', 2]);
    expect([chips(), field().value]).to.deep.equal([[], '']);
  });

  it('go alone under their names', async () => {
    await open();
    choose(document$());
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
    sendButton().click();
    await until(() => inside(opened!.element, 'conv-log .msg.human .attached').length === 1);
    expect([bodies[0]?.text, bodies[0]?.attachmentIds?.length, chips()]).to.deep.equal(['seal.pdf', 1, []]);
  });

  it('ask once before going out when something newer came after they were chosen', async () => {
    await open();
    choose(document$());
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
    await order({ do: 'inbound', id: id(), text: 'Not that one' });
    await until(() => the(opened!.element, 'conv-log .msg', 'Not that one'));
    sendButton().click();
    await until(() => the(opened!.element, '.composer-warn', 'wrote again'));
    expect([bodies.length, chips().length]).to.deep.equal([0, 1]);
    button('Send anyway').click();
    await until(() => inside(opened!.element, 'conv-log .msg.human .attached').length === 1);
  });

  it('are dropped anywhere on the conversation, which says where they go', async () => {
    await open();
    expect(drag('dragenter', [picture()])).to.equal(false);
    expect((await until(() => the(opened!.element, '.drop-zone'))).innerText).to.equal('Drop to attach');
    drag('dragleave', [picture()], opened!.element);
    await until(() => inside(opened!.element, '.drop-zone').length === 0);
    drag('dragover', [picture()]);
    await until(() => the(opened!.element, '.drop-zone'));
    expect(drag('drop', [picture()])).to.equal(false);
    await until(() => chips()[0] === 'valve.png 70 byte');
    expect(inside(opened!.element, '.drop-zone')).to.have.length(0);
  });

  it('are pasted; a paste that brings text stays the field’s', async () => {
    await open();
    field().focus();
    expect(paste(carrying([picture()], 'cells of a table'))).to.equal(true);
    expect(paste(carrying([], 'text'))).to.equal(true);
    expect(paste(carrying([picture('shot.png')]))).to.equal(false);
    await until(() => chips()[0] === 'shot.png 70 byte');
    expect(chips()).to.have.length(1);
  });

  it('are pasted into a mail, whose editor takes the text alone', async () => {
    const mail = newId();
    await open(taken({ channel: 'email', identityId: mail, lastInboundSeq: 1 }), {
      contacts: [{ ...contact, identities: [{ id: mail, channel: 'email', handle: 'marta@casaoliveira.example', optedOutAt: null }] }],
    });
    field().focus();
    const written = await until(() => the(opened!.element, 'conv-composer .mail'));
    paste(carrying([], 'only text'), written);
    await until(() => written.innerText.trim() === 'only text');
    paste(carrying([picture('shot.png')]), written);
    await until(() => chips()[0] === 'shot.png 70 byte' && !sendButton().disabled);
    expect(written.innerText.trim()).to.equal('only text');
    sendButton().click();
    await until(() => bodies.length === 1);
    expect([bodies[0]?.text.startsWith('only text'), bodies[0]?.attachmentIds?.length]).to.deep.equal([true, 1]);
  });

  it('are given up while they go, and taken out after', async () => {
    await open();
    choose(document$('first.pdf'));
    await until(() => chips()[0] === 'first.pdf 1 kB');
    await hold();
    choose(document$('second.pdf'));
    (await until(() => button('Cancel the upload of second.pdf'))).click();
    await until(() => chips().length === 1 && focused() === button('Remove first.pdf'));
    await order({ do: 'release' });
    button('Remove first.pdf').click();
    await until(() => chips().length === 0 && focused() === field());
    expect(sendButton().disabled).to.equal(true);
  });

  it('say why they were refused, and are tried again', async () => {
    await open();
    await order({ do: 'fault', fault: { on: 'POST /v1/files', status: 429, code: 'rate_limited' } });
    type(field(), 'See this');
    choose(document$());
    await until(() => chips()[0]?.includes('Not uploaded: Refused: rate_limited'));
    expect([sendButton().disabled, composer().innerText.includes('Try again or remove what was not uploaded.')]).to.deep.equal([true, true]);
    expect(await findings(opened!.element)).to.deep.equal([]);
    button('Try again: seal.pdf').click();
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
  });

  it('that are too large or empty are not sent up at all', async () => {
    await open();
    choose(document$('large.pdf', 2_001), document$('empty.pdf', 0));
    await until(() => chips().length === 2);
    expect(chips()).to.deep.equal(['large.pdf Too large: at most 2 kB', 'empty.pdf Empty file']);
    expect(await asked(/\/v1\/files/)).to.equal(0);
    expect(inside(opened!.element, 'composer-files button').map((one) => one.ariaLabel)).to.deep.equal(['Remove large.pdf', 'Remove empty.pdf']);
  });

  it('are at most ten, and as many and as large as the channel carries', async () => {
    await open();
    choose(...Array.from({ length: 12 }, (_, index) => document$(`${index}.pdf`)));
    await until(() => chips().length === 10 && composer().innerText.includes('Chat takes at most 10 per message.'));
    await until(() => !sendButton().disabled);
    (await until(() => button('Sent by Chat'))).click();
    (await until(() => the(opened!.element, '[role=menuitemradio]', 'SMS'))).click();
    await until(() => composer().innerText.includes('SMS takes at most 1 per message.'));
    expect(sendButton().disabled).to.equal(true);
  });

  it('are not taken where the channel carries none', async () => {
    await open(taken({ channel: 'instagram', lastInboundSeq: 1, identityId: newId() }));
    choose(document$());
    await until(() => composer().innerText.includes('Instagram takes no files.'));
    expect(opened!.element.store?.get().unsent[id()] ?? {}).not.to.have.property('aim');
    expect([chips(), await asked(/\/v1\/files/)]).to.deep.equal([[], 0]);
  });

  it('stay with the reply: a note has its own, which never come near the customer', async () => {
    await open();
    choose(document$());
    await until(() => chips()[0] === 'seal.pdf 1 kB');
    const goTo = async (tab: string): Promise<void> => {
      the(opened!.element, 'conv-composer [role=tab]', tab).click();
      await until(() => inside(opened!.element, 'conv-composer .ask-first .btn')[0]?.dispatchEvent(new MouseEvent('click')) ?? false);
    };
    await goTo('Note').then(() => choose(picture()));
    await until(() => chips().length === 1 && !chips()[0]!.includes('seal.pdf'));
    await goTo('Reply');
    await until(() => chips().join() === 'seal.pdf 1 kB');
  });

  it('are not taken while an agent is in control', async () => {
    await open(conversation({ lastInboundSeq: 1 }));
    expect([drag('dragover', [picture()]), drag('drop', [picture()])]).to.deep.equal([false, false]);
    expect(inside(opened!.element, '.drop-zone')).to.have.length(0);
    expect(await asked(/\/v1\/files/)).to.equal(0);
  });

  it('come back when the message is refused', async () => {
    await open();
    choose(picture());
    await until(() => chips()[0] === 'valve.png 70 byte' && !sendButton().disabled);
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 422, code: 'invalid' } });
    sendButton().click();
    await until(() => the(opened!.element, '.composer-warn', 'It was not sent.'));
    expect([chips(), field().value]).to.deep.equal([['valve.png 70 byte'], '']);
    sendButton().click();
    await until(() => inside(opened!.element, 'conv-log .msg.human .shot').length === 1);
    expect(bodies.map(({ attachmentIds }) => attachmentIds)).to.deep.equal([bodies[0]?.attachmentIds, bodies[0]?.attachmentIds]);
  });

  it('stay with their conversation through news and other conversations, and what went up through a reload', async () => {
    const other = taken({ id: newId(), lastInboundSeq: 0, inboundCount: 0 });
    await open();
    const first = id();
    choose(document$());
    await until(() => chips()[0] === 'seal.pdf 1 kB');
    await order({ do: 'inbound', id: first, text: 'Hello?' });
    await until(() => the(opened!.element, 'conv-log .msg', 'Hello?'));
    await hold();
    choose(document$('slow.pdf'));
    await until(() => inside(opened!.element, 'composer-files progress').length === 1);
    await order({ do: 'inbound', id: other.id, text: 'Me too', begin: other });
    opened!.element.conversation = other.id;
    await until(() => the(opened!.element, 'conv-log .msg', 'Me too'));
    await until(() => chips().length === 0);
    const { element, inbox } = opened!;
    element.conversation = first;
    await until(() => chips().length === 2);
    await release(2);
    await until(() => chips().join() === 'seal.pdf 1 kB,slow.pdf 1 kB');
    await hold();
    choose(document$('lost.pdf'));
    await until(() => chips().length === 3);
    window.dispatchEvent(new Event('pagehide'));
    // A page of its own would begin with a store of its own.
    const again = createStore({
      client: createClient({ base: inbox.base, tokens: new Tokens(() => inbox.token) }),
      identity: { base: inbox.base, workspace: 'test', operator: 'ana' },
    });
    again.threads.openConversation(first);
    const { files = [] } = await until(() => again.get().unsent[first]);
    expect(files.map(({ name, sent, file, failed }) => [name, sent?.name ?? failed?.code, file])).to.deep.equal([
      ['seal.pdf', 'seal.pdf', undefined],
      ['slow.pdf', 'slow.pdf', undefined],
      ['lost.pdf', 'interrupted', undefined],
    ]);
    again.stop();
  });

  it('pass axe on their way, there and over the composer, in both directions', async function () {
    this.timeout(30_000);
    await open();
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      await hold();
      choose(picture(`${dir}.png`));
      await until(() => inside(opened!.element, 'composer-files progress').length === 1);
      expect(await findings(opened!.element)).to.deep.equal([]);
      await release(dir === 'ltr' ? 1 : 2);
      await until(() => inside(opened!.element, 'composer-files progress').length === 0);
      drag('dragover', [picture()]);
      await until(() => the(opened!.element, '.drop-zone'));
      expect(await findings(opened!.element)).to.deep.equal([]);
      drag('dragleave', [picture()], opened!.element);
    }
    document.documentElement.removeAttribute('dir');
  });
});
