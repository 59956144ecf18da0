/** What agents follow to reach a goal: all of it, in the order in which a message is held against their rules, and one of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from '../ui/repeat.ts';
import type { PlaybookFigures } from '../../server/contract/playbook.ts';
import type { Playbook } from '../../server/contract/settings.ts';
import { playbooksTexts } from '../locales/playbooks.ts';
import { reasonTexts } from '../locales/reasons.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, back, playbook as playbookGlyph, plus, refresh } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { toast } from '../ui/toast.ts';
import { vars } from '../ui/vars.ts';
import { words } from '../ui/words.ts';
import { SettingHistory } from './settings-history.ts';
import { bodyOf, draftOf, type PlaybookWords } from './settings-playbook-draft.ts';
import { PlaybookForm } from './settings-playbook-form.ts';
import { playbookSteps } from './settings-playbook-show.ts';
import { PlaybookTrial } from './settings-playbook-try.ts';
import type { SectionView, SettingsHost } from './settings-sections.ts';

export const open = (host: SettingsHost): SectionView => new PlaybooksView(host);

class PlaybooksView implements SectionView {
  private readonly words: PlaybookWords;
  private readonly patience: Patience;
  private readonly history: SettingHistory;
  /** What is open, and where it was opened. */
  private at?: { readonly place: string; readonly form: PlaybookForm; readonly trial: PlaybookTrial };
  private figures?: { readonly of: string; readonly read?: PlaybookFigures };

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, playbooksTexts);
    words(host, reasonTexts);
    this.patience = new Patience(host);
    this.history = new SettingHistory(host, 'playbooks');
  }

  get unsaved(): boolean {
    return this.at?.form.unsaved ?? false;
  }

  start(): void {
    this.host.store?.settings.need('playbooks', 'agents', 'routes', 'skills', 'intents');
  }

  stop(): void {}

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const { place } = this.host;
    const listing = state.lists.playbooks;
    if (place === '' || (place !== 'new' && !listing?.loaded)) {
      this.at = undefined;
      return this.list(state);
    }
    const playbook = listing?.items.find(({ id }) => id === place);
    if (place !== 'new' && !playbook) return this.list(state);
    return this.one(place, playbook, state);
  }

  private one(place: string, playbook: Playbook | undefined, state: State): TemplateResult {
    const { t } = this.words;
    if (this.at?.place !== place) {
      const form = new PlaybookForm(this.host, this.words, playbook, (saved) => this.saved(saved));
      this.at = { place, form, trial: new PlaybookTrial(this.host, this.words, form) };
    }
    const { form, trial } = this.at;
    if (playbook) {
      form.follow(playbook);
      void this.readFigures(playbook);
    }
    const figures = this.figures?.of === `${playbook?.id} ${playbook?.version}` ? this.figures.read : undefined;
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><button type="button" class="btn ghost icon" data-act="back" aria-label=${t.all}
        @click=${() => this.host.leave(() => this.go('', playbook?.id))}>${icon(back)}</button><div><h1 tabindex="-1" dir="auto">${playbook?.name ?? t.newTitle}</h1></div>${
          playbook ? html`<label class="head-switch push"><span class="dim">${t.active}</span>${this.activeSwitch(playbook)}</label>` : nothing
        }</header><div class="form-body">${playbook ? playbookSteps(playbook, figures, state, this.words) : nothing}${form.render(state)}${trial.render()}${
          playbook
            ? html`${this.history.render(playbook, form.unsaved)}<section class="group writes"><header><div><h2>${t.removeIt}</h2><p>${t.removeLead}</p></div><button type="button" class="btn danger" data-act="remove" @click=${() => void this.remove(playbook)}>${t.removeIt}</button></header></section>`
            : nothing
        }</div>${form.renderBar()}<button type="submit" hidden></button></form>`;
  }

  private list({ lists }: State): TemplateResult {
    const { t, tag } = this.words;
    const listing = lists.playbooks;
    const add = html`<button type="button" class="btn primary" data-act="add" @click=${() => this.go('new')}>${icon(plus)}${t.add}</button>`;
    const body = (): unknown => {
      if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? this.bones() : nothing;
      this.patience.out(false);
      const again = (): void => void this.host.store?.settings.readList('playbooks');
      if (!listing.loaded)
        return blank(
          {
            glyph: alert,
            title: t.common.failed,
            text: t.nothingChanged,
            acts: html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>`,
          },
          true,
        );
      if (listing.items.length === 0) return blank({ glyph: playbookGlyph, title: t.empty, text: t.emptyText, acts: add });
      const items = listing.items.toSorted((one, other) => one.position - other.position || (one.id < other.id ? -1 : 1));
      return html`<ul class="accounts">${repeat(
        items,
        ({ id }) => id,
        (
          item,
        ) => html`<li class=${item.active ? '' : 'is-off'}>${icon(playbookGlyph)}<div><button type="button" class="account-name" data-id=${item.id} @click=${() => this.go(item.id)}><bdi>${item.name}</bdi></button>
        <small><bdi>${item.goal}</bdi></small><small>${t.line(number(tag, item.steps.length), number(tag, item.slots.length))}</small></div><span class="acts">${this.activeSwitch(item, t.activeOf(item.name))}</span></li>`,
      )}</ul>`;
    };
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div>${listing && listing.items.length > 0 ? html`<span class="push">${add}</span>` : nothing}</header>${body()}</div>`;
  }

  private bones(): TemplateResult {
    return html`<div class="bones" role="status"><span class="sr">${this.words.t.common.loading}</span>${['50%', '70%', '42%'].map((width) => html`<span class="bone" ${vars({ 'inline-size': width })}></span>`)}</div>`;
  }

  private activeSwitch(item: Playbook, label?: string): TemplateResult {
    return html`<input type="checkbox" class="switch" role="switch" aria-label=${label ?? nothing} .checked=${item.active} @change=${(event: Event) => void this.setActive(item, (event.target as HTMLInputElement).checked)}>`;
  }

  private saved(playbook: Playbook): void {
    const { t } = this.words;
    toast(this.host, { text: t.saved(playbook.name), dismiss: t.common.dismiss });
    if (this.host.place === 'new') this.go(playbook.id);
  }

  /** How far conversations came in it, once for each version that is shown. */
  private async readFigures({ id, version }: Playbook): Promise<void> {
    const of = `${id} ${version}`;
    const { store } = this.host;
    if (!store || this.figures?.of === of) return;
    this.figures = { of };
    const answer = await store.core.ask(() => store.core.client.api.v1.playbooks[':id'].figures.$get({ param: { id } }));
    if (this.figures.of !== of || !answer.ok) return;
    this.figures = { of, read: answer.value };
    this.host.requestUpdate();
  }

  /** Moves on, and the focus to what is new. */
  private go(place: string, from?: string): void {
    this.host.goTo(place ? `playbooks/${place}` : 'playbooks');
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      for (const scrolled of [this.host, renderRoot.querySelector('.form')]) scrolled?.scrollTo(0, 0);
      const came = from && !place ? renderRoot.querySelector<HTMLElement>(`[data-id="${from}"]`) : null;
      (came ?? renderRoot.querySelector<HTMLElement>('h1'))?.focus();
    });
  }

  private async setActive(item: Playbook, active: boolean): Promise<void> {
    const answer = await this.host.store?.settings.saveItem('playbooks', { id: item.id, body: { active } });
    const { t } = this.words;
    if (!answer?.ok) toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.host.requestUpdate();
  }

  /** Deleted at once, with a way back: the same playbook again, in its place. */
  private async remove(item: Playbook): Promise<void> {
    const { store } = this.host;
    const { t } = this.words;
    const answer = await store?.settings.removeItem('playbooks', item.id);
    if (!answer?.ok) return void toast(this.host, { text: t.failed, dismiss: t.common.dismiss });
    this.go('');
    const again = { ...bodyOf(draftOf(item)), active: item.active, position: item.position };
    toast(this.host, {
      text: t.removed(item.name),
      dismiss: t.common.dismiss,
      acts: [{ label: t.common.undo, undo: true, run: () => void store?.settings.saveItem('playbooks', { body: again }) }],
    });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.at?.form.save();
  };
}
