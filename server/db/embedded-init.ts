/** Making the cluster of an embedded Postgres, once. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError, errorMessage, isAlive } from '../process.ts';
import { ids, program } from './embedded-home.ts';
import type { Home } from './embedded-home.ts';

const run = promisify(execFile);

/** The superuser of an embedded Postgres, and the name of its one database. */
export const embeddedName = 'convene';

/**
 * Makes `home.cluster` unless it is there: complete or not at all, also when two processes try at once or one is killed.
 * @returns the password of its superuser, which is kept in the cluster, readable by its owner only
 */
export async function createCluster(home: Home): Promise<{ password: string; created: boolean }> {
  const created = !existsSync(home.cluster);
  if (created) {
    await removeHalfMade(home);
    await initialise(home);
  } else {
    await checkVersion(home);
  }
  const password = await readFile(passwordFile(home.cluster), 'utf8').catch((error: unknown) => {
    throw new SetupError(`${home.cluster} is no data folder of ours (${errorMessage(error)}). Move it away, or name another with DATA_DIR.`);
  });
  return { password: password.trim(), created };
}

const passwordFile = (cluster: string): string => join(cluster, 'convene.password');

async function initialise(home: Home): Promise<void> {
  const half = `${home.cluster}.${process.pid}`;
  const password = `${half}.password`;
  await mkdir(half, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (home.user) await Promise.all([half, password].map((path) => chown(path, home.user?.uid ?? 0, home.user?.gid ?? 0)));
  const options = ['-D', half, '-U', embeddedName, `--pwfile=${password}`, '--auth=scram-sha-256', '--no-sync', '--encoding=UTF8', ...(await localeOptions())];
  try {
    await run(program(home.native, 'initdb'), options, { cwd: half, env: postgresEnv(), ...ids(home.user) });
    await rename(password, passwordFile(half));
    // Where another process was quicker, its cluster stands and ours goes.
    await rename(half, home.cluster).catch((error: unknown) => {
      if (!existsSync(home.cluster)) throw error;
    });
  } catch (error) {
    throw new SetupError(`The database could not be made in ${home.cluster}: ${errorMessage(error).trim()}`);
  } finally {
    await rm(half, { recursive: true, force: true });
    await rm(password, { force: true });
  }
}

async function removeHalfMade(home: Home): Promise<void> {
  for (const name of await readdir(home.folder)) {
    const pid = /^cluster\.(\d+)/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(home.folder, name), { recursive: true, force: true });
  }
}

/**
 * Sorting by code point and Postgres' own Unicode tables, so that every machine gives the same order and the same lower case.
 * pg_trgm asks the system what is a letter: in plain `C` it would see none beyond ASCII.
 */
async function localeOptions(): Promise<string[]> {
  const listed = await run('locale', ['-a']).then(
    ({ stdout }) => stdout.split('\n'),
    (): string[] => [],
  );
  const ctype = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'].find((name) => listed.includes(name)) ?? 'C';
  return ['--locale=C', `--lc-ctype=${ctype}`, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
}

async function checkVersion(home: Home): Promise<void> {
  const [made, { stdout }] = await Promise.all([
    readFile(join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => ''),
    run(program(home.native, 'postgres'), ['--version'], { cwd: '/', ...ids(home.user) }),
  ]);
  const major = /(\d+)\.\d+/.exec(stdout)?.[1] ?? '';
  if (made.trim() === major) return;
  throw new SetupError(
    `The data in ${home.cluster} was made by Postgres ${made.trim() || '(unknown)'}, and this project now brings ${major}. ` +
      'Carry it over with pg_dump, or remove the folder to begin anew.',
  );
}

/** The environment for Postgres' programs: ours, without what would steer libpq or the language of its messages. */
export function postgresEnv(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_MESSAGES: 'C' };
}
