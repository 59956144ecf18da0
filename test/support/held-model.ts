/** A model at an address of its own that answers when a test lets it. What a customer's words hold decides how. */
import { verdict } from './model-verdict.ts';
import { startOpenAiServer } from './openai-server.ts';
import type { OpenAiServer, RecordedRequest, Step } from './openai-server.ts';
import { until } from './pipeline.ts';

export interface HeldModel {
  server: OpenAiServer;
  /** Requests for a reply to what holds these words, so far. */
  asked(words: string): RecordedRequest[];
  /** Waits until a reply to these words is asked for, for the n-th time. */
  composing(words: string, times?: number): Promise<RecordedRequest>;
  /** From now on answers what holds these words, also what waits. */
  release(words: string): void;
  /** Answers whatever holds these words like this, at both calls, until further notice. */
  plays(words: string, step: Step): void;
}

/** What the model says to words that a test let it answer. */
export const heldReply = 'We are open from nine to five.';

export async function startHeldModel(): Promise<HeldModel> {
  const server = await startOpenAiServer();
  const released = new Set<string>();
  const scripted = new Map<string, Step>();
  const wakes = new Set<() => void>();
  const newest = ({ user }: RecordedRequest): string => (JSON.parse(user) as { messages: string[] }).messages.join('\n');
  const isReply = (request: RecordedRequest): boolean => request.body.stream === true;
  server.otherwise = async (request) => {
    const words = newest(request);
    const step = [...scripted].find(([key]) => words.includes(key))?.[1];
    if (step) return step;
    if (!isReply(request)) return { kind: 'json', value: verdict() };
    while (![...released].some((key) => words.includes(key))) await new Promise<void>((resolve) => wakes.add(resolve));
    return { kind: 'text', text: heldReply };
  };
  const asked = (words: string): RecordedRequest[] => server.requests.filter((request) => isReply(request) && newest(request).includes(words));
  return {
    server,
    asked,
    composing: (words, times = 1) => until(async () => asked(words)[times - 1], `a request for a reply to ${words}`),
    release(words) {
      released.add(words);
      for (const wake of wakes) wake();
      wakes.clear();
    },
    plays: (words, step) => void scripted.set(words, step),
  };
}
