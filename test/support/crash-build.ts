/** The working process as one file of JavaScript: it starts in a third of the time, and a proof starts hundreds. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

let built: Promise<string> | undefined;

/** Builds it once in this process. @returns its path; packages stay where they are */
export function crashProgram(): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outDir = join(root, 'node_modules', '.cache', `convene-crash-${process.pid}`);
  built ??= build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { input: { crash: join(root, 'test/support/crash-process.ts') }, output: { entryFileNames: '[name].js' } },
    },
  }).then(() => join(outDir, 'crash.js'));
  return built;
}
