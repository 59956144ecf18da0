/** Whole dialogues, replayed turn by turn through the classifier and the composer, with what was really said before as the history. */
import type { LanguageModel } from 'ai';
import { classify } from '../../server/pipeline/classify.ts';
import { compose } from '../../server/pipeline/compose.ts';
import type { SkillTool } from '../../server/pipeline/skill-tool.ts';
import type { PromptMessage } from '../../server/pipeline/prompt.ts';
import { measure } from './interval.ts';
import { unlessFailed } from './measure.ts';
import type { DialogueRow } from './rows.ts';

const TIMEOUT_MS = 30_000;
const MAX_STEPS = 6;
/** The skill by which agents of the recordings handed over. */
const HANDS_OVER = /transfer_to_human|hand_?off|handoff/i;

/** What came of one turn of the customer. */
export interface Turn {
  /** What the recorded agent did: answered, handed over, said the last word of the dialogue, or nothing more. */
  recorded: 'answered' | 'handed_over' | 'closed' | 'nothing';
  needsReply: boolean;
  asksForHuman: boolean;
  /** Of a turn that was answered here: a whole reply, one that says that it does not know, a handoff, or a failure. */
  composed: 'reply' | 'fallback' | 'handoff' | 'failed' | null;
}

export interface Replayed {
  row: DialogueRow;
  turns: Turn[];
}

/** The skills that every agent has; no article covers what these dialogues are about. */
const skills: SkillTool[] = [
  {
    name: 'search_knowledge',
    description: 'Search the knowledge articles.',
    risk: 'low',
    effects: false,
    parameters: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'], additionalProperties: false },
    run: async () => ({ result: [], summary: 'no article covers this' }),
  },
  {
    name: 'hand_off',
    description: 'Hand over to a person.',
    risk: 'low',
    effects: true,
    parameters: { type: 'object', properties: { reason: { type: 'string' }, route: { type: 'string' } }, required: ['reason'], additionalProperties: false },
    run: () => Promise.reject(new Error('a handoff is never run as a skill')),
  },
];

/** Replays dialogues, `atOnce` of them at a time. */
export async function replay(model: LanguageModel, rows: DialogueRow[], atOnce: number): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (let at = 0; at < rows.length; at += atOnce) replayed.push(...(await Promise.all(rows.slice(at, at + atOnce).map((row) => replayOne(model, row)))));
  return replayed;
}

async function replayOne(model: LanguageModel, row: DialogueRow): Promise<Replayed> {
  const history: PromptMessage[] = [];
  const turns: Turn[] = [];
  for (let at = 0; at < row.turns.length; ) {
    const end = row.turns.findIndex(({ role }, place) => place >= at && role !== 'customer');
    const burst = row.turns.slice(at, end < 0 ? undefined : end).flatMap(({ text }) => (text ? [{ text }] : []));
    const next = end < 0 ? -1 : row.turns.findIndex(({ role }, place) => place >= end && role === 'customer');
    const after = end < 0 ? [] : row.turns.slice(end, next < 0 ? undefined : next);
    if (burst.length > 0) turns.push(await takeTurn(model, history, burst, recordedOf(after, next < 0)));
    history.push(...burst.map(({ text }): PromptMessage => ({ author: 'contact', name: 'Customer', text })));
    for (const { role, text } of after) if (role === 'agent' && text) history.push({ author: 'agent', name: 'Nova', text });
    if (next < 0) break;
    at = next;
  }
  return { row, turns };
}

function recordedOf(after: DialogueRow['turns'], isLast: boolean): Turn['recorded'] {
  if (after.some(({ role, tool }) => role === 'action' && HANDS_OVER.test(tool ?? ''))) return 'handed_over';
  return after.length === 0 ? 'nothing' : isLast && after.every(({ role }) => role === 'agent') ? 'closed' : 'answered';
}

async function takeTurn(model: LanguageModel, history: PromptMessage[], burst: { text: string }[], recorded: Turn['recorded']): Promise<Turn> {
  const contact = { name: 'Customer', language: null };
  const seen = await unlessFailed(
    classify(
      model,
      {
        agent: { id: 'agent', name: 'Nova', classifierOn: true, classifierInstruction: '', languages: [] },
        contact,
        channel: 'chat',
        cards: [],
        intents: [],
        history: [...history],
        burst,
      },
      { timeoutMs: TIMEOUT_MS },
    ),
  );
  // The pipeline brings it to people then.
  if (!seen) return { recorded, needsReply: true, asksForHuman: false, composed: 'failed' };
  const turn = { recorded, needsReply: seen.needsReply, asksForHuman: seen.asksForHuman };
  if (!seen.needsReply || seen.asksForHuman) return { ...turn, composed: null };
  const made = await unlessFailed(
    compose(
      model,
      {
        agent: { name: 'Nova', instructions: '', languages: [] },
        contact,
        channel: 'chat',
        workspaceName: 'Morrow',
        history: [...history],
        burst,
        cards: [],
        playbook: null,
        skills,
        allowedHosts: [],
        mentioned: false,
        language: seen.language,
      },
      { timeoutMs: TIMEOUT_MS, maxSteps: MAX_STEPS },
    ),
  );
  return { ...turn, composed: made === null ? 'failed' : made.kind === 'reply' ? (made.fallback ? 'fallback' : 'reply') : 'handoff' };
}

/**
 * What is measured of dialogues: turns that the recorded agent answered and that would get no answer (not those after which it
 * said goodbye), last words that want none and are left in peace, requests for a person that are seen where the recorded agent handed over and where nobody
 * did, and replies that come out whole.
 */
export function dialogueFigures(replayed: Replayed[]) {
  const turns = replayed.flatMap((one) => one.turns);
  const answered = turns.filter(({ recorded }) => recorded === 'answered');
  const last = turns.filter(({ recorded }) => recorded === 'nothing');
  const isSeen = ({ turns: all }: Replayed): boolean => all.some(({ asksForHuman, composed }) => asksForHuman || composed === 'handoff');
  const handedOver = replayed.filter(({ row, turns: all }) => row.handed_off === true || all.some(({ recorded }) => recorded === 'handed_over'));
  const kept = replayed.filter((one) => !handedOver.includes(one));
  const composed = turns.filter((turn) => turn.composed !== null);
  const count = (rows: Turn[], of: (turn: Turn) => boolean): number => rows.filter(of).length;
  return {
    n: replayed.length,
    turns: turns.length,
    ...measure(
      'falseSilence',
      count(answered, ({ needsReply, asksForHuman }) => !needsReply && !asksForHuman),
      answered.length,
    ),
    ...measure(
      'quietRecall',
      count(last, ({ needsReply }) => !needsReply),
      last.length,
    ),
    ...measure('handoffRecall', handedOver.filter(isSeen).length, handedOver.length),
    ...measure('falseHandoff', kept.filter(isSeen).length, kept.length),
    ...measure(
      'wholeReply',
      count(composed, (turn) => turn.composed !== 'failed'),
      composed.length,
    ),
    ...measure(
      'fallback',
      count(composed, (turn) => turn.composed === 'fallback'),
      composed.length,
    ),
  };
}
