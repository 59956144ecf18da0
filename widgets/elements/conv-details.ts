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
import { Menu } from '../ui/menu.ts';
import { select, shallow } from '../ui/select.ts';
import { Ticker } from '../ui/ticker.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { aiSection } from './details-ai.ts';
import { contactSection } from './details-contact.ts';
import { factsSection, tagsSection, type Facts } from './details-facts.ts';
import { LogDialog } from './details-log.ts';
import { detailsSheets } from './details-sheet.ts';
import { timelineSection } from './details-timeline.ts';
import { PauseDialog } from './pause-dialog.ts';
import { Following } from './thread-following.ts';

const pick = (state: State, id: string) => {
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
  };
};
type Slice = ReturnType<typeof pick>;

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
  private readonly menus = { assignee: new Menu(this), agent: new Menu(this), mode: new Menu(this), department: new Menu(this), priority: new Menu(this), tag: new Menu(this) };
  private readonly pauseDialog = new PauseDialog(this, this.words);
  private readonly logDialog = new LogDialog(this, this.words);
  private readonly slice = select(this, () => this.store, (state): Slice | undefined => (this.conversation ? pick(state, this.conversation) : undefined), shallow);
  /** What the contact and the timeline were last read for. */
  private read = '';

  constructor() {
    super();
    this.addController(new Following(() => this.store, () => this.conversation, (store) => store.settings.need('agents', 'operators', 'departments', 'tags')));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.read = '';
  }

  override render(): TemplateResult {
    const { t } = this.words;
    return html`<header class="panel-head"><h2>${t.details.title}</h2>${
      this.hasClose ? html`<button type="button" class="btn ghost icon push" aria-label=${t.details.hide} @click=${this.handleClose}>${icon(panel, 'md')}</button>` : nothing
    }</header>${this.body(this.slice.value)}${this.pauseDialog.render()}${this.logDialog.render()}`;
  }

  /** Gives the focus to the first control. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('button, a[href]')?.focus(options);
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
    if (!this.conversation) return blank({ glyph: person, ...t.details.choose });
    if (!slice?.conversation) {
      if (!slice?.problem) return this.bones();
      const again = html`<button type="button" class="btn" @click=${() => void this.store?.threads.reloadThread(this.conversation ?? '')}>${icon(refresh)}${t.common.retry}</button>`;
      return blank({ glyph: alert, ...t.details.failed, acts: again }, true);
    }
    this.patience.out(false);
    const { conversation, contact, me, timeline } = slice;
    const { id } = conversation;
    const now = this.ticker.now;
    const facts: Facts = {
      words: this.words, conversation, me: me?.id, menus: this.menus, agents: slice.agents?.items ?? [], operators: slice.operators?.items ?? [], departments: slice.departments?.items ?? [],
      tags: slice.tags?.items ?? [], patch: (change) => void this.store?.conversations.patch(id, change),
    };
    const name = (who: string): string | undefined => [...facts.operators, ...facts.agents].find((one) => one.id === who)?.name;
    return html`${contactSection(this.words, conversation.contact, contact, now)}${aiSection(this.words, conversation, me?.id, now, {
      pause: () => this.pauseDialog.show(conversation.contact), resume: () => void this.store?.contacts.resumeAi(conversation.contact.id),
    })}${factsSection(facts)}${tagsSection(facts)}${timelineSection({
      teller: { words: this.words, me: me?.id, contact: conversation.contact, agent: conversation.agent?.name, name }, timeline, now,
      log: () => this.logDialog.show(id), more: () => void this.store?.contacts.loadOlderTimeline(id), again: () => void this.store?.contacts.loadTimeline(id),
    })}`;
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
