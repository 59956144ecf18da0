/** Every channel with an account of its own: webhooks through the front door, stand-ins for the providers, and a worker between them. */
import { v7 as newId } from 'uuid';
import { buildInbound } from '../../demo/inbound.ts';
import type { DemoInbound } from '../../demo/inbound.ts';
import { startProviders } from '../../demo/providers.ts';
import type { Providers } from '../../demo/providers.ts';
import type { ChannelAccountConfig, ChannelKind } from '../../server/channels/channel.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { accountOf, handleOf } from '../contracts/channels-bench.ts';
import { operatorToken, startApi } from './api.ts';
import type { Answer, CallOptions, TestApi } from './api.ts';
import { messengerOf } from './messenger.ts';
import { startProcess, until } from './pipeline.ts';
import type { ProcessOptions } from './pipeline.ts';
import type { TestProcess } from './pipeline.ts';
import type { TestDatabase } from './postgres.ts';
import type { World, WorldOptions } from './world.ts';

export type Played = Exclude<ChannelKind, 'chat' | 'linkedin'>;
export const played: readonly Played[] = ['email', 'sms', 'whatsapp', 'instagram', 'voice', 'custom'];

export interface Channels {
  api: TestApi;
  world: World;
  providers: Providers;
  token: string;
  accounts: Record<Played, ChannelAccountConfig>;
  /** Posts what a provider sends, signed, to the account's webhook. */
  tell(kind: Played, inbound: Partial<DemoInbound>): Promise<void>;
  /** A request that is ready, as it is. @returns its status */
  post(url: string, headers: Record<string, string>, body: Uint8Array | string): Promise<number>;
  call<T>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  /** The conversation of a handle, and all that stands in it. */
  thread(kind: Played, handle?: string): Promise<{ conversation: Conversation; items: Message[] }>;
  /** Waits until the thread is as told. */
  seen<T>(kind: Played, handle: string, look: (thread: { conversation: Conversation; items: Message[] }) => T | false | undefined, what: string): Promise<T>;
  /** Begins to take turns and to deliver. */
  work(options?: Pick<ProcessOptions, 'model'>): Promise<TestProcess>;
  stop(): Promise<void>;
}

export async function startChannels(database: TestDatabase, options: WorldOptions = {}): Promise<Channels> {
  const api = await startApi(database);
  const world = await api.world(options);
  const providers = await startProviders();
  const { sql } = api.db;
  const token = await operatorToken(world);
  const made = await Promise.all(
    played.map(async (kind) => {
      const { smtp, custom } = providers.baseUrls;
      const settings = kind === 'email' ? { smtpHost: smtp.host, smtpPort: smtp.port } : kind === 'custom' ? { url: custom } : {};
      const account = { ...accountOf(kind, settings), id: newId(), workspaceId: world.workspaceId };
      await sql`insert into channel_account ${sql({
        workspaceId: world.workspaceId,
        id: account.id,
        channel: kind,
        name: kind,
        address: account.address,
        agentId: world.agents.nova,
        settings: sql.json(account.settings as never),
        credentials: sealCredentials(api.deps.config.encryptionKeys, account.id, account.credentials as Record<string, string>),
      })}`;
      return [kind, account] as const;
    }),
  );
  const accounts = Object.fromEntries(made) as Channels['accounts'];
  const workers: TestProcess[] = [];
  const call: Channels['call'] = (method, path, more) => api.call(method, path, { token, ...more });
  const post: Channels['post'] = async (url, headers, body) =>
    (await api.call('POST', new URL(url).pathname + new URL(url).search, { headers, raw: body as BodyInit })).status;

  const thread: Channels['thread'] = async (kind, handle = handleOf[kind]) => {
    const [row] = await sql<{ id: string }[]>`
      select m.conversation_id as id from message m join identity i on i.workspace_id = m.workspace_id and i.id = m.identity_id
      where m.workspace_id = ${world.workspaceId} and i.channel = ${kind} and i.handle = ${handle} order by m.created_at desc limit 1`;
    if (!row) throw new Error(`${handle} wrote nothing by ${kind}`);
    const [conversation, messages] = await Promise.all([
      call<Conversation>('GET', `/v1/conversations/${row.id}`),
      call<{ items: Message[] }>('GET', `/v1/conversations/${row.id}/messages?limit=100`),
    ]);
    return { conversation: conversation.body, items: messages.body.items };
  };

  return {
    api,
    world,
    providers,
    token,
    accounts,
    call,
    post,
    thread,
    async tell(kind, inbound) {
      const request = await buildInbound(
        { from: handleOf[kind], name: 'Marta', text: '', ...inbound },
        accounts[kind],
        api.deps.publicUrl,
        new Date(),
        providers.hosts,
      );
      if (!request) throw new Error(`${kind} cannot tell this`);
      const status = await post(request.url, request.headers, request.body);
      if (status !== 200) throw new Error(`the webhook of ${kind} answered ${status}`);
    },
    seen: (kind, handle, look, what) => until(async () => look(await thread(kind, handle)), what),
    async work(more = {}) {
      const { twilio, meta } = providers.baseUrls;
      const worker = await startProcess(database, {
        ...more,
        messenger: messengerOf(api, { twilio, meta }),
      });
      workers.push(worker);
      return worker;
    },
    async stop() {
      for (const worker of workers) await worker.stop();
      await providers.close();
      await api.stop();
    },
  };
}
