/** Serves the demo's pages, as a host's own web server would: strict about what they may load, and with nothing inline. */
import { readFile } from 'node:fs/promises';
import type { Package } from 'custom-elements-manifest';
import type { App } from '../server/app.ts';

/** Styles and scripts from here only, pictures, and frames of mails, also from where the server's links lead; whoever makes HTML out of text has to do so through the elements' own policy. */
const policy = (publicUrl: string, trustedTypes: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    `img-src 'self' blob: data: ${publicUrl}/`,
    `media-src 'self' blob: ${publicUrl}/`,
    `frame-src 'self' ${publicUrl}/`,
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes}`,
  ].join('; ');

const types = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' } as const;

/** Every file of the pages; nothing else of this folder is served. */
const files = [
  'index.html',
  'index.css',
  'panel.css',
  'portal.html',
  'portal.css',
  'theme-plain.css',
  'theme-contrast.css',
  'shop.html',
  'shop.css',
  'hostile.html',
  'hostile.css',
  'reference.html',
  'reference.css',
] as const;

/**
 * @param scripts by file name, bundled
 * @param publicUrl where the server's own links lead
 */
export function mountPages(app: App, scripts: Promise<ReadonlyMap<string, string>>, publicUrl: string): void {
  for (const name of files) {
    const type = types[name.slice(name.indexOf('.') + 1) as 'html' | 'css'];
    app.get(name === 'index.html' ? '/' : `/${name}`, async (c) => {
      const text = await readFile(new URL(name, import.meta.url), 'utf8');
      return c.body(text, 200, {
        'Content-Type': type,
        'Cache-Control': 'no-cache',
        'Cross-Origin-Resource-Policy': 'same-origin',
        ...(name.endsWith('.html') ? headersOf(name, publicUrl) : {}),
      });
    });
  }
  for (const name of ['index', 'portal', 'shop', 'hostile', 'reference']) {
    app.get(`/${name}.js`, async (c) =>
      c.body((await scripts).get(`${name}.js`) ?? '', 200, {
        'Content-Type': types.js,
        'Cache-Control': 'no-cache',
        'Cross-Origin-Resource-Policy': 'same-origin',
      }),
    );
  }
  let manifest: Promise<Package> | undefined;
  // Read when it is first asked for: who only looks at the demo does not wait for a compiler.
  app.get('/custom-elements.json', async (c) => c.json(await (manifest ??= import('../widgets/manifest/analyse.ts').then(({ analyse }) => analyse()))));
}

/** The hostile page is isolated from other origins too, and brings a Lit of its own, whose policy has Lit's usual name. */
function headersOf(page: string, publicUrl: string): Record<string, string> {
  if (page !== 'hostile.html') return { 'Content-Security-Policy': policy(publicUrl, 'convene-1') };
  return {
    'Content-Security-Policy': policy(publicUrl, 'convene-1 lit-html'),
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
