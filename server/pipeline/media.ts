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
import { startClaims } from './claims.ts';
import type { ProviderDeps } from './provider-messenger.ts';
import { backoff } from './provider-messenger.ts';

export interface MediaDeps extends Intake, Pick<ProviderDeps, 'encryptionKeys' | 'apiBases' | 'fetch' | 'fetchOutside'> {
  log: Logger;
}

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
  return startClaims<ClaimedMedia>({
    name: 'fetching a file',
    atOnce: AT_ONCE,
    log,
    leave: () => leaveMedia(db),
    named: ({ id }) => ({ mediaId: id }),
    async claim(busy) {
      const perAccount = new Map<string, number>();
      for (const { accountId } of busy) perAccount.set(accountId, (perAccount.get(accountId) ?? 0) + 1);
      const resting = [...perAccount].filter(([, count]) => count >= AT_ONCE_OF_ACCOUNT).map(([id]) => id);
      const [media] = await claimMedia(
        db,
        1,
        busy.map(({ id }) => id),
        resting,
      );
      return media ?? null;
    },
    async work(media, stopping) {
      const fetched = await fetchOne(deps, media, stopping);
      if (fetched) await settleMedia(db, media, fetched);
    },
  });
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
  const answer: MediaAnswer =
    source.from === 'none' || !fetchFrom
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
