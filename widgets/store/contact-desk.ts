import type { Contact, ContactChange, PatchContact } from '../../server/contract/contact.ts';
import type { PlaybookStand } from '../../server/contract/playbook.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { z } from 'zod';
import type { Core, Result } from './core.ts';
import type { ApiProblem } from './problem.ts';
import { putContact } from './reduce.ts';
import type { Listing, Paged } from './state.ts';

export type ContactPatch = z.input<typeof PatchContact>;

/** What the panel asks of the newest entries, as facts. */
const FACTS = 'opportunity_stage,meeting_booked,meeting_cancelled,sequence_enrolled';
const OTHERS = '7';
const PAGE = '20';

const none = { items: [], loaded: false, loading: false };

/** What the side panel asks about one contact and conversation beside what all elements share. */
export class ContactDesk {
  /** What was changed of the contact. */
  history: Paged<ContactChange> = { ...none, nextCursor: null };
  /** Its other conversations, the newest first; one more than are shown tells that there are more. */
  others: Listing<Conversation> = none;
  /** The newest entries that say how things stand. */
  facts: readonly TimelineEntry[] = [];
  /** Where its playbook stands. */
  playbook: PlaybookStand | null = null;
  private call = 0;

  constructor(
    private readonly core: Core,
    private readonly changed: () => void,
  ) {}

  /** Reads facts and other conversations anew. */
  async look(conversationId: string, contactId: string): Promise<void> {
    this.call += 1;
    const { call } = this;
    this.others = { ...this.others, loading: true, problem: undefined };
    const [facts, others, playbook] = await Promise.all([
      this.core.ask(() => this.core.client.api.v1.conversations[':id'].timeline.$get({ param: { id: conversationId }, query: { kind: FACTS, limit: PAGE } })),
      this.core.ask(() => this.core.client.api.v1.conversations.$get({ query: { contactId, status: 'any', limit: OTHERS } })),
      this.core.ask(() => this.core.client.api.v1.conversations[':id'].playbook.$get({ param: { id: conversationId } })),
    ]);
    if (call !== this.call) return;
    if (facts.ok) this.facts = facts.value.items;
    this.playbook = playbook.ok ? playbook.value.playbook : null;
    this.others = others.ok
      ? { items: others.value.items.filter(({ id }) => id !== conversationId), loaded: true, loading: false }
      : { ...this.others, loading: false, problem: others.problem };
    this.changed();
  }

  /** Reads what was changed of a contact: the newest, or what comes before. */
  async readHistory(contactId: string, older = false): Promise<void> {
    const cursor = older ? this.history.nextCursor : null;
    this.history = { ...this.history, loading: true, problem: undefined };
    this.changed();
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.contacts[':id'].history.$get({ param: { id: contactId }, query: { limit: PAGE, ...(cursor ? { cursor } : {}) } }),
    );
    this.history = answer.ok
      ? {
          items: cursor ? [...this.history.items, ...answer.value.items] : answer.value.items,
          nextCursor: answer.value.nextCursor,
          loaded: true,
          loading: false,
        }
      : { ...this.history, loading: false, problem: answer.problem };
    this.changed();
  }

  /**
   * Changes a contact: shown at once, taken back when it is refused.
   * @param seen the contact as it was when the change began; another version is refused, with the newer one in its place
   */
  async save(seen: Contact, patch: ContactPatch): Promise<Result<Contact>> {
    const before = this.core.get().contacts[seen.id] ?? seen;
    const shown: Contact = { ...before, ...(patch as Partial<Contact>), attributes: merged(before.attributes, patch.attributes) };
    this.core.update((state) => putContact(state, shown));
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.contacts[':id'].$patch({ param: { id: seen.id }, json: patch, header: { 'if-match': `"${seen.version}"` } }),
    );
    if (answer.ok) this.core.update((state) => putContact(state, answer.value));
    else this.takeBack(shown, before, answer.problem);
    return answer;
  }

  private takeBack(shown: Contact, before: Contact, problem: ApiProblem): void {
    this.core.update((state) => (state.contacts[shown.id] === shown ? putContact(state, before) : state));
    if (problem.code === 'stale_version' && problem.current) this.core.update((state) => putContact(state, problem.current as Contact));
  }
}

function merged(before: Contact['attributes'], change: ContactPatch['attributes']): Contact['attributes'] {
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
}
