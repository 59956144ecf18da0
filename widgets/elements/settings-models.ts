/** Which model answers, whether it does, what agents use of it, and where it is set up: nothing is typed here. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ModelUse } from '../../server/contract/model-use.ts';
import { accessTexts } from '../locales/access.ts';
import { icon } from '../ui/icon.ts';
import { alert, refresh, robot } from '../ui/icons.ts';
import { dayAndTime, number } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import type { OpenSection, SectionView, SettingsHost } from './settings-sections.ts';
import { fault } from './why.ts';

export const open: OpenSection = (host) => new ModelsView(host);

/** In the order in which somebody sets them. */
const VARIABLES = ['MODEL', 'OPENAI_BASE_URL', 'OPENAI_API_KEY', 'MODEL_PRICES', 'EMBEDDING_MODEL', 'MODEL_TIMEOUT_MS'] as const;

interface Use {
  readonly agentId: string;
  readonly agentName: string;
  runs: number;
  failures: number;
  tokens: number;
  cost: number | null;
}

class ModelsView implements SectionView {
  readonly unsaved = false;
  private readonly words;
  /** Of the last 30 days, by agent; undefined while it is read. */
  private use?: readonly Use[] | 'failed';

  constructor(private readonly host: SettingsHost) {
    this.words = words(host, accessTexts);
  }

  start(): void {
    if (this.host.store?.get().me?.workspace.model.builtin === false) void this.read();
  }

  stop(): void {}

  render(): TemplateResult {
    const model = this.host.store?.get().me?.workspace.model;
    const { models: t } = this.words.t;
    if (!model) return html``;
    const { outage } = model;
    return html`<div class="form"><header class="form-head"><div><h1 tabindex="-1">${t.title}</h1><p>${t.lead}</p></div></header><div class="form-body">
      <section class="group"><header>${icon(robot, 'lg')}<div><p>${t.now}</p><h2>${model.builtin ? t.builtin : html`<bdi>${model.name}</bdi>`}</h2><p>${model.builtin ? t.builtinText : t.configuredText}</p></div></header>${
        outage
          ? html`<p class="refusal" role="status">${icon(alert)} ${t.outage(dayAndTime(this.words.tag, outage.since))} ${fault(outage.reason, outage.why)}</p>`
          : nothing
      }</section>
      ${model.builtin ? nothing : this.used()}
      <section class="group"><header><div><h2>${t.change}</h2><p>${t.changeText}</p></div></header><dl class="facts2">${VARIABLES.map((name) => html`<dt><code dir="ltr">${name}</code></dt><dd>${t.variables[name]}</dd>`)}</dl></section></div></div>`;
  }

  private used(): TemplateResult {
    const {
      t: { models: t, common },
      tag,
    } = this.words;
    const { use } = this;
    const cell = (value: number): string => number(tag, value);
    const priced = Array.isArray(use) && use.some(({ cost }) => cost !== null);
    return html`<section class="group"><header><div><h2>${t.use}</h2><p>${t.useText}</p></div></header>${
      use === undefined
        ? html`<p class="dim" role="status">${t.useLoading}</p>`
        : use === 'failed'
          ? html`<p class="refusal" role="alert">${t.useFailed} <button type="button" class="btn sm" @click=${() => this.read()}>${icon(refresh)}${common.retry}</button></p>`
          : use.length === 0
            ? html`<p class="dim">${t.useNone}</p>`
            : html`<dl class="facts2">${use.map(
                (one) =>
                  html`<dt><bdi>${one.agentName}</bdi></dt><dd>${t.useOf(cell(one.runs), cell(one.tokens))}${priced && one.cost !== null ? html` · ${number(tag, one.cost, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}` : nothing}${
                    one.failures > 0 ? html` · <span class="bad">${t.useFailures(cell(one.failures))}</span>` : nothing
                  }</dd>`,
              )}</dl>`
    }</section>`;
  }

  private readonly read = async (): Promise<void> => {
    const { store } = this.host;
    if (!store) return;
    this.use = undefined;
    this.host.requestUpdate();
    const answer = await store.core.ask(() => store.core.client.api.v1.reports['model-use'].$get({ query: {} }));
    this.use = answer.ok ? byAgent(answer.value.items) : 'failed';
    this.host.requestUpdate();
  };
}

/** Days and models together, who used most first. */
function byAgent(items: readonly ModelUse[]): readonly Use[] {
  const agents = new Map<string, Use>();
  for (const { agentId, agentName, runs, failures, inputTokens, outputTokens, cost } of items) {
    const sum = agents.get(agentId) ?? { agentId, agentName, runs: 0, failures: 0, tokens: 0, cost: null };
    agents.set(agentId, {
      ...sum,
      runs: sum.runs + runs,
      failures: sum.failures + failures,
      tokens: sum.tokens + inputTokens + outputTokens,
      cost: cost === null ? sum.cost : (sum.cost ?? 0) + cost,
    });
  }
  return [...agents.values()].toSorted((one, other) => other.tokens - one.tokens);
}
