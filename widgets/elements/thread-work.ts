import { html, nothing, type TemplateResult } from 'lit';
import type { Working } from '../../server/contract/conversation.ts';
import { icon } from '../ui/icon.ts';
import { check } from '../ui/icons.ts';
import { bars, dots } from '../ui/marks.ts';
import { bot } from '../ui/people.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { millis, number } from '../ui/time.ts';
import type { Setting } from './thread-setting.ts';

/** One stage of an agent's run: what it does, and since when. */
export interface Stage {
  readonly stage: Working['stage'];
  readonly skill?: string | null;
  readonly since: string;
}

/** The stages that a run has been seen in, the present one last; none when it is over. Nothing is added twice, and composing is behind it only when it ends. */
export function advance(before: readonly Stage[], working: Working | null | undefined): readonly Stage[] {
  if (!working) return before.length === 0 ? before : [];
  const last = before.at(-1);
  const { stage, skill, since } = working;
  if (last && last.stage === stage && (last.skill ?? null) === (skill ?? null)) return before;
  return stage === 'classifying' ? [{ stage, since }] : [...before.filter((one) => one.stage !== 'composing'), { stage, skill, since }];
}

/** An agent at work: the stages behind it, the one it is in, and its words as they come. Dashed, for nothing is said yet. */
export function workLine(
  { id, name }: { readonly id: string; readonly name: string },
  stages: readonly Stage[],
  growing: string,
  setting: Setting,
): TemplateResult {
  const { t } = setting.words;
  const { work } = t.thread;
  const now = stages.at(-1);
  const past = ({ stage, skill }: Stage): string => (stage === 'classifying' ? work.classified : (skill ?? ''));
  const present = ({ stage, skill }: Stage): string => (stage === 'classifying' ? work.classifying : stage === 'composing' ? work.composing : (skill ?? ''));
  return html`<section class="work" aria-label=${work.label(name)}><header class="work-head"><span class="stages">${stages
    .slice(-4, -1)
    .map((stage) => html`<span>${icon(check, 'xs')}<bdi>${past(stage)}</bdi></span>`)}${
    now
      ? html`<span class="now">${bars()}<span><bdi>${present(now)}</bdi>, <span class="num">${t.common.time.seconds(number(setting.words.tag, Math.max(0, Math.floor((setting.now - millis(now.since)) / 1000))))}</span></span></span>`
      : html`<span class="now">${bars()}${t.common.working}</span>`
  }</span></header>${growing ? html`<div class="work-body" dir="auto">${growing}</div>` : nothing}${bot({ name, avatarUrl: setting.avatar(id) }, 24)}</section>`;
}

/** Somebody of the customer is typing. */
export function typingLine(name: string, { words }: Setting): TemplateResult {
  return html`<p class="typing">${dots()}<span>${sentence(words.t.thread.typing(apart(name)))}</span></p>`;
}
