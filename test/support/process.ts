/** Starting the product as its users do: as a process of its own, from a folder of its own, as this or that user. */
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, copyFile, cp, link, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeData } from '../../server/db/embedded-home.ts';
import { isAlive, until } from '../../server/process.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

/** Who runs the program; `undefined` for ourselves. */
export interface Person {
  uid: number;
  gid: number;
}

/** A folder to start from, that its owner alone may enter. */
export interface Place {
  folder: string;
  dataDir: string;
  node: string;
  person: Person | undefined;
  remove(): Promise<void>;
}

/** A clone of the project, installed, in a folder of mode 700 that belongs to `person`. */
export async function cloneProject(person?: Person): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'convene-clone-'));
  await cp(join(project, 'server'), join(folder, 'server'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json']) await copyFile(join(project, file), join(folder, file));
  copyTree(join(project, 'node_modules'), join(folder, 'node_modules'));
  const node = join(folder, 'node');
  await link(process.execPath, node).catch(() => copyFile(process.execPath, node));
  if (person) execFileSync('chown', [`${person.uid}:${person.gid}`, folder]);
  await chmod(folder, 0o700);
  return place(folder, node, person);
}

/** The project where it is, with a data folder of its own. */
export async function ownPlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'convene-place-'));
  return place(folder, process.execPath, undefined);
}

function place(folder: string, node: string, person: Person | undefined): Place {
  const dataDir = join(folder, '.data');
  const remove = async (): Promise<void> => {
    await removeData(dataDir);
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, dataDir, node, person, remove };
}

/** By hard links, which takes no time, or by copying where the temporary folder is on another disk. */
function copyTree(from: string, to: string): void {
  try {
    execFileSync('cp', ['-al', from, to], { stdio: 'ignore' });
  } catch {
    execFileSync('rm', ['-rf', to]);
    execFileSync('cp', ['-a', from, to]);
  }
}

/** A started program. */
export interface Program {
  pid: number;
  /** All that it has said so far. */
  output(): string;
  /** Waits until it has said this. @throws when it ends before, or within 30 s does not */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  kill(signal: NodeJS.Signals): void;
}

/** The environment in which a place's program starts: at any free port, with a secret. */
export function environmentAt(at: Place): Record<string, string> {
  return {
    HOME: at.folder,
    DATA_DIR: at.dataDir,
    PORT: '0',
    HOST: '127.0.0.1',
    CONVENE_SECRET: 'a secret that is long enough for HS256',
  };
}

/** Starts the server of a clone from its sources, as its person. */
export function startClone(at: Place): Program {
  return launch(at.node, ['--import', 'tsx', 'server/main.ts'], at.folder, environmentAt(at), at.person);
}

/** Starts any program and follows what it says. */
export function launch(file: string, args: string[], cwd: string, environment: Record<string, string>, person?: Person): Program {
  const env = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], ...environment };
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...person });
  let said = '';
  const follow = (chunk: Buffer): void => void (said += chunk.toString());
  child.stdout.on('data', follow);
  child.stderr.on('data', follow);
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 0));
  });
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const found = await until(() => pattern.exec(said) ?? (child.exitCode !== null && 'ended'), 30_000);
    const match = pattern.exec(said);
    if (match) return match;
    throw new Error(`It ${found === 'ended' ? 'ended' : 'went on'} without saying ${pattern}. It said:\n${said}`);
  };
  if (child.pid === undefined) throw new Error(`${file} did not start`);
  return { pid: child.pid, output: () => said, says, ended, kill: (signal) => void child.kill(signal) };
}

/** The id of the Postgres that runs in a data folder, as its lock file says. */
export function postgresPid(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Waits for the end of a process. @returns whether it ended within 10 s */
export async function hasEnded(pid: number): Promise<boolean> {
  return (await until(() => !isAlive(pid), 10_000)) === true;
}

/** The processes whose command line holds `text`, by id. */
export function processesWith(text: string): number[] {
  return processLines()
    .filter((line) => line.includes(text))
    .map((line) => Number.parseInt(line, 10));
}

/** Id and command line of every process; bare machines lack `ps`, but Linux has `/proc`. */
function processLines(): string[] {
  if (process.platform !== 'linux') return execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) ? [`${name} ${readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
    } catch {
      return [];
    }
  });
}

/** An ordinary user: ourselves, or `nobody` where we are root. */
export function ordinaryUser(): Person | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
