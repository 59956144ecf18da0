import type { ReplyMode } from '../../server/contract/common.ts';
import { known, span } from './cast.ts';
import type { AgentKey, OperatorKey } from './cast.ts';
import { Teller, actor } from './teller.ts';
import type { Sends } from './teller.ts';

const MODES: Record<ReplyMode, string> = {
  auto_send: 'sends by itself',
  controlled: 'sends what carries no risk',
  auto_draft: 'drafts for approval',
  off: 'off',
};

/** The turns of a story that operators take: who has the word, what is written, and how the conversation stands. */
export class OperatorTurns extends Teller {
  assumes(key: OperatorKey, reason: string | null = null, after = '2m'): this {
    const by = this.acts(key, after);
    this.held.execute({ type: 'assume', operatorId: by.id }, by);
    this.held.addLine({ code: 'assumed', text: `${by.name} assumed the conversation`, by, reason });
    return this;
  }

  resumes(key: OperatorKey, reason: string | null = null, after = '5m'): this {
    const agent = this.agent();
    const by = this.acts(key, after);
    this.held.execute({ type: 'resume', agent }, by);
    this.held.addLine({ code: 'resumed', text: `${by.name} let ${agent.name} resume`, by, reason, data: { agent: agent.name } });
    return this;
  }

  toAi(key: OperatorKey, agentKey: AgentKey, reason: string | null = null, after = '3m'): this {
    const agent = known(this.cast.agents, agentKey);
    const by = this.acts(key, after);
    this.held.execute({ type: 'transfer_to_ai', agent, contactPaused: this.held.customer.paused }, by);
    this.held.addLine({
      code: 'transferred_to_ai',
      text: `${by.name} gave the conversation to ${agent.name}`,
      by,
      reason,
      data: { agentId: agent.id, agent: agent.name },
    });
    return this;
  }

  /** A person writes to the customer. */
  replies(key: OperatorKey, text: string, { after = '3m', status, error, html }: Sends = {}): this {
    const held = this.held;
    const by = this.acts(key, after);
    if (held.policy.verdict === 'send') throw new Error(`${held.customer.name}: ${by.name} has to assume first`);
    held.execute({ type: 'human_reply' }, by);
    held.addMessage({
      direction: 'outbound',
      author: by,
      text,
      more: { sentBy: { kind: 'operator', id: by.id }, html: html ?? null, deliveryError: error ?? null, ...(status ? { deliveryStatus: status } : {}) },
    });
    if (status === 'failed' || status === 'bounced' || status === 'unknown') {
      held.execute({ type: 'delivery_failed' }, by);
      held.notify([by.id], 'delivery', held.customer.name, { reason: error ?? null });
    }
    return this;
  }

  /** A person sends the pending draft, as it is or with other words. */
  approves(key: OperatorKey, edited?: string, after = '4m'): this {
    const held = this.held;
    const by = this.acts(key, after);
    const draft = held.draft;
    if (!draft) throw new Error(`${held.customer.name}: there is no draft to approve`);
    const agent = this.agent();
    held.draft = null;
    held.row.draftId = null;
    held.execute({ type: 'human_reply' }, by);
    const message = held.addMessage({
      direction: 'outbound',
      author: actor(agent, 'agent'),
      text: edited ?? String(draft['text']),
      more: {
        aiGenerated: true,
        sentBy: { kind: 'operator', id: by.id },
        approvedBy: by.id,
        editedBy: edited ? by.id : null,
        draftId: draft.id,
        data: { because: draft['because'] },
      },
    });
    Object.assign(draft, {
      status: edited ? 'edited' : 'approved',
      finalText: edited ?? null,
      messageId: message.id,
      settledBy: by,
      settledAt: held.clock,
      version: 2,
    });
    return this;
  }

  rejects(key: OperatorKey, reason: string, after = '4m'): this {
    const held = this.held;
    const agent = this.agent();
    const by = this.acts(key, after);
    const draftId = held.draft?.id ?? null;
    held.settleDraft('rejected', by, { reason });
    held.execute({ type: 'agent_cannot', reason: 'draft_rejected' }, by);
    held.addLine({ code: 'draft_rejected', text: `${by.name} rejected the draft of ${agent.name}`, by, reason, data: { draftId, agent: agent.name } });
    return this;
  }

  note(key: OperatorKey, text: string, mentions: OperatorKey[] = [], after = '3m'): this {
    const by = this.acts(key, after);
    const ids = mentions.map((one) => known(this.cast.operators, one).id);
    this.held.addNote(by, text, ids);
    for (const id of ids) this.held.join(id);
    this.held.notify(ids, 'mention', by.name, { snippet: text });
    return this;
  }

  mode(key: OperatorKey, replyMode: ReplyMode): this {
    const by = this.acts(key, '1m');
    this.held.execute({ type: 'set_reply_mode', replyMode }, by);
    this.held.addLine({ code: 'mode_changed', text: `${by.name} set the reply mode: ${MODES[replyMode]}`, by, data: { replyMode } });
    return this;
  }

  assigns(key: OperatorKey, to: OperatorKey): this {
    const by = this.acts(key, '1m');
    const other = known(this.cast.operators, to);
    this.held.execute({ type: 'set_assignee', operatorId: other.id }, by);
    this.held.addLine({ code: 'assigned', text: `${by.name} assigned ${other.name}`, by, data: { assignee: other.name } });
    if (other.id !== by.id) this.held.notify([other.id], 'assignment', this.held.customer.name, { by: by.name });
    return this;
  }

  /** A person asks another to take the conversation; the question is still open. */
  asks(key: OperatorKey, to: OperatorKey, note: string): this {
    const held = this.held;
    const by = this.acts(key, '2m');
    const other = known(this.cast.operators, to);
    const id = this.cast.id();
    this.cast.rows.add('transfer', {
      workspaceId: this.cast.workspaceId,
      id,
      conversationId: held.row.id,
      fromId: by.id,
      toId: other.id,
      note,
      status: 'pending',
      expiresAt: new Date(this.cast.now.getTime() + span('8h')),
      settledAt: null,
      createdAt: held.clock,
    });
    held.addLine({ code: 'transfer_requested', text: `${by.name} asked ${other.name} to take the conversation`, by, reason: note, data: { to: other.name } });
    held.notify([other.id], 'transfer', by.name, { transferId: id, note });
    return this;
  }

  pauses(key: OperatorKey, reason: string): this {
    const { customer } = this.held;
    const by = this.acts(key, '2m');
    customer.paused = true;
    Object.assign(customer.row, { aiPausedBy: by.id, aiPausedAt: this.held.clock, aiPausedReason: reason, fence: 2, version: 2 });
    this.held.addLine({ code: 'ai_paused', text: `${by.name} paused AI for ${customer.name}`, by, reason });
    return this;
  }

  becomes(status: 'open' | 'closed' | 'archived', key: OperatorKey, after = '5m'): this {
    const by = this.acts(key, after);
    this.held.execute({ type: 'set_status', status }, by);
    const code = status === 'open' ? 'reopened' : status;
    this.held.addLine({ code, text: `${by.name} ${code} the conversation`, by });
    return this;
  }
}
