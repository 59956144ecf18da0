import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { SendMessage } from '../../server/contract/message.ts';
import {
  bodies,
  button,
  chips,
  closeMail,
  correspondent,
  editor,
  field,
  mailId,
  openMail,
  order,
  reopenMail,
  subject,
  thread,
  write,
  written,
} from '../support/mail-page.ts';
import { contact, findings, focused, inside, press, the, type, until } from '../support/thread-page.ts';

const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };

describe('a mail', () => {
  afterEach(closeMail);

  it('begins with the subject and the copies of the one that it answers, our own address and the customer’s aside', async () => {
    await openMail();
    expect([subject().value, chips('Cc'), chips('Bcc')]).to.deep.equal(['Re: Damaged delivery', ['Studio Bassi'], []]);
    expect(the(thread(), 'conv-composer .composer-line').innerText.replace(/\s+/g, ' ')).to.include('Marta Oliveira marta@casaoliveira.example');
  });

  it('is formatted from the first focus on, with the caret where it stood', async () => {
    await openMail();
    const plain = field();
    type(plain, 'one two');
    plain.setSelectionRange(3, 3);
    await until(() => focused() === written());
    editor().insert('!');
    expect(written().innerText).to.equal('one! two');
    await until(() => inside(thread(), 'conv-composer textarea').length === 0);
  });

  it('sends HTML with its twin in plain text, subject, copies and what it answers', async () => {
    await openMail();
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
    await until(() => bodies().length === 1);
    const [{ html, text, ...rest }] = bodies() as [SendMessage];
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
    await openMail();
    await write('Short');
    button('What you answer').click();
    await until(() => the(thread(), '.original blockquote', 'It came broken.'));
    button('Leave it out').click();
    await until(() => button('Add what you answer'));
    button('Formatted text').click();
    await until(() => focused() === field());
    expect(field().value).to.equal('Short');
    press('Enter', command);
    await until(() => bodies().length === 1);
    expect([bodies()[0]?.text, bodies()[0]?.html]).to.deep.equal(['Short', undefined]);
  });

  it('takes addresses by key, says what is none, and loses them by key', async () => {
    await openMail();
    const add = the(thread(), 'mail-copies input', 'Add an address to Bcc') as HTMLInputElement;
    type(add, 'Luca <luca@bar.example>, not an address');
    press('Enter', {}, add);
    await until(() => the(thread(), 'mail-copies [role=alert]', '“not an address” is not an email address.'));
    expect([chips('Bcc'), add.value]).to.deep.equal([['Luca'], 'not an address']);
    await write('x');
    press('Enter', command, written());
    await until(() => focused() === add);
    expect(bodies()).to.have.length(0);
    add.value = '';
    press('Backspace', {}, add);
    expect(focused()?.getAttribute('aria-label')).to.equal('Remove Luca');
    press('Delete');
    await until(() => chips('Bcc').length === 0 && focused() === add);
    press('Enter', command, written());
    await until(() => bodies().length === 1);
    expect(bodies()[0]?.bcc).to.equal(undefined);
  });

  it('keeps text, formatting, caret, subject, copies and target through everything that happens meanwhile', async () => {
    await openMail();
    await write('half ');
    button('Italic').click();
    editor().insert('a thought');
    const before = written().innerHTML;
    const caret = (): unknown[] => {
      const selection = (editor().shadowRoot as ShadowRoot & { getSelection(): Selection }).getSelection();
      return [selection.anchorNode?.textContent, selection.anchorOffset];
    };
    const at = caret();
    await order({ do: 'inbound', id: thread().conversation!, text: 'Hello?' });
    await order({
      do: 'change',
      id: thread().conversation!,
      change: { subject: 'Something else', channel: 'sms', identityId: correspondent.identities[1]!.id },
    });
    await order({
      do: 'add',
      id: thread().conversation!,
      item: {
        direction: 'inbound',
        channel: 'email',
        text: 'Newer',
        subject: 'Newer',
        cc: [],
        author: { kind: 'contact', id: contact.id, name: contact.name },
      },
    });
    await until(() => the(thread(), 'conv-log .msg', 'Newer'));
    expect([written().innerHTML, caret(), focused() === written(), subject().value, chips('Cc')]).to.deep.equal([
      before,
      at,
      true,
      'Re: Damaged delivery',
      ['Studio Bassi'],
    ]);
    press('Enter', command, written());
    (await until(() => button('Send anyway'))).click();
    await until(() => bodies().length === 1);
    expect(bodies()[0]).to.deep.include({ identityId: mailId, subject: 'Re: Damaged delivery' });
    expect(bodies()[0]?.html).to.include('<i>a thought</i>').and.to.include('It came broken.');
  });

  it('keeps formatting, subject and copies when the element is made anew, as after a reload', async () => {
    await openMail();
    await write('not ');
    button('Underline').click();
    editor().insert('sent');
    subject().select();
    type(subject(), 'Other');
    const add = the(thread(), 'mail-copies input', 'Add an address to Bcc');
    type(add, 'luca@bar.example,');
    await until(() => chips('Bcc').length === 1);
    reopenMail();
    await until(() => written().innerHTML.includes('<u>sent</u>'));
    expect([subject().value, chips('Bcc'), written().innerText]).to.deep.equal(['Other', ['luca@bar.example'], 'not sent']);
  });

  it('gets everything back when it was refused', async () => {
    await openMail();
    await write('I ');
    button('Bold').click();
    editor().insert('call');
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${thread().conversation}/messages`, status: 422, code: 'channel_cannot_send' } });
    subject().select();
    type(subject(), 'Call');
    press('Enter', command, written());
    await until(() => the(thread(), '.composer-warn', 'It was not sent.'));
    await until(() => written().innerHTML.includes('<strong>call</strong>'));
    expect([written().innerText, subject().value]).to.deep.equal(['I call', 'Call']);
  });

  it('loses nothing on the way over another handle', async () => {
    await openMail();
    await write('by ');
    button('Bold').click();
    editor().insert('mail');
    const choose = async (now: string, next: string): Promise<void> => {
      (await until(() => the(thread(), 'conv-composer button', `Sent by ${now}`))).click();
      (await until(() => the(thread(), '[role=menuitemradio]', next))).click();
      await until(() => the(thread(), 'conv-composer button', `Sent by ${next}`));
    };
    await choose('Email', 'SMS');
    expect([field().value, inside(thread(), '#subject').length, inside(thread(), 'mail-copies').length]).to.deep.equal(['by mail', 0, 0]);
    await choose('SMS', 'Email');
    await until(() => written().innerHTML.includes('<strong>mail</strong>'));
    expect(subject().value).to.equal('Re: Damaged delivery');
  });

  it('passes axe with everything open', async function () {
    this.timeout(60_000);
    await openMail();
    await write('Text');
    button('What you answer').click();
    const add = the(thread(), 'mail-copies input', 'Add an address to Bcc') as HTMLInputElement;
    type(add, 'wrong,');
    await until(() => the(thread(), 'mail-copies [role=alert]'));
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme;
      expect(await findings(thread())).to.deep.equal([]);
    }
    delete document.documentElement.dataset['theme'];
  });
});
