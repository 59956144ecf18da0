import { html, nothing, type TemplateResult } from 'lit';
import type { SharedConversation, SnoozedUntil } from '../../server/contract/conversation.ts';
import { snoozeTexts } from '../locales/snooze.ts';
import type { StoreElement } from '../store/element.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { clock } from '../ui/icons.ts';
import { dayAndTime, upcoming } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { quietly } from './dialog-refusal.ts';
import { fieldValue, snoozeTimes } from './snooze-times.ts';

/** Asks until when a conversation is to be put off, or several. For hosts with the sheets of dialogs, options, fields and buttons. */
export class SnoozeDialog {
  private readonly words;
  private readonly dialog: Dialog;
  private choice = '';
  private picked = '';
  private refusal?: string;
  private busy = false;
  private put?: (until: SnoozedUntil) => Promise<boolean>;

  constructor(private readonly host: StoreElement) {
    this.words = words(host, snoozeTexts);
    this.dialog = new Dialog(host);
  }

  /** Puts one conversation off, with a way back. */
  show({ id, snoozedUntil: before }: Pick<SharedConversation, 'id' | 'snoozedUntil'>): void {
    this.ask(async (until) => {
      const { store } = this.host;
      const done = store !== undefined && (await quietly(store, store.conversations.patch(id, { snoozedUntil: until }))).ok;
      if (done) this.say(until, () => void this.patch(id, before));
      return done;
    });
  }

  /** Asks only; what is done with the answer is the caller's. @param put false where it was refused */
  ask(put: (until: SnoozedUntil) => Promise<boolean>): void {
    this.put = put;
    this.choice = '';
    this.picked = '';
    this.refusal = undefined;
    this.busy = false;
    this.dialog.show();
  }

  /** Has a conversation back at once, with a way back. */
  async end({ id, snoozedUntil: before }: Pick<SharedConversation, 'id' | 'snoozedUntil'>): Promise<void> {
    if (!(await this.patch(id, null))) return;
    const { t } = this.words;
    toast(this.host, { text: t.back, dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: () => void this.patch(id, before) }] });
  }

  render(): TemplateResult | typeof nothing {
    return this.dialog.render(() => {
      const { t, tag } = this.words;
      const now = new Date();
      const times = snoozeTimes(now);
      const chosen = this.choice || times[0]!.key;
      const option = (
        key: string,
        name: string,
        hint: unknown,
      ): TemplateResult => html`<label class="option"><input type="radio" name="until" value=${key} ?autofocus=${key === chosen}
        .checked=${key === chosen} @change=${() => this.choose(key)}>${icon(clock)}<b>${name}</b><small>${hint}</small></label>`;
      return {
        title: t.title,
        lead: t.lead,
        close: t.common.close,
        body: html`<div class="options" role="radiogroup" aria-label=${t.title}>${times.map(({ key, at }) => option(key, t[key], upcoming(tag, at, now.getTime())))}${option('next_message', t.nextMessage, t.nextMessageHint)}${option('pick', t.pick, '')}</div>${
          chosen === 'pick'
            ? html`<label><span class="label">${t.pickLabel}</span><input class="field" type="datetime-local" min=${fieldValue(now)} .value=${this.picked} aria-invalid=${this.refusal ? 'true' : nothing}
                @input=${(event: Event) => (this.picked = (event.target as HTMLInputElement).value)}></label>`
            : nothing
        }${this.refusal ? html`<p class="refusal" role="alert">${this.refusal}</p>` : nothing}`,
        foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary" ?disabled=${this.busy}>${icon(clock)}${t.submit}</button>`,
        submit: () => void this.submit(chosen),
      };
    });
  }

  private choose(key: string): void {
    this.choice = key;
    if (key === 'pick' && !this.picked) this.picked = fieldValue(snoozeTimes(new Date()).find((one) => one.key === 'tomorrow')!.at);
    this.refusal = undefined;
    this.host.requestUpdate();
  }

  private async submit(chosen: string): Promise<void> {
    const { t } = this.words;
    if (!this.put || this.busy) return;
    const now = new Date();
    const at = chosen === 'pick' ? new Date(this.picked) : snoozeTimes(now).find(({ key }) => key === chosen)?.at;
    if (chosen !== 'next_message' && (!at || !(at > now))) {
      this.refusal = t.past;
      return this.host.requestUpdate();
    }
    this.busy = true;
    this.refusal = undefined;
    this.host.requestUpdate();
    const done = await this.put(chosen === 'next_message' ? 'next_message' : at!.toISOString());
    this.busy = false;
    if (done) this.dialog.close();
    else this.refusal = t.failed;
    this.host.requestUpdate();
  }

  private async patch(id: string, snoozedUntil: SnoozedUntil | null): Promise<boolean> {
    const { store } = this.host;
    // What is put back may be over by now.
    const until = snoozedUntil !== null && snoozedUntil !== 'next_message' && Date.parse(snoozedUntil) <= Date.now() ? null : snoozedUntil;
    return (await store?.conversations.patch(id, { snoozedUntil: until }))?.ok ?? false;
  }

  private say(until: SnoozedUntil, undo: () => void): void {
    const { t, tag } = this.words;
    toast(this.host, {
      text: until === 'next_message' ? t.doneMessage : t.done(dayAndTime(tag, until)),
      dismiss: t.common.dismiss,
      acts: [{ label: t.common.undo, undo: true, run: undo }],
    });
  }
}
