import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import {
  asked,
  bodies,
  button,
  carrying,
  chips,
  choose,
  closeWithFiles,
  composer,
  drag,
  field,
  hold,
  id,
  openWithFiles,
  order,
  paste,
  pdf,
  picture,
  release,
  sendButton,
  thread,
} from '../support/files-page.ts';
import { contact, findings, focused, inside, press, the, type, until } from '../support/thread-page.ts';
import { conversation, id as newId, taken } from '../support/thread-world.ts';

const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };

describe('files of a reply', () => {
  afterEach(closeWithFiles);

  it('are chosen, shown as they go up, and sent with the text', async () => {
    await openWithFiles();
    await hold();
    const asks = button('Attach files');
    expect(asks.getAttribute('aria-keyshortcuts')).to.equal(null);
    choose(picture(), pdf());
    await until(() => inside(thread(), 'composer-files progress').length === 2 || chips().includes('seal.pdf 1 kB'));
    type(field(), 'Here they are');
    const bar = (await until(() => inside(thread(), 'composer-files progress')[0])) as HTMLProgressElement;
    expect([bar.max, bar.getAttribute('aria-label')?.startsWith('Uploading ')]).to.deep.equal([1, true]);
    expect(sendButton().disabled).to.equal(true);
    expect(composer().innerText).to.include('Files are still being uploaded.');
    press('Enter', command);
    await release(2);
    await until(() => inside(thread(), 'composer-files progress').length === 0 && !sendButton().disabled);
    expect(bodies()).to.deep.equal([]);
    expect(chips()).to.deep.equal(['valve.png 70 byte', 'seal.pdf 1 kB']);
    const preview = the(thread(), 'composer-files img') as HTMLImageElement;
    expect(preview.src.startsWith('blob:')).to.equal(true);
    await until(() => focused() === field());
    press('Enter', command);
    await until(() => inside(thread(), 'conv-log .msg.human .attached').length === 1 && inside(thread(), 'conv-log .msg.human .shot').length === 1);
    expect([bodies().length, bodies()[0]?.text, bodies()[0]?.attachmentIds?.length]).to.deep.equal([1, 'Here they are', 2]);
    expect([chips(), field().value]).to.deep.equal([[], '']);
  });

  it('go alone under their names', async () => {
    await openWithFiles();
    choose(pdf());
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
    sendButton().click();
    await until(() => inside(thread(), 'conv-log .msg.human .attached').length === 1);
    expect([bodies()[0]?.text, bodies()[0]?.attachmentIds?.length, chips()]).to.deep.equal(['seal.pdf', 1, []]);
  });

  it('ask once before going out when something newer came after they were chosen', async () => {
    await openWithFiles();
    choose(pdf());
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
    await order({ do: 'inbound', id: id(), text: 'Not that one' });
    await until(() => the(thread(), 'conv-log .msg', 'Not that one'));
    sendButton().click();
    await until(() => the(thread(), '.composer-warn', 'wrote again'));
    expect([bodies().length, chips().length]).to.deep.equal([0, 1]);
    button('Send anyway').click();
    await until(() => inside(thread(), 'conv-log .msg.human .attached').length === 1);
  });

  it('are dropped anywhere on the conversation, which says where they go', async () => {
    await openWithFiles();
    expect(drag('dragenter', [picture()])).to.equal(false);
    expect((await until(() => the(thread(), '.drop-zone'))).innerText).to.equal('Drop to attach');
    drag('dragleave', [picture()], thread());
    await until(() => inside(thread(), '.drop-zone').length === 0);
    drag('dragover', [picture()]);
    await until(() => the(thread(), '.drop-zone'));
    expect(drag('drop', [picture()])).to.equal(false);
    await until(() => chips()[0] === 'valve.png 70 byte');
    expect(inside(thread(), '.drop-zone')).to.have.length(0);
  });

  it('are pasted; a paste that brings text stays the field’s', async () => {
    await openWithFiles();
    field().focus();
    expect(paste(carrying([picture()], 'cells of a table'))).to.equal(true);
    expect(paste(carrying([], 'text'))).to.equal(true);
    expect(paste(carrying([picture('shot.png')]))).to.equal(false);
    await until(() => chips()[0] === 'shot.png 70 byte');
    expect(chips()).to.have.length(1);
  });

  it('are pasted into a mail, whose editor takes the text alone', async () => {
    const mail = newId();
    await openWithFiles(taken({ channel: 'email', identityId: mail, lastInboundSeq: 1 }), {
      contacts: [{ ...contact, identities: [{ id: mail, channel: 'email', handle: 'marta@casaoliveira.example', optedOutAt: null }] }],
    });
    field().focus();
    const written = await until(() => the(thread(), 'conv-composer .mail'));
    paste(carrying([], 'only text'), written);
    await until(() => written.innerText.trim() === 'only text');
    paste(carrying([picture('shot.png')]), written);
    await until(() => chips()[0] === 'shot.png 70 byte' && !sendButton().disabled);
    expect(written.innerText.trim()).to.equal('only text');
    sendButton().click();
    await until(() => bodies().length === 1);
    expect([bodies()[0]?.text.startsWith('only text'), bodies()[0]?.attachmentIds?.length]).to.deep.equal([true, 1]);
  });

  it('are given up while they go, and taken out after', async () => {
    await openWithFiles();
    choose(pdf('first.pdf'));
    await until(() => chips()[0] === 'first.pdf 1 kB');
    await hold();
    choose(pdf('second.pdf'));
    (await until(() => button('Cancel the upload of second.pdf'))).click();
    await until(() => chips().length === 1 && focused() === button('Remove first.pdf'));
    await order({ do: 'release' });
    button('Remove first.pdf').click();
    await until(() => chips().length === 0 && focused() === field());
    expect(sendButton().disabled).to.equal(true);
  });

  it('say why they were refused, and are tried again', async () => {
    await openWithFiles();
    await order({ do: 'fault', fault: { on: 'POST /v1/files', status: 429, code: 'rate_limited' } });
    type(field(), 'See this');
    choose(pdf());
    await until(() => chips()[0]?.includes('Not uploaded: Refused: rate_limited'));
    expect([sendButton().disabled, composer().innerText.includes('Try again or remove what was not uploaded.')]).to.deep.equal([true, true]);
    expect(await findings(thread())).to.deep.equal([]);
    button('Try again: seal.pdf').click();
    await until(() => chips()[0] === 'seal.pdf 1 kB' && !sendButton().disabled);
  });

  it('that are too large or empty are not sent up at all', async () => {
    await openWithFiles();
    choose(pdf('large.pdf', 2_001), pdf('empty.pdf', 0));
    await until(() => chips().length === 2);
    expect(chips()).to.deep.equal(['large.pdf Too large: at most 2 kB', 'empty.pdf Empty file']);
    expect(await asked(/\/v1\/files/)).to.equal(0);
    expect(inside(thread(), 'composer-files button').map((one) => one.ariaLabel)).to.deep.equal(['Remove large.pdf', 'Remove empty.pdf']);
  });

  it('are at most ten, and as many and as large as the channel carries', async () => {
    await openWithFiles();
    choose(...Array.from({ length: 12 }, (_, index) => pdf(`${index}.pdf`)));
    await until(() => chips().length === 10 && composer().innerText.includes('Chat takes at most 10 per message.'));
    await until(() => !sendButton().disabled);
    (await until(() => button('Sent by Chat'))).click();
    (await until(() => the(thread(), '[role=menuitemradio]', 'SMS'))).click();
    await until(() => composer().innerText.includes('SMS takes at most 1 per message.'));
    expect(sendButton().disabled).to.equal(true);
  });

  it('are not taken where the channel carries none', async () => {
    await openWithFiles(taken({ channel: 'instagram', lastInboundSeq: 1, identityId: newId() }));
    choose(pdf());
    await until(() => composer().innerText.includes('Instagram takes no files.'));
    expect(thread().store?.get().unsent[id()] ?? {}).not.to.have.property('aim');
    expect([chips(), await asked(/\/v1\/files/)]).to.deep.equal([[], 0]);
  });

  it('stay with the reply: a note has its own, which never come near the customer', async () => {
    await openWithFiles();
    choose(pdf());
    await until(() => chips()[0] === 'seal.pdf 1 kB');
    const goTo = async (tab: string): Promise<void> => {
      the(thread(), 'conv-composer [role=tab]', tab).click();
      await until(() => inside(thread(), 'conv-composer .ask-first .btn')[0]?.dispatchEvent(new MouseEvent('click')) ?? false);
    };
    await goTo('Note').then(() => choose(picture()));
    await until(() => chips().length === 1 && !chips()[0]!.includes('seal.pdf'));
    await goTo('Reply');
    await until(() => chips().join() === 'seal.pdf 1 kB');
  });

  it('are not taken while an agent is in control', async () => {
    await openWithFiles(conversation({ lastInboundSeq: 1 }));
    expect([drag('dragover', [picture()]), drag('drop', [picture()])]).to.deep.equal([false, false]);
    expect(inside(thread(), '.drop-zone')).to.have.length(0);
    expect(await asked(/\/v1\/files/)).to.equal(0);
  });

  it('pass axe on their way, there and over the composer, in both directions', async function () {
    this.timeout(30_000);
    await openWithFiles();
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      await hold();
      choose(picture(`${dir}.png`));
      await until(() => inside(thread(), 'composer-files progress').length === 1);
      expect(await findings(thread())).to.deep.equal([]);
      await release(dir === 'ltr' ? 1 : 2);
      await until(() => inside(thread(), 'composer-files progress').length === 0);
      drag('dragover', [picture()]);
      await until(() => the(thread(), '.drop-zone'));
      expect(await findings(thread())).to.deep.equal([]);
      drag('dragleave', [picture()], thread());
    }
    document.documentElement.removeAttribute('dir');
  });
});
