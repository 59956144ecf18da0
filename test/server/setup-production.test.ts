import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
