/** What becomes of a reply's files that did not go out: refused, left for another conversation, cut off by a reload. */
import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { createClient } from '../../widgets/store/client.ts';
import { createStore } from '../../widgets/store/store.ts';
import { Tokens } from '../../widgets/store/token.ts';
import {
  bodies,
  carrying,
  chips,
  choose,
  closeWithFiles,
  field,
  hold,
  id,
  inbox,
  openWithFiles,
  order,
  pdf,
  picture,
  release,
  sendButton,
  thread,
} from '../support/files-page.ts';
import { findings, inside, the, until } from '../support/thread-page.ts';
import { id as newId, taken } from '../support/thread-world.ts';

describe('files of a reply that are not sent', () => {
  afterEach(closeWithFiles);

  it('come back when the message is refused', async () => {
    await openWithFiles();
    choose(picture());
    await until(() => chips()[0] === 'valve.png 70 byte' && !sendButton().disabled);
    await order({ do: 'fault', fault: { on: `POST /v1/conversations/${id()}/messages`, status: 422, code: 'invalid' } });
    sendButton().click();
    await until(() => the(thread(), '.composer-warn', 'It was not sent.'));
    expect([chips(), field().value]).to.deep.equal([['valve.png 70 byte'], '']);
    sendButton().click();
    await until(() => inside(thread(), 'conv-log .msg.human .shot').length === 1);
    expect(bodies().map(({ attachmentIds }) => attachmentIds)).to.deep.equal([bodies()[0]?.attachmentIds, bodies()[0]?.attachmentIds]);
  });

  it('stay with their conversation through news and other conversations, and what went up through a reload', async () => {
    const other = taken({ id: newId(), lastInboundSeq: 0, inboundCount: 0 });
    await openWithFiles();
    const first = id();
    choose(pdf());
    await until(() => chips()[0] === 'seal.pdf 1 kB');
    await order({ do: 'inbound', id: first, text: 'Hello?' });
    await until(() => the(thread(), 'conv-log .msg', 'Hello?'));
    await hold();
    choose(pdf('slow.pdf'));
    await until(() => inside(thread(), 'composer-files progress').length === 1);
    await order({ do: 'inbound', id: other.id, text: 'Me too', begin: other });
    thread().conversation = other.id;
    await until(() => the(thread(), 'conv-log .msg', 'Me too'));
    await until(() => chips().length === 0);
    const element = thread();
    element.conversation = first;
    await until(() => chips().length === 2);
    await release(2);
    await until(() => chips().join() === 'seal.pdf 1 kB,slow.pdf 1 kB');
    await hold();
    choose(pdf('lost.pdf'));
    await until(() => chips().length === 3);
    window.dispatchEvent(new Event('pagehide'));
    // A page of its own would begin with a store of its own.
    const again = createStore({
      client: createClient({ base: inbox().base, tokens: new Tokens(() => inbox().token) }),
      identity: { base: inbox().base, workspace: 'test', operator: 'ana' },
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

  it('are named where a reload cut their upload off, and can be chosen again', async () => {
    await openWithFiles();
    const element = thread();
    const cut = { key: 'cut', name: 'lost.pdf', type: 'application/pdf', size: 1_200, failed: { code: 'interrupted' as const, detail: '' } };
    element.store!.setUnsent(element.conversation!, { files: [cut] });
    await until(() => chips()[0] === 'lost.pdf Not finished when the page was left Choose again');
    expect(await findings(element)).to.deep.equal([]);
    const input = the(element, 'composer-files input') as HTMLInputElement;
    const asking = new Promise((resolve) => input.addEventListener('click', resolve, { once: true }));
    input.addEventListener('click', (event) => event.preventDefault());
    the(element, 'composer-files .linkish', 'Choose again').click();
    await asking;
    input.files = carrying([pdf('found.pdf')]).files;
    input.dispatchEvent(new Event('change'));
    await until(() => chips()[0] === 'found.pdf 1 kB');
  });
});
