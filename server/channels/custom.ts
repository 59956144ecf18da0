import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { InboundEvent, OutboundMessage, SendResult } from './channel.ts';
import { defineChannel } from './define.ts';
import { download } from './download.ts';
import { judgeStatus, post } from './http.ts';
import { asObject, asString, readJson } from './json.ts';
import { probe } from './probe.ts';
import { routeNumberOf } from './routes.ts';
import { signStandard, verifyStandard } from './signatures.ts';

const time = z.iso.datetime({ offset: true }).optional();

/** What another system posts to us; both carry an `id` of its own choosing that stays the same when it posts again. */
const incoming = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    data: z.object({
      id: z.string().min(1).optional(),
      from: z.object({ handle: z.string().min(1), name: z.string().optional() }),
      text: z.string().default(''),
      subject: z.string().optional(),
      at: time,
      inReplyTo: z.string().optional(),
      routeId: z.string().max(64).optional(),
      attachments: z
        .array(z.object({ name: z.string().optional(), type: z.string(), url: z.url({ protocol: /^https?$/ }) }))
        .max(50)
        .default([]),
    }),
  }),
  z.object({
    type: z.literal('status'),
    data: z.object({ id: z.string().min(1), status: z.enum(['sent', 'delivered', 'read', 'failed', 'bounced']), error: z.string().optional(), at: time }),
  }),
]);

function parseIncoming(body: Uint8Array, webhookId: string, now: Date): InboundEvent[] {
  const json = readJson(body);
  const result = incoming.safeParse(json);
  if (!result.success) return [{ type: 'unknown', what: `a custom payload of type ${asString(asObject(json)['type']) ?? 'none'}` }];
  const { type, data } = result.data;
  const at = data.at ? new Date(data.at) : now;
  if (type === 'status') return [{ type, externalId: data.id, messageId: data.id, status: data.status, error: data.error, at }];
  const { id, from, text, subject, inReplyTo, routeId, attachments } = data;
  return [
    {
      type,
      externalId: id ?? webhookId,
      from,
      text,
      subject,
      inReplyTo,
      at,
      chosenRoute: routeId ?? routeNumberOf(text),
      attachments: attachments.map(({ name, type: mime, url }) => ({ name, type: mime, source: { from: 'url', url } })),
    },
  ];
}

/** What we post to the other system for one message. */
function writeOutgoing(message: OutboundMessage, now: Date): string {
  const { id, conversationId, to, subject, text, html, routes, inReplyTo, attachments, automatic } = message;
  return JSON.stringify({
    type: 'message',
    timestamp: now.toISOString(),
    data: {
      id,
      conversationId,
      to,
      subject,
      text,
      html,
      routes,
      inReplyTo,
      automatic,
      attachments: attachments.map(({ name, type, url }) => ({ name, type, url })),
    },
  });
}

/**
 * A custom channel: one webhook in, one out, both after Standard Webhooks (`webhook-id`, `webhook-timestamp`,
 * `webhook-signature`). While a secret is being replaced both are valid inward, and outward we sign with both.
 * Outward the `webhook-id` is our message id, the same at every attempt, so the receiver can drop repetitions.
 */
export const custom = defineChannel({
  kind: 'custom',
  delivery: 'provider',
  idempotent: true,
  limits: { maxText: 100_000, subject: true, html: true, attachments: { maxCount: 20, maxBytes: 25_000_000 } },
  settings: z.object({ url: z.url({ protocol: /^https?$/ }).optional() }),
  credentials: z.object({
    webhookSecrets: z
      .array(z.string().regex(/^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/))
      .max(2)
      .optional(),
  }),
  needs: { receive: ['credentials.webhookSecrets'], send: ['credentials.webhookSecrets', 'settings.url'] },
  verify: (request, { credentials }, now) => verifyStandard(credentials.webhookSecrets ?? [], request.headers, request.body, now),
  parse: (request, _account, now) => parseIncoming(request.body, request.headers.get('webhook-id') ?? '', now),
  async send(message, account, ctx): Promise<SendResult> {
    const body = writeOutgoing(message, ctx.now);
    const signed = signStandard(account.credentials.webhookSecrets ?? [], message.id, Buffer.from(body), ctx.now);
    const answer = await post(
      { fetch: ctx.fetchOutside, signal: ctx.signal },
      account.settings.url ?? '',
      { ...signed, 'content-type': 'application/json' },
      body,
      true,
    );
    if ('refusal' in answer) return answer.refusal;
    if (answer.status < 200 || answer.status > 299) return judgeStatus(answer, asString(asObject(answer.json)['error']), ctx.now, true);
    return { ok: true, externalId: asString(asObject(answer.json)['id']) ?? message.id };
  },
  media: async (source, _account, ctx) =>
    source.from === 'url' ? download(ctx, source.url) : { ok: false, kind: 'failed', error: 'The file has no address.' },
  async test({ settings: { url }, credentials: { webhookSecrets = [] } }, ctx) {
    if (!url || webhookSecrets.length === 0) return [];
    const body = JSON.stringify({ type: 'ping', timestamp: ctx.now.toISOString(), data: {} });
    const signed = signStandard(webhookSecrets, `ping_${randomUUID()}`, Buffer.from(body), ctx.now);
    return [await probe('webhook', { fetch: ctx.fetchOutside, signal: ctx.signal }, { url, headers: { ...signed, 'content-type': 'application/json' }, body })];
  },
});
