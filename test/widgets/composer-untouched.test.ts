/** Whatever happens elsewhere: text, caret, selection and target of what somebody writes stay as they are, in the middle of a composed character too. */
import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import type { Notification, OperatorEvents } from '../../server/contract/events.ts';
import type { Message } from '../../server/contract/message.ts';
import type { MailEditor } from '../../widgets/elements/mail-editor.ts';
import { accountFacts, listPaths } from '../../widgets/store/lists.ts';
import { contact, focused, inside, openThread, the, type, until, type Opened } from '../support/thread-page.ts';
import { ana, at, ben, draft, id as newId, line, message, nova, restartSeq, taken } from '../support/thread-world.ts';
import { watchField, watchMail, type Watched } from '../support/watched.ts';

let opened: Opened | undefined;
const identity = (channel: 'email' | 'sms' | 'chat', handle: string, id: string) => ({ id, channel, handle, optedOutAt: null });
const [mailId, chatId, smsId] = [newId(), newId(), newId()];
const correspondent = {
  ...contact,
  identities: [identity('email', 'marta@casaoliveira.example', mailId), identity('chat', 'visitor', chatId), identity('sms', '+351912555016', smsId)],
};
const other = taken({ id: newId(), lastInboundSeq: 1 });

const id = (): string => opened!.element.conversation!;
const order = (what: Parameters<Opened['inbox']['order']>[0]): Promise<unknown> => opened!.inbox.order(what);
const emit = (name: keyof OperatorEvents, data: unknown, passing = false): Promise<unknown> => order({ do: 'emit', name, data, passing });
const state = () => opened!.element.store!.get();
const conversation = () => state().conversations.get(id())!;
const field = (): HTMLTextAreaElement => the(opened!.element, 'conv-composer textarea') as HTMLTextAreaElement;
const editor = (): MailEditor => the(opened!.element, 'conv-composer mail-editor') as MailEditor;
const written = (): HTMLElement => the(opened!.element, 'conv-composer .mail');

/** What an item can be, each as one that stands there when it has come. */
const items: Record<Message['kind'], Partial<Message>> = {
  message: { direction: 'inbound', text: 'An item of a customer' },
  note: { direction: 'internal', author: { kind: 'operator', id: ben.id, name: ben.name }, channel: null, text: 'An item of a colleague' },
  system: { direction: 'internal', code: 'assumed', author: { kind: 'operator', id: ben.id, name: ben.name }, channel: null, text: 'assumed' },
  skill: {
    direction: 'internal',
    author: { kind: 'agent', id: nova.id, name: nova.name },
    channel: null,
    text: 'look_up_contact',
    data: { args: {}, summary: 'Found', ok: true, ms: 5, outcome: 'done' },
  },
  activity: { direction: 'internal', author: { kind: 'operator', id: ben.id, name: ben.name }, channel: null, code: 'linkedin', text: 'An item of elsewhere' },
  call: {
    direction: 'inbound',
    channel: 'voice',
    text: 'An item of a call',
    data: { ended: true, durationSeconds: 4, turns: [{ speaker: 'contact', text: 'An item of a call', atSeconds: 1 }] },
  },
};
/** What operators are told of. */
const told: Record<Notification['kind'], Record<string, unknown>> = {
  handoff: {},
  assignment: { by: ben.name },
  transfer: { note: 'Yours?' },
  mention: { snippet: 'Look' },
  draft: { snippet: 'Nova wrote' },
  delivery: { reason: 'bounced' },
  snooze: {},
  model: { state: 'down' },
};

/** What makes each kind of event, and how one sees that it has arrived. */
const happenings: Record<keyof OperatorEvents, () => Promise<unknown>> = {
  async message() {
    await order({ do: 'inbound', id: id(), text: 'Are you still there?' });
    await until(() => the(opened!.element, 'conv-log .msg', 'Are you still there?'));
    for (const [kind, item] of Object.entries(items) as [Message['kind'], Partial<Message>][])
      await order({ do: 'add', id: id(), item: { kind, ...item, seq: undefined } });
    await until(() => new Set(state().threads[id()]?.items.map(({ kind }) => kind)).size === Object.keys(items).length);
  },
  async conversation() {
    await order({
      do: 'change',
      id: id(),
      change: { subject: 'Another subject', priority: 'urgent', channel: 'sms', identityId: smsId, requiresAction: true },
    });
    await until(() => conversation().priority === 'urgent');
  },
  async draft() {
    await order({ do: 'change', id: id(), change: { draft: draft({ conversationId: id(), text: 'A draft of Nova' }) } });
    await until(() => the(opened!.element, 'draft-review'));
    await emit('draft', draft({ conversationId: id(), text: 'Another draft', version: 2 }));
    await until(() => [...state().drafts.entries()].some(([, one]) => one.text === 'Another draft'));
  },
  async contact() {
    await emit('contact', { ...correspondent, name: 'Marta O. Oliveira', version: 9 });
    await until(() => conversation().contact.name === 'Marta O. Oliveira');
  },
  async transfer() {
    const transferId = newId();
    await emit('transfer', {
      id: transferId,
      conversationId: id(),
      from: ben,
      to: ana,
      note: 'Yours?',
      status: 'pending',
      expiresAt: at(9_999),
      createdAt: at(1),
    });
    await until(() => state().transfers[transferId]);
  },
  async ticket() {
    const before = state().ticketChanges;
    await emit('ticket', { id: newId(), conversationId: id() });
    await until(() => state().ticketChanges > before);
  },
  async gone() {
    const before = state().ticketChanges;
    await emit('gone', { kind: 'ticket', id: newId() });
    await until(() => state().ticketChanges > before);
  },
  async settings() {
    for (const kind of [...Object.values(listPaths).map((list) => list.kind), accountFacts, 'workspace']) await emit('settings', { kind, id: null });
    const asked = async (): Promise<number> => (await opened!.inbox.requests()).filter((request) => request === `GET /v1/conversations/${id()}`).length;
    const before = await asked();
    await until(async () => (await asked()) > before || (await opened!.inbox.requests()).filter((request) => request.startsWith('GET /v1/agents')).length > 1);
  },
  async read() {
    await order({ do: 'read', id: id(), count: 0 });
    await until(() => state().reads.get(id())?.count === 0);
  },
  async notification() {
    for (const [kind, data] of Object.entries(told))
      await emit('notification', { id: newId(), kind, conversationId: id(), text: 'Ben Okafor', data, readAt: null, createdAt: at(5) });
    await until(() => state().notifications.items.length === Object.keys(told).length);
  },
  async reset() {
    const before = (await opened!.inbox.requests()).length;
    await emit('reset', {});
    await until(async () => (await opened!.inbox.requests()).slice(before).some((request) => request.includes('/messages')));
    await until(() => !state().threads[id()]?.loading);
  },
  async working() {
    await emit('working', { conversationId: id(), working: { agentId: nova.id, stage: 'composing', since: at(1) } }, true);
    await until(() => state().working[id()]);
  },
  async typing() {
    await emit('typing', { conversationId: id(), who: { kind: 'operator', id: ben.id, name: ben.name }, typing: true }, true);
    await until(() => the(opened!.element, '.above-composer', 'Ben Okafor'));
  },
  async presence() {
    await emit('presence', { operatorId: ben.id, name: ben.name, conversationId: id(), viewing: [{ conversationId: id(), since: at(0) }] }, true);
    await until(() => the(opened!.element, '.presence'));
  },
  async compose() {
    await emit('compose', { conversationId: id(), agentId: nova.id, text: 'An agent is writ' }, true);
    await until(() => state().compose[id()]);
  },
};

/** What the same events can carry that changes most. */
const upheavals: Record<string, () => Promise<unknown>> = {
  async 'a message out of turn, so that the thread is read again'() {
    const before = (await opened!.inbox.requests()).length;
    await emit('message', { ...message({ text: 'Much later', seq: 40 }), conversationId: id() });
    await until(async () => (await opened!.inbox.requests()).slice(before).some((request) => request.includes('/messages')));
    await until(() => !state().threads[id()]?.loading);
  },
  async 'a merge into another conversation'() {
    await order({ do: 'merge', id: id(), into: other.id });
    await until(() => state().merged[id()] === other.id && state().threads[other.id]?.loaded);
    await until(() => the(opened!.element, 'conv-log .msg', 'What was said elsewhere'));
  },
  async 'a reassignment to somebody else'() {
    await order({ do: 'change', id: id(), change: { assignee: ben, controller: { kind: 'human', id: ben.id } } });
    await until(() => conversation().assignee?.id === ben.id);
  },
  async 'an agent that takes over'() {
    await order({
      do: 'change',
      id: id(),
      change: {
        assignee: null,
        controller: { kind: 'agent', id: nova.id },
        replyMode: 'auto_send',
        may: { agentReply: { allowed: true, reason: 'sends_by_itself' }, operatorSend: { allowed: false, reason: 'agent_in_control' } },
      },
    });
    await until(() => the(opened!.element, 'conv-composer .lock'));
  },
  async 'another reply mode, with its line'() {
    await order({ do: 'add', id: id(), item: line('mode_changed', { seq: undefined }) });
    await order({ do: 'change', id: id(), change: { replyMode: 'off', replyModeOverride: 'off' } });
    await until(() => conversation().replyMode === 'off');
  },
  async 'a close'() {
    await order({ do: 'change', id: id(), change: { status: 'closed' } });
    await until(() => conversation().status === 'closed');
  },
  async 'the text as it is on another device'() {
    const composing = async (method: string): Promise<number> =>
      (await opened!.inbox.requests()).filter((request) => request === `${method} /v1/conversations/${id()}/composing`).length;
    await until(async () => (await composing('PATCH')) === 1);
    const { base, token } = opened!.inbox;
    const composed = { mode: 'reply', reply: 'Typed on the telephone', note: '', mentions: [] };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    await fetch(`${base}/v1/conversations/${id()}/composing`, { method: 'PATCH', headers, body: JSON.stringify({ composed, age: 0 }) });
    const before = await composing('GET');
    document.dispatchEvent(new Event('visibilitychange'));
    await until(async () => (await composing('GET')) > before);
  },
  async 'a stream that breaks and comes back'() {
    await order({ do: 'drop' });
    await until(() => opened!.element.connection === 'live');
    await order({ do: 'inbound', id: id(), text: 'Back again?' });
    await until(() => the(opened!.element, 'conv-log .msg', 'Back again?'));
  },
};

/** Where it would go. */
const aimed = (): unknown => {
  const unsent = state().unsent[id()];
  return {
    aim: unsent?.aim,
    identityId: unsent?.identityId,
    subject: unsent?.subject,
    mode: unsent?.mode,
    reply: unsent?.reply,
    draftId: unsent?.draftId,
    seen: unsent?.seenInboundSeq,
  };
};

async function open(mail: boolean): Promise<void> {
  restartSeq();
  const channel = mail ? ('email' as const) : ('chat' as const);
  const first = message({ channel, text: 'Where is it?', ...(mail ? { subject: 'My parcel' } : {}) });
  opened = await openThread(
    taken({ channel, identityId: mail ? mailId : chatId, subject: mail ? 'My parcel' : null, lastInboundSeq: 1 }),
    [first, { ...message({ text: 'What was said elsewhere', createdAt: at(-30) }), conversationId: other.id, seq: 1 }],
    {
      contacts: [correspondent],
      conversations: [taken({ channel, identityId: mail ? mailId : chatId, subject: mail ? 'My parcel' : null, lastInboundSeq: 1 }), other],
    },
  );
  opened.element.store!.settings.need('agents', 'operators');
  await until(() => (state().contacts[correspondent.id]?.identities.length ?? 0) > 0);
}

async function write(mail: boolean): Promise<Watched> {
  if (!mail) {
    type(field(), 'Half a thought, ');
    field().dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true, data: '' }));
    type(field(), 'に');
    field().setSelectionRange(5, 9, 'backward');
    await until(() => state().unsent[id()]?.reply === 'Half a thought, に');
    return watchField(field);
  }
  if (inside(opened!.element, 'conv-composer mail-editor').length === 0) field().focus();
  else editor().focus();
  await until(() => focused() === written());
  editor().insert('Half a thought, に');
  await editor().select(5, 9);
  await until(() => state().unsent[id()]?.reply === 'Half a thought, に');
  written().dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true, data: '' }));
  await new Promise(requestAnimationFrame);
  return watchMail(written);
}

describe('what somebody writes', () => {
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  for (const mail of [false, true]) {
    for (const [what, happens] of [...Object.entries(happenings).map(([kind, act]) => [`the event ${kind}`, act] as const), ...Object.entries(upheavals)]) {
      it(`${mail ? 'as a mail' : 'as plain text'} is untouched by ${what}`, async () => {
        await open(mail);
        const { writes, see } = await write(mail);
        const before = [see(), aimed()];
        await happens();
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
        expect([see(), aimed()]).to.deep.equal(before);
        expect(writes).to.deep.equal([]);
      });
    }
  }
});
