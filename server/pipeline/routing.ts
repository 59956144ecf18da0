import type { Channel } from '../contract/common.ts';
import { firstWords, routeIncoming } from '../db/routing.ts';
import type { Incoming } from '../db/routing.ts';
import type { Run } from '../db/run-load.ts';
import type { Models } from '../model/provider.ts';
import { classify } from './classify.ts';
import type { PipelineDeps } from './deps.ts';
import type { IntentHint } from './prompt.ts';

/** What routing knows of messages by their words alone. */
export interface Words {
  channel: Channel;
  contact: { name: string; language: string | null };
  texts: readonly string[];
  intents: readonly IntentHint[];
}

/** Longest that the built-in model may take, in milliseconds; it takes a few. */
const WITHIN_MS = 5_000;

/** Intent, urgency and language of a customer's first words, told by the built-in model, which costs nothing. */
export async function readWords(builtin: Models, { channel, contact, texts, intents }: Words): Promise<Incoming> {
  const seen = await classify(
    builtin.language,
    {
      agent: { id: '', name: '', classifierOn: true, classifierInstruction: '', languages: [] },
      contact,
      channel,
      cards: [],
      intents,
      history: [],
      burst: texts.map((text) => ({ text })),
    },
    { timeoutMs: WITHIN_MS },
  );
  return { intent: seen.intent, urgency: seen.urgency, alarm: seen.alarm, language: seen.language, texts };
}

/**
 * Routes a new conversation by its words at once, while the agent that will answer still waits for what comes next. Rules
 * that ask for the intent wait for the classifier, which speaks in the agent's turn.
 */
export async function routeByWords({ db, builtin }: PipelineDeps, workspaceId: string, conversationId: string): Promise<void> {
  const words = await firstWords(db.sql, workspaceId, conversationId);
  if (words) await routeIncoming(db, workspaceId, conversationId, { ...(await readWords(builtin, words)), intent: undefined }, null);
}

/** The model that was to classify has failed: what the rules still wait for, the built-in one tells them. */
export async function routeWithoutModel({ db, builtin, log }: PipelineDeps, run: Run): Promise<void> {
  const texts = run.burst.map((message) => message.text);
  await readWords(builtin, { channel: run.channel, contact: run.contact, texts, intents: run.intents })
    .then((incoming) => routeIncoming(db, run.workspaceId, run.conversationId, incoming, db.signals.processId))
    .catch((error: unknown) => log.warn({ error, workspaceId: run.workspaceId, conversationId: run.conversationId }, 'routing failed'));
}
