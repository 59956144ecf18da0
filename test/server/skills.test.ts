/** Skills: what agents do by them, once and only while they have the word, and a team's own endpoints and servers. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyStandard } from '../../server/channels/signatures.ts';
import { claimRun } from '../../server/db/runs.ts';
import { callOutside, callWithin, wordOf } from '../../server/db/skill-calls.ts';
import { bookMeeting } from '../../server/db/skill-acts.ts';
import { runTurn } from '../../server/pipeline/run.ts';
import { argumentsFault, schemaFault } from '../../server/skills/schema.ts';
import { operatorToken } from '../support/api.ts';
import { everyRow } from '../support/database.ts';
import { until } from '../support/pipeline.ts';
import type { TestProcess } from '../support/pipeline.ts';
import { skillAnswers } from '../support/skill-answers.ts';
import { useSkills } from '../support/skilled.ts';

const CANARY = 'canary-7c1e9f2b4a';
const SIGNING = `whsec_${randomBytes(32).toString('base64')}`;

let worker: TestProcess | undefined;
/** A process that runs no jobs and does not beat. */
let alone: TestProcess;
const { answers, stock, release, goOn } = skillAnswers(CANARY, () => place.endpoint.url);

const { place, make, tried, at, items, runs, writes } = useSkills(
  answers,
  async () => {
    for (const name of ['add_tag', 'book_meeting', 'cancel_meeting', 'create_ticket', 'set_opportunity_stage'])
      await make({ name, kind: 'builtin', config: name === 'set_opportunity_stage' ? { stages: ['Won', 'Lost'] } : {} });
    alone = await place.begin(false);
  },
  async () => {
    release();
    goOn();
    await worker?.stop();
    await alone.stop();
  },
);

const replied = (id: string) => until(async () => (await items(id)).find((item) => item.direction === 'outbound' && item.aiGenerated), 'a reply', 20_000);

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

describe('an agent that is no longer asked', () => {
  test('that has lost the word begins nothing', async () => {
    const other = await place.api.world();
    const { workspaceId } = other;
    const token = await operatorToken(other);
    const { conversationId } = await other.writes('What does it cost?');
    const run = (await claimRun(alone.db, workspaceId, conversationId))!;
    expect((await place.api.call('POST', `/v1/conversations/${conversationId}/assume`, { token, body: {} })).status).toBe(200);
    let made = 0;
    const call = { key: 'one', skill: 'refund', args: {} };
    expect(await callOutside(alone.db, wordOf(alone.db, run), call, async () => ({ result: (made += 1), summary: '', ok: true }))).toBeNull();
    expect(
      await callWithin(wordOf(alone.db, run), call, async (held, by) => ({
        result: await bookMeeting(held, by, { startsAt: '2099-01-01T10:00:00.000Z', minutes: 30, about: 'x' }),
        summary: '',
      })),
    ).toBeNull();
    expect(made).toBe(0);
    const [left] = await alone.db.sql<
      { lines: number; entries: number }[]
    >`select (select count(*)::int from line where conversation_id = ${conversationId} and kind = 'skill') as lines, (select count(*)::int from activity where conversation_id = ${conversationId}) as entries`;
    expect(left).toEqual({ lines: 0, entries: 0 });
  });

  test('whose process ends while it calls leaves it unknown, and nobody calls again', async () => {
    await make({ name: 'pay', config: at('/paid', { timeoutMs: 20_000 }) });
    const id = await writes('Pay my bill', { name: 'pay', args: { bill: 7 } });
    const turn = runTurn(alone.deps, place.world.workspaceId, id);
    await until(async () => place.endpoint.at('/paid')[0], 'the call');
    worker = await place.begin();
    await replied(id);
    await until(async () => (await runs(id))[0]?.data?.['outcome'] === 'unknown', 'the doubt');
    expect(place.endpoint.at('/paid')).toHaveLength(1);
    expect(await runs(id)).toHaveLength(1);
    expect(JSON.stringify(place.model.requests.at(-1)!.body.messages)).toContain('It is not known whether this was done');
    expect(JSON.parse(place.model.requests.at(-1)!.user)).toMatchObject({ made: [{ skill: 'pay', args: { bill: 7 } }] });
    expect((await place.api.call('GET', `/v1/conversations/${id}`, { token: place.token })).body).toMatchObject({
      requiresAction: true,
      requiresReason: 'skill_unknown',
    });
    release();
    await turn;
    expect((await runs(id))[0]).toMatchObject({ code: 'pay', data: { ok: false, outcome: 'unknown' } });
    expect((await items(id)).filter((item) => item.direction === 'outbound')).toHaveLength(1);
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

describe('an agent', () => {
  test('books, cancels, makes a ticket, tags and sets a stage, each once and in the timeline', async () => {
    const startsAt = new Date(Date.now() + 86_400_000).toISOString();
    const meeting = { name: 'book_meeting', args: { startsAt, minutes: 30, about: 'A new machine' } };
    const id = await writes(
      'Can we meet tomorrow',
      meeting,
      meeting,
      { name: 'create_ticket', args: { title: 'Send an offer' } },
      { name: 'set_opportunity_stage', args: { stage: 'won' } },
      { name: 'cancel_meeting', args: { reason: 'Ill' } },
    );
    await replied(id);
    const { items: entries } = (
      await place.api.call<{ items: { kind: string; data: Record<string, unknown>; actor: { kind: string; name: string } }[] }>(
        'GET',
        `/v1/conversations/${id}/timeline?limit=100`,
        { token: place.token },
      )
    ).body;
    const done = entries
      .filter(({ kind }) => /^(meeting|opportunity|ticket_created)/.test(kind))
      .map(({ kind, actor }) => [kind, actor.name])
      .toReversed();
    expect(done).toEqual([
      ['meeting_booked', 'Nova'],
      ['ticket_created', 'Nova'],
      ['opportunity_stage', 'Nova'],
      ['meeting_cancelled', 'Nova'],
    ]);
    expect(entries.find(({ kind }) => kind === 'opportunity_stage')?.data).toMatchObject({ stage: 'Won', from: null });
    expect((await runs(id)).map(({ code }) => code)).toEqual(['book_meeting', 'create_ticket', 'set_opportunity_stage', 'cancel_meeting']);
    const [ticket] = (await place.api.call<{ items: { title: string; conversationId: string }[] }>('GET', '/v1/tickets', { token: place.token })).body.items;
    expect(ticket).toMatchObject({ title: 'Send an offer', conversationId: id });
  });

  test('never acts after a takeover, and tells what came of a call that was out before', async () => {
    const refund = await make({ name: 'refund', risk: 'high', config: at('/held', { timeoutMs: 20_000 }) });
    const id = await writes('Refund me please', { name: 'refund', args: { order: 'M-9' } });
    await until(async () => place.endpoint.at('/held')[0], 'the call');
    expect((await runs(id))[0]).toMatchObject({ code: 'refund', data: { outcome: 'running', args: { order: 'M-9' } } });
    const { headers, body } = place.endpoint.at('/held')[0]!;
    expect(headers.get('idempotency-key')).toMatch(/^[\w-]{43}$/);
    expect(JSON.parse(body)).toMatchObject({ data: { conversationId: id, contact: { customerId: null } } });
    expect((await place.api.call('POST', `/v1/conversations/${id}/assume`, { token: place.token, body: {} })).status).toBe(200);
    goOn();
    await until(async () => (await runs(id))[0]?.data?.['outcome'] === undefined, 'the result');
    expect((await runs(id))[0]).toMatchObject({ text: 'refunded true', data: { ok: true, result: { refunded: true } } });
    expect((await items(id)).filter((item) => item.direction === 'outbound')).toEqual([]);
    await place.api.call('PATCH', `/v1/skills/${refund.id}`, { token: place.token, body: { active: false } });
  });

  test('sees no secret, and neither does anybody else', async () => {
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
});
