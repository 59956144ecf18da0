import { z } from 'zod';
import { sanitiseMail } from '../channels/email/sanitise.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Message } from '../contract/message.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { fetchAgain } from '../db/media.ts';
import { listMessages, messageViews } from '../db/message-view.ts';
import { writeNote } from '../db/notes.ts';
import { resolveConversation } from '../db/pool.ts';
import { templatesFor } from '../db/reach.ts';
import { firstUnreadSeq } from '../db/reads.ts';
import { retryMessage, sendAsPerson } from '../db/sends.ts';
import { listTimeline, logActivity } from '../db/timeline.ts';
import type { FileLinks } from '../files/links.ts';
import { filesOf, orCurrent, settled, viewFor } from './conversations.ts';
import { decodeCursor, encodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound } from './problem.ts';
import { mount } from './route.ts';

const SeqPlace = z.object({ seq: z.number().int().min(0) });
/** Beyond every seq. */
const END = 2_147_483_647;

async function messageOf(sql: Sql | Transaction, workspaceId: string, id: string, links: FileLinks): Promise<Message> {
  const message = (await messageViews(sql, workspaceId, [id], links)).get(id);
  if (!message) throw notFound();
  return message;
}

export function messageRoutes(app: App, deps: ApiDeps): void {
  const { links } = deps.files;
  mount(app, deps, endpoints.listMessages, async ({ sql, workspaceId, caller, params, query }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    const unread = caller.kind === 'operator' ? await firstUnreadSeq(sql, workspaceId, id, caller.id) : null;
    const read = (side: 'before' | 'after', seq: number, limit: number) => listMessages(sql, workspaceId, id, { side, seq, limit }, links);
    const middle = await middleOf(sql, workspaceId, id, query.around, unread, links);
    const items =
      middle !== null
        ? (await Promise.all([read('before', middle, Math.ceil(query.limit / 2)), read('after', middle - 1, Math.max(1, Math.floor(query.limit / 2)))])).flat()
        : query.after !== undefined
          ? await read('after', decodeCursor(SeqPlace, query.after)!.seq, query.limit)
          : await read('before', decodeCursor(SeqPlace, query.before)?.seq ?? END, query.limit);
    const first = items[0];
    const last = items.at(-1);
    const newest = last ? await read('after', last.seq, 1) : [];
    return {
      items,
      before: first && first.seq > 1 ? encodeCursor({ seq: first.seq }) : null,
      after: last && newest.length > 0 ? encodeCursor({ seq: last.seq }) : null,
      firstUnreadSeq: unread,
    };
  });

  mount(app, deps, endpoints.sendMessage, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const html = await sanitiseMail(body.html);
    const sent = await orCurrent(
      change(async (unit) => settled(await sendAsPerson(unit, params.id, caller.actor, { ...body, html, files: filesOf(body), ifMatch }))),
      () => viewFor(sql, workspaceId, caller.id, params.id),
    );
    return messageOf(sql, workspaceId, sent.messageId, links);
  });

  mount(app, deps, endpoints.writeNote, async ({ change, sql, workspaceId, caller, params, body }) => {
    const written = await change(async (unit) => settled(await writeNote(unit, params.id, caller.actor, body)));
    return messageOf(sql, workspaceId, written.noteId, links);
  });

  mount(app, deps, endpoints.listTemplates, async ({ sql, workspaceId, params }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    const items = id && (await templatesFor(sql, workspaceId, id));
    if (!items) throw notFound();
    return { items };
  });

  mount(app, deps, endpoints.retryMessage, async ({ change, sql, workspaceId, caller, params }) => {
    await change(async (unit) => settled(await retryMessage(unit, params.id, caller.actor)));
    return messageOf(sql, workspaceId, params.id, links);
  });

  mount(app, deps, endpoints.fetchFile, async ({ change, sql, workspaceId, params }) => {
    const { messageId } = await change(async (unit) => settled(await fetchAgain(unit, params.id)));
    return messageOf(sql, workspaceId, messageId, links);
  });

  mount(app, deps, endpoints.listTimeline, async ({ sql, workspaceId, params, query }) => {
    const id = await resolveConversation(sql, workspaceId, params.id);
    if (!id) throw notFound();
    const entries = await listTimeline(sql, workspaceId, id, { before: decodeCursor(TimePlace, query.cursor), limit: query.limit + 1, kinds: query.kind });
    return pageByTime(entries, query.limit, (entry) => entry.at);
  });

  mount(app, deps, endpoints.logActivity, async ({ change, caller, params, body }) => {
    const entry = await change((unit) => logActivity(unit, params.id, caller.actor, body));
    if (!entry) throw notFound();
    return entry;
  });
}

/** The seq that a page is asked around: the first unread message, the first of all, or a message named by its id. */
async function middleOf(
  sql: Sql | Transaction,
  workspaceId: string,
  conversationId: string,
  around: string | undefined,
  unread: number | null,
  links: FileLinks,
): Promise<number | null> {
  if (around === undefined) return null;
  if (around === 'unread') return unread;
  if (around === 'first') return 1;
  const message = (await messageViews(sql, workspaceId, [around], links)).get(around);
  if (message?.conversationId !== conversationId) throw notFound();
  return message.seq;
}
