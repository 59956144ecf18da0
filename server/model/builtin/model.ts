import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3Prompt,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
} from '@ai-sdk/provider';
import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import type { ClassifyData, ComposeData } from '../../pipeline/prompt.ts';
import { classifyOffline } from './classify.ts';
import { nextMove } from './reply.ts';
import type { PastCall } from './reply.ts';

interface BuiltinOptions {
  /** Milliseconds between the words of a streamed reply, so that people can watch it grow. Default 0. */
  pauseMs?: number | undefined;
}

/**
 * The model that works without any network: it reads the same prompts as a real one, classifies by lexicons and rules,
 * and replies from the knowledge articles that its tools return. The same input always gives the same output.
 * For prompts that are none of ours it throws UnsupportedFunctionalityError.
 */
export function createBuiltinModel(options: BuiltinOptions = {}): LanguageModelV3 {
  return {
    specificationVersion: 'v3',
    provider: 'convene',
    modelId: 'built-in',
    supportedUrls: {},
    async doGenerate(call) {
      call.abortSignal?.throwIfAborted();
      const content = answer(call);
      return { content, finishReason: finishOf(content), usage: usageOf(call.prompt, content), warnings: [] };
    },
    async doStream(call) {
      call.abortSignal?.throwIfAborted();
      const content = answer(call);
      return { stream: streamOf(content, usageOf(call.prompt, content), options.pauseMs ?? 0, call.abortSignal) };
    },
  };
}

function answer(call: LanguageModelV3CallOptions): LanguageModelV3Content[] {
  const data = dataOf(call.prompt);
  if (data.task === 'classify') return [{ type: 'text', text: JSON.stringify(classifyOffline(data)) }];
  const offered = call.toolChoice?.type === 'none' ? [] : (call.tools ?? []).map((tool) => tool.name);
  const past = pastCalls(call.prompt);
  const move = nextMove(data, new Set(offered), past);
  if ('text' in move) return [{ type: 'text', text: move.text }];
  return move.calls.map(({ name, input }, index) => ({
    type: 'tool-call',
    toolCallId: `call-${past.length + index + 1}`,
    toolName: name,
    input: JSON.stringify(input),
  }));
}

/** The JSON of the first user message: the same data that a real model gets. */
function dataOf(prompt: LanguageModelV3Prompt): ClassifyData | ComposeData {
  for (const message of prompt) {
    if (message.role !== 'user') continue;
    const text = message.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const data = parse(text);
    if (isData(data)) return data;
    break;
  }
  throw new UnsupportedFunctionalityError({ functionality: 'prompts other than classification and reply' });
}

const isData = (data: unknown): data is ClassifyData | ComposeData =>
  typeof data === 'object' &&
  data !== null &&
  'task' in data &&
  (data.task === 'classify' || data.task === 'reply') &&
  'messages' in data &&
  Array.isArray(data.messages);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pastCalls(prompt: LanguageModelV3Prompt): PastCall[] {
  const inputs = new Map<string, unknown>();
  const calls: PastCall[] = [];
  for (const message of prompt) {
    if (message.role !== 'assistant' && message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type === 'tool-call') inputs.set(part.toolCallId, part.input);
      if (part.type !== 'tool-result') continue;
      const output = part.output.type === 'json' ? part.output.value : part.output.type === 'text' ? parse(part.output.value) : null;
      calls.push({ name: part.toolName, input: inputs.get(part.toolCallId), output });
    }
  }
  return calls;
}

function finishOf(content: LanguageModelV3Content[]): LanguageModelV3FinishReason {
  const unified = content.some((part) => part.type === 'tool-call') ? 'tool-calls' : 'stop';
  return { unified, raw: unified };
}

/** Words, as an honest stand-in for tokens. */
function usageOf(prompt: LanguageModelV3Prompt, content: LanguageModelV3Content[]): LanguageModelV3Usage {
  const words = (value: unknown) => JSON.stringify(value).split(/\s+/).length;
  const input = words(prompt);
  const output = words(content);
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  };
}

function streamOf(
  content: LanguageModelV3Content[],
  usage: LanguageModelV3Usage,
  pauseMs: number,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV3StreamPart> {
  const parts = partsOf(content, usage);
  return new ReadableStream<LanguageModelV3StreamPart>(
    {
      async pull(controller) {
        try {
          signal?.throwIfAborted();
          const { value, done } = parts.next();
          if (done) {
            controller.close();
            return;
          }
          if (pauseMs > 0 && value.type === 'text-delta') await pause(pauseMs, signal);
          controller.enqueue(value);
        } catch (error) {
          controller.error(error);
        }
      },
      cancel() {
        parts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function* partsOf(content: LanguageModelV3Content[], usage: LanguageModelV3Usage): Generator<LanguageModelV3StreamPart, undefined> {
  yield { type: 'stream-start', warnings: [] };
  for (const [index, part] of content.entries()) {
    if (part.type === 'tool-call') yield part;
    if (part.type !== 'text') continue;
    const id = `text-${index + 1}`;
    yield { type: 'text-start', id };
    for (const [delta] of part.text.matchAll(/\S+\s*|\s+/gu)) yield { type: 'text-delta', id, delta };
    yield { type: 'text-end', id };
  }
  yield { type: 'finish', usage, finishReason: finishOf(content) };
  return undefined;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
