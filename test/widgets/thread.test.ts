import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { inside, lines, openThread, the, until, type Opened } from '../support/thread-page.ts';
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
});
