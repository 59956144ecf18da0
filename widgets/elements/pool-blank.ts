import { html, type TemplateResult } from 'lit';
import type { ApiProblem } from '../store/problem.ts';
import { blank } from '../ui/blank.ts';
import { icon } from '../ui/icon.ts';
import { alert, done, draft, flag, handoff, people, person, refresh, search, type Glyph } from '../ui/icons.ts';
import { apart, sentence } from '../ui/sentence.ts';
import { listed } from '../ui/time.ts';
import type { PoolWords } from './pool-row.ts';
import type { Look, ViewId } from './pool-view.ts';

const glyphs: Record<ViewId, Glyph> = { open: done, mine: person, unassigned: people, handedOff: handoff, requiresAction: flag, draftPending: draft };

/** What stands where no row is, and the way on. */
export function emptyPool({ t, tag }: PoolWords, look: Look, names: readonly string[], choose: (look: Look) => void): TemplateResult {
  const without = { ...look, extra: {}, channel: undefined, saved: undefined };
  const button = (label: string, next: Look): TemplateResult => html`<button type="button" class="btn" @click=${() => choose(next)}>${label}</button>`;
  const narrowed = names.length > 0 || look.channel !== undefined;
  if (look.q.trim()) {
    return blank({
      glyph: search,
      title: sentence(t.pool.nothingFound(apart(look.q.trim()))),
      text: narrowed && names.length > 0 ? t.pool.emptyFilteredText(listed(tag, names)) : t.pool.nothingFoundText,
      acts: narrowed || look.view !== 'open' ? button(t.pool.searchWide, { ...without, view: 'open' }) : button(t.pool.clearSearch, { ...look, q: '' }),
    });
  }
  if (names.length > 0)
    return blank({ title: t.pool.emptyFiltered, text: t.pool.emptyFilteredText(listed(tag, names)), acts: button(t.pool.withoutFilters, without) });
  const { title, text } = t.pool.empty[look.view];
  return blank({
    glyph: glyphs[look.view],
    title,
    text,
    acts: look.view === 'open' && !look.channel ? undefined : button(t.pool.showAll, { ...without, view: 'open' }),
  });
}

/** The list could not be read. */
export function failedPool({ t }: PoolWords, problem: ApiProblem, again: () => void): TemplateResult {
  return blank(
    {
      glyph: alert,
      title: t.pool.error,
      text: problem.code === 'timeout' ? t.pool.errorTime : t.pool.errorText,
      acts: html`<button type="button" class="btn" @click=${again}>${icon(refresh)}${t.common.retry}</button>`,
    },
    true,
  );
}
