import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Message } from '../../server/contract/message.ts';

/** Noon of a day in June 2025, in the reader's own time zone; minutes are counted from it. */
const noon = new Date(2025, 5, 12, 12, 0).getTime();
export const at = (minutes: number): string => new Date(noon + minutes * 60_000).toISOString();

let ids = 0;
/** A UUID that is the next one each time. */
export function id(): string {
  ids += 1;
  return `01970000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
}

export const ana = { id: '01970000-0000-7000-9000-00000000000a', name: 'Ana Duarte', email: 'ana@morrow.example', picture: null };
export const ben = { id: '01970000-0000-7000-9000-00000000000b', name: 'Ben Okafor', email: 'ben@morrow.example', picture: null };
export const nova = { id: '01970000-0000-7000-9000-0000000000a1', name: 'Nova', avatarUrl: null };
export const marta = {
  id: '01970000-0000-7000-9000-0000000000c1',
  name: 'Marta Oliveira',
  email: 'marta@casaoliveira.example',
  company: 'Casa Oliveira',
  phone: '+351 912 555 016',
  language: 'pt',
  aiPaused: null,
};
export const conversationId = '01970000-0000-7000-9000-0000000000d1';

/** A conversation that Nova answers by itself, changed as told. */
export function conversation(change: Partial<SharedConversation> = {}): SharedConversation {
  return {
    id: conversationId,
    subject: null,
    status: 'open',
    channel: 'chat',
    accountId: id(),
    identityId: id(),
    contact: marta,
    agent: nova,
    assignee: null,
    department: null,
    tags: [],
    priority: 'normal',
    replyMode: 'auto_send',
    replyModeOverride: null,
    controller: { kind: 'agent', id: nova.id },
    handoff: null,
    working: null,
    participants: [],
    draft: null,
    requiresAction: false,
    requiresReason: null,
    inboundCount: 1,
    lastMessage: null,
    lastActivityAt: at(0),
    waitingSince: null,
    snoozedUntil: null,
    lastInboundSeq: 1,
    lastInboundAt: at(0),
    replyWindow: null,
    deliveryFailed: false,
    createdAt: at(-100),
    version: 1,
    may: { agentReply: { allowed: true, reason: 'sends_by_itself' }, operatorSend: { allowed: false, reason: 'agent_in_control' } },
    ...change,
  };
}

/** The same conversation in the hands of an operator. */
export function taken(change: Partial<SharedConversation> = {}): SharedConversation {
  return conversation({
    assignee: ana,
    controller: { kind: 'human', id: ana.id },
    may: { agentReply: { allowed: false, reason: 'human_in_control' }, operatorSend: { allowed: true, reason: '' } },
    ...change,
  });
}

let seq = 0;
/** An item, by default what the contact wrote; each is one minute after the one before. */
export function message(change: Partial<Message> = {}): Message {
  seq = change.seq ?? seq + 1;
  return {
    id: id(),
    conversationId,
    seq,
    direction: 'inbound',
    kind: 'message',
    author: { kind: 'contact', id: marta.id, name: marta.name },
    channel: 'chat',
    text: `Message ${seq}`,
    attachments: [],
    aiGenerated: false,
    delivery: null,
    sentBy: { kind: 'contact', id: marta.id },
    createdAt: at(seq),
    ...change,
  };
}
export const reply = (text: string, change: Partial<Message> = {}): Message =>
  message({
    direction: 'outbound',
    author: { kind: 'agent', id: nova.id, name: nova.name },
    aiGenerated: true,
    text,
    delivery: { status: 'read', at: at(0) },
    ...change,
  });
export const line = (code: string, change: Partial<Message> = {}): Message =>
  message({ direction: 'internal', kind: 'system', code, author: { kind: 'agent', id: nova.id, name: nova.name }, channel: null, text: code, ...change });

/** Counts the items of the next thread from here. */
export function restartSeq(from = 0): void {
  seq = from;
}

/** A draft of Nova that waits. */
export function draft(change: Partial<Draft> = {}): Draft {
  return {
    id: id(),
    conversationId,
    agentId: nova.id,
    agentName: nova.name,
    status: 'pending',
    text: 'The price is €1,140 each, installed.',
    inReplyToSeq: 1,
    risk: { level: 'low', reasons: [] },
    because: { articles: [], skills: [], cards: [], playbook: null },
    version: 1,
    createdAt: at(1),
    ...change,
  };
}
