import type { Db } from './change.ts';
import { change } from './change.ts';
import { holdConversation, snippetOf } from './conversation.ts';
import { receiveInbound } from './inbound.ts';

interface CallReport {
  workspaceId: string;
  accountId: string;
  from: { handle: string; name: string; phone: string };
  /** The provider's id of the call, the same in every report. */
  externalId: string;
  /** Of two reports the higher is the truth. */
  revision: number;
  text: string;
  data: Record<string, unknown>;
}

/** A call as known so far: one item of the thread, which later reports of the same call bring up to date. Nobody answers it by text. */
export async function receiveCall(db: Db, call: CallReport): Promise<void> {
  const { workspaceId, accountId, externalId, revision, text } = call;
  const data = { ...call.data, revision };
  const received = await receiveInbound(db, {
    workspaceId,
    accountId,
    channel: 'voice',
    from: call.from,
    text,
    externalId,
    kind: 'call',
    data,
    neverAnswered: 'call',
  });
  if (!received?.duplicate) return;
  await change(db, workspaceId, async (unit) => {
    const held = await holdConversation(unit, received.conversationId);
    const rows = await unit.sql`
      update message set text = ${text}, data = ${unit.sql.json({ ...data, neverAnswered: 'call' } as never)}
      where workspace_id = ${workspaceId} and id = ${received.messageId} and coalesce((data ->> 'revision')::bigint, 0) < ${revision} returning id`;
    if (rows.length === 0 || !held) return;
    held.itemChanged(received.messageId);
    if (held.row.lastInboundId === received.messageId) held.row.lastSnippet = snippetOf(text);
    await held.save();
  });
}
