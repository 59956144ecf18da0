import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isAlive } from '../../server/process.ts';
import { environmentAt, hasEnded, launch, ownPlace, postgresPid, processesWith } from '../support/process.ts';
import type { Place, Program } from '../support/process.ts';
import { programOf } from '../support/programs.ts';

let server: string;
let place: Place;
let started: Program[];

beforeAll(async () => {
  server = await programOf('server');
});
beforeEach(async () => {
  place = await ownPlace();
  started = [];
});
afterEach(async () => {
  for (const program of started) {
    program.kill('SIGTERM');
    await program.ended;
  }
  await place.remove();
});

function start(environment?: Record<string, string>): Program {
  const program = launch(place.node, [server], process.cwd(), { ...environmentAt(place), ...environment });
  started.push(program);
  return program;
}

/** Waits for the address in the line that a started server logs. */
async function address(program: Program): Promise<string> {
  return (await program.says(/"url":"([^"]+)"/))[1] ?? '';
}

test('it answers, and Ctrl-C leaves no process behind', async () => {
  const program = start();
  const url = await address(program);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const postgres = postgresPid(place.dataDir);
  expect(isAlive(postgres)).toBe(true);
  program.kill('SIGINT');
  expect(await program.ended).toBe(0);
  expect(isAlive(postgres)).toBe(false);
  expect(processesWith(`${place.folder}/`)).toEqual([]);
  expect(processesWith(`watchdog ${postgres} `)).toEqual([]);
});

test('a kill -9 takes Postgres along, and the next start works with the same data', async () => {
  const first = start();
  await address(first);
  const postgres = postgresPid(place.dataDir);
  first.kill('SIGKILL');
  await first.ended;
  const second = start();
  const url = await address(second);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(second.output()).not.toContain('Made a new database');
  expect(await hasEnded(postgres)).toBe(true);
});

test('a kill -9 of everything leaves a lock file, which stops nobody, whoever has that number now', async () => {
  const first = start();
  await address(first);
  const postgres = postgresPid(place.dataDir);
  first.kill('SIGKILL');
  process.kill(postgres, 'SIGKILL');
  await first.ended;
  expect(await hasEnded(postgres)).toBe(true);
  await writeFile(join(place.dataDir, 'postgres/cluster/postmaster.pid'), `${process.pid}\n${place.dataDir}\n`);
  const second = start();
  expect((await fetch(`${await address(second)}/readyz`)).status).toBe(200);
});

test('npm killed with -9 takes the program and Postgres along', async () => {
  const npm = launch('/bin/sh', ['-c', '"$0" "$1"; exit', place.node, server], process.cwd(), {
    ...environmentAt(place),
    npm_lifecycle_event: 'start',
  });
  await npm.says(/"url":"([^"]+)"/);
  const program = Number(/"pid":(\d+)/.exec(npm.output())?.[1]);
  const postgres = postgresPid(place.dataDir);
  npm.kill('SIGKILL');
  expect(await hasEnded(program)).toBe(true);
  expect(await hasEnded(postgres)).toBe(true);
});

test('a second start on the same data says who has it, and harms nothing', async () => {
  const first = start();
  const url = await address(first);
  const second = start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`The data folder is in use by process ${first.pid}.`);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
}, 60_000);

test('a taken port is said clearly, and Postgres does not stay behind', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const taken = other.address();
  const port = typeof taken === 'object' && taken ? taken.port : 0;
  const program = start({ PORT: String(port) });
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain(`Port ${port} is taken by another program. Stop that one, or choose another with PORT.`);
  expect(processesWith(`${place.folder}/`)).toEqual([]);
  await new Promise((resolve) => other.close(resolve));
});

test('without its secret it exits at once, naming it', async () => {
  const program = start({ CONVENE_SECRET: '' });
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe('Convene cannot start with this environment:\n  CONVENE_SECRET is not set\n');
});
