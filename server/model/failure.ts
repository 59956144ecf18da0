import { AISDKError, APICallError, NoObjectGeneratedError, NoOutputGeneratedError, RetryError } from 'ai';
import type { Why } from '../contract/why.ts';

/** Why a model gave no usable answer. A closed list, so that callers can say it in words. */
export type ModelFailureCode = 'timeout' | 'rate_limited' | 'unavailable' | 'auth' | 'nonsense' | 'aborted';

const words: Record<ModelFailureCode, string> = {
  timeout: 'the model did not answer in time',
  rate_limited: 'the model refused more requests for now',
  unavailable: 'the model could not be reached or failed',
  auth: 'the model refused the key',
  nonsense: 'the model gave no usable answer',
  aborted: 'the run was stopped',
};

/**
 * The one error that classify and compose throw. Its message is built from our own words only:
 * it never carries what the provider answered, a prompt, a key or an address, so it may be shown and logged.
 */
export class ModelFailure extends Error {
  readonly code: ModelFailureCode;

  /** @param detail our own words about what was wrong, never text from outside */
  constructor(code: ModelFailureCode, detail?: string) {
    super(detail === undefined ? words[code] : `${words[code]}: ${detail}`);
    this.name = 'ModelFailure';
    this.code = code;
  }
}

/** Why a run failed, as a word that readers have in their language. */
export const whyFailed = (error: unknown): Why => ({ code: error instanceof ModelFailure ? `model_${error.code}` : 'internal' });

/**
 * Turns whatever the AI SDK threw into a ModelFailure.
 * @param error what was thrown
 * @param ended how our own clock or the caller ended the call, when one of them did; this wins over the error,
 *   since an ended call surfaces as all kinds of errors
 */
export function toModelFailure(error: unknown, ended?: 'timeout' | 'aborted' | undefined): ModelFailure {
  if (ended !== undefined) return new ModelFailure(ended);
  if (error instanceof ModelFailure) return error;
  if (RetryError.isInstance(error)) return toModelFailure(error.lastError);
  if (APICallError.isInstance(error)) return fromStatus(error);
  if (NoObjectGeneratedError.isInstance(error)) return new ModelFailure('nonsense', 'not the shape that was asked for');
  if (NoOutputGeneratedError.isInstance(error)) return new ModelFailure('nonsense', 'nothing at all');
  // everything else that the SDK objects to is about what the model sent: no JSON, a tool where none was offered
  if (AISDKError.isInstance(error)) return new ModelFailure('nonsense', 'not the protocol that was expected');
  if (error instanceof Error && error.name === 'AbortError') return new ModelFailure('aborted');
  if (error instanceof Error && error.name === 'TimeoutError') return new ModelFailure('timeout');
  return new ModelFailure('unavailable');
}

function fromStatus({ statusCode: status, isRetryable }: APICallError): ModelFailure {
  if (status === 401 || status === 403) return new ModelFailure('auth', `status ${status}`);
  if (status === 429) return new ModelFailure('rate_limited', 'status 429');
  if (status === 408 || status === 504) return new ModelFailure('timeout', `status ${status}`);
  if (status === 200 && !isRetryable) return new ModelFailure('nonsense', 'not the protocol that was expected');
  return new ModelFailure('unavailable', status === undefined ? 'no connection' : `status ${status}`);
}

/** A clock over one model call: its signal ends with the caller's, or when the time is up. */
export interface Deadline {
  signal: AbortSignal;
  /** How the call was ended from our side, if it was. */
  ended(): 'timeout' | 'aborted' | undefined;
  /** Ends the call from our side, as though the caller had. */
  stop(): void;
  /** Gives the timer and the listener back; to be called in a finally. */
  release(): void;
}

/** @param timeoutMs milliseconds until the call is ended */
export function startDeadline(outer: AbortSignal | undefined, timeoutMs: number): Deadline {
  const controller = new AbortController();
  let ended: 'timeout' | 'aborted' | undefined;
  const end = (how: 'timeout' | 'aborted') => {
    ended ??= how;
    controller.abort(how === 'timeout' ? new DOMException('The time is up.', 'TimeoutError') : undefined);
  };
  const onAbort = () => end('aborted');
  const timer = setTimeout(() => end('timeout'), timeoutMs);
  if (outer?.aborted) onAbort();
  else outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    ended: () => ended,
    stop: onAbort,
    release() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    },
  };
}
