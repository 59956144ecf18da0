import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signOwn, signStandard } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { verdict } from '../support/model-verdict.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import { environmentAt, launch, ownPlace } from '../support/process.ts';
import type { Place } from '../support/process.ts';

let place: Place;
beforeAll(async () => {
  execFileSync('node_modules/.bin/vite', ['build', '--mode', 'server', '--logLevel', 'error']);
  place = await ownPlace();
});
afterAll(() => place.remove());

/** Tells on standard error which modules of OpenTelemetry are asked for. */
const TELLING = module(
  `import { register } from 'node:module'; register(${JSON.stringify(
    module(`
  import { writeSync } from 'node:fs';
  export async function resolve(name, context, next) {
    if (name.startsWith('@opentelemetry/')) writeSync(2, 'asks for ' + name + '\\n');
    return next(name, context);
  }`),
  )});`,
);
function module(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

const start = (environment: Record<string, string>) =>
  launch(place.node, ['--import', TELLING, 'dist/server/main.js'], process.cwd(), { ...environmentAt(place), ...environment });

const loaded = (output: string) => new Set([...output.matchAll(/^asks for (\S+)$/gm)].map(([, name]) => name));

/** Asks the API as an admin. */
async function adminAt(url: string) {
  const token = await new SignJWT({ sub: 'ana', name: 'Ana', role: 'admin', workspace: 'morrow', aud: 'operator' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(environmentAt(place)['CONVENE_SECRET']));
  return async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect([path, answer.ok]).toEqual([path, true]);
    return (await answer.json()) as T;
  };
}

test('the built server starts, migrates and drains', async () => {
  const server = start({});
  const [, url] = await server.says(/"url":"([^"]+)"/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  // The interface alone, which the AI SDK brings: what collects and sends is not loaded where nobody asks for it.
  expect(loaded(server.output())).toEqual(new Set(['@opentelemetry/api']));
});

test('the built server reads, sanitises and shows a mail of HTML', async () => {
  const server = start({ WORKSPACE: 'morrow' });
  const [, url] = await server.says(/"url":"([^"]+)"/);
  const ask = await adminAt(url!);
  const secret = 'a-webhook-secret-of-the-account';
  const account = await ask<ChannelAccount>('/v1/channel-accounts', {
    channel: 'email',
    name: 'Mail',
    address: 'support@example.com',
    credentials: { webhookSecrets: [secret] },
  });
  const mail = Buffer.from(
    'From: kim@customer.example\r\nTo: support@example.com\r\nContent-Type: text/html\r\n\r\n<p onclick="x()">Hello</p><script>alert(1)</script>',
  );
  const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(secret, mail, new Date()) };
  expect((await fetch(`${url}/v1/channels/${account.id}/inbound`, { method: 'POST', headers, body: mail })).status).toBe(200);
  const [conversation] = (await ask<{ items: Conversation[] }>('/v1/conversations?status=any')).items;
  const [message] = (await ask<{ items: Message[] }>(`/v1/conversations/${conversation!.id}/messages`)).items;
  const page = await (await fetch(message!.htmlUrl!)).text();
  expect(page).toContain('<p>Hello</p></div>');
  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

test('the built server traces a message from its webhook to the delivery of the answer, and says nothing of what was said', async () => {
  const sent: string[] = [];
  const collector = await listening((request, body) => void (request.url === '/v1/traces' && sent.push(body)));
  const customer = await listening(() => undefined);
  const model = await startOpenAiServer({ apiKey: 'sk-canary-of-the-model' });
  // Errors of the model may repeat what it was told.
  model.script(
    { kind: 'status', status: 500, message: 'no answer to canary-text', retryAfterMs: 1 },
    { kind: 'json', value: verdict() },
    { kind: 'text', text: 'The canary-answer: within 30 days.' },
  );
  const secret = 'whsec_Y2FuYXJ5IGNhbmFyeSBjYW5hcnkgY2FuYXJ5IGNhbmFyeQ==';
  const server = start({
    WORKSPACE: 'morrow',
    PRIVATE_HOSTS: '127.0.0.1',
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'sk-canary-of-the-model',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=canary-of-the-collector',
    // What is sent is sent at the end.
    OTEL_BSP_SCHEDULE_DELAY: '600000',
  });
  const [, url] = await server.says(/"url":"([^"]+)"/);
  const ask = await adminAt(url!);
  const agent = await ask<{ id: string }>('/v1/agents', { name: 'Kai', replyMode: 'auto_send', burstWaitMs: 0 });
  const account = await ask<ChannelAccount>('/v1/channel-accounts', {
    channel: 'custom',
    name: 'Shop',
    agentId: agent.id,
    settings: { url: customer.url },
    credentials: { webhookSecrets: [secret] },
  });
  const body = JSON.stringify({ type: 'message', data: { from: { handle: 'canary-handle', name: 'Canary Kim' }, text: 'How long is canary-text?' } });
  const headers = { 'content-type': 'application/json', ...signStandard([secret], 'msg_1', Buffer.from(body), new Date()) };
  expect((await fetch(`${url}/v1/channels/${account.id}/inbound?canary-query`, { method: 'POST', headers, body })).status).toBe(200);
  await expect.poll(() => customer.got.join()).toContain('canary-answer');
  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  await Promise.all([collector.close(), customer.close(), model.close()]);
  expect(loaded(server.output())).toContain('@opentelemetry/exporter-trace-otlp-http');
  for (const text of sent) expect(text).not.toMatch(/canary|Y2FuYXJ5|eyJ|long enough for HS256/i);
  const spans = sent.flatMap((text) => (JSON.parse(text) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
  const { traceId } = spans.find(({ name }) => name === 'accept')!;
  const trace = spans.filter((span) => span.traceId === traceId);
  const chain = (span: Span): string[] => [...trace.filter(({ spanId }) => spanId === span.parentSpanId).flatMap(chain), span.name];
  const webhook = 'POST /v1/channels/:accountId/inbound';
  expect(trace.map((span) => chain(span).join(' > ')).toSorted()).toEqual(
    [
      [],
      ['accept'],
      ['accept', 'run'],
      ['accept', 'run', 'classify'],
      ['accept', 'run', 'classify', 'ai.generateText'],
      ['accept', 'run', 'classify', 'ai.generateText', 'ai.generateText.doGenerate'],
      ['accept', 'run', 'classify', 'ai.generateText', 'ai.generateText.doGenerate'],
      ['accept', 'run', 'commit'],
      ['accept', 'run', 'commit', 'deliver'],
      ['accept', 'run', 'compose'],
      ['accept', 'run', 'compose', 'ai.streamText'],
      ['accept', 'run', 'compose', 'ai.streamText', 'ai.streamText.doStream'],
    ]
      .map((names) => [webhook, ...names].join(' > '))
      .toSorted(),
  );
  const told = (name: string) =>
    trace
      .filter((span) => span.name === name)
      .map(({ attributes }) => Object.fromEntries(attributes.map(({ key, value }) => [key.replace('convene.', ''), Object.values(value)[0]])));
  const [conversation] = told('accept').map((attributes) => attributes['conversation_id']);
  expect(told('run')).toEqual([
    { workspace_id: expect.any(String), conversation_id: conversation, channel: 'custom', agent_id: agent.id, attempt: 1, outcome: 'sent' },
  ]);
  expect(told('deliver')).toEqual([expect.objectContaining({ conversation_id: conversation, channel: 'custom', account_id: account.id, outcome: 'sent' })]);
  expect(
    told('ai.generateText.doGenerate')
      .map((attributes) => attributes['error.type'])
      .toSorted(),
  ).toEqual(['AI_APICallError', undefined]);
  expect(told('ai.streamText')).toEqual([expect.objectContaining({ 'ai.usage.outputTokens': 12 })]);
});

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Record<string, unknown> }[];
}
interface Sent {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}

/** A server that takes everything. */
async function listening(told: (request: IncomingMessage, body: string) => void): Promise<{ url: string; got: string[]; close(): Promise<void> }> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      got.push(body);
      told(request, body);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got, close };
}

test('the built server refuses to start without its secret, and says which', async () => {
  const server = start({ CONVENE_SECRET: '' });
  expect(await server.ended).toBe(1);
  expect(server.output()).toContain('CONVENE_SECRET is not set');
});

test('nothing of the demo is in it', () => {
  const files = readdirSync('dist/server').filter((name) => name.endsWith('.js'));
  const text = files.map((name) => readFileSync(`dist/server/${name}`, 'utf8')).join('\n');
  expect(text).not.toMatch(/\/\/ demo\/|['"`]\/demo\//);
});
