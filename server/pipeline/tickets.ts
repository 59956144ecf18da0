/** Passes tickets to the outside tracker of their workspace, beside the jobs: a tracker that hangs holds up no other. */
import { asObject, asString } from '../channels/json.ts';
import { judgeStatus, post as postOnce } from '../channels/http.ts';
import type { SendContext } from '../channels/channel.ts';
import { signStandard } from '../channels/signatures.ts';
import type { Db } from '../db/change.ts';
import type { Keyring } from '../db/secrets.ts';
import { claimPost, leavePosts, openTracker, settlePost, snapshotOf } from '../db/ticket-posts.ts';
import type { ClaimedPost, Posted } from '../db/ticket-posts.ts';
import { showSnapshot } from '../db/tickets.ts';
import type { FileLinks } from '../files/links.ts';
import type { Logger } from '../log.ts';
import { startClaims } from './claims.ts';
import { backoff } from './provider-messenger.ts';

interface TicketPostDeps {
  db: Db;
  encryptionKeys: Keyring;
  /** Reaches the public internet, and what the deployment names of its own network, and nothing else. */
  fetchOutside: SendContext['fetchOutside'];
  links: FileLinks;
  publicUrl: string;
  log: Logger;
}

/** Workspaces at once in this process; of each, one post at a time. */
const AT_ONCE = 8;
/** A tracker that says "not now" is asked again this often, at ever longer intervals, for about half an hour; then a person has to look. */
const MAX_ATTEMPTS = 11;

/** Posts what is due until told to stop; what is under way then goes to others. A process that posts has to beat. */
export function startTicketPosts(deps: TicketPostDeps): { stop(): Promise<void> } {
  const { db, log } = deps;
  return startClaims<ClaimedPost>({
    name: 'passing a ticket on',
    atOnce: AT_ONCE,
    log,
    leave: () => leavePosts(db),
    named: ({ ticketId }) => ({ ticketId }),
    claim: async (busy) =>
      (await claimPost(
        db,
        busy.map(({ workspaceId }) => workspaceId),
      )) ?? null,
    async work(post, stopping) {
      const posted = await send(deps, post, stopping);
      if (posted) await settlePost(db, post, posted);
    },
  });
}

/** One attempt. @returns null where this process is stopping */
async function send(deps: TicketPostDeps, post: ClaimedPost, stopping: AbortSignal): Promise<Posted | null> {
  const { db, links, publicUrl } = deps;
  const tracker = await openTracker(db.sql, deps.encryptionKeys, post.workspaceId).catch(() => null);
  if (!tracker) return { ok: false, error: 'No tracker is set up, or its secret cannot be read.', again: null };
  const snapshot = post.type === 'ticket.created' ? await snapshotOf(db.sql, post.workspaceId, post.ticketId) : null;
  const now = new Date();
  const body = JSON.stringify({
    type: post.type,
    timestamp: post.createdAt.toISOString(),
    data: {
      ...post.body,
      apiUrl: `${publicUrl}/v1/tickets/${post.ticketId}`,
      ...(snapshot ? { snapshot: showSnapshot(snapshot, post.workspaceId, links) } : {}),
    },
  });
  const headers = { ...signStandard([tracker.secret], post.id, Buffer.from(body), now), 'content-type': 'application/json' };
  const answer = await postOnce({ fetch: deps.fetchOutside, signal: stopping }, tracker.url, headers, body, true);
  if (stopping.aborted && 'refusal' in answer) return null;
  if ('status' in answer && answer.status >= 200 && answer.status <= 299) {
    const { id, url } = asObject(answer.json);
    return { ok: true, id: (asString(id) ?? (typeof id === 'number' ? String(id) : null))?.slice(0, 200) ?? null, url: webAddress(asString(url)) };
  }
  const refusal = 'refusal' in answer ? answer.refusal : judgeStatus(answer, asString(asObject(answer.json)['error']), now, true);
  const attempt = post.attempts + 1;
  const again = refusal.kind === 'retry' && attempt < MAX_ATTEMPTS ? new Date(now.getTime() + Math.max(backoff(attempt), refusal.retryAfterMs ?? 0)) : null;
  return { ok: false, error: refusal.error.replaceAll('The provider', 'The tracker'), again };
}

/** An address that people may be led to. */
function webAddress(text: string | undefined): string | null {
  return text && text.length <= 2_000 && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
