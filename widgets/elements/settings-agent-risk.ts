/** What a controlled agent stages: how risky each thing is in the team's eyes. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RiskKind, RiskRule } from '../../server/contract/risk.ts';
import { icon } from '../ui/icon.ts';
import { shield } from '../ui/icons.ts';
import type { AgentWords, Behaviour, FormAgent } from './settings-behaviour.ts';

const kinds: readonly RiskKind[] = ['skill', 'money', 'money_given', 'promise', 'account_change', 'sentiment', 'uncertain', 'no_answer', 'words'];
const levels = ['low', 'medium', 'high'] as const;
/** Those that begin somewhere, and by what steps that is set. */
const begins: Partial<Record<RiskKind, { readonly max: number; readonly step: string }>> = {
  money: { max: 1_000_000_000, step: 'any' },
  money_given: { max: 1_000_000_000, step: 'any' },
  sentiment: { max: 1, step: '0.05' },
  uncertain: { max: 1, step: '0.05' },
};
const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

/** One line for each thing that may be risky; what is left as usual is no rule. */
export function riskRules(agent: FormAgent, behaviour: Behaviour, { t }: AgentWords): TemplateResult {
  const put = (kind: RiskKind, change: Partial<RiskRule> | undefined): void => {
    const before = agent.riskRules.find((one) => one.kind === kind);
    const after = change && { kind, level: 'medium' as const, ...before, ...change };
    const rules = kinds.flatMap((one) => (one === kind ? (after ? [after] : []) : agent.riskRules.filter((rule) => rule.kind === one)));
    behaviour.put({ riskRules: rules });
  };
  const line = (kind: RiskKind): TemplateResult => {
    const at = agent.riskRules.findIndex((one) => one.kind === kind);
    const rule = agent.riskRules[at];
    const wrongAt = (part: string): string | undefined => (at < 0 ? undefined : behaviour.wrongAt(`riskRules.${at}${part}`, part === ''));
    const [wrongOver, wrongWords] = [wrongAt('.over'), wrongAt('.words')];
    const wrongRule = wrongAt('') ?? wrongAt('.level') ?? wrongAt('.kind');
    const wrong = wrongRule ?? wrongOver ?? wrongWords;
    const id = `risk-${kind}`;
    const start = begins[kind];
    const marks = (field: string | undefined): { readonly invalid: 'true' | typeof nothing; readonly says: string | typeof nothing } =>
      field ? { invalid: 'true', says: `${id}-e` } : { invalid: nothing, says: nothing };
    const [level, over, own] = [marks(wrongRule), marks(wrongOver), marks(wrongWords)];
    return html`<li class="fielded"><label for=${id}>${t.risk.kinds[kind]}</label><select class="field short" id=${id} aria-invalid=${level.invalid} aria-describedby=${level.says}
        @change=${(event: Event) => put(kind, valueOf(event) === '' ? undefined : { level: valueOf(event) as RiskRule['level'], ...(kind === 'words' && !rule?.words ? { words: [] } : {}) })}>
        <option value="" .selected=${!rule}>${kind === 'words' ? t.risk.none : t.risk.usual[kind]}</option>${levels.map((one) => html`<option value=${one} .selected=${rule?.level === one}>${t.risk.levels[one]}</option>`)}</select>${
          rule && start
            ? html`<label class="line"><span class="dim">${t.risk.from[kind as 'money']}</span><input class="field short" type="number" inputmode="decimal" min="0" max=${start.max} step=${start.step} .value=${rule.over === undefined ? '' : String(rule.over)} aria-invalid=${over.invalid} aria-describedby=${over.says}
        @input=${(event: Event) => {
          const { over: _before, ...rest } = rule;
          const text = valueOf(event);
          behaviour.put({ riskRules: agent.riskRules.map((one) => (one.kind === kind ? (text === '' ? rest : { ...rest, over: Number(text) }) : one)) });
        }}></label>`
            : nothing
        }${
          rule && kind === 'words'
            ? html`<input class="field" dir="auto" aria-label=${t.risk.words} placeholder=${t.risk.words} .value=${(rule.words ?? []).join(', ')} aria-invalid=${own.invalid} aria-describedby=${own.says} @change=${(
                event: Event,
              ) =>
                put(kind, {
                  words: valueOf(event)
                    .split(',')
                    .map((word) => word.trim())
                    .filter(Boolean),
                })}>`
            : nothing
        }${wrong ? html`<p class="refusal" id="${id}-e" role="alert">${wrong}</p>` : nothing}</li>`;
  };
  const list = behaviour.wrongAt('riskRules', true);
  return html`<section class="group"><header class=${behaviour.agent?.isChanged('riskRules') ? 'is-changed' : ''}><div><h2>${t.risk.title}</h2><p>${t.risk.lead(agent.name)}</p></div>${icon(shield)}</header>${list ? html`<p class="refusal" role="alert" tabindex="-1" data-refused>${list}</p>` : nothing}<ul class="risks" role="list">${kinds.map(line)}</ul></section>`;
}
