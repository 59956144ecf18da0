/** Changing many conversations at once, following it, and undoing it. */
import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { endpoints } from '../contract/endpoints.ts';
import { changeMany, undoOperation } from '../db/bulk.ts';
import { macroForMany } from '../db/macros.ts';
import { cancelOperation, operationView } from '../db/operations.ts';
import { orCurrent, settled } from './conversations.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

/** The operation that an `Idempotency-Key` stands for: the same one whenever it comes. */
export function operationOf(workspaceId: string, operatorId: string, key: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([workspaceId, operatorId, key]))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function bulkRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.bulkConversations, async ({ deps: { db }, workspaceId, caller, body, key }) => {
    const operationId = body.operationId ?? (key === null ? newId() : operationOf(workspaceId, caller.id, key));
    const { macroId, ...set } = body.set;
    const done = await changeMany(db, workspaceId, caller.actor, operationId, body, async () => {
      const found = macroId === undefined ? { ok: true as const, set } : await macroForMany(db.sql, workspaceId, macroId, caller.actor);
      if (found.ok) return found.set;
      throw new ProblemError('invalid', found.detail, { errors: [{ path: 'set.macroId', message: found.detail }] });
    });
    if (!done) throw new ProblemError('key_reused', 'This operation came before, with another request.');
    return done;
  });

  mount(app, deps, endpoints.undoOperation, async ({ deps: { db }, workspaceId, caller, params }) => {
    const undoing = undoOperation(db, workspaceId, caller.actor, params.id).then(settled);
    const { results } = await orCurrent(undoing, () => operationView(db.sql, workspaceId, caller.id, params.id));
    return { operationId: params.id, results };
  });

  mount(app, deps, endpoints.getOperation, async ({ sql, workspaceId, caller, params }) => {
    const operation = await operationView(sql, workspaceId, caller.id, params.id);
    if (!operation) throw notFound();
    return operation;
  });

  mount(app, deps, endpoints.cancelOperation, async ({ change, sql, workspaceId, caller, params }) => {
    await change((unit) => cancelOperation(unit, caller.id, params.id));
    const operation = await operationView(sql, workspaceId, caller.id, params.id);
    if (!operation) throw notFound();
    return operation;
  });
}
