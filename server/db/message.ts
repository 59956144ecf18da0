import { v7 as newId } from 'uuid';
import type { Channel } from '../contract/common.ts';
import type { Because, Recipient, TemplateChoice } from '../contract/message.ts';
import type { RouteField } from '../contract/settings.ts';
import type { Original } from '../contract/translate.ts';
import { currentTrace } from '../tracing.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';

/** The counters under which an agent wrote a message; delivery compares them before it claims one. */
export interface RunFence {
  conversation: number;
  contact: number;
  agent: number;
  account: number;
}

/** A route as a message offers it. */
export interface OfferedRoute {
  id: string;
  label: string;
  kind: string;
  hint: string;
  /** When nobody is there: when somebody will be. */
  note?: string;
  /** What it asks for, in the customer's language. */
  fields?: { name: string; kind: RouteField['kind']; label: string; required: boolean }[];
}

interface Outbound {
  author: ActorRow;
  /** Who sends it: the person who approved an agent's draft, not the agent. */
  sentBy: { kind: ActorRow['kind']; id: string | null };
  text: string;
  html?: string | null;
  subject?: string | null;
  aiGenerated: boolean;
  approvedBy?: string | null;
  editedBy?: string | null;
  draftId?: string | null;
  routes?: OfferedRoute[] | null;
  chosenRouteId?: string | null;
  because?: Because | null;
  /** Of what an agent sends by itself. */
  runFence?: RunFence | null;
  /** Of a mail: who gets a copy. */
  cc?: Recipient[] | null;
  bcc?: Recipient[] | null;
  /** Of a text that the provider has approved: which, and its parameters. */
  template?: TemplateChoice | undefined;
  /** Of a translation: what was written. */
  original?: Original | undefined;
  /** Another handle of the contact than the one that the conversation speaks to. */
  to?: { identityId: string; accountId: string; channel: Channel };
}

/**
 * Queues a message to the customer. The recipient is frozen here; the wake-up for its delivery commits with it.
 * @returns its id
 */
export async function insertOutbound(held: HeldConversation, message: Outbound): Promise<string> {
  const id = newId();
  const { row, unit } = held;
  const { sql, workspaceId } = unit;
  const { because, template, original } = message;
  const to = message.to ?? { identityId: row.identityId, accountId: row.accountId, channel: row.channel };
  await sql`insert into message ${sql({
    workspaceId,
    id,
    conversationId: row.id,
    agentId: row.agentId,
    seq: held.nextSeq(),
    direction: 'outbound',
    kind: 'message',
    authorKind: message.author.kind,
    authorId: message.author.id,
    authorName: message.author.name,
    channel: to.channel,
    accountId: to.accountId,
    identityId: to.identityId,
    subject: message.subject ?? null,
    text: message.text,
    html: message.html ?? null,
    cc: message.cc?.length ? sql.json(message.cc) : null,
    bcc: message.bcc?.length ? sql.json(message.bcc) : null,
    aiGenerated: message.aiGenerated,
    sentBy: sql.json(message.sentBy),
    approvedBy: message.approvedBy ?? null,
    editedBy: message.editedBy ?? null,
    draftId: message.draftId ?? null,
    routes: message.routes ? sql.json(message.routes as never) : null,
    chosenRouteId: message.chosenRouteId ?? null,
    data:
      because || template || original ? sql.json({ ...(because && { because }), ...(template && { template }), ...(original && { original }) } as never) : null,
    language: original?.to ?? null,
    deliveryStatus: 'queued',
    deliveryAt: held.now,
    dueAt: held.now,
    runFence: message.runFence ? sql.json({ ...message.runFence }) : null,
    trace: currentTrace(),
    createdAt: held.now,
  })}`;
  // The fixed text of a handoff says less in the pool than what the customer wrote before it.
  if (message.author.kind !== 'system') held.showInPool(message.text, message.author);
  held.itemChanged(id);
  unit.wake('deliver', row.id);
  return id;
}
