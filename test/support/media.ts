/** The front door with accounts of every provider, what they post there, and a host on this machine that keeps their files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import type { Fetch } from '../../server/channels/channel.ts';
import { makeOutsideFetch } from '../../server/channels/outside.ts';
import { signHub, signOwn, signStandard, signTwilio } from '../../server/channels/signatures.ts';
import type { Message, MessagePage } from '../../server/contract/message.ts';
import type { Credentials } from '../../server/contract/settings.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepBeating } from '../../server/pipeline/jobs.ts';
import { startMedia } from '../../server/pipeline/media.ts';
import type { MediaDeps } from '../../server/pipeline/media.ts';
import { operatorToken, startApi } from './api.ts';
import type { TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import type { World } from './world.ts';

/** Bytes of the largest file. */
export const MOST = 100_000;

type Kind = 'email' | 'sms' | 'whatsapp' | 'instagram' | 'custom';

const SECRETS = {
  own: 'a-webhook-secret-of-the-account',
  standard: 'whsec_bG9uZyBlbm91Z2ggdG8gYmUgYSBzZWNyZXQhIQ==',
  twilio: 'auth-token-of-twilio',
  app: 'app-secret-of-meta',
  access: 'access-token-of-meta',
};
const SID = `AC${'0'.repeat(32)}`;
export const TWILIO_AUTH = `Basic ${Buffer.from(`${SID}:${SECRETS.twilio}`).toString('base64')}`;
export const META_AUTH = `Bearer ${SECRETS.access}`;

const meta: Credentials = { appSecret: SECRETS.app, verifyToken: 'verify-token-of-meta', accessToken: SECRETS.access };
const accounts: Record<Kind, { settings: Record<string, string>; credentials: Credentials; address: string }> = {
  email: { address: 'support@morrow.example', settings: {}, credentials: { webhookSecrets: [SECRETS.own] } },
  sms: { address: '+4930111111', settings: { accountSid: SID }, credentials: { authToken: SECRETS.twilio } },
  whatsapp: { address: '+4930222222', settings: { phoneNumberId: '100000000000001' }, credentials: meta },
  instagram: { address: '@morrow', settings: { instagramId: '200000000000002' }, credentials: meta },
  custom: { address: 'partner', settings: {}, credentials: { webhookSecrets: [SECRETS.standard] } },
};

/** One request that the host got. */
interface Asked {
  path: string;
  host: string;
  authorization: string | undefined;
}

/** A host that keeps files: answers as told, by path, and remembers who asked. */
export async function startKeeper(address = '127.0.0.1') {
  const asked: Asked[] = [];
  const answers = new Map<string, (response: ServerResponse, headers: IncomingHttpHeaders) => void>();
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, host: headers.host ?? '', authorization: headers.authorization });
    const answer = answers.get(url.split('?')[0]!);
    if (answer) answer(response, headers);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    port,
    url: `http://${address}:${port}`,
    on: (path: string, answer: (response: ServerResponse, headers: IncomingHttpHeaders) => void) => void answers.set(path, answer),
    keeps: (path: string, bytes: Uint8Array) => void answers.set(path, (response) => void response.end(bytes)),
    leads: (path: string, to: string) =>
      void answers.set(path, (response) => void response.writeHead(307, { location: Buffer.from(to).toString('latin1') }).end()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Keeper = Awaited<ReturnType<typeof startKeeper>>;

/** For hosts that are on this machine only in tests: every name is at one address, and that counts as public. */
export const outsideAt = (address: string): Fetch =>
  makeOutsideFetch(
    (_host, done) => done(null, [{ address, family: 4 }]),
    (given) => given === address,
  );

export interface MediaWorld {
  database: TestDatabase;
  api: TestApi;
  world: World;
  token: string;
  deps: Omit<MediaDeps, 'fetchOutside' | 'apiBases'>;
  /** Starts fetching; ended by `stop` at the latest. */
  fetching(apiBase: string, fetchOutside?: Fetch): Promise<{ stop(): Promise<void> }>;
  /** A new account's id. */
  account(kind: Kind): Promise<string>;
  /** What the provider posts; @returns the status */
  post(kind: Kind, accountId: string, body: string | Buffer, more?: { id?: string /** Of another server. */; url?: string }): Promise<number>;
  /** A message of each kind with files at addresses, or for WhatsApp under ids. @returns the id that the provider gave it */
  brings(kind: Exclude<Kind, 'email'>, accountId: string, files: string[], from?: string, text?: string): Promise<string>;
  /** The message of the newest conversation as the team sees it. */
  message(conversationOf: string): Promise<Message | undefined>;
  bytes(url: string): Promise<Buffer>;
  stop(): Promise<void>;
}

export async function startMediaWorld(environment: Record<string, string> = {}): Promise<MediaWorld> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'convene-media-'));
  const api = await startApi(database, { environment: { FILES_DIR: folder, FILE_MAX_BYTES: String(MOST), ...environment } });
  const world = await api.world({ replyMode: 'off' });
  const token = await operatorToken(world);
  const { config, log } = api.deps;
  const deps = {
    db: api.db,
    store: createFiles(config, api.deps.publicUrl).store,
    fileMaxBytes: config.fileMaxBytes,
    encryptionKeys: config.encryptionKeys,
    fetch,
    log,
  };
  const running = new Set<{ stop(): Promise<void> }>();

  const post: MediaWorld['post'] = async (kind, accountId, body, { id = newId(), url = api.url } = {}) => {
    const path = `/v1/channels/${accountId}/inbound`;
    const bytes = Buffer.from(body);
    const now = new Date();
    const headers: Record<string, string> =
      kind === 'sms'
        ? {
            'content-type': 'application/x-www-form-urlencoded',
            'x-twilio-signature': signTwilio(SECRETS.twilio, `https://inbox.example${path}`, new URLSearchParams(bytes.toString())),
          }
        : kind === 'custom'
          ? { 'content-type': 'application/json', ...signStandard([SECRETS.standard], id, bytes, now) }
          : kind === 'email'
            ? { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(SECRETS.own, bytes, now) }
            : { 'content-type': 'application/json', 'x-hub-signature-256': signHub(SECRETS.app, bytes) };
    return (await fetch(url + path, { method: 'POST', headers, body: new Uint8Array(bytes) })).status;
  };

  return {
    database,
    api,
    world,
    token,
    deps,
    post,
    async fetching(apiBase, fetchOutside = makeOutsideFetch()) {
      const stopBeating = await keepBeating(api.db, 'worker');
      const media = startMedia({ ...deps, fetchOutside, apiBases: { twilio: apiBase, meta: apiBase } });
      const one = {
        async stop() {
          if (!running.delete(one)) return;
          await media.stop();
          await stopBeating();
        },
      };
      running.add(one);
      return one;
    },
    async account(kind) {
      const id = newId();
      const { address, settings, credentials } = accounts[kind];
      await api.db
        .sql`insert into channel_account ${api.db.sql({ workspaceId: world.workspaceId, id, channel: kind, name: kind, address, settings: api.db.sql.json(settings), credentials: sealCredentials(config.encryptionKeys, id, credentials) })}`;
      return id;
    },
    async brings(kind, accountId, files, from = '4917000000001', text = '') {
      const id = `m.${newId()}`;
      const items = files.map((file, at) => ({ type: 'image', image: { id: file, mime_type: 'image/png', ...(at === 0 && text ? { caption: text } : {}) } }));
      const bodies = {
        sms: new URLSearchParams({
          MessageSid: id,
          AccountSid: SID,
          From: `+${from}`,
          To: '+4930111111',
          Body: text,
          NumMedia: String(files.length),
          ...Object.fromEntries(
            files.flatMap((url, at) => [
              [`MediaUrl${at}`, url],
              [`MediaContentType${at}`, 'image/png'],
            ]),
          ),
        }).toString(),
        whatsapp: JSON.stringify({
          object: 'whatsapp_business_account',
          entry: [
            {
              id: '0',
              changes: [
                {
                  field: 'messages',
                  value: {
                    metadata: { phone_number_id: '100000000000001' },
                    messages: items.map((item, at) => ({
                      id: at === 0 ? id : `${id}.${at}`,
                      from,
                      timestamp: String(Math.floor(Date.now() / 1_000)),
                      ...item,
                    })),
                  },
                },
              ],
            },
          ],
        }),
        instagram: JSON.stringify({
          object: 'instagram',
          entry: [
            {
              id: '0',
              time: Date.now(),
              messaging: [
                {
                  sender: { id: from },
                  recipient: { id: '200000000000002' },
                  timestamp: Date.now(),
                  message: { mid: id, text, attachments: files.map((url) => ({ type: 'image', payload: { url } })) },
                },
              ],
            },
          ],
        }),
        custom: JSON.stringify({
          type: 'message',
          data: { id, from: { handle: from }, text, attachments: files.map((url, at) => ({ name: `file-${at}.png`, type: 'image/png', url })) },
        }),
      };
      const status = await post(kind, accountId, bodies[kind]);
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      return id;
    },
    async message(externalId) {
      const [row] = await database.sql<{ id: string; conversationId: string }[]>`select id, conversation_id from message where external_id = ${externalId}`;
      if (!row) return undefined;
      const { body } = await api.call<MessagePage>('GET', `/v1/conversations/${row.conversationId}/messages?limit=100`, { token });
      return body.items.find(({ id }) => id === row.id);
    },
    bytes: async (url) => Buffer.from(await (await fetch(url.replace('https://inbox.example', api.url))).arrayBuffer()),
    async stop() {
      for (const one of running) await one.stop();
      await api.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A mail with files, as mail programs write one. */
export function mailWith(
  id: string,
  files: { name: string; type: string; bytes: Uint8Array; contentId?: string }[],
  text = 'See the files',
  from = 'kim@customer.example',
): Buffer {
  const wrapped = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const parts = files.map(({ name, type, bytes, contentId }) =>
    [
      `Content-Type: ${type}; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      ...(contentId
        ? [`Content-ID: <${contentId}>`, `Content-Disposition: inline; filename="${name}"`]
        : [`Content-Disposition: attachment; filename="${name}"`]),
      '',
      wrapped(bytes),
    ].join('\r\n'),
  );
  const body = [
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>${text}</p>${files.map(({ contentId }) => (contentId ? `<img src="cid:${contentId}">` : '')).join('')}`,
  ].join('\r\n');
  const head = [
    `From: Kim <${from}>`,
    'To: support@morrow.example',
    'Subject: Files',
    `Message-ID: <${id}>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary="=-part"',
  ].join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${[body, ...parts].map((part) => `--=-part\r\n${part}\r\n`).join('')}--=-part--\r\n`);
}
