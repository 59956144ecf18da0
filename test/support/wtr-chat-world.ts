/** One website's chat in memory: visitors, their messages and their events, as the visitor's contract has them. */
import type { VisitorConversation } from '../../server/contract/chat.ts';
import type { VisitorEvents } from '../../server/contract/events.ts';
import type { VisitorMessage } from '../../server/contract/message.ts';
import { Refusal } from './wtr-api-world.ts';

export interface ChatSeed {
  readonly workspace?: string;
  readonly agent?: string | null;
  /** What the first visitor finds when the chat is opened. */
  readonly history?: readonly Partial<VisitorMessage>[];
  readonly readAt?: string;
  readonly conversation?: Partial<VisitorConversation>;
}

interface LoggedEvent {
  readonly id: string | null;
  readonly type: string;
  readonly data: unknown;
}

/** A customer, with all that is said to it. */
export class Visitor {
  readonly id = crypto.randomUUID();
  readonly conversationId = crypto.randomUUID();
  readonly log: LoggedEvent[] = [];
  readonly listeners = new Set<(event: LoggedEvent) => void>();
  readonly answered = new Map<string, VisitorMessage>();
  messages: VisitorMessage[] = [];
  conversation: VisitorConversation | null = null;
  readAt: string | null = null;
  /** What was filled in for the route that it chose. */
  filled: Readonly<Record<string, string>> | undefined;

  constructor(private readonly world: ChatWorld) {}

  emit<K extends keyof VisitorEvents>(type: K, data: VisitorEvents[K], passing = false): void {
    const event = { id: passing ? null : `one-7-${this.log.length + 1}`, type, data };
    if (!passing) this.log.push(event);
    for (const listener of [...this.listeners]) listener(event);
  }

  put(message: VisitorMessage): VisitorMessage {
    this.messages = [...this.messages.filter(({ id }) => id !== message.id), message];
    this.emit('message', message);
    return message;
  }

  change(change: Partial<VisitorConversation>): VisitorConversation {
    const answering = { kind: this.world.agent ? ('agent' as const) : ('team' as const), name: this.world.agent, avatarUrl: null };
    this.conversation = { id: this.conversationId, open: true, answering, handedOff: false, ...this.conversation, ...change };
    this.emit('conversation', this.conversation);
    return this.conversation;
  }

  write(key: string, text: string, attachmentIds: readonly string[] = []): VisitorMessage {
    const before = this.answered.get(key);
    if (before) return before;
    if (!this.conversation) this.change({});
    const message = this.put(this.world.message(this, { text, attachments: attachmentIds.map((id) => this.world.file(id)) }));
    this.answered.set(key, message);
    return message;
  }
}

export class ChatWorld {
  readonly workspace: string;
  readonly agent: string | null;
  readonly sessions = new Map<string, Visitor>();
  readonly identified = new Map<string, Visitor>();
  readonly files = new Map<string, VisitorMessage['attachments'][number]>();
  /** Keys of the messages as they came, replays too. */
  readonly keys: string[] = [];
  /** Ends each open stream. */
  readonly drops = new Set<() => void>();
  /** Streams that are open now, and the most that ever were. */
  streams = 0;
  mostStreams = 0;
  private readonly seed: ChatSeed;
  private clock = Date.now() - 3_600_000;
  private fresh = true;

  constructor(seed: ChatSeed) {
    this.seed = seed;
    this.workspace = seed.workspace ?? 'Morrow';
    this.agent = seed.agent === undefined ? 'Nova' : seed.agent;
  }

  begin(workspace: string, sub: string | undefined): { token: string; visitor: Visitor } {
    if (workspace !== 'morrow') throw new Refusal(404, 'not_found');
    const visitor = (sub === undefined ? undefined : this.identified.get(sub)) ?? new Visitor(this);
    if (sub !== undefined) this.identified.set(sub, visitor);
    if (this.fresh) this.furnish(visitor);
    this.fresh = false;
    const token = crypto.randomUUID();
    this.sessions.set(token, visitor);
    return { token, visitor };
  }

  /** The visitor of a token. */
  of(token: string | undefined): Visitor {
    const visitor = this.sessions.get(token?.replace('Bearer ', '') ?? '');
    if (!visitor) throw new Refusal(401, 'unauthorized');
    return visitor;
  }

  /** The visitor who came last. */
  get last(): Visitor {
    const last = [...this.sessions.values()].at(-1);
    if (!last) throw new Error('nobody is here');
    return last;
  }

  message(visitor: Visitor, { author, ...message }: Partial<VisitorMessage>): VisitorMessage {
    this.clock = Math.max(this.clock + 1_000, author || message.text === undefined ? 0 : Date.now());
    const who = { kind: 'contact' as const, id: visitor.id, name: 'Visitor', ...author };
    return {
      id: crypto.randomUUID(),
      conversationId: visitor.conversationId,
      direction: who.kind === 'contact' ? 'inbound' : 'outbound',
      kind: 'message',
      author: who,
      text: '',
      attachments: [],
      aiGenerated: who.kind === 'agent',
      delivery: { status: 'sent', at: new Date(this.clock).toISOString() },
      createdAt: new Date(this.clock).toISOString(),
      ...message,
    };
  }

  file(id: string): VisitorMessage['attachments'][number] {
    const file = this.files.get(id);
    if (!file) throw new Refusal(422, 'invalid');
    return file;
  }

  private furnish(visitor: Visitor): void {
    const { history = [], readAt, conversation } = this.seed;
    visitor.messages = history.map((one) => this.message(visitor, one));
    visitor.readAt = readAt ?? visitor.messages.at(-1)?.createdAt ?? null;
    if (history.length > 0 || conversation) visitor.change(conversation ?? {});
    visitor.log.length = 0;
  }
}
