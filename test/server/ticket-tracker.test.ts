/** Tickets go on to an outside tracker: signed, again when it does not take them, and nowhere inside. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeOutside } from '../../server/channels/outside.ts';
import { verifyStandard } from '../../server/channels/signatures.ts';
import type { Ticket, Tracker } from '../../server/contract/ticket.ts';
import { unseal } from '../../server/db/secrets.ts';
import { createLinks } from '../../server/files/links.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { startTicketPosts } from '../../server/pipeline/tickets.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import type { World } from '../support/world.ts';

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;

interface Posted {
  type: string;
  data: { id: string; title: string; status: string; number: number; snapshot?: { messages: { text: string }[] } };
}

let database: TestDatabase;
let api: TestApi;
let world: World;
let ana: string;
let tracker: Server;
let url: string;
let posted: { id: string; body: Posted; genuine: boolean }[];
/** What the tracker answers, one after another; the last stays. */
let answers: { status: number; body?: unknown }[];
let stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database);
  tracker = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      const headers = new Headers(request.headers as Record<string, string>);
      posted.push({
        id: headers.get('webhook-id') ?? '',
        body: JSON.parse(raw.toString()) as Posted,
        genuine: verifyStandard([SECRET], headers, raw, new Date()).ok,
      });
      const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((listening) => void tracker.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(tracker.address() as { port: number }).port}/hook`;
});
beforeEach(async () => {
  world = await api.world({ replyMode: 'off' });
  ana = await operatorToken(world);
  [posted, answers] = [[], [{ status: 200 }]];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
});
afterAll(async () => {
  tracker.close();
  await api.stop();
  await database.close();
});

async function work(hosts: string[] = ['127.0.0.1']): Promise<void> {
  const {
    db,
    deps: { config, log },
  } = api;
  const stopBeating = await keepBeating(db, 'worker');
  const posts = startTicketPosts({
    db,
    encryptionKeys: config.encryptionKeys,
    ...makeOutside(hosts),
    links: createLinks('s', 'https://inbox.example'),
    publicUrl: 'https://inbox.example',
    log,
  });
  stops.push(async () => {
    await posts.stop();
    await stopBeating();
  });
}
const set = (body: Record<string, unknown>) => api.call<Tracker>('PATCH', '/v1/workspace/tracker', { token: ana, body });
async function makeTicket(title: string): Promise<Ticket> {
  const { conversationId } = await world.writes('The grinder smells burnt');
  return (await api.call<Ticket>('POST', `/v1/conversations/${conversationId}/tickets`, { token: ana, body: { title } })).body;
}
const shown = async (id: string) => (await api.call<Ticket>('GET', `/v1/tickets/${id}`, { token: ana })).body.tracker;

test('a ticket is posted with its snapshot, signed; the tracker’s own id and link are shown on it', async () => {
  await set({ url, secret: SECRET });
  answers = [{ status: 201, body: { id: 4711, url: 'https://tracker.example/4711' } }];
  await work();
  const ticket = await makeTicket('Grinder burnt');
  expect(ticket.tracker).toMatchObject({ status: 'pending', attempts: 0 });
  await vi.waitFor(
    async () =>
      expect(await shown(ticket.id)).toEqual({
        status: 'sent',
        error: null,
        attempts: 1,
        nextAttemptAt: null,
        id: '4711',
        url: 'https://tracker.example/4711',
      }),
    5_000,
  );
  expect(posted).toMatchObject([
    {
      genuine: true,
      body: {
        type: 'ticket.created',
        data: { id: ticket.id, number: 1, title: 'Grinder burnt', snapshot: { messages: [{ text: 'The grinder smells burnt' }] } },
      },
    },
  ]);
});

test('it learns of changes in their order, also of those made while it was down', async () => {
  await set({ url, secret: SECRET });
  const ticket = await makeTicket('One');
  await api.call('PATCH', `/v1/tickets/${ticket.id}`, { token: ana, body: { status: 'pending' } });
  await api.call('PATCH', `/v1/tickets/${ticket.id}`, { token: ana, body: { status: 'solved' } });
  answers = [{ status: 503 }, { status: 200 }];
  await work();
  await vi.waitFor(async () => expect((await shown(ticket.id))?.status).toBe('sent'), 8_000);
  expect(posted.map(({ body }) => [body.type, body.data.status])).toEqual([
    ['ticket.created', 'open'],
    ['ticket.created', 'open'],
    ['ticket.updated', 'pending'],
    ['ticket.updated', 'solved'],
  ]);
  expect(posted[0]!.id).toBe(posted[1]!.id);
  expect(new Set(posted.map(({ id }) => id)).size).toBe(3);
});

test('what it refuses is shown on the ticket, and goes again when a person says so', async () => {
  await set({ url, secret: SECRET });
  answers = [
    { status: 422, body: { error: 'no such project' } },
    { status: 200, body: { url: 'javascript:alert(1)' } },
  ];
  await work();
  const ticket = await makeTicket('One');
  await vi.waitFor(async () => expect(await shown(ticket.id)).toMatchObject({ status: 'failed', error: 'The tracker answered 422: no such project' }), 5_000);
  expect((await api.call<Ticket>('POST', `/v1/tickets/${ticket.id}/resend`, { token: ana })).body.tracker).toMatchObject({ status: 'pending' });
  await vi.waitFor(async () => expect(await shown(ticket.id)).toMatchObject({ status: 'sent', url: null }), 5_000);
});

test('an address inside is refused, also as a name that leads there', async () => {
  await set({ url, secret: SECRET });
  await work([]);
  const ticket = await makeTicket('One');
  await vi.waitFor(async () => expect(await shown(ticket.id)).toMatchObject({ status: 'failed', error: 'The address is not on the public internet.' }), 5_000);
  expect(posted).toEqual([]);
});

test('only admins set it; its secret is sealed and never shown; without it nothing is posted', async () => {
  const ben = await operatorToken(world, 'ben');
  expect((await api.refused('PATCH', '/v1/workspace/tracker', { token: ben, body: { url, secret: SECRET } })).code).toBe('forbidden');
  expect((await api.refused('PATCH', '/v1/workspace/tracker', { token: ana, body: { url } })).code).toBe('invalid');
  for (const bad of ['ftp://x.example/', 'javascript:1', 'nowhere'])
    expect((await api.refused('PATCH', '/v1/workspace/tracker', { token: ana, body: { url: bad, secret: SECRET } })).code).toBe('invalid');
  const answer = await set({ url, secret: SECRET });
  expect([answer.status, answer.body]).toEqual([200, { url, hasSecret: true }]);
  expect((await api.call('GET', '/v1/workspace/tracker', { token: ben })).body).toEqual({ url, hasSecret: true });
  const [row] = await database.sql<{ trackerSecret: Uint8Array }[]>`select tracker_secret from workspace where id = ${world.workspaceId}`;
  expect(Buffer.from(row!.trackerSecret).toString('latin1')).not.toContain(SECRET);
  expect(unseal(api.deps.config.encryptionKeys, `workspace:${world.workspaceId}`, row!.trackerSecret)).toBe(SECRET);
  expect((await set({ url: null })).body).toEqual({ url: null, hasSecret: false });
  expect((await makeTicket('One')).tracker).toBeNull();
});
