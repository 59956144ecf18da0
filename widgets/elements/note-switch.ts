import { html, nothing, type TemplateResult } from 'lit';
import type { composing } from '../locales/en/composing.ts';
import type { Unsent } from '../store/state.ts';
import type { ConvElement } from '../ui/base.ts';
import { icon } from '../ui/icon.ts';
import { info, lock } from '../ui/icons.ts';
import type { Spoken } from '../ui/words.ts';

/**
 * Asks, in the composer, before who has begun a reply goes on to a note or the other way round: what was typed stays where
 * it was typed, and what is typed next goes to other readers.
 */
export class NoteSwitch {
  private to?: Unsent['mode'];

  /** @param answered to which one it goes; undefined where it stays */
  constructor(
    private readonly host: ConvElement,
    private readonly answered: (mode: Unsent['mode'] | undefined) => void,
  ) {}

  ask(to: Unsent['mode']): void {
    this.to = to;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>('.ask-first .btn')?.focus());
  }

  end(): void {
    if (!this.to) return;
    this.to = undefined;
    this.host.requestUpdate();
  }

  render({ t }: Spoken<typeof composing>): TemplateResult | typeof nothing {
    const { to } = this;
    if (!to) return nothing;
    const words = t.notes;
    const note = to === 'note';
    return html`<div class="ask-first" role="alertdialog" aria-label=${note ? words.toNote : words.toReply} @keydown=${this.handleKeydown}>${icon(note ? lock : info)}<span>${note ? words.toNote : words.toReply} ${
      note ? words.replyKept : words.noteKept
    }</span><button type="button" class="btn" @click=${() => this.answer(to)}>${note ? words.goNote : words.goReply}</button><button type="button" class="btn ghost" @click=${() => this.answer(undefined)}>${words.stay}</button></div>`;
  }

  private answer(mode: Unsent['mode'] | undefined): void {
    this.end();
    this.answered(mode);
  }

  private readonly handleKeydown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.answer(undefined);
  };
}
