/** What the channel contract needs: an account of each channel, what to send, and providers that misbehave on demand. */
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ChannelAccountConfig, ChannelKind, InboundRequest, OutboundMessage, SendContext } from '../../server/channels/channel.ts';
import { buildInbound, type DemoInbound } from '../../demo/inbound.ts';

export const publicUrl = 'https://inbox.example.com';
export const now = new Date('2026-11-21T12:00:00.000Z');

const webhookSecret = 'a-webhook-secret-of-the-account';
const standardSecret = 'whsec_bG9uZyBlbm91Z2ggdG8gYmUgYSBzZWNyZXQhIQ==';
const metaCredentials = { appSecret: 'app-secret-of-meta', verifyToken: 'verify-token-of-meta', accessToken: 'access-token-of-meta' };

const parts: Record<ChannelKind, Pick<ChannelAccountConfig, 'address' | 'settings' | 'credentials'>> = {
  chat: { address: 'shop.example', settings: {}, credentials: {} },
  email: {
    address: 'support@example.com',
    settings: { fromName: 'Example', smtpHost: '127.0.0.1', smtpPort: 25, smtpSecurity: 'none' },
    credentials: { webhookSecrets: [webhookSecret], smtpUser: 'support', smtpPass: 'password-of-smtp' },
  },
  sms: { address: '+4930111111', settings: { accountSid: `AC${'0'.repeat(32)}` }, credentials: { authToken: 'auth-token-of-twilio' } },
  whatsapp: { address: '+4930222222', settings: { phoneNumberId: '100000000000001' }, credentials: metaCredentials },
  instagram: { address: '@example', settings: { instagramId: '200000000000002' }, credentials: metaCredentials },
  voice: { address: '+4930333333', settings: {}, credentials: { webhookSecrets: [webhookSecret] } },
  linkedin: { address: 'example', settings: {}, credentials: {} },
  custom: { address: 'partner', settings: { url: 'http://127.0.0.1:1/hook' }, credentials: { webhookSecrets: [standardSecret] } },
};

export function accountOf(kind: ChannelKind, settings: Record<string, unknown> = {}): ChannelAccountConfig {
  const part = parts[kind];
  return {
    id: '01930000-0000-7000-8000-000000000001',
    workspaceId: 'w',
    kind,
    ...part,
    replyKeys: ['a-key-of-the-deployment'],
    settings: { ...part.settings, ...settings },
  };
}

/** A customer's handle as each provider writes it. */
export const handleOf: Record<ChannelKind, string> = {
  chat: 'visitor',
  email: 'kim@customer.example',
  sms: '+4917012345',
  whatsapp: '+4917012345',
  instagram: '300000000000003',
  voice: '+4917012345',
  linkedin: 'kim',
  custom: 'kim',
};

/** The webhook call of a customer's message, as our route would hand it to the channel. */
export async function inboundOf(account: ChannelAccountConfig, message: Partial<DemoInbound> = {}): Promise<InboundRequest> {
  const request = await buildInbound({ from: handleOf[account.kind], text: 'Where is my order?', ...message }, account, publicUrl, now);
  if (!request) throw new Error(`${account.kind} has no webhook.`);
  return { url: request.url, headers: new Headers(request.headers), body: request.body };
}

export function outboundOf(kind: ChannelKind, change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: '01930000-0000-7000-8000-00000000000a',
    conversationId: '01930000-0000-7000-8000-00000000000b',
    to: { handle: handleOf[kind], name: 'Kim' },
    text: 'It is on its way.',
    attachments: [],
    automatic: true,
    ...change,
  };
}

export function contextOf(apiBase: string, change: Partial<SendContext> = {}): SendContext {
  return {
    fetch,
    fetchOutside: fetch,
    resolveHost: async (host) => host,
    signal: new AbortController().signal,
    now,
    publicUrl,
    apiBases: { twilio: apiBase, meta: apiBase },
    ...change,
  };
}

/** How the provider behaves: an answer, or a connection that breaks off or falls silent once it has the request. */
export type Behaviour = { status: number; headers?: Record<string, string>; body?: unknown } | 'drop' | 'silence';

export interface Faulty {
  url: string;
  port: number;
  /** Resolves when a request, or a whole mail, has arrived. */
  arrived: Promise<void>;
  received: { url: string; headers: Record<string, unknown>; body: string }[];
  close(): Promise<void>;
}

async function listening(server: Server, sockets: Set<Socket>, rest: Pick<Faulty, 'arrived' | 'received'>): Promise<Faulty> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    ...rest,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** An HTTP provider that behaves as told. */
export function httpProvider(behaviour: Behaviour): Promise<Faulty> {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const received: Faulty['received'] = [];
  const server = createHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      arrive();
      if (behaviour === 'drop') request.socket.destroy();
      else if (behaviour !== 'silence') {
        const { status, headers, body } = behaviour;
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
      }
    });
  });
  return listening(server, new Set(), { arrived, received });
}

/** What an SMTP server says at each step; `drop` ends the connection there, `silence` says nothing. */
export interface SmtpScript {
  greeting?: string;
  auth?: string;
  rcpt?: string;
  data?: string;
  end?: string;
}

/** An SMTP server that follows a script. */
export function smtpProvider(script: SmtpScript = {}): Promise<Faulty> {
  const { greeting = '220 here', auth = '235 fine', rcpt = '250 fine', data = '354 go on', end = '250 taken' } = script;
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const received: Faulty['received'] = [];
  const server = createTcp((socket) => {
    const say = (line: string) => {
      if (line === 'drop') socket.destroy();
      else if (line !== 'silence') socket.write(`${line}\r\n`);
    };
    let text = '';
    let mail: string | undefined;
    say(greeting);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n')) {
        const line = text.slice(0, at);
        text = text.slice(at + 2);
        if (mail !== undefined) {
          if (line !== '.') mail += `${line}\r\n`;
          else {
            received.push({ url: '', headers: {}, body: mail });
            mail = undefined;
            arrive();
            say(end);
          }
        } else if (/^EHLO/i.test(line)) say('250-here\r\n250 AUTH PLAIN');
        else if (/^AUTH/i.test(line)) say(auth);
        else if (/^RCPT/i.test(line)) say(rcpt);
        else if (/^DATA/i.test(line)) {
          if (data.startsWith('354')) mail = '';
          say(data);
        } else if (/^QUIT/i.test(line)) {
          say('221 bye');
          socket.end();
        } else say('250 fine');
      }
    });
  });
  return listening(server, new Set(), { arrived, received });
}
