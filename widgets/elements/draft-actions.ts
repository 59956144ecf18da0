import { css, html, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { DraftAction } from '../../server/contract/draft.ts';
import { actionsTexts } from '../locales/actions.ts';
import { ConvElement } from '../ui/base.ts';
import { define } from '../ui/define.ts';
import { dayAndTime } from '../ui/time.ts';
import { words } from '../ui/words.ts';
import { setDesk, type Desk } from './draft-desk.ts';
import { fault } from './why.ts';

/** Longest value shown of a skill's arguments, in characters. */
const longestValue = 500;

/** A moment, as skills take it. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

function shown(value: unknown, tag: string): string {
  if (typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value))) return dayAndTime(tag, value);
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, longestValue);
}

/** The skills that run when a draft is sent, with their arguments; each can be left out. */
export class DraftActions extends ConvElement {
  static override styles = css`
    fieldset { min-inline-size: 0; margin: 0; padding: 0 12px 8px; border: 0; font-size: var(--_fs-sm); line-height: 16px; }
    legend { padding: 0 0 2px; color: var(--conv-ink-3); }
    label { display: flex; align-items: flex-start; gap: 8px; padding-block: 4px; }
    input { flex: none; margin: 0; inline-size: 16px; block-size: 16px; accent-color: var(--conv-accent); }
    span { min-inline-size: 0; overflow-wrap: anywhere; color: var(--conv-ink-2); }
    code { font-family: var(--conv-font-mono); color: var(--conv-skill); }
    b { font-weight: 600; }
    p { margin: 4px 0 0; color: var(--conv-ink-2); }
    .bad { color: var(--conv-urgent); }
  `;

  /** Id of the draft. */
  @property() draft = '';
  @property({ attribute: false }) actions: readonly DraftAction[] = [];
  @property({ attribute: false }) desk?: Desk;
  private readonly words = words(this, actionsTexts);

  override render(): unknown {
    const { t } = this.words;
    const { unable } = this.desk ?? {};
    return html`<fieldset><legend>${t.title}</legend>${this.actions.map((action) => this.action(action))}${
      unable ? html`<p role="alert"><b class="bad">${t.unable}.</b> <bdi>${unable}</bdi> ${t.hint}</p>` : nothing
    }</fieldset>`;
  }

  private action({ key, skill, args, state, summary, why }: DraftAction): unknown {
    const { t, tag } = this.words;
    const { skip = [], busy = false } = this.desk ?? {};
    const bad = state === 'failed' || state === 'unknown';
    const values =
      typeof args === 'object' && args !== null
        ? Object.entries(args)
            .map(([name, value]) => `${name}: ${shown(value, tag)}`)
            .join(' · ')
        : shown(args, tag);
    return html`<label><input type="checkbox" .checked=${!skip.includes(key)} ?disabled=${busy || state === 'running' || state === 'done'} @change=${(event: Event) => this.choose(key, event)}><span><code
      dir="ltr">${skill}</code> <bdi>${values}</bdi>${state === 'proposed' ? nothing : html` <b class=${bad ? 'bad' : ''}>${t.state[state]}${bad && summary ? html`: ${fault(summary, why)}` : nothing}</b>`}</span></label>`;
  }

  private choose(key: string, event: Event): void {
    const { checked } = event.target as HTMLInputElement;
    const others = (this.desk?.skip ?? []).filter((one) => one !== key);
    this.desk = setDesk(this.draft, { skip: checked ? others : [...others, key] });
  }
}

define('draft-actions', DraftActions);

declare global {
  interface HTMLElementTagNameMap {
    'draft-actions': DraftActions;
  }
}
