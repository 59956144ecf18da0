import type { SlotValue } from '../contract/playbook.ts';
import { folded } from './keywords.ts';

/** Words of a condition that compare, longest first. */
const OPERATORS = [
  ['is known', 'known'],
  ['is missing', 'missing'],
  ['is not', 'not'],
  ['is', 'is'],
  ['at least', 'least'],
  ['at most', 'most'],
  ['more than', 'more'],
  ['less than', 'less'],
  ['>=', 'least'],
  ['<=', 'most'],
  ['!=', 'not'],
  ['>', 'more'],
  ['<', 'less'],
  ['=', 'is'],
] as const;

const same = (value: string | number, other: string): boolean => folded(String(value)) === folded(other);

/**
 * Whether a condition such as `machines more than 2`, `colour is red` or `day is missing` holds, by rule.
 * @returns undefined where it is in other words, which a model has to judge, or where what it asks about is not known yet
 */
export function conditionHolds(condition: string, slots: Readonly<Record<string, SlotValue>>): boolean | undefined {
  const text = condition.normalize('NFKC').trim().replace(/\s+/g, ' ');
  const name = /^[a-z][a-z0-9_]*/.exec(text)?.[0];
  if (!name) return undefined;
  const rest = text.slice(name.length).trim();
  const found = OPERATORS.find(
    ([words]) => rest.toLowerCase() === words || rest.toLowerCase().startsWith(`${words} `) || (/^\W/.test(words) && rest.startsWith(words)),
  );
  if (!found) return undefined;
  const [words, how] = found;
  const given = rest
    .slice(words.length)
    .trim()
    .replace(/^["“'](.*)["”']$/u, '$1');
  const value = slots[name] ?? null;
  if (how === 'known' || how === 'missing') return given === '' ? (value !== null) === (how === 'known') : undefined;
  if (value === null || given === '') return undefined;
  if (how === 'is' || how === 'not') return same(value, given) === (how === 'is');
  // Numbers by their size, dates (year first) by their order.
  const [left, right] = typeof value === 'number' ? [value, Number(given)] : [value, given];
  if (typeof right === 'number' && Number.isNaN(right)) return undefined;
  if (how === 'more') return left > right;
  if (how === 'less') return left < right;
  return how === 'least' ? left >= right : left <= right;
}
