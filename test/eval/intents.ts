/** Which intent of a team's list a message has. */
import type { LanguageModel } from 'ai';
import { answered, classifyRow, unlessFailed } from './measure.ts';
import type { Judged } from './measure.ts';
import { measure } from './interval.ts';
import type { IntentRow } from './rows.ts';

/** What stands for none of the list. */
const NONE = 'oos';

/** A name as teams would write it: `SetAutoPayment` and `set_auto_payment` are one. */
const slugOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();

const labelOf = (name: string): string => slugOf(name).replaceAll('_', ' ');

/**
 * Classifies every row with the list of its own domain, as a team would have configured it by names alone; what is out of
 * scope is asked with the largest list.
 */
export async function judgeIntents(model: LanguageModel, rows: IntentRow[], atOnce: number): Promise<Judged<IntentRow>[]> {
  const lists = new Map<string, string[]>();
  for (const { domain, intent } of rows) if (intent !== NONE) lists.set(domain, [...new Set([...(lists.get(domain) ?? []), intent])]);
  const largest = [...lists.values()].toSorted((one, other) => other.length - one.length)[0] ?? [];
  const judged: Judged<IntentRow>[] = [];
  for (let at = 0; at < rows.length; at += atOnce) {
    judged.push(
      ...(await Promise.all(
        rows.slice(at, at + atOnce).map(async (row) => {
          const start = performance.now();
          const list = (row.intent === NONE ? undefined : lists.get(row.domain)) ?? largest;
          const answer = await unlessFailed(
            classifyRow(
              model,
              row.text,
              null,
              list.map((name) => ({ name: slugOf(name), label: labelOf(name), description: '' })),
            ),
          );
          return { row, answer, ms: performance.now() - start };
        }),
      )),
    );
  }
  return judged;
}

/** Of messages that have one of the intents: the share named right, and the share named wrong. Of the others: the share that got one. */
export function intentFigures(judged: Judged<IntentRow>[]) {
  const { rows, failed } = answered(judged);
  const having = rows.filter(({ row }) => row.intent !== NONE);
  const others = rows.filter(({ row }) => row.intent === NONE);
  return {
    n: judged.length,
    ...failed,
    ...measure('accuracy', having.filter(({ row, answer }) => answer.intent === slugOf(row.intent)).length, having.length),
    ...measure('wrong', having.filter(({ row, answer }) => answer.intent !== null && answer.intent !== slugOf(row.intent)).length, having.length),
    ...measure('falseIntent', others.filter(({ answer }) => answer.intent !== null).length, others.length),
  };
}
