import type { MacroRun } from '../../server/contract/macro.ts';
import type { palette } from '../locales/en/palette.ts';
import type { StoreElement } from '../store/element.ts';
import type { ApiProblem } from '../store/problem.ts';
import { conversationOf } from '../store/select.ts';
import { toast } from '../ui/toast.ts';
import type { Spoken } from '../ui/words.ts';

type Words = Spoken<typeof palette>;

/** Where the quick reply of a macro is written. */
export interface Written {
  insert(text: string): void;
}

const why = ({ t }: Words, { code, detail }: ApiProblem): string =>
  ({
    agent_in_control: t.inControl,
    newer_message: t.newer,
    contact_paused: t.paused,
    agent_inactive: t.inactive,
    reply_mode_off: t.off,
    channel_cannot_send: t.channel,
  })[code as string] ?? (detail.startsWith('quickReplyId') ? t.replyGone : detail);

/** Runs a macro on one conversation, says what came of it, and can put it back. @param into null where nobody writes to the conversation now */
export async function runMacro(
  host: StoreElement,
  into: Written | null,
  conversationId: string,
  macro: { id: string; name: string },
  words: Words,
): Promise<void> {
  const { store } = host;
  const seen = store && conversationOf(store.get(), conversationId);
  if (!store || !seen) return;
  const { t } = words;
  const path = store.core.client.api.v1.conversations[':id'].macros[':macroId'].run;
  const answer = await store.core.ask<MacroRun>(() =>
    path.$post({
      param: { id: conversationId, macroId: macro.id },
      json: { expectedLastInboundSeq: seen.lastInboundSeq },
      header: { 'idempotency-key': crypto.randomUUID() },
    }),
  );
  if (!answer.ok) return void toast(host, { text: t.notRan(macro.name, why(words, answer.problem)), dismiss: t.common.dismiss });
  const { insert, operationId } = answer.value;
  if (insert !== null) into?.insert(insert);
  const undo = async (): Promise<void> => {
    const undone = await store.core.ask(() => store.core.client.api.v1.operations[':id'].undo.$post({ param: { id: operationId ?? '' } }));
    if (!undone.ok) toast(host, { text: t.notUndone(macro.name, why(words, undone.problem)), dismiss: t.common.dismiss });
  };
  toast(host, {
    text: t.ran(macro.name),
    dismiss: t.common.dismiss,
    ...(operationId === null ? {} : { acts: [{ label: t.common.undo, undo: true, run: () => void undo() }] }),
  });
}
