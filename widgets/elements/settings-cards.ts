/** All guidance cards, in the order in which they hold. */
import { html, nothing, type TemplateResult } from 'lit';
import { agentsTexts } from '../locales/agents.ts';
import { blank, Patience } from '../ui/blank.ts';
import { card as cardGlyph } from '../ui/icons.ts';
import { words } from '../ui/words.ts';
import { Behaviour, type AgentWords } from './settings-behaviour.ts';
import { CardList } from './settings-card-list.ts';
import { listBones, listFailed } from './settings-editing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

export const open: OpenSection = (host) => new CardsView(host);

class CardsView implements SectionView {
  private readonly words: AgentWords;
  private readonly patience: Patience;
  private readonly behaviour: Behaviour;
  private readonly cards: CardList;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, agentsTexts);
    this.patience = new Patience(host);
    this.behaviour = new Behaviour(host, this.words);
    this.cards = new CardList(host, this.words, this.behaviour);
  }

  get unsaved(): boolean {
    return this.behaviour.count > 0;
  }

  start(): void {
    this.host.store?.settings.need('guidanceCards', 'agents', 'departments', 'tags');
    this.behaviour.start();
  }

  stop(): void {
    this.behaviour.stop();
  }

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const {
      host,
      behaviour,
      words: { t },
    } = this;
    const listing = state.lists.guidanceCards;
    const body = (): TemplateResult => {
      if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? listBones(this.words) : html``;
      this.patience.out(false);
      if (!listing.loaded) return listFailed(this.words, () => void host.store?.settings.readList('guidanceCards'));
      behaviour.follow(state);
      if (this.cards.entries.length === 0 && behaviour.count === 0)
        return blank({ glyph: cardGlyph, title: t.cards.empty, text: t.cards.emptyText, acts: host.mayEdit ? this.cards.addButton : nothing });
      return html`<div class="form-body">${behaviour.renderNews()}<section class="group">${this.cards.render(state)}</section></div>`;
    };
    const shown = body();
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${t.cards.name}</h1><p>${t.cards.lead} ${t.cards.precedence}</p></div>${
      host.mayEdit && listing?.loaded && (this.cards.entries.length > 0 || behaviour.count > 0)
        ? html`<span class="push">${this.cards.addButton}</span>`
        : nothing
    }</header>${shown}${behaviour.renderBar()}<button type="submit" hidden></button></form>`;
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.behaviour.save();
  };
}
