import type { common } from '../locales/en/common.ts';
import type { Translated } from '../locales/catalogue.ts';
import type { Spoken } from './words.ts';

/** Any texts that hold the common group. */
type Times = Spoken<{ common: typeof common }> | { readonly t: { readonly common: Translated<typeof common> }; readonly tag: string };

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function dates(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = tag + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(tag, options)));
  return format;
}

/** A number in the reader's digits and separators. */
export function number(tag: string, value: number, options: Intl.NumberFormatOptions = {}): string {
  const key = tag + JSON.stringify(options);
  let format = numbers.get(key);
  if (!format) numbers.set(key, (format = new Intl.NumberFormat(tag, options)));
  return format.format(value);
}

const lists = new Map<string, Intl.ListFormat>();

/** Several things in a row, as the reader's language puts them: `A, B, C`, `A, B und C`. */
export function listed(tag: string, parts: readonly string[]): string {
  let format = lists.get(tag);
  if (!format) lists.set(tag, (format = new Intl.ListFormat(tag, { type: 'unit', style: 'short' })));
  return format.format(parts);
}

/** Milliseconds since 1970 of a Date, an ISO text or a number. */
export function millis(moment: Date | string | number): number {
  return typeof moment === 'number' ? moment : new Date(moment).getTime();
}

/** Midnights between two moments, in the reader's own time zone. */
function daysBetween(then: number, now: number): number {
  const midnight = (at: number): number => {
    const date = new Date(at);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((midnight(now) - midnight(then)) / day);
}

/** How long ago, as a row has room for it: `now`, `2 min`, `5 h`, `Mon`, `3 May`, `3 May 2024`. */
export function ago({ t, tag }: Times, moment: Date | string | number, now: number): string {
  const then = millis(moment);
  const passed = Math.max(0, now - then);
  const words = t.common.time;
  if (passed < minute) return words.now;
  if (passed < hour) return words.minutes(number(tag, Math.floor(passed / minute)));
  const days = daysBetween(then, now);
  if (days <= 0 || passed < 12 * hour) return words.hours(number(tag, Math.floor(passed / hour)));
  if (days < 7) return dates(tag, { weekday: 'short' }).format(then);
  const thisYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return dates(tag, thisYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' }).format(then);
}

/** How long somebody has been waiting: `now`, `14 min`, `1 h 05 min`, `2 d`. */
export function waited({ t, tag }: Times, since: Date | string | number, now: number): string {
  const passed = Math.max(0, now - millis(since));
  const words = t.common.time;
  if (passed < minute) return words.now;
  if (passed < hour) return words.minutes(number(tag, Math.floor(passed / minute)));
  if (passed >= 2 * day) return words.days(number(tag, Math.floor(passed / day)));
  const minutes = number(tag, Math.floor((passed % hour) / minute), { minimumIntegerDigits: 2 });
  return words.hoursMinutes(number(tag, Math.floor(passed / hour)), minutes);
}

/** A running clock: `14:06`, from an hour on `1:05:06`. */
export function clock(tag: string, passed: number): string {
  const seconds = Math.max(0, Math.floor(passed / second));
  const two = (value: number): string => number(tag, value, { minimumIntegerDigits: 2 });
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3600 ? rest.replace(/^\D?0(?=\d:)/, '') : `${number(tag, Math.floor(seconds / 3600))}:${rest}`;
}

/** How long something took: `0.4 s`, `12 s`. */
export function took({ t, tag }: Times, milliseconds: number): string {
  const seconds = milliseconds / second;
  return t.common.time.seconds(number(tag, seconds, seconds < 10 ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 0 }));
}

/** The time of day, in the reader's habit: `16:21`, `4:21 PM`. */
export function timeOfDay(tag: string, moment: Date | string | number): string {
  return dates(tag, { hour: 'numeric', minute: '2-digit' }).format(millis(moment));
}

/** The line between two days: `Today, Thursday 12 June`, `Wednesday 11 June`, with the year when it is another. */
export function dayMark({ t, tag }: Times, moment: Date | string | number, now: number): string {
  const then = millis(moment);
  const thisYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  const name = dates(tag, { weekday: 'long', day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }).format(then);
  return daysBetween(then, now) === 0 ? t.common.time.todayIs(name) : name;
}

/** A short date: `10 Jun`, with the year when it is another. */
export function shortDate(tag: string, moment: Date | string | number, now: number): string {
  const then = millis(moment);
  const thisYear = new Date(then).getFullYear() === new Date(now).getFullYear();
  return dates(tag, { day: 'numeric', month: 'short', ...(thisYear ? {} : { year: 'numeric' }) }).format(then);
}

/** True when both fall on one day of the reader's. */
export function sameDay(one: Date | string | number, other: Date | string | number): boolean {
  return daysBetween(millis(one), millis(other)) === 0;
}

/** The full moment, for a `title` or a `datetime`'s reader: `Thursday 12 June 2025 at 16:21`. */
export function fullTime(tag: string, moment: Date | string | number): string {
  return dates(tag, { dateStyle: 'full', timeStyle: 'short' }).format(millis(moment));
}

/** A day and a time, as a sentence takes them: `12 Jun 2025, 16:21`. */
export function dayAndTime(tag: string, moment: Date | string | number): string {
  return dates(tag, { dateStyle: 'medium', timeStyle: 'short' }).format(millis(moment));
}

/** When something will be, as a row has room for it: `16:21`, `Mon, 09:00`, `3 May, 09:00`. */
export function upcoming(tag: string, moment: Date | string | number, now: number): string {
  const then = millis(moment);
  const days = daysBetween(now, then);
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  if (days === 0) return timeOfDay(tag, then);
  return dates(tag, days > 0 && days < 7 ? { weekday: 'short', ...time } : { day: 'numeric', month: 'short', ...time }).format(then);
}

/** A size of a file: `312 kB`, `1.2 MB`. */
export function fileSize(tag: string, bytes: number): string {
  const [value, unit] = bytes < 1000 ? [bytes, 'byte'] : bytes < 1_000_000 ? [bytes / 1000, 'kilobyte'] : [bytes / 1_000_000, 'megabyte'];
  return number(tag, value, { style: 'unit', unit, maximumFractionDigits: value < 10 && unit === 'megabyte' ? 1 : 0 });
}
