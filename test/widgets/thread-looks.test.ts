/** An open conversation with everything in it that there can be: as axe finds it, and with hostile text in every field. */
import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { findings, inside, lines, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { ana, ben, conversation, line, message, nova, reply, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;

describe('the looks of an open conversation', () => {
  beforeEach(() => restartSeq());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  it('passes axe with everything in it, in both themes and directions, wide and narrow', async function () {
    this.timeout(60_000);
    const call = {
      turns: Array.from({ length: 9 }, (_, n) => ({ speaker: n % 2 ? 'operator' : 'contact', text: `Line ${n}` })),
      durationSeconds: 252,
      recordingUrl: 'https://calls.example/1',
    };
    opened = await openThread(
      { ...taken({ lastInboundSeq: 9, inboundCount: 4 }), unread: 1 },
      [
        message({ kind: 'call', channel: 'voice', text: 'A call', data: call }),
        message({ channel: 'email', subject: 'Re: Quote', text: 'Hello\n> quoted' }),
        reply('Please switch it off', { because: { articles: [{ id: nova.id, title: 'Leaks' }], skills: [], cards: [], playbook: null } }),
        line('handed_off', { data: { trigger: 'asks_for_person' } }),
        line('could_not_answer', { reason: 'no answer came' }),
        message({
          direction: 'internal',
          kind: 'skill',
          code: 'check_stock',
          text: '2 in black',
          data: { args: { product: 'wren' }, result: { available: 2 }, ms: 800, ok: true },
        }),
        message({
          direction: 'outbound',
          author: { kind: 'system', id: null, name: 'Morrow' },
          text: 'How shall we reach you?',
          routes: [
            { id: 'a', label: 'A call' },
            { id: 'b', label: 'A meeting' },
          ],
          chosenRouteId: 'a',
        }),
        message({
          direction: 'internal',
          kind: 'note',
          author: { kind: 'operator', id: ben.id, name: ben.name },
          text: '@Ana Duarte look',
          mentions: [ana.id],
        }),
        message({ intent: 'complaint', text: 'long '.repeat(600) }),
      ],
      {},
      2_400,
    );
    await until(() => inside(opened!.element, 'conv-log .line').length > 10);
    for (const run of inside(opened.element, 'details')) run.setAttribute('open', '');
    for (const [theme, dir, width] of [
      ['light', 'ltr', '900px'],
      ['dark', 'rtl', '390px'],
    ] as const) {
      opened.element.theme = theme;
      document.documentElement.dir = dir;
      opened.element.style.setProperty('inline-size', width);
      expect(await findings(opened.element)).to.deep.equal([]);
    }
    document.documentElement.removeAttribute('dir');
    expect(inside(opened.element, '[style*="color"], [onclick]')).to.have.length(0);
  });

  it('passes axe in both themes', async function () {
    this.timeout(60_000);
    opened = await openThread(conversation({ lastInboundSeq: 3, inboundCount: 2 }), [
      message({ text: 'My machine leaks' }),
      reply('Please switch it off'),
      message({ intent: 'complaint' }),
    ]);
    await until(() => lines(opened!.element).length > 3);
    for (const theme of ['light', 'dark'] as const) {
      opened.element.theme = theme;
      await opened.element.updateComplete;
      expect(await findings(opened.element)).to.deep.equal([]);
    }
  });

  it('shows hostile text as text in every field', async () => {
    const bad = '<img src=x onerror="window.hacked=1">‮ evil';
    const contact = { ...taken().contact, name: bad, company: bad };
    opened = await openThread(
      taken({
        lastInboundSeq: 1,
        contact,
        agent: { id: nova.id, name: bad, avatarUrl: null },
        subject: bad,
        department: { id: nova.id, name: bad },
        handoff: {
          route: { id: nova.id, label: bad, kind: 'call' },
          trigger: 'manual',
          reason: bad,
          by: { kind: 'agent', id: nova.id, name: bad },
          at: new Date().toISOString(),
        },
      }),
      [
        message({ text: bad, intent: bad, subject: bad, author: { kind: 'contact', id: contact.id, name: bad } }),
        reply(bad, {
          because: { articles: [{ id: nova.id, title: bad }], skills: [], cards: [], playbook: null },
          delivery: { status: 'failed', error: bad, at: new Date().toISOString() },
        }),
        message({ direction: 'internal', kind: 'system', code: 'handed_off', author: { kind: 'agent', id: nova.id, name: bad }, reason: bad, text: bad }),
        message({ direction: 'internal', kind: 'skill', code: bad, text: bad, data: { args: { bad }, result: bad, ms: 1, ok: false } }),
        message({ direction: 'internal', kind: 'note', author: { kind: 'operator', id: ben.id, name: bad }, text: bad, mentions: [ben.id] }),
        message({
          kind: 'call',
          text: bad,
          data: { turns: [{ speaker: 'contact', name: bad, text: bad }], durationSeconds: 3, recordingUrl: 'javascript:alert(1)' },
        }),
      ],
    );
    await until(() => inside(opened!.element, 'conv-log .line').length > 6);
    expect(inside(opened.element, 'img')).to.have.length(0);
    expect(inside(opened.element, 'a').filter((link) => !link.getAttribute('href')?.startsWith('http'))).to.have.length(0);
    expect('hacked' in window).to.equal(false);
    expect(the(opened.element, 'conv-log .msg.contact').innerText).to.include('<img src=x');
  });
});
