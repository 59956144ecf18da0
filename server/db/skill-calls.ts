/** Calls that change something: each stands in the thread before or with what it does, under a key, and is made once. */
import type { SkillResult } from '../skills/skill.ts';
import { change } from './change.ts';
import type { Db } from './change.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { beats } from './processes.ts';
import type { Run } from './run-load.ts';
import { holdRun } from './runs.ts';
import type { Signals } from './signals.ts';

interface CallToMake {
  /** The same for the same call in the same turn, however often the run starts over. */
  key: string;
  skill: string;
  /** Free of secrets. */
  args: unknown;
}

/** What a call came to, as its line in the thread keeps it. */
export interface CallRecord {
  args: unknown;
  result: unknown;
  /** In a few words. */
  summary: string;
  /** Milliseconds. */
  ms: number;
  ok: boolean;
  /** `running` until it is known, `unknown` where it will never be. Absent where it is known. */
  outcome?: 'running' | 'unknown';
}

interface LineRow {
  text: string;
  data: Omit<CallRecord, 'summary'>;
}

/** Who calls: a run as long as it has its slot, or a person who approves a draft as long as it waits. */
export interface Word {
  workspaceId: string;
  by: ActorRow;
  /** The conversation under lock; null where whoever calls has not, or no longer, the word. */
  hold<T>(work: (held: HeldConversation) => Promise<T>): Promise<T | null>;
}

export const wordOf = (db: Db, run: Run): Word => ({
  workspaceId: run.workspaceId,
  by: { kind: 'agent', id: run.agent!.id, name: run.agent!.name },
  hold: (work) => holdRun(db, run, work),
});

async function madeBefore({ unit: { sql, workspaceId } }: HeldConversation, key: string): Promise<CallRecord | null> {
  const [line] = await sql<LineRow[]>`select text, data from line where workspace_id = ${workspaceId} and call_key = ${key}`;
  return line ? { ...line.data, summary: line.text } : null;
}

async function addCall(
  held: HeldConversation,
  by: ActorRow,
  { key, skill }: CallToMake,
  { summary, ...data }: CallRecord,
  owner: string | null,
): Promise<string> {
  const id = await held.addLine({ kind: 'skill', code: skill, text: summary, by, data: { ...data } });
  await held.unit.sql`update line set call_key = ${key}, call_owner = ${owner} where workspace_id = ${held.unit.workspaceId} and id = ${id}`;
  return id;
}

/**
 * Does something to the conversation that is held, once: with its line, in one transaction.
 * @returns what it came to, now or before
 */
export async function callHeld(held: HeldConversation, by: ActorRow, call: CallToMake, work: () => Promise<SkillResult>): Promise<CallRecord> {
  const before = await madeBefore(held, call.key);
  if (before) return before;
  const begun = performance.now();
  const { result, summary } = await work();
  const record: CallRecord = { args: call.args, result, summary, ms: Math.round(performance.now() - begun), ok: true };
  await addCall(held, by, call, record, null);
  return record;
}

/**
 * The same under the fence of whoever calls.
 * @returns what it came to, now or at an earlier attempt of this turn; null where the word was lost, and nothing was done
 */
export async function callWithin(
  { by, hold }: Word,
  call: CallToMake,
  work: (held: HeldConversation, by: ActorRow) => Promise<SkillResult>,
): Promise<CallRecord | null> {
  return hold(async (held) => {
    const record = await callHeld(held, by, call, () => work(held, by));
    await held.save();
    return record;
  });
}

/** Calls to the outside that this process is at. */
const underWay = new WeakMap<Signals, Set<string>>();

function ofProcess({ signals }: Db): Set<string> {
  const own = underWay.get(signals) ?? new Set<string>();
  underWay.set(signals, own);
  return own;
}

/**
 * Makes a call to the outside, once. Under the fence its line is written first; then it is made; then what it came to is
 * written, also where the word was lost meanwhile. Where nobody can write that any more, it stays unknown.
 * @returns what it came to, now or at an earlier attempt of this turn; null where the word was lost, and nothing was called
 */
export async function callOutside(
  db: Db,
  { workspaceId, by, hold }: Word,
  call: CallToMake,
  make: () => Promise<Omit<CallRecord, 'args' | 'ms'>>,
): Promise<CallRecord | null> {
  const own = ofProcess(db);
  const claimed = await hold(async (held): Promise<{ before: CallRecord } | { lineId: string }> => {
    const before = await madeBefore(held, call.key);
    if (before) return { before };
    const lineId = await addCall(held, by, call, { args: call.args, result: null, summary: '', ms: 0, ok: true, outcome: 'running' }, db.signals.processId);
    own.add(lineId);
    await held.save();
    return { lineId };
  });
  if (!claimed || 'before' in claimed) return claimed?.before ?? null;
  const { lineId } = claimed;
  try {
    const begun = performance.now();
    const made = await make();
    const record: CallRecord = { ...made, args: call.args, ms: Math.round(performance.now() - begun) };
    await settle(db, workspaceId, lineId, record);
    return record;
  } finally {
    own.delete(lineId);
  }
}

/** Somebody has to find out what came of it. */
export function needsPerson({ row }: HeldConversation): void {
  row.requiresAction = true;
  row.requiresReason ??= 'skill_unknown';
}

/** What was done already for the messages that a run is about, before it was interrupted; oldest first. */
export async function madeInTurn(
  { sql }: Db,
  { workspaceId, conversationId, turn }: Run,
): Promise<{ skill: string; args: unknown; result: unknown; outcome: string | null }[]> {
  const rows = await sql<{ skill: string; args: unknown; result: unknown; outcome: string | null }[]>`
    select code as skill, data -> 'args' as args, data -> 'result' as result, data ->> 'outcome' as outcome from line
    where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and call_key is not null
      and seq > coalesce((select seq from message where workspace_id = ${workspaceId} and id = ${turn}), 0) order by seq limit 20`;
  return [...rows];
}

/**
 * Writes what a call came to on its line, wherever that is by now. Whoever made it knows: that stands also where it was given
 * up as unknown meanwhile, since its process was silent for a while.
 */
async function settle(
  db: Db,
  workspaceId: string,
  lineId: string,
  { summary, ...data }: CallRecord | { summary: string; outcome: 'unknown'; ok: false },
): Promise<void> {
  const isOpen = 'outcome' in data ? db.sql`call_owner is not null` : db.sql`(call_owner is not null or data ->> 'outcome' = 'unknown')`;
  await change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    for (;;) {
      const [line] = await sql<
        { conversationId: string }[]
      >`select conversation_id from line where workspace_id = ${workspaceId} and id = ${lineId} and ${isOpen}`;
      const held = line && (await holdConversation(unit, line.conversationId));
      if (!line) return;
      const rows =
        held &&
        (await sql`
        update line set text = ${summary}, data = (data - 'outcome') || ${sql.json(data as never)}, call_owner = null
        where workspace_id = ${workspaceId} and id = ${lineId} and conversation_id = ${line.conversationId} and ${isOpen} returning id`);
      // Merged between the look and the lock: it is looked for again.
      if (!held || !rows || rows.length === 0) continue;
      held.itemChanged(lineId);
      if ('outcome' in data) needsPerson(held);
      await held.save();
      return;
    }
  });
}

/** Calls whose process was killed, or lost its database, while it was at them: nobody can say what came of them. */
export async function settleLeftCalls(db: Db): Promise<void> {
  const left = await db.sql<{ workspaceId: string; id: string }[]>`
    select workspace_id, id from line where call_owner is not null and (
      not ${beats(db.sql, 'call_owner')}
      or (call_owner = ${db.signals.processId} and not (id = any(${[...ofProcess(db)]}::uuid[])))) limit 100`;
  for (const { workspaceId, id } of left) await settle(db, workspaceId, id, { summary: 'nobody knows whether it was done', outcome: 'unknown', ok: false });
}
