/** The programs that tests start by themselves, each as one file of JavaScript, as `npm start` runs it: compiling hundreds of sources anew takes most of a start. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Names the folder in which whoever began this process has built them. */
const BUILT = 'CONVENE_TEST_PROGRAMS';

const sources = {
  server: 'server/main.ts',
  demo: 'test/support/demo-child.ts',
  crash: 'test/support/crash-process.ts',
  'mail-read': 'test/support/mail-read-process.ts',
  'mail-tls': 'test/support/mail-tls-process.ts',
  media: 'test/support/media-process.ts',
  memory: 'test/support/memory-process.ts',
};

let building: Promise<string> | undefined;

/** Builds them once in this process, which removes them at its end; processes that it starts find them. @returns their folder; packages stay where they are */
export function buildPrograms(): Promise<string> {
  return (building ??= make());
}

async function make(): Promise<string> {
  // Laid out as `dist` is: the server finds the elements and its migrations beside itself.
  const folder = join(root, 'node_modules/.cache', `convene-programs-${process.pid}`);
  const outDir = join(folder, 'server');
  mkdirSync(outDir, { recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(root, 'dist/widgets'), join(folder, 'widgets'), 'dir');
  const input = Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, join(root, source)]));
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  symlinkSync(join(root, 'server/db/migrations'), join(outDir, 'migrations'), 'dir');
  process.env[BUILT] = outDir;
  return outDir;
}

/** The path of a program, built now unless it was. */
export async function programOf(name: keyof typeof sources): Promise<string> {
  return join(process.env[BUILT] ?? (await buildPrograms()), `${name}.js`);
}
