import { setTimeout as wait } from 'node:timers/promises';
import { mailboxOf, readLetter } from '../channels/email/email.ts';
import { MailboxFault, watchMailbox } from '../channels/email/imap.ts';
import { hostFault } from '../channels/email/login.ts';
import type { ResolveHost } from '../channels/channel.ts';
import type { Letter, Reader } from '../channels/email/imap.ts';
import { accountById, noteReceived } from '../db/accounts.ts';
import type { OpenAccount } from '../db/accounts.ts';
import { clearFault, leaveMailbox, mailAccounts, ownMailbox, placeOf, reachPlace } from '../db/mailboxes.ts';
import type { MailAccountRef } from '../db/mailboxes.ts';
import type { Keyring } from '../db/secrets.ts';
import type { Logger } from '../log.ts';
import { errorMessage } from '../process.ts';
import type { Intake } from './attachments.ts';
import { takeIn } from './inbound.ts';

/** How often it is looked which mailboxes there are, and whether one has lost its reader. */
const LOOK_MS = 5_000;
/** Milliseconds before a mailbox that failed is tried again; doubled each time, at most {@link MAX_BACKOFF_MS}. */
const BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** How much of the mail that came before the account is read, in milliseconds. */
const BEFORE_MS = 24 * 3_600_000;
/** A mail that cannot be stored is kept aside after so many attempts, so that those behind it get their turn. */
const MOST_ATTEMPTS = 3;

interface MailboxDeps extends Intake {
  /** Opens the accounts' secrets. */
  encryptionKeys: Keyring;
  /** For mail servers' hosts. */
  resolveHost: ResolveHost;
  log: Logger;
}

/** Another process reads the mailbox now, or the account is gone. */
class Lost extends Error {}

interface Watch {
  version: number;
  stop: AbortController;
  ended: Promise<void>;
}

/**
 * Reads the mail accounts that have an IMAP server: each in one process at a time, by IDLE, from where the last reader
 * stopped. An account whose settings changed is begun anew.
 * @param lookMs how often it looks for changes
 * @returns how to end it: the mail that is being taken in is taken
 */
export function keepReading(deps: MailboxDeps, lookMs = LOOK_MS): () => Promise<void> {
  const watches = new Map<string, Watch>();
  const ending = new AbortController();
  const tend = async (): Promise<void> => {
    const accounts = await mailAccounts(deps.db);
    for (const [id, watch] of watches) {
      if (accounts.some((account) => account.id === id && account.version === watch.version)) continue;
      watch.stop.abort();
      await watch.ended;
    }
    for (const account of accounts) {
      if (ending.signal.aborted || watches.has(account.id) || !(await ownMailbox(deps.db, account))) continue;
      const stop = new AbortController();
      const ended = watch(deps, account, stop.signal).finally(() => watches.delete(account.id));
      watches.set(account.id, { version: account.version, stop, ended });
    }
  };
  const done = (async () => {
    while (!ending.signal.aborted) {
      await tend().catch((error: unknown) => deps.log.warn({ err: error }, 'looking for mailboxes failed'));
      await wait(lookMs, undefined, { signal: ending.signal }).catch(() => {});
    }
    for (const { stop } of watches.values()) stop.abort();
    await Promise.all([...watches.values()].map(({ ended }) => ended));
  })();
  return () => {
    ending.abort();
    return done;
  };
}

/** Reads one account until it is stopped or another process has it, and tries again after each fault. Never rejects. */
async function watch(deps: MailboxDeps, ref: MailAccountRef, signal: AbortSignal): Promise<void> {
  const { db, log } = deps;
  const failures = new Map<string, number>();
  let attempt = 0;
  let first = true;
  const settled = async () => {
    if (first) await clearFault(db, ref);
    first = false;
    attempt = 0;
  };
  while (!signal.aborted) {
    first = true;
    try {
      const account = await accountById(db.sql, deps.encryptionKeys, ref.workspaceId, ref.id).catch((cause: unknown) => {
        throw new MailboxFault('The account could not be read.', { cause });
      });
      if (!account || !(await ownMailbox(db, ref))) break;
      const mailbox = mailboxOf(account);
      if ('lacks' in mailbox) throw new MailboxFault(`The mailbox cannot be read: the account lacks ${mailbox.lacks.join(', ')}.`);
      const address = await deps.resolveHost(mailbox.server.host).catch((cause: unknown) => {
        throw new MailboxFault(hostFault(cause).words, { cause });
      });
      await watchMailbox({ ...mailbox.server, address }, mailbox.folders, readerOf(deps, ref, account, failures, settled), signal);
    } catch (error) {
      if (error instanceof Lost) break;
      const words = error instanceof MailboxFault ? error.message : 'Mail could not be stored.';
      log.warn({ accountId: ref.id, ...(error instanceof MailboxFault ? { what: words } : { err: error }) }, 'reading a mailbox failed');
      await noteReceived(db, ref.workspaceId, ref.id, words).catch(() => {});
    }
    await wait(Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(attempt, 20)), undefined, { signal }).catch(() => {});
    attempt += 1;
  }
  await leaveMailbox(db, ref).catch((error: unknown) => log.warn({ what: errorMessage(error) }, 'leaving a mailbox failed'));
}

function readerOf(deps: MailboxDeps, ref: MailAccountRef, account: OpenAccount, failures: Map<string, number>, settled: () => Promise<void>): Reader {
  const { db } = deps;
  return {
    placeOf: (folder) => placeOf(db, ref, folder),
    // A numbering that began anew says nothing about what has been read: all since the account is there is looked at again.
    since: (again) => new Date((again ? ref.createdAt.getTime() : Date.now()) - BEFORE_MS),
    settled,
    async reached(folder, place) {
      if (!(await reachPlace(db, ref, folder, place))) throw new Lost();
    },
    async take(letter) {
      const key = `${letter.folder}:${letter.uid}`;
      try {
        await takeLetter(deps, account, letter, (failures.get(key) ?? 0) >= MOST_ATTEMPTS);
        failures.delete(key);
      } catch (error) {
        failures.set(key, (failures.get(key) ?? 0) + 1);
        throw error;
      }
    },
  };
}

/** @param aside it failed too often: only that it came is kept */
async function takeLetter(deps: MailboxDeps, account: OpenAccount, { raw, folder, uid, bytes }: Letter, aside: boolean): Promise<void> {
  const where = `${folder}, UID ${uid}`;
  if (raw === null) return takeIn(deps, account, [{ type: 'unknown', what: `a mail of ${bytes} bytes, which is more than is read` }], where);
  if (aside)
    return takeIn(deps, account, [{ type: 'unknown', what: `a mail that could not be stored (${where})` }], new TextDecoder().decode(raw.subarray(0, 100_000)));
  // Before it is read, which may take it away.
  const payload = new TextDecoder().decode(raw.subarray(0, 100_000));
  return takeIn(deps, account, [await readLetter(raw, account, new Date())], payload);
}
