import type { Draft } from '../../server/contract/draft.ts';
import type { Original } from '../../server/contract/translate.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Core, Result } from './core.ts';
import { ApiProblem } from './problem.ts';
import { putMessage } from './reduce-thread.ts';

type Approved = { message: Message; draft: Draft };

/** What operators do with drafts. Each names the version that it saw; when somebody was faster, the newer state takes its place. */
export class Drafts {
  constructor(private readonly core: Core) {}

  /** Sends a draft as it is, or as edited. Refused with `draft_settled` or `draft_superseded` when somebody was faster. */
  async approve(id: string, edit: { text?: string; html?: string; original?: Original; skip?: string[]; together?: boolean } = {}): Promise<Result<Approved>> {
    const before = this.core.get().drafts.get(id);
    if (!before) return unknown;
    const header = { 'if-match': `"${before.version}"`, 'idempotency-key': `approve-${id}-${before.version}` };
    const answer = await this.core.ask(() => this.one.approve.$post({ param: { id }, json: edit, header }));
    if (answer.ok) {
      this.core.apply('draft', answer.value.draft);
      this.core.update((state) => putMessage(state, answer.value.message));
    } else this.takeCurrent(answer.problem);
    return answer;
  }

  /** Discards a draft. */
  async reject(id: string, reason?: string): Promise<Result<Draft>> {
    const before = this.core.get().drafts.get(id);
    if (!before) return unknown;
    const header = { 'if-match': `"${before.version}"`, 'idempotency-key': `reject-${id}-${before.version}` };
    const answer = await this.core.ask(() => this.one.reject.$post({ param: { id }, json: { reason }, header }));
    return this.take(answer);
  }

  /** Brings a rejected draft back while nothing newer came. */
  async restore(id: string): Promise<Result<Draft>> {
    const answer = this.take(await this.core.ask(() => this.one.restore.$post({ param: { id } })));
    if (!answer.ok) return answer;
    const conversation = this.core.get().conversations.get(answer.value.conversationId);
    if (conversation && !conversation.draft) this.core.apply('conversation', { ...conversation, draft: answer.value });
    return answer;
  }

  /** Reads one draft into `state.drafts`. */
  async load(id: string): Promise<Result<Draft>> {
    return this.take(await this.core.ask(() => this.one.$get({ param: { id } })));
  }

  /** All drafts of a conversation that are known to the API, newest last; also those that are settled. */
  async read(conversationId: string, status: Draft['status'] = 'pending'): Promise<Result<readonly Draft[]>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.drafts.$get({ query: { conversationId, status } }));
    if (!answer.ok) return answer;
    for (const draft of answer.value.items) this.core.apply('draft', draft);
    return { ok: true, value: answer.value.items };
  }

  private get one() {
    return this.core.client.api.v1.drafts[':id'];
  }

  private take(answer: Result<Draft>): Result<Draft> {
    if (answer.ok) this.core.apply('draft', answer.value);
    else this.takeCurrent(answer.problem);
    return answer;
  }

  /** A conflict carries the draft as it is now. */
  private takeCurrent({ current }: ApiProblem): void {
    if (typeof current === 'object' && current !== null && 'inReplyToSeq' in current) this.core.apply('draft', current as Draft);
  }
}

const unknown = { ok: false, problem: new ApiProblem('not_found', 404, 'This draft is not known here') } as const;
