/** Agents: the page of each, and of one to come. */
import { html, nothing, type TemplateResult } from 'lit';
import { agentsTexts } from '../locales/agents.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { blank, Patience } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, plus, robot } from '../ui/icons.ts';
import { flaw } from '../ui/told.ts';
import { toast } from '../ui/toast.ts';
import { words } from '../ui/words.ts';
import { AgentForm } from './settings-agent-form.ts';
import { AgentPage } from './settings-agent-page.ts';
import { Behaviour, type AgentWords, type FormAgent } from './settings-behaviour.ts';
import { listBones, listFailed } from './settings-editing.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';

/** The place of an agent to come; no agent has such an id. */
const NEW = 'new';

export const open: OpenSection = (host) => new AgentsView(host);

class AgentsView implements SectionView {
  private readonly words: AgentWords;
  private readonly patience: Patience;
  private page?: AgentPage;
  private fresh?: NewAgent;

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, agentsTexts);
    this.patience = new Patience(host);
  }

  get unsaved(): boolean {
    return this.host.place === NEW ? (this.fresh?.unsaved ?? false) : (this.page?.unsaved ?? false);
  }

  start(): void {
    this.host.store?.settings.need('agents', 'guidanceCards', 'intents', 'channelAccounts', 'departments', 'tags', 'skills', 'articles', 'playbooks');
    this.page?.start();
  }

  stop(): void {
    this.page?.stop();
  }

  render(): TemplateResult {
    const state = this.host.store?.get();
    if (!state) return html``;
    const {
      host,
      words: { t },
    } = this;
    if (host.place === NEW && host.mayEdit) return (this.fresh ??= new NewAgent(host, this.words, () => (this.fresh = undefined))).render(state);
    this.fresh = undefined;
    const listing = state.lists.agents;
    if (!listing?.loaded && !listing?.problem) return this.patience.out(true) ? listBones(this.words) : html``;
    this.patience.out(false);
    if (!listing.loaded) return listFailed(this.words, () => void host.store?.settings.readList('agents'));
    const agent = host.place ? listing.items.find(({ id }) => id === host.place) : (listing.items.find(({ active }) => active) ?? listing.items[0]);
    if (!agent) {
      const add = host.mayEdit
        ? html`<button type="button" class="btn primary" data-act="add" @click=${() => host.goTo(`agents/${NEW}`)}>${icon(plus)}${t.newAgent}</button>`
        : nothing;
      return blank({ glyph: robot, title: host.place ? t.gone : t.noAgents, text: t.noAgentsText, acts: add });
    }
    // The navigation marks the agent that is shown, also where none was asked for.
    if (!host.place) queueMicrotask(() => host.place || host.goTo(`agents/${agent.id}`));
    if (this.page?.id !== agent.id) {
      this.page?.stop();
      this.page = new AgentPage(host, this.words, agent.id);
      this.page.start();
    }
    return this.page.render(agent, listing.items, state);
  }
}

/** What the form of an agent that is not there yet begins with. */
const blankAgent: FormAgent = {
  id: NEW,
  version: 0,
  name: '',
  avatarUrl: null,
  active: true,
  instructions: '',
  replyMode: 'auto_draft',
  classifierOn: true,
  classifierInstruction: '',
  languages: [],
  autoReplyIntents: [],
  reservedIntents: [],
  fallbackLimit: 2,
  burstWaitMs: 1_500,
  dailyTokenLimit: null,
  riskRules: [],
};

/** An agent to come: made with all that is filled in, or not at all. */
class NewAgent {
  private readonly behaviour: Behaviour;
  private readonly form: AgentForm;
  private problem?: ApiProblem;
  private busy = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
    private readonly done: () => void,
  ) {
    this.behaviour = new Behaviour(host, words);
    this.form = new AgentForm(host, words, this.behaviour);
  }

  get unsaved(): boolean {
    return (this.behaviour.agent?.changed.length ?? 0) > 0;
  }

  render(state: State): TemplateResult {
    const {
      behaviour,
      form,
      problem,
      words: { t },
    } = this;
    behaviour.follow(state, blankAgent);
    const agent = behaviour.agent!.value;
    const shown = { ...agent, name: agent.name || t.theAgent };
    return html`<form class="form" novalidate @submit=${this.handleSubmit}><header class="form-head"><div><h1 tabindex="-1">${t.newAgent}</h1><p>${t.newLead}</p></div></header>
      <div class="form-body">${form.identity(agent, { autofocus: true })}${form.mode(shown)}${form.instructions(shown)}${form.quiet(shown, state)}${form.people(shown, state)}</div>
      <footer class="save">${
        behaviour.wrongs.length > 0 || problem
          ? html`<span class="bad" role="alert">${icon(alert)}${behaviour.wrongs.length > 0 ? t.refused : problem?.unanswered ? t.unanswered : t.failed}</span>`
          : html`<span>${t.newHint}</span>`
      }<button type="submit" class="btn lg primary" data-act="save" ?disabled=${this.busy}>${t.create}</button></footer></form>`;
  }

  private readonly handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const {
      host,
      behaviour,
      words: { t },
    } = this;
    const draft = behaviour.agent;
    if (!host.store || !draft || this.busy) return;
    this.busy = true;
    behaviour.wrongs = [];
    this.problem = undefined;
    host.requestUpdate();
    const answer = await host.store.settings.saveItem('agents', { body: { name: draft.value.name.trim(), ...draft.changes } });
    this.busy = false;
    if (answer.ok) {
      this.done();
      host.goTo(`agents/${answer.value.id}`);
      toast(host, { text: t.created(answer.value.name), dismiss: t.common.dismiss });
      return;
    }
    const { code, errors } = answer.problem;
    behaviour.wrongs =
      code === 'name_taken'
        ? [{ path: 'name', message: t.nameTaken }]
        : errors.map(({ path, message }) => ({ path, message: flaw(this.words, message) ?? message }));
    this.problem = answer.problem;
    host.requestUpdate();
    await host.updateComplete;
    host.renderRoot.querySelector<HTMLElement>(':is([aria-invalid="true"], [data-refused])')?.focus();
  };
}
