import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { absent, gatheringIn } from './gathering.ts';
import { nameOf } from './store.ts';
import type { BytesKey, FileStore } from './store.ts';

/** Files in a folder that nobody but this user may read: `<workspace>/<first two digits>/<sha256>`, and `incoming/` for those on their way. */
export function diskStore(folder: string): FileStore {
  const pathOf = (key: BytesKey): string => join(folder, key.workspaceId, key.sha256.slice(0, 2), nameOf(key));
  return {
    ...gatheringIn(folder),
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
