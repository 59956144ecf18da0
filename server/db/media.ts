/** Files that came with messages from outside: their rows, and those of files that the provider still keeps. */
import { v7 as newId } from 'uuid';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import { holdConversation } from './conversation.ts';
import type { CameWith } from './files.ts';
import { addToMessage } from './files.ts';
import type { Inbound, Received } from './inbound-message.ts';
import { receiveInbound, receiveWith } from './inbound.ts';
import { beats } from './processes.ts';
import type { Refusal } from './sends.ts';

/** Where a provider keeps a file; `none` where it cannot be had. */
type MediaSource = { from: 'url'; url: string } | { from: 'provider'; mediaId: string } | { from: 'none' };

interface NewMedia {
  name: string;
  /** As declared. */
  type: string;
  /** Among the files of its message. */
  place: number;
  source: MediaSource;
  /** Why it will not be fetched, in words; null where it will be. */
  error: string | null;
}

/** What came with a message: files whose bytes are in the store, and others. */
export interface Brought {
  files: CameWith[];
  media: NewMedia[];
}

/** Takes in a message and what came with it. */
export function receiveWithFiles(db: Db, inbound: Inbound & { externalId: string }, brought: Brought): Promise<Received | null> {
  return receiveWith(db, inbound, async (unit) => {
    const received = await receiveInbound(db, inbound, unit);
    if (!received || received.duplicate) return received;
    await addToMessage(unit, received.messageId, brought.files);
    await addMedia(unit, inbound.accountId, received.messageId, brought.media);
    return received;
  });
}

/** Says of a message of the same change which files its provider still keeps. */
export async function addMedia({ sql, workspaceId }: Change, accountId: string, messageId: string, media: readonly NewMedia[]): Promise<void> {
  if (media.length === 0) return;
  const now = new Date();
  await sql`insert into media ${sql(
    media.map(({ name, type, place, source, error }) => ({
      workspaceId,
      id: newId(),
      accountId,
      messageId,
      place,
      name,
      type,
      source: sql.json(source),
      dueAt: error === null ? now : null,
      error,
    })),
  )}`;
}

/** A file that this process is to fetch. */
export interface ClaimedMedia {
  workspaceId: string;
  id: string;
  accountId: string;
  messageId: string;
  place: number;
  name: string;
  type: string;
  source: MediaSource;
  attempts: number;
}

/**
 * Takes files that are due, oldest first: those that nobody fetches, and those of processes that have fallen silent.
 * @param most how many
 * @param busy ids of those that this process is at; any other that carries its name was left by an error
 * @param resting accounts of which it fetches enough already
 */
export async function claimMedia({ sql, signals }: Db, most: number, busy: readonly string[], resting: readonly string[]): Promise<ClaimedMedia[]> {
  return sql<ClaimedMedia[]>`
    update media m set owner = ${signals.processId} from (
      select workspace_id, id from media where due_at <= clock_timestamp() and id <> all(${busy as string[]}::uuid[]) and account_id <> all(${resting as string[]}::uuid[])
        and (owner is null or owner = ${signals.processId}
          or not ${beats(sql, 'media.owner')})
      order by due_at limit ${most} for update skip locked) due
    where m.workspace_id = due.workspace_id and m.id = due.id
    returning m.workspace_id, m.id, m.account_id, m.message_id, m.place, m.name, m.type, m.source, m.attempts`;
}

/** What a fetch came to: a file whose bytes are in the store, another attempt at a time, or the end of it, with why in words. */
export type Fetched = Pick<CameWith, 'sha256' | 'type' | 'size'> | { again: Date } | { error: string };

/** Writes down what a fetch came to; nothing where somebody else has taken it over, or its message is gone. */
export async function settleMedia(db: Db, media: ClaimedMedia, fetched: Fetched): Promise<void> {
  const { workspaceId, id, messageId, name, place } = media;
  await change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const own = sql`workspace_id = ${workspaceId} and id = ${id} and owner = ${db.signals.processId}`;
    if ('again' in fetched) return void (await sql`update media set owner = null, attempts = attempts + 1, due_at = ${fetched.again} where ${own}`);
    const [message] = await sql<{ conversationId: string }[]>`select conversation_id from message where workspace_id = ${workspaceId} and id = ${messageId}`;
    const held = message && (await holdConversation(unit, message.conversationId));
    // In the middle of a merge: whoever takes it up again finds the message in its new place.
    if (!held) return void (await sql`update media set owner = null, due_at = clock_timestamp() + interval '1 second' where ${own}`);
    const written =
      'error' in fetched
        ? await sql`update media set owner = null, attempts = attempts + 1, due_at = null, error = ${fetched.error} where ${own} returning 1`
        : await sql`delete from media where ${own} returning 1`;
    if (written.length === 0) return;
    if ('sha256' in fetched) await addToMessage(unit, messageId, [{ workspaceId, name, place, ...fetched }]);
    held.itemChanged(messageId);
    await held.save();
  });
}

/**
 * Asks anew for a file that was given up, as if for the first time; one that is on its way stays so.
 * @returns its message, why it cannot be had, or null where there is none, or it came meanwhile
 */
export async function fetchAgain(unit: Change, id: string): Promise<{ ok: true; messageId: string } | Refusal | null> {
  const { sql, workspaceId } = unit;
  const [media] = await sql<{ messageId: string; conversationId: string; source: MediaSource; error: string | null }[]>`
    select f.message_id, m.conversation_id, f.source, f.error from media f join message m on m.workspace_id = f.workspace_id and m.id = f.message_id where f.workspace_id = ${workspaceId} and f.id = ${id}`;
  if (!media) return null;
  const { messageId, conversationId, source, error } = media;
  if (source.from === 'none') return { ok: false, code: 'invalid', detail: `id: cannot be fetched. ${error ?? ''}`.trim() };
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  const asked =
    await sql`update media set error = null, attempts = 0, due_at = clock_timestamp() where workspace_id = ${workspaceId} and id = ${id} and error is not null returning 1`;
  if (asked.length > 0) {
    held.itemChanged(messageId);
    await held.save();
  }
  return { ok: true, messageId };
}

/** Leaves what this process was fetching to others. */
export async function leaveMedia({ sql, signals }: Db): Promise<void> {
  await sql`update media set owner = null where owner = ${signals.processId}`;
}
