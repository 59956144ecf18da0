import type { Sql } from '../db/connect.ts';
import { contactViews } from '../db/contact-view.ts';
import { conversationViews } from '../db/conversation-view.ts';
import { draftViews } from '../db/draft-view.ts';
import type { EventRow } from '../db/events.ts';
import { messageViews, visitorMessageViews } from '../db/message-view.ts';
import { notificationViews } from '../db/notification.ts';
import { ticketViews } from '../db/ticket-view.ts';
import { transferViews } from '../db/transfers.ts';
import { visitorConversations } from '../db/visitor-view.ts';
import { groupBy } from '../domain/group.ts';
import type { FileLinks } from '../files/links.ts';
import { eventKey } from './frame.ts';
import type { Render, Shown } from './frame.ts';

type Views = (sql: Sql, workspaceId: string, ids: readonly string[], links: FileLinks) => Promise<Map<string, unknown>>;

/** What the team and single operators see of each kind of event. */
const TEAM: Partial<Record<EventRow['kind'], Views>> = {
  conversation: conversationViews,
  message: messageViews,
  draft: draftViews,
  contact: contactViews,
  transfer: transferViews,
  ticket: ticketViews,
  notification: notificationViews,
};

/** Shows events by reading what they name as it is now: many rows of one kind are one query. */
export function createRender(sql: Sql, links: FileLinks): Render {
  return async (workspaceId, rows, projection) => {
    const shown = new Map<string, Shown | null>();
    const byKind = groupBy(rows, (row) => row.kind);
    await Promise.all(
      [...byKind].map(async ([kind, group]) => {
        if (projection === 'visitor') return renderVisitor(sql, workspaceId, kind, group, links, shown);
        const read = TEAM[kind];
        const views = read ? await read(sql, workspaceId, [...new Set(group.flatMap((row) => row.subjectId ?? []))], links) : null;
        for (const row of group) {
          const data = views ? views.get(row.subjectId ?? '') : (row.data ?? { id: row.subjectId });
          shown.set(eventKey(row), data === undefined ? null : { event: kind, data });
        }
      }),
    );
    return shown;
  };
}

/** Only what was marked for this very identity, read as the visitor may read it. */
async function renderVisitor(
  sql: Sql,
  workspaceId: string,
  kind: EventRow['kind'],
  rows: EventRow[],
  links: FileLinks,
  shown: Map<string, Shown | null>,
): Promise<void> {
  for (const [identityId, group] of groupBy(rows, (row) => row.addresseeId)) {
    const ids = [...new Set(group.flatMap((row) => row.subjectId ?? []))];
    if (!identityId) continue;
    const views: Map<string, unknown> =
      kind === 'message'
        ? await visitorMessageViews(sql, workspaceId, identityId, ids, links)
        : kind === 'conversation'
          ? await visitorConversations(sql, workspaceId, ids)
          : new Map();
    for (const row of group) {
      const data = views.get(row.subjectId ?? '');
      shown.set(eventKey(row), data === undefined ? null : { event: kind, data });
    }
  }
}
