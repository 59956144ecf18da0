/* oxlint-disable unicorn/no-thenable -- a decision has two sides, now and then; neither is a function */
import { z } from 'zod';
import { Channel, Id, LongText, MessageText, Time } from './common.ts';
import { endpoint } from './endpoint.ts';
import { Decision } from './message.ts';
import { AgentInput, CardScope, GuidanceCardInput } from './settings.ts';

/** A card as it would be; one that is not saved yet needs no id. What else a card has is taken and set aside. */
export const WhatIfCard = z.object({
  id: Id.optional(),
  surface: GuidanceCardInput.shape.surface.default('classifier'),
  title: z.string().max(200).default(''),
  text: MessageText,
  scope: CardScope.default({}),
  active: z.boolean().default(true),
});
export type WhatIfCard = z.infer<typeof WhatIfCard>;

/** What would be different. What is left out stays as it is; `cards` are all that there would be, in their order. */
export const WhatIf = z.strictObject({
  classifierInstruction: LongText.optional(),
  classifierOn: z.boolean().optional(),
  autoReplyIntents: AgentInput.shape.autoReplyIntents.unwrap().optional(),
  cards: z.array(WhatIfCard).max(1_000).optional(),
  /** The model that would decide: the one that is set up, or the built-in one. */
  model: z.enum(['configured', 'builtin']).optional(),
  /** The newest messages that customers wrote to the agent, or messages by their ids. */
  sample: z.union([z.strictObject({ last: z.number().int().min(1).max(1_000) }), z.strictObject({ messageIds: z.array(Id).min(1).max(1_000) })]),
});
export type WhatIf = z.infer<typeof WhatIf>;

/** Why a flip looks wrong: it would go quiet on a question, a sum of money, …, or answer where nothing is asked. */
export const LooksWrong = z.enum(['question', 'money', 'person', 'alarm', 'nothing_asked']);
export type LooksWrong = z.infer<typeof LooksWrong>;

export const WhatIfDecision = z.object({
  messageId: Id,
  conversationId: Id,
  contact: z.object({ id: Id, name: z.string() }),
  channel: Channel,
  text: z.string(),
  at: Time,
  now: Decision,
  then: Decision,
  /** Of a flip. */
  looksWrong: LooksWrong.nullable(),
});
export type WhatIfDecision = z.infer<typeof WhatIfDecision>;

const Tally = z.object({ replied: z.number().int(), quiet: z.number().int() });
export const WhatIfResult = z.object({
  /** Of each message, newest first. */
  decisions: z.array(WhatIfDecision),
  /** Those of them that would come out otherwise. */
  flips: z.array(WhatIfDecision),
  now: Tally,
  then: Tally,
  /** What asking cost: calls of a model, their tokens and, where the prices are set, money; the built-in one costs nothing. */
  cost: z.object({
    calls: z.number().int(),
    inputTokens: z.number().int(),
    outputTokens: z.number().int(),
    amount: z.number().nullable(),
    /** Tokens that the agent has used today, these among them, and its limit; null where a built-in model decided all. */
    day: z.object({ used: z.number().int(), limit: z.number().int().nullable() }).nullable(),
  }),
  /** Names of the models that decided. */
  models: z.object({ now: z.string(), then: z.string() }),
});
export type WhatIfResult = z.infer<typeof WhatIfResult>;

/** `event: progress` of a replay that is asked for with `Accept: text/event-stream`; `result` or `problem` comes last. */
export const WhatIfProgress = z.object({ done: z.number().int(), of: z.number().int() });
export type WhatIfProgress = z.infer<typeof WhatIfProgress>;

export const CorrectionKind = z.enum(['reply_anyway', 'should_have_stayed_quiet']);
export type CorrectionKind = z.infer<typeof CorrectionKind>;

/** The card that would have decided so; `position` puts it before all others. */
export const SuggestedCard = z.object({
  surface: z.literal('classifier'),
  title: z.string(),
  text: z.string(),
  scope: CardScope,
  position: z.number().int(),
});
export type SuggestedCard = z.infer<typeof SuggestedCard>;

export const Corrected = z.object({
  correction: z.object({ id: Id, kind: CorrectionKind, messageId: Id, conversationId: Id, agentId: Id.nullable(), operatorId: Id, at: Time }),
  /** Null where no card in plain words would have decided so. */
  suggestion: SuggestedCard.nullable(),
});
export type Corrected = z.infer<typeof Corrected>;

export const classifierEndpoints = {
  whatIf: endpoint({
    method: 'post',
    path: '/v1/agents/:id/what-if',
    audience: 'admin',
    summary:
      'Decide recent messages once more, as now and as changed; nothing is sent, run or stored. With `Accept: text/event-stream` the progress comes before the result',
    body: WhatIf,
    status: 200,
    response: WhatIfResult,
    errors: ['rate_limited', 'daily_limit'],
  }),
  replyAnyway: endpoint({
    method: 'post',
    path: '/v1/messages/:id/reply-anyway',
    audience: 'operator',
    summary: 'The agent answers a message after all that it stayed quiet on; by the message or the decision',
    status: 200,
    response: Corrected,
    idempotent: true,
    errors: ['newer_message', 'agent_may_not_reply', 'contact_paused', 'agent_inactive', 'reply_mode_off', 'no_agent'],
  }),
  shouldHaveStayedQuiet: endpoint({
    method: 'post',
    path: '/v1/messages/:id/should-have-stayed-quiet',
    audience: 'operator',
    summary: 'Say that a message wanted no answer; a draft for it is rejected',
    status: 200,
    response: Corrected,
    idempotent: true,
    errors: ['invalid'],
  }),
  undoCorrection: endpoint({
    method: 'post',
    path: '/v1/corrections/:id/undo',
    audience: 'operator',
    summary: 'Take a correction back, with what it had set off as long as nothing went out',
    status: 204,
    errors: ['newer_message'],
  }),
};
