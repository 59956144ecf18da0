/** A model that always has an answer, as fast or as slow as a test wants it. */
import type { LanguageModelV3, LanguageModelV3StreamPart, LanguageModelV3Usage } from '@ai-sdk/provider';
import type { Models } from '../../server/model/provider.ts';
import { verdict } from './model-verdict.ts';

export interface ScriptedModel {
  /** Awaited before the classifier answers, and before the reply's first word. */
  pause?: (at: 'classify' | 'compose', signal: AbortSignal | undefined) => Promise<void>;
  /** What it says; default a sentence that carries no risk. */
  reply?: (call: number) => string;
  /** Called when the last word of a reply was read. */
  afterReply?: () => void;
}

const usage: LanguageModelV3Usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};
const finishReason = { unified: 'stop' as const, raw: 'stop' };

export function scriptedModels(script: ScriptedModel = {}): Models {
  let calls = 0;
  const language: LanguageModelV3 = {
    specificationVersion: 'v3',
    provider: 'test',
    modelId: 'scripted',
    supportedUrls: {},
    async doGenerate({ abortSignal }) {
      await script.pause?.('classify', abortSignal);
      abortSignal?.throwIfAborted();
      return { content: [{ type: 'text', text: JSON.stringify(verdict()) }], finishReason, usage, warnings: [] };
    },
    async doStream({ abortSignal }) {
      await script.pause?.('compose', abortSignal);
      abortSignal?.throwIfAborted();
      const text = script.reply?.((calls += 1)) ?? 'We open at nine.';
      const parts: LanguageModelV3StreamPart[] = [
        { type: 'stream-start', warnings: [] },
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: text },
        { type: 'text-end', id: '1' },
        { type: 'finish', usage, finishReason },
      ];
      return {
        stream: new ReadableStream<LanguageModelV3StreamPart>(
          {
            pull(controller) {
              const part = parts.shift();
              if (part) return controller.enqueue(part);
              script.afterReply?.();
              controller.close();
            },
          },
          { highWaterMark: 0 },
        ),
      };
    },
  };
  return { language, builtin: false, name: 'scripted' };
}
