import type { Draft } from '../../server/contract/draft.ts';
import type { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { unsentOf } from '../store/select.ts';
import { clearDesk, deskOf, isConflict, setDesk, type Desk } from './draft-desk.ts';

/**
 * What becomes of a draft: it is sent, rejected, brought back, taken over or let go of. While that is underway, and where it
 * is refused, its desk says so; once it is settled the host tells, by `conv-draft-settled`.
 */
export class Settling {
  /**
   * @param draft the one that is shown
   * @param turned it was rejected or brought back: it stands where it stood, looking otherwise
   */
  constructor(
    private readonly host: StoreElement,
    private readonly draft: () => Draft | undefined,
    private readonly turned: () => void,
  ) {}

  /** Sends it: as it is, or as it was edited. */
  async send(): Promise<void> {
    const { host } = this;
    const draft = this.draft();
    if (!draft || !host.store || deskOf(draft.id).busy) return;
    const { text, original, skip } = deskOf(draft.id);
    if (text !== undefined && text.trim() === '') return this.change(draft.id, { refusal: 'empty' });
    this.change(draft.id, { busy: true, refusal: undefined, conflict: undefined, unable: undefined });
    const answer = await host.store.drafts.approve(draft.id, {
      ...(text !== undefined && { text, ...(original && { original }) }),
      ...(skip && { skip: [...skip] }),
    });
    if (answer.ok) this.settled(draft.id);
    else this.refused(draft.id, answer.problem);
  }

  /** Rejects it, for the reason that stands on its desk. */
  async reject(): Promise<void> {
    const { store } = this.host;
    const { id } = this.draft() ?? {};
    if (!id || !store || deskOf(id).busy) return;
    this.change(id, { busy: true, refusal: undefined });
    const answer = await store.drafts.reject(id, deskOf(id).reason.trim() || undefined);
    if (!answer.ok) return this.refused(id, answer.problem);
    this.turned();
    this.settled(id);
  }

  /** Brings it back after it was rejected. */
  async restore(): Promise<void> {
    const { store } = this.host;
    const { id } = this.draft() ?? {};
    if (!id || !store) return;
    this.change(id, { busy: true, refusal: undefined });
    const answer = await store.drafts.restore(id);
    this.change(id, { busy: false, unfolded: false, refusal: answer.ok ? undefined : 'restoreRefused' });
    if (answer.ok) this.turned();
  }

  /** Takes its wording over into the composer, by `conv-write`. */
  use(): void {
    const { host } = this;
    const draft = this.draft();
    if (!draft || !host.store) return;
    const { id, conversationId } = draft;
    const { reply } = unsentOf(host.store.get(), conversationId);
    const text = deskOf(id).text ?? draft.text;
    host.store.setUnsent(conversationId, { mode: 'reply', reply: reply ? `${reply}\n\n${text}` : text });
    this.settled(id);
    host.dispatchEvent(new CustomEvent('conv-write', { detail: { conversationId }, bubbles: true, composed: true }));
  }

  /** Lets go of it here. */
  discard(): void {
    const draft = this.draft();
    if (draft) this.settled(draft.id);
  }

  private change(id: string, change: Partial<Desk>): void {
    setDesk(id, change);
    this.host.requestUpdate();
  }

  private refused(id: string, { code, unanswered, message }: ApiProblem): void {
    if (isConflict(code)) this.change(id, { busy: false, mode: 'read', conflict: { code, at: Date.now() } });
    else this.change(id, { busy: false, ...(code === 'skill_failed' ? { unable: message } : { refusal: unanswered ? 'waits' : 'failed' }) });
  }

  private settled(id: string): void {
    clearDesk(id);
    this.host.requestUpdate();
    this.host.dispatchEvent(new CustomEvent('conv-draft-settled', { detail: id, bubbles: true, composed: true }));
  }
}
