import type { LanguageModelV3Middleware, LanguageModelV3StreamPart } from '@ai-sdk/provider';
import { APICallError, wrapLanguageModel } from 'ai';
import { admit, closed, settle } from '../domain/breaker.ts';
import type { Why } from '../contract/why.ts';
import { ModelFailure, toModelFailure, whyFailed } from './failure.ts';
import type { Models } from './provider.ts';

/** The model is left alone, or is back; `reason` in our own words. */
type Turned = { state: 'down'; reason: string; why: Why } | { state: 'up' };

/** The endpoint takes no request like this one: that says nothing of others. */
const REFUSES_THIS = new Set([400, 413, 422]);

/** What a failure says of the model: nonsense is an answer, and a call that was stopped says nothing. */
const blames = (error: unknown, signal: AbortSignal | undefined): ModelFailure | null => {
  if (APICallError.isInstance(error) && REFUSES_THIS.has(error.statusCode ?? 0)) return null;
  const timedOut = signal?.aborted === true && signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
  const failure = toModelFailure(error, timedOut ? 'timeout' : signal?.aborted ? 'aborted' : undefined);
  return failure.code === 'aborted' || failure.code === 'nonsense' ? null : failure;
};

/**
 * The same model behind a circuit breaker: while it does not answer, calls fail at once, and one now and then finds out
 * whether it is back. The built-in model needs none.
 */
export function guarded(models: Models, turned: (what: Turned) => void, now: () => number = () => performance.now()): Models {
  if (models.builtin) return models;
  let breaker = closed;
  const begin = (): void => {
    const asked = admit(breaker, now());
    breaker = asked.breaker;
    if (!asked.admitted) throw new ModelFailure('unavailable', 'it has not answered lately, and is not asked for now');
  };
  const end = (outcome: 'ok' | 'ended' | ModelFailure): void => {
    const after = settle(breaker, outcome instanceof ModelFailure ? 'failed' : outcome, now());
    breaker = after.breaker;
    if (after.turned === 'up') turned({ state: 'up' });
    if (after.turned === 'down') turned({ state: 'down', reason: (outcome as ModelFailure).message, why: whyFailed(outcome) });
  };
  const middleware: LanguageModelV3Middleware = {
    specificationVersion: 'v3',
    async wrapGenerate({ doGenerate, params }) {
      begin();
      try {
        const result = await doGenerate();
        end('ok');
        return result;
      } catch (error) {
        end(blames(error, params.abortSignal) ?? 'ended');
        throw error;
      }
    },
    async wrapStream({ doStream, params }) {
      begin();
      let over = false;
      const once = (outcome: Parameters<typeof end>[0]): void => {
        if (over) return;
        over = true;
        params.abortSignal?.removeEventListener('abort', aborted);
        end(outcome);
      };
      const aborted = (): void => once(blames(undefined, params.abortSignal) ?? 'ended');
      params.abortSignal?.addEventListener('abort', aborted, { once: true });
      try {
        const { stream, ...rest } = await doStream();
        const watch = new TransformStream<LanguageModelV3StreamPart, LanguageModelV3StreamPart>({
          transform(part, controller) {
            if (part.type === 'error') once(blames(part.error, params.abortSignal) ?? 'ended');
            controller.enqueue(part);
          },
          flush: () => once('ok'),
        });
        return { ...rest, stream: stream.pipeThrough(watch) };
      } catch (error) {
        once(blames(error, params.abortSignal) ?? 'ended');
        throw error;
      }
    },
  };
  return { ...models, language: wrapLanguageModel({ model: models.language, middleware }) };
}
