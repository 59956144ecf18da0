/** A project of somebody else that has installed the package: a sample's sources, with what it imports beside them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Package } from 'custom-elements-manifest';
import { build } from 'vite';
import type { Rolldown } from 'vite';
import { writeTypings } from './typings.ts';

const root = join(import.meta.dirname, '../..');

/** What each sample has installed beside the package itself, to be compiled and to be built. */
const compiledWith = { react: ['@types/react', 'csstype'], vue: ['vue'], svelte: ['svelte'] } as const;
const builtWith: Record<Sample, readonly string[]> = {
  react: ['react', 'react-dom'],
  vue: ['vue', '@vitejs/plugin-vue'],
  svelte: ['svelte', '@sveltejs/vite-plugin-svelte'],
};

export type Sample = keyof typeof compiledWith;

/** Without the compiler's API since its seventh, what reads templates takes the one that the analyzer brings. */
const olderTypeScript = join(root, 'node_modules/@custom-elements-manifest/analyzer/node_modules/typescript');

const checks: Record<Sample, readonly string[]> = {
  react: [join(root, 'node_modules/typescript/bin/tsc')],
  vue: ['-e', `require(${JSON.stringify(join(root, 'node_modules/vue-tsc'))}).run(${JSON.stringify(join(olderTypeScript, 'lib/tsc.js'))})`, '--'],
  svelte: [
    '-e',
    `const { Module } = require('node:module'), known = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) { return known.call(this, name.replace(/^typescript(?=\\/|$)/, ${JSON.stringify(olderTypeScript)}), ...rest); };
    process.argv.splice(1, 0, 'svelte-check');
    require(${JSON.stringify(join(root, 'node_modules/svelte-check/bin/svelte-check'))});`,
    '--',
    '--output',
    'human',
    '--fail-on-warnings',
  ],
};

/** A folder of its own with a sample's sources, and with what it has installed. The caller removes it. */
async function install(sample: Sample, names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `convene-embed-${sample}-`));
  await cp(join(root, `test/fixtures/embed-${sample}`), folder, { recursive: true });
  for (const name of names) {
    const path = join(folder, 'node_modules', name);
    await mkdir(dirname(path), { recursive: true });
    await symlink(join(root, 'node_modules', name), path, 'dir');
  }
  return folder;
}

/** @returns what the compiler says of a sample, nothing where it is content, and the manifest that its typings are from */
export async function compileSample(sample: Sample): Promise<{ readonly said: string; readonly manifest: Package }> {
  const folder = await install(sample, compiledWith[sample]);
  const modules = join(folder, 'node_modules');
  const manifest = await writeTypings(join(modules, 'convene/dist'));
  await cp(join(root, 'package.json'), join(modules, 'convene/package.json'));
  const compiler = spawn(process.execPath, [...checks[sample]], { cwd: folder });
  let said = '';
  for (const stream of [compiler.stdout, compiler.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(compiler, 'close')) as [number | null];
  await rm(folder, { recursive: true, force: true });
  return { said: code === 0 ? '' : said || `ended with ${code}`, manifest };
}

/**
 * The page that a sample's own bundler makes of it and of the package, as `dist/modules` has it.
 * @param base the path at which the page will be served, with a slash at its end
 * @returns each file by its path
 */
export async function buildSample(sample: Sample, base: string): Promise<ReadonlyMap<string, string>> {
  const folder = await install(sample, builtWith[sample]);
  await symlink(root, join(folder, 'node_modules/convene'), 'dir');
  try {
    const { output } = (await build({ root: folder, base, logLevel: 'silent', build: { write: false, modulePreload: false } })) as Rolldown.RolldownOutput;
    return new Map(output.map((file) => [`${base}${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
