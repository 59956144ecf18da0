/** `npm test`: everything, in order, with one closing line that says how it went. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { errorMessage } from '../../server/process.ts';
import { fetchChrome } from './chrome.ts';
import { findDovecot } from './dovecot.ts';
import { freePort } from './free-port.ts';

/** A test that failed, and what it said. */
interface Failure {
  file: string;
  name: string;
  said: string;
}

/** How a runner's tests went. */
interface Result {
  passed: number;
  failed: number;
  failures?: Failure[];
}

/** How one step went. A skipped test counts as failed: nothing passes by not being tried. */
interface Outcome extends Result {
  step: string;
  seconds: number;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
}

const minute = 60_000;

/** Runs a program of node_modules and shows what it says. @returns its exit code; 1 when it took longer than `limit` ms */
function run(program: string, args: string[], limit: number, env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(join('node_modules', '.bin', program), args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    const tooLong = setTimeout(() => {
      process.stdout.write(`${program} took longer than ${limit / minute} minutes and was stopped\n`);
      child.kill();
    }, limit);
    const interrupt = (): void => {
      child.kill();
      process.exitCode = 130;
    };
    process.once('SIGTERM', interrupt);
    const done = (code: number): void => {
      clearTimeout(tooLong);
      process.off('SIGTERM', interrupt);
      resolve(code);
    };
    child.once('error', (error) => {
      process.stdout.write(`${program} did not start: ${errorMessage(error)}\n`);
      done(1);
    });
    child.once('exit', (code) => done(code ?? 1));
  });
}

async function step(name: string, work: () => Promise<Result>): Promise<Outcome> {
  process.stdout.write(`\n== ${name}\n`);
  const begun = performance.now();
  const counts = await work().catch((error: unknown) => {
    process.stdout.write(`${errorMessage(error)}\n`);
    return { passed: 0, failed: 1 };
  });
  return { step: name, ...counts, seconds: (performance.now() - begun) / 1000 };
}

/** A step that is one check: it holds or it does not. */
async function check(...programs: [string, string[]][]): Promise<Result> {
  for (const [program, args] of programs) {
    if ((await run(program, args, 5 * minute)) !== 0) return { passed: 0, failed: 1 };
  }
  return { passed: 1, failed: 0 };
}

/** A runner that leaves its counts in a file. Exit code and counts must both be good, and something must have run. */
async function runner(program: string, args: string[], file: string, read: (text: string) => Counts): Promise<Result> {
  const code = await run(program, args, 12.5 * minute, { TEST_SUMMARY: file });
  if (!existsSync(file)) throw new Error(`${program} left no counts`);
  const { passed, failed, skipped, failures } = read(await readFile(file, 'utf8'));
  if (passed + failed === 0) throw new Error(`${program} ran no test`);
  if (skipped > 0) process.stdout.write(`${skipped} tests were skipped, which counts as failing\n`);
  const bad = failed + skipped;
  return { passed, failed: bad === 0 && code !== 0 ? 1 : bad, failures };
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numFailedTestSuites: number;
  testResults: { name: string; status: string; message: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
}

function vitestCounts(text: string): Counts {
  const report = JSON.parse(text) as VitestReport;
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [{ file, name: 'the file itself', said: message }];
    return failed.map((test) => ({ file, name: test.fullName, said: test.failureMessages.join('\n') }));
  });
  const failed = report.numFailedTests === 0 ? report.numFailedTestSuites : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests, failures };
}

const folder = await mkdtemp(join(tmpdir(), 'convene-verify-'));
const counts = (name: string): string => join(folder, `${name}.json`);

/** Failures that went away when their files were tried again. */
const unsteady: Failure[] = [];

/** Whether a file, or what it has from beside it, starts a browser. */
function startsBrowser(file: string, seen = new Set<string>()): boolean {
  if (seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  if (/^import \{[^}]*\bchromium\b[^}]*\} from 'playwright-core'/m.test(text)) return true;
  return [...text.matchAll(/^import (?!type )[^;]* from '(\.[^']+\.ts)'/gm)].some(([, path]) => startsBrowser(join(dirname(file), path!), seen));
}

/** Whether a file's tests look at pages. */
const inBrowser = (file: string): boolean => file.startsWith('test/widgets/') || (file.startsWith('test/e2e/') && startsBrowser(file));

/**
 * Tries the files of failed browser tests once more, alone: four browsers on two cores may starve one of them. What holds then is told at the end
 * as unsteady, by name. At most three files, and only where a browser is: who may speak, and what is sent once, has one try.
 */
async function secondTry(first: Result, again: (files: string[]) => Promise<Result>): Promise<Result> {
  const files = [...new Set(first.failures?.map(({ file }) => file))];
  if (files.length === 0 || files.length > 3 || first.failures?.length !== first.failed || !files.every(inBrowser)) return first;
  process.stdout.write(`\n== once more: ${files.join(' ')}\n`);
  const second = await again(files);
  const failures = second.failures ?? [];
  unsteady.push(...first.failures.filter(({ file, name }) => !failures.some((failure) => failure.file === file && failure.name === name)));
  return { passed: first.passed + Math.max(0, first.failed - second.failed), failed: second.failed, failures };
}

async function vitest(): Promise<Result> {
  const run = (name: string, ...more: string[]): Promise<Result> => {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${counts(name)}`, ...more];
    return runner('vitest', args, counts(name), vitestCounts);
  };
  return secondTry(await run('vitest'), (files) => run('vitest-again', '--maxWorkers=1', ...files));
}

async function pages(name: string, files: string[]): Promise<Result> {
  const args = ['--config', 'test/support/wtr.config.mjs', '--port', String(await freePort()), '--files', ...files];
  return runner('web-test-runner', args, counts(name), (text) => JSON.parse(text) as Counts);
}

/** In two browsers at once, since in one each page has to be in front: a core would be left idle. */
async function elements(): Promise<Result> {
  const files = readdirSync('test/widgets')
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/widgets/${name}`);
  const halves = await Promise.all(
    [0, 1].map((half) =>
      pages(
        `elements-${half}`,
        files.filter((_, at) => at % 2 === half),
      ),
    ),
  );
  const both: Result = {
    passed: halves[0]!.passed + halves[1]!.passed,
    failed: halves[0]!.failed + halves[1]!.failed,
    failures: halves.flatMap((half) => half.failures ?? []),
  };
  return secondTry(both, (again) => pages('elements-again', again));
}

const outcomes = [
  ...(await Promise.all([
    step('types', () => check(['tsc', ['-p', 'tsconfig.json']])),
    step('lint and format', () => check(['oxlint', ['--deny-warnings', 'widgets', 'server', 'demo', 'test', 'vite.config.ts']], ['biome', ['format', '.']])),
    step('build and size budgets', () => check(['vite', ['build']], ['vite', ['build', '--mode', 'chat']], ['vite', ['build', '--mode', 'server']])),
    step('browser', async () => {
      process.env['CHROME_PATH'] = await fetchChrome();
      process.stdout.write(`${process.env['CHROME_PATH']}\n`);
      return { passed: 1, failed: 0 };
    }),
  ])),
  await step('mail server', async () => {
    process.env['DOVECOT_PATH'] = findDovecot();
    process.stdout.write(`${process.env['DOVECOT_PATH']}\n`);
    return { passed: 1, failed: 0 };
  }),
  await step('domain, server, end to end', vitest),
  await step('elements', elements),
];
await rm(folder, { recursive: true, force: true });

// Last, where whoever reads only the end of a long log finds it.
for (const { file, name, said } of outcomes.flatMap((outcome) => outcome.failures ?? [])) {
  process.stdout.write(`\nFAIL ${file}: ${name}\n${said.split('\n').slice(0, 6).join('\n')}\n`);
}
for (const { file, name, said } of unsteady) {
  process.stdout.write(`\nUNSTEADY, held when tried again alone: ${file}: ${name}\n${said.split('\n').slice(0, 6).join('\n')}\n`);
}
process.stdout.write('\n');
for (const { step: name, passed, failed, seconds } of outcomes) {
  process.stdout.write(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s\n`);
}
const sum = (which: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[which], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
