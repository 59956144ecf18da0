import type { Contact, PatchContact } from '../../server/contract/contact.ts';
import type { Pause } from '../../server/contract/conversation.ts';
import type { LogActivity, TimelineEntry } from '../../server/contract/timeline.ts';
import type { z } from 'zod';
import type { Core, Result } from './core.ts';
import { putContact } from './reduce.ts';
import { resolve } from './select.ts';
import type { Paged, State } from './state.ts';

const emptyPage: Paged<TimelineEntry> = { items: [], loaded: false, loading: false, nextCursor: null };
const TIMELINE_PAGE = '30';

/** What is known of contacts, and what happened round a conversation. */
export class Contacts {
  private readonly calls = new Map<string, number>();
  private readonly kinds = new Map<string, string | undefined>();

  constructor(private readonly core: Core) {}

  /** Reads a contact with its handles into `state.contacts`. */
  async loadContact(id: string): Promise<Result<Contact>> {
    return this.take(await this.core.ask(() => this.one.$get({ param: { id } })), 'loadContact');
  }

  /** Changes what is known of a contact. */
  async patchContact(id: string, patch: z.input<typeof PatchContact>): Promise<Result<Contact>> {
    return this.take(await this.core.ask(() => this.one.$patch({ param: { id }, json: patch })), 'patchContact');
  }

  /** No agent answers this contact any more, in any conversation. */
  async pauseAi(id: string, reason?: string): Promise<Result<Contact>> {
    const me = this.core.get().me;
    const undo = this.showPause(id, { by: me ?? null, at: new Date(this.core.now()).toISOString(), reason: reason || null });
    const answer = await this.core.ask(() =>
      this.one['pause-ai'].$post({ param: { id }, json: { reason }, header: { 'idempotency-key': crypto.randomUUID() } }),
    );
    if (!answer.ok) undo();
    return this.take(answer, 'pauseAi');
  }

  /** Agents may answer this contact again. */
  async resumeAi(id: string, reason?: string): Promise<Result<Contact>> {
    const undo = this.showPause(id, null);
    const answer = await this.core.ask(() =>
      this.one['resume-ai'].$post({ param: { id }, json: { reason }, header: { 'idempotency-key': crypto.randomUUID() } }),
    );
    if (!answer.ok) undo();
    return this.take(answer, 'resumeAi');
  }

  /** Reads the newest activity round a conversation into `state.timelines`. */
  loadTimeline(asked: string): Promise<void> {
    return this.readTimeline(resolve(this.core.get(), asked), undefined);
  }

  /** Narrows the activity round a conversation to some kinds, separated by commas; none for all. */
  filterTimeline(asked: string, kinds: string | undefined): Promise<void> {
    const id = resolve(this.core.get(), asked);
    this.kinds.set(id, kinds);
    this.setTimeline(id, emptyPage);
    return this.readTimeline(id, undefined);
  }

  /** Reads the activity before that. */
  async loadOlderTimeline(asked: string): Promise<void> {
    const id = resolve(this.core.get(), asked);
    const timeline = this.core.get().timelines[id];
    if (timeline?.nextCursor && !timeline.loading) await this.readTimeline(id, timeline.nextCursor);
  }

  /** Logs an activity by hand. */
  async logActivity(asked: string, body: z.input<typeof LogActivity>): Promise<Result<TimelineEntry>> {
    const id = resolve(this.core.get(), asked);
    const answer = await this.core.ask(() =>
      this.core.client.api.v1.conversations[':id'].timeline.$post({ param: { id }, json: body, header: { 'idempotency-key': crypto.randomUUID() } }),
    );
    if (answer.ok) void this.loadTimeline(id);
    return answer;
  }

  private get one() {
    return this.core.client.api.v1.contacts[':id'];
  }

  private async readTimeline(id: string, cursor: string | undefined): Promise<void> {
    const call = (this.calls.get(id) ?? 0) + 1;
    this.calls.set(id, call);
    this.setTimeline(id, { loading: true, problem: undefined });
    const kind = this.kinds.get(id);
    const query = { limit: TIMELINE_PAGE, ...(cursor ? { cursor } : {}), ...(kind ? { kind } : {}) };
    const answer = await this.core.ask(() => this.core.client.api.v1.conversations[':id'].timeline.$get({ param: { id }, query }));
    if (this.calls.get(id) !== call) return;
    if (!answer.ok) return this.setTimeline(id, { loading: false, problem: answer.problem });
    const { items: known, nextCursor: older } = this.core.get().timelines[id] ?? emptyPage;
    const { items, nextCursor } = answer.value;
    // What was read before stays below what is new, where the two meet.
    const met = cursor ? -1 : known.findIndex((one) => one.id === items.at(-1)?.id);
    const rest = met < 0 || !nextCursor ? [] : known.slice(met + 1);
    this.setTimeline(id, {
      items: cursor ? [...known, ...items] : [...items, ...rest],
      nextCursor: rest.length > 0 ? older : nextCursor,
      loaded: true,
      loading: false,
    });
  }

  private setTimeline(id: string, change: Partial<Paged<TimelineEntry>>): void {
    this.core.update((state) => ({ ...state, timelines: { ...state.timelines, [id]: { ...emptyPage, ...state.timelines[id], ...change } } }));
  }

  private take(answer: Result<Contact>, action: string): Result<Contact> {
    if (answer.ok) this.core.update((state) => putContact(state, answer.value));
    else this.core.report({ action, problem: answer.problem });
    return answer;
  }

  /** Shows a pause, or none, wherever the contact is named. Answers how to take that back. */
  private showPause(id: string, aiPaused: z.infer<typeof Pause> | null): () => void {
    const before = this.core.get();
    this.core.update((state) => withPause(state, id, aiPaused));
    const shown = this.core.get();
    const was = before.contacts[id]?.aiPaused ?? [...before.conversations.entries()].find(([, one]) => one.contact.id === id)?.[1].contact.aiPaused ?? null;
    return () => this.core.update((state) => (state.contacts[id] === shown.contacts[id] ? withPause(state, id, was) : state));
  }
}

function withPause(state: State, id: string, aiPaused: z.infer<typeof Pause> | null): State {
  const named = [...state.conversations.entries()].flatMap(([key, one]) =>
    one.contact.id === id ? [[key, { ...one, contact: { ...one.contact, aiPaused } }] as const] : [],
  );
  const contact = state.contacts[id];
  const contacts = contact ? { ...state.contacts, [id]: { ...contact, aiPaused } } : state.contacts;
  return { ...state, contacts, conversations: state.conversations.withAll(named) };
}
