/** What is changed of an agent and of the cards, until all of it is saved at once. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Agent, GuidanceCard } from '../../server/contract/settings.ts';
import type { agentsTexts } from '../locales/agents.ts';
import type { ApiProblem } from '../store/problem.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert, info } from '../ui/icons.ts';
import { ariaKeys, hasCommand, keyHint } from '../ui/keys.ts';
import { PageKeys } from '../ui/page-keys.ts';
import { toast } from '../ui/toast.ts';
import type { Words } from '../ui/words.ts';
import { CardsDraft, type CardWrite } from './settings-card-draft.ts';
import { Draft } from './settings-draft.ts';
import type { SettingsHost } from './settings-sections.ts';
import { flaw } from '../ui/told.ts';

export type AgentWords = Words<(typeof agentsTexts)['english']>;

/** What may be changed of an agent in its form. */
export const agentFields = [
  'name',
  'avatarUrl',
  'instructions',
  'replyMode',
  'classifierOn',
  'classifierInstruction',
  'languages',
  'autoReplyIntents',
  'reservedIntents',
  'fallbackLimit',
  'burstWaitMs',
  'dailyTokenLimit',
  'riskRules',
] as const satisfies (keyof Agent)[];
export type AgentField = (typeof agentFields)[number];
/** An agent as far as its form goes. */
export type FormAgent = Pick<Agent, AgentField | 'id' | 'version' | 'active'>;

/** Something wrong, at its field: `instructions` of the agent, or `<key of the card>.text`. */
interface Wrong {
  readonly path: string;
  readonly message: string;
}

export class Behaviour {
  /** Undefined where only cards are changed. */
  agent?: Draft<FormAgent>;
  readonly cards = new CardsDraft();
  busy = false;
  wrongs: readonly Wrong[] = [];
  private problem?: ApiProblem;
  private shown = false;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
  ) {
    // Keys of a page that has nothing in focus; what is pressed in the settings goes no further than these.
    void new PageKeys(host, (event) => this.handleKey(event));
  }

  get count(): number {
    return (this.agent?.changed.length ?? 0) + this.cards.count;
  }

  start(): void {
    this.shown = true;
    this.host.addEventListener('keydown', this.handleKey);
  }

  stop(): void {
    this.shown = false;
    this.host.removeEventListener('keydown', this.handleKey);
  }

  /** What is saved, as the page knows it now. */
  follow({ lists }: State, agent?: FormAgent): void {
    if (agent && this.agent?.saved.id !== agent.id) this.agent = new Draft(agent, agentFields);
    else if (agent && this.agent && agent.version > this.agent.saved.version) this.agent.follow(agent);
    if (lists.guidanceCards?.loaded && !this.busy) this.cards.follow(lists.guidanceCards.items);
  }

  put(values: Partial<FormAgent>): void {
    this.agent?.put(values);
    this.wrongs = this.wrongs.filter(({ path }) => !Object.keys(values).includes(path.split('.')[0] ?? ''));
    this.host.requestUpdate();
  }

  /** What is wrong with a field. @param alone not with a part of it */
  wrongAt(path: string, alone = false): string | undefined {
    return this.wrongs.find((one) => one.path === path || (!alone && one.path.startsWith(`${path}.`)))?.message;
  }

  readonly discard = (): void => {
    this.agent?.discard();
    this.cards.discard();
    this.forget();
    this.host.requestUpdate();
  };

  readonly save = async (): Promise<void> => {
    const {
      host: { store },
      agent,
      words: { t },
    } = this;
    if (!store || this.busy || this.count === 0) return;
    this.busy = true;
    this.forget();
    this.host.requestUpdate();
    const writes = this.cards.prepare();
    const part = agent && agent.changed.length > 0 ? { agent: { id: agent.saved.id, version: agent.saved.version, set: agent.changes as object } } : {};
    const answer = await store.core.ask(() => store.core.client.api.v1.behaviour.$post({ json: { ...part, cards: writes.map(({ body }) => body) } }));
    this.busy = false;
    if (answer.ok) {
      const { value } = answer;
      if (value.agent) agent?.settle(value.agent);
      this.cards.settle(writes, value.cards);
      if (value.agent) void store.settings.readList('agents');
      if (writes.length > 0) void store.settings.readList('guidanceCards');
      toast(this.host, { text: t.saved, dismiss: t.common.dismiss });
    } else {
      this.refused(answer.problem, writes);
    }
    this.host.requestUpdate();
    await this.host.updateComplete;
    this.host.renderRoot.querySelector<HTMLElement>(':is([aria-invalid="true"], [data-refused])')?.focus();
  };

  /** The bar from which everything is saved; nothing where nothing is changed. */
  renderBar(): TemplateResult | typeof nothing {
    const {
      count,
      busy,
      problem,
      words: { t, tag },
    } = this;
    if (count === 0 && !busy) return nothing;
    const says = problem && (problem.unanswered ? t.unanswered : problem.code === 'stale_version' ? t.stale : this.wrongs.length > 0 ? t.refused : t.failed);
    return html`<footer class="save">${says ? html`<span class="bad" role="alert">${icon(alert)}${says}</span>` : html`<span role="status">${t.changes(count, new Intl.NumberFormat(tag).format(count))}</span>`}
      <button type="button" class="btn lg" data-act="discard" ?disabled=${busy} @click=${this.discard}>${t.discard}</button>
      <button type="button" class="btn lg primary" data-act="save" aria-keyshortcuts=${ariaKeys('mod+s')} ?disabled=${busy} @click=${this.save}>${t.saveAndUse} <kbd>${keyHint('mod+s')}</kbd></button></footer>`;
  }

  /** What others saved while this was changed. */
  renderNews(): TemplateResult | typeof nothing {
    const {
      agent,
      cards,
      words: { t, tag },
    } = this;
    const list = (names: readonly string[]): string => new Intl.ListFormat(tag, { type: 'conjunction' }).format(names);
    const lines = [
      ...(agent && agent.news.length > 0 ? [t.othersSaved(list(agent.news.map(({ field }) => t.fields[field as AgentField] ?? field)))] : []),
      ...cards.entries.filter(({ key }) => cards.newsOf(key)).map(({ value }) => t.othersSavedCard(value.title)),
      ...cards.lost.map((title) => t.othersDeleted(title)),
    ];
    return lines.length === 0
      ? nothing
      : html`<div class="others" role="status">${icon(info)}<div>${lines.map((line) => html`<p>${line}</p>`)}<p class="dim">${t.yoursStays}</p></div></div>`;
  }

  private forget(): void {
    this.problem = undefined;
    this.wrongs = [];
  }

  private refused(problem: ApiProblem, writes: readonly CardWrite[]): void {
    this.problem = problem;
    const place = (path: string): string => {
      const [part, at, ...rest] = path.split('.');
      const plain = (names: readonly string[]): string => (names[0] === 'set' ? names.slice(1) : names).join('.');
      if (part === 'agent') return plain(at === undefined ? [] : [at, ...rest]);
      return [writes[Number(at)]?.key ?? '', plain(rest)].filter(Boolean).join('.');
    };
    const { code, current, errors } = problem;
    if (code === 'stale_version') {
      // What is there by now is shown beside what was typed; saving again is based on it.
      const key = place(errors[0]?.path ?? '');
      if (key) this.cards.follow((this.host.store?.get().lists.guidanceCards?.items ?? []).map((card) => (card.id === key ? (current as GuidanceCard) : card)));
      else if (current) this.agent?.follow(current as Agent);
      return;
    }
    if (code === 'name_taken') this.wrongs = [{ path: 'name', message: this.words.t.nameTaken }];
    else this.wrongs = errors.map(({ path, message }) => ({ path: place(path), message: flaw(this.words, message) ?? message }));
    if (code === 'not_found') void this.host.store?.settings.readList('guidanceCards');
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (!this.shown || event.key.toLowerCase() !== 's' || !hasCommand(event) || event.shiftKey) return;
    event.preventDefault();
    void this.save();
  };
}
