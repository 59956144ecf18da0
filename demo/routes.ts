/** Calls that only the demo has: tokens, the seed put back, messages played through the real webhooks, and the outbox. */
import { z } from 'zod';
import { check, readQuery } from '../server/api/body.ts';
import { notFound } from '../server/api/problem.ts';
import type { App, AppDeps } from '../server/app.ts';
import { Channel } from '../server/contract/common.ts';
import { operatorToken, people, visitorToken } from './host.ts';
import { Stage } from './play.ts';
import type { Providers } from './providers.ts';
import { reseed } from './seed/index.ts';
import type { SeedOptions } from './seed/index.ts';

const TokenQuery = z.strictObject({ as: z.enum(Object.keys(people) as [keyof typeof people]) });
const VisitorQuery = z.strictObject({ as: z.string().trim().min(1).max(320) });
const ChannelQuery = z.strictObject({ channel: Channel.optional() });
const MailQuery = z.strictObject({ id: z.string().min(1).max(1_000) });

interface DemoDeps extends AppDeps {
  providers: Providers;
  /** What the seed is made of, but the time. */
  seed: Omit<SeedOptions, 'now'>;
}

/** What a browser may show of the files that passed through the stand-ins; others are only saved. */
const viewable = /^(image\/(png|jpeg|gif|webp|avif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;
const closed = { 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-store' };

/** Adds the demo's routes to the app. */
export function mountDemo(app: App, deps: DemoDeps): void {
  const { config, db, providers } = deps;
  const stage = new Stage(deps);

  app.get('/demo/token', async (c) => c.json({ token: await operatorToken(config.secret, check(TokenQuery, readQuery(c)).as) }));

  app.get('/demo/visitor-token', async (c) => c.json({ token: await visitorToken(config.secret, check(VisitorQuery, readQuery(c)).as) }));

  app.get('/demo/outbox', (c) => c.json({ items: providers.outbox(check(ChannelQuery, readQuery(c)).channel) }));

  app.get('/demo/played', (c) => c.json({ items: stage.list(check(ChannelQuery, readQuery(c)).channel) }));

  app.post('/demo/inbound', async (c) => c.json({ status: await stage.play(c.req.raw) }));

  app.post('/demo/reset', async (c) => {
    await reseed(db, { ...deps.seed, now: new Date() });
    providers.clear();
    stage.clear();
    return c.json({ ok: true });
  });

  /** The HTML of a mail that arrived, which runs nothing and loads nothing. */
  app.get('/demo/mail', (c) => {
    const { id } = check(MailQuery, readQuery(c));
    const html = providers.outbox('email').find((item) => item.messageId === id)?.html;
    if (html === undefined) throw notFound();
    const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'";
    return c.body(html, 200, { ...closed, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy });
  });

  app.get('/demo/media/:id', (c) => {
    const file = providers.media.find(c.req.param('id'));
    if (!file) throw notFound();
    const shown = viewable.test(file.type);
    return c.body(new Uint8Array(file.bytes), 200, {
      ...closed,
      'Content-Type': shown ? file.type : 'application/octet-stream',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Content-Disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });
}
