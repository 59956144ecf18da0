import { v7 as newId } from 'uuid';
import type { PlaybookFigures, PlaybookStand, SlotValue } from '../contract/playbook.ts';
import { stepsOf } from '../domain/playbook.ts';
import type { Plan } from '../domain/playbook.ts';
import type { OpenPlaybook, PlaybookChange } from '../pipeline/playbook.ts';
import type { Writer } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import type { StoredSkill } from './draft-actions.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';

interface StandRow {
  id: string;
  playbookId: string;
  playbookVersion: number;
  plan: Plan;
  step: number;
  slots: Record<string, SlotValue>;
  asked: Record<string, number>;
  begunAt: Date;
  movedAt: Date;
  endedAt: Date | null;
  endedAs: 'goal' | 'exit' | 'closed' | 'merged' | null;
  endedWhy: string | null;
}

/** The playbook that a conversation is in. */
export async function openPlaybook(sql: Sql | Transaction, workspaceId: string, conversationId: string): Promise<OpenPlaybook | null> {
  const [row] = await sql<
    StandRow[]
  >`select * from playbook_stand where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and ended_at is null`;
  return row
    ? {
        id: row.id,
        playbook: { id: row.playbookId, version: row.playbookVersion },
        plan: row.plan,
        standing: { step: row.step, slots: row.slots, asked: row.asked },
      }
    : null;
}

/**
 * Writes where a playbook stands after a turn, in the transaction of what the turn came to. One that has ended meanwhile
 * stays as it is. The thread says when one ends and the agent goes on.
 */
export async function writePlaybook(held: HeldConversation, change: PlaybookChange, by: ActorRow): Promise<void> {
  const {
    row,
    now,
    unit: { sql, workspaceId },
  } = held;
  const { playbook, plan, standing, ended } = change;
  const state = {
    step: standing.step,
    slots: sql.json(standing.slots),
    asked: sql.json(standing.asked),
    movedAt: now,
    endedAt: ended ? now : null,
    endedAs: ended?.as ?? null,
    endedWhy: ended?.why ?? null,
  };
  if (change.id === null) {
    // A playbook that was deleted meanwhile is not begun.
    const [there] = await sql`select from playbook where workspace_id = ${workspaceId} and id = ${playbook.id}`;
    if (!there) return;
    await sql`insert into playbook_stand ${sql({
      workspaceId,
      id: newId(),
      conversationId: row.id,
      playbookId: playbook.id,
      playbookVersion: playbook.version,
      plan: sql.json(plan as never),
      ...state,
      furthest: standing.step,
      begunAt: now,
    })} on conflict do nothing`;
  } else {
    await sql`update playbook_stand set ${sql(state)}, furthest = greatest(furthest, ${standing.step}) where workspace_id = ${workspaceId} and id = ${change.id} and ended_at is null`;
  }
  if (ended && row.handoffAt === null && row.status === 'open') {
    const code = ended.as === 'goal' ? 'playbook_goal' : 'playbook_exit';
    await held.addLine({
      code,
      text: ended.as === 'goal' ? `“${plan.name}” reached its goal` : `“${plan.name}” came to an exit`,
      reason: ended.why,
      by,
      data: { playbook: plan.name, why: ended.code },
    });
  }
}

/** Playbooks of conversations that somebody closed. */
const CLOSED: Writer<{ conversationId: string; at: Date }> = {
  async write({ sql, workspaceId }, rows) {
    await sql`
      update playbook_stand s set ended_at = c.at, ended_as = 'closed', moved_at = c.at from unnest(${rows.map(({ conversationId }) => conversationId)}::uuid[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[]) c (id, at)
      where s.workspace_id = ${workspaceId} and s.conversation_id = c.id and s.ended_at is null`;
  },
};

/** Somebody closed the conversation: what it was about is over. */
export const endPlaybook = ({ row, now, unit }: HeldConversation): Promise<void> => unit.write(CLOSED, { conversationId: row.id, at: now });

/** What a merge did with playbooks, so that it can be taken back. */
export interface MovedPlaybooks {
  moved: string[];
  /** The one of two open ones that gave way. */
  ended: string | null;
  /** The one that goes on, whose it is, and where it stood. */
  kept?: { id: string; side: 'from' | 'into'; stood: object };
}

/** Two conversations become one: of two open playbooks the one that moved last goes on, the other ends. */
export async function movePlaybooks({ row, now, unit: { sql, workspaceId } }: HeldConversation, fromId: string): Promise<MovedPlaybooks> {
  const [kept, gave] = await sql<{ id: string; conversationId: string; stood: object }[]>`
    select id, conversation_id, to_jsonb(s) as stood from playbook_stand s
    where workspace_id = ${workspaceId} and conversation_id = any(${[fromId, row.id]}::uuid[]) and ended_at is null order by moved_at desc, id desc`;
  if (gave) await sql`update playbook_stand set ended_at = ${now}, ended_as = 'merged' where workspace_id = ${workspaceId} and id = ${gave.id}`;
  const moved = await sql<
    { id: string }[]
  >`update playbook_stand set conversation_id = ${row.id} where workspace_id = ${workspaceId} and conversation_id = ${fromId} returning id`;
  return {
    moved: moved.map(({ id }) => id),
    ended: gave?.id ?? null,
    ...(kept && { kept: { id: kept.id, side: kept.conversationId === fromId ? 'from' : 'into', stood: kept.stood } }),
  };
}

/**
 * A merge is taken back: what came along goes back, and what gave way goes on where nothing else stands there. The one that
 * went on stands again where it stood, unless its own customer wrote since: what the other one wrote moved it, and leaves it.
 * @param wrote whether the customer of a side wrote since the merge
 */
export async function partPlaybooks(
  { unit: { sql, workspaceId } }: HeldConversation,
  fromId: string,
  { moved, ended, kept }: MovedPlaybooks,
  wrote: (side: 'from' | 'into') => boolean,
): Promise<void> {
  await sql`update playbook_stand set conversation_id = ${fromId} where workspace_id = ${workspaceId} and id = any(${moved}::uuid[])`;
  const alone = sql`not exists (select from playbook_stand o where o.workspace_id = s.workspace_id and o.conversation_id = s.conversation_id and o.ended_at is null and o.id <> s.id)`;
  if (kept && !wrote(kept.side)) {
    await sql`
      update playbook_stand s set step = b.step, furthest = b.furthest, slots = b.slots, asked = b.asked, moved_at = b.moved_at, ended_at = null, ended_as = null, ended_why = null
      from jsonb_populate_record(null::playbook_stand, ${sql.json(kept.stood as never)}) b
      where s.workspace_id = ${workspaceId} and s.id = ${kept.id} and s.ended_as is distinct from 'closed' and ${alone}`;
  }
  if (ended)
    await sql`update playbook_stand s set ended_at = null, ended_as = null where workspace_id = ${workspaceId} and id = ${ended} and ended_as = 'merged' and ${alone}`;
}

/** Where the playbook of a conversation stands, or how the last one ended. */
export async function playbookStand(sql: Sql | Transaction, workspaceId: string, conversationId: string): Promise<PlaybookStand | null> {
  const [row] = await sql<(StandRow & { held: boolean })[]>`
    select s.*, c.controller_kind = 'human' or c.handoff_at is not null as held from playbook_stand s join conversation c on c.workspace_id = s.workspace_id and c.id = s.conversation_id
    where s.workspace_id = ${workspaceId} and s.conversation_id = ${conversationId} order by s.ended_at is null desc, s.begun_at desc, s.id desc limit 1`;
  if (!row) return null;
  const { plan } = row;
  const steps = stepsOf(plan);
  return {
    playbookId: row.playbookId,
    playbookVersion: row.playbookVersion,
    name: plan.name,
    goal: plan.goal,
    step: Math.min(row.step + 1, steps.length),
    steps: steps.map(({ text }) => ({ text })),
    slots: plan.slots.map(({ name, type, required }) => ({ name, type, required, value: row.slots[name] ?? null })),
    held: row.endedAt === null && row.held,
    begunAt: row.begunAt.toISOString(),
    movedAt: row.movedAt.toISOString(),
    ended: row.endedAt && row.endedAs ? { as: row.endedAs, at: row.endedAt.toISOString(), why: row.endedWhy } : null,
  };
}

/** How far the conversations that began a playbook lately came in it; null where there is no such playbook. */
export async function playbookFigures(sql: Sql | Transaction, workspaceId: string, id: string, days: number): Promise<PlaybookFigures | null> {
  const [playbook] = await sql<{ steps: number }[]>`select jsonb_array_length(steps) as steps from playbook where workspace_id = ${workspaceId} and id = ${id}`;
  if (!playbook) return null;
  const rows = await sql<{ furthest: number; goal: boolean; n: number }[]>`
    select furthest, ended_as is not distinct from 'goal' as goal, count(*)::int as n from playbook_stand
    where workspace_id = ${workspaceId} and playbook_id = ${id} and begun_at > clock_timestamp() - make_interval(days => ${days}) group by 1, 2`;
  const count = (counts: (row: (typeof rows)[number]) => boolean): number => rows.filter(counts).reduce((sum, { n }) => sum + n, 0);
  return {
    days,
    begun: count(() => true),
    goal: count(({ goal }) => goal),
    reached: Array.from({ length: Math.max(1, playbook.steps) }, (_, step) => count(({ furthest, goal }) => goal || furthest >= step)),
  };
}

/** What a test of a playbook stands on. */
export interface TestGround {
  workspace: { name: string; allowedHosts: string[] };
  agent: { name: string; instructions: string; languages: string[] };
  intents: { name: string; description: string; label: string; examples: string[] }[];
  routes: { id: string; label: string }[];
  skills: StoredSkill[];
}

/** @param agentId whose playbook it is; null: the first agent there is */
export async function testGround(sql: Sql | Transaction, workspaceId: string, agentId: string | null): Promise<TestGround> {
  const here = sql`workspace_id = ${workspaceId}`;
  const [[workspace], [agent]] = await Promise.all([
    sql<TestGround['workspace'][]>`select name, allowed_hosts from workspace where id = ${workspaceId}`,
    sql<
      (TestGround['agent'] & { id: string })[]
    >`select id, name, instructions, languages from agent where ${here} ${agentId ? sql`and id = ${agentId}` : sql``} order by active desc, id limit 1`,
  ]);
  const [intents, routes, skills] = await Promise.all([
    sql<TestGround['intents']>`select name, label, description, examples from intent where ${here} order by position, name`,
    sql<TestGround['routes']>`select id, label from route where ${here} and active order by position, created_at limit 10`,
    sql<TestGround['skills']>`select * from skill where ${here} and active and (agent_ids = '{}' or ${agent?.id ?? null}::uuid = any(agent_ids)) order by name`,
  ]);
  return {
    workspace: workspace ?? { name: '', allowedHosts: [] },
    agent: agent ?? { name: 'Agent', instructions: '', languages: [] },
    intents: [...intents],
    routes: [...routes],
    skills: [...skills],
  };
}
