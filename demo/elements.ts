/** Builds the elements for the demo when they are missing or older than their sources, in a process of its own. */
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');

const built = ['dist/widgets/convene.js', 'dist/widgets/chat.js'];
const sources = ['widgets', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

/** @param onProgress told when there is something to build, which takes a second or two */
export async function buildElements(onProgress: (line: string) => void): Promise<void> {
  const times = await Promise.all(built.map(newest));
  const oldest = Math.min(...times);
  const changed = Math.max(...(await Promise.all(sources.map(newest))));
  if (oldest > changed) return;
  onProgress('Building the elements');
  // One after the other: the first empties the folder.
  for (const mode of ['production', 'chat']) await run(process.execPath, [vite, 'build', '--mode', mode, '--logLevel', 'error']);
}

/** The last change of a file, or of anything in a folder, in milliseconds; 0 where there is nothing. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(0, ...(await Promise.all(inside.map((name) => newest(join(path, name))))));
}
