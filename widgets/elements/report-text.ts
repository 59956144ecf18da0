/** How a report says its figures. */
import type { operator } from '../locales/en/operator.ts';
import type { report } from '../locales/en/report.ts';
import { number } from '../ui/time.ts';
import type { Spoken } from '../ui/words.ts';

export type ReportWords = Spoken<typeof report>;
export type CommonWords = Spoken<typeof operator>;

/** `21.3%`; `none` of nothing. */
export const percent = ({ t, tag }: ReportWords, share: number | null | undefined, digits = 1): string =>
  share === null || share === undefined ? t.none : number(tag, share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A length of time in its two largest units: `12 s`, `6 min 12 s`, `2 h 14 min`, `3 d`. */
export function lengthOf(words: ReportWords, { t, tag }: CommonWords, seconds: number | null | undefined): string {
  const { time } = t.common;
  if (seconds === null || seconds === undefined) return words.t.none;
  if (seconds < 60) return time.seconds(number(tag, seconds));
  if (seconds < 3_600) {
    const rest = seconds % 60;
    return rest === 0
      ? time.minutes(number(tag, seconds / 60))
      : `${time.minutes(number(tag, Math.floor(seconds / 60)))} ${time.seconds(number(tag, rest, { minimumIntegerDigits: 2 }))}`;
  }
  if (seconds < 172_800)
    return time.hoursMinutes(number(tag, Math.floor(seconds / 3_600)), number(tag, Math.floor((seconds % 3_600) / 60), { minimumIntegerDigits: 2 }));
  return time.days(number(tag, Math.floor(seconds / 86_400)));
}

/** A day of a report, which has no time zone of its own: `14 May`. */
export const dayName = (tag: string, day: string): string =>
  new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));

/** An hour of the day: `8:00`, as its reader writes it. */
export const hourName = (tag: string, hour: number): string =>
  new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 1, hour % 24)));

/** What a channel is called. */
export const channelName = (words: ReportWords, { t }: CommonWords, channel: string): string =>
  channel === 'custom' ? words.t.custom : ((t.shared.channel as Readonly<Record<string, string>>)[channel] ?? channel);

/** What led to a handoff. */
export const triggerName = ({ t }: ReportWords, trigger: string): string => (t.triggers as Readonly<Record<string, string>>)[trigger] ?? trigger;
