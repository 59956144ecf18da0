import { generateText, simulateReadableStream, streamText } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { expect, test } from 'vitest';
import { measured } from '../../server/model/measured.ts';

const usage = { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 1, text: 1, reasoning: 0 } };
const finishReason = { unified: 'stop', raw: 'stop' } as const;

/** A model, and what is told of its calls. */
function watched(model: ConstructorParameters<typeof MockLanguageModelV3>[0] = {}) {
  const told: [call: string, outcome: string][] = [];
  const language = new MockLanguageModelV3({
    doGenerate: { content: [{ type: 'text', text: 'Hello' }], finishReason, usage, warnings: [] },
    doStream: async () => ({
      stream: simulateReadableStream({
        chunks: [
          { type: 'text-start', id: '1' },
          { type: 'text-delta', id: '1', delta: 'Hello' },
          { type: 'text-end', id: '1' },
          { type: 'finish', finishReason, usage },
        ],
      }),
    }),
    ...model,
  });
  const models = measured({ language, builtin: false, name: 'mock' }, (call, outcome, seconds) => {
    expect(seconds).toBeGreaterThanOrEqual(0);
    told.push([call, outcome]);
  });
  return { told, model: models.language };
}

test('each call of the model is told once, when it is over', async () => {
  const { told, model } = watched();
  await generateText({ model, prompt: 'Hello' });
  expect(told).toEqual([['generate', 'ok']]);
  expect(await streamText({ model, prompt: 'Hello' }).text).toBe('Hello');
  expect(told).toEqual([
    ['generate', 'ok'],
    ['stream', 'ok'],
  ]);
});

test('a call that fails is told as failed, one that nobody waits for any more as aborted', async () => {
  const failing = watched({ doGenerate: () => Promise.reject(new Error('down')) });
  await expect(generateText({ model: failing.model, prompt: 'Hello', maxRetries: 0 })).rejects.toThrow('down');
  expect(failing.told).toEqual([['generate', 'failed']]);

  const wanted = new AbortController();
  const waiting = watched({
    doGenerate: ({ abortSignal }) =>
      new Promise((_, reject) => {
        abortSignal?.addEventListener('abort', () => reject(new Error('aborted')));
        wanted.abort();
      }),
  });
  await expect(generateText({ model: waiting.model, prompt: 'Hello', abortSignal: wanted.signal, maxRetries: 0 })).rejects.toThrow();
  expect(waiting.told).toEqual([['generate', 'aborted']]);
});
