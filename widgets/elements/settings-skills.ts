/** What agents can look up and do: the list of skills, one of them, or the choice of a kind for a new one. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { Skill } from '../../server/contract/skill.ts';
import { skillsTexts } from '../locales/skills.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, globe, link, plus, refresh, skill as skillGlyph, type Glyph } from '../ui/icons.ts';
import { listed } from '../ui/time.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import { vars } from '../ui/vars.ts';
import { words as wordsOf } from '../ui/words.ts';
import { SettingHistory } from './settings-history.ts';
import type { OpenSection, SectionView, SettingsHost, SettingWords } from './settings-sections.ts';
import type { SkillDraft, SkillKind } from './settings-skill-draft.ts';
import { SkillForm } from './settings-skill-form.ts';
import type { SkillWords } from './settings-skill-reach.ts';
import { SkillTrial } from './settings-skill-trial.ts';

export const open: OpenSection = (host, own) => new SkillsView(host, own);

/** Every agent has these, whatever is set. */
const ALWAYS = ['search_knowledge', 'hand_off'];
const isAlways = ({ kind, name }: Pick<Skill, 'kind' | 'name'>): boolean => kind === 'builtin' && ALWAYS.includes(name);

const GLYPHS: Readonly<Record<SkillKind, Glyph>> = { http: globe, mcp: link, builtin: skillGlyph };

/** What is on screen: the list, the choice of a kind, or a skill with its form and its trial. */
type Place = { at: 'list' } | { at: 'choose' } | { at: 'skill'; id?: string; form: SkillForm; trial: SkillTrial };

class SkillsView implements SectionView {
  private place: Place = { at: 'list' };
  private readonly skillWords: SkillWords;
  private readonly patience: Patience;
  private readonly removal: Dialog;
  private readonly history: SettingHistory;
  private doomed?: Skill;
  private refused = false;
  /** What is to be done once the dialog has closed. */
  private afterwards?: () => void;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: SettingWords,
  ) {
    this.skillWords = wordsOf(host, skillsTexts);
    this.patience = new Patience(host);
    this.history = new SettingHistory(host, 'skills');
    this.removal = new Dialog(host, () => {
      const { afterwards } = this;
      this.afterwards = undefined;
      this.refused = false;
      afterwards?.();
    });
  }

  get unsaved(): boolean {
    return this.place.at === 'skill' && this.place.form.unsaved;
  }

  start(): void {
    this.host.store?.settings.need('skills', 'agents');
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    return state ? html`${this.page(state)}${this.removing()}` : html``;
  }

  private page(state: State): TemplateResult {
    const { place } = this;
    if (place.at === 'choose') return this.choice(state);
    const skill = place.at === 'skill' && place.id ? state.lists.skills?.items.find(({ id }) => id === place.id) : undefined;
    if (place.at === 'list' || (place.id && !skill)) return this.list(state);
    if (skill) place.form.follow(skill);
    const { t } = this.skillWords;
    const { kind, unsaved, setting } = place.form;
    return html`<form class="form" novalidate @submit=${(event: Event) => this.handleSubmit(event, place.form)}><header class="form-head">${this.backButton}${icon(GLYPHS[kind], 'lg')}<div><h1 tabindex="-1">${skill ? this.nameOf(skill) : kind === 'builtin' ? this.nameOf(setting.draft) : t.kinds[kind]}</h1>${
      skill ? html`<p>${t.kinds[kind]}${skill.config['url'] ? html` · <bdi>${new URL(String(skill.config['url'])).host}</bdi>` : nothing}</p>` : nothing
    }</div>${skill && !isAlways(skill) ? html`<label class="head-switch push"><span class="dim">${this.words.t.channels.active}</span>${this.activeSwitch(skill)}</label>` : nothing}</header><div class="form-body">${place.form.render(state, isAlways(setting.draft))}${
      skill
        ? html`${kind === 'builtin' ? nothing : place.trial.render(setting, skill, unsaved)}${this.history.render(skill, unsaved)}
          <section class="group writes"><header><div><h2>${t.remove}</h2><p>${t.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => this.askRemoval(skill)}>${t.remove}</button></header></section>`
        : nothing
    }</div>${place.form.renderBar()}<button type="submit" hidden></button></form>`;
  }

  private list(state: State): TemplateResult {
    const { t } = this.skillWords;
    const listing = state.lists.skills;
    const add = html`<button type="button" class="btn primary" data-act="add" @click=${() => this.go({ at: 'choose' })}>${icon(plus)}${t.add}</button>`;
    const body = (): unknown => {
      const { page } = this.words.t;
      if (!listing?.loaded && !listing?.problem) {
        return this.patience.out(true)
          ? html`<div class="bones" role="status"><span class="sr">${page.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`
          : nothing;
      }
      this.patience.out(false);
      if (!listing.loaded)
        return blank(
          {
            glyph: alert,
            title: page.failed,
            text: page.failedText,
            acts: html`<button type="button" class="btn" @click=${() => void this.host.store?.settings.readList('skills')}>${icon(refresh)}${t.common.retry}</button>`,
          },
          true,
        );
      if (listing.items.length === 0) return blank({ glyph: skillGlyph, title: t.empty, text: t.emptyText, acts: add });
      const own = (one: Skill): number => (one.kind === 'builtin' ? 1 : 0);
      const inOrder = listing.items.toSorted((one, other) => own(one) - own(other) || (this.nameOf(one) < this.nameOf(other) ? -1 : 1));
      return html`<ul class="accounts">${repeat(
        inOrder,
        ({ id }) => id,
        (skill) => this.row(skill, state),
      )}</ul>`;
    };
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div>${listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing}</header>${body()}</div>`;
  }

  private row(skill: Skill, { lists }: State): TemplateResult {
    const { t } = this.skillWords;
    const { kind, risk, agentIds, active, config } = skill;
    const agents = agentIds.map((id) => lists.agents?.items.find((agent) => agent.id === id)?.name).filter((name) => name !== undefined);
    const tools = ((config['tools'] ?? []) as { name: string }[]).map(({ name }) => name);
    const facts = [
      t.kinds[kind],
      kind === 'mcp' ? listed(this.skillWords.tag, tools) || t.noTools : t.riskFacts[risk],
      agents.length > 0 && !isAlways(skill) ? listed(this.skillWords.tag, agents) : t.allAgents,
    ];
    return html`<li class=${active || isAlways(skill) ? '' : 'is-off'}>${icon(GLYPHS[kind])}<div><button type="button" class="account-name" data-id=${skill.id} @click=${() => this.show(kind, skill)}>${this.nameOf(skill)}</button>
      <small>${facts.map((fact, at) => html`${at > 0 ? ' · ' : ''}<bdi>${fact}</bdi>`)}</small>${kind !== 'builtin' && !config['url'] ? html`<p class="bad">${icon(alert)}<span>${t.unfinished}</span></p>` : nothing}</div>${isAlways(skill) ? nothing : this.activeSwitch(skill, t.activeOf(this.nameOf(skill)))}</li>`;
  }

  private choice({ lists }: State): TemplateResult {
    const { t } = this.skillWords;
    const there = new Set(lists.skills?.items.map(({ name }) => name));
    const builtin = (Object.keys(t.builtin) as (keyof typeof t.builtin)[]).filter((name) => !there.has(name) && !ALWAYS.includes(name));
    return html`<div class="form"><header class="form-head">${this.backButton}<div><h1 tabindex="-1">${t.choose}</h1></div></header><div class="form-body"><section class="group"><header><h2>${t.chooseOwn}</h2></header><div class="kinds">${(
      ['http', 'mcp'] as const
    ).map(
      (kind) =>
        html`<button type="button" data-kind=${kind} @click=${() => this.show(kind)}>${icon(GLYPHS[kind])}<span>${t.kinds[kind]}<small>${t.kindTexts[kind]}</small></span></button>`,
    )}</div></section>${
      builtin.length > 0
        ? html`<section class="group"><header><h2>${t.chooseBuiltin}</h2></header><div class="kinds">${builtin.map(
            (name) =>
              html`<button type="button" data-kind=${name} @click=${() => this.show('builtin', undefined, { name, description: t.builtin[name].description })}>${icon(skillGlyph)}<span>${t.builtin[name].name}<small>${t.builtin[name].description}</small></span></button>`,
          )}</div></section>`
        : nothing
    }</div></div>`;
  }

  /** Built-in skills by their names on screen, others as agents call them. */
  private nameOf({ kind, name }: Pick<Skill, 'kind' | 'name'>): string {
    return kind === 'builtin' ? ((this.skillWords.t.builtin as Readonly<Record<string, { name: string }>>)[name]?.name ?? name) : name;
  }

  private activeSwitch(skill: Skill, label?: string): TemplateResult {
    return html`<input type="checkbox" class="switch" role="switch" aria-label=${label ?? nothing} .checked=${skill.active} @change=${(event: Event) => void this.setActive(skill, (event.target as HTMLInputElement).checked)}>`;
  }

  private get backButton(): TemplateResult {
    return html`<button type="button" class="btn ghost icon" data-act="back" aria-label=${this.skillWords.t.all} @click=${() => this.host.leave(() => this.go({ at: 'list' }))}>${icon(back)}</button>`;
  }

  private show(kind: SkillKind, skill?: Skill, known: Partial<SkillDraft> = {}): void {
    const form = new SkillForm(this.host, this.words, this.skillWords, kind, skill, known, (saved) => {
      if (this.place.at === 'skill') this.place = { ...this.place, id: saved.id };
      this.say(skill ? this.words.t.channels.saved(this.nameOf(saved)) : this.skillWords.t.created(this.nameOf(saved)));
    });
    this.go({ at: 'skill', ...(skill ? { id: skill.id } : {}), form, trial: new SkillTrial(this.host, this.skillWords) });
  }

  /** Moves on, and the focus to what is new. */
  private go(place: Place): void {
    const before = this.place;
    this.place = place;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      for (const scrolled of [this.host, renderRoot.querySelector('.shown')]) scrolled?.scrollTo(0, 0);
      const came = place.at === 'list' && before.at === 'skill' && before.id ? renderRoot.querySelector<HTMLElement>(`[data-id="${before.id}"]`) : null;
      (came ?? renderRoot.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: came === null });
    });
  }

  /** At once, with a way back. */
  private async setActive({ id, name, kind }: Skill, active: boolean, undoable = true): Promise<void> {
    const { t } = this.skillWords;
    const answer = await this.host.store?.settings.saveItem('skills', { id, body: { active } });
    this.host.requestUpdate();
    if (!answer?.ok) return this.say(this.words.t.channels.failed);
    const undo: ToastAct[] = undoable ? [{ label: t.common.undo, undo: true, run: () => void this.setActive(answer.value, !active, false) }] : [];
    this.say(t.changed(this.nameOf({ name, kind }), active), undo);
  }

  private askRemoval(skill: Skill): void {
    this.doomed = skill;
    this.removal.show();
  }

  private removing(): TemplateResult | typeof nothing {
    const {
      doomed,
      refused,
      words: { t },
    } = this;
    if (!doomed) return nothing;
    return this.removal.render(() => ({
      title: t.channels.removeTitle(this.nameOf(doomed)),
      close: t.common.close,
      body: refused ? html`<p class="refusal" role="alert">${t.channels.failed}</p>` : html`<p>${this.skillWords.t.removeText}</p>`,
      foot: html`<button type="button" class="btn lg push" @click=${() => this.removal.close()}>${t.common.cancel}</button><button type="submit" class="btn lg danger primary">${t.channels.removeYes}</button>`,
      submit: () => void this.remove(doomed),
    }));
  }

  private async remove(skill: Skill): Promise<void> {
    const answer = await this.host.store?.settings.removeItem('skills', skill.id);
    if (answer?.ok) {
      this.afterwards = () => {
        this.go({ at: 'list' });
        this.say(this.skillWords.t.removed(this.nameOf(skill)));
      };
      return this.removal.close();
    }
    this.refused = true;
    this.host.requestUpdate();
  }

  private say(text: string, acts: ToastAct[] = []): void {
    toast(this.host, { text, acts, dismiss: this.words.t.common.dismiss });
  }

  private handleSubmit(event: Event, form: SkillForm): void {
    event.preventDefault();
    void form.save();
  }
}
