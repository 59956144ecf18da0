import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { findings, inside, lists, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { message, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
const chips = (): string[] => inside(opened!.element, 'composer-files li').map((chip) => chip.innerText.replace(/\s+/g, ' ').trim());

describe('files of a reply whose upload a reload cut off', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('are named, and can be chosen again', async () => {
    restartSeq();
    const kinds = [{ id: 'chat', kind: 'chat', limits: { maxText: null, subject: false, html: false, attachments: { maxCount: 10, maxBytes: 2_000 } } }];
    opened = await openThread(taken({ lastInboundSeq: 1 }), [message({ text: 'Where is it?' })], { lists: { ...lists, 'channel-kinds': kinds } as never });
    const { element } = opened;
    const cut = { key: 'cut', name: 'lost.pdf', type: 'application/pdf', size: 1_200, failed: { code: 'interrupted' as const, detail: '' } };
    element.store!.setUnsent(element.conversation!, { files: [cut] });
    await until(() => chips()[0] === 'lost.pdf Not finished when the page was left Choose again');
    expect(await findings(element)).to.deep.equal([]);
    const input = the(element, 'composer-files input') as HTMLInputElement;
    const asking = new Promise((resolve) => input.addEventListener('click', resolve, { once: true }));
    input.addEventListener('click', (event) => event.preventDefault());
    the(element, 'composer-files .linkish', 'Choose again').click();
    await asking;
    const chosen = new DataTransfer();
    chosen.items.add(new File([new Uint8Array(1_200)], 'found.pdf', { type: 'application/pdf' }));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change'));
    await until(() => chips()[0] === 'found.pdf 1 kB');
  });
});
