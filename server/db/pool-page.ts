/**
 * A page of the pool, found by index whatever its size. First the list that is likely the shortest among those of the
 * filter is walked in the order of the sort, for a bounded number of rows; where those do not fill the page, the cells that
 * the filter covers are known, and each is read from its own beginning.
 */
import type { Sql, Transaction } from './connect.ts';
import { contactNow } from './contacts.ts';
import { cellsOf, fromCells } from './pool-cells.ts';
import { before, one, Page, RANKS } from './pool-query.ts';
import type { Fragment, PageQuery, Placed } from './pool-query.ts';

const WALKED = 500;
/** Whoever looks for what it has not read passes over what it has: as much as a person reads. */
const WALKED_UNREAD = 10_000;

/**
 * @returns at most `limit` conversations in the order of the sort, behind the cursor
 */
export async function poolPage(sql: Sql | Transaction, workspaceId: string, operatorId: string, query: PageQuery): Promise<Placed[]> {
  const tagId = query.filter.tag ? await tagOf(sql, workspaceId, query.filter.tag) : null;
  if (query.filter.tag && !tagId) return [];
  const page = new Page(sql, workspaceId, operatorId, query, tagId);
  if (query.filter.contactId) return ofContact(page);
  const few = page.byPriority && isFew(page) ? await all(page) : null;
  if (few) return few;
  const ofRead = query.filter.unread === false;
  // What has been read is nowhere near the most urgent: its own list has it at once.
  const walked = ofRead && page.byPriority ? null : await walk(page);
  if (walked) return walked;
  if (!ofRead) return fromCells(page);
  return [...(await cellsOf(page, query.limit, null)), ...(await fromRead(page))].toSorted(before(page.byPriority)).slice(0, query.limit);
}

/** The tag of a name; null where there is none. */
export async function tagOf(sql: Sql | Transaction, workspaceId: string, name: string): Promise<string | null> {
  const [tag] = await sql<{ id: string }[]>`select id from tag where workspace_id = ${workspaceId} and lower(name) = lower(${name})`;
  return tag?.id ?? null;
}

/** All that a contact has is little. */
const ofContact = (page: Page): Promise<Placed[]> => {
  const { sql, here } = page;
  return sql<Placed[]>`
    select ${page.columns} from (select * from conversation where workspace_id = ${page.workspaceId} and contact_id = ${contactNow(sql, page.workspaceId, page.query.filter.contactId!)} offset 0) c
    where ${page.wantedAll} ${here.beyond} ${here.order} limit ${page.rows(page.query.limit)}`;
};

/** All of a list that is in another order, where it is short. @returns null where it is not */
async function all(page: Page): Promise<Placed[] | null> {
  const {
    sql,
    workspaceId,
    here,
    query: { limit, walked = WALKED },
  } = page;
  const rows = await sql<(Placed & { place: number; hit: boolean })[]>`
    select ${page.columns}, c.place, c.hit from (
      select c.*, row_number() over () as place, (${page.wantedAll}) as hit from (
        select c.* from conversation c where c.workspace_id = ${workspaceId} and c.status = any(${page.statuses as string[]}::text[]) and c.merged_into is null ${shortest(page)} ${here.beyond} limit ${page.rows(walked)}) c) c
    where c.hit or c.place = ${page.rows(walked)}`;
  if (rows.some(({ place }) => place === walked)) return null;
  return rows
    .map(({ place: _place, hit: _hit, ...placed }) => placed)
    .toSorted(before(page.byPriority))
    .slice(0, limit);
}

/** Walks one list. @returns null where its bound came before the page was full */
async function walk(page: Page): Promise<Placed[] | null> {
  const {
    sql,
    tagId,
    query: { limit, filter, walked = filter.unread && !page.byPriority ? WALKED_UNREAD : WALKED },
  } = page;
  const slices = page.statuses.map((status) => sql`(${slice(page, status)} limit ${page.rows(walked)})`);
  const order = page.byPriority ? sql`order by at_rank, at_waiting, at_id` : sql`order by at desc, at_id desc`;
  const list =
    slices.length === 1
      ? slices[0]!
      : sql`(select * from (${slices.reduce((all, one) => sql`${all} union all ${one}`)}) c ${order} limit ${page.rows(walked)})`;
  const rows = await sql<(Placed & { place: number; hit: boolean })[]>`
    select ${page.columns}, c.place, c.hit from (select c.*, row_number() over () as place, (${tagId && !walksFew(page) ? page.wanted : page.wantedAll}) as hit from ${list} c) c
    where c.hit or c.place = ${page.rows(walked)} limit ${page.rows(limit + 1)}`;
  const hits = rows
    .filter((row) => row.hit)
    .slice(0, limit)
    .map(({ place: _place, hit: _hit, ...placed }) => placed);
  return hits.length < limit && rows.at(-1)?.place === walked ? null : hits;
}

/**
 * The list that is walked, of one status: by priority there is one, by activity the one that tends to be the shortest. Each
 * row names its place in the order, as its index does: several are merged as they are read.
 */
function slice(page: Page, status: string): Fragment {
  const {
    sql,
    workspaceId,
    tagId,
    here,
    query: { filter },
  } = page;
  const urgency = (row: Fragment) => (page.byPriority && filter.priority ? sql`and ${row}.priority_rank = ${RANKS[filter.priority]}` : sql``);
  if (tagId && !walksFew(page)) {
    const of = page.of(sql`x`);
    return sql`select c.*, x.last_activity_at as at, x.priority_rank as at_rank, x.waiting as at_waiting, x.conversation_id as at_id from conversation_tag x ${one(sql, sql`x`)}
      where x.workspace_id = ${workspaceId} and x.tag_id = ${tagId} and x.status = ${status} and x.cell is not null ${urgency(sql`x`)} ${of.beyond} ${of.order}`;
  }
  return sql`select c.*, c.last_activity_at as at, c.priority_rank as at_rank, coalesce(c.waiting_since, 'infinity'::timestamptz) as at_waiting, c.id as at_id from conversation c
    where c.workspace_id = ${workspaceId} and c.status = ${status} and c.merged_into is null ${page.byPriority ? urgency(sql`c`) : shortest(page)} ${here.beyond} ${here.order}`;
}

/** Whether the filter names what there is never much of: fewer than carry a tag. */
const walksFew = (page: Page): boolean => isFew(page) && !page.byPriority;
const isFew = ({
  query: {
    filter: { draftPending, handedOff, snoozed, assigneeId },
  },
}: Page): boolean => Boolean(draftPending || handedOff || snoozed || assigneeId === 'me');

function shortest({ sql, me, query: { filter } }: Page): Fragment {
  const { draftPending, handedOff, snoozed, assigneeId, requiresAction, agentId, departmentId, channel } = filter;
  if (draftPending) return sql`and c.draft_id is not null`;
  if (handedOff) return sql`and c.handoff_at is not null`;
  if (snoozed) return sql`and c.snoozed_by is not null`;
  if (assigneeId && assigneeId !== 'none') return sql`and c.assignee_id = ${assigneeId === 'me' ? me : assigneeId}`;
  if (requiresAction) return sql`and c.requires_action`;
  if (agentId && agentId !== 'none') return sql`and c.agent_id = ${agentId}`;
  if (departmentId && departmentId !== 'none') return sql`and c.department_id = ${departmentId}`;
  if (channel) return sql`and c.channel = ${channel}`;
  if (agentId) return sql`and c.agent_id is null`;
  if (departmentId) return sql`and c.department_id is null`;
  if (assigneeId) return sql`and c.assignee_id is null`;
  return sql``;
}

/** What the operator has read to the end: as long as it has read, never as long as the pool. */
async function fromRead(page: Page): Promise<Placed[]> {
  const {
    sql,
    workspaceId,
    here,
    query: { limit, filter },
  } = page;
  const of = page.of(sql`r`);
  const urgency = filter.priority && page.byPriority ? sql`and r.priority_rank = ${RANKS[filter.priority]}` : sql``;
  const slices = page.statuses.map(
    (status) => sql`(select c.* from read_mark r ${one(sql, sql`r`)}
    where r.workspace_id = ${workspaceId} and r.operator_id = ${page.me} and r.status = ${status} and r.caught_up ${urgency} and ${page.wantedAll} ${of.beyond} ${of.order} limit ${page.rows(limit)})`,
  );
  return sql<Placed[]>`select ${page.columns} from (${slices.reduce((all, one) => sql`${all} union all ${one}`)}) c ${here.order} limit ${page.rows(limit)}`;
}
