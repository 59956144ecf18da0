/** A playbook as it runs: its steps, how many came to each, and its exits. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlaybookFigures } from '../../server/contract/playbook.ts';
import type { Playbook } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { check, handoff } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed, number } from '../ui/time.ts';
import type { PlaybookWords } from './settings-playbook-draft.ts';

export function playbookSteps(playbook: Playbook, figures: PlaybookFigures | undefined, { lists }: State, { t, tag }: PlaybookWords): TemplateResult {
  const percent = (n: number | undefined): string =>
    new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 }).format((n ?? 0) / figures!.begun);
  const share = (n: number | undefined): unknown => (figures && figures.begun > 0 ? html`<span class="num">${percent(n)}</span>` : nothing);
  const said = !figures ? nothing : figures.begun > 0 ? t.reached(percent(figures.goal), number(tag, figures.begun)) : t.noneBegan;
  const asks = (names: readonly string[]): number => Math.max(0, ...playbook.slots.filter(({ name }) => names.includes(name)).map((slot) => slot.asks));
  const route = (id: string | null): string | undefined => lists.routes?.items.find((one) => one.id === id)?.label;
  return html`<section class="group" data-part="steps"><header><div><h2>${t.steps}</h2><p>${sentence(t.goalIs(apart(playbook.goal)))} ${said}</p></div></header><ol class="steps">${playbook.steps.map(
    ({ text, skill, condition, slots }, at) =>
      html`<li><span class="step-n">${number(tag, at + 1)}</span><div><p dir="auto">${text}</p><small>${skill ? html`<code>${skill}</code>` : nothing}${
        condition ? html`<span>${sentence(t.onlyIf(apart(condition)))}</span>` : nothing
      }${slots.length > 0 ? html`<span>${sentence(t.findsOut(listed(tag, slots.map(apart))))}. ${t.asks(number(tag, asks(slots)))}</span>` : nothing}</small></div>${share(figures?.reached[at])}</li>`,
  )}<li class="goal"><span class="step-n">${icon(check, 'sm')}</span><div><p>${sentence(t.goal(apart(t.onGoals[playbook.onGoal])))}</p>${
    playbook.exits.length > 0
      ? html`<ul class="exits">${playbook.exits.map(({ condition, keywords, does, routeId }) => {
          const to = route(routeId);
          return html`<li>${icon(handoff, 'sm')}<span>${sentence(t.exitTo(apart(condition || listed(tag, keywords)), does === 'end' ? t.ends : to ? t.handsOffTo(apart(to)) : t.handsOff))}</span></li>`;
        })}</ul>`
      : nothing
  }</div>${share(figures?.goal)}</li></ol></section>`;
}
