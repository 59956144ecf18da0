import type { Decision } from '../contract/message.ts';
import type { Agent } from '../contract/settings.ts';
import { mentions } from '../domain/mention.ts';
import type { SpeakingState } from '../domain/policy.ts';
import type { Classification } from './classify.ts';

/** What the policy asks of messages: whether they name the agent, whether they want a reply, whether it may answer their intent. */
export function askedOf(
  agent: Pick<Agent, 'name' | 'classifierOn' | 'autoReplyIntents'>,
  seen: Pick<Classification, 'needsReply' | 'intent'>,
  texts: readonly string[],
): Pick<SpeakingState, 'mentioned' | 'classifier' | 'intentAllowed'> {
  const { autoReplyIntents } = agent;
  return {
    mentioned: texts.some((text) => mentions(text, agent.name)),
    classifier: !agent.classifierOn ? 'off' : seen.needsReply ? 'reply' : 'quiet',
    intentAllowed: autoReplyIntents.length === 0 || (seen.intent !== null && autoReplyIntents.includes(seen.intent)),
  };
}

/** What the thread says of a decision of the classifier. */
export const decisionOf = (seen: Classification, replied: boolean): Decision => ({
  replied,
  reason: seen.reason,
  by: seen.by,
  cardId: seen.cardId,
  ...(seen.why && { why: seen.why }),
});

/** What the thread says where the agent's name decided. */
export const BY_NAME: Decision = { replied: true, reason: 'was addressed by name', by: 'mention', why: { code: 'addressed' } };
