/** The rules that send new conversations somewhere: their list, in the order in which they hold, and one of them. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { RoutingRule } from '../../server/contract/settings.ts';
import { rulesTexts } from '../locales/rules.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { back, plus, sort } from '../ui/icons.ts';
import { sentence } from '../ui/sentence.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { listBones, listFailed, type RuleWords } from './settings-editing.ts';
import { Ordering } from './settings-order.ts';
import { SettingHistory } from './settings-history.ts';
import { RuleForm } from './settings-routing-form.ts';
import { said } from './settings-routing-rule.ts';
import { RoutingTrial } from './settings-routing-try.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new RoutingView(host);

class RoutingView implements SectionView {
  private readonly words: RuleWords;
  private readonly patience: Patience;
  private readonly trial: RoutingTrial;
  private readonly history: SettingHistory;
  private readonly ordering: Ordering;
  private form?: RuleForm;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, rulesTexts);
    this.patience = new Patience(host);
    this.trial = new RoutingTrial(host, this.words);
    this.history = new SettingHistory(host, 'routingRules');
    this.ordering = new Ordering(host, this.words, 'routingRules');
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
        rule
          ? html`<section class="group writes"><header><div><h2>${t.routing.removeIt}</h2><p>${t.routing.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => void this.remove(rule)}>${t.routing.removeIt}</button></header></section>${this.history.render(rule, form.unsaved)}`
          : nothing
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
      const rules = this.ordering.of(listing.items);
      return html`<ol class="accounts">${repeat(
        rules,
        ({ id }) => id,
        (rule, at) => this.row(rule, at, rules, { ...state, lists }),
      )}</ol>`;
    };
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.routing.title}</h1><p>${t.routing.lead}</p></div>${
      listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing
    }</header>${body()}<div class="form-body">${this.trial.render()}</div></div>`;
  }

  private row(rule: RoutingRule, at: number, rules: readonly RoutingRule[], state: State): TemplateResult {
    const { t } = this.words;
    const { when, does } = said(rule, this.words, state);
    return this.ordering.row(
      rule,
      at,
      rules.length,
      {
        title: rule.name,
        name: rule.name,
        facts: sentence(t.routing.line(when, does)),
        off: !rule.active,
        acts: this.activeSwitch(rule, t.routing.activeOf(rule.name)),
      },
      () => this.show(rule),
    );
  }

  private activeSwitch(rule: RoutingRule, label?: string): TemplateResult {
    return html`<input type="checkbox" class="switch" role="switch" aria-label=${label ?? nothing} .checked=${rule.active} @change=${(event: Event) => void this.setActive(rule, (event.target as HTMLInputElement).checked)}>`;
  }

  private show(rule?: RoutingRule): void {
    this.go(
      new RuleForm(this.host, this.words, rule, (saved) => {
        const { t } = this.words;
        toast(this.host, { text: t.saved(saved.name), dismiss: t.common.dismiss });
      }),
    );
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

  /** Deleted at once, with a way back: the same rule, in its place. */
  private async remove(rule: RoutingRule): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.settings.removeItem('routingRules', rule.id);
    if (!answer?.ok) return void toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.go(undefined);
    const back = (): void => void this.history.bringBack(rule.id, rule.name, rule.version);
    toast(this.host, { text: t.routing.removed(rule.name), dismiss: t.common.dismiss, acts: [{ label: t.common.undo, undo: true, run: back }] });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.form?.save();
  };
}
