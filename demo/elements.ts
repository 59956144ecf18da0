/** Builds the elements for the demo when they are missing or older than their sources. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const built = ['dist/widgets/convene.js', 'dist/widgets/chat.js'];
const sources = ['widgets', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'];

/** @param onProgress told when there is something to build, which takes a second or two */
export async function buildElements(onProgress: (line: string) => void): Promise<void> {
  const times = await Promise.all(built.map(newest));
  const oldest = Math.min(...times);
  const changed = Math.max(...(await Promise.all(sources.map(newest))));
  if (oldest > changed) return;
  onProgress('Building the elements');
  const { build } = await import('vite');
  await build({ logLevel: 'error' });
  await build({ logLevel: 'error', mode: 'chat' });
}

/** The last change of a file, or of anything in a folder, in milliseconds; 0 where there is nothing. */
async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = await readdir(path);
  return Math.max(0, ...(await Promise.all(inside.map((name) => newest(join(path, name))))));
}
