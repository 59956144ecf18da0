/** Exactly one: repeated webhooks, and everything that may happen to one draft at once. */
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import type { ActorRow } from '../../server/db/conversation.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { execute } from '../../server/db/control.ts';
import { approveDraft, rejectDraft } from '../../server/db/drafts.ts';
import { receiveInbound } from '../../server/db/inbound.ts';
import { createWorld } from './world.ts';

export interface ReplayProof {
  messages: number;
  conversations: number;
  duplicates: number;
  /** Places in a thread that nothing has, and conversations whose count is wrong. */
  holes: number;
  miscounted: number;
  milliseconds: number;
}

/** Webhooks of many senders, five messages each, every one several times, in any order and at once. */
export async function replayWebhooks(db: Db, options: { webhooks: number; copies: number; parallel: number; onProgress?: (done: number) => void }): Promise<ReplayProof> {
  const began = performance.now();
  const world = await createWorld(db);
  const accountId = newId();
  await db.sql`insert into channel_account ${db.sql({ workspaceId: world.workspaceId, id: accountId, channel: 'sms', name: 'Text', agentId: world.agents.nova })}`;
  const all = Array.from({ length: options.webhooks * options.copies }, (_, n) => n % options.webhooks);
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [all[at], all[other]] = [all[other]!, all[at]!];
  }
  let duplicates = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let n = all.pop(); n !== undefined; n = all.pop()) {
      const received = await receiveInbound(db, {
        workspaceId: world.workspaceId, accountId, channel: 'sms', from: { handle: `+1${Math.floor(n / 5)}`, name: 'Marta' }, text: `Message ${n}`, externalId: `SM${n}`,
      });
      if (received!.duplicate) duplicates += 1;
      options.onProgress?.((done += 1));
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, lane));
  const [row] = await db.sql<{ messages: number; conversations: number; holes: number; miscounted: number }[]>`
    select (select count(*)::int from message where workspace_id = ${world.workspaceId}) as messages, count(*)::int as conversations,
      count(*) filter (where last_seq <> (select count(*) from message m where m.conversation_id = c.id))::int as holes,
      count(*) filter (where inbound_count <> (select count(*) from message m where m.conversation_id = c.id) or last_inbound_seq <> last_seq)::int as miscounted
    from conversation c where workspace_id = ${world.workspaceId}`;
  return { ...row!, duplicates, milliseconds: Math.round(performance.now() - began) };
}

export interface RaceProof {
  races: number;
  approved: number;
  rejected: number;
  superseded: number;
  /** Drafts of which more than one message came. */
  tooMany: number;
  /** What the callers were told is not what the rows say. */
  disagree: number;
  /** Drafts that are still pending. */
  left: number;
}

/** Two approve a draft, one rejects it, and the customer writes again, all at once. */
export async function approveRaces(db: Db, races: number): Promise<RaceProof> {
  const world = await createWorld(db, { replyMode: 'auto_draft' });
  const person = (id: string): ActorRow & { id: string } => ({ kind: 'operator', id, name: 'Somebody' });
  const [ana, ben] = [person(world.operators.ana), person(world.operators.ben)];
  const proof: RaceProof = { races, approved: 0, rejected: 0, superseded: 0, tooMany: 0, disagree: 0, left: 0 };
  for (let race = 0; race < races; race += 1) {
    const { conversationId, messageId, handle } = await world.writes('Hello');
    const draftId = await stage(db, world.workspaceId, conversationId, world.agents.nova, messageId);
    const work = async (what: (unit: Parameters<Parameters<typeof change>[2]>[0]) => Promise<{ ok: boolean } | null>): Promise<boolean> => (await change(db, world.workspaceId, what))?.ok ?? false;
    const acts: (() => Promise<boolean>)[] = [
      () => work((unit) => approveDraft(unit, draftId, ana, { version: 1 })),
      () => work((unit) => approveDraft(unit, draftId, ben, { version: 1, text: 'Edited' })),
      ...(race % 2 === 0 ? [() => work((unit) => rejectDraft(unit, draftId, ana, { version: null, reason: null }))] : []),
      ...(race % 3 === 0 ? [async () => (await world.writes('And one more thing', { handle })) && false] : []),
    ];
    const told = await Promise.all(acts.toSorted(() => Math.random() - 0.5).map((act) => act()));
    const [row] = await db.sql<{ status: string; messages: number }[]>`
      select status, (select count(*)::int from message where draft_id = ${draftId}) as messages from draft where id = ${draftId}`;
    const { status, messages } = row!;
    const sent = status === 'approved' || status === 'edited';
    if (sent) proof.approved += 1;
    if (status === 'rejected') proof.rejected += 1;
    if (status === 'superseded') proof.superseded += 1;
    if (status === 'pending') proof.left += 1;
    if (messages > 1) proof.tooMany += 1;
    const winners = told.filter(Boolean).length;
    if (messages !== (sent ? 1 : 0) || winners !== (status === 'superseded' ? 0 : 1)) proof.disagree += 1;
  }
  return proof;
}

/** A pending draft, as a run stages it. */
async function stage(db: Db, workspaceId: string, conversationId: string, agentId: string, inReplyTo: string): Promise<string> {
  const id = newId();
  await change(db, workspaceId, async (unit) => {
    const held = (await holdConversation(unit, conversationId))!;
    await unit.sql`insert into draft ${unit.sql({ workspaceId, id, conversationId, agentId, text: 'A draft', inReplyTo, because: unit.sql.json({ articles: [], skills: [], cards: [], playbook: null }) })}`;
    held.row.draftId = id;
    await execute(held, { type: 'draft_staged' }, { kind: 'agent', id: agentId, name: 'Nova' });
    await held.save();
  });
  return id;
}
