import { endpoints } from '../contract/endpoints.ts';
import type { TicketWithSnapshot } from '../contract/ticket.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { resolveConversation } from '../db/pool.ts';
import { resendPosts, setTracker, trackerView } from '../db/ticket-posts.ts';
import { listTickets, ticketViews, ticketWithSnapshot } from '../db/ticket-view.ts';
import { createTicket, patchTicket } from '../db/tickets.ts';
import { pendingTransfers } from '../db/transfers.ts';
import { orCurrent, settled } from './conversations.ts';
import { decodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

export function ticketRoutes(app: App, deps: ApiDeps): void {
  const { links } = deps.files;
  const ticketOf = async (sql: Sql | Transaction, workspaceId: string, id: string): Promise<TicketWithSnapshot> => {
    const ticket = await ticketWithSnapshot(sql, workspaceId, id, links);
    if (!ticket) throw notFound();
    return ticket;
  };

  mount(app, deps, endpoints.createTicket, async ({ change, sql, workspaceId, caller, params, body }) => {
    const input = { title: body.title.trim(), description: body.description ?? '', priority: body.priority ?? 'normal', assigneeId: body.assigneeId ?? null };
    const made = await change(async (unit) => settled(await createTicket(unit, params.id, caller.actor, input)));
    return ticketOf(sql, workspaceId, made.ticketId);
  });

  mount(app, deps, endpoints.listTickets, async ({ sql, workspaceId, caller, query: { cursor, limit, status, assigneeId, conversationId } }) => {
    const filter = {
      status,
      assigneeId: assigneeId === 'me' ? caller.id : assigneeId,
      // A merged conversation's tickets stand with the one that it was merged into.
      conversationId: conversationId && ((await resolveConversation(sql, workspaceId, conversationId)) ?? conversationId),
    };
    return pageByTime(
      await listTickets(sql, workspaceId, filter, { before: decodeCursor(TimePlace, cursor), limit: limit + 1 }),
      limit,
      (ticket) => ticket.createdAt,
    );
  });

  mount(app, deps, endpoints.getTicket, ({ sql, workspaceId, params }) => ticketOf(sql, workspaceId, params.id));

  mount(app, deps, endpoints.patchTicket, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => ticketOf(sql, workspaceId, params.id);
    await orCurrent(
      change(async (unit) => settled(await patchTicket(unit, params.id, caller.actor, body, ifMatch))),
      view,
    );
    return view();
  });

  mount(app, deps, endpoints.resendTicket, async ({ change, sql, workspaceId, params }) => {
    if (!(await change((unit) => resendPosts(unit, params.id)))) throw notFound();
    return (await ticketViews(sql, workspaceId, [params.id])).get(params.id)!;
  });

  mount(app, deps, endpoints.getTracker, ({ sql, workspaceId }) => trackerView(sql, workspaceId));

  mount(app, deps, endpoints.patchTracker, async ({ change, sql, workspaceId, caller, body }) => {
    if (!(await change((unit) => setTracker(unit, deps.config.encryptionKeys, body, caller.id))))
      throw new ProblemError('invalid', 'secret: an address needs one.', { errors: [{ path: 'secret', message: 'an address needs one.' }] });
    return trackerView(sql, workspaceId);
  });

  mount(app, deps, endpoints.listTransfers, async ({ sql, workspaceId, caller }) => ({ items: await pendingTransfers(sql, workspaceId, caller.id) }));
}
