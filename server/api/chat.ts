import { endpoints } from '../contract/endpoints.ts';
import { BURST_LIMIT_MS } from '../domain/burst.ts';
import { holdConversation } from '../db/conversation.ts';
import { attachFiles, holdFiles } from '../db/files.ts';
import { receiveInbound } from '../db/inbound.ts';
import type { Received } from '../db/inbound-message.ts';
import { listVisitorMessages, visitorMessageViews } from '../db/message-view.ts';
import { chooseRoute } from '../db/choose-route.ts';
import { flawsOf } from '../db/route-form.ts';
import { extendBurst } from '../db/runs.ts';
import { markSeenByVisitor, seenByVisitorUntil, visitorRoute } from '../db/visits.ts';
import { currentVisitorConversation, visitorConversations } from '../db/visitor-view.ts';
import { settled } from './conversations.ts';
import { decodeCursor, encodeCursor, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { limit } from './limits.ts';
import { invalid, notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

const NOT_YOURS = 'must name files that you uploaded and that no message has yet';
/** How long a sign of typing holds a burst open, in milliseconds. */
const TYPING_WAIT_MS = 2_500;

/** What the customer's widget does; a visitor reaches its own identity and nothing else. */
export function chatRoutes(app: App, deps: ApiDeps): void {
  mount(app, deps, endpoints.listVisitorMessages, async ({ sql, workspaceId, caller, query }) => {
    const messages = await listVisitorMessages(
      sql,
      workspaceId,
      caller.identityId,
      { before: decodeCursor(TimePlace, query.before), limit: query.limit + 1 },
      deps.files.links,
    );
    const items = messages.slice(-query.limit);
    const first = items[0];
    return {
      items,
      before: messages.length > query.limit && first ? encodeCursor({ at: first.createdAt, id: first.id }) : null,
      conversation: await currentVisitorConversation(sql, workspaceId, caller.identityId),
      readAt: (await seenByVisitorUntil(sql, workspaceId, caller.identityId))?.toISOString() ?? null,
    };
  });

  mount(app, deps, endpoints.writeAsVisitor, async ({ change, deps: { db, config }, sql, workspaceId, caller, body }) => {
    const allowed = limit(sql, `visitor-message:${caller.identityId}`, config.visitorMessagesPerMinute);
    const inbound = {
      workspaceId,
      accountId: caller.accountId,
      channel: 'chat' as const,
      from: { handle: caller.handle, name: caller.contactName },
      text: body.text,
    };
    const { attachmentIds = [] } = body;
    const withFiles = async (): Promise<Received | null> => {
      await allowed;
      return change(async (unit) => {
        const files = await holdFiles(unit, attachmentIds, { identityId: caller.identityId });
        if (!files) throw invalid('attachmentIds', NOT_YOURS);
        const received = await receiveInbound(db, inbound, unit);
        if (received) await attachFiles(unit, received.messageId, files);
        return received;
      });
    };
    // One statement that commits by itself, unless it brings files or the request is a transaction already.
    const received = await (attachmentIds.length > 0
      ? withFiles()
      : sql === db.sql
        ? receiveInbound(db, inbound, undefined, allowed)
        : change((unit) => receiveInbound(db, inbound, unit, allowed)));
    if (!received) throw notFound();
    const message = (await visitorMessageViews(sql, workspaceId, caller.identityId, [received.messageId], deps.files.links)).get(received.messageId);
    if (!message) throw notFound();
    return message;
  });

  mount(app, deps, endpoints.visitorTyping, async ({ deps: { db }, sql, workspaceId, caller, body }) => {
    const conversation = await currentVisitorConversation(sql, workspaceId, caller.identityId);
    if (!conversation) return;
    db.signals.publish({
      kind: 'passing',
      workspaceId,
      audience: 'team',
      addresseeId: null,
      event: 'typing',
      data: { conversationId: conversation.id, who: { kind: 'contact', id: caller.contactId, name: caller.contactName }, typing: body.typing },
    });
    if (body.typing) await extendBurst(db, workspaceId, caller.identityId, TYPING_WAIT_MS, BURST_LIMIT_MS);
  });

  mount(app, deps, endpoints.visitorReads, async ({ change, caller, body }) => {
    await change((unit) => markSeenByVisitor(unit, caller.identityId, body.messageId ?? null));
  });

  mount(app, deps, endpoints.chooseRoute, async ({ change, sql, workspaceId, caller, body }) => {
    const conversation = await currentVisitorConversation(sql, workspaceId, caller.identityId);
    if (!conversation) throw notFound();
    await change(async (unit) => {
      const route = await visitorRoute(unit, conversation.id, body.routeId);
      if (!route)
        throw new ProblemError('invalid', 'routeId is not one of the routes offered.', {
          errors: [{ path: 'routeId', message: 'is not one of the routes offered' }],
        });
      const flaws = body.fields && !body.asIs ? flawsOf(route, body.fields) : [];
      if (flaws.length > 0)
        throw new ProblemError('invalid', 'What was filled in has to be looked at again; with asIs it is taken as it is.', { errors: flaws });
      const held = await holdConversation(unit, conversation.id);
      if (!held) throw notFound();
      settled(await chooseRoute(held, route, { kind: 'contact', id: caller.contactId, name: caller.contactName }, body.fields));
      await held.save();
    });
    return (await visitorConversations(sql, workspaceId, [conversation.id])).get(conversation.id)!;
  });
}
