/** `npm run demo`: makes one program of the demo's sources and the server's, which starts in a third of the time that loading each by itself takes, and runs it. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';

const folder = fileURLToPath(new URL('../node_modules/.cache/convene-demo/', import.meta.url));

/** What lies beside a source is found from there, wherever the program is. */
const ownPlace = {
  name: 'convene-own-place',
  transform: {
    filter: { code: /import\.meta\.url/ },
    handler: (/** @type {string} */ code, /** @type {string} */ id) => ({ code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)), map: null }),
  },
};

await build({
  input: fileURLToPath(new URL('./main.ts', import.meta.url)),
  platform: 'node',
  // Packages stay where they are.
  external: /^(?![./\\]|[a-z]:)/i,
  plugins: [ownPlace],
  logLevel: 'warn',
  output: { dir: folder, format: 'es', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: '[name].js' },
});
await import(pathToFileURL(join(folder, 'main.js')).href);
