import { expect } from 'chai';
import '../../widgets/elements/conv-inbox.ts';
import { clear, find, press as pressIn, show, texts } from '../support/element-page.ts';
import { sampleInbox } from '../support/sample-inbox.ts';
import { findings, focused, inside, openThread, press, the, type, until, type Opened } from '../support/thread-page.ts';
import { conversation, message, taken } from '../support/thread-world.ts';

const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };
const field = ({ element }: Opened): HTMLTextAreaElement => the(element, 'conv-composer textarea') as HTMLTextAreaElement;
const button = ({ element }: Opened, text: string): HTMLElement => the(element, 'conv-composer button', text);

describe('where nothing can be written', () => {
  let opened: Opened | undefined;

  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    await clear();
  });

  it('offers another handle on a channel on which nothing can be sent, and says so where there is none; notes stay open', async () => {
    opened = await openThread(taken({ channel: 'voice', identityId: 'call', lastInboundSeq: 1 }), [message({ text: 'Where is it?' })], {
      contacts: [
        {
          ...conversation().contact,
          timeZone: null,
          attributes: {},
          createdAt: new Date(0).toISOString(),
          version: 1,
          identities: [
            { id: 'call', channel: 'voice', handle: '+351912555016' },
            { id: 'mail', channel: 'email', handle: 'marta@casaoliveira.example' },
          ],
        },
      ],
    });
    await until(() => the(opened!.element, '.lock.silent', 'Nothing can be sent by Voice.'));
    expect(inside(opened.element, 'conv-composer textarea')).to.deep.equal([]);
    expect(await findings(opened.element)).to.deep.equal([]);
    (await until(() => button(opened!, 'Write by Email'))).click();
    await until(() => focused() === field(opened!));
    expect(inside(opened.element, '.lock')).to.deep.equal([]);
    await opened.close();

    opened = await openThread(taken({ channel: 'linkedin', lastInboundSeq: 1 }), [message({ text: 'Where is it?' })]);
    await until(() => the(opened!.element, '.lock.silent', 'Nothing can be sent by LinkedIn.'));
    button(opened, 'Note').click();
    await until(() => inside(opened!.element, 'conv-composer textarea').length === 1);
    type(field(opened), 'Rui knows her');
    press('Enter', command);
    await until(() => the(opened!.element, 'conv-log .msg.note', 'Rui knows her'));
  });

  it('says what is unread and who waits while no conversation is open, and opens the one that has waited longest', async () => {
    const { element, root } = await show('conv-inbox', sampleInbox, { width: 1200, height: 700 });
    const thread = await find(root, 'conv-thread');
    const blank = (): string => texts(thread.shadowRoot!, '.empty').join();
    await until(() => /Choose a conversation .*unread\. .*for a person.* Open the longest waiting G J K move \/ search/.test(blank()));
    pressIn('g', thread);
    const longest = sampleInbox
      .conversations!.filter(({ handoff, status }) => handoff && status === 'open')
      .toSorted((one, other) => ((one.waitingSince ?? '') < (other.waitingSince ?? '') ? -1 : 1))[0]!;
    await until(() => element.conversation === longest.id);
  });
});
