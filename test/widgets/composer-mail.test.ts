import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { SendMessage } from '../../server/contract/message.ts';
import type { MailEditor } from '../../widgets/elements/mail-editor.ts';
import { correspondent, mailId, openMail } from '../support/mail-page.ts';
import { contact, findings, focused, inside, press, the, type, until, type Opened } from '../support/thread-page.ts';

let opened: Opened | undefined;
const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };
const subject = (): HTMLInputElement => the(opened!.element, 'conv-composer #subject') as HTMLInputElement;
const editor = (): MailEditor => the(opened!.element, 'conv-composer mail-editor') as MailEditor;
const written = (): HTMLElement => the(opened!.element, 'conv-composer .mail');
const field = (): HTMLTextAreaElement => the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement;
const button = (text: string): HTMLElement => the(opened!.element, 'conv-composer button', text);
const chips = (list: string): string[] => inside(the(opened!.element, 'mail-copies [role=group]', list), '.chip').map((chip) => chip.innerText.trim());
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);
const id = (): string => opened!.element.conversation!;

const bodies: SendMessage[] = [];
const { fetch: ask } = window;

/** What the API was asked to send. */
function listen(): void {
  bodies.length = 0;
  window.fetch = (input, init) => {
    if (init?.method === 'POST' && String(input).endsWith('/messages')) bodies.push(JSON.parse(String(init.body)) as SendMessage);
    return ask(input, init);
  };
}

async function open(): Promise<void> {
  listen();
  opened = await openMail();
  await until(() => chips('Cc').length === 1 && button('Sent by Email'));
}

/** Writes with formatting: as a person does, in the field at first. */
async function write(text: string): Promise<void> {
  if (inside(opened!.element, 'conv-composer textarea').length > 0) field().focus();
  else editor().focus();
  await until(() => focused() === written() && button('Bold'));
  editor().insert(text);
}

describe('a mail', () => {
  afterEach(async () => {
    window.fetch = ask;
    await opened?.close();
    opened = undefined;
  });

  it('begins with the subject and the copies of the one that it answers, our own address and the customer’s aside', async () => {
    await open();
    expect([subject().value, chips('Cc'), chips('Bcc')]).to.deep.equal(['Re: Damaged delivery', ['Studio Bassi'], []]);
    expect(the(opened!.element, 'conv-composer .composer-line').innerText.replace(/\s+/g, ' ')).to.include('Marta Oliveira marta@casaoliveira.example');
  });

  it('is formatted from the first focus on, with the caret where it stood', async () => {
    await open();
    const plain = field();
    type(plain, 'one two');
    plain.setSelectionRange(3, 3);
    await until(() => focused() === written());
    editor().insert('!');
    expect(written().innerText).to.equal('one! two');
    await until(() => inside(opened!.element, 'conv-composer textarea').length === 0);
  });

  it('sends HTML with its twin in plain text, subject, copies and what it answers', async () => {
    await open();
    await write('Dear Marta,');
    press('Enter', {}, written());
    button('Bold').click();
    editor().insert('a new one');
    button('Bold').click();
    editor().insert(' comes <today>');
    press('Enter', {}, written());
    button('Bulleted list').click();
    editor().insert('seal');
    press('Enter', {}, written());
    editor().insert('kit');
    type(subject(), ' 47760');
    press('Enter', command, written());
    await until(() => bodies.length === 1);
    const [{ html, text, ...rest }] = bodies as [SendMessage];
    expect(rest).to.deep.include({ subject: 'Re: Damaged delivery 47760', cc: [{ handle: 'studio@bassi.example', name: 'Studio Bassi' }] });
    expect(html).to.match(
      /^<div dir="auto">Dear Marta,<\/div><div dir="auto"><b>a new one<\/b> comes &lt;today&gt;<\/div><ul><li><div dir="auto">seal<\/div><\/li><li><div dir="auto">kit<\/div><\/li><\/ul>/,
    );
    expect(html).to.match(
      /On .* Marta Oliveira wrote:<\/div><blockquote type="cite" .*<div dir="auto">It came broken\.<\/div><div dir="auto">What now\?<\/div><\/blockquote>$/,
    );
    expect(text).to.match(/^Dear Marta,\na new one comes <today>\n- seal\n- kit\n\nOn .* Marta Oliveira wrote:\n> It came broken\.\n> What now\?$/);
    await until(() => written().innerText.trim() === '');
    expect(subject().value).to.equal('Re: Damaged delivery');
  });

  it('leaves out what it answers when told, and plain mails have no HTML', async () => {
    await open();
    await write('Short');
    button('What you answer').click();
    await until(() => the(opened!.element, '.original blockquote', 'It came broken.'));
    button('Leave it out').click();
    await until(() => button('Add what you answer'));
    button('Formatted text').click();
    await until(() => focused() === field());
    expect(field().value).to.equal('Short');
    press('Enter', command);
    await until(() => bodies.length === 1);
    expect([bodies[0]?.text, bodies[0]?.html]).to.deep.equal(['Short', undefined]);
  });

  it('takes addresses by key, says what is none, and loses them by key', async () => {
    await open();
    const add = the(opened!.element, 'mail-copies input', 'Add an address to Bcc') as HTMLInputElement;
    type(add, 'Luca <luca@bar.example>, not an address');
    press('Enter', {}, add);
    await until(() => the(opened!.element, 'mail-copies [role=alert]', '“not an address” is not an email address.'));
    expect([chips('Bcc'), add.value]).to.deep.equal([['Luca'], 'not an address']);
    await write('x');
    press('Enter', command, written());
    await until(() => focused() === add);
    expect(bodies).to.have.length(0);
    add.value = '';
    press('Backspace', {}, add);
    expect(focused()?.getAttribute('aria-label')).to.equal('Remove Luca');
    press('Delete');
    await until(() => chips('Bcc').length === 0 && focused() === add);
    press('Enter', command, written());
    await until(() => bodies.length === 1);
    expect(bodies[0]?.bcc).to.equal(undefined);
  });

  it('keeps text, formatting, caret, subject, copies and target through everything that happens meanwhile', async () => {
    await open();
    await write('half ');
    button('Italic').click();
    editor().insert('a thought');
    const before = written().innerHTML;
    const caret = (): unknown[] => {
      const selection = (editor().shadowRoot as ShadowRoot & { getSelection(): Selection }).getSelection();
      return [selection.anchorNode?.textContent, selection.anchorOffset];
    };
    const at = caret();
    await order({ do: 'inbound', id: id(), text: 'Hello?' });
    await order({ do: 'change', id: id(), change: { subject: 'Something else', channel: 'sms', identityId: correspondent.identities[1]!.id } });
    await order({
      do: 'add',
      id: id(),
      item: {
        direction: 'inbound',
        channel: 'email',
        text: 'Newer',
        subject: 'Newer',
        cc: [],
        author: { kind: 'contact', id: contact.id, name: contact.name },
      },
    });
    await until(() => the(opened!.element, 'conv-log .msg', 'Newer'));
    expect([written().innerHTML, caret(), focused() === written(), subject().value, chips('Cc')]).to.deep.equal([
      before,
      at,
      true,
      'Re: Damaged delivery',
      ['Studio Bassi'],
    ]);
    press('Enter', command, written());
    (await until(() => button('Send anyway'))).click();
    await until(() => bodies.length === 1);
    expect(bodies[0]).to.deep.include({ identityId: mailId, subject: 'Re: Damaged delivery' });
    expect(bodies[0]?.html).to.include('<i>a thought</i>').and.to.include('It came broken.');
  });

  it('keeps formatting, subject and copies when the element is made anew, as after a reload', async () => {
    await open();
    await write('not ');
    button('Underline').click();
    editor().insert('sent');
    subject().select();
    type(subject(), 'Other');
    const add = the(opened!.element, 'mail-copies input', 'Add an address to Bcc');
    type(add, 'luca@bar.example,');
    await until(() => chips('Bcc').length === 1);
    window.dispatchEvent(new Event('pagehide'));
    const { element, inbox } = opened!;
    element.remove();
    const again = document.createElement('conv-thread');
    Object.assign(again, { base: inbox.base, token: inbox.token, conversation: element.conversation });
    again.style.setProperty('block-size', '640px');
    document.body.append(again);
    opened = { ...opened!, element: again, close: async () => (again.remove(), localStorage.clear(), sessionStorage.clear(), inbox.close()) };
    await until(() => written().innerHTML.includes('<u>sent</u>'));
    expect([subject().value, chips('Bcc'), written().innerText]).to.deep.equal(['Other', ['luca@bar.example'], 'not sent']);
  });

  it('gets everything back when it was refused', async () => {
    await open();
    await write('I ');
    button('Bold').click();
    editor().insert('call');
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 422, code: 'channel_cannot_send' } });
    subject().select();
    type(subject(), 'Call');
    press('Enter', command, written());
    await until(() => the(opened!.element, '.composer-warn', 'It was not sent.'));
    await until(() => written().innerHTML.includes('<strong>call</strong>'));
    expect([written().innerText, subject().value]).to.deep.equal(['I call', 'Call']);
  });

  it('loses nothing on the way over another handle', async () => {
    await open();
    await write('by ');
    button('Bold').click();
    editor().insert('mail');
    const choose = async (now: string, next: string): Promise<void> => {
      (await until(() => the(opened!.element, 'conv-composer button', `Sent by ${now}`))).click();
      (await until(() => the(opened!.element, '[role=menuitemradio]', next))).click();
      await until(() => the(opened!.element, 'conv-composer button', `Sent by ${next}`));
    };
    await choose('Email', 'SMS');
    expect([field().value, inside(opened!.element, '#subject').length, inside(opened!.element, 'mail-copies').length]).to.deep.equal(['by mail', 0, 0]);
    await choose('SMS', 'Email');
    await until(() => written().innerHTML.includes('<strong>mail</strong>'));
    expect(subject().value).to.equal('Re: Damaged delivery');
  });

  it('is formatted by keys, undone, and cleared', async () => {
    await open();
    await write('plain');
    press('b', command, written());
    await until(() => button('Bold').ariaPressed === 'true');
    editor().insert(' bold');
    press('z', command, written());
    expect(written().innerText.trim()).to.equal('');
    press('y', command, written());
    expect(written().innerHTML).to.equal('<p dir="auto">plain<strong> bold</strong></p>');
    press('9', { ...command, shiftKey: true, keyCode: 57 } as KeyboardEventInit, written());
    await until(() => button('Quote').ariaPressed === 'true');
    press('\\', command, written());
    await until(() => button('Quote').ariaPressed === 'false');
    expect(inside(editor(), 'blockquote')).to.have.length(0);
  });

  it('links by key what may be linked to, and nothing else', async () => {
    await open();
    await write('see');
    press('k', command, written());
    const address = (await until(() => inside(opened!.element, 'mail-toolbar #address').find((one) => one === focused()))) as HTMLInputElement;
    const link = address.closest('form')!;
    address.value = 'javascript:alert(1)';
    link.requestSubmit();
    await until(() => the(opened!.element, 'mail-toolbar [role=alert]', 'Give a web address'));
    address.value = 'morrow.example/kit';
    link.requestSubmit();
    await until(() => focused() === written());
    press('Enter', command, written());
    await until(() => bodies.length === 1);
    expect(bodies[0]?.html).to.include('see<a href="https://morrow.example/kit">morrow.example/kit</a>');
  });

  it('has its tools behind one stop, with arrow keys between them', async () => {
    await open();
    await write('x');
    const tools = (): HTMLElement[] => inside(opened!.element, '.tools button');
    expect(tools().filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    tools()[0]!.focus();
    press('ArrowRight');
    await until(() => focused() === button('Bold'));
    press('End');
    await until(() => focused() === button('Clear formatting') && button('Clear formatting').tabIndex === 0);
  });

  it('takes what is pasted with what it knows of its formatting, and nothing else of it', async () => {
    await open();
    await write('');
    const data = new DataTransfer();
    data.setData(
      'text/html',
      '<meta charset="utf-8"><h1 style="color:red" onclick="window.hacked=1">Hi</h1><p>a <b>b</b><img src="https://elsewhere.example/x.png" onerror="window.hacked=1"> <a href="javascript:window.hacked=1">c</a> <a href="https://d.example/">d</a></p><script>window.hacked=1</script><ol><li>e</ol>',
    );
    data.setData('text/plain', 'no');
    written().dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
    await until(() => written().innerText.includes('e'));
    expect('hacked' in window).to.equal(false);
    expect(inside(editor(), 'img, script, h1, [style], [onclick]').filter((node) => !node.className.includes('ProseMirror'))).to.have.length(0);
    expect(inside(editor(), 'a').map((link) => link.getAttribute('href'))).to.deep.equal(['https://d.example/']);
    press('Enter', command, written());
    await until(() => bodies.length === 1);
    expect(bodies[0]?.text).to.match(/^Hi\na b c d \(https:\/\/d\.example\/\)\n1\. e\n\nOn /);
  });

  it('passes axe with everything open', async function () {
    this.timeout(60_000);
    await open();
    await write('Text');
    button('What you answer').click();
    const add = the(opened!.element, 'mail-copies input', 'Add an address to Bcc') as HTMLInputElement;
    type(add, 'wrong,');
    await until(() => the(opened!.element, 'mail-copies [role=alert]'));
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme;
      expect(await findings(opened!.element)).to.deep.equal([]);
    }
    delete document.documentElement.dataset['theme'];
  });
});
