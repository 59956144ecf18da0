import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { environmentAt, launch, ownPlace } from '../support/process.ts';
import type { Place } from '../support/process.ts';

let place: Place;
beforeAll(async () => {
  execFileSync('node_modules/.bin/vite', ['build', '--mode', 'server', '--logLevel', 'error']);
  place = await ownPlace();
});
afterAll(() => place.remove());

const start = (environment: Record<string, string>) =>
  launch(place.node, ['dist/server/main.js'], process.cwd(), { ...environmentAt(place), ...environment });

test('the built server starts, migrates and drains', async () => {
  const server = start({});
  const [, url] = await server.says(/"url":"([^"]+)"/);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

test('the built server reads, sanitises and shows a mail of HTML', async () => {
  const server = start({ WORKSPACE: 'morrow' });
  const [, url] = await server.says(/"url":"([^"]+)"/);
  const token = await new SignJWT({ sub: 'ana', name: 'Ana', role: 'admin', workspace: 'morrow', aud: 'operator' }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h')
    .sign(new TextEncoder().encode(environmentAt(place)['CONVENE_SECRET']));
  const ask = async <T>(path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(url + path, { method: body ? 'POST' : 'GET', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) });
    expect([path, answer.ok]).toEqual([path, true]);
    return (await answer.json()) as T;
  };
  const secret = 'a-webhook-secret-of-the-account';
  const account = await ask<ChannelAccount>('/v1/channel-accounts', { channel: 'email', name: 'Mail', address: 'support@example.com', credentials: { webhookSecrets: [secret] } });
  const mail = Buffer.from('From: kim@customer.example\r\nTo: support@example.com\r\nContent-Type: text/html\r\n\r\n<p onclick="x()">Hello</p><script>alert(1)</script>');
  const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(secret, mail, new Date()) };
  expect((await fetch(`${url}/v1/channels/${account.id}/inbound`, { method: 'POST', headers, body: mail })).status).toBe(200);
  const [conversation] = (await ask<{ items: Conversation[] }>('/v1/conversations?status=any')).items;
  const [message] = (await ask<{ items: Message[] }>(`/v1/conversations/${conversation!.id}/messages`)).items;
  const page = await (await fetch(message!.htmlUrl!)).text();
  expect(page).toContain('<p>Hello</p></div>');
  server.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});

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
