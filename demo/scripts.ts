/** The scripts of the demo's pages: TypeScript in this folder, bundled when the demo starts. */
import { fileURLToPath } from 'node:url';

/** Pages that have a script of their own, named as they are. */
const pages = ['index', 'portal', 'shop', 'hostile', 'reference'] as const;

/** @returns each script by its file name: `portal.js`, … */
export async function buildScripts(): Promise<ReadonlyMap<string, string>> {
  const { build } = await import('vite');
  const scripts = new Map<string, string>();
  for (const page of pages) {
    const built = await build({
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        target: 'es2022',
        minify: false,
        lib: { entry: fileURLToPath(new URL(`./${page}.ts`, import.meta.url)), formats: ['es'], fileName: () => `${page}.js` },
      },
    });
    for (const output of [built].flat()) {
      if (!('output' in output)) continue;
      for (const file of output.output) if (file.type === 'chunk') scripts.set(`${page}.js`, file.code);
    }
  }
  return scripts;
}
