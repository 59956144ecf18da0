/** Knowledge: what is found, what an answer rests on, and what nobody could answer. */
import pino from 'pino';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { articles as demoArticles } from '../../demo/seed/articles.ts';
import type { KnowledgeGap } from '../../server/contract/knowledge.ts';
import type { Message } from '../../server/contract/message.ts';
import type { Article } from '../../server/contract/settings.ts';
import { visitorMessageViews } from '../../server/db/message-view.ts';
import { searchArticles } from '../../server/db/knowledge.ts';
import { createFiles } from '../../server/files/files.ts';
import { createModels } from '../../server/model/provider.ts';
import { compose } from '../../server/pipeline/compose.ts';
import { embedPassages, findArticles } from '../../server/pipeline/meaning.ts';
import { moreArticles } from '../fixtures/knowledge/articles.ts';
import { questions } from '../fixtures/knowledge/questions.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { composeInput, searchSkill } from '../support/model-input.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer } from '../support/openai-server.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let worker: TestProcess;
let model: OpenAiServer;
let world: World;
let token: string;

beforeAll(async () => {
  database = await createTestDatabase();
  model = await startOpenAiServer();
  api = await startApi(database);
  worker = await startProcess(database);
  world = await api.world();
  token = await operatorToken(world);
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
  await model.close();
  await database.close();
});

const answerTo = (conversationId: string): Promise<Message> =>
  until(async () => {
    const { body } = await api.call<{ items: Message[] }>('GET', `/v1/conversations/${conversationId}/messages`, { token });
    return body.items.find(({ direction, author }) => direction === 'outbound' && author.kind === 'agent');
  }, 'the answer');
const gaps = async (status = 'open'): Promise<KnowledgeGap[]> =>
  (await api.call<{ items: KnowledgeGap[] }>('GET', `/v1/knowledge/gaps?status=${status}`, { token })).body.items;
const article = (body: object): Promise<Article> => api.call<Article>('POST', '/v1/articles', { token, body }).then((answer) => answer.body);

test('questions find the article that answers them, mistyped, in seven scripts, and deep in a long text', async () => {
  const { sql } = database;
  const workspaceId = newId();
  await sql`insert into workspace ${sql({ id: workspaceId, slug: 'retrieval', name: 'Morrow', allowedHosts: [] })}`;
  const keys = new Map<string, string>();
  await sql`insert into article ${sql(
    [...demoArticles, ...moreArticles].map(({ key, title, text, language = 'en' }) => {
      const id = newId();
      keys.set(id, key);
      return { workspaceId, id, title, text, language };
    }),
  )}`;
  const places = await Promise.all(
    questions.map(async ({ text, language, wants, kind }) => {
      const found = await searchArticles(sql, workspaceId, text, { language, identified: false });
      return { text, kind, place: found.findIndex(({ id }) => wants.includes(keys.get(id)!)), found };
    }),
  );
  const share = (rows: typeof places, most: number): number => rows.filter(({ place }) => place >= 0 && place < most).length / rows.length;
  const figures = { top1: share(places, 1), top3: share(places, 3) };
  expect(figures.top1, JSON.stringify(figures)).toBeGreaterThanOrEqual(0.93);
  expect(figures.top3, JSON.stringify(figures)).toBeGreaterThanOrEqual(0.97);
  for (const kind of ['mistyped', 'unspaced', 'deep'] as const)
    expect(
      share(
        places.filter((one) => one.kind === kind),
        3,
      ),
      kind,
    ).toBe(1);
  // Of a long article only what fits is handed on.
  const deep = places.find(({ text }) => text === 'what does error E04 mean')!.found[0]!;
  expect(deep.text).toContain('Wait twenty minutes');
  expect(deep.text).not.toContain('Wipe the bean path');
});

test('what is changed is found by its new words at once, and what is not for this customer never', async () => {
  const { sql } = database;
  const one = await article({ title: 'Gift cards', text: 'Gift cards are valid for five years.', audience: 'identified' });
  const find = async (query: string, identified = true) =>
    (await searchArticles(sql, world.workspaceId, query, { language: 'en', identified })).map(({ title }) => title);
  expect(await find('gift card')).toContain('Gift cards');
  expect(await find('gift card', false)).not.toContain('Gift cards');
  await api.call('PATCH', `/v1/articles/${one.id}`, { token, body: { title: 'Vouchers', text: 'Vouchers are valid for ever.' } });
  expect(await find('are vouchers valid')).toContain('Vouchers');
  expect(await find('gift')).not.toContain('Vouchers');
  await api.call('PATCH', `/v1/articles/${one.id}`, { token, body: { active: false } });
  expect(await find('vouchers')).not.toContain('Vouchers');
  expect(await find('!!! ??? '.repeat(20))).toEqual([]);
  expect(await find("o'brien \\ & | ! <-> 'x':* ")).toEqual(expect.any(Array));
});

test('an answer shows the passage that it rests on to the team, and counts for the article', async () => {
  const { conversationId, handle } = await world.writes('How long does delivery take?');
  const answer = await answerTo(conversationId);
  expect(answer.because?.articles).toEqual([
    { id: expect.any(String), title: 'Delivery time', passage: 'Orders arrive within two working days. Express delivery takes one day.' },
  ]);
  const used = (await api.call<Article>('GET', `/v1/articles/${answer.because!.articles[0]!.id}`, { token })).body;
  expect(used.recentUses).toBeGreaterThan(0);
  const [seen] = await database.sql<{ id: string }[]>`select id from identity where handle = ${handle}`;
  const links = createFiles(api.deps.config, api.deps.publicUrl).links;
  const shown = await until(
    async () => (await visitorMessageViews(database.sql, world.workspaceId, seen!.id, [answer.id], links)).get(answer.id),
    'the answer to be sent',
  );
  expect(shown.articles).toEqual([{ id: used.id, title: 'Delivery time' }]);
});

test('what no article covers is gathered by what it asks, can be put aside, and is settled by an article', async () => {
  const first = await world.writes('Do you sell decaf beans from Brazil?');
  await answerTo(first.conversationId);
  const other = await world.writes('Is there a student union card at your place?');
  await answerTo(other.conversationId);
  const again = await world.writes('Can I get decaf beans from Brazil with you?');
  await answerTo(again.conversationId);
  const list = await until(async () => {
    const all = await gaps();
    return all.length === 2 && all.some(({ times }) => times === 2) && all;
  }, 'two gaps');
  const beans = list.find(({ times }) => times === 2)!;
  expect(beans).toMatchObject({ question: 'Do you sell decaf beans from Brazil?', status: 'open', articleId: null });
  expect(beans.messages.map(({ conversationId }) => conversationId)).toEqual([again.conversationId, first.conversationId]);

  const card = list.find(({ times }) => times === 1)!;
  expect((await api.call<KnowledgeGap>('POST', `/v1/knowledge/gaps/${card.id}/dismiss`, { token })).body.status).toBe('dismissed');
  expect((await gaps('dismissed')).map(({ id }) => id)).toEqual([card.id]);
  expect((await api.call<KnowledgeGap>('POST', `/v1/knowledge/gaps/${card.id}/reopen`, { token })).body.status).toBe('open');
  await api.call('POST', `/v1/knowledge/gaps/${card.id}/dismiss`, { token });

  const written = await article({ title: 'Decaf', text: 'We sell decaf beans from Colombia only.' });
  expect(await api.refused('POST', `/v1/knowledge/gaps/${beans.id}/settle`, { token, body: { articleId: newId() } })).toMatchObject({ status: 422 });
  expect((await api.call<KnowledgeGap>('POST', `/v1/knowledge/gaps/${beans.id}/settle`, { token, body: { articleId: written.id } })).body).toMatchObject({
    status: 'answered',
    articleId: written.id,
  });
  expect(await gaps()).toEqual([]);
  // It did not help after all.
  await api.call('DELETE', `/v1/articles/${written.id}`, { token });
  await answerTo((await world.writes('decaf beans, from Brazil?')).conversationId);
  expect(
    await until(async () => {
      const all = await gaps();
      return all.length === 1 && all;
    }, 'the gap to be open again'),
  ).toMatchObject([{ id: beans.id, times: 3, articleId: null }]);
  const ben = await operatorToken(world, 'ben');
  expect((await api.call('GET', '/v1/knowledge/gaps', { token: ben })).status).toBe(200);
  expect((await api.call('POST', `/v1/knowledge/gaps/${beans.id}/dismiss`, { token: ben })).status).toBe(403);
});

test('with embeddings articles are found by what they mean; they are computed anew when an article changes, and no failure keeps an answer back', async () => {
  const mugs = /mug|cup|vessel|tasse/i;
  let asked = 0;
  model.embed = (text) => {
    asked += 1;
    return [mugs.test(text) ? 1 : 0, /parking|garage/i.test(text) ? 1 : 0, 0.1];
  };
  const own = await api.world();
  const { sql } = database;
  await sql`insert into article ${sql([
    { workspaceId: own.workspaceId, id: newId(), title: 'Vessels', text: 'They are made of stoneware and hold 200 ml.' },
    { workspaceId: own.workspaceId, id: newId(), title: 'Garage', text: 'There is room for six.' },
  ])}`;
  const models = createModels({ apiKey: 'test', baseUrl: model.url, model: 'test', embeddingModel: 'tiny' });
  const deps = { db: api.db, models, log: pino({ level: 'silent' }) };
  const find = async (query: string) => (await findArticles(deps, own.workspaceId, query, { language: null, identified: false })).map(({ title }) => title);
  await embedPassages(deps);
  const computed = asked;
  await embedPassages(deps);
  expect(asked).toBe(computed);
  expect((await find('Wie groß ist eine Tasse?'))[0]).toBe('Vessels');
  await sql`update article set title = 'Spaces', text = 'Parking for six.' where workspace_id = ${own.workspaceId} and title = 'Vessels'`;
  await embedPassages(deps);
  expect(asked).toBeGreaterThan(computed + 1);
  expect(await find('Wie groß ist eine Tasse?')).not.toContain('Vessels');
  expect((await find('garage'))[0]).toBe('Garage');
  model.embed = null;
  expect((await find('room for six'))[0]).toBe('Garage');
});

test('a configured model cites by refs, which the customer never sees; refs that it made up count for nothing', async () => {
  const { language } = createModels({ apiKey: 'test', baseUrl: model.url, model: 'test' });
  const grown: string[] = [];
  model.script(
    { kind: 'tools', calls: [{ name: 'search_knowledge', args: { query: 'returns and hours' } }] },
    {
      kind: 'text',
      text: 'You can return it within 30 days [a3]. We look forward to it [a7, a12].',
      chunks: ['You can return it within 30 days', ' [a', '3]', '. We look forward to it [a7,', ' a12].'],
    },
  );
  const reply = await compose(language, composeInput('Can I return it?', { skills: [searchSkill()] }), {
    timeoutMs: 10_000,
    maxSteps: 4,
    onText: (text) => grown.push(text),
  });
  expect(reply).toMatchObject({
    kind: 'reply',
    text: 'You can return it within 30 days. We look forward to it.',
    articles: [{ id: 'a-returns', title: 'Returns', passage: expect.stringContaining('within 30 days') }],
  });
  expect(grown.filter((text) => text.includes('['))).toEqual([]);
  expect(model.requests[1]!.body.messages.map(({ content }) => JSON.stringify(content)).join(' ')).toContain('\\"ref\\":\\"a3\\"');
});
