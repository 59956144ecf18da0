/** Random pairs of conversations, full of all that a conversation can hold, for merges to be tried on. */
import { v7 as newId } from 'uuid';
import { change } from '../../server/db/change.ts';
import { holdConversation } from '../../server/db/conversation.ts';
import { operatorToken } from './api.ts';
import type { TestApi } from './api.ts';
import type { World } from './world.ts';

export interface MergeBench {
  api: TestApi;
  world: World;
  tokens: { ana: string; ben: string };
  random: () => number;
}

export interface RandomPair {
  fromId: string;
  intoId: string;
  handles: { from: string; into: string };
  sameContact: boolean;
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export async function mergeBench(api: TestApi, seed: number): Promise<MergeBench> {
  const world = await api.world({ replyMode: 'auto_draft' });
  await api.db.sql`insert into tag ${api.db.sql(['Legal', 'VIP', 'Refund'].map((name) => ({ workspaceId: world.workspaceId, id: newId(), name })))}`;
  return { api, world, tokens: { ana: await operatorToken(world), ben: await operatorToken(world, 'ben') }, random: randomOf(seed) };
}

/** One of them, by chance. */
export const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

/** Two conversations: of one contact by two handles, of one handle (the older one archived), or of two contacts. */
export async function randomPair(bench: MergeBench): Promise<RandomPair> {
  const {
    world,
    api: {
      db: { sql },
    },
    random,
  } = bench;
  const kind = pick(random, ['handles', 'handle', 'contacts', 'contacts'] as const);
  const from = await world.writes('the first of one');
  await grow(bench, from.conversationId, from.handle);
  let handle = newId();
  if (kind === 'handles') {
    await sql`insert into identity (workspace_id, id, contact_id, channel, handle) select workspace_id, ${newId()}, contact_id, 'chat', ${handle} from identity where workspace_id = ${world.workspaceId} and handle = ${from.handle}`;
  } else if (kind === 'handle') {
    handle = from.handle;
    await act(bench, 'PATCH', `/v1/conversations/${from.conversationId}`, { status: 'archived' });
  }
  const into = await world.writes('the first of the other', { handle });
  await grow(bench, into.conversationId, handle);
  const swap = random() < 0.5;
  const ids = swap ? [into.conversationId, from.conversationId] : [from.conversationId, into.conversationId];
  return {
    fromId: ids[0]!,
    intoId: ids[1]!,
    handles: swap ? { from: handle, into: from.handle } : { from: from.handle, into: handle },
    sameContact: kind !== 'contacts',
  };
}

/** A call by either operator; what the state of things refuses is refused. */
async function act(
  { api, tokens, random }: MergeBench,
  method: string,
  path: string,
  body: unknown = {},
  token = pick(random, [tokens.ana, tokens.ben]),
): Promise<unknown> {
  const answer = await api.call(method, path, { token, body });
  if (answer.status >= 500 || answer.status === 404) throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`);
  return answer.body;
}

/** Some of everything happens in a conversation. */
async function grow(bench: MergeBench, id: string, handle: string): Promise<void> {
  const { world, random } = bench;
  const at = `/v1/conversations/${id}`;
  const deeds: (() => Promise<unknown>)[] = [
    () => world.writes(`inbound ${random()}`, { handle }),
    () => world.writes(`inbound ${random()}`, { handle }),
    () => act(bench, 'POST', `${at}/messages`, { text: `answer ${random()}`, assume: true }),
    () => act(bench, 'POST', `${at}/notes`, { text: `note ${random()}`, mentions: [pick(random, [world.operators.ana, world.operators.ben])] }),
    () => act(bench, 'POST', `${at}/assume`),
    () => act(bench, 'POST', `${at}/handoff`, { reason: 'asked', departmentId: world.departments.care }),
    () => act(bench, 'POST', `${at}/resume`),
    () => act(bench, 'POST', `${at}/read`, { seq: Math.floor(random() * 8) }),
    () => act(bench, 'POST', `${at}/timeline`, { kind: 'custom', text: 'something outside' }),
    () => act(bench, 'POST', `${at}/tickets`, { title: 'a ticket' }),
    () => act(bench, 'POST', `${at}/transfer`, { operatorId: pick(random, [world.operators.ana, world.operators.ben]) }),
    () => act(bench, 'PATCH', at, { tags: [pick(random, ['Legal', 'VIP', 'Refund'])] }),
    () => act(bench, 'PATCH', at, { priority: pick(random, ['urgent', 'high', 'normal', 'low']) }),
    () => act(bench, 'PATCH', at, { replyMode: pick(random, ['controlled', 'auto_draft', 'off', null]) }),
    () => act(bench, 'PATCH', at, { status: pick(random, ['open', 'closed']) }),
    () => act(bench, 'PATCH', at, { agentId: pick(random, [world.agents.nova, world.agents.sol]) }),
    () => draftOf(bench, id),
  ];
  const times = 2 + Math.floor(random() * 10);
  for (let n = 0; n < times; n += 1) await pick(random, deeds)();
}

/** An agent's draft waits, as a run would leave it. */
async function draftOf({ api: { db }, world }: MergeBench, id: string): Promise<void> {
  await change(db, world.workspaceId, async (unit) => {
    const held = await holdConversation(unit, id);
    if (!held || held.row.draftId) return;
    const draft = {
      workspaceId: world.workspaceId,
      id: newId(),
      conversationId: id,
      agentId: world.agents.nova,
      text: 'a draft',
      inReplyTo: held.row.lastInboundId,
      createdAt: held.now,
    };
    await unit.sql`insert into draft ${unit.sql(draft)}`;
    held.row.draftId = draft.id;
    await held.save();
  });
}

/** What happens while the two are one: their customer writes on either handle, and people write notes and answer. */
export async function live(bench: MergeBench, pair: RandomPair): Promise<void> {
  const { world, random } = bench;
  const at = `/v1/conversations/${pair.intoId}`;
  const identity = async (): Promise<{ identityId: string }> => {
    const [row] = await bench.api.db.sql<
      { identityId: string }[]
    >`select id as identity_id from identity where workspace_id = ${world.workspaceId} and handle = ${pick(random, [pair.handles.from, pair.handles.into])}`;
    return row!;
  };
  const deeds: (() => Promise<unknown>)[] = [
    () => world.writes(`since ${random()}`, { handle: pair.handles.from }),
    () => world.writes(`since ${random()}`, { handle: pair.handles.into }),
    () => act(bench, 'POST', `${at}/notes`, { text: `note since ${random()}` }),
    async () => act(bench, 'POST', `${at}/messages`, { text: `answer since ${random()}`, ...(await identity()) }),
  ];
  const times = Math.floor(random() * 6);
  for (let n = 0; n < times; n += 1) await pick(random, deeds)();
}
