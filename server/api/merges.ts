import { endpoints } from '../contract/endpoints.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { previewMerge } from '../db/merge-preview.ts';
import { targetOf, undoMerge } from '../db/merge-undo.ts';
import { mergeConversations } from '../db/merge.ts';
import { resolveConversation } from '../db/pool.ts';
import { orCurrent, settled, viewFor } from './conversations.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

/** Two conversations that become one, and their parting. */
export function mergeRoutes(app: App, deps: ApiDeps): void {
  /** The conversation that an id leads to, however often it was merged. */
  const where = async (sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string) => {
    const there = await resolveConversation(sql, workspaceId, id);
    if (!there) throw notFound();
    return viewFor(sql, workspaceId, operatorId, there);
  };

  mount(app, deps, endpoints.merge, async ({ change, sql, workspaceId, caller, params, body }) => {
    const merging = change(async (unit) => settled(await mergeConversations(unit, params.id, body.intoId, caller.actor, body)));
    const { mergeId } = await orCurrent(merging, () => where(sql, workspaceId, caller.id, params.id));
    return { ...(await viewFor(sql, workspaceId, caller.id, body.intoId)), mergeId };
  });

  mount(app, deps, endpoints.previewMerge, async ({ sql, workspaceId, params, query }) => {
    const preview = await previewMerge(sql as Transaction, workspaceId, params.id, query.intoId);
    if (preview) return preview;
    if (!(await resolveConversation(sql, workspaceId, params.id)) || !(await resolveConversation(sql, workspaceId, query.intoId))) throw notFound();
    throw new ProblemError('already_merged', 'One of the two was merged meanwhile.');
  });

  mount(app, deps, endpoints.undoMerge, async ({ change, sql, workspaceId, caller, params }) => {
    const parting = change(async (unit) => settled(await undoMerge(unit, params.id, caller.actor)));
    const { fromId, intoId } = await orCurrent(parting, async () => where(sql, workspaceId, caller.id, await targetOf(sql, workspaceId, params.id)));
    return { conversation: await viewFor(sql, workspaceId, caller.id, fromId), into: await viewFor(sql, workspaceId, caller.id, intoId) };
  });
}
