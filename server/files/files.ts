import type { Config } from '../config.ts';
import { diskStore } from './disk.ts';
import { createLinks } from './links.ts';
import { s3Store } from './s3.ts';
import type { FileLinks } from './links.ts';
import type { FileStore } from './store.ts';

/** What a process needs of files: where their bytes are, and how to link to them. */
export interface Files {
  store: FileStore;
  links: FileLinks;
}

/** @param publicUrl where links lead, without a slash at the end */
export function createFiles({ filesDir, filesS3, secret }: Pick<Config, 'filesDir' | 'filesS3' | 'secret'>, publicUrl: string): Files {
  return { store: filesS3 ? s3Store(filesS3, filesDir) : diskStore(filesDir), links: createLinks(secret, publicUrl) };
}
