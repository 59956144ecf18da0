import type { LanguageModel } from 'ai';
import { ModelFailure } from '../../server/model/failure.ts';
import { classify } from '../../server/pipeline/classify.ts';
import type { Classification, ClassifyInput } from '../../server/pipeline/classify.ts';
import { measure } from './interval.ts';
import type { AsksForHumanRow, NeedsReplyRow } from './rows.ts';

const TIMEOUT_MS = 30_000;

/** Classifies one message as the pipeline would, with what the agent had said before it as the only history. */
export function classifyRow(
  model: LanguageModel,
  text: string,
  agentText: string | null | undefined,
  intents: ClassifyInput['intents'] = [],
): Promise<Classification> {
  return classify(
    model,
    {
      agent: { id: 'agent', name: 'Nova', classifierOn: true, classifierInstruction: '', languages: [] },
      contact: { name: 'Customer', language: null },
      channel: 'chat',
      cards: [],
      intents,
      history: agentText ? [{ author: 'agent', name: 'Nova', text: agentText }] : [],
      burst: [{ text }],
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

/** What was classified of a row, and how long it took in milliseconds. */
export interface Judged<Row> {
  row: Row;
  /** Null where the model failed: the pipeline brings such a message to people. */
  answer: Classification | null;
  ms: number;
}

/** Those that the model answered for; the others are counted apart. */
export function answered<Row>(judged: Judged<Row>[]): { rows: (Judged<Row> & { answer: Classification })[]; failed: { failed?: number } } {
  const rows = judged.flatMap((one) => (one.answer ? [{ ...one, answer: one.answer }] : []));
  const failed = judged.length - rows.length;
  return { rows, failed: failed > 0 ? { failed } : {} };
}

/** A failure of the model is null; anything else is a fault here. */
export const unlessFailed = <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((error: unknown) => {
    if (error instanceof ModelFailure) return null;
    throw error;
  });

/** Classifies every row, `atOnce` of them at a time. */
export async function judge<Row extends { text: string; prev_agent?: string | null | undefined }>(
  model: LanguageModel,
  rows: Row[],
  atOnce: number,
): Promise<Judged<Row>[]> {
  const judged: Judged<Row>[] = [];
  for (let at = 0; at < rows.length; at += atOnce) {
    judged.push(
      ...(await Promise.all(
        rows.slice(at, at + atOnce).map(async (row) => {
          const start = performance.now();
          const answer = await unlessFailed(classifyRow(model, row.text, row.prev_agent));
          return { row, answer, ms: performance.now() - start };
        }),
      )),
    );
  }
  return judged;
}

/** Of the messages that want a reply: the share left without one. Of those that want none: the share left in peace. */
export function needsReplyFigures(judged: Judged<NeedsReplyRow>[]) {
  const { rows, failed } = answered(judged);
  const wanting = rows.filter(({ row }) => row.needs_reply);
  const resting = rows.filter(({ row }) => !row.needs_reply);
  return {
    n: judged.length,
    ...failed,
    ...measure('falseSilence', wanting.filter(({ answer }) => !answer.needsReply).length, wanting.length),
    ...measure('quietRecall', resting.filter(({ answer }) => !answer.needsReply).length, resting.length),
  };
}

/** Of those who ask for a person: the share recognised. Of those who do not: the share taken for it. */
export function asksForHumanFigures(judged: Judged<AsksForHumanRow>[]) {
  const { rows, failed } = answered(judged);
  const asking = rows.filter(({ row }) => row.asks_for_human);
  const others = rows.filter(({ row }) => !row.asks_for_human);
  return {
    n: judged.length,
    ...failed,
    ...measure('recall', asking.filter(({ answer }) => answer.asksForHuman).length, asking.length),
    ...measure('falseAlarm', others.filter(({ answer }) => answer.asksForHuman).length, others.length),
  };
}

/** Groups in the order in which their names first appear. */
export function groupBy<Row>(rows: Row[], name: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(name(row));
    if (group) group.push(row);
    else groups.set(name(row), [row]);
  }
  return [...groups];
}
