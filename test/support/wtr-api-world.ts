/** An inbox in memory that speaks the HTTP contract, for tests of the elements in a browser. */
import type { Conversation, SharedConversation } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { Contact } from '../../server/contract/contact.ts';
import type { Notification, OperatorEvents } from '../../server/contract/events.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Me } from '../../server/contract/operator.ts';

/** What a test puts into an inbox. Conversations may say how much of them is unread; otherwise all of it is read. */
export interface Seed {
  me?: Partial<Me>;
  conversations?: (SharedConversation & { unread?: number })[];
  messages?: Message[];
  contacts?: Contact[];
  notifications?: Notification[];
  timeline?: Record<string, TimelineEntry[]>;
  /** Settings by the last part of their path: `agents`, `guidance-cards`. */
  lists?: Record<string, ({ id: string } & Record<string, unknown>)[]>;
}

/** A refusal, as the API answers it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly current?: unknown,
  ) {
    super(code);
  }
}

export interface LoggedEvent {
  readonly id?: string;
  readonly name: string;
  readonly data: string;
}

const uuid = (): string => crypto.randomUUID();

/** One workspace and one operator. */
export class World {
  readonly me: Me;
  readonly conversations = new Map<string, SharedConversation>();
  readonly reads = new Map<string, number>();
  readonly messages = new Map<string, Message[]>();
  readonly contacts = new Map<string, Contact>();
  readonly timeline: Record<string, TimelineEntry[]>;
  readonly lists: NonNullable<Seed['lists']>;
  readonly merged = new Map<string, string>();
  readonly log: LoggedEvent[] = [];
  readonly listeners = new Set<(event: LoggedEvent) => void>();
  /** Ends each open stream. */
  readonly drops = new Set<() => void>();
  readonly answered = new Map<string, unknown>();
  readonly files = new Map<string, Message['attachments'][number]>();
  readonly operations = new Map<string, SharedConversation[]>();
  notifications: Notification[];
  /** Who was last said to have what open. */
  readonly presence = new Map<string, OperatorEvents['presence']>();
  /** What is being written, by conversation. */
  readonly composing = new Map<string, object>();

  constructor(seed: Seed) {
    const now = new Date().toISOString();
    this.me = {
      id: '01970000-0000-7000-9000-00000000000a',
      version: 1,
      createdAt: now,
      name: 'Ana Duarte',
      email: 'ana@morrow.example',
      picture: null,
      role: 'admin',
      active: true,
      language: null,
      autoTranslate: false,
      notifications: {},
      shortcuts: {},
      viewOrder: [],
      ...seed.me,
      workspace: {
        id: uuid(),
        slug: 'test',
        name: 'Morrow',
        jwksUrl: null,
        allowedHosts: [],
        hours: null,
        retention: { conversationsDays: null, filesDays: null, eventsDays: 1, auditDays: null },
        model: { name: 'builtin', builtin: true, outage: null },
        version: 1,
      },
    };
    for (const { unread = 0, ...conversation } of seed.conversations ?? []) {
      this.conversations.set(conversation.id, conversation);
      this.reads.set(conversation.id, conversation.inboundCount - unread);
    }
    for (const message of seed.messages ?? []) this.items(message.conversationId).push(message);
    for (const contact of seed.contacts ?? []) this.contacts.set(contact.id, contact);
    this.notifications = seed.notifications ?? [];
    this.timeline = seed.timeline ?? {};
    this.lists = seed.lists ?? {};
  }

  items(id: string): Message[] {
    const items = this.messages.get(id) ?? [];
    this.messages.set(id, items);
    return items;
  }

  one(asked: string): SharedConversation {
    const found = this.conversations.get(this.merged.get(asked) ?? asked);
    if (!found) throw new Refusal(404, 'not_found');
    return found;
  }

  view(conversation: SharedConversation): Conversation {
    return { ...conversation, unread: conversation.inboundCount - (this.reads.get(conversation.id) ?? 0) };
  }

  /** Changes a conversation and tells everybody. */
  change(id: string, change: Partial<SharedConversation>): Conversation {
    const before = this.one(id);
    const after = { ...before, ...change, version: before.version + 1 };
    this.conversations.set(after.id, after);
    this.emit('conversation', after);
    return this.view(after);
  }

  /** Changes what it carries, without a version or an event of its own. */
  set(id: string, change: Partial<SharedConversation>): void {
    this.conversations.set(id, { ...this.one(id), ...change });
  }

  read(id: string, count: number): Conversation {
    this.reads.set(id, count);
    this.emit('read', { conversationId: id, readInboundCount: count });
    return this.view(this.one(id));
  }

  /** Adds an item, and says so before the conversation does. */
  add(id: string, item: Partial<Message>): Message {
    const conversation = this.one(id);
    const items = this.items(conversation.id);
    const now = new Date().toISOString();
    const message: Message = {
      id: uuid(),
      conversationId: conversation.id,
      seq: (items.at(-1)?.seq ?? conversation.lastInboundSeq) + 1,
      direction: 'outbound',
      kind: 'message',
      author: { kind: 'operator', id: this.me.id, name: this.me.name },
      channel: conversation.channel,
      text: '',
      attachments: [],
      aiGenerated: false,
      delivery: null,
      sentBy: { kind: 'operator', id: this.me.id },
      createdAt: now,
      ...item,
    };
    items.push(message);
    this.emit('message', message);
    const inbound = message.direction === 'inbound';
    this.change(conversation.id, {
      lastActivityAt: message.createdAt,
      ...(message.kind === 'message' ? { lastMessage: { snippet: message.text, at: message.createdAt, author: message.author } } : {}),
      ...(inbound ? { inboundCount: conversation.inboundCount + 1, lastInboundSeq: message.seq, lastInboundAt: message.createdAt } : {}),
    });
    return message;
  }

  /** What the customer writes; a conversation that is not there begins with it. */
  inbound(id: string, text: string, begin?: SharedConversation): Message {
    if (begin && !this.conversations.has(id)) this.conversations.set(id, { ...begin, inboundCount: 0, lastInboundSeq: 0 });
    const { contact } = this.one(id);
    return this.add(id, { direction: 'inbound', text, author: { kind: 'contact', id: contact.id, name: contact.name } });
  }

  emit(name: string, data: unknown, passing = false): void {
    if (name === 'notification') this.notifications = [data as Notification, ...this.notifications.filter(({ id }) => id !== (data as Notification).id)];
    if (name === 'presence') this.presence.set((data as OperatorEvents['presence']).operatorId, data as OperatorEvents['presence']);
    const event: LoggedEvent = { ...(passing ? {} : { id: `test-1-${this.log.length + 1}` }), name, data: JSON.stringify(data) };
    if (!passing) this.log.push(event);
    for (const listener of [...this.listeners]) listener(event);
  }

  /** Puts a conversation into another: its items go along, and both are told of. */
  merge(id: string, into: string): void {
    const from = this.one(id);
    this.merged.set(id, into);
    const items = [...this.items(into), ...this.items(id)].toSorted((one, other) => (one.createdAt < other.createdAt ? -1 : 1));
    this.messages.set(
      into,
      items.map((item, at) => ({ ...item, conversationId: into, seq: at + 1 })),
    );
    this.conversations.delete(id);
    this.emit('conversation', { ...from, mergedInto: into, version: from.version + 1 });
    this.change(into, { inboundCount: items.filter(({ direction }) => direction === 'inbound').length, lastInboundSeq: items.length });
  }

  /** Ends every open stream. */
  drop(): void {
    for (const end of this.drops) end();
    this.drops.clear();
  }

  /** The conversations that a query asks for, in its order. */
  list(query: Record<string, string>): SharedConversation[] {
    const kept = [...this.conversations.values()].filter((one) => this.asked(one, query));
    const ranks = ['urgent', 'high', 'normal', 'low'];
    return kept.toSorted((one, other) => {
      if (query['sort'] === 'priority' && one.priority !== other.priority) return ranks.indexOf(one.priority) - ranks.indexOf(other.priority);
      return one.lastActivityAt === other.lastActivityAt ? (one.id < other.id ? 1 : -1) : one.lastActivityAt < other.lastActivityAt ? 1 : -1;
    });
  }

  private asked(one: SharedConversation, query: Record<string, string>): boolean {
    const wanted: Record<string, (value: string) => boolean> = {
      status: (value) => value === 'any' || one.status === value,
      channel: (value) => one.channel === value,
      agentId: (value) => (one.agent?.id ?? 'none') === value,
      assigneeId: (value) => (one.assignee?.id ?? 'none') === (value === 'me' ? this.me.id : value),
      departmentId: (value) => (one.department?.id ?? 'none') === value,
      tag: (value) => one.tags.some(({ name }) => name === value),
      unread: () => this.view(one).unread > 0,
      requiresAction: () => one.requiresAction,
      handedOff: () => one.handoff !== null,
      draftPending: () => one.draft !== null,
      priority: (value) => one.priority === value,
      q: (value) => `${one.contact.name} ${one.lastMessage?.snippet ?? ''}`.toLowerCase().includes(value.toLowerCase()),
    };
    return Object.entries({ status: 'open', ...query }).every(([name, value]) => wanted[name]?.(value) ?? true);
  }
}
