import { html, nothing, type TemplateResult } from 'lit';
import { poolingTexts } from '../locales/pooling.ts';
import { Bulk, type BulkAnswer, type BulkRequest } from '../store/bulk.ts';
import type { Result } from '../store/core.ts';
import type { StoreElement } from '../store/element.ts';
import type { ProblemCode } from '../store/problem.ts';
import { conversationOf } from '../store/select.ts';
import type { Store } from '../store/store.ts';
import { Dialog } from '../ui/dialog.ts';
import { number } from '../ui/time.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { called } from './called.ts';
import type { BulkSet } from './pool-picks.ts';
import type { PoolWords } from './pool-row.ts';

/** What takes longer than this is shown as it goes on, and how often it is looked at, in milliseconds. */
const PATIENCE = 500;
const LOOKS = 400;
/** So many of those that were refused are named. */
const NAMED = 100;

interface Running {
  readonly id: string;
  readonly undoing: boolean;
  /** How many it covers and has been to; unknown until it is asked for the first time. */
  readonly total?: number;
  readonly done: number;
  readonly shown: boolean;
  readonly cancelling: boolean;
  /** No answer came; whoever asks again goes on with it. */
  again?(): void;
}

/** What came of a change, where not all of it was done. */
interface Left {
  readonly undoing: boolean;
  readonly rows: readonly { readonly id: string; readonly code?: string }[];
  readonly set?: BulkSet;
}

/** Changes many conversations: shows how far that is and lets it be stopped, says what became of each, and takes it back. */
export class PoolRun {
  private readonly words;
  private readonly dialog: Dialog;
  private running?: Running;
  private left?: Left;

  constructor(
    private readonly host: StoreElement,
    private readonly common: PoolWords,
  ) {
    this.words = words(host, poolingTexts);
    this.dialog = new Dialog(host);
  }

  /** Changes them; the answer is on screen when it is over. */
  async change(body: BulkRequest): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const id = crypto.randomUUID();
    const bulk = this.bulkOf(store);
    const answer = await this.follow(bulk, id, false, () => bulk.change({ ...body, operationId: id }));
    if (answer) this.say(bulk, answer, id, body.set);
  }

  /** How far it is, and what stayed as it was: stands in the pool. */
  render(): TemplateResult {
    return html`${this.strip()}${this.outcomes()}`;
  }

  private strip(): TemplateResult | typeof nothing {
    const { running } = this;
    if (!running?.shown) return nothing;
    const { t, tag } = this.words;
    const { total, done, undoing, cancelling, again } = running;
    const label = undoing ? t.run.undoing : t.run.label;
    return html`<div class="bulk run" role="group" aria-label=${label}><strong class="cut">${again ? t.run.noAnswer : cancelling ? t.run.cancelling : label}</strong>${
      total === undefined || undoing ? nothing : html`<span class="run-far">${this.common.t.common.of(number(tag, done), number(tag, total))}</span>`
    }${again ? html`<button type="button" class="btn sm" @click=${again}>${t.run.goOn}</button>` : undoing ? nothing : html`<button type="button" class="btn sm" ?disabled=${cancelling} @click=${() => void this.cancel()}>${t.run.cancel}</button>`}<progress
      aria-label=${label} max=${total || 1} .value=${undoing || total === undefined ? nothing : done}></progress></div>`;
  }

  private outcomes(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t, tag } = this.words;
      const { undoing = false, rows = [], set } = this.left ?? {};
      const again = (): void => {
        this.dialog.close();
        if (set) void this.change({ ids: rows.map(({ id }) => id), set });
      };
      return {
        title: undoing ? t.run.undoTitle : t.run.title,
        lead: t.run.lead(rows.length, number(tag, rows.length)),
        close: this.common.t.common.close,
        body: html`<ul class="run-left">${rows.slice(0, NAMED).map(({ id, code }) => html`<li><b class="cut"><bdi>${this.nameOf(id)}</bdi></b><small>${this.why(code)}</small></li>`)}</ul>${
          rows.length > NAMED ? html`<p class="hint">${t.run.more(rows.length - NAMED, number(tag, rows.length - NAMED))}</p>` : nothing
        }`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${this.common.t.common.close}</button>${set ? html`<button type="submit" class="btn lg primary">${t.run.again}</button>` : nothing}`,
        submit: again,
      };
    });
  }

  private nameOf(id: string): string {
    const state = this.host.store?.get();
    const conversation = state && conversationOf(state, id);
    return conversation ? called(conversation.contact, this.common) : this.words.t.run.unknown;
  }

  private why(code: string | undefined): string {
    const { t } = this.words;
    const known: Record<string, string> = { ...this.common.t.provider.why, cancelled: t.run.cancelledWhy, changed_since: t.run.changedSince };
    return known[code ?? ''] ?? t.run.otherWhy;
  }

  private bulkOf(store: Store): Bulk {
    return new Bulk(store.core, () => store.pools.recount());
  }

  /** Waits for the answer; meanwhile it is asked how far it is. Undefined where it was refused as a whole. */
  private async follow(bulk: Bulk, id: string, undoing: boolean, call: () => Promise<Result<BulkAnswer>>): Promise<BulkAnswer | undefined> {
    this.running = { id, undoing, done: 0, shown: false, cancelling: false };
    const timer = setTimeout(() => void this.watch(bulk, id), PATIENCE);
    for (;;) {
      const answer = await call();
      if (answer.ok || !answer.problem.unanswered) {
        clearTimeout(timer);
        this.put(undefined);
        if (answer.ok) return answer.value;
        this.refused(undoing, answer.problem.code);
        return undefined;
      }
      await new Promise<void>((resolve) => this.put({ ...this.running!, shown: true, again: resolve }));
      this.put({ ...this.running!, again: undefined });
    }
  }

  private async watch(bulk: Bulk, id: string): Promise<void> {
    if (this.running?.id !== id) return;
    const answer = this.running.undoing ? undefined : await bulk.progress(id);
    if (this.running?.id !== id) return;
    this.put({ ...this.running, shown: true, ...(answer?.ok ? { total: answer.value.total, done: answer.value.done } : {}) });
    setTimeout(() => void this.watch(bulk, id), LOOKS);
  }

  private async cancel(): Promise<void> {
    const {
      running,
      host: { store },
    } = this;
    if (!running || !store) return;
    this.put({ ...running, cancelling: true });
    await this.bulkOf(store).cancel(running.id);
  }

  private put(running: Running | undefined): void {
    this.running = running;
    this.host.requestUpdate();
  }

  private say(bulk: Bulk, { results }: BulkAnswer, id: string, set: BulkSet): void {
    const { t, tag } = this.words;
    const { common } = this.common.t;
    const rows = results.filter(({ ok }) => !ok);
    const done = results.length - rows.length;
    const cancelled = rows.some(({ code }) => code === 'cancelled');
    const text = cancelled
      ? t.run.cancelled(done, number(tag, done))
      : rows.length > 0
        ? t.run.changedPartly(done, number(tag, done), number(tag, rows.length))
        : t.run.changed(done, number(tag, done));
    const undo: ToastAct = { label: common.undo, undo: true, run: () => void this.undo(bulk, id) };
    toast(this.host, { text, dismiss: common.dismiss, acts: [...this.which({ undoing: false, rows, set }), ...(done > 0 ? [undo] : [])] });
  }

  private async undo(bulk: Bulk, id: string): Promise<void> {
    const answer = await this.follow(bulk, id, true, () => bulk.undo(id));
    if (!answer) return;
    const { t, tag } = this.words;
    const rows = answer.results.filter(({ ok }) => !ok);
    const done = answer.results.length - rows.length;
    const text = rows.length > 0 ? t.run.undonePartly(done, number(tag, done), number(tag, rows.length)) : t.run.undone(done, number(tag, done));
    toast(this.host, { text, dismiss: this.common.t.common.dismiss, acts: this.which({ undoing: true, rows }) });
  }

  private which(left: Left): ToastAct[] {
    if (left.rows.length === 0) return [];
    return [
      {
        label: this.words.t.run.which,
        run: () => {
          this.left = left;
          this.dialog.show();
        },
      },
    ];
  }

  private refused(undoing: boolean, code: ProblemCode): void {
    const { t } = this.words;
    if (code === 'already_undone') return void toast(this.host, { text: t.run.undoneAlready, dismiss: this.common.t.common.dismiss });
    toast(this.host, {
      text: this.common.t.provider.because(undoing ? t.run.undoFailed : t.run.failed, this.why(code)),
      dismiss: this.common.t.common.dismiss,
    });
  }
}
