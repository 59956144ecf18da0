import type { MergePreview } from '../contract/merge.ts';
import type { Person } from '../contract/common.ts';
import { settleMerge } from '../domain/merge.ts';
import { Change } from './change.ts';
import type { Transaction } from './connect.ts';
import { conversationViews } from './conversation-view.ts';
import { readPair } from './merge-hold.ts';
import { sideOf } from './merge.ts';

/** What putting one conversation into another would come to, as things are now; null where one of them is not there or merged already. */
export async function previewMerge(sql: Transaction, workspaceId: string, fromId: string, intoId: string): Promise<MergePreview | null> {
  const pair = await readPair(new Change(sql, workspaceId), fromId, intoId);
  if (!pair || pair.from.row.mergedInto || pair.into.row.mergedInto) return null;
  const { from, into } = pair;
  const views = await conversationViews(sql, workspaceId, [fromId, intoId]);
  const [theirs, own] = [views.get(fromId)!, views.get(intoId)!];
  const settled = settleMerge(await sideOf(from), await sideOf(into));
  const { state } = settled;
  const [comes] = await sql<{ messages: number; notes: number; tickets: number[] | null }[]>`
    select (select count(*)::int from message where workspace_id = ${workspaceId} and conversation_id = ${fromId}) as messages,
      (select count(*)::int from note where workspace_id = ${workspaceId} and conversation_id = ${fromId}) as notes,
      (select array_agg(number order by number) from ticket where workspace_id = ${workspaceId} and conversation_id = ${fromId}) as tickets`;
  const [people] = await sql<{ assignee: Person | null; agent: string | null }[]>`
    select (select json_build_object('id', id, 'name', name, 'email', email, 'picture', picture) from operator where workspace_id = ${workspaceId} and id = ${state.assigneeId}) as assignee,
      (select name from agent where workspace_id = ${workspaceId} and id = ${state.agentId}) as agent`;
  const two = theirs.contact.id !== own.contact.id;
  const handles = two
    ? await sql<
        NonNullable<MergePreview['contacts']>['handles']
      >`select channel, handle from identity where workspace_id = ${workspaceId} and contact_id = ${theirs.contact.id} order by created_at, id`
    : [];
  return {
    messages: comes!.messages,
    notes: comes!.notes,
    draft: theirs.draft !== null,
    tickets: comes!.tickets ?? [],
    tags: theirs.tags.filter(({ name }) => !own.tags.some((tag) => tag.name === name)),
    controller: {
      kind: state.controller.kind,
      name: state.controller.kind === 'agent' ? (people?.agent ?? null) : state.controller.id ? (people?.assignee?.name ?? null) : null,
    },
    assignee: people?.assignee ?? null,
    replyMode: state.replyModeOverride ?? settled.agentMode ?? 'off',
    priority: settled.priority,
    handoff: state.handoff?.trigger ?? null,
    contacts: two
      ? { from: theirs.contact.name, into: own.contact.name, handles: [...handles], paused: theirs.contact.aiPaused !== null || own.contact.aiPaused !== null }
      : null,
  };
}
