/** One guidance card as it is written: what it says, what it is about, and where it holds. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { CardScope } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { check } from '../ui/icons.ts';
import { tag as tagMark } from '../ui/marks.ts';
import { channelName } from './settings-agent-words.ts';
import type { AgentWords, Behaviour } from './settings-behaviour.ts';
import type { CardEntry, CardFields } from './settings-card-draft.ts';

const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'] as const satisfies Channel[];
const AUDIENCES = ['everyone', 'identified', 'anonymous'] as const;

interface Editing {
  readonly entry: CardEntry;
  readonly state: State;
  readonly words: AgentWords;
  readonly behaviour: Behaviour;
  put(values: Partial<CardFields>): void;
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

export function cardEditor({ entry: { key, value }, state: { lists }, words, behaviour, put }: Editing): TemplateResult {
  const { t } = words;
  const { scope } = value;
  /** A scope without what is empty: that holds everywhere. */
  const narrow = (change: Partial<CardScope>): void =>
    put({
      scope: Object.fromEntries(
        Object.entries({ ...scope, ...change }).filter(([, one]) => (Array.isArray(one) ? one.length > 0 : one !== undefined && one !== 'everyone')),
      ) as CardScope,
    });
  const picks = <F extends 'agentIds' | 'channels' | 'tags' | 'departmentIds'>(
    field: F,
    label: string,
    options: readonly (readonly [value: string, label: unknown])[],
  ): TemplateResult | typeof nothing => {
    const chosen = (scope[field] ?? []) as readonly string[];
    if (options.length === 0) return nothing;
    return html`<div role="group" aria-label=${label}><p class="label" aria-hidden="true">${label}</p><div class="picks">${options.map(
      ([one, name]) =>
        html`<button type="button" class="pick" data-value=${one} aria-pressed=${String(chosen.includes(one))} @click=${() => narrow({ [field]: chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one] })}>${
          chosen.includes(one) ? icon(check, 'xs') : nothing
        }${name}</button>`,
    )}</div></div>`;
  };
  const field = (
    name: 'title' | 'text',
    label: string,
    hint: string,
    control: (id: string, invalid: 'true' | typeof nothing, says: string) => TemplateResult,
  ): TemplateResult => {
    const id = `card-${key}-${name}`;
    const wrong = behaviour.wrongAt(`${key}.${name}`);
    return html`<div class="one"><label class="label" for=${id}>${label}</label>${control(id, wrong ? 'true' : nothing, `${id}-h`)}<p class=${wrong ? 'refusal' : 'hint'} id="${id}-h" role=${wrong ? 'alert' : nothing}>${wrong ?? hint}</p></div>`;
  };
  const scopeWrong = behaviour.wrongAt(`${key}.scope`);
  return html`${field('text', t.cards.text, t.cards.textHint, (id, invalid, says) => html`<textarea class="field" id=${id} rows="2" maxlength="65536" dir="auto" .value=${value.text} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => put({ text: valueOf(event) })}></textarea>`)}
    ${field('title', t.cards.title, t.cards.titleHint, (id, invalid, says) => html`<input class="field" id=${id} maxlength="200" dir="auto" autocomplete="off" .value=${value.title} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => put({ title: valueOf(event) })}>`)}
    <fieldset class="choices"><legend class="label">${t.cards.surface}</legend>${(['classifier', 'reply'] as const).map(
      (surface) =>
        html`<label class="check"><input type="radio" class="box" name="surface-${key}" .checked=${value.surface === surface} @change=${() => put({ surface })}><span>${
          surface === 'classifier' ? t.cards.whether : t.cards.how
        } <small class="dim">${t.cards.surfaces[surface]}</small></span></label>`,
    )}</fieldset>
    <p class="hint">${t.cards.scopeHint}</p>
    ${picks(
      'channels',
      t.cards.channels,
      CHANNELS.map((one) => [one, channelName(words, one)] as const),
    )}
    ${picks(
      'agentIds',
      t.cards.agents,
      (lists.agents?.items ?? []).filter(({ id, active }) => active || scope.agentIds?.includes(id)).map(({ id, name }) => [id, name] as const),
    )}
    ${picks(
      'departmentIds',
      t.cards.departments,
      (lists.departments?.items ?? []).map(({ id, name }) => [id, name] as const),
    )}
    ${picks(
      'tags',
      t.cards.tags,
      (lists.tags?.items ?? []).map(({ name, color }) => [name, tagMark(name, color)] as const),
    )}
    <div class="one"><label class="label" for="card-${key}-audience">${t.cards.audience}</label><select class="field" id="card-${key}-audience" @change=${(event: Event) => narrow({ audience: valueOf(event) as CardScope['audience'] })}>${AUDIENCES.map(
      (one) => html`<option value=${one} .selected=${one === (scope.audience ?? 'everyone')}>${t.cards.audienceNames[one]}</option>`,
    )}</select></div>${scopeWrong ? html`<p class="refusal" role="alert">${scopeWrong}</p>` : nothing}`;
}
