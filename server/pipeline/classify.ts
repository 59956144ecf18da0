import { generateText, Output } from 'ai';
import type { LanguageModel } from 'ai';
import { z } from 'zod';
import { WhyCode } from '../contract/why.ts';
import type { Why } from '../contract/why.ts';
import { compileCards, decideByCards } from '../domain/card-rules.ts';
import { classifyOffline, lastFromTeam } from '../model/builtin/classify.ts';
import { replyNeed } from '../model/builtin/reply-need.ts';
import { alarmIn } from '../model/builtin/signals.ts';
import { ModelFailure, startDeadline, toModelFailure } from '../model/failure.ts';
import { modelTelemetry } from '../tracing.ts';
import { classifyPrompt } from './prompt.ts';
import type { IntentHint, PromptMessage } from './prompt.ts';

export interface ClassifyInput {
  agent: { id: string; name: string; classifierOn: boolean; classifierInstruction: string; languages: string[] };
  contact: { name: string; language: string | null };
  channel: string;
  /** Guidance cards for the classifier surface, already narrowed to this agent, channel, tag, department and audience. */
  cards: { id: string; title: string; text: string }[];
  /** The intents that the workspace configured. */
  intents: readonly IntentHint[];
  /** What was said before the burst, oldest first; never a note. */
  history: PromptMessage[];
  /** The inbound messages that nobody has answered yet, oldest first. */
  burst: { text: string }[];
}

type Urgency = 'urgent' | 'high' | 'normal' | 'low';

export interface Classification {
  needsReply: boolean;
  /** Why, in a few words for the thread, such as "a bare thank-you". */
  reason: string;
  /** The same as a stable slug, such as `thanks`. */
  reasonCode: string;
  /** The same where it is in our words; null where a model said it in its own, or a card is. */
  why: Why | null;
  by: 'classifier' | 'card' | 'rule';
  cardId: string | null;
  /** One of the configured names. */
  intent: string | null;
  asksForHuman: boolean;
  /** What they asked for, if they named it: `call`, `meeting`, `sales`, `specialist`, `support`. */
  route: string | null;
  urgency: Urgency;
  /** The word of alarm in the messages, if there is one. */
  alarm: string | null;
  /** 0 calm to 1 furious. */
  frustration: number;
  /** BCP 47, of the new messages. */
  language: string | null;
  /** 0 to 1, of needsReply. */
  certainty: number;
}

interface ClassifyOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, retries included. */
  timeoutMs: number;
}

const answerSchema = z.object({
  needsReply: z.boolean(),
  reason: z.string(),
  reasonCode: z.string(),
  cardId: z.string().nullable(),
  intent: z.string().nullable(),
  asksForHuman: z.boolean(),
  route: z.string().nullable(),
  urgency: z.enum(['urgent', 'high', 'normal', 'low']),
  frustration: z.number(),
  language: z.string().nullable(),
  certainty: z.number(),
});
type Answer = z.infer<typeof answerSchema>;

/** Tries of the call in all when its answer cannot be read. */
const READ_ATTEMPTS = 2;
/** Retries of one call that the endpoint refused or dropped; the SDK honours `Retry-After`. */
const CALL_RETRIES = 2;
const MAX_OUTPUT_TOKENS = 400;

/**
 * Decides about the unanswered messages of a conversation: whether they warrant a reply, their intent, whether they ask for
 * a person, how urgent and how frustrated they are, and in which language. What cards or the agent's instruction say in
 * plain patterns is decided without the model; else one call of it decides. A classifier that is switched off always
 * replies; the other signals are detected either way.
 * @throws ModelFailure for anything that keeps the model from answering; nothing else
 */
export async function classify(model: LanguageModel, input: ClassifyInput, options: ClassifyOptions): Promise<Classification> {
  const ruled = classifyByRules(input);
  if (ruled) return ruled;
  const base = fromAnswer(await ask(model, input, options), input, model);
  if (input.agent.classifierOn) return base;
  return {
    ...base,
    needsReply: true,
    reason: 'the classifier is off',
    reasonCode: 'classifier_off',
    why: { code: 'classifier_off' },
    by: 'rule',
    cardId: null,
    certainty: 1,
  };
}

/**
 * The part of {@link classify} that asks no model: the first card of which a rule fits, then the agent's instruction. The
 * other signals are the built-in model's.
 * @returns null where a model has to decide
 */
export function classifyByRules(input: ClassifyInput): Classification | null {
  const { agent, cards, history } = input;
  if (!agent.classifierOn) return null;
  const texts = input.burst.map((entry) => entry.text);
  const kindOf = (): string => replyNeed(texts, lastFromTeam(history)).reasonCode;
  const ruled = decideByCards(compileCards(cards), texts, kindOf);
  const wish = ruled ? null : decideByCards(compileCards([{ id: `instruction of ${agent.id}`, text: agent.classifierInstruction }]), texts, kindOf);
  if (!ruled && !wish) return null;
  const base = fromAnswer(answerSchema.parse(classifyOffline(classifyPrompt(input).data)), input);
  return ruled
    ? { ...base, needsReply: ruled.needsReply, reason: ruled.reason, reasonCode: 'card', why: null, by: 'card', cardId: ruled.cardId, certainty: 1 }
    : {
        ...base,
        needsReply: wish!.needsReply,
        reason: `the agent's instruction: ${wish!.reason}`,
        reasonCode: 'instruction',
        why: { code: 'instruction', value: wish!.reason },
        by: 'classifier',
        cardId: null,
        certainty: 1,
      };
}

async function ask(model: LanguageModel, input: ClassifyInput, options: ClassifyOptions): Promise<Answer> {
  const prompt = classifyPrompt(input);
  const deadline = startDeadline(options.signal, options.timeoutMs);
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await generateText({
          model,
          system: prompt.system,
          prompt: prompt.user,
          output: Output.object({ schema: answerSchema, name: 'classification' }),
          abortSignal: deadline.signal,
          maxRetries: CALL_RETRIES,
          maxOutputTokens: MAX_OUTPUT_TOKENS,
          experimental_telemetry: modelTelemetry('classify'),
          temperature: 0,
        });
        return result.output;
      } catch (error) {
        const failure = toModelFailure(error, deadline.ended());
        if (failure.code !== 'nonsense' || attempt >= READ_ATTEMPTS) throw failure;
      }
    }
  } finally {
    deadline.release();
  }
}

/** What the built-in model says in a language of its own is worded for each reader. */
const ours = (model: LanguageModel | null, code: string): Why | null => {
  const known = WhyCode.safeParse(code);
  return model !== null && typeof model !== 'string' && model.provider === 'convene' && known.success ? { code: known.data } : null;
};

function fromAnswer(answer: Answer, input: ClassifyInput, model: LanguageModel | null = null): Classification {
  const reason = plain(answer.reason, 120);
  if (reason === '') throw new ModelFailure('nonsense', 'no reason given');
  const cardId = input.cards.some((card) => card.id === answer.cardId) ? answer.cardId : null;
  return {
    needsReply: answer.needsReply,
    reason,
    reasonCode: slug(answer.reasonCode) || 'other',
    why: cardId === null ? ours(model, answer.asksForHuman ? 'asks_for_person' : slug(answer.reasonCode)) : null,
    by: cardId === null ? 'classifier' : 'card',
    cardId,
    intent: configuredIntent(answer.intent, input.intents),
    asksForHuman: answer.asksForHuman,
    route: answer.route === null ? null : slug(answer.route) || null,
    urgency: answer.urgency,
    alarm: alarmIn(input.burst.map((entry) => entry.text)),
    frustration: fraction(answer.frustration),
    language: languageTag(answer.language),
    certainty: fraction(answer.certainty),
  };
}

function configuredIntent(name: string | null, intents: ClassifyInput['intents']): string | null {
  if (name === null) return null;
  const wanted = name.trim().toLowerCase();
  return intents.find((intent) => intent.name.toLowerCase() === wanted)?.name ?? null;
}

const fraction = (value: number) => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0);

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);

/** One line of printable text: what a model says about a message ends up in front of people. */
const plain = (text: string, max: number) =>
  text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, max);

function languageTag(tag: string | null): string | null {
  if (tag === null || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/i.test(tag)) return null;
  try {
    return new Intl.Locale(tag).toString();
  } catch {
    return null;
  }
}
