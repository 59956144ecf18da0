import type { Channel } from '../contract/common.ts';
import type { Change } from './change.ts';

/** How much of a thread a message names. */
const MOST = 20;

/** What a message of ours answers, by the ids of its provider. */
export interface Answered {
  inReplyTo: string | null;
  /** The thread, oldest first; of mail, also what the customer's mail named before. */
  references: string[];
}

/**
 * The thread that a message is to be shown in: the customer's last message on its way, and what came before it. A mail that
 * had no id of its own is known by a digest, which names nothing to anybody else.
 */
export async function answeredBy(
  { sql, workspaceId }: Change,
  conversationId: string,
  due: { id: string; channel: Channel; accountId: string },
): Promise<Answered> {
  const mail = due.channel === 'email';
  const rows = await sql<{ externalId: string; direction: 'inbound' | 'outbound'; named: string[] | null }[]>`
    select external_id, direction, data -> 'references' as named from message
    where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and external_id is not null and external_id not like 'sha256:%' and id <> ${due.id}
      and channel = ${due.channel} and (${mail} or (account_id = ${due.accountId} and direction = 'inbound')) order by seq desc limit ${MOST}`;
  const last = rows.find(({ direction }) => direction === 'inbound');
  const thread = rows.map(({ externalId }) => externalId).toReversed();
  const references = mail ? [...new Set([...(last?.named ?? []), ...thread])].slice(-MOST) : thread;
  return { inReplyTo: last?.externalId ?? references.at(-1) ?? null, references };
}

/** The subject of an answer. */
export const answerSubject = (subject: string): string => (/^\s*(re|aw|sv|vs|antw|odp|ref)(\[\d+\])?\s*:/i.test(subject) ? subject : `Re: ${subject}`);
