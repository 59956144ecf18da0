import { stepCountIs, streamText } from 'ai';
import type { LanguageModel } from 'ai';
import { ModelFailure, startDeadline, toModelFailure } from '../model/failure.ts';
import type { Deadline } from '../model/failure.ts';
import { modelTelemetry } from '../tracing.ts';
import { MAX_REPLY_CHARS, checkReply } from './prompt-checks.ts';
import { fallbackText } from '../model/builtin/phrases.ts';
import { stripLinks } from './prompt-links.ts';
import { articlesUsed, citationsIn, withoutCitations } from './prompt-articles.ts';
import type { CitedArticle } from './prompt-articles.ts';
import { composePrompt } from './prompt.ts';
import type { Prompt, ComposeData, PlaybookData, PromptMessage } from './prompt.ts';
import { readHandoff, toolsOf } from './skill-tool.ts';
import type { Handoff, SkillRun, SkillTool, Used, Watching } from './skill-tool.ts';

export interface ComposeInput {
  agent: { name: string; instructions: string; languages: string[] };
  contact: { name: string; language: string | null };
  channel: string;
  workspaceName: string;
  /** What was said before the burst, oldest first; never a note. */
  history: PromptMessage[];
  burst: { text: string }[];
  /** What it did already for the burst, before it was interrupted. */
  made?: readonly { skill: string; args: unknown; result: unknown; outcome: string | null }[];
  /** Guidance cards for the reply surface, already scoped. */
  cards: { id: string; title: string; text: string }[];
  /** What the agent follows; `over` says that it has ended and nothing is left for the agent to say. */
  playbook: { text: string; data: PlaybookData | null; over(): boolean } | null;
  /** The skill named `hand_off` ends the composition and is never run from here; its handoff is the caller's to commit. */
  skills: SkillTool[];
  /** Hosts that links may lead to; `*.example.com` allows subdomains. */
  allowedHosts: string[];
  mentioned: boolean;
  /** Language to answer in, when known (BCP 47). */
  language: string | null;
}

export type Composition =
  | {
      kind: 'reply';
      text: string;
      /** The agent did not know and says so. */
      fallback: boolean;
      /** What it lacked, in its own words. */
      missing?: string;
      articles: CitedArticle[];
      /** Ids of the guidance cards that it was given. */
      cards: string[];
      skills: SkillRun[];
      usage: { inputTokens: number; outputTokens: number };
    }
  | { kind: 'handoff'; reason: string; route?: string; skills: SkillRun[] }
  /** The playbook ended: no words of the agent follow. */
  | { kind: 'ended'; skills: SkillRun[] };

interface ComposeOptions extends Watching {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole composition: every step, skill and retry. */
  timeoutMs: number;
  /** Model calls at most; in the last one no tool is offered. */
  maxSteps: number;
  /** The reply as it grows, already free of links that are not allowed. For operators' eyes only: it may still be thrown away. */
  onText?(textSoFar: string): void;
}

/** Tries in all when a reply came out broken or was cut, as long as no skill changed anything yet. */
const ATTEMPTS = 2;
/** Retries of one call that the endpoint refused; the SDK honours `Retry-After`. */
const CALL_RETRIES = 2;
const MAX_OUTPUT_TOKENS = 1_500;

/** Ends of a reply that was not finished. */
const CUT = new Set(['length', 'content-filter']);

interface Attempt extends Used {
  text: string;
  finishReason: string;
  /** The endpoint had begun to answer: before that, the call's own retries were all there is to try. */
  begun: boolean;
  handoff: Handoff | null;
  usage: { inputTokens: number; outputTokens: number };
}

/**
 * Writes the reply to the unanswered messages of a conversation, running skills on the way.
 * The result is a whole reply, a handoff or the end of a playbook; everything else is a ModelFailure, never a part of an answer.
 * @throws ModelFailure and nothing else
 */
export async function compose(model: LanguageModel, input: ComposeInput, options: ComposeOptions): Promise<Composition> {
  const prompt = composePrompt(input);
  const deadline = startDeadline(options.signal, options.timeoutMs);
  try {
    for (let number = 1; ; number += 1) {
      const attempt = emptyAttempt();
      try {
        await runAttempt(model, input, prompt, options, deadline, attempt);
        return finish(attempt, input, prompt);
      } catch (error) {
        const failure = toModelFailure(error, deadline.ended());
        const again = attempt.begun && (failure.code === 'nonsense' || failure.code === 'unavailable');
        if (!again || attempt.touched || number >= ATTEMPTS) throw failure;
      }
    }
  } finally {
    deadline.release();
  }
}

const emptyAttempt = (): Attempt => ({
  text: '',
  finishReason: '',
  runs: [],
  touched: false,
  begun: false,
  missing: null,
  handoff: null,
  found: [],
  usage: { inputTokens: 0, outputTokens: 0 },
});

async function runAttempt(
  model: LanguageModel,
  input: ComposeInput,
  prompt: Prompt<ComposeData>,
  options: ComposeOptions,
  deadline: Deadline,
  attempt: Attempt,
): Promise<void> {
  const tools = toolsOf(input.skills, options, deadline.signal, attempt);
  const stream = streamText({
    model,
    system: prompt.system,
    messages: [{ role: 'user', content: prompt.user }],
    tools,
    stopWhen: stepCountIs(options.maxSteps),
    prepareStep: ({ stepNumber }) => (stepNumber > 0 && stepNumber === options.maxSteps - 1 ? { toolChoice: 'none' } : undefined),
    abortSignal: deadline.signal,
    maxRetries: CALL_RETRIES,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    experimental_telemetry: modelTelemetry('compose'),
    onError: () => undefined,
  });
  const reader = stream.fullStream.getReader();
  try {
    for (;;) {
      const { done, value: part } = await orEnded(reader.read(), deadline.signal);
      if (done) return;
      if (part.type !== 'start' && part.type !== 'error') attempt.begun = true;
      switch (part.type) {
        case 'start-step':
          attempt.text = '';
          break;
        case 'text-delta':
          attempt.text += part.text;
          if (attempt.text.length > MAX_REPLY_CHARS * 2) throw new ModelFailure('nonsense', 'far too long');
          options.onText?.(stripLinks(withoutCitations(attempt.text), input.allowedHosts).text);
          break;
        case 'tool-call':
          if (part.toolName === 'hand_off' && !part.invalid) {
            attempt.handoff = readHandoff(part.input);
            return;
          }
          break;
        case 'finish-step':
          attempt.finishReason = part.finishReason;
          attempt.usage.inputTokens += part.usage.inputTokens ?? 0;
          attempt.usage.outputTokens += part.usage.outputTokens ?? 0;
          if (input.playbook?.over()) return;
          break;
        case 'error':
          throw part.error;
        case 'abort':
          throw new ModelFailure(deadline.ended() ?? 'aborted');
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** A read that also ends when the time is up, for streams that keep hanging after their abort. */
function orEnded<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new ModelFailure('aborted'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function finish(attempt: Attempt, input: ComposeInput, prompt: Prompt<ComposeData>): Composition {
  if (attempt.handoff) return { kind: 'handoff', ...attempt.handoff, skills: attempt.runs };
  if (input.playbook?.over()) return { kind: 'ended', skills: attempt.runs };
  const fallback = attempt.missing !== null;
  if (attempt.finishReason === 'tool-calls') throw new ModelFailure('nonsense', 'it went round in circles');
  if (CUT.has(attempt.finishReason)) throw new ModelFailure('nonsense', 'the reply was cut short');
  if (attempt.finishReason !== 'stop') throw new ModelFailure('unavailable', 'the reply broke off');
  const raw = attempt.text.trim() === '' && fallback ? fallbackText(input.language ?? input.contact.language) : attempt.text;
  const text = checkReply(withoutCitations(raw), prompt.system, input.allowedHosts);
  return {
    kind: 'reply',
    text,
    fallback,
    ...(attempt.missing ? { missing: attempt.missing } : {}),
    articles: fallback ? [] : articlesUsed(text, attempt.found, citationsIn(raw)),
    cards: input.cards.map((card) => card.id),
    skills: attempt.runs,
    usage: attempt.usage,
  };
}
