import type { Channel } from '../../server/contract/common.ts';
import type { Decision } from '../../server/contract/message.ts';
import { controlStateOf, takeControlState } from '../../server/db/control-state.ts';
import { snippetOf } from '../../server/db/conversation.ts';
import type { ActorRow, ConversationRow } from '../../server/db/conversation.ts';
import { standingOf } from '../../server/db/speakers.ts';
import { apply, begin } from '../../server/domain/control.ts';
import type { Command } from '../../server/domain/control.ts';
import { standingPolicy } from '../../server/domain/policy.ts';
import type { Policy } from '../../server/domain/policy.ts';
import { known } from './cast.ts';
import type { AgentFigure, AgentKey, Cast, Customer } from './cast.ts';
import { arrived, externalId, identityOf } from './on-channel.ts';
import type { Row } from './rows.ts';

/** What a message adds to the columns that all of them have. */
interface MessageParts {
  direction: 'inbound' | 'outbound';
  kind?: 'message' | 'call';
  author: ActorRow;
  text: string;
  more?: Row;
}

/** Milliseconds after which an operator has seen what it was told of. */
const unseen = 20 * 60_000;

/**
 * A conversation as it grows: its row follows every turn by the same rules as in the product, so that what is written at
 * the end holds together by construction.
 */
export class Held {
  readonly cast: Cast;
  readonly customer: Customer;
  readonly row: ConversationRow & Row;
  readonly inbound: { id: string; seq: number }[] = [];
  readonly #participants = new Set<string>();
  agent: AgentFigure | null;
  draft: (Row & { id: string; agentId: string }) | null = null;
  clock: Date;

  /** @param begunBy the agent under which it began, where that is not the account's of today */
  constructor(cast: Cast, customer: Customer, channel: Channel, { subject = null, begunBy }: { subject?: string | null; begunBy?: AgentKey }) {
    const account = known(cast.accounts, channel);
    const agent = begunBy ? { ...known(cast.agents, begunBy), active: true } : account.agent;
    const state = begin(agent?.id ?? null, account.departmentId);
    this.cast = cast;
    this.customer = customer;
    this.agent = agent;
    this.clock = cast.now;
    this.row = {
      workspaceId: cast.workspaceId,
      id: cast.id(),
      contactId: customer.id,
      accountId: account.id,
      identityId: identityOf(customer, channel),
      channel,
      subject,
      status: 'open',
      priority: 'normal',
      agentId: state.agentId,
      assigneeId: null,
      departmentId: state.departmentId,
      replyModeOverride: null,
      controllerKind: state.controller.kind,
      controllerId: state.controller.id,
      handoffAt: null,
      handoffTrigger: null,
      handoffRouteId: null,
      handoffReason: null,
      handoffBy: null,
      handoffForm: null,
      boundaryId: null,
      fence: 1,
      fallbackCount: 0,
      requiresAction: false,
      requiresReason: null,
      waitingSince: null,
      draftId: null,
      lastSeq: 0,
      inboundCount: 0,
      lastInboundId: null,
      lastInboundSeq: 0,
      lastInboundAt: null,
      answeredId: null,
      lastSnippet: '',
      lastAuthor: null,
      lastMessageAt: null,
      lastActivityAt: cast.now,
      mergedInto: null,
      runDueAt: null,
      burstFrom: null,
      runOwner: null,
      runAgentId: null,
      runStage: null,
      runSkill: null,
      runSince: null,
      runRestarts: 0,
      deliverOwner: null,
      snoozedBy: null,
      snoozedUntil: null,
      version: 1,
      createdAt: cast.now,
    };
  }

  /** Whether the agent may speak as things stand, and how. A message from outside opens the conversation. */
  get policy(): Policy {
    const { row, agent } = this;
    return standingPolicy({ ...standingOf(row, { agent, account: { active: true }, contact: this.customer }), status: 'open' });
  }

  /** Puts a command through the state machine and writes what comes with it. */
  execute(command: Command, by: ActorRow): void {
    const { row } = this;
    const applied = apply(controlStateOf(row), command, this.clock);
    if (!applied.ok) throw new Error(`${this.customer.name}: ${applied.detail}`);
    if (!applied.changed) return;
    const { state, effects } = applied;
    const handedOff = row.handoffAt === null && state.handoff !== null;
    takeControlState(row, state);
    if (handedOff) row.handoffBy = by;
    if (state.agentId !== this.agent?.id) this.agent = [...this.cast.agents.values()].find((agent) => agent.id === state.agentId) ?? null;
    if (effects.fence) row.fence += 1;
    if (effects.pendingDraft !== 'keep') this.settleDraft(effects.pendingDraft === 'drop' ? 'dropped' : 'superseded', by);
    if (effects.settle) row.answeredId = row.lastInboundId;
    if (effects.boundary) Object.assign(row, { boundaryId: row.lastInboundId, fallbackCount: 0 });
  }

  settleDraft(status: string, by: ActorRow, more: Row = {}): void {
    if (!this.draft) return;
    Object.assign(this.draft, { status, settledBy: by, settledAt: this.clock, version: 2, ...more });
    this.draft = null;
    this.row.draftId = null;
  }

  /** Adds a message; its row may be changed until all is written. */
  addMessage({ direction, kind = 'message', author, text, more = {} }: MessageParts): Row & { id: string; seq: number } {
    const { cast, row, clock } = this;
    const outward = direction === 'outbound';
    const id = cast.id();
    const message = {
      workspaceId: cast.workspaceId,
      id,
      conversationId: row.id,
      seq: this.#nextSeq(),
      direction,
      kind,
      authorKind: author.kind,
      authorId: author.id,
      authorName: author.name,
      channel: row.channel,
      accountId: row.accountId,
      identityId: row.identityId,
      subject: row.channel === 'email' ? row.subject : null,
      text,
      html: null,
      attachments: [],
      aiGenerated: false,
      intent: null,
      language: outward ? null : this.customer.language,
      decision: null,
      sentBy: null,
      approvedBy: null,
      editedBy: null,
      draftId: null,
      routes: null,
      chosenRouteId: null,
      data: null,
      externalId: externalId(row.channel, id),
      deliveryStatus: outward ? arrived[row.channel] : null,
      deliveryError: null,
      deliveryAt: outward ? new Date(Math.min(clock.getTime() + 4_000, cast.now.getTime())) : null,
      attempts: outward && row.channel !== 'chat' ? 1 : 0,
      dueAt: null,
      runFence: null,
      createdAt: clock,
      ...more,
    };
    cast.rows.add('message', message);
    Object.assign(row, { lastSnippet: snippetOf(text), lastAuthor: author, lastMessageAt: clock, lastActivityAt: clock });
    return message;
  }

  addLine(line: { kind?: 'system' | 'skill'; code: string; text: string; by: ActorRow; reason?: string | null; decision?: Decision | null; data?: Row }): void {
    const { cast, row } = this;
    const { kind = 'system', code, text, by, reason = null, decision = null, data = {} } = line;
    cast.rows.add('line', {
      workspaceId: cast.workspaceId,
      id: cast.id(),
      conversationId: row.id,
      seq: this.#nextSeq(),
      kind,
      code,
      authorKind: by.kind,
      authorId: by.id,
      authorName: by.name,
      text,
      reason,
      decision,
      data,
      createdAt: this.clock,
    });
  }

  addNote(by: ActorRow & { id: string }, text: string, mentions: string[]): void {
    const { cast, row } = this;
    cast.rows.add('note', {
      workspaceId: cast.workspaceId,
      id: cast.id(),
      conversationId: row.id,
      seq: this.#nextSeq(),
      authorId: by.id,
      authorName: by.name,
      text,
      mentions,
      attachments: [],
      createdAt: this.clock,
    });
    row.lastActivityAt = this.clock;
  }

  join(operatorId: string): void {
    if (this.#participants.has(operatorId)) return;
    this.#participants.add(operatorId);
    this.cast.rows.add('participant', { workspaceId: this.cast.workspaceId, conversationId: this.row.id, operatorId, joinedAt: this.clock });
  }

  /** Tells operators. */
  notify(operatorIds: readonly string[], kind: string, text: string, data: Row = {}): void {
    const { cast, clock } = this;
    const seen = cast.now.getTime() - clock.getTime() > unseen ? new Date(clock.getTime() + 600_000) : null;
    for (const operatorId of operatorIds) {
      cast.rows.add('notification', {
        workspaceId: cast.workspaceId,
        id: cast.id(),
        operatorId,
        kind,
        conversationId: this.row.id,
        text,
        data,
        readAt: seen,
        createdAt: clock,
      });
    }
  }

  #nextSeq(): number {
    this.row.lastSeq += 1;
    this.row.version += 1;
    return this.row.lastSeq;
  }
}
