/** What stands round every answer: problems, the log, who may read it from another page, and the metrics. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createMetrics } from '../../server/api/metrics.ts';
import { endpoints } from '../../server/contract/endpoints.ts';
import { startApi } from '../support/api.ts';
import { useOwnApi } from '../support/own-api.ts';

const own = useOwnApi();
let contactId: string;

beforeAll(async () => {
  await own.world.writes('Hello');
  contactId = (await own.database.sql<{ id: string }[]>`select id from contact where workspace_id = ${own.world.workspaceId}`)[0]!.id;
});

test('what is not there is told as a problem, and another method than the address takes, too', async () => {
  expect(await own.api.refused('GET', '/v1/nothing', { token: own.token })).toMatchObject({ status: 404, code: 'not_found' });
  expect(await own.api.refused('GET', '/nothing')).toMatchObject({ status: 404, code: 'not_found' });
  const answer = await own.api.refused('DELETE', '/v1/tags', { token: own.token });
  expect(answer).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'POST']);
});

test('a fault is told without its insides, and stands in the log under the request’s id', async () => {
  await own.database.sql`alter table saved_view rename to view_elsewhere`;
  const answer = await own.api.refused('GET', '/v1/views', { token: own.token });
  await own.database.sql`alter table view_elsewhere rename to saved_view`;
  expect(answer).toMatchObject({ status: 500, code: 'internal' });
  expect(answer.text).not.toMatch(/saved_view|relation|postgres|\.ts/i);
  const line = own.api
    .logged()
    .split('\n')
    .find((text) => text.includes('"level":"error"') && text.includes(answer.headers.get('x-request-id') ?? 'no id'));
  expect(line).toContain('saved_view');
});

test('the log has neither tokens nor bodies nor what was searched for', async () => {
  await own.api.call('PATCH', `/v1/contacts/${contactId}`, { token: own.token, body: { company: 'Canary & Sons' } });
  await own.api.call('GET', '/v1/contacts?q=canary-in-a-query', { token: own.token });
  const logged = own.api.logged();
  expect(logged).toContain(`"path":"/v1/contacts/${contactId}"`);
  expect(logged).toContain(`"caller":"operator:${own.world.operators.ana}"`);
  for (const secret of [own.token, 'Canary', 'canary-in-a-query']) expect(logged).not.toContain(secret);
});

test('pages of known origins may read answers, also refusals; no other may, and no credentials travel', async () => {
  const ask = (origin: string, path = '/v1/me', method = 'GET', more: Record<string, string> = {}) =>
    own.api.call(method, path, { headers: { origin, ...more } });
  for (const path of ['/v1/me', '/v1/nothing', '/v1/openapi.json', '/v1/events']) {
    const known = await ask('https://host.example', path);
    expect([path, known.headers.get('access-control-allow-origin'), known.headers.get('vary')]).toEqual([path, 'https://host.example', 'Origin']);
    expect(known.headers.get('access-control-expose-headers')).toContain('Retry-After');
    for (const origin of ['https://evil.example', 'https://host.example.evil.example', 'http://host.example', 'null']) {
      const unknown = await ask(origin, path);
      expect([path, origin, unknown.headers.get('access-control-allow-origin')]).toEqual([path, origin, null]);
    }
    expect(known.headers.get('access-control-allow-credentials')).toBeNull();
  }
  const asked = { 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization,if-match' };
  for (const path of ['/v1/me', '/v1/events', `/v1/contacts/${contactId}`]) {
    const before = await ask('https://host.example', path, 'OPTIONS', asked);
    expect(before.status).toBe(204);
    expect(before.headers.get('access-control-allow-methods')).toContain('PATCH');
    for (const header of ['authorization', 'content-type', 'if-match', 'idempotency-key', 'last-event-id'])
      expect(before.headers.get('access-control-allow-headers')?.toLowerCase()).toContain(header);
    expect(Number(before.headers.get('access-control-max-age'))).toBeGreaterThan(600);
    expect((await ask('https://evil.example', path, 'OPTIONS', asked)).headers.get('access-control-allow-methods')).toBeNull();
  }
});

test('every answer says what not to make of it, and which request it was', async () => {
  for (const path of ['/v1/me', '/v1/nothing', '/healthz', '/metrics']) {
    const { headers } = await own.api.call('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,64}$/);
    expect(headers.get('strict-transport-security')).toContain('max-age');
  }
  expect((await own.api.call('GET', '/v1/me', { headers: { 'x-request-id': 'trace-0001' } })).headers.get('x-request-id')).toBe('trace-0001');
  expect((await own.api.call('GET', '/v1/me', { headers: { 'x-request-id': 'a b"c' } })).headers.get('x-request-id')).not.toContain('"');
});

test('the metrics show requests, what waits, and how the log of events keeps up', async () => {
  await own.api.call('GET', '/v1/me', { token: own.token });
  const { text, headers } = await own.api.call('GET', '/metrics');
  expect(headers.get('content-type')).toContain('text/plain');
  for (const line of [
    'convene_http_requests_total{resource="me",method="GET",status="200"}',
    'convene_http_request_seconds_count{resource="me"}',
    'convene_waiting{what="runs_due"}',
    'convene_oldest_seconds{what="delivery"} 0',
    'convene_standing{what="slots_left"} 0',
    'convene_event_lag_seconds{what="held"} 0',
    'convene_streams{what="readers"}',
    'convene_process_resident_memory_bytes',
  ]) {
    expect(text).toContain(line);
  }
  expect(text).not.toContain(contactId);
  // What those who run it are told to watch is there.
  const watched = [...readFileSync('server/README.md', 'utf8').matchAll(/convene_\w+(?:\{what="\w+"\})?/g)].map(([name]) => name.replace(/_bucket$/, ''));
  expect(watched.length).toBeGreaterThan(8);
  expect(watched.filter((name) => !text.includes(name))).toEqual([]);
});

test('the metrics stay small whatever is asked, and however many accounts there are', async () => {
  const metrics = createMetrics(own.database.sql);
  for (const { method, path } of Object.values(endpoints))
    for (const status of [200, 401, 403, 404, 409, 422, 429, 503]) metrics.answered(method.toUpperCase(), path, status, 0.1);
  const before = (await metrics.registry.metrics()).length;
  expect(before).toBeLessThan(150_000);
  for (let index = 0; index < 2_000; index += 1) metrics.answered(`ODD${index}`, undefined, 404, 0.1);
  expect((await metrics.registry.metrics()).length - before).toBeLessThan(2_000);
  for (let index = 0; index < 1_000; index += 1) metrics.delivered('sms', `account-${index}`, 'sent');
  expect(await metrics.registry.metrics()).toContain('convene_deliveries_total{channel="sms",account="others",outcome="sent"} 800');
});

test('a process that drains says that it is not ready', async () => {
  const other = await startApi(own.database);
  expect((await other.call('GET', '/readyz')).body).toEqual({ status: 'ready' });
  other.deps.log.info('about to stop');
  await other.stop();
  expect((await other.app.request('/readyz')).status).toBe(503);
});
