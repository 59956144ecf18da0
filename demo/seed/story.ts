import type { Channel, Priority } from '../../server/contract/common.ts';
import type { HandoffTrigger } from '../../server/contract/conversation.ts';
import type { ActorRow } from '../../server/db/conversation.ts';
import { handoffText } from '../../server/domain/words.ts';
import { known, span } from './cast.ts';
import type { DepartmentKey, OperatorKey, RouteKey } from './cast.ts';
import { identityOf } from './on-channel.ts';
import { OperatorTurns } from './operator-turns.ts';
import { actor } from './teller.ts';
import type { Drafts, Answers, Says } from './teller.ts';

/** What set a rule off, as its reason quotes it; nothing where somebody decided. */
const foundIn = (trigger: HandoffTrigger, reason: string) => (trigger === 'manual' || trigger === 'agent' ? {} : { found: /“(.*)”/.exec(reason)?.[1] ?? null });

/** One conversation, told turn by turn. Each turn happens a while after the one before; `at` sets the clock. */
export class Story extends OperatorTurns {
  /** The next turn happens this long before now. */
  at(ago: string): this {
    this.setClock(span(ago));
    return this;
  }

  says(text: string, { intent, after = '50s', html, subject }: Says = {}): this {
    return this.comesIn(after, { text, more: { intent: intent ?? null, html: html ?? null, ...(subject ? { subject } : {}) } });
  }

  /** A call that has ended, as its transcript. */
  calls(summary: string, durationSeconds: number, turns: [speaker: 'contact' | 'operator', name: string, text: string][], intent?: string): this {
    const every = durationSeconds / (turns.length + 1);
    const lines = turns.map(([speaker, name, text], index) => ({ speaker, name, text, atSeconds: Math.round(every * index) }));
    return this.comesIn('50s', { text: summary, kind: 'call', more: { intent: intent ?? null, data: { turns: lines, durationSeconds } } });
  }

  /** The customer goes on by another of its handles. */
  via(channel: Channel): this {
    const { row, customer } = this.held;
    Object.assign(row, { channel, accountId: known(this.cast.accounts, channel).id, identityId: identityOf(customer, channel) });
    return this;
  }

  /** The agent answers by itself. */
  answers(text: string, options: Answers = {}): this {
    const { agent, because } = this.composes(options);
    if (this.held.policy.verdict !== 'send') throw new Error(`${this.held.customer.name}: ${agent.name} may not send here`);
    this.held.execute({ type: 'agent_reply' }, actor(agent, 'agent'));
    const counters = { conversation: this.held.row.fence, contact: 1, agent: 1, account: 1 };
    this.held.addMessage({
      direction: 'outbound',
      author: actor(agent, 'agent'),
      text,
      more: { aiGenerated: true, sentBy: { kind: 'agent', id: agent.id }, data: { because }, runFence: counters },
    });
    return this;
  }

  /** The agent stages a reply. */
  drafts(text: string, { risk = { level: 'low', reasons: [] }, playbook, ...options }: Drafts = {}): this {
    const { agent, because } = this.composes(options);
    const held = this.held;
    held.draft = {
      workspaceId: this.cast.workspaceId,
      id: this.cast.id(),
      conversationId: held.row.id,
      agentId: agent.id,
      status: 'pending',
      text,
      html: null,
      finalText: null,
      inReplyTo: held.row.lastInboundId,
      risk,
      because: { ...because, playbook: playbook ?? null },
      reason: null,
      messageId: null,
      settledBy: null,
      settledAt: null,
      version: 1,
      createdAt: held.clock,
    };
    this.cast.rows.add('draft', held.draft);
    held.row.draftId = held.draft.id;
    held.execute({ type: 'draft_staged' }, actor(agent, 'agent'));
    held.row.lastActivityAt = held.clock;
    held.row.answeredId = held.row.lastInboundId;
    return this;
  }

  /** The agent stays quiet. */
  quiet(reason: string, card?: string): this {
    const agent = this.agent();
    const decision = this.decision(false, reason, card);
    this.tick('4s');
    this.held.execute({ type: 'agent_stays_quiet' }, actor(agent, 'agent'));
    this.held.addLine({ code: 'stayed_quiet', text: `${agent.name} stayed quiet`, by: actor(agent, 'agent'), reason, decision });
    return this;
  }

  /** Someone hands the conversation to people; the customer is asked how it wants to be reached. */
  handsOff(
    trigger: HandoffTrigger,
    reason: string,
    options: { by?: OperatorKey; department?: DepartmentKey; priority?: Priority; skill?: boolean } = {},
  ): this {
    const held = this.held;
    const by = options.by ? this.operator(options.by) : actor(this.agent(), 'agent');
    this.tick('6s');
    if (options.skill) this.runs(this.agent(), [{ name: 'hand_off', args: { reason }, result: null, summary: reason, ms: 180 }]);
    const departmentId = options.department ? known(this.cast.departments, options.department) : null;
    held.execute({ type: 'hand_off', trigger, routeId: null, departmentId, reason, dropDraft: !options.by }, by);
    held.addLine({
      code: 'handed_off',
      text: `${by.name} handed off`,
      by,
      reason,
      data: { trigger, routeId: null, departmentId, ...foundIn(trigger, reason) },
    });
    if (options.priority) held.row.priority = options.priority;
    const routes = [...this.cast.routes.values()];
    held.addMessage({
      direction: 'outbound',
      author: { kind: 'system', id: null, name: this.cast.workspaceName },
      text: handoffText(held.customer.language, routes.length > 0),
      more: { sentBy: { kind: 'system', id: null }, routes: routes.map(({ id, label, kind, hint }) => ({ id, label, kind, hint })) },
    });
    held.notify(held.row.assigneeId ? [held.row.assigneeId] : [...this.cast.operators.values()].map((operator) => operator.id), 'handoff', held.customer.name, {
      reason,
      trigger,
      ...foundIn(trigger, reason),
    });
    return this;
  }

  /** The customer says how it wants to be reached: by a button in the chat, by a number elsewhere. */
  chooses(key: RouteKey, after = '40s'): this {
    const held = this.held;
    const route = known(this.cast.routes, key);
    const by: ActorRow = { kind: 'contact', id: held.customer.id, name: held.customer.name };
    if (held.row.channel === 'chat') this.tick(after);
    else this.says(String([...this.cast.routes.keys()].indexOf(key) + 1), { after });
    held.execute({ type: 'choose_route', routeId: route.id, departmentId: route.departmentId }, by);
    held.addLine({ code: 'route_chosen', text: `${by.name} chose ${route.label}`, by, data: { routeId: route.id, label: route.label } });
    const asked = this.cast.rows.of('message').findLast((message) => message['conversationId'] === held.row.id && message['routes'] !== null);
    if (asked) asked['chosenRouteId'] = route.id;
    return this;
  }

  /** The customer puts something on the last message that it was sent. */
  reacts(emoji: string, after = '1m'): this {
    const { row, customer } = this.held;
    this.tick(after);
    const last = this.cast.rows.of('message').findLast((message) => message['conversationId'] === row.id && message['direction'] === 'outbound');
    const reaction = { emoji, by: { kind: 'contact', id: customer.id, name: customer.name }, at: this.held.clock.toISOString() };
    if (last) last['data'] = { ...(last['data'] as object | null), reactions: [reaction] };
    return this;
  }

  /** The agent of this conversation is switched off. */
  retires(): this {
    this.held.agent = { ...this.agent(), active: false };
    return this;
  }

  /** Something that happened elsewhere, for the timeline. */
  logs(key: OperatorKey, kind: string, text: string, ago: string): this {
    const by = this.operator(key);
    this.cast.rows.add('activity', {
      workspaceId: this.cast.workspaceId,
      id: this.cast.id(),
      conversationId: this.held.row.id,
      kind,
      text,
      reason: null,
      actor: by,
      data: {},
      at: new Date(this.cast.now.getTime() - span(ago)),
    });
    return this;
  }

  is(...marks: (Priority | { tag: string })[]): this {
    const { row } = this.held;
    for (const mark of marks) {
      if (typeof mark === 'string') row.priority = mark;
      else this.cast.rows.add('conversation_tag', { workspaceId: this.cast.workspaceId, conversationId: row.id, tagId: known(this.cast.tags, mark.tag) });
    }
    return this;
  }

  /**
   * Ends the telling. Throws where it left the agent something to do, or went past now.
   * @param unread how many of the newest inbound messages each operator has not read; one number is for all
   */
  ends(unread: number | Partial<Record<OperatorKey, number>> = 0): void {
    const { row, inbound, clock } = this.held;
    if (clock > this.cast.now) throw new Error(`${this.held.customer.name}: the story goes past now`);
    if (row.lastInboundId !== row.answeredId) throw new Error(`${this.held.customer.name}: the last message is unsettled`);
    this.cast.rows.add('conversation', row);
    for (const [key, operator] of this.cast.operators) {
      const left = typeof unread === 'number' ? unread : (unread[key] ?? 0);
      const last = inbound.at(-1 - left);
      if (!last) continue;
      this.cast.rows.add('read_mark', {
        workspaceId: this.cast.workspaceId,
        operatorId: operator.id,
        conversationId: row.id,
        messageId: last.id,
        readInboundCount: inbound.length - left,
      });
    }
  }
}
