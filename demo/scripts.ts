/** The scripts of the demo's pages: TypeScript in this folder, bundled when the demo starts. */
import { fileURLToPath } from 'node:url';

/** Pages that have a script of their own, named as they are. */
const pages = ['index', 'portal', 'shop', 'hostile', 'reference'] as const;

/** @returns each script by its file name: `portal.js`, … */
export async function buildScripts(): Promise<ReadonlyMap<string, string>> {
  const { build } = await import('rolldown');
  const scripts = await Promise.all(
    pages.map(async (page) => {
      const { output } = await build({
        input: fileURLToPath(new URL(`./${page}.ts`, import.meta.url)),
        platform: 'browser',
        write: false,
        logLevel: 'silent',
        transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
        output: { format: 'es', codeSplitting: false },
      });
      return [`${page}.js`, output[0].code] as const;
    }),
  );
  return new Map(scripts);
}
