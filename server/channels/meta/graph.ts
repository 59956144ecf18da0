/** What WhatsApp and Instagram share: Meta's webhook signature and challenge, and its Graph API. */
import { z } from 'zod';
import type {
  Account,
  Challenge,
  InboundRequest,
  MediaAnswer,
  MediaContext,
  MediaSource,
  ReplyWindow,
  SendContext,
  SendResult,
  TestStep,
  Verdict,
} from '../channel.ts';
import { download, isAt, refusalOf } from '../download.ts';
import { judgeStatus, post, readAnswer } from '../http.ts';
import { asObject, asString, type Json } from '../json.ts';
import { probe } from '../probe.ts';
import { sameText, verifyHub } from '../signatures.ts';

export const metaCredentials = z.object({
  /** Signs the webhooks (App Dashboard, Basic). */
  appSecret: z.string().min(8).optional(),
  /** Chosen by us, typed into Meta's webhook form, sent back in the challenge. */
  verifyToken: z.string().min(8).optional(),
  accessToken: z.string().min(8).optional(),
});
type MetaCredentials = z.infer<typeof metaCredentials>;

/** The Graph API version that requests name. */
export const graphVersion = z
  .string()
  .regex(/^v\d{1,3}\.\d$/)
  .default('v23.0');

export function verifyMeta(request: InboundRequest, account: { credentials: MetaCredentials }): Verdict {
  return verifyHub(account.credentials.appSecret ?? '', request.headers.get('x-hub-signature-256'), request.body);
}

/** Answers `GET ?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…` where the token is the account's. */
export function answerChallenge(query: URLSearchParams, account: { credentials: MetaCredentials }): Challenge {
  const token = account.credentials.verifyToken ?? '';
  const body = query.get('hub.challenge') ?? '';
  if (query.get('hub.mode') !== 'subscribe' || !/^[\w-]{1,200}$/.test(body)) return { ok: false, reason: 'This is no challenge.' };
  if (token === '' || !sameText(query.get('hub.verify_token') ?? '', token)) return { ok: false, reason: 'The verify token is wrong.' };
  return { ok: true, body };
}

const dayMs = 24 * 60 * 60 * 1000;

/** Free-form messages are allowed for 24 hours after the customer's last message (WhatsApp and Instagram policy). */
export function dayWindow(lastInboundAt: Date | null, now: Date): ReplyWindow {
  if (!lastInboundAt) return { open: false, closesAt: null };
  const closesAt = new Date(lastInboundAt.getTime() + dayMs);
  return { open: now < closesAt, closesAt };
}

/**
 * Errors that say "not now": too many calls (4, 80007), throughput reached (130429), spam rate (131048), too many to
 * one recipient (131056), and Instagram's own (613). https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
 */
const rateCodes = new Set(['4', '613', '80007', '130429', '131048', '131056']);

/** Asks the Graph API for the account's own id. */
export async function testGraph(
  id: string | undefined,
  { settings, credentials: { accessToken } }: Account<{ graphVersion: string }, MetaCredentials>,
  ctx: SendContext,
): Promise<TestStep[]> {
  if (!id || !accessToken) return [];
  const url = `${ctx.apiBases.meta}/${settings.graphVersion}/${encodeURIComponent(id)}?fields=id`;
  return [await probe('provider', ctx, { url, headers: { authorization: `Bearer ${accessToken}` } })];
}

/**
 * Posts a message to `/{sender}/messages`. `readId` finds the message's id in the answer. The Graph API takes no
 * idempotency key, so an exchange that breaks off after it began is a doubt.
 */
export async function postGraph(
  sender: string,
  payload: Json,
  account: Account<{ graphVersion: string }, MetaCredentials>,
  ctx: SendContext,
  readId: (answer: Json) => string | undefined,
): Promise<SendResult> {
  const answer = await post(
    ctx,
    `${ctx.apiBases.meta}/${account.settings.graphVersion}/${encodeURIComponent(sender)}/messages`,
    {
      authorization: `Bearer ${account.credentials.accessToken}`,
      'content-type': 'application/json',
    },
    JSON.stringify(payload),
    false,
  );
  if ('refusal' in answer) return answer.refusal;
  const body = asObject(answer.json);
  if (answer.status >= 200 && answer.status <= 299) {
    const id = readId(body);
    return id ? { ok: true, externalId: id } : { ok: false, kind: 'unknown', error: 'Meta accepted the call but named no message.' };
  }
  const error = asObject(body['error']);
  const code = asString(error['code']) ?? '';
  const details = asString(asObject(error['error_data'])['details']) ?? asString(error['message']) ?? '';
  const refusal = judgeStatus(answer, [code, details].filter(Boolean).join(' '), ctx.now, false);
  const notNow = rateCodes.has(code) || error['is_transient'] === true;
  return notNow ? { ...refusal, kind: 'retry' } : refusal;
}

/** Where Meta keeps the files of messages, besides its API; it wants the token there too. */
const isMediaHost = (url: string): boolean => URL.canParse(url) && /^https:\/\/([\w-]+\.)*fbsbx\.com$/.test(new URL(url).origin);

/**
 * Fetches a file: one that has an id by asking the Graph API where it is, which it says for five minutes; one that has an
 * address from there. The token goes to the API and to Meta's host for files, to no other.
 * https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export async function fetchMedia(source: MediaSource, account: Account<{ graphVersion: string }, MetaCredentials>, ctx: MediaContext): Promise<MediaAnswer> {
  if (source.from === 'url') return download(ctx, source.url);
  const { accessToken } = account.credentials;
  if (!accessToken) return { ok: false, kind: 'retry', error: 'The account is not set up: credentials.accessToken.' };
  const headers = { authorization: `Bearer ${accessToken}` };
  const asked = await download(ctx, `${ctx.apiBases.meta}/${account.settings.graphVersion}/${encodeURIComponent(source.mediaId)}`, {
    fetch: ctx.fetch,
    headers,
  });
  if (!asked.ok) return asked;
  let url: string | undefined;
  try {
    url = asString(asObject(await readAnswer(asked))['url']);
  } catch (error) {
    return refusalOf(error);
  }
  if (!url) return { ok: false, kind: 'retry', error: 'Meta did not say where the file is.' };
  if (isAt(url, ctx.apiBases.meta)) return download(ctx, url, { fetch: ctx.fetch, headers });
  return download(ctx, url, isMediaHost(url) ? { fetch: ctx.fetchOutside, headers } : undefined);
}
