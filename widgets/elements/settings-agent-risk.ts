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
    const wrong = at < 0 ? undefined : behaviour.wrongAt(`riskRules.${at}`);
    const id = `risk-${kind}`;
    const start = begins[kind];
    const says = wrong ? `${id}-e` : nothing;
    return html`<li class="fielded"><label for=${id}>${t.risk.kinds[kind]}</label><select class="field short" id=${id} aria-invalid=${wrong ? 'true' : nothing} aria-describedby=${says}
        @change=${(event: Event) => put(kind, valueOf(event) === '' ? undefined : { level: valueOf(event) as RiskRule['level'], ...(kind === 'words' && !rule?.words ? { words: [] } : {}) })}>
        <option value="" .selected=${!rule}>${kind === 'words' ? t.risk.none : t.risk.usual[kind]}</option>${levels.map((level) => html`<option value=${level} .selected=${rule?.level === level}>${t.risk.levels[level]}</option>`)}</select>${
          rule && start
            ? html`<label class="line"><span class="dim">${t.risk.from[kind as 'money']}</span><input class="field short" type="number" inputmode="decimal" min="0" max=${start.max} step=${start.step} .value=${rule.over === undefined ? '' : String(rule.over)}
        @input=${(event: Event) => {
          const { over: _before, ...rest } = rule;
          const text = valueOf(event);
          behaviour.put({ riskRules: agent.riskRules.map((one) => (one.kind === kind ? (text === '' ? rest : { ...rest, over: Number(text) }) : one)) });
        }}></label>`
            : nothing
        }${
          rule && kind === 'words'
            ? html`<input class="field" dir="auto" aria-label=${t.risk.words} placeholder=${t.risk.words} .value=${(rule.words ?? []).join(', ')} @change=${(
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
  return html`<section class="group"><header class=${behaviour.agent?.isChanged('riskRules') ? 'is-changed' : ''}><div><h2>${t.risk.title}</h2><p>${t.risk.lead(agent.name)}</p></div>${icon(shield)}</header><ul class="risks" role="list">${kinds.map(line)}</ul></section>`;
}
