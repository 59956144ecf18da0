/** For how long the workspace keeps what it has. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Retention } from '../../server/contract/settings.ts';
import { dataTexts } from '../locales/data.ts';
import { Access } from '../store/access.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new DataView(host);

type Kept = keyof Retention;
/** What is kept, and the most days of each. */
const MOST: Readonly<Record<Kept, number>> = { conversationsDays: 36_500, filesDays: 36_500, eventsDays: 90, auditDays: 36_500 };
const KEPT = Object.keys(MOST) as Kept[];

class DataView implements SectionView {
  private readonly words;
  /** What is typed, and the version that it began with; undefined while nothing is. */
  private typed?: { readonly days: Readonly<Record<Kept, string>>; readonly version: number };
  private problem?: ApiProblem;
  private tried = false;
  private busy = false;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, dataTexts);
  }

  get unsaved(): boolean {
    const { saved, typed } = this;
    return typed !== undefined && saved !== undefined && KEPT.some((kept) => typed.days[kept].trim() !== saved[kept]);
  }

  start(): void {}

  stop(): void {}

  render(): TemplateResult {
    const { t } = this.words;
    const version = this.host.store?.get().me?.workspace.version;
    const days = this.typed?.days ?? this.saved;
    if (!days || version === undefined) return html``;
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body"><section class="group">${KEPT.map(
      (kept) => this.field(kept, days[kept], (typed) => this.type({ ...days, [kept]: typed }, version)),
    )}<p class="hint">${t.warn}</p></section><section class="group"><p>${t.oneContact}</p></section></div>${
      this.unsaved ? html`<footer class="save"><span>${this.refusal() ?? t.unsaved}</span><button type="button" class="btn" ?disabled=${this.busy} @click=${() => this.reset()}>${this.problem?.code === 'stale_version' ? t.showTheirs : t.discard}</button><button type="submit" class="btn primary" data-act="save" ?disabled=${this.busy}>${t.common.save}</button></footer>` : nothing
    }</form>`;
  }

  private field(kept: Kept, value: string, typed: (value: string) => void): TemplateResult {
    const { t } = this.words;
    const wrong = this.tried ? this.wrongAt(kept, value) : undefined;
    return html`<div class="one"><label class="label" for=${kept}>${t.kept[kept]} <small>${t.days}</small></label><input class="field short" id=${kept} type="number" inputmode="numeric" min="1" max=${MOST[kept]} step="1" .value=${value}
        aria-invalid=${wrong ? 'true' : nothing} aria-describedby="${kept}-h ${wrong ? `${kept}-e` : ''}" @input=${(event: Event) => typed((event.target as HTMLInputElement).value)}>
      <p class="hint" id="${kept}-h">${value === '' && kept !== 'eventsDays' ? html`${t.forever}. ` : nothing}${t.hints[kept]}</p>${wrong ? html`<p class="refusal" id="${kept}-e" role="alert">${wrong}</p>` : nothing}</div>`;
  }

  /** As the fields have it; undefined until it is known. */
  private get saved(): Record<Kept, string> | undefined {
    const retention = this.host.store?.get().me?.workspace.retention;
    return retention && (Object.fromEntries(KEPT.map((kept) => [kept, retention[kept] === null ? '' : String(retention[kept])])) as Record<Kept, string>);
  }

  private wrongAt(kept: Kept, value: string): string | undefined {
    const { t, tag } = this.words;
    const most = number(tag, MOST[kept]);
    if (value.trim() === '') return kept === 'eventsDays' ? t.badEvents(most) : undefined;
    const days = Number(value);
    if (Number.isInteger(days) && days >= 1 && days <= MOST[kept]) return undefined;
    return kept === 'eventsDays' ? t.badEvents(most) : t.bad(most);
  }

  private refusal(): TemplateResult | undefined {
    const { problem, words: { t } } = this;
    return problem ? html`<span class="bad" role="alert">${icon(alert)}${problem.code === 'stale_version' ? t.stale : t.failed}</span>` : undefined;
  }

  private type(days: Record<Kept, string>, version: number): void {
    this.typed = { days, version: this.typed?.version ?? version };
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private reset(): void {
    this.typed = undefined;
    this.tried = false;
    if (this.problem?.code === 'stale_version') void this.host.store?.settings.loadMe();
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.save();
  };

  private async save(): Promise<void> {
    const { host: { store }, typed } = this;
    if (!store || !typed || this.busy) return;
    this.tried = true;
    const wrong = KEPT.find((kept) => this.wrongAt(kept, typed.days[kept]));
    this.host.requestUpdate();
    if (wrong) return this.focus(wrong);
    this.busy = true;
    const days = Object.fromEntries(KEPT.map((kept) => [kept, typed.days[kept].trim() === '' ? null : Number(typed.days[kept])])) as unknown as Retention;
    const answer = await new Access(store.core, store.settings).setRetention(days, typed.version);
    this.busy = false;
    if (answer.ok) {
      this.typed = undefined;
      this.tried = false;
      this.problem = undefined;
      toast(this.host, { text: this.words.t.saved, dismiss: this.words.t.common.dismiss });
    } else this.problem = answer.problem;
    this.host.requestUpdate();
  }

  private async focus(kept: Kept): Promise<void> {
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(`#${kept}`)?.focus();
  }
}
