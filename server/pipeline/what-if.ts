/* oxlint-disable unicorn/no-thenable -- a decision has two sides, now and then; neither is a function */
import { setImmediate as turn } from 'node:timers/promises';
import type { LooksWrong, WhatIf, WhatIfCard } from '../contract/classifier.ts';
import type { Decision } from '../contract/message.ts';
import type { Agent } from '../contract/settings.ts';
import type { Ground, Sampled } from '../db/what-if.ts';
import { mayAgentReply } from '../domain/policy.ts';
import { inScope } from '../domain/routing.ts';
import { looksWrong } from '../domain/what-if.ts';
import { lastFromTeam } from '../model/builtin/classify.ts';
import { replyNeed } from '../model/builtin/reply-need.ts';
import { counted } from '../model/counted.ts';
import type { Models } from '../model/provider.ts';
import { classify, classifyByRules } from './classify.ts';
import type { Classification, ClassifyInput } from './classify.ts';
import { askedOf, BY_NAME, decisionOf } from './decision.ts';

/** Settings by which messages are decided. */
interface Shape {
  agent: Agent;
  cards: { id: string; title: string; text: string; scope: WhatIfCard['scope'] }[];
  models: Models;
}

export interface Replayed {
  message: Sampled;
  now: Decision;
  then: Decision;
  looksWrong: LooksWrong | null;
}

interface Cost {
  calls: number;
  inputTokens: number;
  outputTokens: number;
}

interface ReplayOptions {
  signal: AbortSignal;
  /** Milliseconds for one classification. */
  timeoutMs: number;
  /** Told after each message. */
  progress?: ((done: number) => void) | undefined;
}

/** Messages that a configured model is asked about at once; the built-in one takes them in turn. */
const AT_ONCE = 6;

/**
 * Decides messages once by the settings as they are and once as they would be. Nothing is written and nobody is told.
 * Where both ask a model the same, it is asked once.
 * @throws ModelFailure where a model cannot answer, or the signal ended it
 */
export async function replay(
  ground: Ground,
  change: WhatIf,
  models: { configured: Models; builtin: Models },
  messages: readonly Sampled[],
  options: ReplayOptions,
): Promise<{ replayed: Replayed[]; cost: Cost }> {
  const { models: configured, used } = counted(models.configured);
  const now: Shape = { agent: ground.agent, cards: ground.cards, models: configured };
  const then = changed(now, change, { ...models, configured });
  const cost: Cost = { calls: 0, inputTokens: 0, outputTokens: 0 };
  const replayed: Replayed[] = [];
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < messages.length; at = next++) {
      // The built-in model never waits for anything: others get their turn between its messages.
      if (at % 8 === 0) await turn();
      replayed[at] = await decideTwice(messages[at]!, now, then, ground, options, cost);
      done += 1;
      options.progress?.(done);
    }
  };
  await Promise.all(Array.from({ length: now.models.builtin && then.models.builtin ? 1 : AT_ONCE }, lane));
  return { replayed, cost: configured.builtin ? cost : { ...cost, inputTokens: used.input, outputTokens: used.output } };
}

function changed(now: Shape, change: WhatIf, models: { configured: Models; builtin: Models }): Shape {
  const {
    classifierInstruction = now.agent.classifierInstruction,
    classifierOn = now.agent.classifierOn,
    autoReplyIntents = now.agent.autoReplyIntents,
  } = change;
  const cards = change.cards?.filter((card) => card.surface === 'classifier' && card.active).map((card, at) => ({ ...card, id: card.id ?? unsaved(at) }));
  return {
    agent: { ...now.agent, classifierInstruction, classifierOn, autoReplyIntents },
    cards: cards ?? now.cards,
    models: change.model === 'builtin' ? models.builtin : models.configured,
  };
}

/** An id for a card that has none yet: none that was ever given. */
const unsaved = (at: number): string => `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;

async function decideTwice(message: Sampled, now: Shape, then: Shape, { intents }: Ground, options: ReplayOptions, cost: Cost): Promise<Replayed> {
  const asking = (shape: Shape): ClassifyInput => inputOf(message, shape, intents);
  const [inputNow, inputThen] = [asking(now), asking(then)];
  const seenNow = await ask(now, inputNow, options, cost);
  const same = now.models === then.models && now.agent.classifierOn === then.agent.classifierOn && JSON.stringify(inputNow) === JSON.stringify(inputThen);
  const seenThen = same ? seenNow : await ask(then, inputThen, options, cost);
  const [first, second] = [decide(now.agent, seenNow, message.text), decide(then.agent, seenThen, message.text)];
  return {
    message,
    now: first,
    then: second,
    looksWrong: looksWrong({
      text: message.text,
      now: first.replied,
      then: second.replied,
      asksForHuman: seenThen.asksForHuman,
      alarm: seenThen.alarm !== null,
      kind: replyNeed([message.text], lastFromTeam(message.history)).reasonCode,
    }),
  };
}

function inputOf(message: Sampled, { agent, cards }: Shape, intents: Ground['intents']): ClassifyInput {
  const { contact, channel, tags, departmentId, history, text } = message;
  const here = { agentId: agent.id, channel, tags, departmentId, identified: contact.identified };
  return {
    agent: { id: agent.id, name: agent.name, classifierOn: agent.classifierOn, classifierInstruction: agent.classifierInstruction, languages: agent.languages },
    contact: { name: contact.name, language: contact.language },
    channel,
    history,
    burst: [{ text }],
    cards: cards.filter((card) => inScope(card.scope, here)).map(({ id, title, text: rule }) => ({ id, title, text: rule })),
    intents,
  };
}

function ask({ models }: Shape, input: ClassifyInput, { signal, timeoutMs }: ReplayOptions, cost: Cost): Classification | Promise<Classification> {
  const ruled = classifyByRules(input);
  if (ruled) return ruled;
  if (!models.builtin) cost.calls += 1;
  return classify(models.language, input, { signal, timeoutMs });
}

/** As in a turn of the agent in which nothing else stands in its way. */
function decide(agent: Agent, seen: Classification, text: string): Decision {
  const asked = askedOf(agent, seen, [text]);
  const policy = mayAgentReply({
    replyMode: 'auto_send',
    controller: 'agent',
    handedOff: false,
    contactPaused: false,
    agentActive: true,
    accountActive: true,
    status: 'open',
    risk: 'low',
    ...asked,
  });
  if (policy.verdict === 'blocked')
    return { replied: false, reason: 'may not answer this intent by itself', by: 'rule', cardId: null, why: { code: 'intent_not_enabled' } };
  if (policy.verdict === 'quiet') return decisionOf(seen, false);
  return asked.mentioned ? { ...BY_NAME, cardId: null } : decisionOf(seen, true);
}
