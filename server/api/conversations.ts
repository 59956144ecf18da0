import { z } from 'zod';
import { sanitiseMail } from '../channels/email/sanitise.ts';
import { channelOf } from '../channels/registry.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Conversation } from '../contract/conversation.ts';
import { beginConversation } from '../db/begin.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { holdConversation } from '../db/conversation.ts';
import type { HeldConversation } from '../db/conversation.ts';
import { join, leaveConversation } from '../db/participants.ts';
import { patchConversation } from '../db/patches.ts';
import { countPool, listPool, poolItem, resolveConversation } from '../db/pool.ts';
import type { PoolCursor } from '../db/pool-filter.ts';
import { markRead } from '../db/reads.ts';
import type { PersonSends, Refusal } from '../db/sends.ts';
import * as takeovers from '../db/takeovers.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';
import { countSearched, searchedPage } from './search.ts';

const Place: z.ZodType<PoolCursor> = z.union([
  z.object({ sort: z.literal('activity'), at: z.iso.datetime({ precision: 3 }), id: z.uuid() }),
  z.object({
    sort: z.literal('priority'),
    rank: z.number().int(),
    since: z.string().regex(/^(infinity|\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00)$/),
    id: z.uuid(),
  }),
]);

/** The conversation as the caller sees it, or 404. */
export async function viewFor(sql: Sql | Transaction, workspaceId: string, operatorId: string, id: string): Promise<Conversation> {
  const view = await poolItem(sql, workspaceId, operatorId, id);
  if (!view) throw notFound();
  return view;
}

/** Turns what a database function came to into the caller's answer: nothing there is 404, a refusal its own problem. */
export function settled<T extends { ok: true }>(outcome: T | Refusal | null): T {
  if (!outcome) throw notFound();
  if (outcome.ok) return outcome;
  const field = /^([a-zA-Z]+): (.*)$/s.exec(outcome.detail);
  throw new ProblemError(outcome.code, outcome.detail, outcome.code === 'invalid' && field ? { errors: [{ path: field[1]!, message: field[2]! }] } : {});
}

/** The files that somebody sends, with what each channel carries. */
export const filesOf = ({ attachmentIds = [] }: { attachmentIds?: string[] | undefined }): PersonSends['files'] => ({
  ids: attachmentIds,
  limitsOf: (channel) => channelOf(channel).limits.attachments,
});

/**
 * A change whose refusal, where it is a conflict, shows how things are now. That is read once the transaction has ended:
 * who held one connection and waited for another could wait for others who do the same.
 */
export async function orCurrent<T>(changing: Promise<T>, current: () => Promise<unknown>): Promise<T> {
  try {
    return await changing;
  } catch (error) {
    if (error instanceof ProblemError && error.status === 409) throw new ProblemError(error.code, error.message, { current: await current() });
    throw error;
  }
}

/** The conversation under lock, or 404. */
async function hold(unit: Parameters<typeof holdConversation>[0], id: string): Promise<HeldConversation> {
  const held = await holdConversation(unit, id);
  if (!held) throw notFound();
  return held;
}

export function conversationRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.countConversations, ({ sql, workspaceId, caller, query, signal }) =>
    query.q ? countSearched(deps, { workspaceId, operatorId: caller.id, filter: query, signal }) : countPool(sql, workspaceId, caller.id, query),
  );

  mount(app, deps, endpoints.listConversations, async ({ sql, workspaceId, caller, query, signal }) => {
    if (query.q) return searchedPage(deps, { workspaceId, operatorId: caller.id, query, signal });
    const { limit, cursor, sort, ...filter } = query;
    const after = decodeCursor(Place, cursor);
    if (after && after.sort !== sort) throw new ProblemError('malformed', 'The cursor belongs to another sort.');
    const { items, next } = await listPool(sql, workspaceId, caller.id, { filter, sort, after, limit });
    return { items, nextCursor: next && encodeCursor(next) };
  });

  mount(app, deps, endpoints.beginConversation, async ({ change, sql, workspaceId, caller, body }) => {
    const html = await sanitiseMail(body.html);
    const begun = await change(async (unit) => settled(await beginConversation(unit, caller.actor, { ...body, html, files: filesOf(body) })));
    return viewFor(sql, workspaceId, caller.id, begun.conversationId);
  });

  mount(app, deps, endpoints.getConversation, async ({ sql, workspaceId, caller, params }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    const view = await viewFor(sql, workspaceId, caller.id, id);
    return id === params.id ? view : { ...view, mergedFrom: params.id };
  });

  mount(app, deps, endpoints.patchConversation, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    await orCurrent(
      change(async (unit) => settled(await patchConversation(unit, params.id, caller.actor, body, ifMatch))),
      view,
    );
    return view();
  });

  for (const how of ['read', 'unread'] as const) {
    mount(app, deps, how === 'read' ? endpoints.markRead : endpoints.markUnread, async ({ change, sql, workspaceId, caller, params, body }) => {
      if (!(await change((unit) => markRead(unit, caller.id, params.id, body.seq, how)))) throw notFound();
      return viewFor(sql, workspaceId, caller.id, params.id);
    });
  }

  mount(app, deps, endpoints.join, async ({ change, sql, workspaceId, caller, params }) => {
    await change(async (unit) => {
      const held = await hold(unit, params.id);
      await join(held, caller.id);
      await held.save();
    });
    return viewFor(sql, workspaceId, caller.id, params.id);
  });

  mount(app, deps, endpoints.leave, async ({ change, sql, workspaceId, caller, params }) => {
    await change(async (unit) => {
      const held = await hold(unit, params.id);
      if (!(await leaveConversation(held, caller.id)))
        throw new ProblemError('assignee_must_transfer', 'Transfer the conversation to somebody before you leave it.');
      await held.save();
    });
    return viewFor(sql, workspaceId, caller.id, params.id);
  });

  mount(app, deps, endpoints.typing, async ({ deps: { db }, workspaceId, caller, params, body, sql }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    db.signals.publish({
      kind: 'passing',
      workspaceId,
      audience: 'team',
      addresseeId: null,
      event: 'typing',
      data: { conversationId: id, who: { kind: 'operator', id: caller.id, name: caller.name }, typing: body.typing },
    });
    const { channel, identityId } = await viewFor(sql, workspaceId, caller.id, id);
    if (channel === 'chat')
      db.signals.publish({
        kind: 'passing',
        workspaceId,
        audience: 'visitor',
        addresseeId: identityId,
        event: 'typing',
        data: { who: { kind: 'operator', name: caller.name }, typing: body.typing },
      });
  });

  controlRoutes(app, deps);
}

/** Who has the word. */
function controlRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.assume, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    await orCurrent(
      change(async (unit) => settled(await takeovers.assume(unit, params.id, caller.actor, { reason: body.reason ?? null, ifMatch }))),
      view,
    );
    return view();
  });

  mount(app, deps, endpoints.handOff, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    const input = { routeId: body.routeId ?? null, departmentId: body.departmentId ?? null, reason: body.reason ?? null, ifMatch };
    await orCurrent(
      change(async (unit) => settled(await takeovers.handOffByHand(unit, params.id, caller.actor, input))),
      view,
    );
    return view();
  });

  mount(app, deps, endpoints.resume, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    await orCurrent(
      change(async (unit) => settled(await takeovers.resume(unit, params.id, caller.actor, { reason: body.reason ?? null, ifMatch }))),
      view,
    );
    return view();
  });

  mount(app, deps, endpoints.transferToAi, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => viewFor(sql, workspaceId, caller.id, params.id);
    await orCurrent(
      change(async (unit) =>
        settled(await takeovers.transferToAi(unit, params.id, caller.actor, { agentId: body.agentId, reason: body.reason ?? null, ifMatch })),
      ),
      view,
    );
    return view();
  });
}
