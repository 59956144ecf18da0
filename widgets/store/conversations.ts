import type { Conversation, PatchConversation, SharedConversation, Transfer } from '../../server/contract/conversation.ts';
import type { Message, MessageTemplate } from '../../server/contract/message.ts';
import type { Core, Result } from './core.ts';
import { patched } from './patch.ts';
import { expect, putConversations, putReadMark } from './reduce-pool.ts';
import { putMessage } from './reduce-thread.ts';
import { conversationOf, resolve } from './select.ts';
import type { Expected } from './state.ts';

type Answer = Promise<Result<Conversation>>;
type Shown = (conversation: SharedConversation) => SharedConversation;
const asIs: Shown = (conversation) => conversation;
/** At most one word of typing in this time, in milliseconds. */
const TYPING_PAUSE = 3_000;

/**
 * What operators do to conversations. What can be shown is shown at once, and taken back with an entry in `state.outcomes`
 * when the API refuses it.
 */
export class Conversations {
  private readonly typed = new Map<string, number>();

  constructor(
    private readonly core: Core,
    private readonly recount: () => void,
  ) {}

  /** Changes reply mode, agent, assignee, department, status, tags, priority or subject. */
  patch(id: string, patch: PatchConversation): Answer {
    return this.change(
      id,
      'patch',
      (one) => patched(this.core.get(), one, patch),
      (at) => this.one.$patch({ param: { id: at }, json: patch }),
    );
  }

  /** Takes the conversation over from the agent. */
  assume(id: string, reason?: string): Answer {
    const { me } = this.core.get();
    const shown: Shown = (one) => ({
      ...one,
      assignee: me ?? one.assignee,
      controller: { kind: 'human', id: me?.id ?? null },
      may: { ...one.may, operatorSend: { allowed: true, reason: '' } },
    });
    return this.change(id, 'assume', shown, (at) => this.one.assume.$post({ param: { id: at }, json: { reason }, header: key() }));
  }

  /** Hands the conversation to people. */
  handOff(id: string, body: { routeId?: string; departmentId?: string; reason?: string }): Answer {
    return this.change(id, 'handOff', asIs, (at) => this.one.handoff.$post({ param: { id: at }, json: body, header: key() }));
  }

  /** Clears the handoff and gives control back to the agent. */
  resume(id: string, reason?: string): Answer {
    return this.change(
      id,
      'resume',
      (one) => ({ ...one, handoff: null }),
      (at) => this.one.resume.$post({ param: { id: at }, json: { reason }, header: key() }),
    );
  }

  /** Gives the conversation to an agent, which answers at once what is unanswered. */
  transferToAi(id: string, agentId: string, reason?: string): Answer {
    const shown: Shown = (one) => ({ ...patched(this.core.get(), one, { agentId }), handoff: null, controller: { kind: 'agent', id: agentId } });
    return this.change(id, 'transferToAi', shown, (at) => this.one['transfer-to-ai'].$post({ param: { id: at }, json: { agentId, reason }, header: key() }));
  }

  join(id: string): Answer {
    return this.change(id, 'join', asIs, (at) => this.one.join.$post({ param: { id: at } }));
  }

  leave(id: string): Answer {
    return this.change(id, 'leave', asIs, (at) => this.one.leave.$post({ param: { id: at } }));
  }

  /** Reads the templates that may be sent where a free answer may not. */
  templates(asked: string): Promise<Result<{ items: MessageTemplate[] }>> {
    return this.core.ask(() => this.one.templates.$get({ param: { id: resolve(this.core.get(), asked) } }));
  }

  /** Asks another operator to take the conversation. */
  async transfer(asked: string, operatorId: string, note?: string): Promise<Result<Transfer>> {
    const id = resolve(this.core.get(), asked);
    const answer = await this.core.ask(() => this.one.transfer.$post({ param: { id }, json: { operatorId, note }, header: key() }));
    return answer.ok ? this.settled({ ok: true, value: answer.value.transfer }, id) : this.settled(answer, id);
  }

  /** Reads the questions that wait for an answer by the operator, or to it. */
  async readTransfers(): Promise<void> {
    await this.core.ready();
    const answer = await this.core.ask(() => this.core.client.api.v1.transfers.$get({}));
    if (!answer.ok) return;
    const settled = Object.entries(this.core.get().transfers).filter(([, { status }]) => status !== 'pending');
    this.core.update((state) => ({ ...state, transfers: Object.fromEntries([...settled, ...answer.value.items.map((one) => [one.id, one])]) }));
  }

  async acceptTransfer(id: string): Promise<Result<Transfer>> {
    return this.settled(await this.core.ask(() => this.core.client.api.v1.transfers[':id'].accept.$post({ param: { id } })));
  }

  async declineTransfer(id: string, reason?: string): Promise<Result<Transfer>> {
    return this.settled(await this.core.ask(() => this.core.client.api.v1.transfers[':id'].decline.$post({ param: { id }, json: { reason } })));
  }

  async cancelTransfer(id: string): Promise<Result<Transfer>> {
    return this.settled(await this.core.ask(() => this.core.client.api.v1.transfers[':id'].cancel.$post({ param: { id } })));
  }

  /** Read up to an item of the conversation; without one, up to its newest. */
  markRead(id: string, seq?: number): Answer {
    const conversation = conversationOf(this.core.get(), id);
    const upTo = seq ?? conversation?.lastInboundSeq ?? 0;
    const all = conversation !== undefined && upTo >= conversation.lastInboundSeq;
    return this.mark(id, 'markRead', all ? conversation.inboundCount : undefined, (at) => this.one.read.$post({ param: { id: at }, json: { seq: upTo } }));
  }

  /** Unread from an item on; without one, its newest inbound message. */
  markUnread(id: string, seq?: number): Answer {
    const conversation = conversationOf(this.core.get(), id);
    const from = seq ?? conversation?.lastInboundSeq ?? 0;
    const one = conversation && from === conversation.lastInboundSeq ? conversation.inboundCount - 1 : undefined;
    return this.mark(id, 'markUnread', one, (at) => this.one.unread.$post({ param: { id: at }, json: { seq: from } }));
  }

  /** Says that one is writing; not more often than is of use. */
  typing(asked: string, typing: boolean): void {
    const id = resolve(this.core.get(), asked);
    const now = this.core.now();
    if (typing && now - (this.typed.get(id) ?? 0) < TYPING_PAUSE) return;
    if (!typing && !this.typed.delete(id)) return;
    if (typing) this.typed.set(id, now);
    void this.core.tell(() => this.one.typing.$post({ param: { id }, json: { typing } }));
  }

  /** Sends again a message that failed or is in doubt. */
  async retryMessage(id: string): Promise<Result<Message>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.messages[':id'].retry.$post({ param: { id } }));
    if (answer.ok) this.core.update((state) => putMessage(state, answer.value));
    else this.core.report({ action: 'retryMessage', problem: answer.problem });
    return answer;
  }

  /** Fetches a file of a message once more that was given up. */
  async fetchFile(id: string): Promise<Result<Message>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.files[':id'].fetch.$post({ param: { id }, header: key() }));
    if (answer.ok) this.core.update((state) => putMessage(state, answer.value));
    else this.core.report({ action: 'fetchFile', problem: answer.problem });
    return answer;
  }

  /** Has mails of whoever sent this one show pictures of other sites at once, or not. */
  showPictures(messageId: string, always: boolean): Promise<Result<undefined>> {
    return this.core.tell(() => this.core.client.api.v1.messages[':id'].pictures.$post({ param: { id: messageId }, json: { always } }));
  }

  private get one() {
    return this.core.client.api.v1.conversations[':id'];
  }

  private async change(asked: string, action: string, shown: Shown, call: (id: string) => Promise<{ json(): Promise<Conversation> }>): Answer {
    const id = resolve(this.core.get(), asked);
    const { tick } = this.core.get();
    this.expect(id, (changes) => [...changes, shown]);
    const answer = await this.core.ask(() => call(id));
    this.expect(id, (changes) => changes.filter((one) => one !== shown), answer.ok ? { answer: answer.value, tick } : undefined);
    if (answer.ok) this.recount();
    else this.core.report({ action, conversationId: id, problem: answer.problem });
    return answer;
  }

  /** Changes what is expected of a conversation, and takes in what became of it. */
  private expect(id: string, next: (changes: Expected['changes']) => Expected['changes'], settled?: { answer: Conversation; tick: number }): void {
    const now = this.core.now();
    this.core.update((state) => {
      const answered = settled ? putConversations(state, [settled.answer], now, settled.tick) : state;
      return expect(answered, id, next(state.expected[id]?.changes ?? []), now);
    });
  }

  private async mark(asked: string, action: string, count: number | undefined, call: (id: string) => Promise<{ json(): Promise<Conversation> }>): Answer {
    const id = resolve(this.core.get(), asked);
    const before = this.core.get().reads.get(id);
    if (count !== undefined) this.core.update((state) => putReadMark(state, id, count));
    const { tick } = this.core.get();
    const answer = await this.core.ask(() => call(id));
    if (answer.ok) this.core.update((state) => putConversations(state, [answer.value], this.core.now(), tick));
    else {
      if (before && this.core.get().reads.get(id)?.tick === tick) this.core.update((state) => putReadMark(state, id, before.count));
      this.core.report({ action, conversationId: id, problem: answer.problem });
    }
    this.recount();
    return answer;
  }

  private settled(answer: Result<Transfer>, conversationId?: string): Result<Transfer> {
    if (answer.ok) this.core.apply('transfer', answer.value);
    else this.core.report({ action: 'transfer', conversationId, problem: answer.problem });
    return answer;
  }
}

/** A key for one act of a person: the same act is not done twice. */
const key = (): { 'idempotency-key': string } => ({ 'idempotency-key': crypto.randomUUID() });
