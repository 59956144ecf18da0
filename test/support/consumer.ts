/** A project of somebody else that has installed the package: a sample's sources, with what it imports beside them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Package } from 'custom-elements-manifest';
import { writeTypings } from './typings.ts';

const root = join(import.meta.dirname, '../..');

/** What each sample has installed beside the package itself. */
const installed = { react: ['@types/react', 'csstype'], vue: ['vue'], svelte: ['svelte'] } as const;

/** Without the compiler's API since its seventh, what reads templates takes the one that the analyzer brings. */
const olderTypeScript = join(root, 'node_modules/@custom-elements-manifest/analyzer/node_modules/typescript');

const checks: Record<keyof typeof installed, readonly string[]> = {
  react: [join(root, 'node_modules/typescript/bin/tsc')],
  vue: ['-e', `require(${JSON.stringify(join(root, 'node_modules/vue-tsc'))}).run(${JSON.stringify(join(olderTypeScript, 'lib/tsc.js'))})`, '--'],
  svelte: [
    '-e',
    `const { Module } = require('node:module'), known = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) { return known.call(this, name.replace(/^typescript(?=\\/|$)/, ${JSON.stringify(olderTypeScript)}), ...rest); };
    process.argv.splice(1, 0, 'svelte-check');
    require(${JSON.stringify(join(root, 'node_modules/svelte-check/bin/svelte-check'))});`,
    '--', '--output', 'human', '--fail-on-warnings',
  ],
};

/** @returns what the compiler says of a sample, nothing where it is content, and the manifest that its typings are from */
export async function compileSample(sample: keyof typeof installed): Promise<{ readonly said: string; readonly manifest: Package }> {
  const folder = await mkdtemp(join(tmpdir(), `convene-embed-${sample}-`));
  const modules = join(folder, 'node_modules');
  await cp(join(root, `test/fixtures/embed-${sample}`), folder, { recursive: true });
  for (const name of installed[sample]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  const manifest = await writeTypings(join(modules, 'convene/dist'));
  await cp(join(root, 'package.json'), join(modules, 'convene/package.json'));
  const compiler = spawn(process.execPath, [...checks[sample]], { cwd: folder });
  let said = '';
  for (const stream of [compiler.stdout, compiler.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(compiler, 'close')) as [number | null];
  await rm(folder, { recursive: true, force: true });
  return { said: code === 0 ? '' : said || `ended with ${code}`, manifest };
}
