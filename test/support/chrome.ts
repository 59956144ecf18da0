/** Finds a Chrome or Chromium for the tests, and installs Debian's where that is possible. */
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError, errorMessage } from '../../server/process.ts';

/** Milliseconds for one step of a package's installation. */
const APT_MS = 30_000;
/** The same engine without what surrounds pages: two thirds of the processor time. */
const shells = ['chromium-headless-shell', 'chrome-headless-shell'];
const names = [...shells, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/snap/bin/chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => {
    const root = process.env[name];
    return root === undefined ? [] : [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Microsoft/Edge/Application/msedge.exe')];
  }),
];

/** What a headless browser needs to run alone, quietly, in a container as well. */
export const chromeFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The path of a Chrome or Chromium: `CHROME_PATH`, else one of the usual names and places, else Debian's, installed now.
 * @throws SetupError which says what to do where there is none
 */
export function findChrome(): string {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new SetupError(`CHROME_PATH names ${named}, which is no program.`);
  }
  const found = installed() ?? installDebian();
  if (found !== undefined) return found;
  throw new SetupError(
    'The tests of the elements need Chrome or Chromium, and none was found. Install one (Debian and Ubuntu: sudo apt-get install chromium;' +
      ' macOS: brew install --cask google-chrome), or name its program with CHROME_PATH.',
  );
}

/**
 * The same for all the tests: on a Debian of one's own the lightest is fetched where it is not there; without it any other will do.
 * @throws SetupError as findChrome does
 */
export async function fetchChrome(): Promise<string> {
  if (!process.env['CHROME_PATH'] && isOwnDebian() && !inPath(shells)) {
    const apt = (...args: string[]) => promisify(execFile)('apt-get', args, { env: aptEnv(), timeout: APT_MS });
    await apt('install', '-y', '-qq', '--no-install-recommends', shells[0]!)
      .catch(() => apt('update', '-qq').then(() => apt('install', '-y', '-qq', '--no-install-recommends', shells[0]!)))
      .catch(() => undefined);
  }
  return findChrome();
}

/** The first of some names that is a program. */
const inPath = (wanted: readonly string[]): string | undefined =>
  wanted.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find(isProgram);

const installed = (): string | undefined => inPath(names) ?? places.find(isProgram);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isOwnDebian = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version');
const aptEnv = (): NodeJS.ProcessEnv => ({ ...process.env, DEBIAN_FRONTEND: 'noninteractive' });

function installDebian(): string | undefined {
  if (!isOwnDebian()) return undefined;
  process.stdout.write("No Chrome or Chromium found; installing Debian's chromium (once)\n");
  const env = aptEnv();
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (error) {
    throw new SetupError(`Installing chromium failed (${errorMessage(error)}). Install Chrome or Chromium by hand, or name one with CHROME_PATH.`);
  }
  return installed();
}
