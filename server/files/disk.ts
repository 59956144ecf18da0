import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../process.ts';
import type { BytesKey, FileStore } from './store.ts';

/** Files in a folder that nobody but this user may read: `<workspace>/<first two digits>/<sha256>`, and `incoming/` for those on their way. */
export function diskStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming');
  const pathOf = ({ workspaceId, sha256 }: BytesKey): string => join(folder, workspaceId, sha256.slice(0, 2), sha256);
  return {
    async gather() {
      await mkdir(incoming, { recursive: true, mode: 0o700 });
      return join(incoming, randomUUID());
    },
    async put(key, gathered) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(gathered, path);
      await flushFolder(dirname(path));
    },
    async open(key, span) {
      const file = await open(pathOf(key)).catch(absent);
      return file?.createReadStream(span) ?? null;
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
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

/** A name is only safe from a loss of power once its folder is written. Systems that open no folders write it by themselves. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function absent(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
