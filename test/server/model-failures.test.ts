import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LanguageModel } from 'ai';
import { ModelFailure } from '../../server/model/failure.ts';
import type { ModelFailureCode } from '../../server/model/failure.ts';
import { createModels } from '../../server/model/provider.ts';
import { classify } from '../../server/pipeline/classify.ts';
import { compose } from '../../server/pipeline/compose.ts';
import type { SkillTool } from '../../server/pipeline/skill-tool.ts';
import { REPLY_RULES } from '../../server/pipeline/prompt.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer, Step } from '../support/openai-server.ts';
import { classifyInput, composeInput, handOffSkill, searchSkill } from '../support/model-input.ts';
import { verdict } from '../support/model-verdict.ts';

let server: OpenAiServer;
let model: LanguageModel;
const limits = { timeoutMs: 10_000, maxSteps: 3 };

beforeAll(async () => {
  server = await startOpenAiServer();
  model = createModels({ apiKey: 'key-that-must-not-show', baseUrl: server.url, model: 'test' }).language;
});
afterEach(() => server.reset());
afterAll(() => server.close());

async function failure(work: Promise<unknown>): Promise<ModelFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ModelFailure) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const refused: [string, Step, ModelFailureCode][] = [
  ['a wrong key', { kind: 'status', status: 401, message: 'Incorrect API key provided: key-that-must-not-show' }, 'auth'],
  ['a rate limit that stays', { kind: 'status', status: 429, retryAfterMs: 5 }, 'rate_limited'],
  ['a server that fails', { kind: 'status', status: 500, retryAfterMs: 5 }, 'unavailable'],
  ['an unknown model', { kind: 'status', status: 404 }, 'unavailable'],
  ['a refusal', { kind: 'status', status: 400, message: 'secret customer text' }, 'unavailable'],
];

const nonsense: [string, Step][] = [
  ['nothing', { kind: 'text', text: '' }],
  ['blanks', { kind: 'text', text: ' \n \t' }],
  ['punctuation only', { kind: 'text', text: '...' }],
  ['a page without end', { kind: 'text', text: 'word and other words. '.repeat(600), chunks: ['word and other words. '.repeat(600)] }],
  ['the same sentence again and again', { kind: 'text', text: 'I am happy to help you. '.repeat(8) }],
  ['a stutter', { kind: 'text', text: `Well ${'abc '.repeat(40)}` }],
  ['raw data', { kind: 'text', text: '{"tool": "search_knowledge", "query": "x"}' }],
  ['markers of a template', { kind: 'text', text: '<|im_start|>assistant Hello' }],
  ['broken characters', { kind: 'text', text: 'Hello \uFFFD\uFFFD world' }],
  ['its own rules', { kind: 'text', text: `My rules are: ${REPLY_RULES.join(' ')}` }],
  ['one of its rules', { kind: 'text', text: `Sure. ${REPLY_RULES[5]}` }],
  ['a reply cut at its length limit', { kind: 'ended', text: 'The first half of', reason: 'length' }],
  ['a reply that a filter cut', { kind: 'ended', text: 'The first half of', reason: 'content_filter' }],
  ['only a foreign link', { kind: 'text', text: '![](https://evil.test/p.png)' }],
];

describe('a model that fails', () => {
  it.each(refused)('says %s as a code, without what the endpoint said', async (_, step, code) => {
    server.otherwise = step;
    for (const failed of [await failure(classify(model, classifyInput('Hi'), limits)), await failure(compose(model, composeInput('Hi'), limits))]) {
      expect(failed.code).toBe(code);
      expect(failed.message).not.toMatch(/must-not-show|secret customer text|127\.0\.0\.1/);
    }
  });

  it('tries a call that was refused a bounded number of times', async () => {
    server.otherwise = { kind: 'status', status: 500, retryAfterMs: 1 };
    await failure(classify(model, classifyInput('Hi'), limits));
    expect(server.requests).toHaveLength(3);
  });

  it('does not try a wrong key again', async () => {
    server.otherwise = { kind: 'status', status: 401 };
    await failure(compose(model, composeInput('Hi'), limits));
    expect(server.requests).toHaveLength(1);
  });

  it('is unavailable where nobody listens', async () => {
    const gone = await startOpenAiServer();
    await gone.close();
    const nowhere = createModels({ apiKey: 'k', baseUrl: gone.url, model: 'm' }).language;
    expect((await failure(compose(nowhere, composeInput('Hi'), { ...limits, timeoutMs: 30_000 }))).code).toBe('unavailable');
  });

  it.each(nonsense)('is nonsense that answers with %s', async (_, step) => {
    server.otherwise = step;
    expect((await failure(compose(model, composeInput('Hi'), limits))).code).toBe('nonsense');
    expect(server.requests).toHaveLength(2);
  });

  it.each<[string, Step]>([
    ['no JSON', { kind: 'text', text: 'yes' }],
    ['another shape', { kind: 'json', value: { answer: 42 } }],
    ['no reason', { kind: 'json', value: verdict({ reason: ' ', reasonCode: '' }) }],
    ['an empty answer', { kind: 'text', text: '' }],
    ['bytes that are no protocol', { kind: 'garbage', body: '<html>Bad gateway</html>' }],
  ])('is nonsense that classifies with %s', async (_, step) => {
    server.otherwise = step;
    expect((await failure(classify(model, classifyInput('Hi'), limits))).code).toBe('nonsense');
  });

  it.each(['<html>Bad gateway</html>', 'data: {"choices": [\n\ndata: [DONE]\n\n', 'data: null\n\n', ''])('never makes a reply of garbage: %j', async (body) => {
    server.otherwise = { kind: 'garbage', body };
    expect(['nonsense', 'unavailable']).toContain((await failure(compose(model, composeInput('Hi'), limits))).code);
  });

  it('recovers when the second try is good', async () => {
    server.script({ kind: 'text', text: '' }, { kind: 'cut', text: 'Half an ans' });
    expect((await failure(compose(model, composeInput('Hi'), limits))).code).not.toBe('aborted');
    server.reset();
    server.script({ kind: 'cut', text: 'Half an ans' }, { kind: 'text', text: 'A whole answer.' });
    expect(await compose(model, composeInput('Hi'), limits)).toMatchObject({ text: 'A whole answer.' });
  });

  it('never sends half an answer when the stream breaks', async () => {
    server.otherwise = { kind: 'cut', text: 'Your refund of 100 euros was' };
    expect((await failure(compose(model, composeInput('Hi'), limits))).code).toBe('unavailable');
  });

  it('starts nothing over once a skill has changed something', async () => {
    let runs = 0;
    const book: SkillTool = {
      ...searchSkill(),
      name: 'book',
      effects: true,
      run: async () => {
        runs += 1;
        return { result: 'booked', summary: 'booked' };
      },
    };
    server.otherwise = (request) =>
      request.body.messages.some((message) => message.role === 'tool')
        ? { kind: 'cut', text: 'You are' }
        : { kind: 'tools', calls: [{ name: 'book', args: { query: 'x' } }] };
    await failure(compose(model, composeInput('Book it', { skills: [book] }), limits));
    expect(runs).toBe(1);
  });

  it('goes round in circles only so long', async () => {
    server.otherwise = () => ({ kind: 'tools', calls: [{ name: 'search_knowledge', args: { query: `try ${server.requests.length}` } }] });
    expect((await failure(compose(model, composeInput('Hi'), limits))).code).toBe('nonsense');
    expect(server.requests.length).toBeLessThanOrEqual(limits.maxSteps * 2);
  });
});

describe('time and abort', () => {
  it.each<[string, Step]>([
    ['never answers', { kind: 'stall' }],
    ['stops in the middle', { kind: 'hang', text: 'Hello, I was about' }],
    ['drips', { kind: 'drip', text: 'word '.repeat(500), everyMs: 20 }],
    ['asks to wait longer than there is time', { kind: 'status', status: 429, retryAfter: 50 }],
  ])('a model that %s is ended by the clock', async (_, step) => {
    server.otherwise = step;
    const start = performance.now();
    expect((await failure(compose(model, composeInput('Hi'), { ...limits, timeoutMs: 250 }))).code).toBe('timeout');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('a classification that stalls is ended by the clock', async () => {
    server.otherwise = { kind: 'stall' };
    expect((await failure(classify(model, classifyInput('Hi'), { timeoutMs: 200 }))).code).toBe('timeout');
    expect(await server.requests[0]?.over).toBe(true);
  });

  it('an abort in the middle of a reply ends it at once, and the connection with it', async () => {
    server.otherwise = { kind: 'hang', text: 'I am about to' };
    const stop = new AbortController();
    const work = failure(compose(model, composeInput('Hi'), { ...limits, signal: stop.signal, onText: () => stop.abort() }));
    expect((await work).code).toBe('aborted');
    expect(await server.requests[0]?.over).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it('an abort reaches a skill that is running, and no further call is made', async () => {
    const stop = new AbortController();
    let told = false;
    const slow: SkillTool = {
      ...searchSkill(),
      run: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            told = true;
            reject(new Error('stopped'));
          });
          stop.abort();
        }),
    };
    server.otherwise = { kind: 'tools', calls: [{ name: 'search_knowledge', args: { query: 'x' } }] };
    expect((await failure(compose(model, composeInput('Hi', { skills: [slow, handOffSkill] }), { ...limits, signal: stop.signal }))).code).toBe('aborted');
    expect(told).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it('a signal that was aborted before asks nothing', async () => {
    const signal = AbortSignal.abort();
    expect((await failure(classify(model, classifyInput('Hi'), { timeoutMs: 1_000, signal }))).code).toBe('aborted');
    expect((await failure(compose(model, composeInput('Hi'), { ...limits, signal }))).code).toBe('aborted');
    expect(server.requests).toHaveLength(0);
  });
});
