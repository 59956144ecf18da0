/** A team at work for a while, played at random through the API, and what somebody saw who looked on. */
import { expect } from 'vitest';
import { v7 as newId } from 'uuid';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Draft } from '../../server/contract/draft.ts';
import type { Merged } from '../../server/contract/merge.ts';
import { foldReports } from '../../server/db/report-figures.ts';
import { deliver } from '../../server/pipeline/deliver.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { operatorToken } from './api.ts';
import type { TestApi } from './api.ts';
import { pick } from './merge-worlds.ts';
import type { TestProcess } from './pipeline.ts';
import type { TestDatabase } from './postgres.ts';
import type { World } from './world.ts';

/** A handoff as somebody saw it who looked on. */
interface Seen {
  at: Date;
  in: string;
  trigger: string;
  answered?: Date;
  over?: boolean;
}

/**
 * Customers write, operators and agents answer, hand off, merge and part again; the figures are folded now and then.
 * @returns how many conversations were opened, also again, and the handoffs
 */
export async function playTeam(
  { api, database, worker }: { api: TestApi; database: TestDatabase; worker: TestProcess },
  world: World,
  random: () => number,
): Promise<{ openings: number; handoffs: Seen[] }> {
  const { workspaceId } = world;
  const { sql } = database;
  const token = await operatorToken(world);
  const call = <T>(method: string, path: string, body: unknown = {}, headers = {}) => api.call<T>(method, path, { token, body, headers });
  const handles = new Map<string, string>();
  const merges: { id: string; from: string; into: string; moved: Seen[] }[] = [];
  const handoffs: Seen[] = [];
  let openings = 0;
  const work = async (id: string) => {
    await runTurn(worker.deps, workspaceId, id);
    await deliver(worker.deps, workspaceId, id);
  };
  const look = async () => {
    const rows = await sql<{ id: string; status: string; handoffAt: Date | null; handoffTrigger: string | null }[]>`
      select id, status, handoff_at, handoff_trigger from conversation where workspace_id = ${workspaceId} and merged_into is null`;
    for (const { id, status, handoffAt, handoffTrigger } of rows) {
      if (handoffAt && !handoffs.some((one) => one.at.getTime() === handoffAt.getTime())) handoffs.push({ at: handoffAt, in: id, trigger: handoffTrigger! });
      for (const one of handoffs) if (one.in === id && !one.answered && (status !== 'open' || !handoffAt)) one.over = true;
    }
  };
  for (let turn = 0; turn < 36; turn += 1) {
    const ids = [...handles.keys()];
    const id = ids.length > 0 ? pick(random, ids) : '';
    const what =
      ids.length < 3
        ? 'writes'
        : pick(random, ['writes', 'writes', 'writes', 'asks', 'sends', 'sends', 'hands', 'resumes', 'closes', 'drafts', 'drafts', 'merges', 'parts', 'route']);
    if (what === 'writes' || what === 'asks') {
      const handle = ids.length > 0 && random() < 0.6 ? handles.get(id)! : newId();
      const before =
        await sql`select 1 from conversation c join identity i on i.workspace_id = c.workspace_id and i.id = c.identity_id where c.workspace_id = ${workspaceId} and i.handle = ${handle} and c.status = 'open'`;
      const wrote = await world.writes(
        what === 'asks' ? 'I want to talk to a person' : pick(random, ['How long does delivery take?', 'When are you open on Saturday?', 'Thanks!']),
        { handle },
      );
      const [now] = await sql<
        { first: boolean }[]
      >`select count(*) = 1 as first from message where workspace_id = ${workspaceId} and conversation_id = ${wrote.conversationId} and direction = 'inbound'`;
      if (now!.first || before.length === 0) openings += 1;
      handles.set(wrote.conversationId, handle);
      if (random() < 0.85) await work(wrote.conversationId);
    } else if (what === 'sends') {
      const sent = await call<{ id: string; createdAt: string }>('POST', `/v1/conversations/${id}/messages`, { text: 'A person here', assume: true });
      expect(sent.status).toBe(201);
      await deliver(worker.deps, workspaceId, id);
      for (const one of handoffs) if (one.in === id && !one.over) one.answered ??= new Date(sent.body.createdAt);
    } else if (what === 'hands') {
      const { handoff } = (await api.call<Conversation>('GET', `/v1/conversations/${id}`, { token })).body;
      if (!handoff) await call('POST', `/v1/conversations/${id}/handoff`, random() < 0.5 ? {} : { routeId: world.routes.sales });
      await deliver(worker.deps, workspaceId, id);
    } else if (what === 'route') await call('POST', `/v1/conversations/${id}/handoff`, { routeId: world.routes.call });
    else if (what === 'resumes') await call('POST', `/v1/conversations/${id}/${random() < 0.5 ? 'resume' : 'transfer-to-ai'}`, { agentId: world.agents.nova });
    else if (what === 'closes') await call('PATCH', `/v1/conversations/${id}`, { status: 'closed' });
    else if (what === 'drafts') {
      const { items } = (await api.call<{ items: Draft[] }>('GET', '/v1/drafts?status=pending', { token })).body;
      const draft = items[0];
      if (!draft) continue;
      const match = { 'if-match': `"${draft.version}"` };
      const act = pick(random, ['approve', 'edit', 'reject', 'restore']);
      if (act === 'reject' || act === 'restore') await call('POST', `/v1/drafts/${draft.id}/reject`, {});
      if (act === 'restore') await call('POST', `/v1/drafts/${draft.id}/restore`, {});
      if (act === 'approve' || act === 'edit') {
        const sent = await call<{ message: { createdAt: string } }>(
          'POST',
          `/v1/drafts/${draft.id}/approve`,
          act === 'edit' ? { text: `${draft.text} Kind regards, Ana` } : {},
          match,
        );
        expect(sent.status).toBe(200);
        await deliver(worker.deps, workspaceId, draft.conversationId);
        for (const one of handoffs) if (one.in === draft.conversationId && !one.over) one.answered ??= new Date(sent.body.message.createdAt);
      }
    } else if (what === 'merges') {
      const into = pick(
        random,
        ids.filter((other) => other !== id),
      );
      const merged = await call<Merged>('POST', `/v1/conversations/${id}/merge`, { intoId: into, mergeContacts: true });
      if (merged.status !== 200) continue;
      const moved = handoffs.filter((one) => one.in === id);
      for (const one of moved) one.in = into;
      merges.push({ id: merged.body.mergeId, from: id, into, moved });
      handles.delete(id);
    } else if (what === 'parts' && merges.length > 0) {
      const last = merges.pop()!;
      if ((await call('POST', `/v1/merges/${last.id}/undo`)).status === 200) {
        for (const one of last.moved) one.in = last.from;
        const [row] = await sql<
          { handle: string }[]
        >`select i.handle from conversation c join identity i on i.workspace_id = c.workspace_id and i.id = c.identity_id where c.workspace_id = ${workspaceId} and c.id = ${last.from}`;
        handles.set(last.from, row!.handle);
      }
    }
    await look();
    if (turn % 9 === 0) await foldReports(sql);
  }
  for (const id of handles.keys()) await deliver(worker.deps, workspaceId, id);
  return { openings, handoffs };
}
