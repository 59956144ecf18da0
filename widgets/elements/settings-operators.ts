/** Who may come in. Who they are and what they may do is said by the host's token; here they are let in or kept out. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { Operator } from '../../server/contract/operator.ts';
import { accessTexts } from '../locales/access.ts';
import { Access } from '../store/access.ts';
import type { State } from '../store/state.ts';
import { Patience } from '../ui/blank.ts';
import { people } from '../ui/icons.ts';
import { chip } from '../ui/marks.ts';
import { face } from '../ui/people.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { listing } from './settings-listing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new OperatorsView(host);

class OperatorsView implements SectionView {
  readonly unsaved = false;
  private readonly words;
  private readonly patience: Patience;
  /** Switches that were thrown and not answered yet. */
  private readonly switching = new Map<string, boolean>();

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, accessTexts);
    this.patience = new Patience(host);
  }

  start(): void {
    this.host.store?.settings.need('operators');
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    const { people: t } = this.words.t;
    if (!state) return html``;
    const again = (): void => void this.host.store?.settings.readList('operators');
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead} ${t.roleHint}</p></div></header>${listing(
      state.lists.operators,
      this.words,
      this.patience,
      { glyph: people, title: t.empty, text: t.emptyText },
      again,
      (items) =>
        html`<ul class="accounts">${repeat(
          items,
          ({ id }) => id,
          (one) => this.row(one, state),
        )}</ul>`,
    )}</div>`;
  }

  private row(one: Operator, { me }: State): TemplateResult {
    const { people: t } = this.words.t;
    const { id, name, email, role } = one;
    const active = this.switching.get(id) ?? one.active;
    const self = id === me?.id;
    return html`<li class=${active ? '' : 'is-off'} data-id=${id}>${face(one, 20)}<div class="person"><span><bdi>${name}</bdi> ${chip(role === 'admin' ? 'ochre' : 'plain', role === 'admin' ? t.admin : t.operator)}${self ? html` ${chip('plain', t.you)}` : nothing}${
      active ? nothing : html` ${chip('madder', t.out)}`
    }</span>${email ? html`<small><bdi>${email}</bdi></small>` : nothing}</div><input type="checkbox" class="switch" role="switch" aria-label=${t.letIn(name)} .checked=${active} ?disabled=${self} title=${self ? t.self : nothing}
      @change=${(event: Event) => void this.setActive(one, (event.target as HTMLInputElement).checked, true)}></li>`;
  }

  /** At once on screen, with a way back; taken back where it is refused. */
  private async setActive(one: Operator, active: boolean, undoable: boolean): Promise<void> {
    const { store } = this.host;
    if (!store) return;
    const { people: t, common } = this.words.t;
    this.switching.set(one.id, active);
    this.host.requestUpdate();
    const answer = await new Access(store.core, store.settings).setActive(one.id, active);
    this.switching.delete(one.id);
    this.host.requestUpdate();
    const acts = answer.ok && undoable ? [{ label: common.undo, undo: true, run: () => void this.setActive(one, !active, false) }] : [];
    toast(this.host, { text: !answer.ok ? t.failed(one.name) : active ? t.isIn(one.name) : t.isOut(one.name), acts, dismiss: common.dismiss });
  }
}
