import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { SendMessage } from '../../server/contract/message.ts';
import { filled } from '../../widgets/elements/composer-templates.ts';
import { contact, findings, focused, inside, openThread, press, the, type, until, type Opened } from '../support/thread-page.ts';
import { id as newId, message, reply, restartSeq, taken } from '../support/thread-world.ts';

let opened: Opened | undefined;
const command = /Mac/.test(navigator.platform) ? { metaKey: true } : { ctrlKey: true };
const whatsapp = { id: newId(), channel: 'whatsapp' as const, handle: '351912555016', optedOutAt: null };
const sms = { id: newId(), channel: 'sms' as const, handle: '+351912555016', optedOutAt: '2025-06-01T10:00:00.000Z' };
const instagram = { id: newId(), channel: 'instagram' as const, handle: '17841400000000001', optedOutAt: null };
const templates = [
  { name: 'order_ready', language: 'en', body: 'Hello {{1}}, order {{2}} is ready.', parameters: 2 },
  { name: 'call_back', language: 'pt_PT', body: 'Podemos ligar?', parameters: 0 },
];
const field = (): HTMLTextAreaElement => the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement;
const button = (text: string): HTMLButtonElement => the(opened!.element, 'conv-composer button', text) as HTMLButtonElement;
const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

const bodies: SendMessage[] = [];
const { fetch: ask } = window;

/** The templates of the account, and what the API was asked to send. */
function listen(): void {
  bodies.length = 0;
  window.fetch = (input, init) => {
    if (String(input).endsWith('/templates')) return Promise.resolve(Response.json({ items: templates }));
    if (init?.method === 'POST' && String(input).endsWith('/messages')) bodies.push(JSON.parse(String(init.body)) as SendMessage);
    return ask(input, init);
  };
}

async function open(closesAt: string | null, change: Parameters<typeof taken>[0] = {}): Promise<void> {
  restartSeq();
  listen();
  opened = await openThread(
    taken({ channel: 'whatsapp', identityId: whatsapp.id, lastInboundSeq: 1, lastInboundAt: later(-24 * 3_600_000), replyWindow: { closesAt }, ...change }),
    [message({ channel: 'whatsapp' })],
    { contacts: [{ ...contact, identities: [whatsapp, sms, instagram] }] },
  );
}

describe('the time for free answers', () => {
  afterEach(async () => {
    window.fetch = ask;
    await opened?.close();
    opened = undefined;
  });

  it('is shown under the text, and warns in its last hour', async () => {
    await open(later(3 * 3_600_000 + 10 * 60_000 + 30_000));
    const line = await until(() => the(opened!.element, '.until', 'Free answers until'));
    expect(line.innerText).to.match(/until \d.* \(3 h 10 min left\)/);
    expect(line.classList.contains('soon')).to.equal(false);
    await opened!.close();
    await open(later(59 * 60_000));
    await until(() => the(opened!.element, '.until.soon', '58 min left'));
    expect(await findings(opened!.element)).to.deep.equal([]);
  });

  it('ends by itself while somebody writes: the text stays, and cannot be sent', async () => {
    await open(later(2_500));
    type(field(), 'half a thought');
    field().setSelectionRange(4, 4);
    await until(() => the(opened!.element, '.lock', 'WhatsApp takes no free answer any more.'));
    expect([field().value, field().selectionStart, button('Send').disabled]).to.deep.equal(['half a thought', 4, true]);
    press('Enter', command, field());
    expect(bodies).to.have.length(0);
  });

  it('is over: a template is chosen, filled in, shown and sent, and what was typed stays', async () => {
    await open(later(-1_000));
    await until(() => the(opened!.element, '.lock', '24 hours have passed'));
    expect(inside(opened!.element, 'conv-composer textarea')).to.have.length(0);
    button('Choose a template').click();
    const first = (await until(() => the(opened!.element, 'composer-templates #value-0'))) as HTMLInputElement;
    expect(button('Send template').disabled).to.equal(true);
    type(first, 'Marta');
    type(the(opened!.element, 'composer-templates #value-1'), '47760');
    await until(() => the(opened!.element, '.preview', 'Hello Marta, order 47760 is ready.'));
    expect(await findings(opened!.element)).to.deep.equal([]);
    button('Send template').click();
    await until(() => bodies.length === 1);
    expect(bodies[0]).to.deep.include({
      text: 'Hello Marta, order 47760 is ready.',
      template: { name: 'order_ready', language: 'en', parameters: ['Marta', '47760'] },
    });
    await until(() => inside(opened!.element, 'composer-templates').length === 0);
  });

  it('is no matter on another channel, and Instagram has no templates', async () => {
    await open(null, { channel: 'instagram', identityId: instagram.id });
    await until(() => the(opened!.element, '.lock', 'Instagram takes no free answer yet.'));
    expect(inside(opened!.element, 'conv-composer button').some((one) => one.innerText.includes('template'))).to.equal(false);
  });

  it('does not matter to one who unsubscribed: that is said, with the other ways', async () => {
    await open(null, { channel: 'sms', identityId: sms.id, replyWindow: null });
    await until(() => the(opened!.element, '.lock', 'The customer wants no messages by SMS.'));
    button('Write by WhatsApp').click();
    await until(() => focused() === field());
  });

  it('fills a template in only where there is a value', () => expect(filled('{{1}} and {{2}}, {{ 1 }}', ['a', ' '])).to.equal('a and {{2}}, a'));
});

describe('emoji', () => {
  afterEach(async () => {
    window.fetch = ask;
    await opened?.close();
    opened = undefined;
  });

  it('are found by name, taken by key at the caret, and remembered', async () => {
    await open(later(3_600_000 * 5));
    type(field(), 'Thanks !');
    field().setSelectionRange(7, 7);
    button('Insert emoji').click();
    const search = (await until(() => inside(opened!.element, 'conv-emoji input').find((one) => one === focused()))) as HTMLInputElement;
    expect(await findings(opened!.element)).to.deep.equal([]);
    type(search, 'party');
    await until(() => inside(opened!.element, 'conv-emoji .grid button').length < 5);
    press('ArrowDown', {}, search);
    (focused() as HTMLElement).click();
    await until(() => focused() === field());
    expect([field().value, field().selectionStart]).to.deep.equal(['Thanks 🥳!', 9]);
    button('Insert emoji').click();
    await until(() => the(opened!.element, 'conv-emoji [role=group]', 'Lately used').innerText.includes('🥳'));
    press('ArrowDown', {}, focused()!);
    press('ArrowRight');
    press('Home');
    expect(focused()?.textContent).to.equal('🥳');
    press('ArrowUp');
    expect(focused()).to.equal(search);
  });
});

describe('what became of a message', () => {
  afterEach(async () => {
    window.fetch = ask;
    await opened?.close();
    opened = undefined;
  });
  const at = (minute: number): string => new Date(2025, 5, 12, 12, minute).toISOString();

  async function shown(status: 'unknown' | 'bounced' | 'recalled' | 'delivered', error: string | null): Promise<void> {
    restartSeq();
    listen();
    const deliveryLog = [
      { status: 'queued', at: at(0) },
      { status: 'sent', at: at(1) },
      { status, at: at(2), error },
    ] as const;
    opened = await openThread(taken({ lastInboundSeq: 1 }), [
      message(),
      reply('Here it is', { aiGenerated: false, delivery: { status, at: at(2), error }, deliveryLog: [...deliveryLog] }),
    ]);
  }
  const retries = async (): Promise<number> => (await opened!.inbox.requests()).filter((request) => /^POST .*\/retry$/.test(request)).length;

  it('is told status by status, with its times and the provider’s reason', async () => {
    await shown('bounced', 'Mailbox full');
    (await until(() => the(opened!.element, 'conv-log .delivery', 'Bounced'))).click();
    const list = await until(() => inside(opened!.element, 'conv-log .statuses li').map((line) => line.innerText.replace(/\s+/g, ' ')));
    await until(() => inside(opened!.element, 'conv-log .statuses li').length === 3);
    expect(list.map((line) => line.split(' ')[0])).to.deep.equal(['Queued', 'Sent', 'Bounced']);
    expect(list[2]).to.include('Mailbox full');
    expect(await findings(opened!.element)).to.deep.equal([]);
  });

  for (const status of ['bounced', 'recalled'] as const) {
    it(`is sent again where it ${status === 'bounced' ? 'bounced' : 'was recalled'}`, async () => {
      await shown(status, null);
      (await until(() => the(opened!.element, 'conv-log .msg button', 'Send again'))).click();
      await until(async () => (await retries()) === 1);
    });
  }

  it('is asked about where nobody knows', async () => {
    await shown('unknown', null);
    (await until(() => the(opened!.element, 'conv-log .msg button', 'Send again'))).click();
    await until(() => the(opened!.element, 'message-again [role=alert]', 'It may have arrived already.'));
    expect(await retries()).to.equal(0);
    the(opened!.element, 'conv-log .msg button', 'Cancel').click();
    (await until(() => the(opened!.element, 'conv-log .msg button', 'Send again'))).click();
    (await until(() => the(opened!.element, 'conv-log .msg button', 'Send anyway'))).click();
    await until(async () => (await retries()) === 1);
  });
});
