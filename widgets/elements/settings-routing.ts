/** The rules that send new conversations somewhere: their list, in the order in which they hold, and one of them. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RoutingRule } from '../../server/contract/settings.ts';
import { rulesTexts } from '../locales/rules.ts';
import type { State } from '../store/state.ts';
import { announce } from '../ui/announce.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { back, down, drag, plus, sort } from '../ui/icons.ts';
import { sentence } from '../ui/sentence.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { listBones, listFailed, type RuleWords } from './settings-editing.ts';
import { RuleForm } from './settings-routing-form.ts';
import { bodyOf, draftOf, said } from './settings-routing-rule.ts';
import { RoutingTrial } from './settings-routing-try.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new RoutingView(host);

class RoutingView implements SectionView {
  private readonly words: RuleWords;
  private readonly patience: Patience;
  private readonly trial: RoutingTrial;
  private form?: RuleForm;
  /** The order that was asked for, until the list has it. */
  private order?: readonly string[];
  private dragged?: string;
  private over?: string;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, rulesTexts);
    this.patience = new Patience(host);
    this.trial = new RoutingTrial(host, this.words);
  }

  get unsaved(): boolean {
    return this.form?.unsaved ?? false;
  }

  start(): void {
    this.host.store?.settings.need('routingRules', 'departments', 'operators', 'agents', 'intents', 'tags');
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const { form } = this;
    if (!form) return this.list(state);
    const rule = form.rule && state.lists.routingRules?.items.find(({ id }) => id === form.rule?.id);
    if (form.rule && !rule) return this.list(state);
    if (rule) form.follow(rule);
    const { t } = this.words;
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><button type="button" class="btn ghost icon" data-act="back" aria-label=${t.routing.all}
        @click=${() => this.host.leave(() => this.go(undefined, form.rule?.id))}>${icon(back)}</button><div><h1 tabindex="-1">${rule?.name ?? t.routing.newTitle}</h1></div>${rule ? html`<label class="head-switch push"><span class="dim">${t.active}</span>${this.activeSwitch(rule)}</label>` : nothing}</header>
      <div class="form-body">${form.render(state)}${
        rule ? html`<section class="group writes"><header><div><h2>${t.routing.removeIt}</h2><p>${t.routing.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => void this.remove(rule)}>${t.routing.removeIt}</button></header></section>` : nothing
      }</div>${form.renderBar()}<button type="submit" hidden></button></form>`;
  }

  private list({ lists, ...state }: State): TemplateResult {
    const { t } = this.words;
    const listing = lists.routingRules;
    const add = html`<button type="button" class="btn primary" data-act="add" @click=${() => this.show()}>${icon(plus)}${t.routing.add}</button>`;
    const body = (): unknown => {
      if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? listBones(this.words) : nothing;
      this.patience.out(false);
      if (!listing.loaded) return listFailed(this.words, () => void this.host.store?.settings.readList('routingRules'));
      if (listing.items.length === 0) return blank({ glyph: sort, title: t.routing.empty, text: t.routing.emptyText, acts: add });
      const rules = this.ordered(listing.items);
      return html`<ol class="accounts">${repeat(rules, ({ id }) => id, (rule, at) => this.row(rule, at, rules, { ...state, lists }))}</ol>`;
    };
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.routing.title}</h1><p>${t.routing.lead}</p></div>${
      listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing
    }</header>${body()}<div class="form-body">${this.trial.render()}</div></div>`;
  }

  private row(rule: RoutingRule, at: number, rules: readonly RoutingRule[], state: State): TemplateResult {
    const { t, tag } = this.words;
    const { when, does } = said(rule, this.words, state);
    return html`<li class="${rule.active ? '' : 'is-off'} ${this.dragged === rule.id ? 'is-dragged' : ''} ${this.over === rule.id ? 'is-over' : ''}" @dragover=${(event: DragEvent) => this.handleOver(event, rule.id)} @drop=${(event: DragEvent) => this.handleDrop(event, rule.id)}>
      <span class="handle" draggable=${this.host.mayEdit} title=${t.routing.drag} @dragstart=${(event: DragEvent) => this.handleDrag(event, rule.id)} @dragend=${this.handleDragEnd}>${icon(drag)}</span>
      <div><button type="button" class="account-name" data-id=${rule.id} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" @keydown=${(event: KeyboardEvent) => this.handleKey(event, rule.id)} @click=${() => this.show(rule)}><span class="sr">${number(tag, at + 1)}. </span>${rule.name}</button>
        <small>${sentence(t.routing.line(when, does))}</small></div>
      <span class="acts"><button type="button" class="btn ghost icon turned writes" aria-label=${t.routing.moveUp(rule.name)} ?disabled=${at === 0} @click=${() => void this.move(rule.id, -1)}>${icon(down)}</button><button type="button" class="btn ghost icon writes" aria-label=${t.routing.moveDown(rule.name)}
          ?disabled=${at === rules.length - 1} @click=${() => void this.move(rule.id, 1)}>${icon(down)}</button>${this.activeSwitch(rule, t.routing.activeOf(rule.name))}</span></li>`;
  }

  private activeSwitch(rule: RoutingRule, label?: string): TemplateResult {
    return html`<input type="checkbox" class="switch" role="switch" aria-label=${label ?? nothing} .checked=${rule.active} @change=${(event: Event) => void this.setActive(rule, (event.target as HTMLInputElement).checked)}>`;
  }

  private ordered(items: readonly RoutingRule[]): readonly RoutingRule[] {
    const { order } = this;
    const place = (id: string): number => (order?.includes(id) ? order.indexOf(id) : items.length);
    const byPlace = items.toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
    return order ? byPlace.toSorted((one, other) => place(one.id) - place(other.id)) : byPlace;
  }

  private show(rule?: RoutingRule): void {
    this.go(new RuleForm(this.host, this.words, rule, (saved) => {
      const { t } = this.words;
      toast(this.host, { text: t.saved(saved.name), dismiss: t.common.dismiss });
    }));
  }

  /** Moves on, and the focus to what is new. */
  private go(form: RuleForm | undefined, from?: string): void {
    this.form = form;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      for (const scrolled of [this.host, renderRoot.querySelector('.shown')]) scrolled?.scrollTo(0, 0);
      const came = from && !form ? renderRoot.querySelector<HTMLElement>(`[data-id="${from}"]`) : null;
      (came ?? renderRoot.querySelector<HTMLElement>('h1'))?.focus();
    });
  }

  private async setActive(rule: RoutingRule, active: boolean): Promise<void> {
    const answer = await this.host.store?.settings.saveItem('routingRules', { id: rule.id, body: { active } });
    const { t } = this.words;
    if (!answer?.ok) toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.host.requestUpdate();
  }

  /** Deleted at once, with a way back: the same rule again, in its place. */
  private async remove(rule: RoutingRule): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.settings.removeItem('routingRules', rule.id);
    if (!answer?.ok) return void toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.go(undefined);
    const again = { ...bodyOf(draftOf(rule)), active: rule.active, position: rule.position };
    toast(this.host, { text: t.routing.removed(rule.name), dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: () => void store?.settings.saveItem('routingRules', { body: again }) }] });
  }

  private async move(id: string, by: number, to?: string): Promise<void> {
    const { store } = this.host;
    const { t, tag } = this.words;
    const listing = store?.get().lists.routingRules;
    if (!store || !listing) return;
    const ids = this.ordered(listing.items).map((rule) => rule.id);
    const from = ids.indexOf(id);
    const at = to === undefined ? from + by : ids.indexOf(to);
    if (at < 0 || at >= ids.length || at === from) return;
    const next = ids.toSpliced(from, 1).toSpliced(at, 0, id);
    this.order = next;
    this.host.requestUpdate();
    announce(this.host, t.routing.moved(number(tag, at + 1), number(tag, ids.length)));
    const answer = await store.core.tell(() => store.core.client.api.v1['routing-rules'].order.$post({ json: { ids: next } }));
    if (!answer.ok) toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    await store.settings.readList('routingRules');
    if (this.order === next) this.order = undefined;
    this.host.requestUpdate();
  }

  private handleKey(event: KeyboardEvent, id: string): void {
    if (!this.host.mayEdit || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    void this.move(id, event.key === 'ArrowUp' ? -1 : 1);
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus());
  }

  private handleDrag(event: DragEvent, id: string): void {
    this.dragged = id;
    event.dataTransfer?.setData('text/plain', id);
    this.host.requestUpdate();
  }

  private handleOver(event: DragEvent, id: string): void {
    if (!this.dragged) return;
    event.preventDefault();
    if (this.over === id) return;
    this.over = id;
    this.host.requestUpdate();
  }

  private handleDrop(event: DragEvent, id: string): void {
    const { dragged } = this;
    if (!dragged) return;
    event.preventDefault();
    this.handleDragEnd();
    void this.move(dragged, 0, id);
  }

  private readonly handleDragEnd = (): void => {
    this.dragged = undefined;
    this.over = undefined;
    this.host.requestUpdate();
  };

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.form?.save();
  };
}
