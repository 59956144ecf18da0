/** Switching an agent on and off; before it goes off, what happens to the conversations that it has. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AgentWork } from '../../server/contract/agent.ts';
import type { Agent } from '../../server/contract/settings.ts';
import type { ApiProblem } from '../store/problem.ts';
import { Dialog } from '../ui/dialog.ts';
import { icon } from '../ui/icon.ts';
import { info } from '../ui/icons.ts';
import { toast, type ToastAct } from '../ui/toast.ts';
import type { AgentWords } from './settings-behaviour.ts';
import type { SettingsHost } from './settings-sections.ts';

type Way = 'keep' | 'agent' | 'people';

export class AgentSwitch {
  private readonly dialog: Dialog;
  private agent?: Agent;
  private way: Way = 'keep';
  private other = '';
  /** Undefined until it was read, null where it could not be. */
  private work?: AgentWork | null;
  private problem?: ApiProblem;
  private busy = false;
  private afterwards?: () => void;

  constructor(
    private readonly host: SettingsHost,
    private readonly words: AgentWords,
  ) {
    this.dialog = new Dialog(host, () => {
      const { afterwards } = this;
      this.afterwards = undefined;
      afterwards?.();
    });
  }

  /** On at once; off after a question. */
  throw(agent: Agent, on: boolean): void {
    if (on) void this.activate(agent);
    else this.ask(agent);
  }

  /** Asks where the conversations of an agent go, which is switched off with the answer if it is not yet. */
  ask(agent: Agent): void {
    Object.assign(this, { agent, way: 'keep', other: '', work: undefined, problem: undefined });
    this.dialog.show();
    void this.count(agent.id);
  }

  render(agents: readonly Agent[]): TemplateResult | typeof nothing {
    const {
      agent,
      words: { t },
    } = this;
    if (!agent) return nothing;
    const others = agents.filter(({ id, active }) => active && id !== agent.id);
    return this.dialog.render(() => ({
      title: agent.active ? t.off.title(agent.name) : t.off.moveTitle(agent.name),
      lead: agent.active ? t.off.lead : undefined,
      close: t.common.close,
      body: this.body(agent, others),
      foot: html`<button type="button" class="btn lg push" @click=${() => this.dialog.close()}>${t.common.cancel}</button><button type="submit" class="btn lg primary ${agent.active ? 'danger' : ''}" data-act="deactivate"
        ?disabled=${this.busy || this.work === undefined || (this.way === 'agent' && !this.other)}>${this.busy ? t.off.working : agent.active ? t.off.yes : t.off.move}</button>`,
      submit: () => void this.deactivate(agent, others),
    }));
  }

  private body(agent: Agent, others: readonly Agent[]): TemplateResult {
    const {
      work,
      way,
      problem,
      words: { t, tag },
    } = this;
    const n = (value: number): string => new Intl.NumberFormat(tag).format(value);
    if (work === undefined) return html`<p role="status">${t.off.counting}</p>`;
    const many = work === null ? t.off.notCounted : work.open + work.held === 0 ? t.off.none : t.off.open(work.open, n(work.open));
    const accounts = work?.accounts.map(({ name }) => name) ?? [];
    return html`<p><b data-fact="open">${many}</b> ${work && work.waiting > 0 ? t.off.waiting(work.waiting, n(work.waiting)) : nothing} ${work && work.held > 0 ? t.off.held(work.held, n(work.held)) : nothing}</p>${
      work && work.open + work.held === 0
        ? nothing
        : html`<fieldset class="choices"><legend class="label">${t.off.where}</legend>${this.choice('keep', t.off.keep, t.off.keepHint(agent.name))}
        ${
          others.length > 0
            ? html`${this.choice('agent', t.off.agent, t.off.agentHint)}${
                way === 'agent'
                  ? html`<select class="field" aria-label=${t.off.which} @change=${this.handleOther}>${others.map(
                      ({ id, name }) => html`<option value=${id} .selected=${id === this.other}>${name}</option>`,
                    )}</select>`
                  : nothing
              }`
            : nothing
        }
        ${this.choice('people', t.off.people, t.off.peopleHint)}</fieldset>`
    }${accounts.length > 0 && agent.active ? html`<p class="hint">${icon(info, 'sm')} ${t.off.accounts(new Intl.ListFormat(tag, { type: 'conjunction' }).format(accounts))}</p>` : nothing}${
      problem
        ? html`<p class="refusal" role="alert">${problem.code === 'stale_version' ? t.off.changed : problem.code === 'agent_inactive' ? t.off.otherInactive : t.failed}</p>`
        : nothing
    }`;
  }

  private choice(way: Way, label: string, hint: string): TemplateResult {
    const choose = (): void => {
      this.way = way;
      if (way === 'agent') this.other ||= this.host.store?.get().lists.agents?.items.find(({ id, active }) => active && id !== this.agent?.id)?.id ?? '';
      this.host.requestUpdate();
    };
    return html`<label class="check"><input type="radio" class="box" name="way" value=${way} .checked=${this.way === way} @change=${choose}><span>${label} <small class="dim">${hint}</small></span></label>`;
  }

  private readonly handleOther = (event: Event): void => {
    this.other = (event.target as HTMLSelectElement).value;
  };

  private async count(id: string): Promise<void> {
    const { store } = this.host;
    const answer = await store?.core.ask(() => store.core.client.api.v1.agents[':id'].work.$get({ param: { id } }));
    if (this.agent?.id !== id) return;
    this.work = answer?.ok ? answer.value : null;
    this.host.requestUpdate();
  }

  private async deactivate(agent: Agent, others: readonly Agent[]): Promise<void> {
    const {
      host: { store },
      way,
      words: { t },
    } = this;
    if (!store || this.busy || this.work === undefined) return;
    const idle = this.work !== null && this.work.open + this.work.held === 0;
    if (!agent.active && way === 'keep') return this.dialog.close();
    this.busy = true;
    this.problem = undefined;
    this.host.requestUpdate();
    const body = idle || way === 'keep' ? {} : { conversations: way, operationId: crypto.randomUUID(), ...(way === 'agent' ? { agentId: this.other } : {}) };
    const answer = await store.core.ask(() => store.core.client.api.v1.agents[':id'].deactivate.$post({ param: { id: agent.id }, json: body }));
    this.busy = false;
    this.host.requestUpdate();
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    await store.settings.readList('agents');
    const { operationId, results } = answer.value;
    const left = results.filter(({ ok }) => !ok).length;
    const moved = results.length - left;
    const count = (value: number): string => new Intl.NumberFormat(this.words.tag).format(value);
    const to = others.find(({ id }) => id === this.other)?.name ?? '';
    const text = [
      agent.active ? t.off.done(agent.name) : '',
      moved > 0 ? (way === 'agent' ? t.off.moved(moved, count(moved), to) : t.off.handed(moved, count(moved))) : '',
      left > 0 ? t.off.left(left, count(left)) : '',
    ]
      .filter(Boolean)
      .join('. ');
    const undo: ToastAct = { label: t.common.undo, undo: true, run: () => void this.undo(agent, operationId) };
    this.afterwards = () => toast(this.host, { text, acts: agent.active ? [undo] : [], dismiss: t.common.dismiss });
    this.dialog.close();
  }

  /** The agent is active again, and what of its conversations nobody has touched since is its own again. */
  private async undo(agent: Agent, operationId: string | null): Promise<void> {
    const {
      host: { store },
      words: { t },
    } = this;
    const answer = await store?.settings.saveItem('agents', { id: agent.id, body: { active: true } });
    const undone =
      answer?.ok && operationId ? await store?.core.ask(() => store.core.client.api.v1.operations[':id'].undo.$post({ param: { id: operationId } })) : answer;
    this.say(undone?.ok ? t.off.on(agent.name) : t.failed);
  }

  private async activate(agent: Agent): Promise<void> {
    const {
      host: { store },
      words: { t },
    } = this;
    const answer = await store?.settings.saveItem('agents', { id: agent.id, body: { active: true } });
    this.host.requestUpdate();
    this.say(answer?.ok ? t.off.on(agent.name) : t.failed);
  }

  private say(text: string): void {
    toast(this.host, { text, dismiss: this.words.t.common.dismiss });
  }
}
