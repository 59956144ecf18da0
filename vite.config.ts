import { cp, readFile, writeFile } from 'node:fs/promises';
import { isolatedDeclaration } from 'rolldown/experimental';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';
import { budget } from './test/support/budget.plugin.ts';
import { LongestFirst } from './test/support/longest-first.ts';
import { compactCss } from './widgets/ui/css.plugin.ts';
import { litPolicy } from './widgets/ui/lit-policy.plugin.ts';

/**
 * `dist/widgets`: one file for operators and one for customers, as ES modules that find their chunks beside them. Each is
 * built by itself: a page has one or the other, and should not load what only the other one needs.
 * @param inOne what is needed at once is one file, however many chunks need parts of it later: that packs smaller
 */
const widgets = (entry: { [name: string]: string }, emptyOutDir: boolean, inOne: boolean): UserConfig => ({
  plugins: [litPolicy(), compactCss(), budget()],
  publicDir: false,
  // The virtualiser of the thread asks for it; a library build would leave the question to the host's page.
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: {
    outDir: 'dist/widgets',
    emptyOutDir,
    target: 'es2022',
    // As a library, an import on demand stays a plain import: no preload helper that adds <link>s to the host's page.
    lib: { entry, formats: ['es'] },
    rolldownOptions: {
      output: {
        minify: true,
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: inOne ? { groups: [{ name: 'shared', tags: ['$initial'] }] } : true,
      },
    },
  },
});

/**
 * `dist/modules`: what `import 'convene/conv-pool'` finds, one module for each source. Packages stay imports by name, so that
 * the host's bundler leaves out what its page does not use, and shares Lit with elements of the host's own.
 */
const modules: UserConfig = {
  plugins: [compactCss()],
  publicDir: false,
  build: {
    outDir: 'dist/modules',
    target: 'es2022',
    minify: false,
    lib: { entry: ['widgets/index.ts', 'widgets/chat.ts'], formats: ['es'] },
    rolldownOptions: {
      // But for the compiler's helpers, which nobody has installed.
      external: /^(?!@oxc-project)[@a-z]/,
      output: { preserveModules: true, preserveModulesRoot: 'widgets', entryFileNames: '[name].js' },
    },
  },
};

/** `dist/server`: the production form without the demo, and what a host imports; packages stay in node_modules. */
const server: UserConfig = {
  plugins: [migrations(), typesOfEntry()],
  publicDir: false,
  build: {
    outDir: 'dist/server',
    target: 'node20',
    ssr: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'server/main.ts', index: 'server/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

function migrations(): Plugin {
  return {
    name: 'convene-migrations',
    writeBundle: () => cp('server/db/migrations', 'dist/server/migrations', { recursive: true }),
  };
}

/** What a host's own TypeScript reads: the entry says every type itself, so that one file tells all. */
function typesOfEntry(): Plugin {
  return {
    name: 'convene-types-of-entry',
    async writeBundle() {
      const { code, errors } = await isolatedDeclaration('server/index.ts', await readFile('server/index.ts', 'utf8'));
      if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
      await writeFile('dist/server/index.d.ts', code);
    },
  };
}

export default defineConfig(({ mode }) => ({
  ...(mode === 'server'
    ? server
    : mode === 'modules'
      ? modules
      : mode === 'chat'
        ? widgets({ chat: 'widgets/chat.ts' }, false, false)
        : widgets({ convene: 'widgets/index.ts' }, true, true)),
  test: {
    include: ['test/{domain,server,contracts,e2e,eval}/**/*.test.ts'],
    environment: 'node',
    globalSetup: 'test/support/global-setup.ts',
    pool: 'forks',
    // A worker keeps what its files have in common: loading the server anew for each took a fifth of the time.
    isolate: false,
    // Twice the cores of a small machine: much of a file is waiting for programs and pages.
    maxWorkers: 4,
    // Generous: a busy machine is no fault, and what hangs is found all the same.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Whoever asks without a pause keeps busy what it waits for.
    expect: { poll: { timeout: 15_000, interval: 100 } },
    sequence: { sequencer: LongestFirst },
    // A run that found nothing to run has proved nothing.
    passWithNoTests: false,
    allowOnly: false,
  },
}));
