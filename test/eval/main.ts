import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { createModels } from '../../server/model/provider.ts';
import { dialogueFigures, replay } from './dialogues.ts';
import { intentFigures, judgeIntents } from './intents.ts';
import { asksForHumanFigures, groupBy, judge, needsReplyFigures } from './measure.ts';
import { readAsksForHuman, readDialogues, readIntents, readNeedsReply } from './rows.ts';

/**
 * Measures the classifier on labelled messages, and classifier and composer on whole dialogues, through the same functions
 * that the pipeline calls, and prints one JSON line per set and stratum. Each share has its interval of 95 % beside it. The folder is given by `--data` or EVAL_DATA, else the small set of the project is used;
 * the model is the configured one (OPENAI_API_KEY, OPENAI_BASE_URL, MODEL), else the built-in one. `--errors` lists what went wrong on stderr.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, errors: { type: 'boolean', default: false } } });
const dir = resolve(values.data ?? process.env['EVAL_DATA'] ?? new URL('data', import.meta.url).pathname);
const models = createModels({ apiKey: process.env['OPENAI_API_KEY'], baseUrl: process.env['OPENAI_BASE_URL'], model: process.env['MODEL'] });
const atOnce = models.builtin ? 1 : 8;

const print = (line: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(line)}\n`);
const explain = (line: Record<string, unknown>) => {
  if (values.errors) process.stderr.write(`${JSON.stringify(line)}\n`);
};

const replies = await judge(models.language, readNeedsReply(dir), atOnce);
for (const [stratum, rows] of groupBy(replies, ({ row }) => row.stratum)) print({ set: 'needs_reply', stratum, ...needsReplyFigures(rows) });
for (const [lang, rows] of groupBy(replies, ({ row }) => row.lang)) print({ set: 'needs_reply', stratum: `lang:${lang}`, ...needsReplyFigures(rows) });
print({ set: 'needs_reply', stratum: 'all', ...needsReplyFigures(replies) });
for (const { row, answer } of replies) {
  if (row.needs_reply !== answer?.needsReply) explain({ set: 'needs_reply', ...row, got: answer?.reason ?? null });
}

const requests = await judge(models.language, readAsksForHuman(dir), atOnce);
const explicit = requests.filter(({ row }) => !row.asks_for_human || row.strength === 'explicit');
print({ set: 'asks_for_human', stratum: 'explicit', ...asksForHumanFigures(explicit) });
for (const [strength, rows] of groupBy(
  requests.filter(({ row }) => row.strength !== 'explicit'),
  ({ row }) => row.strength,
))
  print({ set: 'asks_for_human', stratum: strength, ...asksForHumanFigures(rows) });
for (const [stratum, rows] of groupBy(requests, ({ row }) => row.stratum)) print({ set: 'asks_for_human', stratum, ...asksForHumanFigures(rows) });
for (const [lang, rows] of groupBy(requests, ({ row }) => row.lang)) print({ set: 'asks_for_human', stratum: `lang:${lang}`, ...asksForHumanFigures(rows) });
print({ set: 'asks_for_human', stratum: 'all', ...asksForHumanFigures(requests) });
for (const { row, answer } of requests) {
  if (row.asks_for_human !== answer?.asksForHuman) explain({ set: 'asks_for_human', ...row, got: answer?.asksForHuman ?? null });
}

const intents = await judgeIntents(models.language, readIntents(dir), atOnce);
for (const [stratum, rows] of groupBy(intents, ({ row }) => row.domain)) print({ set: 'intents', stratum, ...intentFigures(rows) });
for (const [lang, rows] of groupBy(intents, ({ row }) => row.lang)) print({ set: 'intents', stratum: `lang:${lang}`, ...intentFigures(rows) });
if (intents.length > 0) print({ set: 'intents', stratum: 'all', ...intentFigures(intents) });
for (const { row, answer } of intents) explain({ set: 'intents', ...row, got: answer?.intent ?? null });

const dialogues = await replay(models.language, readDialogues(dir), atOnce);
for (const [stratum, rows] of groupBy(dialogues, ({ row }) => row.origin)) print({ set: 'dialogues', stratum, ...dialogueFigures(rows) });
for (const [lang, rows] of groupBy(dialogues, ({ row }) => row.lang)) print({ set: 'dialogues', stratum: `lang:${lang}`, ...dialogueFigures(rows) });
if (dialogues.length > 0) print({ set: 'dialogues', stratum: 'all', ...dialogueFigures(dialogues) });
for (const { row, turns } of dialogues) explain({ set: 'dialogues', id: row.id, turns });

const times = [...replies, ...requests, ...intents].map(({ ms }) => ms).toSorted((a, b) => a - b);
const at = (portion: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * portion))] ?? 0) * 100) / 100;
print({ set: 'speed', stratum: 'all', model: models.name, n: times.length, p50Ms: at(0.5), p99Ms: at(0.99) });
