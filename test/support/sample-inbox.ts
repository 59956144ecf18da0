/** An inbox with something of everything, for tests that look at whole elements. */
import type { Channel } from '../../server/contract/common.ts';
import type { Contact } from '../../server/contract/contact.ts';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { Message } from '../../server/contract/message.ts';
import { ana, ben, conversation, id, message, nova } from './thread-world.ts';
import type { Seed } from './wtr-api-world.ts';

const sol = { id: '01970000-0000-7000-9000-0000000000a2', name: 'Sol', avatarUrl: null };
const vega = { id: '01970000-0000-7000-9000-0000000000a3', name: 'Vega', avatarUrl: null };
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

type Change = Partial<SharedConversation> & { unread?: number };

function row(
  name: string,
  company: string | null,
  channel: Channel,
  minutes: number,
  text: string,
  change: Change = {},
): SharedConversation & { unread?: number } {
  const contact = { ...conversation().contact, id: id(), name, company, email: null, phone: null, ...change.contact };
  return {
    ...conversation(),
    id: id(),
    channel,
    lastActivityAt: ago(minutes),
    lastMessage: { snippet: text, at: ago(minutes), author: { kind: 'contact', id: contact.id, name } },
    ...change,
    contact,
  };
}

const tag = (name: string, color: number) => ({ name, color });
const draft = (agent: typeof nova): SharedConversation['draft'] => ({
  id: id(),
  conversationId: id(),
  agentId: agent.id,
  agentName: agent.name,
  status: 'pending',
  text: 'Thank you.',
  inReplyToSeq: 1,
  risk: { level: 'low', reasons: [] },
  because: { articles: [], skills: [], cards: [], playbook: null },
  version: 1,
  createdAt: ago(5),
});
const handoff = (label: string, minutes: number): Partial<SharedConversation> => ({
  handoff: {
    route: { id: id(), label, kind: 'call' },
    trigger: 'asks_for_person',
    reason: 'asked for a person',
    by: { kind: 'agent', ...nova },
    at: ago(minutes),
  },
  requiresAction: true,
  waitingSince: ago(minutes),
  controller: { kind: 'human', id: null },
  may: { agentReply: { allowed: false, reason: 'handoff' }, operatorSend: { allowed: true, reason: '' } },
});
const held = (assignee: typeof ana): Partial<SharedConversation> => ({
  assignee,
  controller: { kind: 'human', id: assignee.id },
  may: { agentReply: { allowed: false, reason: 'human_in_control' }, operatorSend: { allowed: true, reason: '' } },
});
const by = (name: string, who: string): Partial<SharedConversation> => ({
  lastMessage: { snippet: name, at: ago(10), author: { kind: 'operator', id: who, name: who === ana.id ? ana.name : ben.name } },
});

export const marta = row('Marta Oliveira', 'Casa Oliveira', 'chat', 2, "11:30 is too late. I'd like to talk to a person please.", {
  ...handoff('A call', 14),
  priority: 'urgent',
  tags: [tag('VIP', 2), tag('Porto', 4), tag('Heron Duo', 6)],
  department: { id: '01970000-0000-7000-9000-0000000000e1', name: 'Care' },
  inboundCount: 6,
  lastInboundSeq: 6,
});

const listed: (SharedConversation & { unread?: number })[] = [
  marta,
  row('Dmitri Halloran', null, 'whatsapp', 0, 'Does the Wren fit under a 40 cm shelf with the hopper on?', {
    unread: 1,
    working: { agentId: nova.id, stage: 'composing', since: ago(0) },
  }),
  row('Priya Raman', 'Ledger House', 'email', 6, 'Two of our floors have no water line, so', {
    unread: 1,
    subject: 'Quote for 12 offices',
    agent: sol,
    replyMode: 'auto_draft',
    draft: draft(sol),
    tags: [tag('Hot Lead', 1)],
  }),
  row('Jonas Weidmann', null, 'sms', 11, '', {
    ...held(ana),
    ...by('The courier comes on Friday between 9 and 12', ana.id),
    deliveryFailed: true,
    requiresAction: true,
  }),
  row('نور الحداد', null, 'instagram', 18, 'هل يمكنني استبدال المطحنة قبل يوم الأحد؟', { unread: 2, inboundCount: 2, tags: [tag('Exchange', 6)] }),
  row('Tobias Lindgren', 'Norra Kontor', 'email', 60, 'We would rather lease all six than buy them', {
    ...handoff('Sales team', 65),
    subject: 'Leasing',
    tags: [tag('Hot Lead', 1)],
  }),
  row('Samuel Adeyemi', 'Bright Street Deli', 'email', 70, 'The second basket never arrived and I was', {
    subject: 'Order 48213',
    agent: vega,
    replyMode: 'controlled',
    draft: draft(vega),
    tags: [tag('Refund', 5)],
  }),
  row('Céline Aubert', null, 'voice', 121, 'Asked what the descaling plan covers', { ...held(ben), tags: [tag('Needs Follow-up', 3)] }),
  row('Aoife Brennan', null, 'chat', 130, 'Perfect, thanks a million!'),
  row('Alexandrina Papadopoulou-Whitcombe', 'Meridian Facilities', 'email', 180, '', {
    ...held(ben),
    ...by('I have asked our warehouse and will write again by', ben.id),
  }),
  row('Luca Ferrante', null, 'whatsapp', 240, 'Please send that to my lawyer, the address is below', {
    contact: { ...conversation().contact, id: id(), name: 'Luca Ferrante', company: null, aiPaused: { by: ben, at: ago(240), reason: 'Legal asked for it' } },
    tags: [tag('Legal', 7)],
    ...held(ben),
  }),
  row('+1 503 555 0148', null, 'sms', 3000, 'hi is this the grinder place'),
  row('Grace Kimani', 'Savannah Roasters', 'linkedin', 3100, 'accepted the connection request', { ...held(ben), tags: [tag('Needs Follow-up', 3)] }),
];

const contact: Contact = {
  ...marta.contact,
  email: 'marta@casaoliveira.example',
  phone: '+351 912 555 016',
  language: 'pt',
  timeZone: 'Europe/Lisbon',
  attributes: { role: 'Owner', city: 'Porto' },
  identities: [
    { id: id(), channel: 'chat', handle: 'marta' },
    { id: id(), channel: 'whatsapp', handle: '+351 912 555 016' },
    { id: id(), channel: 'email', handle: 'marta@casaoliveira.example' },
  ],
  createdAt: ago(90_000),
  version: 1,
};

const entry = (kind: string, text: string, minutes: number, actor: TimelineEntry['actor']): TimelineEntry => ({
  id: id(),
  kind,
  text,
  actor,
  data: {},
  at: ago(minutes),
});
const timeline: TimelineEntry[] = [
  entry('note', 'left a note', 7, { kind: 'operator', ...ben }),
  entry('handed_off', 'handed off, route: A call', 14, { kind: 'agent', ...nova }),
  entry('skill', 'looked for a technician', 26, { kind: 'agent', ...nova }),
  entry('meeting_booked', 'Service review booked for 24 June, 10:00', 2_900, { kind: 'system', id: null, name: '' }),
  entry('linkedin', 'Accepted a connection request', 20_000, { kind: 'operator', ...ben }),
];

const said = (seq: number, minutes: number, change: Partial<Message>): Message =>
  message({ seq, conversationId: marta.id, author: { kind: 'contact', id: marta.contact.id, name: marta.contact.name }, createdAt: ago(minutes), ...change });
const messages: Message[] = [
  said(1, 40, { text: 'The left group of our Heron Duo leaks since this morning.', intent: 'complaint' }),
  said(2, 39, {
    direction: 'outbound',
    author: { kind: 'agent', ...nova },
    aiGenerated: true,
    text: "I'm sorry, Marta. Please switch it off at the wall; this is nearly always the seal.",
    delivery: { status: 'read', at: ago(38) },
  }),
  said(3, 37, { text: 'ok thanks 👍' }),
  said(4, 37, {
    direction: 'internal',
    kind: 'system',
    code: 'stayed_quiet',
    author: { kind: 'agent', ...nova },
    channel: null,
    text: 'a bare thank-you',
    reason: 'a bare thank-you',
  }),
  said(5, 15, { text: "Wait, we open at 7 and have 60 covers booked. 11:30 is too late. I'd like to talk to a person please." }),
  said(6, 14, {
    direction: 'internal',
    kind: 'note',
    channel: null,
    author: { kind: 'operator', ...ben },
    text: 'Lisbon has a seal kit, Rui could drive up tonight.',
  }),
];

const stored = { version: 1, createdAt: ago(100_000) };
const operator = (who: typeof ana) => ({ ...who, ...stored, role: 'operator', active: true });
const agent = (who: typeof nova, replyMode: string, active = true) => ({ ...who, ...stored, active, replyMode, instructions: '' });

/** The whole of it. */
export const sampleInbox: Seed = {
  conversations: listed,
  messages,
  contacts: [contact],
  timeline: { [marta.id]: timeline },
  lists: {
    agents: [
      agent(nova, 'auto_send'),
      agent(sol, 'auto_draft'),
      agent(vega, 'controlled'),
      agent({ id: id(), name: 'Old Iris', avatarUrl: null }, 'off', false),
    ],
    operators: [operator(ana), operator(ben)],
    departments: [
      { id: '01970000-0000-7000-9000-0000000000e1', name: 'Care', operatorIds: [], ...stored },
      { id: id(), name: 'Sales', operatorIds: [], ...stored },
    ],
    tags: ['VIP', 'Hot Lead', 'Needs Follow-up', 'Porto', 'Refund'].map((name, at) => ({ id: id(), name, color: at + 1, ...stored })),
    views: [{ id: id(), name: 'Care and Sales', shared: true, ownerId: null, filter: { tag: 'Hot Lead' }, ...stored }],
    intents: [],
    routes: [],
    'quick-replies': [],
    'channel-accounts': [],
  },
};
