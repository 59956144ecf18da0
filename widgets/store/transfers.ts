import type { Core } from './core.ts';
import { putConversations } from './reduce-pool.ts';

/** Reads a conversation that somebody is asked to take, where it is not known yet: who the customer is stands in the question. */
export async function knowConversation(core: Core, id: string): Promise<void> {
  if (core.get().conversations.get(id)) return;
  const { tick } = core.get();
  const answer = await core.ask(() => core.client.api.v1.conversations[':id'].$get({ param: { id } }));
  if (answer.ok) core.update((state) => putConversations(state, [answer.value], core.now(), tick));
}
