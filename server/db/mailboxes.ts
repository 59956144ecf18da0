import type { Place } from '../channels/email/imap.ts';
import type { Db } from './change.ts';
import { beats } from './processes.ts';

/** A mail account that may be read by IMAP, by the version of its settings. */
export interface MailAccountRef {
  workspaceId: string;
  id: string;
  version: number;
  createdAt: Date;
}

/** Accounts with an IMAP server. Also those that are not active: they take messages in. */
export async function mailAccounts({ sql }: Db): Promise<MailAccountRef[]> {
  return sql<
    MailAccountRef[]
  >`select workspace_id, id, version, created_at from channel_account where channel = 'email' and coalesce(settings ->> 'imapHost', '') <> ''`;
}

/**
 * Makes this process the one that reads an account, unless another that is alive does.
 * @returns whether it is
 */
export async function ownMailbox({ sql, signals: { processId } }: Db, { workspaceId, id }: MailAccountRef): Promise<boolean> {
  const rows = await sql`
    insert into mailbox as m (workspace_id, account_id, owner)
    select workspace_id, id, ${processId} from channel_account where workspace_id = ${workspaceId} and id = ${id}
    on conflict (workspace_id, account_id) do update set owner = excluded.owner
      where m.owner is null or m.owner = excluded.owner
        or not ${beats(sql, 'm.owner')}
    returning m.account_id`;
  return rows.length > 0;
}

/** Another process may read it from now on. */
export async function leaveMailbox({ sql, signals: { processId } }: Db, { workspaceId, id }: MailAccountRef): Promise<void> {
  await sql`update mailbox set owner = null where workspace_id = ${workspaceId} and account_id = ${id} and owner = ${processId}`;
}

export async function placeOf({ sql }: Db, { workspaceId, id }: MailAccountRef, path: string): Promise<Place | null> {
  const [row] = await sql<
    Place[]
  >`select uid_validity, last_uid from mail_folder where workspace_id = ${workspaceId} and account_id = ${id} and path = ${path}`;
  return row ?? null;
}

/**
 * Notes how far a folder has been read.
 * @returns false where this process does not own the mailbox any more: it must stop
 */
export async function reachPlace(
  { sql, signals: { processId } }: Db,
  { workspaceId, id }: MailAccountRef,
  path: string,
  { uidValidity, lastUid }: Place,
): Promise<boolean> {
  const rows = await sql`
    insert into mail_folder (workspace_id, account_id, path, uid_validity, last_uid)
    select workspace_id, account_id, ${path}, ${uidValidity}, ${lastUid} from mailbox where workspace_id = ${workspaceId} and account_id = ${id} and owner = ${processId}
    on conflict (workspace_id, account_id, path) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid
    returning path`;
  return rows.length > 0;
}

/** The mailbox is read again: what went wrong before is over. */
export async function clearFault({ sql }: Db, { workspaceId, id }: MailAccountRef): Promise<void> {
  await sql`update channel_account set last_error = null, last_error_at = null, last_error_from = null, last_error_payload = null
    where workspace_id = ${workspaceId} and id = ${id} and last_error_from = 'receiving'`;
}
