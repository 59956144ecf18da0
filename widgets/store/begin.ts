import type { z } from 'zod';
import type { Contact } from '../../server/contract/contact.ts';
import type { BeginConversation, Conversation } from '../../server/contract/conversation.ts';
import type { Core, Result } from './core.ts';
import { putConversations } from './reduce-pool.ts';

/** What a conversation is begun with. */
export type Beginning = z.input<typeof BeginConversation>;

/** So many contacts are offered while one types. */
const OFFERED = '20';

/** Beginning a conversation, and finding whom with. */
export class Begin {
  private looking?: AbortController;

  constructor(private readonly core: Core) {}

  /** Contacts by a part of their name or address; what was asked before is given up. */
  find(q: string): Promise<Result<{ items: Contact[] }>> {
    this.looking?.abort();
    const looking = (this.looking = new AbortController());
    return this.core.ask(() => this.core.client.api.v1.contacts.$get({ query: { q, limit: OFFERED } }, { init: { signal: looking.signal } }));
  }

  /** One contact with its addresses. */
  contact(id: string): Promise<Result<Contact>> {
    return this.core.ask(() => this.core.client.api.v1.contacts[':id'].$get({ param: { id } }));
  }

  /** Begins it. The same `key` again is the same conversation, however often it is asked. */
  async begin(body: Beginning, key: string): Promise<Result<Conversation>> {
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations.$post({ json: body, header: { 'idempotency-key': key } }));
    if (answer.ok) this.core.update((state) => putConversations(state, [answer.value], this.core.now()));
    return answer;
  }
}
