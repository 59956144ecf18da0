/** A mail account with a real SMTP server to send by, and what becomes of its mail. */
import { v7 as newId } from 'uuid';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { AddressInfo, Socket } from 'node:net';
import { webhookUrl } from '../../server/channels/channel.ts';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { operatorToken, startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { messengerOf } from './messenger.ts';
import { startProcess, until } from './pipeline.ts';
import type { World, WorldOptions } from './world.ts';

export const webhookSecret = 'a-webhook-secret-of-the-account';

/** A mail as the server got it. */
interface Got {
  to: string[];
  raw: string;
  mail: Email;
}

/** What the server says, by the name of the command; the first of each list is for the first time that it is asked. */
export interface Mood {
  /** By recipient: an answer to RCPT, such as `550 no such user`. */
  refuses?: Record<string, string[]>;
  /** Ends the connection once it has so many bytes of the mail. */
  cutsAt?: number[];
  /** Takes the whole mail, and ends the connection instead of answering. */
  fallsSilent?: boolean[];
}

export interface Post {
  port: number;
  got: Got[];
  mood: Mood;
  /** Told of each mail once it has been taken. */
  onMail?: (got: Got) => void;
  close(): Promise<void>;
}

const answered = (line: string): Error => Object.assign(new Error(line.slice(4)), { responseCode: Number(line.slice(0, 3)) });

/** A real SMTP server, in the mood that a test says. */
export async function startPost(options: SMTPServerOptions = {}): Promise<Post> {
  const sockets = new Map<string, Socket>();
  const post: Post = { port: 0, got: [], mood: {}, close: () => new Promise((resolve) => server.close(() => resolve())) };
  const cut = (session: SMTPServerSession): void => void sockets.get(`${session.remoteAddress}:${session.remotePort}`)?.destroy();
  const take = async (to: string[], raw: string, done: (error: null, words: string) => void): Promise<void> => {
    const one = { to, raw, mail: await PostalMime.parse(Buffer.from(raw, 'latin1')) };
    post.got.push(one);
    done(null, 'taken');
    post.onMail?.(one);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 500,
    onRcptTo({ address }, _session, done) {
      const line = post.mood.refuses?.[address]?.shift();
      done(line ? answered(line) : null);
    },
    onData(stream, session, done) {
      const limit = post.mood.cutsAt?.shift();
      const silent = post.mood.fallsSilent?.shift();
      let raw = '';
      stream.on('data', (chunk: Buffer) => {
        raw += chunk.toString('latin1');
        if (limit !== undefined && raw.length > limit) cut(session);
      });
      stream.on('end', () => {
        if (silent) return cut(session);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        void take(to, raw, done);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => sockets.set(`${socket.remoteAddress}:${socket.remotePort}`, socket));
  server.listen(0, '127.0.0.1');
  await new Promise<void>((resolve) => server.server.once('listening', resolve));
  post.port = (server.server.address() as AddressInfo).port;
  return post;
}

export interface Desk {
  world: World;
  token: string;
  account: string;
  address: string;
  /** Posts a raw mail to the account's webhook. */
  deliver(raw: string): Promise<number>;
  conversations(): Promise<Conversation[]>;
  items(conversationId: string): Promise<Message[]>;
  send(conversationId: string, body: Record<string, unknown>): Promise<{ status: number; body: Message }>;
  /** Waits until a message has this status. */
  reaches(message: Message, status: string, ms?: number): Promise<Message>;
}

export interface MailExchange {
  database: TestDatabase;
  api: TestApi;
  /** An account that sends by this post office. */
  desk(
    post: Pick<Post, 'port'>,
    options?: { settings?: Record<string, unknown>; credentials?: Record<string, unknown>; agent?: boolean; world?: WorldOptions; address?: string },
  ): Promise<Desk>;
  stop(): Promise<void>;
}

/** The product with a worker that sends mail for real. */
export async function startMailExchange(environment: Record<string, string> = {}): Promise<MailExchange> {
  const database = await createTestDatabase();
  const api = await startApi(database, { environment: { PRIVATE_HOSTS: '127.0.0.1', ...environment } });
  const messenger = messengerOf(api, { twilio: '', meta: '' }, api.deps.outside.resolveHost);
  const worker = await startProcess(database, { messenger });
  return {
    database,
    api,
    async desk(post, { settings = {}, credentials = {}, agent = false, world: options = {}, address = 'support@example.com' } = {}) {
      const world = await api.world(options);
      const token = await operatorToken(world);
      const account = newId();
      await api.db.sql`insert into channel_account ${api.db.sql({
        workspaceId: world.workspaceId,
        id: account,
        channel: 'email',
        name: 'Mail',
        address,
        agentId: agent ? world.agents.nova : null,
        settings: api.db.sql.json({ fromName: 'Support', smtpHost: '127.0.0.1', smtpPort: post.port, smtpSecurity: 'none', ...settings } as never),
        credentials: sealCredentials(api.deps.config.encryptionKeys, account, { webhookSecrets: [webhookSecret], ...credentials } as never),
      })}`;
      const items: Desk['items'] = async (id) => (await api.call<MessagePage>('GET', `/v1/conversations/${id}/messages?limit=100`, { token })).body.items;
      return {
        world,
        token,
        account,
        address,
        items,
        async deliver(raw) {
          const body = Buffer.from(raw, 'latin1');
          const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(webhookSecret, body, new Date()) };
          return (await api.call('POST', new URL(webhookUrl('https://x', account)).pathname, { headers, raw: new Uint8Array(body) })).status;
        },
        conversations: async () => (await api.call<{ items: Conversation[] }>('GET', '/v1/conversations', { token })).body.items,
        send: (id, body) => api.call<Message>('POST', `/v1/conversations/${id}/messages`, { token, body }),
        reaches: (message, status, ms) =>
          until(
            async () => {
              const now = (await items(message.conversationId)).find(({ id }) => id === message.id);
              return now?.delivery?.status === status && now;
            },
            status,
            ms,
          ),
      };
    },
    async stop() {
      await worker.stop();
      await api.stop();
      await database.close();
    },
  };
}
