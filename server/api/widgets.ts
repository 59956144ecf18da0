import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { App } from './deps.ts';
import { notFound } from './problem.ts';

/** Beside the built server, or in the project when its sources run. */
const folder =
  ['../widgets', '../../dist/widgets'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find((path) => existsSync(join(path, 'convene.js'))) ??
  fileURLToPath(new URL('../../dist/widgets', import.meta.url));

const TYPES: Record<string, string> = { js: 'text/javascript; charset=utf-8', json: 'application/json', map: 'application/json' };
/** Chunks carry a hash of what is in them. */
const HASHED = /-[\w-]{8,}\.js$/;

interface Ready {
  /** When the file was written, in milliseconds. */
  changed: number;
  plain: Buffer;
  br: Buffer;
  gzip: Buffer;
  etag: string;
}

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/**
 * The built elements, at `/widgets/`: for pages of any origin, compressed once, and kept by browsers for as long as their
 * name says what is in them.
 */
export function widgetRoutes(app: App): void {
  const files = new Map<string, Ready | Promise<Ready>>();
  app.get('/widgets/:file{[\\w.-]+}', async (c) => {
    const name = c.req.param('file');
    const type = TYPES[name.split('.').at(-1) ?? ''];
    if (!type || name.startsWith('.')) throw notFound();
    const { mtimeMs: changed } = await stat(join(folder, name)).catch(() => {
      throw notFound();
    });
    const known = await files.get(name);
    const loading = known?.changed === changed ? known : load(name, changed);
    files.set(name, loading);
    const file = await loading;
    const headers = {
      'Content-Type': type,
      ETag: file.etag,
      'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=300, stale-while-revalidate=86400',
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      Vary: 'Accept-Encoding',
    };
    if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers);
    const encoding = (['br', 'gzip'] as const).find((one) => c.req.header('accept-encoding')?.includes(one));
    return c.body(new Uint8Array(encoding ? file[encoding] : file.plain), 200, encoding ? { ...headers, 'Content-Encoding': encoding } : headers);
  });
}

async function load(name: string, changed: number): Promise<Ready> {
  const plain = await readFile(join(folder, name));
  const [br, gz] = await Promise.all([compressed.br(plain), compressed.gzip(plain)]);
  return { changed, plain, br, gzip: gz, etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` };
}
