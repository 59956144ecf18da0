import type { Config } from '../config.ts';
import { diskStore } from './disk.ts';
import { createLinks } from './links.ts';
import type { FileLinks } from './links.ts';
import type { FileStore } from './store.ts';

/** What a process needs of files: where their bytes are, and how to link to them. */
export interface Files {
  store: FileStore;
  links: FileLinks;
}

/** @param publicUrl where links lead, without a slash at the end */
export function createFiles({ filesDir, secret }: Pick<Config, 'filesDir' | 'secret'>, publicUrl: string): Files {
  return { store: diskStore(filesDir), links: createLinks(secret, publicUrl) };
}
