/** Files that came with messages from outside: their rows, and those of files that the provider still keeps. */
import { v7 as newId } from 'uuid';
import type { Change, Db } from './change.ts';
import { change } from './change.ts';
import type { Sql } from './connect.ts';
import type { CameWith } from './files.ts';
import { addToMessage } from './files.ts';
import type { Inbound, Received } from './inbound.ts';
import { receiveInbound } from './inbound.ts';

/** Where a provider keeps a file; `none` where it cannot be had. */
export type MediaSource = { from: 'url'; url: string } | { from: 'provider'; mediaId: string } | { from: 'none' };

export interface NewMedia {
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

/** The message that came under this id before; null where none did. */
export async function receivedBefore(sql: Sql, workspaceId: string, accountId: string, externalId: string): Promise<Received | null> {
  const [row] = await sql<{ id: string; conversationId: string }[]>`
    select id, conversation_id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${externalId}`;
  return row ? { conversationId: row.conversationId, messageId: row.id, duplicate: true } : null;
}

/** Times that two first messages of one sender may get in each other's way. */
const ATTEMPTS = 5;

/** Takes in a message and what came with it, all or nothing. Idempotent by (account, external id). */
export async function receiveWithFiles(db: Db, inbound: Inbound & { externalId: string }, brought: Brought): Promise<Received | null> {
  const { workspaceId, accountId, externalId } = inbound;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change(db, workspaceId, async (unit) => {
        const received = await receiveInbound(db, inbound, unit);
        if (!received || received.duplicate) return received;
        await addToMessage(unit, received.messageId, brought.files);
        await addMedia(unit, accountId, received.messageId, brought.media);
        return received;
      });
    } catch (error) {
      const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
      if (code !== '23505' || attempt === ATTEMPTS) throw error;
      if (constraint === 'message_external') return receivedBefore(db.sql, workspaceId, accountId, externalId);
    }
  }
}

/** Says of a message of the same change which files its provider still keeps. */
export async function addMedia({ sql, workspaceId }: Change, accountId: string, messageId: string, media: readonly NewMedia[]): Promise<void> {
  if (media.length === 0) return;
  const now = new Date();
  await sql`insert into media ${sql(media.map(({ name, type, place, source, error }) => ({
    workspaceId, id: newId(), accountId, messageId, place, name, type, source: sql.json(source), dueAt: error === null ? now : null, error,
  })))}`;
}
