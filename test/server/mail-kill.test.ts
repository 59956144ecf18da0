import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { MessagePage } from '../../server/contract/message.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { imapPassword, startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import type { MailReadSettings } from '../support/mail-read-process.ts';
import { until } from '../support/pipeline.ts';
import { programOf } from '../support/programs.ts';

const MAILS = 48;

let database: TestDatabase;
let api: TestApi;
let dovecot: Dovecot;
let environment: Record<string, string>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  database = await createTestDatabase();
  environment = { FILES_DIR: await mkdtemp(join(tmpdir(), 'convene-files-')), PRIVATE_HOSTS: '127.0.0.1' };
  api = await startApi(database, { environment });
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await api.stop();
  await database.close();
  await dovecot.close();
  await rm(environment['FILES_DIR'] ?? '', { recursive: true, force: true });
});

async function reader(dieAt?: MailReadSettings['dieAt']): Promise<ChildProcess> {
  const settings: MailReadSettings = {
    databaseUrl: database.url,
    environment: { CONVENE_SECRET: 'a secret for tests that is long enough, and no other', ...environment },
    ...(dieAt && { dieAt }),
  };
  const child = fork(await programOf('mail-read'), {
    execArgv: [],
    env: { ...process.env, MAIL_READ_SETTINGS: JSON.stringify(settings) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  return child;
}
async function killed(child: ChildProcess): Promise<void> {
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}

const contentOf = (n: number) => Buffer.from(Array.from({ length: 2_000 + n }, (_, index) => (index * n + 7) % 256));
const letter = (n: number): string =>
  [
    'From: Kim <kim@customer.example>',
    'To: support@example.com',
    `Message-ID: <k${n}@customer.example>`,
    ...(n > 0 ? ['In-Reply-To: <k0@customer.example>'] : []),
    `Subject: Mail ${n}`,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    '',
    `Mail ${n}`,
    '--b',
    'Content-Type: application/octet-stream',
    `Content-Disposition: attachment; filename=file-${n}.bin`,
    'Content-Transfer-Encoding: base64',
    '',
    contentOf(n).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n');

it('a process that is killed while it reads a mailbox loses no mail, takes none twice, and leaves the next to go on where it was', async () => {
  const world = await api.world({ replyMode: 'off' });
  const token = await operatorToken(world);
  const id = newId();
  await api.db.sql`insert into channel_account ${api.db.sql({
    workspaceId: world.workspaceId,
    id,
    channel: 'email',
    name: 'Mail',
    address: 'support@example.com',
    agentId: null,
    settings: api.db.sql.json({ imapHost: '127.0.0.1', imapPort: dovecot.port, imapSecure: false, imapUser: 'killed' }),
    credentials: sealCredentials(api.deps.config.encryptionKeys, id, { imapPassword }),
  })}`;
  const count = async () => (await api.db.sql`select from message where workspace_id = ${world.workspaceId}`).length;
  const reached = async () => (await api.db.sql<{ lastUid: number }[]>`select last_uid from mail_folder where account_id = ${id}`)[0]?.lastUid ?? 0;
  let delivered = 0;
  const deliver = async (upTo: number) => {
    for (; delivered < upTo; delivered += 1) await dovecot.deliver('killed', letter(delivered));
  };
  await deliver(16);
  await killed(await reader({ what: 'bytes kept', after: 5 }));
  expect(await count()).toBe(5);
  await deliver(24);
  await killed(await reader({ what: 'message kept', after: 8 }));
  // They are there, and how far was read is not written down: the next reader comes upon them again.
  expect(await count()).toBeGreaterThan(10);
  expect(await reached()).toBeLessThan(await count());
  await deliver(32);
  const third = await reader();
  await until(async () => (await count()) > 20, 'more of them', 30_000);
  const gone = killed(third);
  third.kill('SIGKILL');
  await gone;
  const last = await reader();
  await deliver(MAILS);
  await until(async () => (await count()) >= MAILS, 'all of them', 30_000);
  // One more shows that everything before it has been dealt with.
  await dovecot.deliver('killed', letter(MAILS));
  await until(async () => (await api.db.sql`select from mail_folder where account_id = ${id} and last_uid = ${MAILS + 1}`).length, 'the last one’s place');
  last.kill('SIGKILL');

  const {
    body: { items: conversations },
  } = await api.call<{ items: Conversation[] }>('GET', '/v1/conversations', { token });
  expect(conversations).toHaveLength(1);
  const {
    body: { items },
  } = await api.call<MessagePage>('GET', `/v1/conversations/${conversations[0]!.id}/messages?limit=100`, { token });
  expect(items.map(({ text }) => text)).toEqual(Array.from({ length: MAILS + 1 }, (_, n) => `Mail ${n}`));
  for (const [n, { attachments }] of items.entries()) {
    expect(attachments.map(({ name, size }) => [name, size])).toEqual([[`file-${n}.bin`, 2_000 + n]]);
    const bytes = Buffer.from(await (await fetch(attachments[0]!.url.replace('https://inbox.example', api.url))).arrayBuffer());
    expect(bytes.equals(contentOf(n))).toBe(true);
  }
}, 120_000);
