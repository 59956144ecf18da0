/** The seed's own statements: whole rows in, whole workspaces out. */
import type { Channel } from '../../server/contract/common.ts';
import type { Sql, Transaction } from '../../server/db/connect.ts';
import type { StandIns } from './accounts.ts';
import { tables } from './rows.ts';
import type { Row, Rows } from './rows.ts';

/** Columns whose objects and lists are JSON; a list in any other column is an array of Postgres. */
const json = new Set([
  'settings',
  'notifications',
  'attributes',
  'config',
  'scope',
  'steps',
  'parameters',
  'conditions',
  'actions',
  'filter',
  'handoffBy',
  'lastAuthor',
  'attachments',
  'decision',
  'sentBy',
  'hours',
  'fields',
  'labels',
  'hints',
  'handoffForm',
  'begins',
  'slots',
  'exits',
  'plan',
  'asked',
  'routes',
  'data',
  'runFence',
  'risk',
  'because',
  'settledBy',
  'actor',
]);

/** A statement takes at most 65,534 parameters. */
const batch = 500;

/** Writes all rows; the caller's transaction keeps them together. */
export async function writeRows(sql: Transaction, rows: Rows): Promise<void> {
  for (const table of tables) {
    const all = rows.of(table).map((row) => encode(sql, row));
    for (let at = 0; at < all.length; at += batch) await sql`insert into ${sql(table)} ${sql(all.slice(at, at + batch))}`;
  }
}

function encode(sql: Transaction, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, json.has(key) && typeof value === 'object' && value !== null ? sql.json(value as never) : value]),
  );
}

export async function hasWorkspace(sql: Sql | Transaction, slug: string): Promise<boolean> {
  const [row] = await sql`select 1 from workspace where slug = ${slug}`;
  return row !== undefined;
}

/** Keeps others that seed from doing so before this transaction has ended. */
export async function lockSeed(sql: Transaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(4400002)`;
}

/**
 * Removes workspaces with everything in them. Whoever follows the log is told to read afresh.
 * @returns their ids
 */
export async function removeWorkspaces(sql: Transaction, slugs: readonly string[]): Promise<string[]> {
  const ids = (await sql<{ id: string }[]>`select id from workspace where slug = any(${slugs as string[]}::text[])`).map((row) => row.id);
  await sql`delete from event where workspace_id = any(${ids}::uuid[])`;
  await sql`delete from operation where workspace_id = any(${ids}::uuid[])`;
  await sql`delete from report_delta where workspace_id = any(${ids}::uuid[])`;
  await sql`delete from idempotency where workspace_id = any(${ids}::uuid[])`;
  // Conversations first: what they refer to goes with the workspace.
  await sql`delete from conversation where workspace_id = any(${ids}::uuid[])`;
  await sql`delete from workspace where id = any(${ids}::uuid[])`;
  await sql`update event_log set epoch = gen_random_uuid()`;
  return ids;
}

/** The id of the account of a workspace on a channel; undefined where it has none. */
export async function accountId(sql: Sql, slug: string, channel: Channel): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select a.id from channel_account a join workspace w on w.id = a.workspace_id where w.slug = ${slug} and a.channel = ${channel} order by a.created_at, a.id limit 1`;
  return row?.id;
}

/** Accounts have received what came through them. */
export async function noteReceived(sql: Transaction, slugs: readonly string[]): Promise<void> {
  await sql`
    update channel_account a set last_received_at = (select max(c.last_inbound_at) from conversation c where c.workspace_id = a.workspace_id and c.account_id = a.id)
    from workspace w where w.id = a.workspace_id and w.slug = any(${slugs as string[]}::text[])`;
}

/** Tells the accounts of `demo` where the stand-ins are in this run; accounts that lead elsewhere by now keep their way. */
export async function pointToStandIns(sql: Sql, { smtp, custom }: StandIns): Promise<void> {
  await sql`update channel_account a set settings = a.settings || ${sql.json({ smtpHost: smtp.host, smtpPort: smtp.port })}
    from workspace w where w.id = a.workspace_id and w.slug = 'demo' and a.channel = 'email' and a.settings ->> 'smtpHost' = ${smtp.host}`;
  await sql`update channel_account a set settings = a.settings || ${sql.json({ url: custom })}
    from workspace w where w.id = a.workspace_id and w.slug = 'demo' and a.channel = 'custom' and a.settings ->> 'url' like ${`http://${new URL(custom).hostname}:%`}`;
  await sql`update skill s set config = s.config || ${sql.json({ url: `${custom}/orders` })}
    from workspace w where w.id = s.workspace_id and w.slug = 'demo' and s.kind = 'http' and s.config ->> 'url' like ${`http://${new URL(custom).hostname}:%/orders`}`;
}
