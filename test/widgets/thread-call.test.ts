import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { Message } from '../../server/contract/message.ts';
import { findings, inside, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { ana, line, marta, message, reply, restartSeq, taken } from '../support/thread-world.ts';

const turns = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ speaker: n % 2 ? 'contact' : 'operator', ...(n === 0 && { name: 'Ben' }), text: `Turn ${n}`, atSeconds: n * 61 }));
const call = (data: Record<string, unknown>): Message => message({ kind: 'call', channel: 'voice', text: 'Turn 1', data });
const ended = { turns: turns(4), ended: true, durationSeconds: 252, recordingUrl: 'https://calls.example/1', note: 'Wants a visit' };

let opened: Opened | undefined;

describe('telephone calls in an open conversation', () => {
  beforeEach(() => restartSeq());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  const show = async (...items: Message[]): Promise<HTMLElement> => {
    opened = await openThread(taken({ lastInboundSeq: items.length, inboundCount: items.length }), items, {}, 500);
    // Opened at its end: a call at its beginning is not in the page before that is.
    return until(() => {
      for (const scroller of inside(opened!.element, 'conv-log .scroll')) scroller.scrollTop = 0;
      return inside(opened!.element, 'thread-call').find((element) => element.shadowRoot?.querySelector('.call-head'));
    });
  };
  const said = (element: HTMLElement): string[] =>
    [...element.shadowRoot!.querySelectorAll<HTMLElement>('.transcript > div')].map((turn) => turn.innerText.replace(/\s+/g, ' ').trim());

  it('show who said what when, how long it was, the recording and what was noted', async () => {
    const element = await show(call(ended));
    expect(the(element, '.call-head').innerText).to.include('4:12');
    expect(said(element)).to.deep.equal(['0:00 Ben Turn 0', `1:01 ${marta.name} Turn 1`, '2:02 Your team Turn 2', `3:03 ${marta.name} Turn 3`]);
    const link = element.shadowRoot!.querySelector('a')!;
    expect([link.href, link.target, link.rel]).to.deep.equal(['https://calls.example/1', '_blank', 'noopener noreferrer']);
    expect(the(element, '.call-note').innerText).to.equal('Call note: Wants a visit');
    for (const theme of ['light', 'dark'] as const) {
      opened!.element.theme = theme;
      expect(await findings(opened!.element)).to.deep.equal([]);
    }
  });

  it('lead to recordings on the web only', async () => {
    for (const recordingUrl of ['javascript:alert(1)', 'http://calls.example/1', 'data:text/html,x', 7]) {
      const element = await show(call({ ...ended, recordingUrl }));
      expect(element.shadowRoot!.querySelectorAll('a')).to.have.length(0);
      await opened!.close();
      restartSeq();
    }
  });

  it('say that they go on, with the newest lines, and are brought up to date where they stand without moving what is read', async () => {
    const running = call({ turns: turns(9), ended: false });
    const element = await show(running, ...Array.from({ length: 30 }, () => message()));
    const scroller = the(opened!.element, 'conv-log .scroll');
    scroller.scrollTop = 40;
    await until(() => scroller.scrollTop === 40);
    expect(the(element, '.call-head').innerText).to.include('In progress');
    expect(said(element)[0]).to.include('Turn 3');
    await opened!.inbox.order({ do: 'emit', name: 'message', data: { ...running, data: { ...ended, turns: turns(12), durationSeconds: 700 } } });
    await until(() => the(element, '.call-head').innerText.includes('11:40'));
    expect(scroller.scrollTop).to.equal(40);
    expect([said(element).length, said(element)[0]]).to.deep.equal([6, '0:00 Ben Turn 0']);
    the(element, 'button', 'Show all 12 lines').click();
    await until(() => said(element).length === 12);
  });

  it('stand beside reactions, what was sent from a phone, and lines of STOP', async () => {
    const reactions = [{ emoji: '👍', by: { kind: 'contact', id: marta.id, name: marta.name }, at: '2025-06-12T12:00:00.000Z' }];
    await show(
      call(ended),
      reply('Done', { data: { reactions } }),
      message({ direction: 'outbound', author: { kind: 'operator', id: null, name: 'The team' }, text: 'Ben here', data: { fromApp: true } }),
      line('opted_out', { author: { kind: 'contact', id: marta.id, name: marta.name } }),
      message({ direction: 'outbound', author: { kind: 'operator', id: ana.id, name: ana.name } }),
    );
    expect(the(opened!.element, 'conv-log .reactions').innerText).to.include('👍');
    expect(
      inside(opened!.element, 'conv-log .msg-head')
        .map((head) => head.innerText.replace(/\s+/g, ' '))
        .filter((head) => head.includes('from the phone')),
    ).to.have.length(1);
    expect(the(opened!.element, 'conv-log .sys', 'wrote STOP').innerText).to.include('nothing is sent to this number until START');
    expect(await findings(opened!.element)).to.deep.equal([]);
  });
});
