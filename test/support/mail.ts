/** A mail account whose webhook takes raw mail, and what becomes of it, through the front door. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { webhookUrl } from '../../server/channels/channel.ts';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Message } from '../../server/contract/message.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { operatorToken, startApi } from './api.ts';
import type { Answer, TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import type { World } from './world.ts';

const SECRET = 'a-webhook-secret-of-the-account';

export interface MailWorld {
  api: TestApi;
  world: World;
  token: string;
  /** Posts a raw mail as its server would. @returns the status */
  deliver(raw: string | Uint8Array): Promise<number>;
  /** A mail of HTML, from a sender of its own. @returns its message */
  html(html: string, more?: { subject?: string; headers?: string }): Promise<Message>;
  /** The newest message. */
  newest(): Promise<Message>;
  /** A page of a mail; links lead to a name that tests have not in their DNS. */
  open(url: string): Promise<Answer<unknown>>;
  stop(): Promise<void>;
}

export async function startMail(): Promise<MailWorld> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'convene-mail-'));
  const api = await startApi(database, { environment: { FILES_DIR: folder } });
  const world = await api.world({ replyMode: 'off' });
  const token = await operatorToken(world);
  const { sql } = api.db;
  const account = newId();
  await sql`insert into channel_account ${sql({
    workspaceId: world.workspaceId,
    id: account,
    channel: 'email',
    name: 'Mail',
    address: 'support@example.com',
    agentId: world.agents.nova,
    settings: sql.json({}),
    credentials: sealCredentials(api.deps.config.encryptionKeys, account, { webhookSecrets: [SECRET] } as never),
  })}`;
  const deliver: MailWorld['deliver'] = async (raw) => {
    const body = Buffer.from(raw);
    const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(SECRET, body, new Date()) };
    return (await api.call('POST', new URL(webhookUrl('https://x', account)).pathname, { headers, raw: new Uint8Array(body) })).status;
  };
  const newest = async (): Promise<Message> => {
    const [row] = await sql<
      { conversationId: string; id: string }[]
    >`select conversation_id, id from message where workspace_id = ${world.workspaceId} order by created_at desc, id desc limit 1`;
    const page = await api.call<{ items: Message[] }>('GET', `/v1/conversations/${row!.conversationId}/messages?limit=100`, { token });
    return page.body.items.find(({ id }) => id === row!.id)!;
  };
  return {
    api,
    world,
    token,
    deliver,
    newest,
    async html(html, { subject = 'Hello', headers = '' } = {}) {
      const from = `kim-${newId().slice(-8)}@customer.example`;
      const status = await deliver(
        `From: Kim <${from}>\r\nTo: support@example.com\r\nSubject: ${subject}\r\n${headers}Content-Type: text/html; charset=utf-8\r\n\r\n${html}`,
      );
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      return newest();
    },
    open: (url) => api.call('GET', url.replace(api.deps.publicUrl, '')),
    async stop() {
      await api.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
