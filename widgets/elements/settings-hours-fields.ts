/** A week of business hours and its holidays, as fields and in one line. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BusinessHours } from '../../server/contract/settings.ts';
import { icon } from '../ui/icon.ts';
import { plus, x } from '../ui/icons.ts';
import { choiceField, listRefusal, type FieldSetting } from './settings-fields.ts';
import type { HandingWords } from './settings-records.ts';
import { listed } from '../ui/time.ts';
import { flaw } from '../ui/told.ts';

type Span = BusinessHours['week'][number];

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
/** A Monday: the days of a week are named by it. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** What a week begins with: office hours, here. */
export const usualHours = (): BusinessHours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  week: DAYS.slice(0, 5).map((day) => ({ day, from: '09:00', to: '17:00' })),
  holidays: [],
});

const dayName = (tag: string, day: number, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(tag, { weekday: style, timeZone: 'UTC' }).format(MONDAY + (day - 1) * DAY);
const dateName = (tag: string, date: string): string => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(date));
const inOrder = (week: readonly Span[]): Span[] => week.toSorted((one, other) => one.day - other.day || one.from.localeCompare(other.from));

/** Hours in one line: days of the same hours together. */
export function saidOf({ week, holidays, timeZone }: BusinessHours, { t, tag }: HandingWords): string {
  const of = (day: number): string =>
    inOrder(week)
      .filter((span) => span.day === day)
      .map(({ from, to }) => `${from}–${to}`)
      .join(', ');
  const runs = DAYS.reduce<{ from: number; to: number; spans: string }[]>((all, day) => {
    const last = all.at(-1);
    return last?.spans === of(day) ? [...all.slice(0, -1), { ...last, to: day }] : [...all, { from: day, to: day, spans: of(day) }];
  }, []);
  const open = runs
    .filter(({ spans }) => spans !== '')
    .map(({ from, to, spans }) => `${dayName(tag, from, 'short')}${to > from ? `–${dayName(tag, to, 'short')}` : ''} ${spans}`);
  return [listed(tag, open) || t.hours.never, timeZone, ...(holidays.length > 0 ? [t.hours.holidayCount(holidays.length)] : [])].join(' · ');
}

/** @param put told the hours as they are now */
export function hoursFields(hours: BusinessHours, setting: FieldSetting, { t, tag }: HandingWords, put: (hours: BusinessHours) => void): TemplateResult {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
  if (!zones.includes(hours.timeZone)) zones.push(hours.timeZone);
  const week = hours.week;
  const error = (at: number): string | undefined => flaw(setting.words, setting.errors.find(({ path }) => path.startsWith(`hours.week.${at}.`))?.message);
  const replace = (at: number, span: Span): void => put({ ...hours, week: week.with(at, span) });
  const time = (
    at: number,
    key: 'from' | 'to',
    label: string,
  ): TemplateResult => html`<input class="field time" type="time" required aria-label="${dayName(tag, week[at]!.day)}: ${label}" .value=${week[at]![key] === '24:00' ? '00:00' : week[at]![key]}
    aria-invalid=${error(at) ? 'true' : nothing} aria-describedby=${error(at) ? `hours-${at}-e` : nothing} @change=${(event: Event) => replace(at, { ...week[at]!, [key]: (event.target as HTMLInputElement).value })}>`;
  return html`<section class="group"><header><div><h2>${t.hours.week}</h2><p>${t.hours.weekLead}</p></div></header>${listRefusal(setting, 'hours.week')}
      ${choiceField(
        setting,
        'hours.timeZone',
        t.hours.zone,
        hours.timeZone,
        zones.map((zone) => [zone, zone.replaceAll('_', ' ')] as const),
        (timeZone) => put({ ...hours, timeZone }),
      )}
      <ul class="week">${DAYS.map((day) => {
        const spans = week.flatMap((span, at) => (span.day === day ? [at] : []));
        const add = (): void =>
          put({ ...hours, week: [...week, spans.length > 0 ? { day, from: '18:00', to: '20:00' } : { day, from: '09:00', to: '17:00' }] });
        return html`<li><span class="day">${dayName(tag, day)}</span><div>${spans.length === 0 ? html`<span class="dim">${t.hours.closed}</span>` : nothing}${spans.map(
          (at) => html`<div class="span">${time(at, 'from', t.hours.from)}<span aria-hidden="true">–</span>${time(at, 'to', t.hours.to)}
            <button type="button" class="btn ghost icon writes" aria-label=${t.hours.removeSpan(dayName(tag, day))} @click=${() => put({ ...hours, week: week.toSpliced(at, 1) })}>${icon(x)}</button></div>${
              error(at) ? html`<p class="refusal" id="hours-${at}-e" role="alert">${error(at)}</p>` : nothing
            }`,
        )}</div>
          <button type="button" class="btn ghost icon writes" aria-label=${t.hours.addSpan(dayName(tag, day))} @click=${add}>${icon(plus)}</button></li>`;
      })}</ul></section>
    <section class="group"><header><div><h2>${t.hours.holidays}</h2><p>${t.hours.holidaysLead}</p></div></header>${listRefusal(setting, 'hours.holidays')}
      ${
        hours.holidays.length > 0
          ? html`<ul class="holidays">${hours.holidays.toSorted().map(
              (
                date,
              ) => html`<li><time datetime=${date}>${dateName(tag, date)}</time><button type="button" class="btn ghost icon writes" aria-label=${t.hours.removeHoliday(dateName(tag, date))}
        @click=${() => put({ ...hours, holidays: hours.holidays.filter((one) => one !== date) })}>${icon(x)}</button></li>`,
            )}</ul>`
          : nothing
      }
      <div class="line writes"><input class="field" type="date" aria-label=${t.hours.holiday}><button type="button" class="btn" data-act="add-holiday" @click=${(event: Event) => addHoliday(event, hours, put)}>${icon(plus)}${t.hours.addHoliday}</button></div></section>`;
}

function addHoliday(event: Event, hours: BusinessHours, put: (hours: BusinessHours) => void): void {
  const field = (event.currentTarget as HTMLElement).previousElementSibling as HTMLInputElement;
  if (!field.value) return field.focus();
  put({ ...hours, holidays: [...new Set([...hours.holidays, field.value])].toSorted() });
  field.value = '';
}
