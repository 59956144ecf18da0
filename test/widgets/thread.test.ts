import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { findings, inside, lines, openThread, the, until, type Opened } from '../support/thread-page.ts';
import { ana, at, ben, conversation, conversationId, id as newId, line, message, nova, reply, restartSeq, taken } from '../support/thread-world.ts';
import { openInbox } from '../support/wtr-api-client.ts';

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
    expect(
      lines(element)
        .map((text) =>
          text
            .replace(/\d+:\d+( [AP]M)?/g, '')
            .replace(/\s+/g, ' ')
            .trim(),
        )
        .slice(1),
    ).to.deep.equal([
      'MO Marta Oliveira My machine leaks',
      'Nova AI Read Please switch it off N',
      'MO Marta Oliveira ok thanks',
      'Nova stayed quiet: a bare thank-you',
    ]);
    expect(the(element, '.control').innerText).to.include('Nova');
    expect(inside(element, 'conv-composer .lock')).to.have.length(1);
  });

  it('shows an email with what it is about, and folds what it quotes', async () => {
    const text = 'Both floors, please.\n\nOn 11 June 2025, Sol wrote:\n> Which floors?';
    opened = await openThread(taken({ channel: 'email', subject: 'Quote', lastInboundSeq: 1 }), [message({ channel: 'email', subject: 'Re: Quote', text })]);
    const letter = await until(() => the(opened!.element, 'conv-log .mail-box'));
    expect(letter.innerText.replace(/\s+/g, ' ')).to.equal('Subject Re: Quote From marta@casaoliveira.example Both floors, please. Show earlier messages');
    expect(the(opened.element, '.thread-title').innerText).to.include('Quote');
  });

  it('tells what failed to arrive and why, and sends it again', async () => {
    opened = await openThread(taken({ lastInboundSeq: 1 }), [
      message(),
      message({
        direction: 'outbound',
        author: { kind: 'operator', id: ana.id, name: ana.name },
        text: 'Here',
        delivery: { status: 'failed', error: 'number unreachable', at: at(2) },
      }),
    ]);
    const failed = await until(() => the(opened!.element, 'conv-log .msg.failed'));
    expect(failed.innerText.replace(/\s+/g, ' ')).to.include('Not delivered').and.to.include('number unreachable');
    the(opened.element, 'conv-log .linkish', 'Send again').click();
    await until(() => the(opened!.element, 'conv-log .delivery', 'Queued'));
  });

  it('shows an agent at work by its stages, with its words as they grow, and lets go of them after', async () => {
    opened = await openThread(conversation({ lastInboundSeq: 1 }), [message()]);
    const { element, inbox } = opened;
    const work = (working: object | null): Promise<unknown> =>
      inbox.order({ do: 'emit', name: 'working', data: { conversationId: element.conversation, working }, passing: true });
    const since = new Date().toISOString();
    await work({ agentId: nova.id, stage: 'classifying', since });
    await until(() => the(element, '.work .now', 'Classifying'));
    await work({ agentId: nova.id, stage: 'skill', skill: 'check_stock', since });
    await until(() => the(element, '.work .now', 'check_stock'));
    await work({ agentId: nova.id, stage: 'composing', since });
    await inbox.order({
      do: 'emit',
      name: 'compose',
      data: { conversationId: element.conversation, agentId: nova.id, text: 'There are two in' },
      passing: true,
    });
    await until(() => the(element, '.work-body', 'There are two in'));
    expect(the(element, '.stages').innerText.replace(/\s+/g, ' ')).to.match(/^Classified check_stock Composing, \d+ s$/);
    await work(null);
    await until(() => inside(element, '.work').length === 0);
  });

  it('says to listeners what is new, once, and nothing of what was there or is their own', async () => {
    opened = await openThread(taken({ lastInboundSeq: 1 }), [message({ text: 'Old news' })]);
    const { element, inbox } = opened;
    const said = (): string =>
      inside(element, '[data-region=announce]')
        .map((node) => node.textContent ?? '')
        .join(' ');
    await until(() => the(element, 'conv-log .msg', 'Old news'));
    await inbox.order({ do: 'inbound', id: element.conversation!, text: 'Hello?' });
    await until(() => said().includes('Marta Oliveira: Hello?'));
    expect(said()).to.not.include('Old news');
    await inbox.order({ do: 'add', id: element.conversation!, item: { text: 'My own words' } });
    await inbox.order({
      do: 'add',
      id: element.conversation!,
      item: { kind: 'note', direction: 'internal', channel: null, text: 'A seal kit', author: { kind: 'operator', id: ben.id, name: ben.name } },
    });
    await until(() => said().includes('Note by Ben Okafor: A seal kit'));
    expect(said()).to.not.include('My own words');
  });

  it('says to listeners nothing of what a merge puts between, and goes on with what is new', async () => {
    const other = taken({ id: newId(), lastInboundSeq: 2 });
    const elsewhere = ['Said elsewhere', 'And there again'].map((text, at_) => ({
      ...message({ text, createdAt: at(at_ - 30) }),
      conversationId: other.id,
      seq: at_ + 1,
    }));
    restartSeq();
    const one = taken({ lastInboundSeq: 1 });
    opened = await openThread(one, [message({ text: 'Old news' }), ...elsewhere], { conversations: [one, other] });
    const { element, inbox } = opened;
    const heard: string[] = [];
    new MutationObserver(() => heard.push(...inside(element, '[data-region=announce]').map((node) => node.textContent ?? ''))).observe(element.shadowRoot!, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    await inbox.order({ do: 'merge', id: other.id, into: one.id });
    await inbox.order({ do: 'inbound', id: one.id, text: 'After all?' });
    await until(() => the(element, 'conv-log .msg', 'And there again'));
    await until(() => heard.some((text) => text.includes('Marta Oliveira: After all?')));
    expect(heard.filter((text) => /Old news|elsewhere|there again|new messages/.test(text))).to.deep.equal([]);
  });

  it('says that a conversation is not there, or did not load with a way on', async () => {
    const inbox = await openInbox({});
    const element = document.createElement('conv-thread');
    Object.assign(element, { base: inbox.base, token: inbox.token, conversation: conversationId });
    document.body.append(element);
    await until(() => the(element, '[role=alert]', 'This conversation is not there'));
    element.remove();
    await inbox.close();
  });

  it('tries again after it did not load', async () => {
    const inbox = await openInbox({ conversations: [taken({ lastInboundSeq: 1 })], messages: [message({ text: 'Here I am' })] });
    await inbox.order({ do: 'fault', fault: { on: 'GET /v1/conversations/', status: 500, times: 2 } });
    const element = document.createElement('conv-thread');
    Object.assign(element, { base: inbox.base, token: inbox.token, conversation: conversationId });
    document.body.append(element);
    (await until(() => the(element, '[role=alert] button', 'Try again'))).click();
    await until(() => lines(element).some((text) => text.includes('Here I am')));
    element.remove();
    await inbox.close();
  });

  it('shows who else looks at it, and says that it is closed', async () => {
    opened = await openThread(taken({ lastInboundSeq: 1, status: 'closed' }), [message()]);
    const { element, inbox } = opened;
    await inbox.order({
      do: 'emit',
      name: 'presence',
      data: { operatorId: ben.id, name: ben.name, conversationId: element.conversation, viewing: [{ conversationId: element.conversation, since: at(0) }] },
      passing: true,
    });
    expect((await until(() => the(element, '.presence'))).title).to.equal('Ben Okafor is viewing');
    expect(the(element, '.thread-title').innerText).to.include('Closed');
    the(element, 'button', 'Reopen conversation').click();
    await until(() => the(element, 'button', 'Close conversation'));
  });

  it('says why an agent handed off in the reader’s language, and what a person gave as a reason as it was written', async () => {
    opened = await openThread(taken({ lastInboundSeq: 4 }), [
      message(),
      line('handed_off', { reason: 'mentioned “Anwalt”', data: { trigger: 'keyword', found: 'Anwalt' } }),
      line('handed_off', { reason: 'is frustrated', data: { trigger: 'frustration', found: null } }),
      line('handed_off', { reason: 'knows her well', data: { trigger: 'manual' } }),
    ]);
    opened.element.lang = 'de';
    const text = (): string =>
      inside(opened!.element, 'conv-log .sys')
        .map((one) => one.textContent)
        .join(' | ');
    await until(() => text().includes('ein Stichwort: „Anwalt“'));
    expect(text())
      .to.match(/Verärgerung.*knows her well/)
      .and.not.to.match(/mentioned|frustrated/);
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
