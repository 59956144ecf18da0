/** What pages load, gzip, beside what each may weigh. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';

const folder = join(import.meta.dirname, '../../dist/widgets');

/** Bytes of a file with all that it imports at once, not on demand. */
async function weigh(entry: string, seen = new Set<string>()): Promise<number> {
  if (seen.has(entry)) return 0;
  seen.add(entry);
  const code = await readFile(join(folder, entry), 'utf8');
  const imported = [...code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, file]) => file!);
  let size = gzipSync(code, { level: 9 }).length;
  for (const file of imported) size += await weigh(file, seen);
  return size;
}

export async function benchSizes(): Promise<Measure[]> {
  for (const mode of ['production', 'chat']) await build({ mode, logLevel: 'error' });
  const launcher = await weigh('chat.js');
  const opened = [...(await readFile(join(folder, 'chat.js'), 'utf8')).matchAll(/import\(["'`]\.\/([\w.-]+\.js)["'`]\)/g)].map(([, file]) => file!);
  const seen = new Set<string>();
  await weigh('chat.js', seen);
  let panel = 0;
  for (const file of opened) panel += await weigh(file, seen);
  const line = (name: string, bytes: number, budget: number) => measure(name, bytes / 1024, budget, 'KB gzip (budget; it fails the build)');
  return [line('chat launcher', launcher, 4), line('chat panel, opened', panel, 30), line('operator inbox', await weigh('convene.js'), 80)];
}
