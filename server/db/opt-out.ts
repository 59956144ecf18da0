import type { InboundMessage } from '../channels/channel.ts';
import { helpText } from '../domain/words.ts';
import type { Change, Db } from './change.ts';
import { sayRecalled, stopWorking } from './control.ts';
import type { ActorRow, HeldConversation } from './conversation.ts';
import { holdConversation, SYSTEM } from './conversation.ts';
import type { Inbound, Received } from './inbound-message.ts';
import { receiveInbound, receivedBefore, receiveWith } from './inbound.ts';
import { insertOutbound } from './message.ts';

type Keyword = NonNullable<InboundMessage['keyword']>;

/** Minutes within which somebody who asks again has the answer already, however often the word comes. */
const HELP_AGAIN_MINUTES = 10;

/**
 * Takes in a message that is nothing but STOP, START or HELP, with what it means, in one transaction. After STOP nothing
 * is sent to the handle, and what was queued for it is recalled, until START; what has to be said to STOP the provider says. HELP is
 * answered with a fixed text, unless the provider has, or we have within {@link HELP_AGAIN_MINUTES}. No agent answers any of them; a START that takes nothing back is a message as any other.
 */
export function receiveKeyword(db: Db, inbound: Inbound & { externalId: string }, keyword: Keyword): Promise<Received | null> {
  return receiveWith(db, inbound, (unit) => take(db, unit, inbound, keyword));
}

async function take(db: Db, unit: Change, inbound: Inbound & { externalId: string }, { word, answered }: Keyword): Promise<Received | null> {
  const { sql, workspaceId } = unit;
  const before = await receivedBefore(sql, inbound);
  if (before) return before;
  const handle = sql`workspace_id = ${workspaceId} and channel = ${inbound.channel} and handle = ${inbound.from.handle}`;
  const [known] = await sql<{ optedOutAt: Date | null }[]>`select opted_out_at from identity where ${handle} for no key update`;
  const isOut = Boolean(known?.optedOutAt);
  if (word === 'start' && !isOut) return receiveInbound(db, inbound, unit);

  const received = await receiveInbound(db, { ...inbound, neverAnswered: word }, unit);
  const held = received && (await holdConversation(unit, received.conversationId));
  if (!held) return received;
  const [identity] = await sql<{ id: string; contactId: string; name: string; language: string | null }[]>`
    select i.id, i.contact_id, c.name, c.language from identity i join contact c on c.workspace_id = i.workspace_id and c.id = i.contact_id
    where i.workspace_id = ${workspaceId} and i.channel = ${inbound.channel} and i.handle = ${inbound.from.handle}`;
  const { id, contactId, name, language } = identity!;
  const by: ActorRow = { kind: 'contact', id: contactId, name };
  const said = inbound.text.trim().toUpperCase();
  if (word === 'stop' && !isOut) {
    await sql`update identity set opted_out_at = ${held.now} where workspace_id = ${workspaceId} and id = ${id}`;
    await held.addLine({ code: 'opted_out', text: `${name} wrote ${said}: nothing is sent to this number until START`, by, data: { word: said } });
    await recallFor(held, id, by);
  }
  if (word === 'start') {
    await sql`update identity set opted_out_at = null where workspace_id = ${workspaceId} and id = ${id}`;
    await held.addLine({ code: 'opted_in', text: `${name} wrote ${said}: messages may be sent to this number again`, by, data: { word: said } });
  }
  await settle(held, received.messageId, word === 'stop');
  if (word === 'help' && !answered && !isOut) {
    const [workspace] = await sql<{ name: string }[]>`select name from workspace where id = ${workspaceId}`;
    const author: ActorRow = { kind: 'system', id: null, name: workspace?.name ?? SYSTEM.name };
    const text = helpText(language, author.name);
    const given = await sql`
      select from message where workspace_id = ${workspaceId} and identity_id = ${id} and account_id = ${inbound.accountId} and direction = 'outbound' and sent_by ->> 'kind' = 'system'
        and text = ${text} and created_at > ${held.now}::timestamptz - make_interval(mins => ${HELP_AGAIN_MINUTES}) and delivery_status not in ('failed', 'recalled') limit 1`;
    if (given.length === 0) await insertOutbound(held, { author, sentBy: { kind: 'system', id: null }, text, aiGenerated: false });
  }
  if (word !== 'help') unit.emit({ kind: 'contact', audience: 'team', subjectId: contactId });
  await held.save();
  return received;
}

/** No run is owed for the word itself; after STOP none for what stood before it either. */
async function settle(held: HeldConversation, messageId: string, all: boolean): Promise<void> {
  const { row, unit } = held;
  if (row.waitingSince?.getTime() === row.lastInboundAt?.getTime()) row.waitingSince = null;
  const [previous] = await unit.sql<{ id: string }[]>`
    select id from message where workspace_id = ${unit.workspaceId} and conversation_id = ${row.id} and direction = 'inbound' and id <> ${messageId} order by seq desc limit 1`;
  if (!all && previous && previous.id !== row.answeredId) {
    // The turn that is owed for what stands before goes on, and has the word among what it reads.
    await unit.sql`update message set data = data - 'neverAnswered' where workspace_id = ${unit.workspaceId} and id = ${messageId}`;
    return;
  }
  Object.assign(row, { answeredId: messageId, runDueAt: null, burstFrom: null });
  if (!row.runOwner) return;
  row.runOwner = null;
  unit.abort(row.id);
  stopWorking(held);
}

/** What is queued for a handle does not go out, whoever wrote it and in whichever conversation. */
async function recallFor(held: HeldConversation, identityId: string, by: ActorRow): Promise<void> {
  const { unit } = held;
  const { sql, workspaceId } = unit;
  const queued = await sql<{ conversationId: string }[]>`
    select distinct conversation_id from message where workspace_id = ${workspaceId} and identity_id = ${identityId} and delivery_status = 'queued' order by conversation_id`;
  for (const { conversationId } of queued) {
    const there = conversationId === held.row.id ? held : await holdConversation(unit, conversationId);
    if (!there) continue;
    const recalled = await sql<{ id: string; authorName: string }[]>`
      update message set delivery_status = 'recalled', delivery_at = ${held.now}, delivery_error = 'the customer wrote STOP'
      where workspace_id = ${workspaceId} and conversation_id = ${conversationId} and identity_id = ${identityId} and delivery_status = 'queued' returning id, author_name`;
    for (const message of recalled) await sayRecalled(there, by, message);
    if (there !== held) await there.save();
  }
}
