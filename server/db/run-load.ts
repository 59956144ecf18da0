import type { Channel, Priority } from '../contract/common.ts';
import type { Agent, GuidanceCard, Intent, Playbook, Skill } from '../contract/settings.ts';
import type { TriggerRule } from '../domain/triggers.ts';
import type { OpenPlaybook } from '../pipeline/playbook.ts';
import type { Sql } from './connect.ts';
import { contactColumns, contactFrom } from './contact-facts.ts';
import type { ContactColumns, ContactFacts } from './contact-facts.ts';
import type { RunFence } from './message.ts';
import { openPlaybook } from './playbooks.ts';
import { standingOf } from './speakers.ts';
import { triggersOf } from './triggers.ts';

/** A turn of an agent in one conversation: what it saw when it took its slot, and the counters of that moment. */
export interface Run {
  workspaceId: string;
  conversationId: string;
  identityId: string;
  channel: Channel;
  counters: RunFence;
  lastInboundId: string;
  boundarySeq: number;
  fallbackCount: number;
  priority: Priority;
  departmentId: string | null;
  first: boolean;
  handedOff: boolean;
  routeChosen: boolean;
  neverAnswered: string | null;
  /** The customer asked for no more messages on this handle. */
  optedOut: boolean;
  /** Name of whoever wants an answer to these messages, whatever the classifier says. */
  wantedBy: string | null;
  startedAt: Date;
  /** Of the newest of them, for what the run is traced under. */
  trace: string | null;
  restarts: number;
  /** The message up to which all is settled, or the conversation where nothing is: the same however often the run starts over. */
  turn: string;
  /** It has done something that stays done: from then on it goes on for what it saw. */
  acted: boolean;
  /** Nobody can say whether something was done: a person has to look. */
  doubt: boolean;
  /** The customer's id in the host's system. */
  customerId: string | null;
  workspace: { name: string; allowedHosts: string[] };
  account: { active: boolean };
  agent: Agent | null;
  standing: {
    replyMode: Agent['replyMode'];
    controller: 'agent' | 'human';
    handedOff: boolean;
    contactPaused: boolean;
    agentActive: boolean;
    accountActive: boolean;
    status: 'open' | 'closed' | 'archived';
  };
  contact: ContactFacts & { attributes: Record<string, unknown>; identified: boolean };
  tags: string[];
  /** Inbound messages that nothing has settled yet, oldest first. */
  burst: { id: string; seq: number; text: string }[];
  /** What was said before them, oldest first. */
  history: { author: 'contact' | 'agent' | 'operator' | 'system'; name: string; text: string }[];
  cards: GuidanceCard[];
  intents: Intent[];
  triggers: TriggerRule[];
  routes: { id: string; label: string; kind: string; departmentId: string | null }[];
  playbooks: Playbook[];
  /** The one that it is in. */
  playbook: OpenPlaybook | null;
  skills: Skill[];
}

/**
 * Reads all that a run sees; null where nothing waits for an answer.
 * @param claim what stood when the slot was taken: whoever took the slot since has taken that out of the row
 */
export async function loadRun(sql: Sql, workspaceId: string, id: string, { counters, startedAt }: Pick<Run, 'counters' | 'startedAt'>): Promise<Run | null> {
  const here = sql`workspace_id = ${workspaceId}`;
  const [[row], agents, cards, intents, triggers, routes, playbooks, skills, playbook] = await Promise.all([
    sql<
      (ContactColumns & {
        channel: Channel;
        identityId: string;
        lastInboundId: string | null;
        boundarySeq: number;
        fallbackCount: number;
        priority: Priority;
        departmentId: string | null;
        agentId: string | null;
        handoffAt: Date | null;
        handoffRouteId: string | null;
        runRestarts: number;
        status: 'open';
        controllerKind: 'agent' | 'human';
        replyModeOverride: Agent['replyMode'] | null;
        contactAttributes: Record<string, unknown>;
        contactPaused: boolean;
        customerId: string | null;
        answeredId: string | null;
        accountActive: boolean;
        workspaceName: string;
        allowedHosts: string[];
        tags: string[] | null;
        answeredSeq: number;
        outbound: boolean;
        trace: string | null;
        neverAnswered: string | null;
        optedOut: boolean;
      })[]
    >`
      select c.channel, c.identity_id, c.last_inbound_id, c.fallback_count, c.priority, c.department_id, c.agent_id, c.handoff_at, c.handoff_route_id, c.run_restarts, c.trace, c.status,
        c.controller_kind, c.reply_mode_override, ${contactColumns(sql)}, ct.attributes as contact_attributes,
        ct.ai_paused_at is not null as contact_paused, ct.external_id as customer_id, c.answered_id, a.active as account_active, w.name as workspace_name, w.allowed_hosts,
        (select json_agg(t.name) from conversation_tag x join tag t on t.workspace_id = x.workspace_id and t.id = x.tag_id
          where x.workspace_id = c.workspace_id and x.conversation_id = c.id) as tags,
        coalesce((select m.seq from message m where m.workspace_id = c.workspace_id and m.id = c.answered_id), 0) as answered_seq,
        coalesce((select m.seq from message m where m.workspace_id = c.workspace_id and m.id = c.boundary_id), 0) as boundary_seq,
        exists (select from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'outbound') as outbound,
        (select m.data ->> 'neverAnswered' from message m where m.workspace_id = c.workspace_id and m.id = c.last_inbound_id) as never_answered,
        exists (select from identity i where i.workspace_id = c.workspace_id and i.id = c.identity_id and i.opted_out_at is not null) as opted_out
      from conversation c join workspace w on w.id = c.workspace_id
      join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
      join channel_account a on a.workspace_id = c.workspace_id and a.id = c.account_id
      where c.workspace_id = ${workspaceId} and c.id = ${id}`,
    sql<
      Agent[]
    >`select g.* from agent g join conversation c on c.workspace_id = g.workspace_id and c.agent_id = g.id where c.workspace_id = ${workspaceId} and c.id = ${id}`,
    sql<GuidanceCard[]>`select * from guidance_card where ${here} and active order by position, created_at`,
    sql<Intent[]>`select * from intent where ${here} order by position, name`,
    triggersOf(sql, workspaceId),
    sql<Run['routes']>`select id, label, kind, department_id from route where ${here} and active order by position, created_at limit 10`,
    sql<Playbook[]>`select * from playbook where ${here} and active order by position, created_at`,
    sql<Skill[]>`select * from skill where ${here} and active order by name`,
    openPlaybook(sql, workspaceId, id),
  ]);
  if (!row?.lastInboundId) return null;
  const burst = await sql<Run['burst']>`
    select * from (select id, seq, text from message where ${here} and conversation_id = ${id} and direction = 'inbound' and seq > ${row.answeredSeq} order by seq desc limit 30) x order by seq`;
  if (burst.length === 0) return null;
  const [wanted] = await sql<{ name: string }[]>`
    select o.name from classifier_correction k join operator o on o.workspace_id = k.workspace_id and o.id = k.operator_id
    where k.workspace_id = ${workspaceId} and k.kind = 'reply_anyway' and k.message_id = any(${burst.map((message) => message.id)}::uuid[]) order by k.at desc limit 1`;
  const history = await sql<Run['history']>`
    select author, name, text from (select seq, author_kind as author, author_name as name, text from message
      where ${here} and conversation_id = ${id} and seq < ${burst[0]!.seq} and coalesce(delivery_status, '') not in ('recalled', 'failed', 'bounced') order by seq desc limit 30) x order by seq`;
  const agent = agents[0] ?? null;
  return {
    workspaceId,
    conversationId: id,
    identityId: row.identityId,
    channel: row.channel,
    counters,
    lastInboundId: burst.at(-1)!.id,
    boundarySeq: row.boundarySeq,
    fallbackCount: row.fallbackCount,
    priority: row.priority,
    departmentId: row.departmentId,
    first: row.answeredSeq === 0 && !row.outbound,
    handedOff: row.handoffAt !== null,
    routeChosen: row.handoffRouteId !== null,
    neverAnswered: row.neverAnswered,
    optedOut: row.optedOut,
    wantedBy: wanted?.name ?? null,
    startedAt,
    trace: row.trace,
    restarts: row.runRestarts,
    turn: row.answeredId ?? id,
    acted: false,
    doubt: false,
    customerId: row.customerId,
    workspace: { name: row.workspaceName, allowedHosts: row.allowedHosts },
    account: { active: row.accountActive },
    agent,
    standing: standingOf(row, { agent, account: { active: row.accountActive }, contact: { paused: row.contactPaused } }),
    contact: {
      ...contactFrom(row),
      attributes: row.contactAttributes,
      identified: row.customerId !== null,
    },
    tags: row.tags ?? [],
    burst: [...burst],
    history: [...history],
    cards: [...cards],
    intents: [...intents],
    triggers: [...triggers],
    routes: [...routes],
    playbooks: [...playbooks],
    playbook,
    skills: [...skills],
  };
}
