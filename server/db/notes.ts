import type { Change } from './change.ts';
import { composedWasSent } from './composing.ts';
import { holdConversation } from './conversation.ts';
import type { ActorRow } from './conversation.ts';
import { attachToNote, holdFiles } from './files.ts';
import { notify } from './notification.ts';
import { join } from './participants.ts';
import type { Refusal } from './sends.ts';

/** A note: allowed in every state, never to the customer. Writers and the mentioned become participants; the mentioned are told, once. */
export async function writeNote(
  unit: Change,
  conversationId: string,
  by: ActorRow & { id: string },
  input: { text: string; mentions: string[]; attachmentIds?: string[] | undefined },
): Promise<{ ok: true; noteId: string } | Refusal | null> {
  const held = await holdConversation(unit, conversationId);
  if (!held) return null;
  const { sql, workspaceId } = unit;
  const mentioned = [...new Set(input.mentions)];
  const known = await sql<{ id: string }[]>`select id from operator where workspace_id = ${workspaceId} and id = any(${mentioned}::uuid[])`;
  if (known.length !== mentioned.length) return { ok: false, code: 'invalid', detail: 'mentions: names somebody who is not an operator here.' };
  const files = await holdFiles(unit, input.attachmentIds ?? [], 'team');
  if (!files) return { ok: false, code: 'invalid', detail: 'attachmentIds: must name files that the team uploaded and that no message or note has yet.' };
  const noteId = await held.addNote({ author: by, text: input.text, mentions: mentioned });
  await attachToNote(unit, noteId, files);
  await composedWasSent(unit, by.id, conversationId, 'note', input.text);
  await join(held, by.id);
  for (const operatorId of mentioned) await join(held, operatorId);
  await notify(
    unit,
    mentioned.filter((id) => id !== by.id),
    { kind: 'mention', conversationId, text: by.name, data: { snippet: input.text.slice(0, 200) } },
  );
  await held.save();
  return { ok: true, noteId };
}
