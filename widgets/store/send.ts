import type { Message, SendMessage } from '../../server/contract/message.ts';
import type { Core, Result } from './core.ts';
import { ApiProblem } from './problem.ts';
import { putMessage, withPending, withThread } from './reduce-thread.ts';
import { conversationOf, resolve, unsentOf } from './select.ts';
import { emptyReply, type Pending, type Unsent } from './state.ts';
import type { UnsentTexts } from './unsent.ts';

/** How long to wait after so many attempts without an answer, in milliseconds: doubling from a second to half a minute. */
const retryAfter = (failures: number): number => Math.min(30_000, 500 * 2 ** failures) * (0.75 + Math.random() / 4);

/** A note as it is left: its text, who is told, and files that were uploaded. */
export interface NewNote {
  readonly text: string;
  readonly mentions?: readonly string[];
  readonly attachmentIds?: readonly string[];
}

interface SendActions {
  /**
   * Sends a message to the customer: it is in the thread's `pending` at once and goes in order. Names the last inbound
   * message that was on screen when the writing began, unless told otherwise. What is refused while the composer is empty
   * goes back there, with the reason in `unsent.refusal`; otherwise it stays in `pending` as `refused`. `written` is what
   * goes back where that is not the text itself, as of a mail that carries more than what was typed.
   */
  send(conversationId: string, body: SendMessage, written?: Partial<Unsent>): Promise<Result<Message>>;
  /** Leaves a note. */
  note(conversationId: string, body: NewNote, written?: Partial<Unsent>): Promise<Result<Message>>;
  /** Sends a refused one again, changed (`assume: true`, a newer `expectedLastInboundSeq`). */
  sendAgain(conversationId: string, key: string, change?: Partial<SendMessage>): void;
  /** Lets go of one that was refused or still waits. */
  discard(conversationId: string, key: string): void;
}

/** What operators send, in order, each under one key however often it is tried. */
export class Sender implements SendActions {
  private readonly draining = new Set<string>();
  private readonly waiting = new Map<string, (result: Result<Message>) => void>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** How often in a row no answer came. */
  private readonly failures = new Map<string, number>();

  constructor(
    private readonly core: Core,
    private readonly unsent: UnsentTexts,
  ) {}

  send(asked: string, body: SendMessage, written?: Partial<Unsent>): Promise<Result<Message>> {
    const state = this.core.get();
    const seen = unsentOf(state, asked).seenInboundSeq ?? conversationOf(state, asked)?.lastInboundSeq;
    this.unsent.set(asked, emptyReply);
    return this.add(asked, 'message', { ...(seen === undefined ? {} : { expectedLastInboundSeq: seen }), ...body }, written);
  }

  note(asked: string, { text, mentions = [], attachmentIds }: NewNote, written?: Partial<Unsent>): Promise<Result<Message>> {
    this.unsent.set(asked, { note: '', mentions: [], noteFiles: undefined, refusal: undefined });
    return this.add(asked, 'note', { text, mentions, ...(attachmentIds?.length ? { attachmentIds: [...attachmentIds] } : {}) }, written);
  }

  sendAgain(asked: string, key: string, change: Partial<SendMessage> = {}): void {
    const id = resolve(this.core.get(), asked);
    const pending = this.core.get().threads[id]?.pending.find((one) => one.key === key);
    if (!pending) return;
    // The first attempt was answered: another body under its key would be refused.
    const body = { ...pending.body, ...change };
    this.core.update((state) => withPending(state, id, key, { key: crypto.randomUUID(), body, stage: 'waits', problem: undefined }));
    void this.drain(id);
  }

  discard(asked: string, key: string): void {
    const id = resolve(this.core.get(), asked);
    this.core.update((state) => withPending(state, id, key, undefined));
    this.settle(key, { ok: false, problem: new ApiProblem('aborted', 0, 'Discarded') });
    this.unsent.writePending();
  }

  /** Goes on with everything that waits: the connection is back. */
  drainAll(): void {
    for (const [id, { pending }] of Object.entries(this.core.get().threads)) if (pending.length > 0) void this.drain(id);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private add(asked: string, kind: Pending['kind'], body: Pending['body'], written?: Partial<Unsent>): Promise<Result<Message>> {
    const id = resolve(this.core.get(), asked);
    const pending: Pending = {
      key: crypto.randomUUID(),
      kind,
      body,
      stage: 'waits',
      createdAt: new Date(this.core.now()).toISOString(),
      ...(written ? { written } : {}),
    };
    this.core.update((state) => withThread(state, id, (thread) => ({ ...thread, pending: [...thread.pending, pending] })));
    this.unsent.writePending();
    const settled = new Promise<Result<Message>>((resolve) => this.waiting.set(pending.key, resolve));
    void this.drain(id);
    return settled;
  }

  /** Sends what waits for a conversation, one after the other, until one gets no answer. */
  private async drain(id: string): Promise<void> {
    if (this.draining.has(id)) return;
    this.draining.add(id);
    clearTimeout(this.timers.get(id));
    for (;;) {
      const next = this.core.get().threads[id]?.pending.find(({ stage }) => stage === 'waits');
      if (!next) break;
      this.core.update((state) => withPending(state, id, next.key, { stage: 'sending' }));
      const answer = await this.post(id, next);
      if (!answer.ok && (answer.problem.unanswered || answer.problem.status === 503 || answer.problem.status === 401)) {
        this.core.update((state) => withPending(state, id, next.key, { stage: 'waits' }));
        const failures = (this.failures.get(id) ?? 0) + 1;
        this.failures.set(id, failures);
        this.timers.set(
          id,
          setTimeout(() => void this.drain(id), retryAfter(failures)),
        );
        break;
      }
      this.failures.delete(id);
      if (answer.ok) this.core.update((state) => withPending(putMessage(state, answer.value), id, next.key, undefined));
      else this.refuse(id, next, answer.problem);
      this.settle(next.key, answer);
      this.unsent.writePending();
    }
    this.draining.delete(id);
  }

  private post(id: string, { kind, key, body }: Pending): Promise<Result<Message>> {
    const one = this.core.client.api.v1.conversations[':id'];
    const { mentions, ...message } = body;
    const header = { 'idempotency-key': key };
    if (kind === 'note')
      return this.core.ask(() =>
        one.notes.$post({
          param: { id },
          json: { text: body.text, mentions: [...(mentions ?? [])], ...(body.attachmentIds ? { attachmentIds: body.attachmentIds } : {}) },
          header,
        }),
      );
    return this.core.ask(() => one.messages.$post({ param: { id }, json: message, header }));
  }

  /** What a person typed is never lost: back into an empty composer, or kept where it stands. */
  private refuse(id: string, { key, kind, body, written }: Pending, problem: ApiProblem): void {
    const unsent = unsentOf(this.core.get(), id);
    const refusal = { code: problem.code, detail: problem.detail };
    const empty = kind === 'note' ? !unsent.note && !unsent.noteFiles?.length : !unsent.reply && !unsent.files?.length;
    this.core.update((state) => withPending(state, id, key, empty ? undefined : { stage: 'refused', problem }));
    if (!empty) return this.unsent.set(id, { refusal });
    if (kind === 'note') this.unsent.set(id, { note: body.text, mentions: body.mentions ?? [], ...written, refusal });
    else
      this.unsent.set(id, { reply: body.text, subject: body.subject, draftId: body.draftId, ...written, seenInboundSeq: body.expectedLastInboundSeq, refusal });
  }

  private settle(key: string, result: Result<Message>): void {
    this.waiting.get(key)?.(result);
    this.waiting.delete(key);
  }
}
