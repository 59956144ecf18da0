/** One guidance card as it is written: what it says, what it is about, and where it holds. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Channel } from '../../server/contract/common.ts';
import type { CardScope } from '../../server/contract/settings.ts';
import type { State } from '../store/state.ts';
import { tag as tagMark } from '../ui/marks.ts';
import { channelName } from './settings-agent-words.ts';
import type { AgentWords, Behaviour } from './settings-behaviour.ts';
import type { CardEntry, CardFields } from './settings-card-draft.ts';
import { choice, toggles, valueOf, type Option } from './settings-controls.ts';
import { field, group, type Tie } from './settings-frame.ts';

const CHANNELS = ['chat', 'email', 'sms', 'whatsapp', 'instagram', 'voice', 'linkedin', 'custom'] as const satisfies Channel[];
const AUDIENCES = ['everyone', 'identified', 'anonymous'] as const;

interface Editing {
  readonly entry: CardEntry;
  readonly state: State;
  readonly words: AgentWords;
  readonly behaviour: Behaviour;
  put(values: Partial<CardFields>): void;
}

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
  const picks = (name: 'agentIds' | 'channels' | 'tags' | 'departmentIds', label: string, options: readonly Option[]): TemplateResult | typeof nothing =>
    options.length === 0
      ? nothing
      : group(
          `card-${key}-${name}`,
          label,
          toggles(options, scope[name] ?? [], (chosen) => narrow({ [name]: chosen }), { ticked: true }),
        );
  /** What is wrong stands in the place of what helps. */
  const written = (name: 'title' | 'text', label: string, hint: string, control: (tie: Tie) => TemplateResult): TemplateResult => {
    const error = behaviour.wrongAt(`${key}.${name}`);
    return field(`card-${key}-${name}`, label, control, error ? { error } : { hint });
  };
  const scopeWrong = behaviour.wrongAt(`${key}.scope`);
  return html`${written('text', t.cards.text, t.cards.textHint, ({ id, invalid, says }) => html`<textarea class="field" id=${id} rows="2" maxlength="65536" dir="auto" .value=${value.text} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => put({ text: valueOf(event) })}></textarea>`)}
    ${written('title', t.cards.title, t.cards.titleHint, ({ id, invalid, says }) => html`<input class="field" id=${id} maxlength="200" dir="auto" autocomplete="off" .value=${value.title} aria-invalid=${invalid} aria-describedby=${says} @input=${(event: Event) => put({ title: valueOf(event) })}>`)}
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
    ${field(`card-${key}-audience`, t.cards.audience, (tie) =>
      choice(
        tie,
        AUDIENCES.map((one) => [one, t.cards.audienceNames[one]] as const),
        scope.audience ?? 'everyone',
        (audience) => narrow({ audience: audience as CardScope['audience'] }),
      ),
    )}${scopeWrong ? html`<p class="refusal" role="alert">${scopeWrong}</p>` : nothing}`;
}
