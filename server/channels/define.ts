import type { z } from 'zod';
import type {
  Account,
  Challenge,
  Channel,
  ChannelAccountConfig,
  ChannelLimits,
  InboundEvent,
  InboundRequest,
  MediaAnswer,
  MediaContext,
  MediaSource,
  OutboundMessage,
  SendContext,
  SendResult,
  TestStep,
  Verdict,
} from './channel.ts';
import { cleanEvent, cleanText } from './clean.ts';

/** A key of an account's settings or credentials, as `missing` names it. */
type Need<Settings, Credentials> = `settings.${Extract<keyof Settings, string>}` | `credentials.${Extract<keyof Credentials, string>}`;

/** A channel written against its own settings and credentials; `defineChannel` sees to the checks that all share. */
interface Definition<Settings, Credentials>
  extends Omit<Channel, 'settings' | 'credentials' | 'missing' | 'verify' | 'challenge' | 'parse' | 'send' | 'media' | 'test'> {
  settings: z.ZodType<Settings>;
  credentials: z.ZodType<Credentials>;
  /** What must be filled in before an account may receive or send; the schemas leave these optional. */
  needs: { receive: Need<Settings, Credentials>[]; send: Need<Settings, Credentials>[] };
  verify(request: InboundRequest, account: Account<Settings, Credentials>, now: Date): Verdict;
  challenge?(query: URLSearchParams, account: Account<Settings, Credentials>): Challenge;
  parse(request: InboundRequest, account: Account<Settings, Credentials>, now: Date): InboundEvent[] | Promise<InboundEvent[]>;
  send(message: OutboundMessage, account: Account<Settings, Credentials>, ctx: SendContext): Promise<SendResult>;
  media?(source: MediaSource, account: Account<Settings, Credentials>, ctx: MediaContext): Promise<MediaAnswer>;
  test?(account: Account<Settings, Credentials>, ctx: SendContext): Promise<TestStep[]>;
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isFilled) : value !== undefined && value !== null && value !== '';
}

/** Why a message is more than a channel takes, in words; undefined when it is not. */
function overLimit(message: OutboundMessage, { maxText, attachments }: ChannelLimits): string | undefined {
  const { text, attachments: files } = message;
  if (maxText !== null && text.length > maxText) return `The text has ${text.length} characters; ${maxText} are allowed here.`;
  const { maxCount, maxBytes } = attachments ?? { maxCount: 0, maxBytes: 0 };
  if (files.length > maxCount) return `The message has ${files.length} files; ${maxCount} are allowed here.`;
  const large = files.find((file) => file.bytes.length > maxBytes);
  return large && `${large.name} has ${large.bytes.length} bytes; ${maxBytes} are allowed here.`;
}

/** A provider's words without any credential that they may repeat, on one line and of bounded length. */
function withoutSecrets(error: string, credentials: Record<string, unknown>): string {
  const secrets = Object.values(credentials)
    .flat()
    .filter((value) => typeof value === 'string' && value.length >= 4) as string[];
  return cleanText(secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), error).replace(/\s+/g, ' '), 500);
}

/**
 * Makes a channel of its definition. Around it stand, once for all channels: the check of settings and credentials,
 * the refusal of accounts that lack a secret, the limits on what goes out, the cleaning of what came in, secrets kept out
 * of errors, and the last resort that turns a fault of a parser into an `unknown` event and a fault of a sender into an `unknown` outcome.
 */
export function defineChannel<Settings extends Record<string, unknown>, Credentials extends Record<string, unknown>>(
  definition: Definition<Settings, Credentials>,
): Channel {
  const { needs, verify, challenge, parse, send, media, test, ...rest } = definition;

  function check(config: ChannelAccountConfig): { account?: Account<Settings, Credentials>; wrong: string[] } {
    const settings = definition.settings.safeParse(config.settings);
    const credentials = definition.credentials.safeParse(config.credentials);
    if (settings.success && credentials.success) {
      return { account: { ...config, settings: settings.data, credentials: credentials.data }, wrong: [] };
    }
    const paths = (part: string, error: z.ZodError | undefined) => (error?.issues ?? []).map((issue) => [part, ...issue.path].join('.'));
    return { wrong: [...paths('settings', settings.error), ...paths('credentials', credentials.error)] };
  }

  function missing(config: ChannelAccountConfig, purpose: 'receive' | 'send'): string[] {
    const { account, wrong } = check(config);
    if (!account) return wrong;
    return needs[purpose].filter((need) => {
      const [part, key] = need.split('.') as ['settings' | 'credentials', string];
      return !isFilled((account[part] as Record<string, unknown>)[key]);
    });
  }

  /** The account when it is complete for this purpose, else the reason why it is refused. */
  function ready(config: ChannelAccountConfig, purpose: 'receive' | 'send') {
    const lacks = missing(config, purpose);
    const { account } = check(config);
    if (!account || lacks.length > 0) return { reason: `The account is not set up: ${lacks.join(', ')}.` };
    return { account };
  }

  return {
    ...rest,
    missing,
    verify(request, config, now) {
      const { account, reason } = ready(config, 'receive');
      if (!account) return { ok: false, reason };
      return verify(request, account, now);
    },
    ...(challenge && {
      challenge(query: URLSearchParams, config: ChannelAccountConfig): Challenge {
        const { account, reason } = ready(config, 'receive');
        if (!account) return { ok: false, reason };
        return challenge(query, account);
      },
    }),
    async parse(request, config, now) {
      const { account, reason } = ready(config, 'receive');
      if (!account) return [{ type: 'unknown', what: reason }];
      try {
        return (await parse(request, account, now)).map((event) => cleanEvent(event, now));
      } catch {
        return [{ type: 'unknown', what: 'a payload that could not be read' }];
      }
    },
    ...(media && {
      async media(source: MediaSource, config: ChannelAccountConfig, ctx: MediaContext): Promise<MediaAnswer> {
        const { account, reason } = ready(config, 'receive');
        if (!account) return { ok: false, kind: 'retry', error: reason };
        try {
          const answer = await media(source, account, ctx);
          return answer.ok ? answer : { ...answer, error: withoutSecrets(answer.error, account.credentials) };
        } catch {
          return { ok: false, kind: 'retry', error: 'The attempt ended without an answer.' };
        }
      },
    }),
    ...(test && {
      async test(config: ChannelAccountConfig, ctx: SendContext): Promise<TestStep[]> {
        const { account } = check(config);
        if (!account) return [];
        try {
          return (await test(account, ctx)).map((step) => ({ ...step, detail: withoutSecrets(step.detail, account.credentials) }));
        } catch {
          return [{ name: 'provider', ok: false, detail: 'The attempt ended without an answer.' }];
        }
      },
    }),
    async send(message, config, ctx) {
      const { account, reason } = ready(config, 'send');
      if (!account) return { ok: false, kind: 'failed', error: reason };
      const tooMuch = overLimit(message, definition.limits);
      if (tooMuch) return { ok: false, kind: 'failed', error: tooMuch };
      if (ctx.signal.aborted) return { ok: false, kind: 'retry', error: 'Stopped before anything was sent.' };
      try {
        const result = await send(message, account, ctx);
        return result.ok ? result : { ...result, error: withoutSecrets(result.error, account.credentials) };
      } catch {
        return { ok: false, kind: definition.idempotent ? 'retry' : 'unknown', error: 'The attempt ended without an answer.' };
      }
    },
  };
}
