import type { LanguageModelV3Middleware, LanguageModelV3StreamPart } from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';
import type { Models } from './provider.ts';

/** How a call of the model ended: `aborted` when nobody wanted its answer any more. */
type CallOutcome = 'ok' | 'failed' | 'aborted';

/**
 * The same model, each of whose calls is told when it is over.
 * @param told `call` is `generate` or `stream`; a stream is over when its last part has come
 */
export function measured(models: Models, told: (call: 'generate' | 'stream', outcome: CallOutcome, seconds: number) => void): Models {
  const begin = (call: 'generate' | 'stream', signal: AbortSignal | undefined): ((outcome: CallOutcome) => void) => {
    const began = performance.now();
    let over = false;
    const end = (outcome: CallOutcome): void => {
      if (over) return;
      over = true;
      signal?.removeEventListener('abort', aborted);
      told(call, signal?.aborted ? 'aborted' : outcome, (performance.now() - began) / 1_000);
    };
    const aborted = (): void => end('aborted');
    signal?.addEventListener('abort', aborted);
    return end;
  };
  const middleware: LanguageModelV3Middleware = {
    specificationVersion: 'v3',
    async wrapGenerate({ doGenerate, params }) {
      const end = begin('generate', params.abortSignal);
      try {
        const result = await doGenerate();
        end('ok');
        return result;
      } catch (error) {
        end('failed');
        throw error;
      }
    },
    async wrapStream({ doStream, params }) {
      const end = begin('stream', params.abortSignal);
      try {
        const { stream, ...rest } = await doStream();
        let outcome: CallOutcome = 'ok';
        const watch = new TransformStream<LanguageModelV3StreamPart, LanguageModelV3StreamPart>({
          transform(part, controller) {
            if (part.type === 'error') outcome = 'failed';
            controller.enqueue(part);
          },
          flush: () => end(outcome),
        });
        return { ...rest, stream: stream.pipeThrough(watch) };
      } catch (error) {
        end('failed');
        throw error;
      }
    },
  };
  return { ...models, language: wrapLanguageModel({ model: models.language, middleware }) };
}
