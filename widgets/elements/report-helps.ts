/** What would help, as a report tells it: each with the place in the settings where it is done. */
import { html, nothing, type TemplateResult } from 'lit';
import type { ImproveReport } from '../../server/contract/report.ts';
import { icon } from '../ui/icon.ts';
import { book, card, clock, draft, flag, handoff, type Glyph } from '../ui/icons.ts';
import { number } from '../ui/time.ts';
import { hourName, percent, triggerName } from './report-text.ts';
import type { ReportWords } from './report-text.ts';

type Item = ImproveReport['items'][number];

/** A section of the settings, and what in it. */
export interface HelpPlace {
  readonly section: string;
  readonly kind: Item['kind'];
  readonly key: string | null;
  readonly label: string;
}

/** What is told of each kind. */
const MOST: Record<Item['kind'], number> = { article: 3, trigger: 1, topic: 1, drafts: 2, hours: 1, corrections: 2 };

/** @param go asked to lead to where something is changed */
export function helps(items: readonly Item[], words: ReportWords, go: (place: HelpPlace) => void): TemplateResult {
  const { t, tag } = words;
  const told = new Map<Item['kind'], number>();
  const shown = items.filter(({ kind }) => {
    told.set(kind, (told.get(kind) ?? 0) + 1);
    return told.get(kind)! <= MOST[kind];
  });
  return html`<section class="helps"><h2>${t.help}</h2>${shown.length === 0 ? html`<p class="dim">${t.noHelp}</p>` : nothing}<ul>${shown.map((item) => {
    const n = number(tag, item.n);
    const share = percent(words, item.share, 0);
    const { glyph, text, more, act, section } = ((): { glyph: Glyph; text: string; more: string; act: string; section: string } => {
      switch (item.kind) {
        case 'article':
          return { glyph: book, text: t.article(item.n, n, item.label), more: t.articleMore, act: t.articleAct, section: 'articles' };
        case 'trigger':
          return { glyph: handoff, text: t.trigger(item.n, n, triggerName(words, item.label)), more: t.ofAll(share), act: t.triggerAct, section: 'triggers' };
        case 'topic':
          return { glyph: flag, text: t.topic(item.n, n, item.label), more: t.ofAll(share), act: t.topicAct, section: 'articles' };
        case 'drafts':
          return { glyph: draft, text: t.drafts(item.n, n, item.label), more: t.draftsMore(share), act: t.draftsAct, section: 'cards' };
        case 'corrections':
          return { glyph: card, text: t.corrections(item.n, n, item.label), more: '', act: t.correctionsAct, section: 'cards' };
        case 'hours':
          return {
            glyph: clock,
            text: t.hoursHelp(n, number(tag, item.of ?? 0), hourName(tag, item.fromHour ?? 0), hourName(tag, item.toHour ?? 0)),
            more: '',
            act: t.hoursAct,
            section: 'hours',
          };
      }
    })();
    return html`<li>${icon(glyph)}<p>${text}${more ? html` <small>${more}</small>` : nothing}</p><button type="button" class="btn" data-act=${item.kind} @click=${() => go({ section, kind: item.kind, key: item.key, label: item.label })}>${act}</button></li>`;
  })}</ul></section>`;
}
