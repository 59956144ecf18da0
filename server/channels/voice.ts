import { z } from 'zod';
import type { InboundEvent } from './channel.ts';
import { defineChannel } from './define.ts';
import { asObject, asString, readJson } from './json.ts';
import { verifyOwn } from './signatures.ts';

/**
 * What a telephone system posts while a call runs and once more when it has ended. Every report holds the whole
 * transcript so far, so that reports may be lost, repeated or overtake one another; the highest `revision` counts.
 */
const report = z.object({
  callId: z.string().min(1).max(400),
  revision: z.number().int().nonnegative(),
  direction: z.enum(['inbound', 'outbound']).default('inbound'),
  from: z.string().min(1),
  name: z.string().optional(),
  startedAt: z.iso.datetime({ offset: true }),
  turns: z
    .array(
      z.object({
        speaker: z.enum(['contact', 'agent', 'operator']),
        name: z.string().optional(),
        text: z.string(),
        atSeconds: z.number().nonnegative(),
      }),
    )
    .max(5_000)
    .default([]),
  ended: z.boolean().default(false),
  durationSeconds: z.number().nonnegative().optional(),
  recordingUrl: z.url({ protocol: /^https$/ }).optional(),
  note: z.string().optional(),
});

function parseReport(body: Uint8Array): InboundEvent[] {
  const json = readJson(body);
  const result = report.safeParse(json);
  if (!result.success) {
    const type = asString(asObject(json)['type']);
    return [{ type: 'unknown', what: `a voice payload${type ? ` of type ${type}` : ''} that is no call report` }];
  }
  const { callId, from, name, startedAt, ...call } = result.data;
  return [{ type: 'call', externalId: callId, from: { handle: from, name }, startedAt: new Date(startedAt), ...call }];
}

/**
 * Telephone calls, from any system that can post JSON (`report` above) signed with `X-Convene-Signature`. Calls are
 * shown as transcripts; nothing can be sent.
 */
export const voice = defineChannel({
  kind: 'voice',
  delivery: 'none',
  idempotent: false,
  limits: { maxText: null, subject: false, html: false, attachments: null },
  settings: z.object({}),
  credentials: z.object({ webhookSecrets: z.array(z.string().min(16)).max(2).optional() }),
  needs: { receive: ['credentials.webhookSecrets'], send: [] },
  verify: (request, { credentials }, now) => verifyOwn(credentials.webhookSecrets ?? [], request.headers.get('x-convene-signature'), request.body, now),
  parse: (request) => parseReport(request.body),
  send: async () => ({ ok: false, kind: 'failed', error: 'A telephone call takes no written message.' }),
});
