/** The rows of what a playbook finds out and of how it is left early. */
import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { x } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { linesIn } from './settings-controls.ts';
import { inLanguages, languageLines } from './settings-in-languages.ts';
import { renamed, withoutSlot, type PlaybookDraft, type PlaybookWords } from './settings-playbook-draft.ts';
import type { Flaws } from './settings-frame.ts';
import { choiceField, textField } from './settings-playbook-fields.ts';

const TYPES = ['text', 'number', 'date', 'choice', 'email', 'phone'] as const;
const DOES = ['hand_off', 'end'] as const;

/** A playbook while it is written: what its rows show and change. */
export interface EditedPlaybook {
  readonly draft: PlaybookDraft;
  /** What the API found wrong with it, as it is told. */
  readonly flaws: Flaws;
  readonly words: PlaybookWords;
  change(change: Partial<PlaybookDraft>): void;
  take(draft: PlaybookDraft): void;
}

/** One thing that is to be found out: its name, its type and how it is asked for. */
export function slotRow(edited: EditedPlaybook, at: number): TemplateResult {
  const {
    draft,
    flaws,
    words: { t, tag },
  } = edited;
  const slot = draft.slots[at]!;
  const change = (more: Partial<typeof slot>): void => edited.change({ slots: draft.slots.with(at, { ...slot, ...more }) });
  return html`<li class="row-of"><div class="pair">${textField(flaws, `slots.${at}.name`, t.slotName, slot.name, (name) => edited.take(renamed(draft, at, name)), { max: 64, hint: at === 0 ? t.slotNameHint : '' })}${choiceField(
    flaws,
    `slots.${at}.type`,
    t.type,
    slot.type,
    TYPES.map((one) => [one, t.types[one]] as const),
    (type) => change({ type: type as (typeof TYPES)[number] }),
  )}</div>${
    slot.type === 'choice'
      ? textField(flaws, `slots.${at}.choices`, t.choices, slot.choices.join('\n'), (text) => change({ choices: linesIn(text) }), {
          rows: 3,
          hint: t.perLine,
          whole: true,
        })
      : nothing
  }${textField(flaws, `slots.${at}.questions`, t.questions, languageLines(slot.questions), (text) => change({ questions: inLanguages(text, tag) }), { rows: 2, hint: at === 0 ? t.questionsHint : '', whole: true })}
    <div class="pair">${textField(flaws, `slots.${at}.asks`, t.asksMost, String(slot.asks), (asks) => change({ asks: Number(asks) }), { type: 'number' })}<label class="check"><input type="checkbox" class="switch" role="switch" .checked=${slot.required}
      @change=${(event: Event) => change({ required: (event.target as HTMLInputElement).checked })}>${t.required}</label></div>
    <div class="writes"><button type="button" class="btn" @click=${() => edited.take(withoutSlot(draft, at))}>${icon(x)}${t.removeSlot(slot.name)}</button></div></li>`;
}

/** One way out: what ends the playbook early, and what follows. */
export function exitRow(edited: EditedPlaybook, at: number, lists: State['lists']): TemplateResult {
  const {
    draft,
    flaws,
    words: { t, tag },
  } = edited;
  const exit = draft.exits[at]!;
  const change = (more: Partial<typeof exit>): void => edited.change({ exits: draft.exits.with(at, { ...exit, ...more }) });
  return html`<li class="row-of">${textField(flaws, `exits.${at}.condition`, t.exitWhen, exit.condition, (condition) => change({ condition }), { max: 1000, hint: at === 0 ? t.conditionHint : '' })}${textField(
    flaws,
    `exits.${at}.keywords`,
    t.exitKeywords,
    exit.keywords.join('\n'),
    (text) => change({ keywords: linesIn(text) }),
    { rows: 2, hint: at === 0 ? t.keywordsHint : '', whole: true },
  )}
    <div class="pair">${choiceField(
      flaws,
      `exits.${at}.does`,
      t.exitDoes,
      exit.does,
      DOES.map((one) => [one, t.does[one]] as const),
      (does) => change({ does: does as (typeof DOES)[number] }),
    )}${
      exit.does === 'hand_off'
        ? choiceField(
            flaws,
            `exits.${at}.routeId`,
            t.route,
            exit.routeId ?? '',
            [['', t.noRoute], ...(lists.routes?.items ?? []).map(({ id, label }) => [id, label] as const)],
            (routeId) => change({ routeId: routeId || null }),
          )
        : nothing
    }</div><div class="writes"><button type="button" class="btn" @click=${() => edited.change({ exits: draft.exits.toSpliced(at, 1) })}>${icon(x)}${t.removeExit(number(tag, at + 1))}</button></div></li>`;
}
