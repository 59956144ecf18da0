import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { findings, inside, lines, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { conversation, line, message, reply, restartSeq } from '../support/thread-world.ts';

let opened: Opened | undefined;

describe('an open conversation', () => {
  beforeEach(() => restartSeq());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('shows what was said and decided, in order', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 3, inboundCount: 2 }), [
      message({ text: 'My machine leaks' }),
      reply('Please switch it off'),
      message({ text: 'ok thanks' }),
      line('stayed_quiet', { reason: 'a bare thank-you' }),
    ]);
    const { element } = opened;
    await until(() => lines(element).some((text) => text.includes('stayed quiet')));
    expect(lines(element).map((text) => text.replace(/\d+:\d+( [AP]M)?/g, '').replace(/\s+/g, ' ').trim()).slice(1)).to.deep.equal([
      'MO Marta Oliveira My machine leaks', 'Nova AI Read Please switch it off N', 'MO Marta Oliveira ok thanks', 'Nova stayed quiet: a bare thank-you',
    ]);
    expect(the(element, '.control').innerText).to.include('Nova');
    expect(inside(element, 'conv-composer .lock')).to.have.length(1);
  });

  it('passes axe in both themes', async function () {
    this.timeout(60_000);
    opened = await openThread(conversation({ lastInboundSeq: 3, inboundCount: 2 }), [message({ text: 'My machine leaks' }), reply('Please switch it off'), message({ intent: 'complaint' })]);
    await until(() => lines(opened!.element).length > 3);
    for (const theme of ['light', 'dark'] as const) {
      opened.element.theme = theme;
      await opened.element.updateComplete;
      expect(await findings(opened.element)).to.deep.equal([]);
    }
  });
});
