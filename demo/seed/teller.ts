import type { Channel } from '../../server/contract/common.ts';
import type { Decision } from '../../server/contract/message.ts';
import type { Why } from '../../server/contract/why.ts';
import type { ActorRow } from '../../server/db/conversation.ts';
import { known, span } from './cast.ts';
import type { AgentFigure, AgentKey, Cast, Customer, OperatorKey, Person } from './cast.ts';
import { Held } from './held.ts';
import type { Row } from './rows.ts';

/** What the built-in model sees in messages, by the words that the stories have for it. */
const SEEN: Readonly<Record<string, Why>> = {
  'a bare thank-you': { code: 'thanks' },
  'an emoji': { code: 'emoji' },
  'an automatic message (auto reply)': { code: 'automatic', value: 'auto_reply' },
  'a question': { code: 'question' },
  'a question inside a thank-you': { code: 'question' },
  'a question, and wants to buy': { code: 'question' },
  'answers a question of ours': { code: 'answer' },
  'gives the number that was asked for': { code: 'answer' },
  'a greeting with news of an order': { code: 'greeting' },
  'a fault that has to be looked at': { code: 'complaint' },
  'reports a charge': { code: 'complaint' },
  'something is missing': { code: 'complaint' },
  'says that it will call': { code: 'acknowledgement' },
  'needs no answer': { code: 'acknowledgement' },
};

export type Actor = ActorRow & { id: string };

/** A skill that an agent ran before it answered. */
export interface Ran {
  name: string;
  args: Row;
  result: unknown;
  summary: string;
  ms: number;
}

export interface Says {
  intent?: string;
  /** Time since the turn before; default 50 s. */
  after?: string;
  html?: string;
  subject?: string;
}

export interface Answers {
  /** Why the message warrants an answer. */
  why?: string;
  /** The guidance card that decided so. */
  card?: string;
  /** Articles that the answer rests on. */
  articles?: string[];
  skills?: Ran[];
  after?: string;
  /** It did not know. */
  fallback?: boolean;
}

export interface Drafts extends Answers {
  risk?: { level: 'low' | 'medium' | 'high'; reasons: string[] };
  playbook?: { name: string; step: number; steps: number };
}

export interface Sends {
  after?: string;
  status?: 'sent' | 'delivered' | 'read' | 'failed' | 'bounced' | 'unknown';
  error?: string;
  html?: string;
}

/** What the turns of a story are made of. */
export class Teller {
  protected readonly held: Held;
  protected readonly cast: Cast;
  /** The clock was set, and the next turn is at it. */
  #set = false;
  #begun = false;

  constructor(cast: Cast, customer: Customer, channel: Channel, options: { subject?: string; begunBy?: AgentKey } = {}) {
    this.cast = cast;
    this.held = new Held(cast, customer, channel, options);
  }

  protected setClock(ago: number): void {
    this.held.clock = new Date(this.cast.now.getTime() - ago);
    this.#set = true;
  }

  protected comesIn(after: string, message: { text: string; kind?: 'call'; more: Row }): this {
    const held = this.held;
    const { customer, row } = held;
    this.tick(after);
    const author: ActorRow = { kind: 'contact', id: customer.id, name: customer.name };
    const { verdict, reason } = held.policy;
    const answers = verdict !== 'blocked';
    held.execute({ type: 'inbound', agentAnswers: answers }, author);
    const { id, seq } = held.addMessage({ direction: 'inbound', author, ...message });
    held.inbound.push({ id, seq });
    Object.assign(row, { inboundCount: held.inbound.length, lastInboundId: id, lastInboundSeq: seq, lastInboundAt: held.clock });
    if (answers) return this;
    // The run that follows finds that people have the word; where they may not know, it says so.
    row.answeredId = id;
    const why = { agent_inactive: 'the agent is not active', reply_mode_off: 'its reply mode is off' }[reason as string];
    if (held.agent && why) {
      held.execute({ type: 'agent_cannot', reason }, actor(held.agent, 'agent'));
      held.addLine({ code: 'did_not_answer', text: `${held.agent.name} did not answer: ${why}`, by: actor(held.agent, 'agent'), reason });
    }
    return this;
  }

  protected composes({ why = 'a question', card, articles = [], skills = [], after = '7s', fallback = false }: Answers) {
    const agent = this.agent();
    this.tick('2s');
    this.held.addLine({ code: 'answers', text: `${agent.name} answers`, by: actor(agent, 'agent'), reason: why, decision: this.decision(true, why, card) });
    const found = articles.map((key) => known(this.cast.articles, key));
    if (found[0] && !skills.some((ran) => ran.name === 'search_knowledge')) {
      const summary = found.length === 1 ? found[0].title : `${found[0].title} +${found.length - 1}`;
      skills = [...skills, { name: 'search_knowledge', args: { query: why }, result: found, summary, ms: 310 }];
    }
    this.runs(agent, skills);
    this.tick(after);
    this.held.row.fallbackCount = fallback ? this.held.row.fallbackCount + 1 : 0;
    return {
      agent,
      because: { articles: found, skills: [...new Set(skills.map((ran) => ran.name))], cards: card ? [known(this.cast.cards, card)] : [], playbook: null },
    };
  }

  /** Where a playbook stands here: what the customer told, and how often was asked for what comes next. */
  isIn(name: string, step: number, slots: Row, asked: Row = {}): this {
    const { id, plan } = known(this.cast.playbooks, name);
    const { createdAt, id: conversationId } = this.held.row;
    this.cast.rows.add('playbook_stand', {
      workspaceId: this.cast.workspaceId,
      id: this.cast.id(),
      conversationId,
      playbookId: id,
      playbookVersion: 1,
      plan,
      step: step - 1,
      furthest: step - 1,
      slots,
      asked,
      begunAt: createdAt,
      movedAt: this.held.clock,
    });
    return this;
  }

  protected runs(agent: AgentFigure, skills: readonly Ran[]): void {
    for (const { name, args, result, summary, ms } of skills) {
      this.held.addLine({ kind: 'skill', code: name, text: summary, by: actor(agent, 'agent'), data: { args, result, ms, ok: true } });
    }
  }

  protected decision(replied: boolean, reason: string, card: string | undefined): Decision {
    const decidedBy = card ? known(this.cast.cards, card) : null;
    const why = SEEN[reason] ?? (reason.startsWith('asks for') ? { code: 'request' as const } : undefined);
    return { replied, reason, by: decidedBy ? 'card' : 'classifier', cardId: decidedBy?.id ?? null, ...(why && { why }) };
  }

  /** An operator does something, some time after the turn before. */
  protected acts(key: OperatorKey, after: string): Actor {
    this.tick(after);
    const by = this.operator(key);
    this.held.join(by.id);
    return by;
  }

  protected operator(key: OperatorKey): Actor {
    return actor(known(this.cast.operators, key), 'operator');
  }

  protected agent(): AgentFigure {
    if (!this.held.agent) throw new Error(`${this.held.customer.name}: no agent is here`);
    return this.held.agent;
  }

  /** Time passes, unless the clock was just set. */
  protected tick(after: string): void {
    const { held } = this;
    if (!this.#set) held.clock = new Date(held.clock.getTime() + span(after));
    if (!this.#begun) Object.assign(held.row, { createdAt: held.clock, lastActivityAt: held.clock });
    this.#set = false;
    this.#begun = true;
  }
}

export const actor = ({ id, name }: Person, kind: 'agent' | 'operator'): Actor => ({ kind, id, name });
