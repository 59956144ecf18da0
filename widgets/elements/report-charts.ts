/** Charts of a report. The library computes scales and paths, the template draws: nothing sets a style or writes HTML. */
import { scaleLinear, scalePoint, scaleBand } from 'd3-scale';
import { line } from 'd3-shape';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const WIDTH = 680;
const LEFT = 40;

/** A plot, left to right in every language; where there is no room for it, it scrolls, from its start or from its end. */
const plot = (
  height: number,
  title: string,
  says: string,
  marks: unknown,
  from: 'start' | 'end' = 'start',
): TemplateResult => html`<div class="plot-scroll" dir=${from === 'end' ? 'rtl' : 'ltr'} tabindex="0" role="group" aria-label=${title}><svg
  class="plot" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${says}>${marks}</svg></div>`;

/** Horizontal lines, each with its value before it. */
const grid = (ticks: readonly number[], y: (value: number) => number, right: number, name: (value: number) => string): SVGTemplateResult[] =>
  ticks.map((tick) => svg`<path class="grid" d="M${LEFT} ${y(tick)}H${right}"/><text x=${LEFT - 8} y=${y(tick) + 4} text-anchor="end">${name(tick)}</text>`);

export interface DayMark {
  readonly name: string;
  readonly now: number | null;
  readonly past: number | null;
}
export interface ChartWords {
  readonly title: string;
  readonly says: string;
  name(value: number): string;
}

/** Two lines over the days of a span: as it was in it, and dashed as it was in the one before. Days without a value leave a gap. */
export function lines(days: readonly DayMark[], { title, says, name }: ChartWords, before: string): TemplateResult {
  const right = WIDTH - 52;
  const [top, bottom] = [12, 206];
  const most = Math.max(0.05, ...days.flatMap(({ now, past }) => [now ?? 0, past ?? 0]));
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const x = scalePoint(
    days.map((_, at) => at),
    [LEFT, right],
  );
  const path = (of: 'now' | 'past') =>
    line<DayMark>()
      .defined((day) => day[of] !== null)
      .x((day) => x(days.indexOf(day)) ?? 0)
      .y((day) => y(day[of] ?? 0))(days) ?? '';
  const last = days.findLastIndex(({ now }) => now !== null);
  const lastThen = days.findLastIndex(({ past }) => past !== null);
  const step = Math.max(1, Math.ceil((days.length - 1) / 5));
  const named = days.flatMap((_, at) => (at === days.length - 1 || (at % step === 0 && days.length - 1 - at >= step / 2) ? [at] : []));
  const anchor = (at: number): string => (at === 0 ? 'start' : at === days.length - 1 ? 'end' : 'middle');
  const yNow = last < 0 ? 0 : y(days[last]!.now!);
  const yThen = lastThen < 0 ? 0 : y(days[lastThen]!.past!);
  return plot(
    236,
    title,
    says,
    svg`${grid(y.ticks(4), y, right, name)}${named.map((at) => svg`<text x=${x(at)} y="228" text-anchor=${anchor(at)}>${days[at]!.name}</text>`)}<path class="then" d=${path('past')}/><path class="now" d=${path('now')}/>${
      last < 0
        ? nothing
        : svg`<circle class="dot" cx=${x(last)} cy=${yNow} r="4.5"/><text class="strong" x=${x(last)! + 10} y=${yNow + 4}>${name(days[last]!.now!)}</text>`
    }${lastThen < 0 || (last >= 0 && Math.abs(yThen - yNow) < 14) ? nothing : svg`<text x=${right + 10} y=${yThen + 4}>${before}</text>`}`,
    // The newest day is what is asked for first.
    'end',
  );
}

export interface HourMark {
  readonly name: string;
  readonly value: number | null;
}

/** A bar for each hour, those over the limit marked and with their value; the limit is a dashed line. */
export function bars(hours: readonly HourMark[], { title, says, name }: ChartWords, limit: number, limitName: string): TemplateResult {
  const right = WIDTH - 20;
  const [top, bottom] = [16, 150];
  const y = scaleLinear([0, Math.max(limit * 1.2, ...hours.map(({ value }) => value ?? 0))], [bottom, top]).nice(3);
  const x = scaleBand(
    hours.map((_, at) => at),
    [LEFT, right],
  )
    .paddingInner(0.5)
    .paddingOuter(0.3);
  const every = Math.ceil(hours.length / 12);
  const wide = Math.min(23, x.bandwidth());
  return plot(
    180,
    title,
    says,
    svg`${grid(y.ticks(3), y, right, name)}${hours.map(({ name: hour, value }, at) => {
      const middle = (x(at) ?? 0) + x.bandwidth() / 2;
      const hot = (value ?? 0) > limit;
      return svg`${value ? svg`<rect class="bar ${hot ? 'hot' : ''}" x=${middle - wide / 2} y=${y(value)} width=${wide} height=${Math.max(1, bottom - y(value))} rx="2"/>` : nothing}${
        hot ? svg`<text class="strong" x=${middle} y=${y(value!) - 5} text-anchor="middle">${name(value!)}</text>` : nothing
      }${at % every === 0 ? svg`<text x=${middle} y="168" text-anchor="middle">${hour}</text>` : nothing}`;
    })}<path class="limit" d="M${LEFT} ${y(limit)}H${right}"/><text x=${right} y=${y(limit) - 6} text-anchor="end">${limitName}</text>`,
  );
}

/** Bars with a name and a number, the longest as wide as there is room. */
export const ranks = (rows: readonly { readonly name: unknown; readonly value: number; readonly says: string }[]): TemplateResult => {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  if (rows.length === 0) return html`<p class="dim">–</p>`;
  return html`<ul class="hbars">${rows.map(
    ({ name, value, says }) =>
      html`<li><span>${name}</span><span class="num">${says}</span><svg class="track" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width=${(value / most) * 100} height="6"/></svg></li>`,
  )}</ul>`;
};
