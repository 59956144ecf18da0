import { buffer } from 'node:stream/consumers';
import { channelOf } from '../channels/registry.ts';
import type { OutboundAttachment, SendContext } from '../channels/channel.ts';
import type { Recipient } from '../contract/message.ts';
import { accountById, noteSent } from '../db/accounts.ts';
import type { Db } from '../db/change.ts';
import type { Claimed } from '../db/delivery.ts';
import { filesById } from '../db/files.ts';
import type { Keyring } from '../db/secrets.ts';
import type { Answer } from '../db/settle-delivery.ts';
import type { Files } from '../files/files.ts';
import type { Messenger } from './messenger.ts';

/** A provider that says "not now" is asked again this often, then a person has to look. */
const MAX_ATTEMPTS = 8;
/** Milliseconds before the first repetition; doubled each time, at most {@link MAX_BACKOFF_MS}. */
const BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 10 * 60_000;

export interface ProviderDeps {
  db: Db;
  encryptionKeys: Keyring;
  publicUrl: string;
  files: Files;
  apiBases: SendContext['apiBases'];
  fetch: SendContext['fetch'];
  fetchOutside: SendContext['fetchOutside'];
  resolveHost: SendContext['resolveHost'];
}

/** Milliseconds to wait after the nth attempt. */
export const backoff = (attempt: number): number => Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** Math.max(0, attempt - 1));

/** Hands messages to the providers, each through its channel and with the secrets of its account. */
export function createMessenger(deps: ProviderDeps): Messenger {
  const { db } = deps;
  return {
    isIdempotent: (channel) => channelOf(channel).idempotent,
    async send(workspaceId, message, signal) {
      const account = await accountById(db.sql, deps.encryptionKeys, workspaceId, message.accountId).catch(() => undefined);
      if (account === undefined) return answerOf({ kind: 'retry', error: 'the account could not be read' }, message, new Date());
      if (!account) return { status: 'failed', error: 'the channel account is gone' };
      if (!account.active) return { status: 'failed', error: 'the channel account is not active' };
      const channel = channelOf(account.kind);
      const missing = channel.missing(account, 'send');
      if (missing.length > 0) return { status: 'failed', error: `the account lacks ${missing.join(', ')}` };
      const now = new Date();
      if (channel.replyWindow && !message.template && !channel.replyWindow(message.lastInboundAt, now).open)
        return { status: 'failed', error: 'the 24 hours for free answers are over' };
      const attachments = await filesOf(deps, workspaceId, message.fileIds).catch(() => undefined);
      if (attachments === undefined) return answerOf({ kind: 'retry', error: 'the files could not be read' }, message, now);
      if (attachments.length < message.fileIds.length) return { status: 'failed', error: 'a file of the message is gone' };
      const result = await channel.send(
        {
          id: message.id,
          conversationId: message.conversationId,
          to: { handle: message.to, name: message.toName },
          text: message.text,
          attachments,
          automatic: message.automatic,
          ...(message.subject ? { subject: message.subject } : {}),
          ...(message.html ? { html: message.html } : {}),
          ...(message.routes ? { routes: message.routes } : {}),
          ...(message.template ? { template: message.template } : {}),
          ...(message.cc ? { cc: message.cc.map(partyOf) } : {}),
          ...(message.bcc ? { bcc: message.bcc.map(partyOf) } : {}),
          references: message.references,
          ...(message.inReplyTo ? { inReplyTo: message.inReplyTo } : {}),
        },
        account,
        { fetch: deps.fetch, fetchOutside: deps.fetchOutside, resolveHost: deps.resolveHost, signal, now, publicUrl: deps.publicUrl, apiBases: deps.apiBases },
      );
      if (!result.ok || account.failing)
        await noteSent(db, workspaceId, account.id, result.ok ? null : result.error, JSON.stringify({ to: message.to, text: message.text })).catch(() => {});
      if (result.ok) return { status: 'sent', externalId: result.externalId, warning: result.warning ?? null };
      return answerOf(result, message, now);
    },
  };
}

const partyOf = ({ handle, name }: Recipient) => ({ handle, ...(name ? { name } : {}) });

/** Files as channels hand them over: mail takes their bytes, messengers their links. What is gone is left out. */
async function filesOf({ db, files: { store, links } }: ProviderDeps, workspaceId: string, ids: readonly string[]): Promise<OutboundAttachment[]> {
  if (ids.length === 0) return [];
  const found = await filesById(db.sql, workspaceId, ids);
  const read = await Promise.all(
    found.map(async (file): Promise<OutboundAttachment[]> => {
      const stream = await store.open(file);
      if (!stream) return [];
      const { name, type, url } = links.show(file);
      return [{ name, type, url, bytes: await buffer(stream) }];
    }),
  );
  return read.flat();
}

function answerOf(
  result: { kind: 'retry' | 'failed' | 'unknown'; error: string; retryAfterMs?: number; wholeAccount?: boolean },
  message: Claimed,
  now: Date,
): Answer {
  if (result.kind !== 'retry') return { status: result.kind, error: result.error };
  const wholeAccount = result.wholeAccount && { wholeAccount: true };
  if (message.attempts >= MAX_ATTEMPTS) return { status: 'failed', error: `${result.error}; tried ${message.attempts} times`, ...wholeAccount };
  return { status: 'retry', error: result.error, at: new Date(now.getTime() + Math.max(backoff(message.attempts), result.retryAfterMs ?? 0)), ...wholeAccount };
}
