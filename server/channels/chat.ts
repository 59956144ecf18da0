import { z } from 'zod';
import { defineChannel } from './define.ts';

/**
 * Our own chat widget. It has no provider: the visitor writes through our API, and a message is delivered by the commit
 * that lets the visitor see it. So there is no webhook to verify and nothing to send.
 */
export const chat = defineChannel({
  kind: 'chat',
  delivery: 'own',
  idempotent: true,
  limits: { maxText: 10_000, subject: false, html: false, attachments: { maxCount: 10, maxBytes: 25_000_000 } },
  settings: z.object({ title: z.string().max(100).optional() }),
  credentials: z.object({}),
  needs: { receive: [], send: [] },
  verify: () => ({ ok: false, reason: 'The chat widget takes no webhooks.' }),
  parse: () => [{ type: 'unknown', what: 'a webhook for the chat widget' }],
  send: async () => ({ ok: false, kind: 'failed', error: 'The chat widget is delivered by our own commit.' }),
});
