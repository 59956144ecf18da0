import { ImapFlow } from 'imapflow';
import type { ImapFlowError, ImapFlowOptions } from 'imapflow';
import { maxMailBytes } from './parse-mime.ts';
import { isLoopback, serverName } from './smtp.ts';

/** Where mail is fetched. */
export interface ImapServer {
  /** As it was typed, and as its certificate names it. */
  host: string;
  /** Where it is: what `host` resolved to. */
  address: string;
  port: number;
  /** TLS from the first byte; else by STARTTLS, which only a server on this machine may go without. */
  secure: boolean;
  user: string;
  password: string;
}

/** How far a folder has been read: all that has a UID up to `lastUid`, as long as its UIDVALIDITY stays. */
export interface Place {
  uidValidity: number;
  lastUid: number;
}

/** One mail as it lies in a folder. */
export interface Letter {
  folder: string;
  uid: number;
  /** Null where it is larger than any that is read. */
  raw: Uint8Array | null;
  bytes: number;
}

/** Who is handed the mail. What its functions throw ends the watch with that error. */
export interface Reader {
  placeOf(folder: string): Promise<Place | null>;
  /** When a folder that was never read, or whose numbering began anew, is of interest: what came before stays unread. */
  since(again: boolean): Date;
  take(letter: Letter): Promise<void>;
  /** Everything up to here has been taken. */
  reached(folder: string, place: Place): Promise<void>;
  /** All folders have been looked at. */
  settled(): Promise<void>;
}

/** Milliseconds between two looks at all folders; the first one announces its mail by itself. */
const LOOK_MS = 30_000;
const CONNECT_MS = 15_000;
/** A connection on which nothing was said for so long is dead. */
const SILENCE_MS = 90_000;

/** Why a mailbox cannot be read, in words that hold no secret. */
export class MailboxFault extends Error {}

/** The reader failed, not the mailbox. */
class ReaderFault extends Error {}

const asked = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((cause: unknown) => {
    throw new ReaderFault('the reader failed', { cause });
  });

function optionsOf({ host, address, port, secure, user, password }: ImapServer): ImapFlowOptions {
  return {
    host: address,
    ...serverName(host),
    port,
    secure,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    clientInfo: { name: 'Convene' },
    ...(secure ? {} : { doSTARTTLS: !isLoopback(host) }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    maxIdleTime: LOOK_MS * 2,
    maxLiteralSize: maxMailBytes + 1_048_576,
    maxResponseSize: maxMailBytes + 4_194_304,
  };
}

/** A fault of the server or the way to it, in words; of the reader, as it is. */
function inWords(error: unknown, { password }: ImapServer): unknown {
  if (error instanceof ReaderFault) return error.cause;
  if (error instanceof MailboxFault) return error;
  const fault = error as Partial<ImapFlowError> & { authenticationFailed?: boolean; responseText?: string; mailboxMissing?: boolean };
  const said = (fault.responseText ?? fault.message ?? '').replaceAll(password, '[secret]').slice(0, 300);
  if (fault.authenticationFailed) return new MailboxFault(`The mail server refused user name or password: ${said}`);
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_VERIFY/.test(fault.code ?? '')) return new MailboxFault(`The mail server’s certificate is not valid: ${said}`);
  return new MailboxFault(`The mail server could not be used: ${said}`);
}

/**
 * Reads folders over one connection until `signal` aborts it: first what is new in each, then the first one as mail comes
 * in, and all of them every half minute. Mail is left as it is, unread and in its place.
 * @throws MailboxFault where the server cannot be used or the connection broke off; what the reader throws, as it is
 */
export async function watchMailbox(server: ImapServer, folders: readonly string[], reader: Reader, signal: AbortSignal): Promise<void> {
  const client = new ImapFlow(optionsOf(server));
  let lost: Error | undefined;
  let wake = () => {};
  let fresh = false;
  const stop = () => {
    wake();
    client.close();
  };
  client.on('error', (error) => {
    lost = error;
  });
  client.on('close', () => {
    lost ??= new MailboxFault('The mail server ended the connection.');
    wake();
  });
  client.on('exists', () => {
    fresh = true;
    wake();
  });
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) return;
    await client.connect();
    const [first = 'INBOX', ...others] = folders;
    for (;;) {
      // The first one last: it stays open, and tells of its mail.
      for (const folder of [...others, first]) {
        fresh = false;
        await look(client, folder, reader, signal);
      }
      await asked(reader.settled());
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (fresh || lost || signal.aborted) return wake();
        void client.idle().catch(() => false);
      });
      wake = () => {};
      if (signal.aborted) return;
      if (lost) throw lost;
    }
  } catch (error) {
    const broken = /^(NoConnection|EConnectionClosed)$/.test((error as { code?: string }).code ?? '');
    if (!signal.aborted) throw inWords(broken ? (lost ?? error) : error, server);
  } finally {
    signal.removeEventListener('abort', stop);
    client.close();
  }
}

/** Hands over what is new in a folder, in its order. */
async function look(client: ImapFlow, folder: string, reader: Reader, signal: AbortSignal): Promise<void> {
  const box = await client.mailboxOpen(folder, { readOnly: true }).catch((error: unknown) => {
    throw (error as { mailboxMissing?: boolean }).mailboxMissing ? new MailboxFault(`The mailbox has no folder ${folder}.`) : error;
  });
  const uidValidity = Number(box.uidValidity);
  const place = await asked(reader.placeOf(folder));
  const known = place?.uidValidity === uidValidity ? place : null;
  const end = box.uidNext - 1;
  if (known && known.lastUid >= end) return;
  const found = known ? await headsAbove(client, known.lastUid) : await headsSince(client, reader.since(place !== null));
  for (const { uid, bytes } of found) {
    if (signal.aborted) return;
    const letter = bytes > maxMailBytes ? null : await client.fetchOne(String(uid), { source: true }, { uid: true });
    // What was deleted meanwhile is not there to be read.
    if (letter !== false) await asked(reader.take({ folder, uid, bytes, raw: letter?.source ?? null }));
    if (known) await asked(reader.reached(folder, { uidValidity, lastUid: uid }));
  }
  if (!known) await asked(reader.reached(folder, { uidValidity, lastUid: Math.max(end, ...found.map(({ uid }) => uid)) }));
}

interface Head {
  uid: number;
  bytes: number;
}

/** What has a higher UID, in the order of the UIDs. `*` names the newest mail even where it is below. */
async function headsAbove(client: ImapFlow, uid: number): Promise<Head[]> {
  const heads = await client.fetchAll(`${uid + 1}:*`, { size: true }, { uid: true });
  return heads
    .map((head) => ({ uid: head.uid, bytes: head.size ?? 0 }))
    .filter((head) => head.uid > uid)
    .toSorted((a, b) => a.uid - b.uid);
}

/** What came into the mailbox since then. The server's search knows days only. */
async function headsSince(client: ImapFlow, since: Date): Promise<Head[]> {
  const dayBefore = new Date(since.getTime() - 24 * 3_600_000);
  const uids = (await client.search({ since: dayBefore }, { uid: true })) || [];
  if (uids.length === 0) return [];
  const heads = await client.fetchAll(uids, { size: true, internalDate: true }, { uid: true });
  return heads
    .filter(({ internalDate }) => new Date(internalDate ?? 0) >= since)
    .map((head) => ({ uid: head.uid, bytes: head.size ?? 0 }))
    .toSorted((a, b) => a.uid - b.uid);
}
