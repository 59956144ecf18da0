/** From sums to reports. Pure: the sums, and the names of what they are of, are given. */

/** Sums of one line of a report: counts by measure and key, and times by measure. */
export interface Line {
  count(measure: string, key?: string): number;
  amount(measure: string, key: string): number;
  keys(measure: string): [key: string, n: number][];
  time(measure: string): { n: number; median: number; p90: number; longest: number } | undefined;
}

interface Counted {
  now: boolean;
  measure: string;
  dim: string;
  key: string;
  n: number;
  amount: number;
}
interface Timed {
  now: boolean;
  measure: string;
  dim: string;
  n: number;
  median: number;
  p90: number;
  longest: number;
}

/** Groups sums by what they are told apart by, those of the span and those of the span before each by itself. */
export function linesOf({ counts, times }: { counts: readonly Counted[]; times: readonly Timed[] }): { dims: string[]; of(dim: string, now?: boolean): Line } {
  const counted = new Map<string, Counted[]>();
  const timed = new Map<string, Timed>();
  for (const cell of counts) {
    const at = `${cell.now} ${cell.dim}`;
    const there = counted.get(at);
    if (there) there.push(cell);
    else counted.set(at, [cell]);
  }
  for (const cell of times) timed.set(`${cell.now} ${cell.dim} ${cell.measure}`, cell);
  return {
    dims: [...new Set([...counts, ...times].filter(({ now }) => now).map(({ dim }) => dim))],
    of(dim, now = true) {
      const cells = counted.get(`${now} ${dim}`) ?? [];
      const sum = (measure: string, key: string | undefined, what: 'n' | 'amount') =>
        cells.reduce((all, cell) => (cell.measure === measure && (key === undefined || cell.key === key) ? all + cell[what] : all), 0);
      return {
        count: (measure, key) => sum(measure, key, 'n'),
        amount: (measure, key) => sum(measure, key, 'amount'),
        keys: (measure) =>
          cells
            .filter((cell) => cell.measure === measure && cell.n > 0)
            .map(({ key, n }): [string, number] => [key, n])
            .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
        time: (measure) => timed.get(`${now} ${dim} ${measure}`),
      };
    },
  };
}

/** A part of a whole, between 0 and 1 to four places; null of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : null);

/** Seconds in the middle of a step of time, each of which is 2.3 % longer than the one before. */
const secondsOf = (step: number): number => Math.round(10 ** ((step + 0.5) / 100) - 1);

const timesOf = (line: Line, measure: string) => {
  const time = line.time(measure);
  return {
    n: time?.n ?? 0,
    median: time ? secondsOf(time.median) : null,
    p90: time ? secondsOf(time.p90) : null,
    longest: time ? secondsOf(time.longest) : null,
  };
};

/** @param waiting how many of the handoffs still wait, for long by now */
export function handoffFigures(line: Line, waiting: number) {
  const conversations = line.count('opened');
  const handoffs = line.count('trigger');
  const { n, median, p90, longest } = timesOf(line, 'person');
  return {
    conversations,
    handoffs,
    rate: shareOf(handoffs, conversations),
    answered: n,
    waitMedian: median,
    waitP90: p90,
    waitLongest: longest,
    waitedLong: line.count('long') + waiting,
  };
}

export function answerFigures(line: Line) {
  const by = {
    agent: line.count('answer', 'agent'),
    approved: line.count('answer', 'approved'),
    edited: line.count('answer', 'edited'),
    person: line.count('answer', 'person'),
  };
  const { n, median, p90 } = timesOf(line, 'first');
  return { ...by, share: shareOf(by.agent, by.agent + by.approved + by.edited + by.person), answered: n, firstMedian: median, firstP90: p90 };
}

export function draftFigures(line: Line) {
  const of = (status: string) => line.count('draft', status);
  const [approved, edited, rejected] = [of('approved'), of('edited'), of('rejected')];
  return {
    approved,
    edited,
    rejected,
    superseded: of('superseded'),
    dropped: of('dropped'),
    approvedShare: shareOf(approved, approved + edited + rejected),
    changed: shareOf(line.amount('draft', 'edited') / 10_000, edited),
  };
}

/** The days from one to another, both with, as `2026-05-14`. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** A moment's day in a time zone, as `2026-05-14`. */
export const dayIn = (at: Date, tz: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: tz, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);

/**
 * The hours of the day, next to each other, in which most of the long waits began.
 * @param longByHour how many, for each of the 24 hours
 * @returns null where waits are spread, or are few
 */
export function worstHours(longByHour: readonly number[]): { from: number; to: number; n: number; of: number } | null {
  const of = longByHour.reduce((all, n) => all + n, 0);
  if (of < 5) return null;
  for (let width = 1; width <= 4; width += 1) {
    let best = { from: 0, n: -1 };
    for (let from = 0; from + width <= 24; from += 1) {
      const n = longByHour.slice(from, from + width).reduce((all, one) => all + one, 0);
      if (n > best.n) best = { from, n };
    }
    if (best.n >= of * 0.4) return { from: best.from, to: best.from + width, n: best.n, of };
  }
  return null;
}
