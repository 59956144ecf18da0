import { createRequire } from 'node:module';
import { runBounded } from './bounded-worker.ts';
import { program } from './readable-worker.ts';

/** What of a page is to be read. */
export interface Readable {
  /** Its heading, else its title; empty where it has none. */
  title: string;
  /** Markdown. */
  text: string;
  /** As the page says, or empty. */
  language: string;
}

const resolve = createRequire(import.meta.url).resolve;

/**
 * Takes the readable text out of a page: its main part with headings, lists, tables and links, without menus, forms and
 * whatever is hidden. No script of the page runs and nothing is fetched; it happens in a worker, within bounded time and memory.
 * @param url where the page is, for its relative links
 * @throws Error where that was too little
 */
export function readableText(html: string, url?: string): Promise<Readable> {
  return runBounded(program, { jsdom: resolve('jsdom'), html, url });
}
