/** What two conversations are, from their rows, and where a merge or its undoing went wrong. */
import type { Sql } from '../../server/db/connect.ts';

interface Item {
  id: string;
  seq: number;
  kind: string;
  direction: string | null;
  authorKind: string;
  handle: string | null;
  createdAt: Date;
  status: string | null;
}

/** All of a conversation that a merge touches. */
export interface Whole {
  row: Record<string, unknown>;
  items: Item[];
  tags: string[];
  participants: string[];
  /** By operator, counted anew: inbound messages that its mark does not cover. */
  unread: Record<string, number>;
  drafts: string[];
  tickets: string[];
  activities: string[];
  transfers: string[];
  contact: Record<string, unknown>;
}

/** Columns that say how work goes on, and what a merge may leave otherwise. */
const PASSING = [
  'version',
  'fence',
  'cell',
  'runDueAt',
  'burstFrom',
  'runOwner',
  'runAgentId',
  'runStage',
  'runSkill',
  'runSince',
  'runRestarts',
  'deliverOwner',
  'now',
];
/** What follows from what was said. */
const SAID = ['lastSeq', 'inboundCount', 'lastInboundId', 'lastInboundSeq', 'lastInboundAt', 'lastSnippet', 'lastAuthor', 'lastMessageAt', 'lastActivityAt'];

export async function wholeOf(sql: Sql, workspaceId: string, id: string): Promise<Whole> {
  const here = sql`workspace_id = ${workspaceId} and conversation_id = ${id}`;
  const [row] = await sql<Record<string, unknown>[]>`select * from conversation where workspace_id = ${workspaceId} and id = ${id}`;
  const items = await sql<Item[]>`
    select * from (select m.id, m.seq, 'message' as kind, m.direction, m.author_kind, i.handle, m.created_at, m.delivery_status as status from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id
        where m.workspace_id = ${workspaceId} and m.conversation_id = ${id}
      union all select id, seq, 'note', null, 'operator', null, created_at, null from note where ${here}
      union all select id, seq, code, null, author_kind, null, created_at, null from line where ${here}) x order by seq`;
  const list = async (table: string, column: string): Promise<string[]> =>
    (await sql<{ id: string }[]>`select ${sql(column)} as id from ${sql(table)} where ${here} order by 1`).map((one) => one.id);
  const states = async (table: string): Promise<string[]> =>
    (await sql<{ id: string; status: string }[]>`select id, status from ${sql(table)} where ${here} order by 1`).map((one) => `${one.id} ${one.status}`);
  const unread = await sql<{ operatorId: string; unread: number }[]>`
    select o.id as operator_id, (select count(*)::int from message where ${here} and direction = 'inbound')
      - coalesce((select read_inbound_count from read_mark r where r.workspace_id = o.workspace_id and r.operator_id = o.id and r.conversation_id = ${id}), 0) as unread
    from operator o where o.workspace_id = ${workspaceId}`;
  const [contact] = await sql<Record<string, unknown>[]>`
    select c.*, (select array_agg(handle order by handle) from identity i where i.workspace_id = c.workspace_id and i.contact_id = c.id) as handles from contact c where c.workspace_id = ${workspaceId} and c.id = ${row!['contactId'] as string}`;
  for (const key of PASSING) delete row![key];
  for (const key of ['version', 'fence']) delete contact![key];
  const activities = await sql<{ id: string }[]>`select id from activity where ${here} and kind <> 'merge_undone' order by 1`;
  return {
    row: row!,
    items: [...items],
    tags: await list('conversation_tag', 'tag_id'),
    participants: await list('participant', 'operator_id'),
    unread: Object.fromEntries(unread.map((one) => [one.operatorId, one.unread])),
    drafts: await states('draft'),
    tickets: await list('ticket', 'id'),
    activities: activities.map((one) => one.id),
    transfers: await states('transfer'),
    contact: contact!,
  };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What is wrong with two that are one now; nothing where all is well. */
export function mergeFaults(before: { from: Whole; into: Whole }, now: Whole): string[] {
  const faults: string[] = [];
  const expect = (what: string, got: unknown, wanted: unknown) =>
    void (same(got, wanted) || faults.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`));
  const both = [...before.from.items, ...before.into.items];
  const known = now.items.filter(({ id }) => both.some((item) => item.id === id));
  expect('items', known.length, both.length);
  expect(
    'places',
    now.items.map(({ seq }) => seq),
    now.items.map((_, at) => at + 1),
  );
  expect(
    'order',
    known.map(({ id }) => id),
    both.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)).map(({ id }) => id),
  );
  for (const operator of Object.keys(now.unread)) expect('unread', now.unread[operator], before.from.unread[operator]! + before.into.unread[operator]!);
  expect('inbound', now.row['inboundCount'], now.items.filter(({ direction }) => direction === 'inbound').length);
  expect('last inbound', now.row['lastInboundId'], now.items.findLast(({ direction }) => direction === 'inbound')?.id);
  expect('tags', now.tags, [...new Set([...before.from.tags, ...before.into.tags])].toSorted());
  expect('tickets', now.tickets, [...before.from.tickets, ...before.into.tickets].toSorted());
  expect('drafts', now.drafts.length, before.from.drafts.length + before.into.drafts.length);
  const pending = [...before.from.drafts, ...before.into.drafts].filter((one) => one.endsWith('pending'));
  expect('pending drafts', now.drafts.filter((one) => one.endsWith('pending')).length, Math.min(1, pending.length));
  const human = before.from.row['controllerKind'] === 'human' || before.into.row['controllerKind'] === 'human';
  expect('controller', now.row['controllerKind'], human ? 'human' : 'agent');
  expect('handed off', now.row['handoffAt'] !== null, before.from.row['handoffAt'] !== null || before.into.row['handoffAt'] !== null);
  expect('paused', now.contact['aiPausedAt'] !== null, before.from.contact['aiPausedAt'] !== null || before.into.contact['aiPausedAt'] !== null);
  return faults;
}

/** What is wrong with one of two that were parted again, after `since` had come for it. */
export function undoFaults(before: Whole, now: Whole, since: Item[]): string[] {
  const faults: string[] = [];
  const expect = (what: string, got: unknown, wanted: unknown) =>
    void (same(got, wanted) || faults.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`));
  expect(
    'items',
    now.items.map(({ id }) => id),
    [...before.items, ...since].map(({ id }) => id),
  );
  expect(
    'places',
    now.items.map(({ seq }) => seq),
    now.items.map((_, at) => at + 1),
  );
  const inbound = since.filter(({ direction }) => direction === 'inbound');
  const answered = since.filter(({ direction, authorKind }) => direction === 'outbound' && authorKind !== 'system');
  for (const operator of Object.keys(now.unread)) expect('unread', now.unread[operator], before.unread[operator]! + inbound.length);
  for (const [key, wanted] of [
    ['tags', before.tags],
    ['tickets', before.tickets],
    ['activities', before.activities],
    ['contact', before.contact],
  ] as const)
    expect(key, now[key], wanted);
  if (since.length === 0) expect('participants', now.participants, before.participants);
  if (inbound.length + answered.length === 0) expect('drafts', now.drafts, before.drafts);
  expect('transfers', now.transfers, before.transfers);
  const wrote = inbound.length > 0;
  const moving = [
    ...(since.length > 0 ? SAID : []),
    ...(wrote || answered.length > 0
      ? [
          'waitingSince',
          'answeredId',
          'requiresAction',
          'requiresReason',
          'draftId',
          'status',
          'snoozedBy',
          'snoozedUntil',
          'channel',
          'accountId',
          'identityId',
          'fallbackCount',
          'handoffForm',
        ]
      : ['answeredId']),
  ];
  for (const [key, wanted] of Object.entries(before.row)) if (!moving.includes(key)) expect(key, now.row[key], wanted);
  expect('inbound', now.row['inboundCount'], before.items.filter((item) => item.direction === 'inbound').length + inbound.length);
  expect('last seq', now.row['lastSeq'], now.items.length);
  expect('last inbound', now.row['lastInboundId'], now.items.findLast(({ direction }) => direction === 'inbound')?.id ?? null);
  let waiting = before.row['waitingSince'] as Date | null;
  for (const item of since)
    if (item.kind === 'message' && item.authorKind !== 'system') waiting = item.direction === 'inbound' ? (waiting ?? item.createdAt) : null;
  if (now.row['status'] === 'open') expect('waiting since', now.row['waitingSince'], waiting);
  if (wrote) expect('status', now.row['status'], 'open');
  return faults;
}
