import type { BusinessHours } from '../contract/settings.ts';

/** Days looked ahead for the next time that somebody is there: past every run of holidays. */
const AHEAD_DAYS = 400;
const DAY_MS = 86_400_000;

interface Span {
  from: Date;
  to: Date;
}

/**
 * Whether people are there at a moment, by their hours; without hours they always are.
 * @param now the moment
 */
export function isOpen(hours: BusinessHours | null, now: Date): boolean {
  if (!hours) return true;
  // One that began yesterday may go on past midnight.
  return [-1, 0].some((day) => spansOn(hours, now, day).some(({ from, to }) => from <= now && now < to));
}

/** When people are there next, after a moment at which they are not; null where that is not within a year. */
export function opensNext(hours: BusinessHours, now: Date): Date | null {
  for (let day = 0; day <= AHEAD_DAYS; day += 1) {
    const [next] = spansOn(hours, now, day)
      .map(({ from }) => from)
      .filter((from) => from > now)
      .toSorted((one, other) => one.getTime() - other.getTime());
    if (next) return next;
  }
  return null;
}

/** What begins on the day that is so many days after the one of `now`, in the hours' own zone. */
function spansOn({ timeZone, week, holidays }: BusinessHours, now: Date, after: number): Span[] {
  const local = wallClock(now, timeZone);
  const date = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()) + after * DAY_MS);
  if (holidays.includes(date.toISOString().slice(0, 10))) return [];
  const weekday = date.getUTCDay() || 7;
  return week
    .filter(({ day }) => day === weekday)
    .map(({ from, to }) => ({
      from: instant(date, minutes(from), timeZone),
      to: instant(date, minutes(to) + (minutes(to) <= minutes(from) ? 1_440 : 0), timeZone),
    }));
}

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What clocks show in a zone, as if it were UTC. */
function wallClock(at: Date, timeZone: string): Date {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
    clocks.set(timeZone, clock);
  }
  const part = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(part.get('year')!, part.get('month')! - 1, part.get('day')!, part.get('hour')!, part.get('minute')!, part.get('second')!));
}

/** When clocks in a zone show so many minutes past midnight of a date; an hour that is skipped counts as the one after it. */
function instant(date: Date, minute: number, timeZone: string): Date {
  const wanted = date.getTime() + minute * 60_000;
  const offset = (at: number): number => wallClock(new Date(at), timeZone).getTime() - at;
  const first = wanted - offset(wanted);
  return new Date(wanted - offset(first));
}

/**
 * A time as a customer reads it, in its language and the zone of the hours: its weekday, and the date where it is not within a week.
 * @param language BCP 47, or null where it is not known
 */
export function timeInWords(language: string | null, at: Date, now: Date, timeZone: string): string {
  const far = at.getTime() - now.getTime() > 6 * DAY_MS;
  const options: Intl.DateTimeFormatOptions = {
    weekday: 'long',
    ...(far ? { day: 'numeric', month: 'long' } : {}),
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  };
  try {
    return new Intl.DateTimeFormat(language ?? 'en', options).format(at);
  } catch {
    return new Intl.DateTimeFormat('en', options).format(at);
  }
}
