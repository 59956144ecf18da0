/** Finds a Chrome or Chromium for the tests, and installs Debian's where that is possible. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, errorMessage } from '../../server/process.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

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

function installed(): string | undefined {
  const inPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...inPath, ...places].find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  process.stdout.write("No Chrome or Chromium found; installing Debian's chromium (once)\n");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
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
