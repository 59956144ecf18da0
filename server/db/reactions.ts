import type { Actor } from '../contract/common.ts';
import type { Db } from './change.ts';
import { change } from './change.ts';
import { holdConversation } from './conversation.ts';
import { SOMEBODY } from './reports.ts';

/** As a message keeps it; one that was taken back has no emoji, so that an older report of it changes nothing. */
interface Reaction {
  emoji: string;
  by: Actor;
  at: string;
}

/**
 * A reaction to a message, or its taking back. It stands at the message; nothing is unread for it and nobody answers it.
 * @param handle of the customer; null where it was somebody of the team, in the provider's app
 * @returns false where the account has no such message
 */
export async function receiveReaction(
  db: Db,
  workspaceId: string,
  accountId: string,
  reaction: { externalId: string; handle: string | null; emoji: string; at: Date },
): Promise<boolean> {
  return change(db, workspaceId, async (unit) => {
    const { sql } = unit;
    const [seen] = await sql<{ id: string; conversationId: string }[]>`
      select id, conversation_id from message where workspace_id = ${workspaceId} and account_id = ${accountId} and external_id = ${reaction.externalId}`;
    const held = seen ? await holdConversation(unit, seen.conversationId) : null;
    if (!held || !seen) return false;
    const [message] = await sql<{ reactions: Reaction[] | null; contactId: string; name: string }[]>`
      select m.data -> 'reactions' as reactions, c.id as contact_id, c.name from message m
        left join identity i on i.workspace_id = m.workspace_id and i.channel = m.channel and i.handle = ${reaction.handle}
        join contact c on c.workspace_id = m.workspace_id and c.id = coalesce(i.contact_id, ${held.row.contactId})
      where m.workspace_id = ${workspaceId} and m.id = ${seen.id}`;
    const by: Actor = reaction.handle === null ? SOMEBODY : { kind: 'contact', id: message!.contactId, name: message!.name };
    const at = reaction.at.toISOString();
    const all = message!.reactions ?? [];
    const before = all.find((one) => one.by.kind === by.kind && one.by.id === by.id);
    if (before && before.at > at) return true;
    const reactions = [...all.filter((one) => one !== before), { emoji: reaction.emoji, by, at }];
    await sql`update message set data = coalesce(data, '{}') || ${sql.json({ reactions } as never)} where workspace_id = ${workspaceId} and id = ${seen.id}`;
    held.itemChanged(seen.id);
    await held.save();
    return true;
  });
}
