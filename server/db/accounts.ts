import type postgres from 'postgres';
import { v7 as newId } from 'uuid';
import type { Channel } from '../contract/common.ts';
import { change } from './change.ts';
import type { Change, Db } from './change.ts';
import type { Sql, Transaction } from './connect.ts';
import { replyKeys, unsealCredentials } from './secrets.ts';
import type { Keyring } from './secrets.ts';

/** A channel account with its secrets opened; never for a log or an answer. */
export interface OpenAccount {
  id: string;
  workspaceId: string;
  kind: Channel;
  address: string;
  active: boolean;
  settings: Record<string, unknown>;
  credentials: Record<string, unknown>;
  /** For the signatures of reply addresses, the newest first. */
  replyKeys: string[];
  /** Sending was not going well. */
  failing: boolean;
}

interface Row {
  id: string;
  workspaceId: string;
  channel: Channel;
  address: string;
  active: boolean;
  settings: Record<string, unknown>;
  credentials: Uint8Array | null;
  failing: boolean;
}

const columns = (sql: Sql | Transaction) =>
  sql`id, workspace_id, channel, address, active, settings, credentials, last_error_from is not distinct from 'sending' as failing`;

const open = (keys: Keyring, { channel, credentials, ...row }: Row): OpenAccount => ({
  ...row,
  kind: channel,
  credentials: unsealCredentials(keys, row.id, credentials),
  replyKeys: replyKeys(keys),
});

/** An account by its id alone, as a webhook names it. */
export async function accountOfWebhook(sql: Sql, keys: Keyring, accountId: string): Promise<OpenAccount | null> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from channel_account where id = ${accountId}`;
  return row ? open(keys, row) : null;
}

export async function accountById(sql: Sql | Transaction, keys: Keyring, workspaceId: string, accountId: string): Promise<OpenAccount | null> {
  const [row] = await sql<Row[]>`select ${columns(sql)} from channel_account where workspace_id = ${workspaceId} and id = ${accountId}`;
  return row ? open(keys, row) : null;
}

/** What an account's error was about. */
type ErrorFrom = 'receiving' | 'sending' | 'test';

/** How much of what caused an error is kept, in characters. */
const PAYLOAD_CHARS = 4_000;

/** How often, in seconds, an account is written to by what does not change how it stands: its last received, the same error again. */
const SELDOM = 5;

/**
 * When the account last received something, or what went wrong with it and what had come then; shown in its settings, which
 * hear of it. What is received well ends an earlier error of receiving.
 */
export async function noteReceived(db: Db, workspaceId: string, accountId: string, error: string | null, payload: string | null = null): Promise<void> {
  if (error !== null) return noteError(db, workspaceId, accountId, 'receiving', error, payload);
  await note(
    db,
    workspaceId,
    accountId,
    (sql) => sql`last_received_at = now(), ${noMore(sql, ['receiving'])}`,
    (sql) => sql`last_received_at is null or last_received_at < now() - interval '1 second' * ${SELDOM} or last_error_from = 'receiving'`,
  );
}

/** What went wrong with sending, or with null that it goes well again. */
export async function noteSent(db: Db, workspaceId: string, accountId: string, error: string | null, payload: string | null = null): Promise<void> {
  if (error !== null) return noteError(db, workspaceId, accountId, 'sending', error, payload);
  await note(
    db,
    workspaceId,
    accountId,
    (sql) => noMore(sql, ['sending']),
    (sql) => sql`last_error_from = 'sending'`,
  );
}

/** What came of a test. One that went well proves nothing of what others send to us. */
export async function noteTested(db: Db, workspaceId: string, accountId: string, error: string | null): Promise<void> {
  if (error !== null) return noteError(db, workspaceId, accountId, 'test', error, null);
  await note(
    db,
    workspaceId,
    accountId,
    (sql) => noMore(sql, ['sending', 'test']),
    (sql) => sql`last_error_from in ('sending', 'test')`,
  );
}

async function noteError(db: Db, workspaceId: string, accountId: string, from: ErrorFrom, error: string, payload: string | null): Promise<void> {
  const kept = payload === null ? null : storable(payload).slice(0, PAYLOAD_CHARS);
  await note(
    db,
    workspaceId,
    accountId,
    (sql) => sql`last_error = ${error}, last_error_at = now(), last_error_from = ${from}, last_error_payload = ${kept}`,
    (sql) => sql`last_error_at is null or last_error is distinct from ${error} or last_error_at < now() - interval '1 second' * ${SELDOM}`,
  );
}

type Part = (sql: Sql | Transaction) => postgres.Fragment;

/** Writes to an account where it is due, and tells the team's settings; where it is not, this costs one reading. */
async function note(db: Db, workspaceId: string, accountId: string, columns: Part, due: Part): Promise<void> {
  const where: Part = (sql) => sql`workspace_id = ${workspaceId} and id = ${accountId} and (${due(sql)})`;
  const [found] = await db.sql`select from channel_account where ${where(db.sql)}`;
  if (!found) return;
  await change(db, workspaceId, async (unit) => {
    const { count } = await unit.sql`update channel_account set ${columns(unit.sql)} where ${where(unit.sql)}`;
    if (count > 0) tell(unit, accountId);
  });
}

/** Only what an account shows of itself is another: not who may speak there, nor what conversations carry of it. */
function tell(unit: Change, accountId: string): void {
  unit.emit({ kind: 'settings', audience: 'team', data: { kind: 'channelAccountFacts', id: accountId } });
}

/** Columns without an error, where it was one of these. */
const noMore = (sql: Sql | Transaction, ended: ErrorFrom[]) => sql`
  last_error = case when last_error_from = any(${ended}) then null else last_error end,
  last_error_at = case when last_error_from = any(${ended}) then null else last_error_at end,
  last_error_payload = case when last_error_from = any(${ended}) then null else last_error_payload end,
  last_error_from = case when last_error_from = any(${ended}) then null else last_error_from end`;

/** Postgres holds neither NUL nor lone surrogates. */
const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD').toWellFormed();

/** Unknown payloads of an account are kept up to this many, the newest. */
const KEPT = 100;

/** Keeps what a provider sent and nobody understood, so that it can be looked at. */
export async function keepUnknown(db: Db, workspaceId: string, accountId: string, reason: string, body: string): Promise<void> {
  await change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    await sql`insert into unknown_payload ${sql({ workspaceId, id: newId(), accountId, reason, body })}`;
    await sql`delete from unknown_payload where workspace_id = ${workspaceId} and account_id = ${accountId} and id not in (
      select id from unknown_payload where workspace_id = ${workspaceId} and account_id = ${accountId} order by created_at desc, id desc limit ${KEPT})`;
    tell(unit, accountId);
  });
}

interface UnknownPayload {
  id: string;
  reason: string;
  body: string;
  createdAt: string;
}

/** How many of them an account shows, and how much of each, in characters. */
const SHOWN = 5;
const SHOWN_CHARS = 2_000;

/** What was kept of accounts lately, newest first, by account. */
export async function unknownPayloads(sql: Sql | Transaction, workspaceId: string, accountIds: readonly string[]): Promise<Map<string, UnknownPayload[]>> {
  const rows = await sql<(Omit<UnknownPayload, 'createdAt'> & { accountId: string; createdAt: Date })[]>`
    select p.account_id, p.id, p.reason, left(p.body, ${SHOWN_CHARS}) as body, p.created_at
    from unnest(${accountIds as string[]}::uuid[]) as a(id) cross join lateral (
      select * from unknown_payload where workspace_id = ${workspaceId} and account_id = a.id order by created_at desc, id desc limit ${SHOWN}) p`;
  const found = new Map<string, UnknownPayload[]>(accountIds.map((id) => [id, []]));
  for (const { accountId, createdAt, ...row } of rows) found.get(accountId)?.push({ ...row, createdAt: createdAt.toISOString() });
  return found;
}
