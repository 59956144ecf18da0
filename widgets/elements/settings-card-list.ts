/** Guidance cards as a list that is put in order, switched and written in place; nothing of it is saved by itself. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { State } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { icon } from '../ui/icon.ts';
import { card as cardGlyph, down, drag, pencil, plus } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import type { AgentWords, Behaviour } from './settings-behaviour.ts';
import { appliesTo, type CardEntry } from './settings-card-draft.ts';
import { cardEditor } from './settings-card-editor.ts';
import { scopeWords } from './settings-card-scope.ts';
import type { SettingsHost } from './settings-sections.ts';

export class CardList {
  /** The card that is written now. */
  private open?: string;
  private dragged?: string;
  private over?: string;

  /** @param agentId only the cards that apply to this agent */
  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
    private readonly behaviour: Behaviour,
    private readonly agentId?: string,
  ) {}

  get entries(): readonly CardEntry[] {
    return this.behaviour.cards.entries.filter(({ key, value }) => !this.agentId || key === this.open || appliesTo(value, this.agentId));
  }

  render(state: State): TemplateResult {
    const { t } = this.words;
    const { entries } = this;
    const listing = state.lists.guidanceCards;
    if (!listing?.loaded && !listing?.problem) return html`<p class="dim" role="status">${t.common.loading}</p>`;
    if (!listing.loaded)
      return html`<p class="refusal" role="alert">${t.common.failed} <button type="button" class="btn sm" data-look @click=${() => void this.host.store?.settings.readList('guidanceCards')}>${t.common.retry}</button></p>`;
    return html`${
      entries.length === 0
        ? html`<p class="hint">${icon(cardGlyph)} ${t.cards.none}</p>`
        : html`<ol class="cards">${repeat(
            entries,
            ({ key }) => key,
            (entry, at) => this.row(entry, at, entries, state),
          )}</ol>`
    }${this.behaviour.cards.going.map(
      ({ key, title }) =>
        html`<p class="gone is-changed" role="status">${t.cards.willGo(title)} <button type="button" class="btn sm" @click=${() => this.restore(key)}>${t.common.undo}</button></p>`,
    )}`;
  }

  get addButton(): TemplateResult {
    return html`<button type="button" class="btn writes" data-act="new-card" @click=${this.handleAdd}>${icon(plus)}${this.words.t.cards.add}</button>`;
  }

  private row(entry: CardEntry, at: number, entries: readonly CardEntry[], state: State): TemplateResult {
    const {
      words: { t, tag },
      behaviour,
    } = this;
    const { key, value, changed } = entry;
    const open = this.open === key;
    const wrong = behaviour.wrongs.some(({ path }) => path === key || path.startsWith(`${key}.`));
    const where = t.cards.holds(value.surface === 'classifier' ? t.cards.whether : t.cards.how, scopeWords(value.scope, this.words, state));
    const title = value.title || t.cards.untitled;
    return html`<li class="${value.active ? '' : 'is-off'} ${changed ? 'is-changed' : ''} ${this.dragged === key ? 'is-dragged' : ''} ${this.over === key ? 'is-over' : ''}" data-key=${key}
        @dragover=${(event: DragEvent) => this.handleOver(event, key)} @drop=${(event: DragEvent) => this.handleDrop(event, key)}>
      <button type="button" class="handle" draggable="true" title=${t.cards.drag} aria-label=${t.cards.move(title, number(tag, at + 1), number(tag, entries.length))} aria-keyshortcuts="ArrowUp ArrowDown" @keydown=${(event: KeyboardEvent) => this.handleKey(event, key)}
        @dragstart=${(event: DragEvent) => this.handleDrag(event, key)} @dragend=${this.handleDragEnd}>${icon(drag)}</button>
      <div><p><bdi>${value.text || title}</bdi></p><small>${where}${value.active ? nothing : html`. ${t.cards.isOff}`}${changed ? html`. ${entry.id ? t.cards.changed : t.cards.fresh}` : nothing}${wrong && !open ? html`. <span class="wrong">${t.refused}</span>` : nothing}</small></div>
      <button type="button" class="btn ghost icon" aria-label=${t.cards.edit(title)} aria-expanded=${String(open)} data-act="edit-card" @click=${() => this.toggle(key)}>${icon(pencil)}</button>
      <input type="checkbox" class="switch" role="switch" aria-label=${t.cards.activeOf(title)} .checked=${value.active} @change=${(event: Event) => this.put(key, { active: (event.target as HTMLInputElement).checked })}>
      ${
        open
          ? html`<div class="card-editor" role="group" aria-label=${title}>${cardEditor({ entry, state, words: this.words, behaviour, put: (values) => this.put(key, values) })}
        <div class="line"><button type="button" class="btn" ?disabled=${at === 0} @click=${() => this.move(key, at - 1, entries)}><span class="turned">${icon(down)}</span>${t.cards.up}</button><button type="button" class="btn" ?disabled=${at === entries.length - 1}
            @click=${() => this.move(key, at + 1, entries)}>${icon(down)}${t.cards.down}</button><button type="button" class="btn danger writes" data-act="remove-card" @click=${() => this.remove(entry)}>${t.cards.remove}</button><button type="button" class="btn push"
            data-act="close-card" @click=${() => this.toggle(key)}>${t.cards.close}</button></div></div>`
          : nothing
      }</li>`;
  }

  private put(key: string, values: Parameters<Behaviour['cards']['put']>[1]): void {
    this.behaviour.cards.put(key, values);
    this.host.requestUpdate();
  }

  private toggle(key: string): void {
    this.open = this.open === key ? undefined : key;
    this.focus(this.open ? `[data-key="${key}"] .card-editor :is(input, textarea)` : `[data-key="${key}"] [data-act="edit-card"]`);
  }

  private remove({ key, id }: CardEntry): void {
    this.behaviour.cards.remove(key);
    this.open = undefined;
    this.focus(id ? '.gone .btn' : '[data-act="new-card"]');
  }

  private move(key: string, at: number, entries: readonly CardEntry[]): void {
    const {
      words: { t, tag },
    } = this;
    const to = entries[at];
    if (!to) return;
    this.behaviour.cards.move(key, to.key);
    announce(this.host, t.cards.moved(number(tag, at + 1), number(tag, entries.length)));
    this.host.requestUpdate();
  }

  private focus(selector: string): void {
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  private handleKey(event: KeyboardEvent, key: string): void {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !this.host.mayEdit) return;
    event.preventDefault();
    const { entries } = this;
    const at = entries.findIndex((one) => one.key === key) + (event.key === 'ArrowUp' ? -1 : 1);
    this.move(key, at, entries);
    this.focus(`[data-key="${key}"] .handle`);
  }

  private handleDrag(event: DragEvent, key: string): void {
    if (!this.host.mayEdit) return event.preventDefault();
    this.dragged = key;
    event.dataTransfer?.setData('text/plain', key);
    this.host.requestUpdate();
  }

  private handleOver(event: DragEvent, key: string): void {
    if (!this.dragged) return;
    event.preventDefault();
    if (this.over === key) return;
    this.over = key;
    this.host.requestUpdate();
  }

  private handleDrop(event: DragEvent, key: string): void {
    const { dragged, entries } = this;
    if (!dragged) return;
    event.preventDefault();
    this.handleDragEnd();
    this.move(
      dragged,
      entries.findIndex((one) => one.key === key),
      entries,
    );
  }

  private readonly handleDragEnd = (): void => {
    this.dragged = undefined;
    this.over = undefined;
    this.host.requestUpdate();
  };

  private readonly handleAdd = (): void => {
    const key = this.behaviour.cards.add({ surface: 'classifier', title: '', text: '', scope: this.agentId ? { agentIds: [this.agentId] } : {}, active: true });
    this.toggle(key);
  };

  private restore(key: string): void {
    this.behaviour.cards.restore(key);
    this.focus(`[data-key="${key}"] [data-act="edit-card"]`);
  }
}
