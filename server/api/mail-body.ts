/** The HTML of mails, each as a page of its own with a policy of its own, for whoever has a link to it. */
import { randomBytes } from 'node:crypto';
import { isForwarded } from '../channels/email/quote.ts';
import { endpoints } from '../contract/endpoints.ts';
import { mailOf } from '../db/message-view.ts';
import { rememberPictures, showsPictures } from '../db/picture-senders.ts';
import { mailKey } from '../files/links.ts';
import type { ApiDeps, App } from './deps.ts';
import { mailPage } from './mail-page.ts';
import { notFound, ProblemError } from './problem.ts';
import { mount } from './route.ts';

/**
 * `GET /mail/:workspace/:message`. Pictures of other sites are left out unless `images=1` asks for them, or the team has
 * said so of the sender. The page is of no
 * origin, runs one script of ours, and reaches nothing but the mail's own files.
 */
export function mailBodyRoutes(app: App, deps: ApiDeps): void {
  const { db, config, files, publicUrl } = deps;
  const own = `${publicUrl}/files/`;
  const ancestors = ["'self'", new URL(publicUrl).origin, ...config.allowedOrigins].join(' ');

  mount(app, deps, endpoints.showPictures, async ({ change, caller, params, body }) => {
    if (!(await change((unit) => rememberPictures(unit, params.id, body.always, caller.id)))) throw notFound();
  });

  app.get('/mail/:workspace/:message', async (c) => {
    c.set('route', '/mail/:workspace/:message');
    const { workspace, message } = c.req.param();
    const link = { expires: c.req.query('expires') ?? '', signature: c.req.query('signature') ?? '' };
    const held = files.links.verify(mailKey(workspace, message), link, Date.now());
    if (held === 'wrong') throw notFound();
    if (held === 'expired') throw new ProblemError('forbidden', 'This link has expired. Open the conversation again.');
    const mail = await mailOf(db.sql, workspace, message);
    if (!mail) throw notFound();
    const always = await showsPictures(db.sql, workspace, message);
    const remote = always || c.req.query('images') === '1';
    const nonce = randomBytes(16).toString('base64');
    const page = mailPage({ mail, linkOf: (file) => files.links.show(file).url, remote, always, folds: !isForwarded(mail.subject ?? ''), nonce });
    return c.body(page, 200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        `img-src ${own} data:${remote ? ' https:' : ''}`,
        "style-src 'unsafe-inline'",
        `script-src 'nonce-${nonce}'`,
        "base-uri 'none'",
        "form-action 'none'",
        'sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox',
        `frame-ancestors ${ancestors}`,
      ].join('; '),
      'Cross-Origin-Resource-Policy': 'cross-origin',
      // Other sites do not say that their pictures may be embedded; they are then asked for without cookies.
      'Cross-Origin-Embedder-Policy': remote ? 'credentialless' : 'require-corp',
      'Cache-Control': 'private, no-store',
    });
  });
}
