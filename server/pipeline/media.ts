/** Fetches the files that providers keep, beside the jobs: a provider that hangs must hold up no turn and no delivery. */
import { channelOf } from '../channels/registry.ts';
import type { MediaAnswer } from '../channels/channel.ts';
import { refusalOf } from '../channels/download.ts';
import { accountById } from '../db/accounts.ts';
import { announceBytes } from '../db/files.ts';
import { claimMedia, leaveMedia, settleMedia } from '../db/media.ts';
import type { ClaimedMedia, Fetched } from '../db/media.ts';
import { gather, TooLarge } from '../files/gather.ts';
import type { Logger } from '../log.ts';
import type { Intake } from './attachments.ts';
import type { ProviderDeps } from './provider-messenger.ts';
import { backoff } from './provider-messenger.ts';

export interface MediaDeps extends Intake, Pick<ProviderDeps, 'encryptionKeys' | 'apiBases' | 'fetch' | 'fetchOutside'> {
  log: Logger;
}

/** How often somebody looks for what is due; with the silence before that frees it, what a killed process left goes on within 5 s. */
const SWEEP_MS = 500;
/** Files at once in this process, and of one account: one that hangs leaves room for the others. */
const AT_ONCE = 8;
const AT_ONCE_OF_ACCOUNT = 2;
/** Milliseconds that one file may take. */
const TIMEOUT_MS = 120_000;
/** A file that does not come is asked for again this often, at ever longer intervals; then it is given up, in words. */
const MAX_ATTEMPTS = 8;

/** Fetches what is due until told to stop; what is under way then goes to others. A process that fetches has to beat. */
export function startMedia(deps: MediaDeps): { stop(): Promise<void> } {
  const { db, log } = deps;
  const stopping = new AbortController();
  const busy = new Map<string, { accountId: string; done: Promise<void> }>();
  let looking: Promise<void> | null = null;

  const begin = (media: ClaimedMedia): void => {
    const one = async (): Promise<void> => {
      try {
        const fetched = await fetchOne(deps, media, stopping.signal);
        if (fetched) await settleMedia(db, media, fetched);
        busy.delete(media.id);
        look();
      } catch (error) {
        // The database, most likely: the next sweep is soon enough.
        log.warn({ err: error, mediaId: media.id }, 'fetching a file failed');
        busy.delete(media.id);
      }
    };
    const done = one();
    busy.set(media.id, { accountId: media.accountId, done });
  };
  const claim = async (): Promise<void> => {
    const perAccount = new Map<string, number>();
    for (const { accountId } of busy.values()) perAccount.set(accountId, (perAccount.get(accountId) ?? 0) + 1);
    const resting = [...perAccount].filter(([, count]) => count >= AT_ONCE_OF_ACCOUNT).map(([id]) => id);
    // One at a time: the next one may be of the same account.
    const [media] = await claimMedia(db, 1, [...busy.keys()], resting);
    if (!media) return;
    begin(media);
    if (busy.size < AT_ONCE && !stopping.signal.aborted) await claim();
  };
  const look = (): void => {
    if (looking || stopping.signal.aborted || busy.size >= AT_ONCE) return;
    looking = claim().catch((error: unknown) => log.warn({ err: error }, 'looking for files failed')).finally(() => (looking = null));
  };
  const timer = setInterval(look, SWEEP_MS);
  look();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await looking;
      await Promise.all([...busy.values()].map(({ done }) => done));
      await leaveMedia(db).catch(() => {});
    },
  };
}

/** @returns null where this process is stopping, or the account is gone and the file with it */
async function fetchOne(deps: MediaDeps, media: ClaimedMedia, stopping: AbortSignal): Promise<Fetched | null> {
  const { db, store, fileMaxBytes } = deps;
  const { workspaceId, source } = media;
  const failed = (error: string): Fetched => ({ error: error.slice(0, 500) });
  const again = (error: string): Fetched | null => {
    if (stopping.aborted) return null;
    const attempt = media.attempts + 1;
    return attempt >= MAX_ATTEMPTS ? failed(`${error} It was tried ${attempt} times.`) : { again: new Date(Date.now() + backoff(attempt)) };
  };
  const account = await accountById(db.sql, deps.encryptionKeys, workspaceId, media.accountId).catch(() => undefined);
  if (account === null) return null;
  if (!account) return again('The account could not be read.');
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
  const { media: fetchFrom } = channelOf(account.kind);
  const answer: MediaAnswer = source.from === 'none' || !fetchFrom
    ? { ok: false, kind: 'failed', error: 'The provider keeps no such file.' }
    : await fetchFrom(source, account, { fetch: deps.fetch, fetchOutside: deps.fetchOutside, signal, apiBases: deps.apiBases });
  if (!answer.ok) return answer.kind === 'failed' ? failed(answer.error) : again(answer.error);
  try {
    const { path, ...found } = await gather(store, answer.body, fileMaxBytes, signal);
    await announceBytes(db.sql, { workspaceId, sha256: found.sha256 });
    await store.put({ workspaceId, sha256: found.sha256 }, path);
    return found;
  } catch (error) {
    if (error instanceof TooLarge) return failed(`The file has more than ${fileMaxBytes} bytes.`);
    return again(refusalOf(error).error);
  }
}
