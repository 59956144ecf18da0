/** A workspace whose agent has skills of the team's own, and a model that calls them as the test says. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { makeOutside } from '../../server/channels/outside.ts';
import type { Message } from '../../server/contract/message.ts';
import type { SkillTest } from '../../server/contract/skill.ts';
import { skillOutside } from '../../server/pipeline/skill-outside.ts';
import { operatorToken, startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import { startEndpoint } from './endpoints.ts';
import type { Endpoint } from './endpoints.ts';
import { verdict } from './model-verdict.ts';
import { startOpenAiServer } from './openai-server.ts';
import type { OpenAiServer, RecordedRequest, Step } from './openai-server.ts';
import { startProcess, until } from './pipeline.ts';
import type { TestProcess } from './pipeline.ts';
import type { World } from './world.ts';

/** A skill's call as the model writes it. */
export interface Call {
  name: string;
  args: unknown;
}
export interface SkillView {
  id: string;
  name: string;
  hasSecrets: string[];
  effects: boolean;
  config: { url?: string; headers?: Record<string, string> };
}

/** What there is once the tests of a file begin. */
interface Place {
  api: TestApi;
  world: World;
  token: string;
  model: OpenAiServer;
  endpoint: Endpoint;
  /** Starts a process that runs jobs, or one that runs none and does not beat. */
  begin(worker?: boolean): Promise<TestProcess>;
}

/**
 * Starts all of it for the tests of this file, and ends it after them.
 * @param answers of the team's endpoint, by path
 * @param ready more to begin with
 * @param before what is ended before the rest
 */
export function useSkills(answers: Parameters<typeof startEndpoint>[0], ready: () => Promise<unknown>, before: () => unknown) {
  const place = {} as Place;
  /** What the model does with words that it has not answered yet, by a part of them. */
  const plays = new Map<string, Call[]>();
  /** One call after another, as the script of these words says; then a reply. */
  const answer = ({ body, user }: RecordedRequest): Step => {
    if (body.stream !== true) return { kind: 'json', value: verdict() };
    const [, calls = []] = [...plays].find(([words]) => user.includes(words)) ?? [];
    const next = calls[body.messages.filter(({ role }) => role === 'tool').length];
    return next ? { kind: 'tools', calls: [next] } : { kind: 'text', text: 'That is settled.' };
  };
  let stop: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    const key = randomBytes(32);
    const [database, model, endpoint] = await Promise.all([createTestDatabase(), startOpenAiServer(), startEndpoint(answers)]);
    model.otherwise = answer;
    const api = await startApi(database, { environment: { PRIVATE_HOSTS: '127.0.0.1,localhost', ENCRYPTION_KEY: key.toString('hex') } });
    const skills = { skillOutside: skillOutside(makeOutside(['127.0.0.1', 'localhost']).fetchOutside), encryptionKeys: [createSecretKey(key)] as const };
    const world = await api.world();
    Object.assign(place, {
      api,
      world,
      model,
      endpoint,
      token: await operatorToken(world),
      begin: (worker = true) =>
        startProcess(database, { model: { apiKey: 'test', baseUrl: model.url, model: 'test' }, modelTimeoutMs: 20_000, skills, worker }),
    });
    stop = async () => {
      await api.stop();
      await Promise.all([endpoint.close(), model.close()]);
      await database.close();
    };
    await ready();
  });
  afterAll(async () => {
    await before();
    await stop();
  });
  const items = async (id: string) =>
    (await place.api.call<{ items: Message[] }>('GET', `/v1/conversations/${id}/messages?limit=100`, { token: place.token })).body.items;
  return {
    place,
    items,
    make: async (skill: Record<string, unknown>): Promise<SkillView> => {
      const made = await place.api.call<SkillView>('POST', '/v1/skills', { token: place.token, body: { description: 'Does something', ...skill } });
      expect(made.status, made.text).toBe(201);
      return made.body;
    },
    /** What a test of the skill comes to. */
    tried: async ({ id }: SkillView, args: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
      (await place.api.call<SkillTest>('POST', `/v1/skills/${id}/test`, { token: place.token, body: { arguments: args, ...more } })).body,
    /** A skill's config: a path of the endpoint, which has as long as a skill can have. */
    at: (path: string, more: Record<string, unknown> = {}) => ({ url: `${place.endpoint.url}${path}`, timeoutMs: 20_000, ...more }),
    runs: async (id: string) => (await items(id)).filter(({ kind }) => kind === 'skill'),
    /** Waits until the agent has replied. */
    replied: (id: string) => until(async () => (await items(id)).find((item) => item.direction === 'outbound' && item.aiGenerated), 'a reply', 20_000),
    /** The customer writes words to which the model answers by these calls. @returns the conversation's id */
    writes: async (words: string, ...calls: Call[]): Promise<string> => {
      plays.set(words, calls);
      return (await place.world.writes(words)).conversationId;
    },
  };
}
