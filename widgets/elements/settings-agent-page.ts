/** One agent: its head, its tabs, and the bar that saves all that was changed at once. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Agent } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { handoff, kebab, pause, play, transfer } from '../ui/icons.ts';
import { Menu, type MenuEntry } from '../ui/menu.ts';
import { bot } from '../ui/people.ts';
import { tabs } from '../ui/tabs.ts';
import { AgentForm } from './settings-agent-form.ts';
import { channelsTab, knowledgeTab, skillsTab } from './settings-agent-links.ts';
import { AgentSwitch } from './settings-agent-off.ts';
import { answersWhere } from './settings-agent-words.ts';
import { Behaviour, type AgentWords, type FormAgent } from './settings-behaviour.ts';
import { CardList } from './settings-card-list.ts';
import { SettingHistory } from './settings-history.ts';
import type { SettingsHost } from './settings-sections.ts';
import { WhatIfPane, type WhatIfDraft } from './settings-what-if.ts';

const TABS = ['behaviour', 'skills', 'knowledge', 'channels', 'history'] as const;
type Tab = (typeof TABS)[number];

export class AgentPage {
  private readonly behaviour: Behaviour;
  private readonly form: AgentForm;
  private readonly cards: CardList;
  private readonly more: Menu;
  private readonly switch: AgentSwitch;
  private readonly history: SettingHistory;
  private readonly whatIf: WhatIfPane;
  private tab: Tab = 'behaviour';

  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
    readonly id: string,
  ) {
    this.behaviour = new Behaviour(host, words);
    this.form = new AgentForm(host, words, this.behaviour);
    this.cards = new CardList(host, words, this.behaviour, id);
    this.more = new Menu(host);
    this.switch = new AgentSwitch(host, words);
    this.history = new SettingHistory(host, 'agents', true);
    this.whatIf = new WhatIfPane(
      host,
      () => this.id,
      () => this.draft(),
    );
  }

  get unsaved(): boolean {
    return this.behaviour.count > 0;
  }

  start(): void {
    this.behaviour.start();
    this.whatIf.start();
  }

  stop(): void {
    this.behaviour.stop();
    this.whatIf.stop();
  }

  /** @param saved the agent as the list has it */
  render(saved: Agent, all: readonly Agent[], state: State): TemplateResult {
    const { t } = this.words;
    const { behaviour } = this;
    behaviour.follow(state, saved);
    // Whether it is active is no part of the draft: it is thrown at once.
    const agent = { ...behaviour.agent!.value, active: saved.active };
    return html`<div class="sided"><form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head">${bot(agent, 40)}<div><h1 tabindex="-1"><bdi>${agent.name}</bdi></h1><p>${saved.active ? answersWhere(saved, state, this.words) : t.inactiveLead}</p></div>
        <label class="head-switch push"><span class="dim">${t.active}</span><input type="checkbox" class="switch" role="switch" data-act="active" .checked=${saved.active} @change=${(event: Event) => this.handleSwitch(event, saved)}></label>${
          this.host.mayEdit
            ? this.more.menu({ look: 'btn ghost icon', content: icon(kebab), label: t.more }, t.more, () => this.entries(saved), 'end')
            : nothing
        }</header>${tabs(
          agent.name,
          TABS.map((id) => ({ id, label: t.tabs[id] })),
          this.tab,
          this.handleTab,
          'form-tabs',
        )}
      <div class="form-body">${behaviour.renderNews()}${this.content(agent, saved, state)}</div>${behaviour.renderBar()}<button type="submit" hidden></button></form>${
        this.tab === 'behaviour' ? this.whatIf.render() : nothing
      }${this.switch.render(all)}</div>`;
  }

  private content(agent: FormAgent, saved: Agent, state: State): TemplateResult {
    const {
      host,
      words,
      form,
      words: { t },
    } = this;
    switch (this.tab) {
      case 'skills':
        return skillsTab(host, words, saved, state);
      case 'knowledge':
        return knowledgeTab(host, words, saved, state);
      case 'channels':
        return channelsTab(host, words, saved, state);
      case 'history':
        return this.history.render(saved, this.unsaved);
      case 'behaviour':
        return html`${form.mode(agent)}${form.instructions(agent)}${form.quiet(agent, state)}
          <section class="group"><header><div><h2>${t.cards.name}</h2><p>${t.cards.lead}</p></div>${host.mayEdit ? this.cards.addButton : nothing}</header>${this.cards.render(state)}</section>
          ${form.people(agent, state)}${form.identity(agent)}`;
    }
  }

  private entries(agent: Agent): readonly MenuEntry[] {
    const {
      host,
      words: { t },
    } = this;
    const moves = { label: t.off.moveTitle(agent.name), glyph: handoff, run: () => this.switch.ask(agent) };
    return [
      agent.active
        ? { label: t.off.menu, glyph: pause, run: () => this.switch.ask(agent) }
        : { label: t.off.menuOn, glyph: play, run: () => this.switch.throw(agent, true) },
      ...(agent.active ? [] : [moves]),
      { label: t.allCards, glyph: transfer, run: () => host.leave(() => host.goTo('cards')) },
    ];
  }

  /** What is not saved, as the replay asks for it; undefined where nothing is changed. */
  private draft(): WhatIfDraft | undefined {
    const {
      behaviour: { agent, cards, count },
    } = this;
    if (!agent || count === 0) return undefined;
    const { classifierInstruction, classifierOn, autoReplyIntents } = agent.value;
    return {
      classifierInstruction,
      classifierOn,
      autoReplyIntents,
      cards: cards.entries
        .filter(({ value }) => value.text.trim() !== '')
        .map(({ id, value: { surface, title, text, scope, active } }) => ({ ...(id ? { id } : {}), surface, title, text, scope, active })),
    };
  }

  private handleSwitch(event: Event, agent: Agent): void {
    const field = event.target as HTMLInputElement;
    const on = field.checked;
    // It shows what is so: off only once the dialog has been answered.
    field.checked = agent.active;
    this.switch.throw(agent, on);
  }

  private readonly handleTab = (tab: Tab): void => {
    this.tab = tab;
    this.host.requestUpdate();
  };

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.behaviour.save();
  };
}
