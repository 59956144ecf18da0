import type { PlaybookSlot, SlotValue } from '../contract/playbook.ts';
import { folded, hasKeyword } from './keywords.ts';
import { digitValue } from './words.ts';

/** Characters of a text slot. */
const MAX_CHARS = 500;
const DAY_MS = 86_400_000;

/** Numbers that people write as words: from zero on, by language. */
const NUMBERS = [
  'zero one two three four five six seven eight nine ten eleven twelve',
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
  'zero um dois três quatro cinco seis sete oito nove dez onze doze',
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze',
  'صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة',
].map((words) => words.split(' '));
const SAME_DAY = [
  ['today', 'hoy', 'hoje', 'heute', 'aujourd hui', 'oggi', 'vandaag', 'اليوم'],
  ['tomorrow', 'mañana', 'amanhã', 'morgen', 'demain', 'domani', 'غدا', 'غدًا'],
] as const;
const LANGUAGES = ['en', 'es', 'pt', 'de', 'fr', 'it', 'nl', 'ar'];

const digits = (text: string): string => text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
const iso = (date: Date): string => date.toISOString().slice(0, 10);

/**
 * The value of a slot in what a customer wrote, by its type; undefined where there is none.
 * @param today `YYYY-MM-DD`, for "tomorrow" and days of the week
 * @param asked it was asked for just now: the number of a choice names it too
 */
export function recognise({ type, choices }: Pick<PlaybookSlot, 'type' | 'choices'>, text: string, today: string, asked: boolean): SlotValue | undefined {
  const plain = digits(text.normalize('NFKC'));
  switch (type) {
    case 'email':
      return /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u.exec(plain)?.[0];
    case 'phone':
      return phoneIn(plain);
    case 'number':
      return numberIn(plain);
    case 'date':
      return dateIn(plain, today);
    case 'choice': {
      const named = choices.filter((choice) => hasKeyword(plain, choice));
      if (named.length > 0) return named.toSorted((one, other) => other.length - one.length)[0];
      const place = asked && /^\s*(\d{1,2})[.)]?\s*$/.exec(plain)?.[1];
      return place ? choices[Number(place) - 1] : undefined;
    }
    case 'text':
      return text.trim().slice(0, MAX_CHARS) || undefined;
  }
}

function phoneIn(text: string): string | undefined {
  const found = /(?<![\p{L}\d])\+?\d[\d\s()./-]{5,22}\d(?!\d)/u.exec(text)?.[0];
  const number = found?.replace(/[^\d+]/g, '');
  return number && number.length >= 7 && number.length <= 16 && !/^\d{4}-\d{2}-\d{2}$/.test(found!.trim()) ? number : undefined;
}

function numberIn(text: string): number | undefined {
  const found = /(?<![\p{L}\d.,])-?\d+(?:[.,]\d+)?(?!\d)/u.exec(text)?.[0];
  if (found) return Number(found.replace(',', '.'));
  const words = folded(text).trim().split(' ');
  for (const word of words) {
    for (const list of NUMBERS) {
      const value = list.indexOf(word);
      if (value >= 0) return value;
    }
  }
  return undefined;
}

/** A date as `YYYY-MM-DD`: written with the year first, or the day first as 12.6.2026, with a month's name, or by a day of the week. */
function dateIn(text: string, today: string): string | undefined {
  const now = new Date(`${today}T00:00:00Z`);
  const yearFirst = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/.exec(text);
  if (yearFirst) return dateOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const dayFirst = /(?<!\d)(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?(?!\d)/.exec(text);
  if (dayFirst) return onOrAfter(now, Number(dayFirst[2]), Number(dayFirst[1]), dayFirst[3]);
  const said = folded(text);
  const same = SAME_DAY.findIndex((words) => words.some((word) => said.includes(` ${folded(word).trim()} `)));
  if (same >= 0) return iso(new Date(now.getTime() + same * DAY_MS));
  for (const language of LANGUAGES) {
    const found = inLanguage(said, now, language);
    if (found) return found;
  }
  return undefined;
}

function inLanguage(said: string, now: Date, language: string): string | undefined {
  const name = (options: Intl.DateTimeFormatOptions, date: Date): string =>
    folded(new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(date)).trim();
  for (let month = 1; month <= 12; month += 1) {
    const called = name({ month: 'long' }, new Date(Date.UTC(2024, month - 1, 15)));
    if (!said.includes(` ${called} `)) continue;
    const day = new RegExp(`(?:(\\d{1,2})\\w{0,2}(?: de| of)? ${called} |${called} (\\d{1,2})\\w{0,2} )`, 'u').exec(said);
    const number = day?.[1] ?? day?.[2];
    if (number) return onOrAfter(now, month, Number(number), /\b(20\d{2})\b/.exec(said)?.[1]);
  }
  for (let ahead = 1; ahead <= 7; ahead += 1) {
    const date = new Date(now.getTime() + ahead * DAY_MS);
    if (said.includes(` ${name({ weekday: 'long' }, date)} `)) return iso(date);
  }
  return undefined;
}

function onOrAfter(now: Date, month: number, day: number, year: string | undefined): string | undefined {
  if (year) return dateOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const date = dateOf(now.getUTCFullYear(), month, day);
  return date && date < iso(now) ? dateOf(now.getUTCFullYear() + 1, month, day) : date;
}

function dateOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? iso(date) : undefined;
}
