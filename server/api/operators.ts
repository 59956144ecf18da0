import { z } from 'zod';
import { endpoints } from '../contract/endpoints.ts';
import { createApiKey, getApiKey, listApiKeys, revokeApiKey, updateApiKey } from '../db/api-keys.ts';
import { getOperator, listOperators, setOperatorActive } from '../db/operators.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { invalid, notFound } from './problem.ts';
import { mount } from './route.ts';

const Place = z.object({ id: z.uuid() });

/** A page of what is ordered by its id: one more than `limit` was read, to know whether there is more. */
function pageById<T extends { id: string }>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor({ id: last.id }) : null };
}

/** Who may come in: people, and back ends by their keys. */
export function operatorRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.listOperators, async ({ sql, workspaceId, query: { limit, cursor } }) =>
    pageById(await listOperators(sql, workspaceId, { after: decodeCursor(Place, cursor)?.id ?? null, limit: limit + 1 }), limit),
  );

  mount(app, deps, endpoints.getOperator, async ({ sql, workspaceId, params: { id } }) => {
    const operator = await getOperator(sql, workspaceId, id);
    if (!operator) throw notFound();
    return operator;
  });

  mount(app, deps, endpoints.updateOperator, async ({ sql, workspaceId, caller, params: { id }, body: { active }, change }) => {
    if (id === caller.id && !active) throw invalid('active', 'cannot be taken from oneself: another admin must do it');
    await change((unit) => setOperatorActive(unit, id, active, caller.id));
    const operator = await getOperator(sql, workspaceId, id);
    if (!operator) throw notFound();
    return operator;
  });

  mount(app, deps, endpoints.listApiKeys, async ({ sql, workspaceId, query: { limit, cursor } }) =>
    pageById(await listApiKeys(sql, workspaceId, { after: decodeCursor(Place, cursor)?.id ?? null, limit: limit + 1 }), limit),
  );

  mount(app, deps, endpoints.createApiKey, ({ caller, body, change }) => change((unit) => createApiKey(unit, body, caller.id)));

  mount(app, deps, endpoints.getApiKey, async ({ sql, workspaceId, params: { id } }) => {
    const key = await getApiKey(sql, workspaceId, id);
    if (!key) throw notFound();
    return key;
  });

  mount(app, deps, endpoints.updateApiKey, async ({ sql, workspaceId, caller, params: { id }, body, change }) => {
    await change((unit) => updateApiKey(unit, id, body, caller.id));
    const key = await getApiKey(sql, workspaceId, id);
    if (!key) throw notFound();
    return key;
  });

  mount(app, deps, endpoints.removeApiKey, async ({ caller, params: { id }, change }) => {
    if (!(await change((unit) => revokeApiKey(unit, id, caller.id)))) throw notFound();
  });
}
