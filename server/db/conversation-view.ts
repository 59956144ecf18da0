import { channelOf } from '../channels/registry.ts';
import type { ReplyMode } from '../contract/common.ts';
import type { SharedConversation } from '../contract/conversation.ts';
import type { Draft } from '../contract/draft.ts';
import { agentInControl, standingPolicy } from '../domain/policy.ts';
import { filledIn } from '../domain/route-form.ts';
import type { HandoffForm } from '../domain/route-form.ts';
import type { Sql, Transaction } from './connect.ts';
import { contactColumns, contactFrom } from './contact-facts.ts';
import type { ContactColumns } from './contact-facts.ts';
import { draftFromRow, draftColumns } from './draft-view.ts';
import type { DraftRow } from './draft-view.ts';
import { aliveSince } from './processes.ts';
import { standingOf } from './speakers.ts';

type Nullable<T> = { [K in keyof T]: T[K] | null };

interface ViewRow extends ContactColumns {
  id: string;
  subject: string | null;
  status: SharedConversation['status'];
  channel: SharedConversation['channel'];
  accountId: string;
  identityId: string;
  pausedAt: Date | null;
  pausedReason: string | null;
  pausedBy: PersonJson | null;
  agent: { id: string; name: string; avatarUrl: string | null; active: boolean; replyMode: ReplyMode } | null;
  assignee: PersonJson | null;
  department: { id: string; name: string } | null;
  tags: { name: string; color: number }[] | null;
  participants: PersonJson[] | null;
  priority: SharedConversation['priority'];
  replyModeOverride: ReplyMode | null;
  controllerKind: 'agent' | 'human';
  controllerId: string | null;
  accountActive: boolean;
  handoffAt: Date | null;
  handoffTrigger: string | null;
  handoffReason: string | null;
  handoffBy: unknown;
  handoffForm: HandoffForm | null;
  handoffRoute: { id: string; label: string; kind: string } | null;
  working: { agentId: string; stage: string; skill: string | null; since: string } | null;
  draft: Nullable<DraftRow>;
  requiresAction: boolean;
  requiresReason: string | null;
  inboundCount: number;
  lastInboundSeq: number;
  lastInboundAt: Date | null;
  lastSnippet: string;
  lastAuthor: unknown;
  lastMessageAt: Date | null;
  lastActivityAt: Date;
  waitingSince: Date | null;
  snoozedBy: string | null;
  snoozedUntil: Date | null;
  deliveryFailed: boolean;
  mergedInto: string | null;
  mergeId: string | null;
  createdAt: Date;
  version: number;
}
interface PersonJson {
  id: string;
  name: string;
  email: string | null;
  picture: string | null;
}

const person = (sql: Sql | Transaction, alias: string) =>
  sql`json_build_object('id', ${sql(alias)}.id, 'name', ${sql(alias)}.name, 'email', ${sql(alias)}.email, 'picture', ${sql(alias)}.picture)`;

/**
 * Conversations as all operators see them. What a conversation names none of is asked for nowhere.
 * @param ids in any order; the answer is by id and leaves out what is not there, or is another workspace's
 */
export async function conversationViews(sql: Sql | Transaction, workspaceId: string, ids: readonly string[]): Promise<Map<string, SharedConversation>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<ViewRow[]>`
    select c.id, c.subject, c.status, c.channel, c.account_id, c.identity_id, c.priority, c.reply_mode_override, c.controller_kind, c.controller_id,
      c.handoff_at, c.handoff_trigger, c.handoff_reason, c.handoff_by, c.handoff_form, c.requires_action, c.requires_reason, c.inbound_count, c.last_inbound_seq,
      c.last_inbound_at, c.last_snippet, c.last_author, c.last_message_at, c.last_activity_at, c.waiting_since, c.snoozed_by, c.snoozed_until, c.merged_into, c.created_at, c.version,
      (select g.id from conversation_merge g where g.workspace_id = c.workspace_id and g.into_id = c.id and g.undone_at is null order by g.created_at desc, g.id desc limit 1) as merge_id,
      ${contactColumns(sql)}, ct.ai_paused_at as paused_at, ct.ai_paused_reason as paused_reason,
      (select ${person(sql, 'o')} from operator o where o.workspace_id = c.workspace_id and o.id = ct.ai_paused_by and ct.ai_paused_by is not null) as paused_by,
      a.active as account_active,
      (select json_build_object('id', g.id, 'name', g.name, 'avatarUrl', g.avatar_url, 'active', g.active, 'replyMode', g.reply_mode)
         from agent g where g.workspace_id = c.workspace_id and g.id = c.agent_id) as agent,
      (select ${person(sql, 'o')} from operator o where o.workspace_id = c.workspace_id and o.id = c.assignee_id and c.assignee_id is not null) as assignee,
      (select json_build_object('id', d.id, 'name', d.name) from department d where d.workspace_id = c.workspace_id and d.id = c.department_id and c.department_id is not null) as department,
      (select json_build_object('id', r.id, 'label', r.label, 'kind', r.kind) from route r where r.workspace_id = c.workspace_id and r.id = c.handoff_route_id and c.handoff_route_id is not null) as handoff_route,
      (select json_agg(json_build_object('name', t.name, 'color', t.color) order by lower(t.name)) from conversation_tag ctg
         join tag t on t.workspace_id = ctg.workspace_id and t.id = ctg.tag_id
        where ctg.workspace_id = c.workspace_id and ctg.conversation_id = c.id) as tags,
      (select json_agg(${person(sql, 'o')} order by p.joined_at) from participant p
         join operator o on o.workspace_id = p.workspace_id and o.id = p.operator_id
        where p.workspace_id = c.workspace_id and p.conversation_id = c.id) as participants,
      (select json_build_object('agentId', c.run_agent_id, 'stage', c.run_stage, 'skill', c.run_skill, 'since', c.run_since)
         from process p where p.id = c.run_owner and c.run_stage is not null and p.beat_at > ${aliveSince(sql)}) as working,
      (select not exists (select from message n where n.workspace_id = c.workspace_id and n.conversation_id = c.id and n.direction = 'outbound' and n.seq > m.seq) from message m
        where m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.delivery_status in ('failed', 'bounced', 'unknown') and m.direction = 'outbound'
        order by m.seq desc limit 1) is true as delivery_failed,
      (select to_json(x) from (select ${draftColumns(sql)} from draft d join agent g on g.workspace_id = d.workspace_id and g.id = d.agent_id
        where d.workspace_id = c.workspace_id and d.id = c.draft_id and c.draft_id is not null) x) as draft
    from conversation c
    join contact ct on ct.workspace_id = c.workspace_id and ct.id = c.contact_id
    join channel_account a on a.workspace_id = c.workspace_id and a.id = c.account_id
    where c.workspace_id = ${workspaceId} and c.id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

function fromRow(row: ViewRow): SharedConversation {
  const standing = standingOf(row, { agent: row.agent, account: { active: row.accountActive }, contact: { paused: row.pausedAt !== null } });
  const policy = standingPolicy(standing);
  const inControl = agentInControl(standing);
  return {
    id: row.id,
    subject: row.subject,
    status: row.status,
    channel: row.channel,
    accountId: row.accountId,
    identityId: row.identityId,
    contact: {
      ...contactFrom(row),
      aiPaused: row.pausedAt ? { by: row.pausedBy, at: row.pausedAt.toISOString(), reason: row.pausedReason } : null,
    },
    agent: row.agent ? { id: row.agent.id, name: row.agent.name, avatarUrl: row.agent.avatarUrl } : null,
    assignee: row.assignee,
    department: row.department,
    tags: row.tags ?? [],
    priority: row.priority,
    replyMode: standing.replyMode,
    replyModeOverride: row.replyModeOverride,
    controller: { kind: row.controllerKind, id: row.controllerId },
    handoff: row.handoffAt
      ? {
          route: row.handoffRoute,
          trigger: row.handoffTrigger as NonNullable<SharedConversation['handoff']>['trigger'],
          reason: row.handoffReason,
          by: row.handoffBy as NonNullable<SharedConversation['handoff']>['by'],
          at: row.handoffAt.toISOString(),
          ...filledIn(row.handoffForm),
        }
      : null,
    working: row.working ? { ...row.working, stage: row.working.stage as 'classifying', since: new Date(row.working.since).toISOString() } : null,
    participants: row.participants ?? [],
    draft: row.draft ? draftFromJson(row.draft) : null,
    requiresAction: row.requiresAction,
    requiresReason: row.requiresReason,
    inboundCount: row.inboundCount,
    lastMessage:
      row.lastMessageAt && row.lastAuthor
        ? { snippet: row.lastSnippet, at: row.lastMessageAt.toISOString(), author: row.lastAuthor as SharedConversation['contact'] & { kind: 'contact' } }
        : null,
    lastActivityAt: row.lastActivityAt.toISOString(),
    waitingSince: row.waitingSince?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? (row.snoozedBy ? 'next_message' : null),
    lastInboundSeq: row.lastInboundSeq,
    lastInboundAt: row.lastInboundAt?.toISOString() ?? null,
    replyWindow: windowOf(row),
    deliveryFailed: row.deliveryFailed,
    mergedInto: row.mergedInto,
    mergeId: row.mergeId,
    createdAt: row.createdAt.toISOString(),
    version: row.version,
    may: {
      agentReply: { allowed: policy.verdict === 'send' || policy.verdict === 'stage', reason: policy.reason },
      operatorSend: inControl ? { allowed: false, reason: 'agent_in_control' } : { allowed: true, reason: policy.reason },
    },
  };
}

/** When the provider's time for free answers ends. */
function windowOf({ channel, lastInboundAt }: ViewRow): SharedConversation['replyWindow'] {
  const window = channelOf(channel).replyWindow?.(lastInboundAt, new Date());
  return window ? { closesAt: window.closesAt?.toISOString() ?? null } : null;
}

/** Inside JSON, columns keep their SQL names and times are text. */
function draftFromJson(json: Record<string, unknown>): Draft {
  const row = Object.fromEntries(Object.entries(json).map(([key, value]) => [key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), value]));
  for (const key of ['createdAt', 'settledAt']) if (typeof row[key] === 'string') row[key] = new Date(row[key]);
  return draftFromRow(row as unknown as DraftRow);
}
