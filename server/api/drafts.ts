import { sanitiseMail } from '../channels/email/sanitise.ts';
import { endpoints } from '../contract/endpoints.ts';
import type { Draft } from '../contract/draft.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { conversationViews } from '../db/conversation-view.ts';
import { approveDraft, rejectDraft, restoreDraft } from '../db/drafts.ts';
import { draftViews, listDrafts } from '../db/draft-view.ts';
import { messageViews } from '../db/message-view.ts';
import { actForDraft, callForDraft } from '../pipeline/draft-actions.ts';
import { skillOutside } from '../pipeline/skill-outside.ts';
import { requestTransfer, settleTransfer, transferViews } from '../db/transfers.ts';
import { orCurrent, settled } from './conversations.ts';
import { decodeCursor, pageByTime, TimePlace } from './cursor.ts';
import type { ApiDeps, App } from './deps.ts';
import { notFound } from './problem.ts';
import { mount } from './route.ts';

async function draftOf(sql: Sql | Transaction, workspaceId: string, id: string): Promise<Draft> {
  const draft = (await draftViews(sql, workspaceId, [id])).get(id);
  if (!draft) throw notFound();
  return draft;
}

export function draftRoutes(app: App, deps: ApiDeps): void {
  const calling = { db: deps.db, log: deps.log, encryptionKeys: deps.config.encryptionKeys, skillOutside: skillOutside(deps.outside.fetchOutside) };
  mount(app, deps, endpoints.listDrafts, async ({ sql, workspaceId, query: { status, conversationId, cursor, limit } }) => {
    const drafts = await listDrafts(sql, workspaceId, { status, conversationId, after: decodeCursor(TimePlace, cursor), limit: limit + 1 });
    const { items, nextCursor } = pageByTime(drafts, limit, (draft) => draft.createdAt);
    const conversations = await conversationViews(sql, workspaceId, [...new Set(items.map((draft) => draft.conversationId))]);
    return {
      items: items.flatMap((draft) => {
        const conversation = conversations.get(draft.conversationId);
        return conversation ? [{ ...draft, conversation }] : [];
      }),
      nextCursor,
    };
  });

  mount(app, deps, endpoints.getDraft, ({ sql, workspaceId, params }) => draftOf(sql, workspaceId, params.id));

  mount(
    app,
    deps,
    endpoints.approveDraft,
    async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
      const view = () => draftOf(sql, workspaceId, params.id);
      const html = await sanitiseMail(body.html);
      const approval = { ...body, version: ifMatch!, html };
      const approved = await orCurrent(
        change(async (unit) =>
          settled(
            await approveDraft(unit, params.id, caller.actor, approval, (held, agentId, action) => actForDraft(unit, held, caller.actor, agentId, action)),
          ),
        ),
        view,
      );
      const message = (await messageViews(sql, workspaceId, [approved.messageId], deps.files.links)).get(approved.messageId)!;
      return { message, draft: await view() };
    },
    ({ workspaceId, caller, params, body, ifMatch }) => callForDraft(calling, workspaceId, params.id, caller.actor, { ...body, version: ifMatch! }),
  );

  mount(app, deps, endpoints.rejectDraft, async ({ change, sql, workspaceId, caller, params, body, ifMatch }) => {
    const view = () => draftOf(sql, workspaceId, params.id);
    await orCurrent(
      change(async (unit) => settled(await rejectDraft(unit, params.id, caller.actor, { version: ifMatch, reason: body.reason ?? null }))),
      view,
    );
    return view();
  });

  mount(app, deps, endpoints.restoreDraft, async ({ change, sql, workspaceId, caller, params }) => {
    const view = () => draftOf(sql, workspaceId, params.id);
    await orCurrent(
      change(async (unit) => settled(await restoreDraft(unit, params.id, caller.actor))),
      view,
    );
    return view();
  });
}

export function transferRoutes(app: App, deps: ApiDeps): void {
  const transferOf = async (sql: Sql | Transaction, workspaceId: string, id: string) => {
    const transfer = (await transferViews(sql, workspaceId, [id])).get(id);
    if (!transfer) throw notFound();
    return transfer;
  };

  mount(app, deps, endpoints.transfer, async ({ change, sql, workspaceId, caller, params, body }) => {
    const asked = await change(async (unit) =>
      settled(await requestTransfer(unit, params.id, caller.actor, { operatorId: body.operatorId, note: body.note ?? null })),
    );
    return { transfer: await transferOf(sql, workspaceId, asked.transferId) };
  });

  const answers = { acceptTransfer: 'accepted', declineTransfer: 'declined', cancelTransfer: 'cancelled' } as const;
  for (const [name, how] of Object.entries(answers) as [keyof typeof answers, (typeof answers)[keyof typeof answers]][]) {
    mount(app, deps, endpoints[name], async ({ change, sql, workspaceId, caller, params, body }) => {
      const reason = (body as { reason?: string } | undefined)?.reason ?? null;
      const view = () => transferOf(sql, workspaceId, params.id);
      await orCurrent(
        change(async (unit) => settled(await settleTransfer(unit, params.id, caller.actor, how, reason))),
        view,
      );
      return view();
    });
  }
}
