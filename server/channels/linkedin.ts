import { z } from 'zod';
import { defineChannel } from './define.ts';

/** LinkedIn offers no messaging API to products like this: people log what they did there, by hand or by our API. */
export const linkedin = defineChannel({
  kind: 'linkedin',
  delivery: 'none',
  idempotent: false,
  limits: { maxText: null, subject: false, html: false, attachments: null },
  settings: z.object({ profileUrl: z.url().optional() }),
  credentials: z.object({}),
  needs: { receive: [], send: [] },
  verify: () => ({ ok: false, reason: 'LinkedIn activity is logged by hand; it takes no webhooks.' }),
  parse: () => [{ type: 'unknown', what: 'a webhook for LinkedIn' }],
  send: async () => ({ ok: false, kind: 'failed', error: 'LinkedIn messages are sent by hand on LinkedIn.' }),
});
