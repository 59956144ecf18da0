/** Skills of a team's own: its endpoints and servers, how they are asked, what is refused, and what nobody sees of them. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyStandard } from '../../server/channels/signatures.ts';
import { argumentsFault, schemaFault } from '../../server/skills/schema.ts';
import { operatorToken } from '../support/api.ts';
import { everyRow } from '../support/database.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { skillAnswers } from '../support/skill-answers.ts';
import { useSkills } from '../support/skilled.ts';

const CANARY = 'canary-7c1e9f2b4a';
const SIGNING = `whsec_${randomBytes(32).toString('base64')}`;

let worker: TestProcess;
const { answers, stock } = skillAnswers(CANARY, () => place.endpoint.url);
const { place, make, tried, at, runs, writes, replied } = useSkills(
  answers,
  async () => {
    worker = await place.begin();
  },
  () => worker.stop(),
);

describe('an endpoint of the team’s own', () => {
  test('gets what the model says, who is served by the server’s word, and a signature that it can verify', async () => {
    const skill = await make({
      name: 'order_state',
      config: at('/ok', { headers: { authorization: 'Bearer {{apiKey}}' } }),
      secrets: { apiKey: CANARY, signingSecret: SIGNING },
    });
    expect(skill).toMatchObject({
      effects: true,
      hasSecrets: ['apiKey', 'signingSecret'],
      config: { method: 'POST', headers: { authorization: 'Bearer {{apiKey}}' } },
    });
    expect(await tried(skill, { order: 'M-1' })).toMatchObject({ ok: true, status: 200, outcome: 'done', answer: expect.stringContaining('"sent"') });
    const [request] = place.endpoint.at('/ok');
    expect(JSON.parse(request!.body)).toEqual({
      type: 'skill',
      data: { skill: 'order_state', arguments: { order: 'M-1' }, workspace: place.world.workspaceId, conversationId: null, contact: null },
    });
    expect(request!.headers.get('authorization')).toBe(`Bearer ${CANARY}`);
    expect(verifyStandard([SIGNING], request!.headers, Buffer.from(request!.body), new Date())).toEqual({ ok: true });
    expect(verifyStandard([SIGNING], request!.headers, Buffer.from(`${request!.body} `), new Date())).toMatchObject({ ok: false });
    expect(await place.api.refused('POST', `/v1/skills/${skill.id}/test`, { token: await operatorToken(place.world, 'ben'), body: {} })).toMatchObject({
      code: 'forbidden',
    });
    expect(await place.api.refused('POST', `/v1/skills/${skill.id}/test`, { token: await operatorToken(await place.api.world()), body: {} })).toMatchObject({
      code: 'not_found',
    });
  });

  test('is asked again under the same key where it was not carried out, and not where nobody knows', async () => {
    const [flaky, broken, silent, repeatable] = await Promise.all([
      make({ name: 'flaky', config: at('/flaky') }),
      make({ name: 'broken', config: at('/broken') }),
      make({ name: 'silent', config: at('/silent', { timeoutMs: 500 }) }),
      make({ name: 'repeatable', config: at('/broken?again', { idempotent: true, retries: 1 }) }),
    ]);
    const [first, second, third, fourth] = await Promise.all([tried(flaky), tried(broken), tried(silent), tried(repeatable)]);
    expect(first).toMatchObject({ ok: true, outcome: 'done' });
    expect(place.endpoint.at('/flaky')).toHaveLength(3);
    expect(new Set(place.endpoint.at('/flaky').map(({ headers, body }) => `${headers.get('idempotency-key')} ${body}`)).size).toBe(1);
    expect(second).toMatchObject({ ok: false, outcome: 'unknown', status: 500 });
    expect(third).toMatchObject({ ok: false, outcome: 'unknown', status: null, error: expect.stringMatching(/in time/) });
    expect(place.endpoint.at('/silent')).toHaveLength(1);
    expect(fourth).toMatchObject({ ok: false, outcome: 'unknown' });
    expect(place.endpoint.seen.filter(({ url }) => url === '/broken')).toHaveLength(1);
    expect(place.endpoint.seen.filter(({ url }) => url === '/broken?again')).toHaveLength(2);
  });

  test('is refused where its answer is too large or of another type, and where it is or leads inside', async () => {
    const secrets = { apiKey: CANARY };
    const headers = { 'x-api-key': '{{apiKey}}' };
    const made = await Promise.all([
      make({ name: 'big', config: at('/big') }),
      make({ name: 'page', config: at('/page') }),
      make({ name: 'inside', config: at('/inside', { method: 'GET' }) }),
      make({ name: 'metadata', config: { url: 'http://169.254.169.254/latest' } }),
      make({ name: 'mapped', config: { url: 'http://[::ffff:10.0.0.1]/' } }),
      make({ name: 'moved', config: at('/inside') }),
      make({ name: 'elsewhere', config: at('/elsewhere', { method: 'GET', headers }), secrets }),
    ]);
    const [big, page, inside, metadata, mapped, moved, elsewhere] = await Promise.all(made.map((skill) => tried(skill, { a: 'b', list: ['1', '2'] })));
    expect(big?.error).toMatch(/more than 32768 bytes/);
    expect(page?.error).toMatch(/neither JSON nor plain text/);
    for (const refused of [inside, metadata, mapped])
      expect(refused).toMatchObject({ ok: false, outcome: 'failed', error: expect.stringMatching(/not on the public internet/) });
    expect(moved?.error).toMatch(/leads elsewhere/);
    expect(elsewhere).toMatchObject({ ok: true });
    expect(place.endpoint.at('/elsewhere')[0]).toMatchObject({ method: 'GET', url: '/elsewhere?a=b&list=1&list=2' });
    expect(place.endpoint.at('/elsewhere')[0]!.headers.get('x-api-key')).toBe(CANARY);
    // What is told to one host in confidence is not told to the next.
    expect(place.endpoint.at('/ok').at(-1)!.headers.get('x-api-key')).toBeNull();
  });

  test('is checked when it is saved: its address, headers, secrets and the schema of its arguments', async () => {
    const refused = async (skill: Record<string, unknown>) =>
      (await place.api.refused('POST', '/v1/skills', { token: place.token, body: { name: 'odd', description: 'Odd', ...skill } })).body.errors?.map(
        ({ path }) => path,
      );
    expect(await refused({ config: { url: 'ftp://files.example' } })).toEqual(['config.url']);
    expect(await refused({ config: { url: 'https://me:secret@shop.example' } })).toEqual(['config.url']);
    expect(await refused({ config: at('/ok', { headers: { authorization: 'Bearer plain' } }) })).toEqual(['config.headers.authorization']);
    expect(await refused({ config: at('/ok', { headers: { host: 'elsewhere' } }) })).toEqual(['config.headers.host']);
    expect(await refused({ config: at('/ok', { headers: { 'x-a': 'b\r\nx: y' } }) })).toEqual(['config.headers.x-a']);
    expect(await refused({ config: at('/ok', { headers: { 'x-a': '{{nothing}}' } }) })).toEqual(['config.headers.x-a']);
    expect(await refused({ config: at('/ok', { speed: 1 }) })).toEqual(['config.speed']);
    expect(await refused({ parameters: { type: 'object', properties: { a: { type: 'nothing' } } } })).toEqual(['parameters']);
    expect(await refused({ parameters: { type: 'object', properties: { a: { $ref: 'https://schemas.example/a' } } } })).toEqual(['parameters']);
    expect(await refused({ secrets: { signingSecret: 'too plain' } })).toEqual(['secrets.signingSecret']);
    expect(await refused({ name: 'hand_off' })).toEqual(['name']);
    const strict = { type: 'object', properties: { order: { type: 'string', pattern: '^(a+)+$' } }, required: ['order'], additionalProperties: false };
    expect(schemaFault(strict)).toBeNull();
    expect(argumentsFault(strict, { order: 'aa' })).toBeNull();
    expect(argumentsFault(strict, { order: 'a', contactId: 'x' })).toMatch(/contactId/);
    // A pattern that would take for ever gives up in time.
    expect(argumentsFault(strict, { order: `${'a'.repeat(60)}!` })).toMatch(/pattern/);
    const skill = await make({ name: 'secretive', config: at('/ok', { headers: { 'x-api-key': '{{apiKey}}' } }), secrets: { apiKey: CANARY } });
    const change = (body: unknown) => place.api.refused('PATCH', `/v1/skills/${skill.id}`, { token: place.token, body });
    expect(await change({ config: { url: 'https://thief.example', headers: { 'x-api-key': '{{apiKey}}' } } })).toMatchObject({
      code: 'invalid',
      body: { errors: [{ path: 'secrets.apiKey' }] },
    });
    expect(await change({ secrets: { apiKey: '' } })).toMatchObject({ code: 'invalid', body: { errors: [{ path: 'config.headers.x-api-key' }] } });
    expect(await change({ kind: 'mcp' })).toMatchObject({ code: 'invalid', body: { errors: [{ path: 'kind' }] } });
  });
});

describe('a server of the Model Context Protocol', () => {
  test('offers its tools, runs those that were chosen, and is not heard on others', async () => {
    const skill = await make({
      name: 'store',
      kind: 'mcp',
      config: at('/mcp', { headers: { Authorization: 'Bearer {{token}}' } }),
      secrets: { token: CANARY },
    });
    const offered = await place.api.call<{ items: { name: string; parameters: unknown; readOnly: boolean }[]; error: string | null }>(
      'GET',
      `/v1/skills/${skill.id}/tools`,
      { token: place.token },
    );
    expect(offered.body).toMatchObject({
      error: null,
      items: [
        { name: 'stock', readOnly: true, parameters: { required: ['item'] } },
        { name: 'reserve.item', readOnly: false },
      ],
    });
    const tools = [{ name: 'stock', parameters: offered.body.items[0]!.parameters, risk: 'low', effects: false }, { name: 'reserve.item' }];
    const saved = await place.api.call<{ config: { tools: unknown[] } }>('PATCH', `/v1/skills/${skill.id}`, {
      token: place.token,
      body: { config: { ...skill.config, tools } },
    });
    expect(saved.body.config.tools[1]).toMatchObject({ risk: 'high', effects: true });
    expect(await tried(skill, { item: 'Aero' }, { tool: 'stock' })).toMatchObject({ ok: true, answer: expect.stringContaining('4') });
    expect(await place.api.refused('POST', `/v1/skills/${skill.id}/test`, { token: place.token, body: { arguments: {}, tool: 'stock' } })).toMatchObject({
      code: 'invalid',
    });
    expect(await place.api.refused('POST', `/v1/skills/${skill.id}/test`, { token: place.token, body: { arguments: {}, tool: 'launch' } })).toMatchObject({
      code: 'invalid',
    });
    const locked = await make({ name: 'locked', kind: 'mcp', config: at('/mcp') });
    expect((await place.api.call<{ error: string }>('GET', `/v1/skills/${locked.id}/tools`, { token: place.token })).body).toMatchObject({
      items: [],
      error: expect.stringMatching(/401/),
    });

    const id = await writes(
      'Put an Aero aside',
      { name: 'store_stock', args: { item: 'Aero' } },
      { name: 'store_reserve_item', args: { item: 'Aero' } },
      { name: 'store_launch', args: {} },
    );
    await replied(id);
    expect(stock.reserved).toEqual([{ item: 'Aero' }]);
    const lines = await runs(id);
    // Asked for in one breath, they run side by side.
    expect(lines.map(({ code, data }) => [code, data?.['ok']]).toSorted()).toEqual([
      ['store_reserve_item', true],
      ['store_stock', true],
    ]);
    expect(JSON.stringify(lines)).not.toContain(CANARY);
  });
});

test('a built-in skill is one that there is', async () => {
  const body = { kind: 'builtin', description: 'Finds articles' };
  expect((await place.api.call('POST', '/v1/skills', { token: place.token, body: { ...body, name: 'search_knowledge' } })).status).toBe(201);
  expect(await place.api.refused('POST', '/v1/skills', { token: place.token, body: { ...body, name: 'launch_missiles' } })).toMatchObject({
    code: 'invalid',
    body: { errors: [{ path: 'name' }] },
  });
});

test('an agent sees no secret, and neither does anybody else', async () => {
  await make({ name: 'mirror', config: at('/echo', { headers: { authorization: 'Basic {{login}}', 'x-token': '{{login}}' } }), secrets: { login: CANARY } });
  const id = await writes('Look into the mirror', { name: 'mirror', args: { words: 'hello' } });
  await replied(id);
  expect((await runs(id))[0]).toMatchObject({ data: { ok: true, result: { told: { authorization: 'Basic •••', 'x-token': '•••' } } } });
  const spellings = [CANARY, Buffer.from(CANARY).toString('base64')];
  const answers = await Promise.all(
    [`/v1/conversations/${id}/messages`, `/v1/conversations/${id}/timeline`, '/v1/skills?limit=100'].map((path) =>
      place.api.call('GET', path, { token: place.token }),
    ),
  );
  const rows = await everyRow(place.api.db.sql);
  const seen = [...answers.map(({ text }) => text), place.api.logged(), JSON.stringify(place.model.requests), ...rows];
  expect(seen.some((text) => text.includes('mirror'))).toBe(true);
  expect(seen.filter((text) => spellings.some((secret) => text.includes(secret)))).toEqual([]);
});
