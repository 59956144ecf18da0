import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { MergePreview } from '../../server/contract/merge.ts';
import type { operator } from '../locales/en/operator.ts';
import { mergeTexts } from '../locales/merge.ts';
import type { StoreElement } from '../store/element.ts';
import { MergeCalls } from '../store/merge-calls.ts';
import type { ProblemCode } from '../store/problem.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { merge as mergeGlyph, transfer } from '../ui/icons.ts';
import { mergeSheet } from '../ui/sheets/merge.ts';
import { deepFocus } from '../ui/rove.ts';
import { toast } from '../ui/toast.ts';
import { words, type Spoken } from '../ui/words.ts';
import { called } from './called.ts';
import { mergeSide, mergeSummary, mergeOwnSheet } from './merge-view.ts';

/** How long the typing has to pause before a search, in milliseconds. */
const PAUSE = 180;

/** Merges two conversations: asks with which, says what will come of it, and how it is undone. For hosts with the sheets of dialogs, fields, options, faces and buttons. */
export class MergeDialog {
  private readonly dialog: Dialog;
  private readonly words: Spoken<typeof mergeTexts.english>;
  /** The conversation that it was opened for. */
  private own?: Conversation;
  private other?: Conversation;
  /** The other one goes into this. */
  private swapped = false;
  private listed: readonly Conversation[] | 'loading' | 'failed' = [];
  private q = '';
  private typing?: ReturnType<typeof setTimeout>;
  private preview?: MergePreview;
  private onePerson = false;
  private refusal?: string;
  private busy = false;
  private key = '';
  /** Rises with every question, so that a late answer is known as such. */
  private asked = 0;

  constructor(
    private readonly host: StoreElement,
    private readonly common: Spoken<typeof operator>,
  ) {
    this.words = words(host, mergeTexts);
    this.dialog = new Dialog(host);
  }

  /** Opens it for a conversation; with another one, there is nothing left to choose. */
  async show(id: string, otherId?: string): Promise<void> {
    this.wear();
    const { calls } = this;
    const [own, other] = calls ? await Promise.all([calls.one(id), otherId ? calls.one(otherId) : undefined]) : [];
    if (!own?.ok || (other && !other.ok)) return;
    Object.assign(this, { own: own.value, other: undefined, swapped: false, q: '', preview: undefined, onePerson: false, refusal: undefined, busy: false });
    this.dialog.show();
    if (other) this.choose(other.value);
    else await this.look();
  }

  /** Parts two conversations that were merged, and says so. */
  async undo(mergeId: string): Promise<void> {
    const answer = await this.calls?.undo(mergeId);
    if (!answer) return;
    const { t } = this.words;
    const { undo, undoneAlready, notParted } = t.refused;
    const text = answer.ok ? t.undone : (({ already_merged: undo, already_undone: undoneAlready } as Record<string, string>)[answer.problem.code] ?? notParted);
    toast(this.host, { text, dismiss: t.common.dismiss });
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t } = this.words;
      const { own, other } = this;
      return {
        title: t.title,
        lead: own && !other ? t.lead(called(own.contact, this.common)) : undefined,
        close: t.common.close,
        body: html`${own && other ? this.both() : this.choices()}${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}`,
        foot: html`${other ? html`<button type="button" class="btn ghost" @click=${this.swap}>${icon(transfer)}${t.swap}</button>` : nothing}<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button>${
          other ? html`<button type="submit" class="btn lg primary" ?disabled=${this.busy || !this.preview}>${t.submit}</button>` : nothing
        }`,
        submit: () => void this.submit(),
      };
    });
  }

  private get calls(): MergeCalls | undefined {
    return this.host.store && new MergeCalls(this.host.store.core);
  }

  /** Which goes into which. */
  private get pair(): [Conversation, Conversation] | undefined {
    const { own, other, swapped } = this;
    return own && other && (swapped ? [other, own] : [own, other]);
  }

  private choices(): TemplateResult {
    const { t } = this.words;
    const { listed, own } = this;
    const who = called(own?.contact, this.common);
    const list = typeof listed === 'string' ? [] : listed;
    const says =
      listed === 'loading'
        ? t.loading
        : listed === 'failed'
          ? t.listFailed
          : list.length > 0
            ? this.q
              ? t.found
              : t.same(who)
            : this.q
              ? t.noneFound
              : t.noneSame(who);
    return html`<input class="field" type="search" autofocus dir="auto" aria-label=${t.search} placeholder=${t.search} .value=${this.q} @input=${this.handleSearch}>
      <p class="merge-says" role="status">${says}${listed === 'failed' ? html` <button type="button" class="linkish" @click=${() => void this.look()}>${t.common.retry}</button>` : nothing}</p>
      <ul class="merge-list">${list.map((one) => html`<li><button type="button" class="merge-one" @click=${() => this.choose(one)}>${mergeSide(one, this.words, this.common)}</button></li>`)}</ul>`;
  }

  private both(): TemplateResult | typeof nothing {
    const { t } = this.words;
    const { pair, preview } = this;
    if (!pair) return nothing;
    const [from, into] = pair;
    return html`<div class="merge"><div class="merge-side">${mergeSide(from, this.words, this.common)}</div>
        <p class="merge-arrow">${icon(mergeGlyph)}${t.into}</p><div class="merge-side">${mergeSide(into, this.words, this.common)}</div></div>${
          preview
            ? mergeSummary(preview, this.words, this.common, { checked: this.onePerson, check: this.handlePerson })
            : html`<p class="merge-says" role="status">${t.loading}</p>`
        }`;
  }

  /** The same contact's first; what is searched for instead, once something is. */
  private async look(): Promise<void> {
    const { own, q, calls } = this;
    if (!own || !calls) return;
    this.asked += 1;
    const { asked } = this;
    this.listed = 'loading';
    this.host.requestUpdate();
    const answer = await calls.list(q ? { q } : { contactId: own.contact.id });
    if (asked !== this.asked) return;
    this.listed = answer.ok ? answer.value.filter(({ id }) => id !== own.id) : 'failed';
    this.host.requestUpdate();
  }

  private choose(other: Conversation): void {
    this.other = other;
    this.swapped = false;
    void this.foresee();
  }

  private readonly swap = (): void => {
    this.swapped = !this.swapped;
    void this.foresee();
  };

  /** What it would come to, that way round. */
  private async foresee(): Promise<void> {
    const { pair, calls } = this;
    if (!pair || !calls) return;
    this.asked += 1;
    const { asked } = this;
    Object.assign(this, { preview: undefined, refusal: undefined, key: crypto.randomUUID() });
    this.host.requestUpdate();
    const answer = await calls.preview(pair[0].id, pair[1].id);
    if (asked !== this.asked) return;
    if (answer.ok) this.preview = answer.value;
    else this.refusal = this.why(answer.problem.code);
    this.host.requestUpdate();
    await this.host.updateComplete;
    // What was pressed to choose is gone.
    if (!deepFocus()?.closest('dialog')) this.host.renderRoot.querySelector<HTMLElement>('dialog[open] button[type=submit]')?.focus();
  }

  private async submit(): Promise<void> {
    const { pair, preview, calls, host } = this;
    const { t } = this.words;
    if (!pair || !preview || !calls || this.busy) return;
    this.refusal = preview.contacts && !this.onePerson ? t.needsOne : undefined;
    this.host.requestUpdate();
    if (this.refusal) return;
    this.busy = true;
    const answer = await calls.merge(pair[0].id, { intoId: pair[1].id, mergeContacts: preview.contacts !== null }, this.key);
    this.busy = false;
    host.requestUpdate();
    if (!answer.ok) {
      this.refusal = this.why(answer.problem.code);
      return;
    }
    this.dialog.close();
    const { mergeId } = answer.value;
    toast(host, {
      text: t.done(called(answer.value.contact, this.common)),
      dismiss: t.common.dismiss,
      acts: [{ label: t.common.undo, undo: true, run: () => void this.undo(mergeId) }],
    });
  }

  private why(code: ProblemCode): string {
    const { refused } = this.words.t;
    return code === 'already_merged' || code === 'not_found' ? refused[code] : refused.other;
  }

  private readonly handleSearch = (event: Event): void => {
    this.q = (event.target as HTMLInputElement).value.trim();
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.look(), PAUSE);
  };

  private readonly handlePerson = (event: Event): void => {
    this.onePerson = (event.target as HTMLInputElement).checked;
    this.refusal = undefined;
    this.host.requestUpdate();
  };

  /** The looks of this dialog, for a host that has the others. */
  private wear(): void {
    const root = this.host.shadowRoot;
    const sheets = [mergeSheet, mergeOwnSheet].flatMap(({ styleSheet }) => styleSheet ?? []);
    root?.adoptedStyleSheets.push(...sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet)));
  }
}
