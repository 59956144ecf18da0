import { Agent, get } from 'node:http';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listen } from '../../server/http.ts';
import type { HttpServer } from '../../server/http.ts';
import { until } from '../../server/process.ts';

const host = '127.0.0.1';

/** Asks over a connection that is kept alive. @returns the body */
function ask(server: HttpServer, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host, port: server.port, agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    }).on('error', reject);
  });
}

test('before there is an app, a request is asked to come back', async () => {
  const server = await listen(host, 0);
  const response = await fetch(`http://${host}:${server.port}/`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  await server.drain(1_000);
});

test('draining cuts no request, takes no new one, and waits for no idle connection', async () => {
  const server = await listen(host, 0);
  let open: ServerResponse | undefined;
  server.handle((_request, response) => {
    response.write('first half, ');
    open = response;
  });
  const agent = new Agent({ keepAlive: true });
  const answer = ask(server, agent);
  await until(() => open !== undefined, 5_000);
  const drained = server.drain(20_000);
  await expect(ask(server, new Agent())).rejects.toThrow('ECONNREFUSED');
  open?.end('second half');
  expect(await answer).toBe('200 first half, second half');
  await drained;
  agent.destroy();
});

test('a connection that was opened in advance and never asked anything holds nobody up', async () => {
  const server = await listen(host, 0);
  const socket = connect(server.port, host);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()).on('error', () => {}));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const began = performance.now();
  await server.drain(20_000);
  expect(performance.now() - began).toBeLessThan(5_000);
  await ended;
});

test('what does not end is cut when patience does', async () => {
  const server = await listen(host, 0);
  server.handle((_request, response) => void response.write('for ever'));
  const answer = ask(server, new Agent());
  answer.catch(() => {});
  const drained = until(() => server.drain(50).then(() => true), 5_000);
  await expect(answer).rejects.toThrow();
  expect(await drained).toBe(true);
});

test('a taken port is refused by name, or the next free one is offered', async () => {
  const first = await listen(host, 0);
  await expect(listen(host, first.port)).rejects.toThrow(`Port ${first.port} is taken`);
  const taken: number[] = [];
  const second = await listen(host, first.port, 20, (port) => taken.push(port));
  expect(second.port).toBeGreaterThan(first.port);
  expect(taken[0]).toBe(first.port);
  await Promise.all([first.drain(100), second.drain(100)]);
});

test('an address that is not ours is said to be none', async () => {
  await expect(listen('203.0.113.1', 0)).rejects.toThrow('HOST names 203.0.113.1');
});
