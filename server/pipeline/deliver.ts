import { claimDelivery, nextDelivery } from '../db/delivery.ts';
import type { Next } from '../db/delivery.ts';
import { settleDelivery } from '../db/settle-delivery.ts';
import { alone } from '../db/slots.ts';
import { inSpan } from '../tracing.ts';
import type { PipelineDeps } from './deps.ts';

/** Milliseconds that a provider has to answer. */
const PROVIDER_TIMEOUT_MS = 20_000;

/**
 * Hands over what is due in a conversation, oldest first, until nothing is left. Ends at once where another process is
 * at it. A crash between claim and answer leaves the message `sending`; the next owner of the slot settles it.
 */
export async function deliver(deps: PipelineDeps, workspaceId: string, conversationId: string): Promise<void> {
  await alone(deps.db, 'deliver', conversationId, () => handOver(deps, workspaceId, conversationId));
}

async function handOver({ db, messenger, lanes }: PipelineDeps, workspaceId: string, conversationId: string): Promise<void> {
  if (!(await claimDelivery(db, workspaceId, conversationId))) return;
  for (;;) {
    let entered: string | null = null;
    const began = Date.now();
    try {
      const next = await nextDelivery(db, workspaceId, conversationId, {
        isIdempotent: (channel) => messenger.isIdempotent(channel),
        enter: (accountId) => {
          // Asked again where a deadlock undid the claim: the lane is taken already.
          const later = entered ? null : lanes.enter(accountId);
          if (!later) entered = accountId;
          return later;
        },
      });
      if (next.kind === 'idle' || next.kind === 'lost') return;
      await traced(workspaceId, conversationId, next, began, async () => {
        if (next.kind === 'again') return next.outcome;
        const answer = await messenger.send(workspaceId, next.message, AbortSignal.timeout(PROVIDER_TIMEOUT_MS));
        const { accountId, id } = next.message;
        if (answer.status === 'sent' || !answer.wholeAccount) lanes.reached(accountId);
        else if (answer.status === 'retry') answer.at = lanes.hold(accountId, answer.at);
        else lanes.hold(accountId, new Date());
        await settleDelivery(db, workspaceId, conversationId, id, answer);
        return answer.status;
      });
    } finally {
      if (entered) lanes.leave(entered);
    }
  }
}

/** One message's way out, as a part of the trace of what queued it. */
function traced(
  workspaceId: string,
  conversationId: string,
  { message }: Extract<Next, { kind: 'send' | 'again' }>,
  began: number,
  work: () => Promise<string>,
): Promise<void> {
  const { id: messageId, channel, accountId, trace } = message;
  return inSpan('deliver', { workspaceId, conversationId, messageId, channel, accountId }, async (tell) => tell({ outcome: await work() }), {
    from: trace,
    kind: 'producer',
    began,
  });
}
