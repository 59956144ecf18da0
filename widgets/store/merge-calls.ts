import type { Conversation } from '../../server/contract/conversation.ts';
import type { Merged, MergePreview, Parted } from '../../server/contract/merge.ts';
import type { Core, Result } from './core.ts';
import { putConversations } from './reduce-pool.ts';

/** How many conversations stand in the list to choose from. */
const MOST = 20;

/** What merging and parting conversations asks for; fetched with the dialog. */
export class MergeCalls {
  constructor(private readonly core: Core) {}

  /** The conversations of a contact, or those in which words stand; newest first, at whatever status. */
  async list(by: { contactId: string } | { q: string }): Promise<Result<readonly Conversation[]>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations.$get({ query: { ...by, status: 'any', limit: String(MOST) } }));
    return answer.ok ? { ok: true, value: answer.value.items } : answer;
  }

  one(id: string): Promise<Result<Conversation>> {
    return this.core.ask(() => this.core.client.api.v1.conversations[':id'].$get({ param: { id } }));
  }

  /** What putting one into the other would come to. */
  preview(id: string, intoId: string): Promise<Result<MergePreview>> {
    return this.core.ask(() => this.core.client.api.v1.conversations[':id'].merge.$get({ param: { id }, query: { intoId } }));
  }

  /** Puts one into the other; every screen leads to that one from then on. @param key the same for the same wish */
  async merge(id: string, body: { intoId: string; mergeContacts: boolean }, key: string): Promise<Result<Merged>> {
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.conversations[':id'].merge.$post({ param: { id }, json: body, header: { 'idempotency-key': key } }),
    );
    if (answer.ok) this.core.update((state) => putConversations({ ...state, merged: { ...state.merged, [id]: body.intoId } }, [answer.value], this.core.now()));
    return answer;
  }

  /** Parts two that were merged. */
  async undo(mergeId: string): Promise<Result<Parted>> {
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.merges[':id'].undo.$post({ param: { id: mergeId }, header: { 'idempotency-key': crypto.randomUUID() } }),
    );
    if (answer.ok) this.core.update((state) => putConversations(state, [answer.value.conversation, answer.value.into], this.core.now()));
    return answer;
  }
}
