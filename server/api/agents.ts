/** Switching an agent off with its conversations, and saving its behaviour with the cards. */
import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { endpoints } from '../contract/endpoints.ts';
import { GuidanceCardInput } from '../contract/settings.ts';
import type { Agent, GuidanceCard } from '../contract/settings.ts';
import { agentWork, holdAgents, openConversations } from '../db/agents.ts';
import { finishOperation } from '../db/bulk.ts';
import type { Change } from '../db/change.ts';
import { beginOperation, operationExists, operationIsOf } from '../db/operations.ts';
import type { BulkSet } from '../db/operations.ts';
import { errorCode } from '../process.ts';
import { check } from './body.ts';
import { operationOf } from './bulk.ts';
import type { OperatorCaller } from './caller.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';
import type { Output, RouteContext } from './route.ts';
import { settingWriter } from './settings-write.ts';

export function agentRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.getAgentWork, async ({ sql, workspaceId, params: { id } }) => {
    const work = await agentWork(sql, workspaceId, id);
    if (!work) throw notFound();
    return work;
  });

  mount(app, deps, endpoints.deactivateAgent, deactivate);
  mount(app, deps, endpoints.saveBehaviour, saveBehaviour);
}

/**
 * First the agent is switched off, which ends all that it is about to say; then its conversations go where they are to go,
 * step by step. Cut short, it is silent, and the same request goes on where it stood.
 */
async function deactivate({
  deps,
  workspaceId,
  caller,
  params: { id },
  body,
  ifMatch,
  key,
  change,
}: RouteContext<typeof endpoints.deactivateAgent>): Promise<Output<typeof endpoints.deactivateAgent>> {
  const { conversations, agentId } = body;
  const { db } = deps;
  const writer = settingWriter(deps, 'agent');
  const operationId = body.operationId ?? (key === null ? newId() : operationOf(workspaceId, caller.id, key));
  const hash = createHash('sha256')
    .update(JSON.stringify([id, conversations, agentId ?? null]))
    .digest();
  const again = await operationExists(db.sql, workspaceId, operationId);
  if (again && !(await operationIsOf(db.sql, workspaceId, caller.id, operationId, hash)))
    throw new ProblemError('key_reused', 'This operation came before, with another request.');
  const agent = (await change(async (unit) => {
    const active = await holdAgents(unit, [id, ...(agentId ? [agentId] : [])]);
    if (agentId && (agentId === id || !active.has(agentId)))
      throw invalid('agentId', agentId === id ? 'must be another agent' : 'names no agent of this workspace');
    if (agentId && !active.get(agentId))
      throw new ProblemError('agent_inactive', 'The agent that is to take them is not active.', { errors: [{ path: 'agentId', message: 'is not active' }] });
    return writer.update(unit, caller, id, active.get(id) ? { active: false } : {}, again ? null : ifMatch);
  })) as Agent;
  if (conversations === 'keep') return { agent, operationId: null, results: [] };
  const set: BulkSet = { leaves: { id, name: agent.name }, ...(agentId ? { agentId } : {}) };
  const ids = again ? [] : await openConversations(db.sql, workspaceId, id, { held: conversations === 'agent' });
  if (!again) await beginOperation(db.sql, workspaceId, caller.id, { id: operationId, hash, set, ids });
  return { agent, operationId, results: await finishOperation(db, workspaceId, caller.actor, operationId) };
}

/** One change for all of it: nothing is in force before everything is. A fault is told with its place in the request. */
function saveBehaviour({
  deps,
  sql,
  workspaceId,
  caller,
  body: { agent, cards },
  change,
}: RouteContext<typeof endpoints.saveBehaviour>): Promise<Output<typeof endpoints.saveBehaviour>> {
  const agents = settingWriter(deps, 'agent');
  const saving = change(async (unit) => {
    // An agent comes before all else in the order of locks.
    const saved = agent ? await placed('agent', () => agents.update(unit, caller, agent.id, agent.set, agent.version ?? null)) : null;
    const written: (GuidanceCard | null)[] = [];
    for (const [at, card] of cards.entries()) written.push(await placed(`cards.${at}`, () => writeCard(deps, unit, caller, card)));
    return { agent: saved as Agent | null, cards: written };
  });
  return saving.catch(async (error: unknown) => {
    throw agent && errorCode(error) === '23505' ? await agents.nameTaken(sql, workspaceId, agent.set) : error;
  });
}

async function writeCard(
  deps: ApiDeps,
  unit: Change,
  caller: OperatorCaller,
  { id, version, remove, set = {} }: RouteContext<typeof endpoints.saveBehaviour>['body']['cards'][number],
): Promise<GuidanceCard | null> {
  const cards = settingWriter(deps, 'guidanceCard');
  if (!id) return (await cards.create(unit, caller, check(GuidanceCardInput, set))) as GuidanceCard;
  if (!remove) return (await cards.update(unit, caller, id, set, version ?? null)) as GuidanceCard;
  // What it says by now is looked at before it goes.
  await cards.update(unit, caller, id, {}, version ?? null);
  await cards.remove(unit, caller, id);
  return null;
}

/** Does a part of a request; what is wrong with it is told under its place. */
async function placed<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, message, errors, current, headers } = error;
    const where = errors?.map(({ path, message: what }) => ({ path: `${place}.${path}`, message: what })) ?? [{ path: place, message }];
    throw new ProblemError(code, message, { errors: where, current, headers, cause: error });
  }
}
