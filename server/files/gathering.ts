import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../process.ts';
import type { FileStore } from './store.ts';

/** The folder `incoming/` on this machine, where files lie before they are put into a store. */
export function gatheringIn(folder: string): Pick<FileStore, 'gather' | 'tidy'> {
  const incoming = join(folder, 'incoming');
  return {
    async gather() {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      return join(incoming, randomUUID());
    },
    async tidy(before) {
      for (const name of (await readdir(incoming).catch(absent)) ?? []) {
        const path = join(incoming, name);
        const found = await stat(path).catch(absent);
        if (found && found.mtime < before) await rm(path, { force: true });
      }
    },
  };
}

/** Of errors of the file system the one that says that nothing is there. */
export function absent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
