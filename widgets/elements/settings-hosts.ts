/** To which hosts the links and pictures of agents may lead. */
import { html, nothing, type TemplateResult } from 'lit';
import { accessTexts } from '../locales/access.ts';
import { Access } from '../store/access.ts';
import type { ApiProblem } from '../store/problem.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new HostsView(host);

const linesOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

class HostsView implements SectionView {
  private readonly words;
  /** What is typed, and the version that it began with; undefined while nothing is. */
  private typed?: { readonly text: string; readonly version: number };
  private problem?: ApiProblem;
  private busy = false;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, accessTexts);
  }

  get unsaved(): boolean {
    return this.typed !== undefined && linesOf(this.typed.text).join('\n') !== this.saved;
  }

  start(): void {}

  stop(): void {}

  render(): TemplateResult {
    const workspace = this.host.store?.get().me?.workspace;
    const { hosts: t, common } = this.words.t;
    if (!workspace) return html``;
    const error = this.errorAt();
    const none = linesOf(this.typed?.text ?? this.saved).length === 0;
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body"><section class="group"><div class="one"><label class="label" for="hosts">${t.label}</label>
      <textarea class="field" id="hosts" rows="8" dir="ltr" spellcheck="false" aria-invalid=${error ? 'true' : nothing} aria-describedby="hosts-h ${error ? 'hosts-e' : ''}" .value=${this.typed?.text ?? this.saved} @input=${(event: Event) => this.type((event.target as HTMLTextAreaElement).value, workspace.version)}></textarea>
      <p class="hint" id="hosts-h">${t.hint}${none ? html` ${t.empty}` : nothing}</p>${error ? html`<p class="refusal" id="hosts-e" role="alert">${error}</p>` : nothing}</div></section></div>${
        this.unsaved ? html`<footer class="save"><span>${this.refusal() ?? t.unsaved}</span><button type="button" class="btn" ?disabled=${this.busy} @click=${() => this.reset()}>${this.problem?.code === 'stale_version' ? t.showTheirs : t.discard}</button><button type="submit" class="btn primary" data-act="save" ?disabled=${this.busy}>${common.save}</button></footer>` : nothing
      }</form>`;
  }

  private get saved(): string {
    return this.host.store?.get().me?.workspace.allowedHosts.join('\n') ?? '';
  }

  private errorAt(): string | undefined {
    const path = this.problem?.errors.find((one) => one.path.startsWith('allowedHosts'))?.path;
    return path === undefined ? undefined : this.words.t.hosts.bad(linesOf(this.typed?.text ?? '')[Number(path.split('.')[1])] ?? '');
  }

  private refusal(): TemplateResult | undefined {
    const { problem, words: { t: { hosts: t } } } = this;
    if (!problem || this.errorAt()) return undefined;
    return html`<span class="bad" role="alert">${icon(alert)}${problem.code === 'stale_version' ? t.stale : t.failed}</span>`;
  }

  private type(text: string, version: number): void {
    this.typed = { text, version: this.typed?.version ?? version };
    this.problem = undefined;
    this.host.requestUpdate();
  }

  private reset(): void {
    this.typed = undefined;
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
    const { hosts: t, common } = this.words.t;
    this.busy = true;
    this.host.requestUpdate();
    const answer = await new Access(store.core, store.settings).setHosts(linesOf(typed.text), typed.version);
    this.busy = false;
    if (answer.ok) {
      this.typed = undefined;
      this.problem = undefined;
      toast(this.host, { text: t.saved, dismiss: common.dismiss });
    } else this.problem = answer.problem;
    this.host.requestUpdate();
    await this.host.updateComplete;
    if (!answer.ok) this.host.renderRoot.querySelector<HTMLElement>('#hosts')?.focus();
  }
}
