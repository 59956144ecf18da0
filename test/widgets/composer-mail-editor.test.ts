/** What is written in a mail: formatted by keys and tools, linked, and pasted. */
import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { bodies, button, closeMail, editor, openMail, thread, write, written } from '../support/mail-page.ts';
import { focused, inside, press, the, until } from '../support/thread-page.ts';

const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };

describe('the text of a mail', () => {
  afterEach(closeMail);

  it('is formatted by keys, undone, and cleared', async () => {
    await openMail();
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
    await openMail();
    await write('see');
    press('k', command, written());
    const address = (await until(() => inside(thread(), 'mail-toolbar #address').find((one) => one === focused()))) as HTMLInputElement;
    const link = address.closest('form')!;
    address.value = 'javascript:alert(1)';
    link.requestSubmit();
    await until(() => the(thread(), 'mail-toolbar [role=alert]', 'Give a web address'));
    address.value = 'morrow.example/kit';
    link.requestSubmit();
    await until(() => focused() === written());
    press('Enter', command, written());
    await until(() => bodies().length === 1);
    expect(bodies()[0]?.html).to.include('see<a href="https://morrow.example/kit">morrow.example/kit</a>');
  });

  it('has its tools behind one stop, with arrow keys between them', async () => {
    await openMail();
    await write('x');
    const tools = (): HTMLElement[] => inside(thread(), '.tools button');
    expect(tools().filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    tools()[0]!.focus();
    press('ArrowRight');
    await until(() => focused() === button('Bold'));
    press('End');
    await until(() => focused() === button('Clear formatting') && button('Clear formatting').tabIndex === 0);
  });

  it('takes what is pasted with what it knows of its formatting, and nothing else of it', async () => {
    await openMail();
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
    await until(() => bodies().length === 1);
    expect(bodies()[0]?.text).to.match(/^Hi\na b c d \(https:\/\/d\.example\/\)\n1\. e\n\nOn /);
  });
});
