/** The navigation of the settings: its groups at the side, or, where there is no room for that, one field to choose from. */
import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../store/state.ts';
import { icon } from '../ui/icon.ts';
import { alert } from '../ui/icons.ts';
import { groups, sections, type Section, type SettingWords } from './settings-sections.ts';

interface Entry {
  /** As in the attribute `section`. */
  readonly at: string;
  readonly mark: TemplateResult;
  readonly title: string;
  readonly end: TemplateResult | typeof nothing;
}

/**
 * @param open what is open, as in the attribute `section`
 * @param choose told of what somebody wants to see
 */
export function settingsNav(state: State, words: SettingWords, open: string, choose: (section: string) => void): TemplateResult {
  const { t } = words;
  const grouped = groups
    .map((group) => ({ title: t.page.groups[group], entries: sections.filter((one) => one.group === group).flatMap((one) => entriesOf(one, state, words)) }))
    .filter(({ entries }) => entries.length > 0);
  // A part that has no entry of its own is its section's.
  const current = grouped.some(({ entries }) => entries.some(({ at }) => at === open)) ? open : open.split('/')[0];
  const handleLink = (event: Event, at: string): void => {
    event.preventDefault();
    choose(at);
  };
  const handleChoice = (event: Event): void => {
    const field = event.target as HTMLSelectElement;
    choose(field.value);
    // Whoever stays, asked about what is not saved, finds the field as it was.
    field.value = current ?? open;
  };
  return html`<nav class="set-nav" part="nav" aria-label=${t.page.title}>${grouped.map(
    ({ title, entries }) =>
      html`<h2>${title}</h2>${entries.map(
        ({ at, mark, title: name, end }) =>
          html`<a href="#${at}" aria-current=${at === current ? 'page' : nothing} @click=${(event: Event) => handleLink(event, at)}>${mark}<span class="cut">${name}</span>${end}</a>`,
      )}`,
  )}</nav><div class="set-choice"><select class="field" aria-label=${t.page.sections} @change=${handleChoice}>${grouped.map(
    ({ title, entries }) =>
      html`<optgroup label=${title}>${entries.map(({ at, title: name }) => html`<option value=${at} .selected=${at === current}>${name}</option>`)}</optgroup>`,
  )}</select></div>`;
}

function entriesOf(section: Section, state: State, words: SettingWords): Entry[] {
  if (section.entries) {
    return section.entries(state, words).map(({ part, mark, title, end }) => ({
      at: part ? `${section.id}/${part}` : section.id,
      mark,
      title,
      end: end ? html`<span class="end">${end}</span>` : nothing,
    }));
  }
  const note = section.note?.(state, words);
  const end = note
    ? html`<span class="end bad">${icon(alert)}<span aria-hidden="true">${note.count}</span><span class="sr">${note.says}</span></span>`
    : nothing;
  return [{ at: section.id, mark: icon(section.glyph), title: section.title(words), end }];
}
