/** `npm test`: everything, in order, with one closing line that says how it went. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '../../server/process.ts';
import { findChrome } from './chrome.ts';
import { findDovecot } from './dovecot.ts';
import { freePort } from './free-port.ts';

/** How one step went. A skipped test counts as failed: nothing passes by not being tried. */
interface Outcome {
  step: string;
  passed: number;
  failed: number;
  seconds: number;
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
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

async function step(name: string, work: () => Promise<{ passed: number; failed: number }>): Promise<Outcome> {
  process.stdout.write(`\n== ${name}\n`);
  const begun = performance.now();
  const counts = await work().catch((error: unknown) => {
    process.stdout.write(`${errorMessage(error)}\n`);
    return { passed: 0, failed: 1 };
  });
  return { step: name, ...counts, seconds: (performance.now() - begun) / 1000 };
}

/** A step that is one check: it holds or it does not. */
async function check(...programs: [string, string[]][]): Promise<{ passed: number; failed: number }> {
  for (const [program, args] of programs) {
    if ((await run(program, args, 5 * minute)) !== 0) return { passed: 0, failed: 1 };
  }
  return { passed: 1, failed: 0 };
}

/** A runner that leaves its counts in a file. Exit code and counts must both be good, and something must have run. */
async function runner(
  program: string,
  args: string[],
  file: string,
  read: (text: string) => Counts,
): Promise<Omit<Outcome, 'step' | 'seconds'>> {
  const code = await run(program, args, 12.5 * minute, { TEST_SUMMARY: file });
  if (!existsSync(file)) throw new Error(`${program} left no counts`);
  const { passed, failed, skipped } = read(await readFile(file, 'utf8'));
  if (passed + failed === 0) throw new Error(`${program} ran no test`);
  if (skipped > 0) process.stdout.write(`${skipped} tests were skipped, which counts as failing\n`);
  const bad = failed + skipped;
  return { passed, failed: bad === 0 && code !== 0 ? 1 : bad };
}

function vitestCounts(text: string): Counts {
  const report = JSON.parse(text) as Record<
    'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests' | 'numFailedTestSuites',
    number
  >;
  const failed = report.numFailedTests === 0 ? report.numFailedTestSuites : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
}

const folder = await mkdtemp(join(tmpdir(), 'convene-verify-'));
const counts = (name: string): string => join(folder, `${name}.json`);
const vitestArgs = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${counts('vitest')}`];

/** In two browsers at once, since in one each page has to be in front: a core would be left idle. */
async function elements(): Promise<{ passed: number; failed: number }> {
  const files = readdirSync('test/widgets').filter((name) => name.endsWith('.test.ts')).map((name) => `test/widgets/${name}`);
  const halves = await Promise.all([0, 1].map(async (half) => runner(
    'web-test-runner',
    ['--config', 'test/support/wtr.config.mjs', '--port', String(await freePort()), '--files', ...files.filter((_, at) => at % 2 === half)],
    counts(`elements-${half}`),
    (text) => JSON.parse(text) as Counts,
  )));
  return { passed: halves[0]!.passed + halves[1]!.passed, failed: halves[0]!.failed + halves[1]!.failed };
}

const outcomes = [
  ...(await Promise.all([
    step('types', () => check(['tsc', ['-p', 'tsconfig.json']])),
    step('lint', () => check(['oxlint', ['--deny-warnings', 'widgets', 'server', 'demo', 'test', 'vite.config.ts']])),
    step('build and size budgets', () => check(['vite', ['build']], ['vite', ['build', '--mode', 'chat']], ['vite', ['build', '--mode', 'server']])),
  ])),
  await step('browser', async () => {
    process.env['CHROME_PATH'] = findChrome();
    process.stdout.write(`${process.env['CHROME_PATH']}\n`);
    return { passed: 1, failed: 0 };
  }),
  await step('mail server', async () => {
    process.env['DOVECOT_PATH'] = findDovecot();
    process.stdout.write(`${process.env['DOVECOT_PATH']}\n`);
    return { passed: 1, failed: 0 };
  }),
  await step('domain, server, end to end', () => runner('vitest', vitestArgs, counts('vitest'), vitestCounts)),
  await step('elements', elements),
];
await rm(folder, { recursive: true, force: true });

process.stdout.write('\n');
for (const { step: name, passed, failed, seconds } of outcomes) {
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed, ${seconds.toFixed(1)} s\n`,
  );
}
const sum = (which: 'passed' | 'failed'): number => outcomes.reduce((total, outcome) => total + outcome[which], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') === 0 ? 0 : 1;
