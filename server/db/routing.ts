/** Sending new conversations where the rules say. */
import type { Channel, Priority } from '../contract/common.ts';
import type { SettingKind } from '../contract/endpoints-settings.ts';
import type { Intent } from '../contract/settings.ts';
import type { AgentState } from '../domain/control.ts';
import { raisePriority, routeBy } from '../domain/routing.ts';
import type { Routed, Rule } from '../domain/routing.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { execute, handOff } from './control.ts';
import { SYSTEM } from './conversation.ts';
import type { HeldConversation } from './conversation.ts';
import { notify } from './notification.ts';
import { takeTurn } from './routing-turn.ts';
import { holdWithSpeakers } from './speakers.ts';
import type { Speakers } from './speakers.ts';
import { tagConversation } from './tags.ts';
import { departmentExists } from './takeovers.ts';

/** What is known of the first messages of a conversation. `intent` is undefined while the classifier has not spoken. */
export interface Incoming {
  intent: string | null | undefined;
  urgency: Priority;
  /** The word of alarm in them, if there is one. */
  alarm: string | null;
  language: string | null;
  texts: readonly string[];
}

/** Rules that are in force, in their order. */
export const rulesOf = (sql: Sql | Transaction, workspaceId: string) =>
  sql<Rule[]>`select id, name, conditions, actions from routing_rule where workspace_id = ${workspaceId} and active order by position, created_at, id`;

/** What a conversation that nobody has answered yet is routed by; null where it is not a new one any more. */
export async function firstWords(sql: Sql, workspaceId: string, conversationId: string) {
  const [row] = await sql<{ channel: Channel; name: string; language: string | null; texts: string[] | null; intents: Intent[] | null }[]>`
    select c.channel, ct.name, ct.language,
      (select json_agg(m.text order by m.seq) from (select text, seq from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'inbound' order by seq limit 30) m) as texts,
      (select json_agg(json_build_object('name', i.name, 'label', i.label, 'description', i.description, 'examples', i.examples) order by i.position, i.name) from intent i where i.workspace_id = c.workspace_id) as intents
    from conversation c join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    where c.workspace_id = ${workspaceId} and c.id = ${conversationId} and c.merged_into is null and c.answered_id is null
      and not exists (select from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'outbound')`;
  return row?.texts ? { channel: row.channel, contact: { name: row.name, language: row.language }, texts: row.texts, intents: row.intents ?? [] } : null;
}

/** Raises the priority of a conversation for what its customer wrote, and says why. */
export async function raiseFor(held: HeldConversation, { urgency, alarm }: Pick<Incoming, 'urgency' | 'alarm'>): Promise<void> {
  const raised = raisePriority(held.row.priority as Priority, urgency);
  if (raised === held.row.priority || (urgency !== 'urgent' && urgency !== 'high')) return;
  held.row.priority = raised;
  await held.addLine({
    code: 'priority_raised',
    text: `The priority is ${raised}`,
    reason: urgency === 'urgent' && alarm ? `“${alarm}”` : null,
    data: { priority: raised },
  });
}

/**
 * Routes a new conversation, or goes on with it once its intent is known: what was decided before stays.
 * @param owner the process whose run this is part of: nothing is done where it has lost its slot
 * @returns false where the run has lost its slot, or loses it by what a rule has decided
 */
export async function routeIncoming(db: Db, workspaceId: string, conversationId: string, incoming: Incoming, owner: string | null): Promise<boolean> {
  const rules = await rulesOf(db.sql, workspaceId);
  if (rules.length === 0) return true;
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    // Agents come first in the order of locks.
    const named = [...new Set(rules.flatMap(({ actions }) => actions.agentId ?? []))];
    const agents =
      named.length > 0
        ? await sql<
            (AgentState & { name: string })[]
          >`select id, name, active, reply_mode from agent where workspace_id = ${workspaceId} and id = any(${named}::uuid[]) order by id for share`
        : [];
    const found = await holdWithSpeakers(unit, conversationId);
    if (!found || (owner !== null && found.held.row.runOwner !== owner)) return false;
    const { held, speakers } = found;
    const [before] = await sql<{ rules: string[]; fields: string[]; settled: boolean }[]>`
      select rules, fields, settled from routing_decision where workspace_id = ${workspaceId} and conversation_id = ${conversationId}`;
    if (before?.settled) return true;
    if (owner === null) await raiseFor(held, incoming);
    const { row } = held;
    const routed = routeBy(
      rules,
      { channel: row.channel, intent: incoming.intent, priority: row.priority as Priority, language: incoming.language, texts: incoming.texts },
      before,
    );
    await sql`
      insert into routing_decision ${sql({ workspaceId, conversationId, rules: [...(before?.rules ?? []), ...routed.by.map(({ id }) => id)], fields: [...(before?.fields ?? []), ...routed.fields], settled: routed.settled })}
      on conflict (workspace_id, conversation_id) do update set rules = excluded.rules, fields = excluded.fields, settled = excluded.settled`;
    if (routed.fields.length > 0 || routed.by.length > 0) await apply(held, speakers, routed, agents);
    await held.save();
    return owner === null || held.row.runOwner === owner;
  });
}

/** Does what the rules say, and writes one line that says so, with their names. */
async function apply(held: HeldConversation, speakers: Speakers, routed: Routed, agents: readonly (AgentState & { name: string })[]): Promise<void> {
  const { row, unit } = held;
  const names = routed.by.map(({ name }) => name).join(', ');
  const taken = row.controllerKind === 'human' && row.controllerId !== null;
  if (routed.priority) row.priority = raisePriority(row.priority as Priority, routed.priority);
  if (routed.departmentId && (await departmentExists(unit, routed.departmentId)))
    await execute(held, { type: 'set_department', departmentId: routed.departmentId }, SYSTEM);
  for (const tag of routed.tags) await tagConversation(held, tag);
  const person = row.assigneeId === null ? await personFor(held, routed) : null;
  if (person) {
    // The agent stays in control: an assignee is whom the conversation belongs to, not who has the word.
    await execute(held, { type: 'set_assignee', operatorId: person.id }, SYSTEM);
    await notify(unit, [person.id], { kind: 'assignment', conversationId: row.id, text: speakers.contact.name, data: { rule: names } });
  }
  const agent = agents.find(({ id, active }) => id === routed.agentId && active);
  const department = row.departmentId ? await nameOf(unit, row.departmentId) : null;
  await held.addLine({
    code: 'routed',
    text: ['Routed', department && `to ${department}`, person && `to ${person.name}`].filter(Boolean).join(' '),
    reason: names || null,
    data: {
      rules: routed.by.map(({ name }) => name),
      department: routed.departmentId ? department : null,
      assignee: person?.name ?? null,
      how: person ? (routed.assign ?? 'named') : null,
      nobody: routed.assign !== undefined && person === null && row.assigneeId === null,
      agent: agent?.name ?? null,
    },
  });
  if (agent) await execute(held, { type: 'set_agent', agent }, SYSTEM);
  // Whom somebody answers already, nobody has to be found for.
  if (routed.handOff && !taken)
    await handOff(held, speakers.contact, { trigger: 'automation', reason: names || null, routeId: null, departmentId: null, by: SYSTEM, dropDraft: true });
}

/** The operator whom the rule names, if active, or the next of those who are there. */
async function personFor({ row, unit }: HeldConversation, { assigneeId, assign }: Routed): Promise<{ id: string; name: string } | null> {
  if (assign) return takeTurn(unit, row.departmentId, assign);
  if (!assigneeId) return null;
  const [named] = await unit.sql<
    { id: string; name: string }[]
  >`select id, name from operator where workspace_id = ${unit.workspaceId} and id = ${assigneeId} and active for share`;
  return named ?? null;
}

async function nameOf({ sql, workspaceId }: Change, departmentId: string): Promise<string | null> {
  const [department] = await sql<{ name: string }[]>`select name from department where workspace_id = ${workspaceId} and id = ${departmentId}`;
  return department?.name ?? null;
}

/** Puts settings of a kind in this order; those that are not named come behind, in theirs. */
export async function orderSettings(unit: Change, { kind, table }: { kind: SettingKind; table: string }, ids: readonly string[]): Promise<void> {
  const { sql, workspaceId } = unit;
  const moved = await sql`
    with wanted as (
      select r.id, (row_number() over (order by o.place nulls last, r.position, r.created_at, r.id))::int - 1 as position
      from ${sql(table)} r left join unnest(${ids as string[]}::uuid[]) with ordinality o(id, place) on o.id = r.id where r.workspace_id = ${workspaceId})
    update ${sql(table)} r set position = w.position, version = r.version + 1 from wanted w where r.workspace_id = ${workspaceId} and r.id = w.id and r.position <> w.position returning r.id`;
  if (moved.length > 0) unit.emit({ kind: 'settings', audience: 'team', data: { kind, id: null } });
}

/** What a message is to be tried with: the intents of the workspace. */
export const intentsOf = (sql: Sql | Transaction, workspaceId: string) =>
  sql<
    Pick<Intent, 'name' | 'label' | 'description' | 'examples'>[]
  >`select name, label, description, examples from intent where workspace_id = ${workspaceId} order by position, name`;

/** Names of what rules refer to, by id. */
export async function namesOf(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = sql`workspace_id = ${workspaceId} and id = any(${ids as string[]}::uuid[])`;
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from department where ${wanted} union all select id, name from agent where ${wanted} and active union all select id, name from operator where ${wanted} and active`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
