import { html, nothing, type TemplateResult } from 'lit';
import type { TimelineEntry } from '../../server/contract/timeline.ts';
import type { contact as contactWords } from '../locales/en/contact.ts';
import type { Paged } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { calendar, chart, chat, down, email, info, linkedin, lock, plus, skill, ticket, type Glyph } from '../ui/icons.ts';
import type { Menu } from '../ui/menu.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { fullTime, sameDay, shortDate, timeOfDay } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';
import { linkedinActs } from './details-log.ts';
import { speaker } from './thread-message.ts';
import { lineText, lookOfLine, type Teller } from './thread-system.ts';

const glyphs: Readonly<Record<string, Glyph>> = {
  message: chat,
  note: lock,
  skill,
  linkedin,
  meeting_booked: calendar,
  meeting_cancelled: calendar,
  opportunity_stage: chart,
  sequence_enrolled: email,
  ticket,
};

/** What the timeline can be narrowed to, and the kinds of entries that each stands for. */
export const filters = {
  all: undefined,
  message: 'message',
  note: 'note',
  control: 'control',
  ai: 'ai',
  ticket: 'ticket',
  meeting: 'meeting_booked,meeting_cancelled',
  opportunity_stage: 'opportunity_stage',
  sequence_enrolled: 'sequence_enrolled',
  linkedin: 'linkedin',
  custom: 'custom',
} as const;
export type TimelineFilter = keyof typeof filters;

export interface Timeline {
  readonly teller: Teller;
  readonly timeline: Paged<TimelineEntry> | undefined;
  readonly now: number;
  readonly texts: Spoken<typeof contactWords>;
  /** Which kinds are shown. */
  readonly filter: TimelineFilter;
  readonly menu: Menu;
  choose(filter: TimelineFilter): void;
  log(): void;
  more(): void;
  again(): void;
}

/** What happened round the conversation, newest first, by whom and when. */
export function timelineSection({ teller, timeline, now, texts, filter, menu, choose, log, more, again }: Timeline): TemplateResult {
  const { t } = teller.words;
  const items = timeline?.items ?? [];
  const failed = timeline?.problem !== undefined;
  return html`<section class="sec" aria-label=${texts.t.timeline}><header><h3>${texts.t.timeline}</h3>${menu.menu(
    { look: 'btn ghost sm narrow-to', content: html`<span class="sr">${texts.t.show}: </span>${texts.t.kinds[filter]}${icon(down, 'xs')}` },
    texts.t.show,
    () => (Object.keys(filters) as TimelineFilter[]).map((one) => ({ label: texts.t.kinds[one], checked: one === filter, run: () => choose(one) })),
    'end',
  )}<button type="button" class="btn ghost sm icon" aria-label=${texts.t.log} @click=${log}>${icon(plus)}</button></header>
    ${items.length > 0 ? html`<ol class="timeline">${items.map((entry) => line(entry, teller, texts, now))}</ol>` : nothing}${
      failed
        ? html`<p class="dim" role="alert">${texts.t.timelineFailed} <button type="button" class="linkish" @click=${again}>${t.common.retry}</button></p>`
        : timeline?.loaded && items.length === 0
          ? html`<p class="dim">${filter === 'all' ? texts.t.timelineEmpty : texts.t.none}</p>`
          : !timeline?.loaded
            ? html`<p class="dim" role="status">${texts.t.loading}</p>`
            : timeline?.nextCursor
              ? html`<button type="button" class="linkish" ?disabled=${timeline.loading} @click=${more}>${texts.t.more}</button>`
              : nothing
    }</section>`;
}

function line(entry: TimelineEntry, teller: Teller, texts: Timeline['texts'], now: number): TemplateResult {
  const { tag } = teller.words;
  const today = sameDay(entry.at, now);
  return html`<li>${icon(lookOfLine(entry.kind)?.[0] ?? glyphs[entry.kind] ?? info)}<span>${text(entry, teller, texts)}</span><time datetime=${entry.at} title=${fullTime(tag, entry.at)}>${
    today ? timeOfDay(tag, entry.at) : shortDate(tag, entry.at, now)
  }</time></li>`;
}

/** What an entry says, in the reader's language where it is one of our words. */
function text(entry: TimelineEntry, teller: Teller, texts: Timeline['texts']): unknown {
  const told = { ...entry, author: entry.actor, code: entry.kind, decision: null };
  const who = speaker(told, teller);
  if (lookOfLine(entry.kind)) return sentence(lineText(told, teller, apart));
  if (entry.kind === 'message') return sentence(texts.t.wrote(apart(who)));
  if (entry.kind === 'note') return sentence(texts.t.leftNote(apart(who)));
  if (entry.kind === 'skill') return sentence(texts.t.ran(apart(who), apart(entry.text.split(':')[0] ?? '')));
  if (Object.hasOwn(texts.t.logKinds, entry.kind)) {
    const act = entry.kind === 'linkedin' && linkedinActs.find((one) => one === entry.data['activity']);
    const told = act ? html`${texts.t.linkedin[act]}: ` : nothing;
    return html`${told}${entry.actor.kind === 'operator' ? sentence(texts.t.loggedBy(apart(entry.text), apart(who))) : html`<bdi>${entry.text}</bdi>`}`;
  }
  return html`${entry.actor.kind === 'system' ? nothing : html`<b><bdi>${who}</bdi></b> `}<bdi>${entry.text}</bdi>`;
}
