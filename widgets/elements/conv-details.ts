import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { operatorTexts } from '../locales/operator.ts';
import { StoreElement } from '../store/element.ts';
import { conversationOf, resolve, threadOf } from '../store/select.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { define } from '../ui/define.ts';
import { icon } from '../ui/icon.ts';
import { alert, panel, person, refresh } from '../ui/icons.ts';
import { select, shallow } from '../ui/select.ts';
import { Ticker } from '../ui/ticker.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { connectionNotice } from './connection-notice.ts';
import { detailsSheets } from './details-sheet.ts';
import type { DetailsView } from './details-view.ts';
import { Following } from './thread-following.ts';

/** What of the state the panel shows. */
export const pick = (state: State, id: string) => {
  const conversation = conversationOf(state, id);
  return {
    conversation,
    problem: threadOf(state, id).problem,
    contact: conversation && state.contacts[conversation.contact.id],
    timeline: state.timelines[resolve(state, id)],
    me: state.me,
    agents: state.lists.agents,
    operators: state.lists.operators,
    departments: state.lists.departments,
    tags: state.lists.tags,
    ticketChanges: state.ticketChanges,
  };
};
export type Slice = ReturnType<typeof pick>;

/**
 * Everything beside the words of a conversation: who the contact is, whether agents may answer them, who holds it, its
 * tags, and what happened round it.
 *
 * @attr conversation - id of the conversation
 * @attr has-close - shows a button that hides the panel
 * @fires conv-details-close - the panel is to be hidden
 */
export class ConvDetails extends StoreElement {
  static override styles = detailsSheets;

  /** Id of the conversation. */
  @property() conversation?: string;
  /** Shows a button that hides the panel. */
  @property({ type: Boolean, attribute: 'has-close' }) hasClose = false;

  private readonly words = words(this, operatorTexts);
  private readonly ticker = new Ticker(this, 'minute');
  private readonly patience = new Patience(this);
  private readonly slice = select(
    this,
    () => this.store,
    (state): Slice | undefined => (this.conversation ? pick(state, this.conversation) : undefined),
    shallow,
  );
  /** What the contact and the timeline were last read for. */
  private read = '';
  /** What fills the panel, fetched when the first conversation is shown. */
  private view?: DetailsView;
  private asked = false;

  constructor() {
    super();
    this.addController(
      new Following(
        () => this.store,
        () => this.conversation,
        (store) => store.settings.need('agents', 'operators', 'departments', 'tags'),
      ),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.read = '';
  }

  override render(): TemplateResult {
    const { t } = this.words;
    return html`<header class="panel-head"><h2>${t.details.title}</h2>${
      this.hasClose
        ? html`<button type="button" class="btn ghost icon push" aria-label=${t.details.hide} @click=${this.handleClose}>${icon(panel, 'md')}</button>`
        : nothing
    }</header>${this.answers ? connectionNotice(this, this.words) : nothing}${this.body(this.slice.value)}`;
  }

  /** Gives the focus to the first control. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button, a[href]')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.conversation || this.view || this.asked) return;
    this.asked = true;
    import('./details-view.ts').then(
      ({ DetailsView: View }) => {
        this.view = new View(this, this.words);
        this.requestUpdate();
      },
      () => (this.asked = false),
    );
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { store } = this;
    const conversation = this.slice.value?.conversation;
    if (!store || !conversation) return;
    // A new version may have brought an entry with it.
    const wanted = `${conversation.id} ${conversation.version}`;
    if (wanted === this.read) return;
    const first = !this.read.startsWith(conversation.id);
    this.read = wanted;
    if (first && !this.slice.value?.contact) void store.contacts.loadContact(conversation.contact.id);
    void store.contacts.loadTimeline(conversation.id);
  }

  private body(slice: Slice | undefined): TemplateResult {
    const { t } = this.words;
    if (!this.conversation || slice?.problem?.code === 'not_found') return blank({ glyph: person, ...t.details.choose });
    if (!slice?.conversation) {
      if (!slice?.problem) return this.bones();
      const again = html`<button type="button" class="btn" @click=${() => void this.store?.threads.reloadThread(this.conversation ?? '')}>${icon(refresh)}${t.common.retry}</button>`;
      return blank({ glyph: alert, ...t.details.failed, acts: again }, true);
    }
    if (!this.view) return this.bones();
    this.patience.out(false);
    return this.view.render({ ...slice, conversation: slice.conversation }, this.ticker.now);
  }

  private bones(): TemplateResult {
    if (!this.patience.out(true)) return html``;
    return html`<div class="details-bones" role="status"><span class="sr">${this.words.t.details.loading}</span>${['40%', '70%', '55%', '80%', '35%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
  }

  private readonly handleClose = (): void => void this.dispatchEvent(new CustomEvent('conv-details-close', { bubbles: true, composed: true }));
}

define('conv-details', ConvDetails);

declare global {
  interface HTMLElementTagNameMap {
    'conv-details': ConvDetails;
  }
}
