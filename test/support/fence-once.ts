/** Exactly one: everything that may happen to one draft at once. */
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import type { Db } from '../../server/db/change.ts';
import type { ActorRow } from '../../server/db/conversation.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { execute } from '../../server/db/control.ts';
import { approveDraft, rejectDraft } from '../../server/db/drafts.ts';
import { createWorld } from './world.ts';

interface RaceProof {
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
    const work = async (what: (unit: Parameters<Parameters<typeof change>[2]>[0]) => Promise<{ ok: boolean } | null>): Promise<boolean> =>
      (await change(db, world.workspaceId, what))?.ok ?? false;
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
