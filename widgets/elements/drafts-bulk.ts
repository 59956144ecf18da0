import { html, type nothing, type TemplateResult } from 'lit';
import type { drafts as english } from '../locales/en/drafts.ts';
import type { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { Store } from '../store/store.ts';
import { Dialog, type DialogContent } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { send } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { clearDesk, deskOf } from './draft-desk.ts';
import type { KeptDrafts } from './drafts-kept.ts';
import { tellSent } from './drafts-told.ts';

/**
 * Sends the drafts that are ticked, once that was confirmed: one after another, each as it was read or as it was edited.
 * Those that are refused stay; how it went is said at the end.
 */
export class BulkApproval {
  /** How many of how many, while it runs. */
  progress?: { readonly done: number; readonly all: number };
  /** Why those stay that were refused the last time. */
  refused: ReadonlyMap<string, ApiProblem> = new Map();
  private readonly confirming: Dialog;
  private stopped = false;

  /** @param done it is over: what was looked at may be settled by now */
  constructor(
    private readonly host: StoreElement,
    private readonly texts: Spoken<typeof english>,
    private readonly kept: KeptDrafts,
    private readonly done: () => void,
  ) {
    this.confirming = new Dialog(host);
  }

  /** Whether it is being asked before they go. */
  get asking(): boolean {
    return this.confirming.open;
  }

  /** Asks before they go: that cannot be taken back. */
  ask(): void {
    this.confirming.show();
  }

  /** Lets those that have not gone out yet wait on. */
  stop(): void {
    this.stopped = true;
  }

  /** The dialog that asks, as the last thing in the host's template. */
  render(): TemplateResult | typeof nothing {
    return this.confirming.render(() => this.question());
  }

  private question(): DialogContent {
    const { t, tag } = this.texts;
    const n = this.kept.ticked.size;
    return {
      title: n === 1 ? t.confirmOne : t.confirmTitle(number(tag, n)),
      close: t.common.close,
      body: html`<p>${t.confirmText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.confirming.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary">${icon(send)}${t.confirm}</button>`,
      submit: () => void this.send(),
    };
  }

  private async send(): Promise<void> {
    const { store } = this.host;
    if (!store || this.progress) return;
    this.confirming.close();
    this.refused = new Map();
    const ids = this.kept.rows.filter(({ id }) => this.kept.ticked.has(id)).map(({ id }) => id);
    const sent = await this.run(store, ids);
    tellSent(this.host, this.texts, sent, this.refused.size);
    this.done();
  }

  /** Answers how many were sent. */
  private async run(store: Store, ids: readonly string[]): Promise<number> {
    const refused = new Map<string, ApiProblem>();
    let sent = 0;
    this.stopped = false;
    for (const [done, id] of ids.entries()) {
      if (this.stopped) break;
      this.progress = { done, all: ids.length };
      this.host.requestUpdate();
      const { text, skip } = deskOf(id);
      const answer = await store.drafts.approve(id, { together: true, ...(text !== undefined && { text }), ...(skip && { skip: [...skip] }) });
      if (answer.ok) {
        sent += 1;
        clearDesk(id);
      } else refused.set(id, answer.problem);
    }
    this.progress = undefined;
    this.refused = refused;
    this.host.requestUpdate();
    return sent;
  }
}
