import { v7 as newId } from 'uuid';
import type { Channel, ReplyMode, Status } from '../contract/common.ts';
import type { HandoffTrigger } from '../contract/conversation.ts';
import type { Decision } from '../contract/message.ts';
import type { ControlState } from '../domain/control.ts';
import type { HandoffForm } from '../domain/route-form.ts';
import type { Change, Writer } from './change.ts';
import { controlStateOf, takeControlState } from './control-state.ts';
import { insertRows, recordset } from './rows.ts';

/** Who did something, as lines and messages keep it. */
export interface ActorRow {
  kind: 'contact' | 'agent' | 'operator' | 'system';
  id: string | null;
  name: string;
}
export const SYSTEM: ActorRow = { kind: 'system', id: null, name: 'Convene' };

export interface ConversationRow {
  id: string;
  contactId: string;
  accountId: string;
  identityId: string;
  channel: Channel;
  subject: string | null;
  status: Status;
  priority: string;
  agentId: string | null;
  assigneeId: string | null;
  departmentId: string | null;
  replyModeOverride: ReplyMode | null;
  controllerKind: 'agent' | 'human';
  controllerId: string | null;
  handoffAt: Date | null;
  handoffTrigger: HandoffTrigger | null;
  handoffRouteId: string | null;
  handoffReason: string | null;
  handoffBy: ActorRow | null;
  handoffForm: HandoffForm | null;
  boundaryId: string | null;
  fence: number;
  fallbackCount: number;
  requiresAction: boolean;
  requiresReason: string | null;
  waitingSince: Date | null;
  draftId: string | null;
  lastSeq: number;
  inboundCount: number;
  lastInboundId: string | null;
  lastInboundSeq: number;
  lastInboundAt: Date | null;
  answeredId: string | null;
  lastSnippet: string;
  lastAuthor: ActorRow | null;
  lastMessageAt: Date | null;
  lastActivityAt: Date;
  mergedInto: string | null;
  runDueAt: Date | null;
  burstFrom: Date | null;
  runOwner: string | null;
  runAgentId: string | null;
  runStage: string | null;
  runSkill: string | null;
  runSince: Date | null;
  runRestarts: number;
  deliverOwner: string | null;
  snoozedBy: string | null;
  snoozedUntil: Date | null;
  version: number;
}

/** A line of the thread that nobody wrote. `code` is what screens translate; `text` says the same in English. */
export interface NewLine {
  kind?: 'system' | 'skill' | 'activity';
  code: string;
  text: string;
  reason?: string | null;
  by?: ActorRow;
  decision?: Decision | null;
  data?: Record<string, unknown>;
}

const LINES: Writer<Record<string, unknown>> = { write: ({ sql }, rows) => insertRows(sql, 'line', rows) };

/** Conversations of which something changed, by the names of the columns; what changed of one is written of all, as it is. */
const CHANGED: Writer<{ row: ConversationRow; changed: (keyof ConversationRow)[] }> = {
  async write({ sql, workspaceId }, rows) {
    const columns = [...new Set(rows.flatMap(({ changed }) => changed))].toSorted();
    const values = rows.map(({ row }) => ({ id: row.id, ...Object.fromEntries(columns.map((column) => [column, row[column]])) }));
    await sql`
      update conversation c set (${sql(columns)}) = (select ${sql(columns)} from (select u.*) now), version = c.version + 1
      from jsonb_populate_recordset(null::conversation, ${recordset(values)}::text::jsonb) u
      where c.workspace_id = ${workspaceId} and c.id = u.id`;
  },
};

/** Visitors whose threads were merged into conversations see who answers there, whoever wrote last. */
const MERGED: Writer<Pick<ConversationRow, 'id' | 'identityId' | 'channel'>> = {
  async write(unit, rows) {
    const { sql, workspaceId } = unit;
    const others = await sql<{ id: string; identityId: string }[]>`
      select distinct m.conversation_id as id, m.identity_id from conversation_merge g join message m on m.workspace_id = g.workspace_id and m.conversation_id = g.into_id and m.channel = 'chat'
      where g.workspace_id = ${workspaceId} and g.into_id = any(${rows.map(({ id }) => id)}::uuid[]) and g.undone_at is null`;
    const told = new Set(rows.flatMap(({ id, identityId, channel }) => (channel === 'chat' ? [`${id} ${identityId}`] : [])));
    for (const { id, identityId } of others) {
      if (!told.has(`${id} ${identityId}`))
        unit.emit({ kind: 'conversation', audience: 'visitor', addresseeId: identityId, subjectId: id, conversationId: id });
    }
  },
};

/** How much of a text stands in the pool's row. */
export const snippetOf = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);

/**
 * A conversation held under its row lock. Columns are changed on {@link row} and written once, by {@link save}; whatever
 * enters the thread takes the next seq, so that there are no holes.
 */
export class HeldConversation {
  readonly unit: Change;
  readonly row: ConversationRow;
  /** The database's clock when the lock was got. */
  readonly now: Date;
  /** Nothing that an agent sent by itself is queued here: somebody looked, under the lock. */
  readonly idle: boolean;
  readonly #before: ConversationRow;

  constructor(unit: Change, row: ConversationRow, now: Date, idle = false) {
    this.unit = unit;
    this.row = row;
    this.now = now;
    this.idle = idle;
    this.#before = { ...row };
  }

  get state(): ControlState {
    return controlStateOf(this.row);
  }

  takeState(state: ControlState): void {
    takeControlState(this.row, state);
  }

  /** The next place in the thread. */
  nextSeq(): number {
    this.row.lastSeq += 1;
    return this.row.lastSeq;
  }

  async addLine(line: NewLine): Promise<string> {
    const id = newId();
    const by = line.by ?? SYSTEM;
    await this.unit.write(LINES, {
      workspaceId: this.unit.workspaceId,
      id,
      conversationId: this.row.id,
      seq: this.nextSeq(),
      kind: line.kind ?? 'system',
      code: line.code,
      authorKind: by.kind,
      authorId: by.id,
      authorName: by.name,
      text: line.text,
      reason: line.reason ?? null,
      decision: line.decision ?? null,
      data: line.data ?? {},
      createdAt: this.now,
    });
    this.itemChanged(id);
    return id;
  }

  async addNote(note: { author: ActorRow & { id: string }; text: string; mentions: string[] }): Promise<string> {
    const id = newId();
    const { sql, workspaceId } = this.unit;
    await sql`insert into note ${sql({
      workspaceId,
      id,
      conversationId: this.row.id,
      seq: this.nextSeq(),
      authorId: note.author.id,
      authorName: note.author.name,
      text: note.text,
      mentions: note.mentions,
      createdAt: this.now,
    })}`;
    this.row.lastActivityAt = this.now;
    this.itemChanged(id);
    return id;
  }

  /** The team sees an item of the thread, new or changed. */
  itemChanged(id: string): void {
    this.unit.emit({ kind: 'message', audience: 'team', subjectId: id, conversationId: this.row.id });
  }

  /** The visitor behind an identity sees a message, new or changed; nobody does where the channel is not chat. */
  visitorItemChanged(id: string, identityId: string, channel: string): void {
    if (channel === 'chat') this.unit.emit({ kind: 'message', audience: 'visitor', addresseeId: identityId, subjectId: id, conversationId: this.row.id });
  }

  /** The newest message shows in the pool's row. */
  showInPool(text: string, author: ActorRow): void {
    this.row.lastSnippet = snippetOf(text);
    this.row.lastAuthor = author;
    this.row.lastMessageAt = this.now;
    this.row.lastActivityAt = this.now;
  }

  /** Writes what changed, with a higher version, and tells the team, and the visitors who have a part in it. */
  async save(): Promise<void> {
    const changed = (Object.keys(this.row) as (keyof ConversationRow)[]).filter((column) => this.row[column] !== this.#before[column]);
    if (changed.length > 0) {
      await this.unit.write(CHANGED, { row: this.row, changed });
      this.row.version += 1;
      if (this.row.channel === 'chat') {
        this.tellVisitor(this.row.identityId);
      }
      if (SEEN_BY_VISITORS.some((key) => changed.includes(key))) await this.unit.write(MERGED, this.row);
    }
    Object.assign(this.#before, this.row);
    this.unit.conversationChanged(this.row.id);
  }

  private tellVisitor(identityId: string): void {
    this.unit.emit({ kind: 'conversation', audience: 'visitor', addresseeId: identityId, subjectId: this.row.id, conversationId: this.row.id });
  }
}

/** What of a conversation decides who answers, and whether it is open. */
const SEEN_BY_VISITORS = [
  'status',
  'controllerKind',
  'controllerId',
  'assigneeId',
  'handoffAt',
  'agentId',
  'accountId',
  'replyModeOverride',
] as const satisfies (keyof ConversationRow)[];

/**
 * Locks a conversation for writing. Whoever also needs its agent, account or contact locks those first
 * (see `holdWithSpeakers`): the order is agent, channel account, contact, conversation, everywhere.
 * @returns null where it is not there, is another workspace's, or was merged into another
 */
export async function holdConversation(unit: Change, id: string): Promise<HeldConversation | null> {
  const [row] = await unit.sql<(ConversationRow & { now: Date })[]>`
    select *, clock_timestamp()::timestamptz(3) as now from conversation
    where workspace_id = ${unit.workspaceId} and id = ${id} and merged_into is null for no key update`;
  return row ? new HeldConversation(unit, row, row.now) : null;
}
