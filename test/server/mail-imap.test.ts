import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { watchMailbox } from '../../server/channels/email/imap.ts';
import type { Place } from '../../server/channels/email/imap.ts';
import { maxMailBytes } from '../../server/channels/email/parse-mime.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { sealCredentials } from '../../server/db/secrets.ts';
import { createFiles } from '../../server/files/files.ts';
import { keepReading } from '../../server/pipeline/mailboxes.ts';
import { operatorToken, startApi } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { imapPassword, startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startProcess, until } from '../support/pipeline.ts';
import type { World } from '../support/world.ts';

let database: TestDatabase;
let api: TestApi;
let dovecot: Dovecot;
let folder: string;
const ends: (() => Promise<void>)[] = [];
const logged: string[] = [];

beforeAll(async () => {
  dovecot = await startDovecot();
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  api = await startApi(database, { environment: { FILES_DIR: folder, PRIVATE_HOSTS: '127.0.0.1' } });
}, 60_000);
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(async () => {
  await api.stop();
  await database.close();
  await dovecot.close();
  await rm(folder, { recursive: true });
});

/** A process that reads mailboxes. @returns how to end it, and its id */
async function reader() {
  const process = await startProcess(database);
  const stop = keepReading(
    {
      db: process.db,
      encryptionKeys: api.deps.config.encryptionKeys,
      resolveHost: api.deps.outside.resolveHost,
      store: createFiles(api.deps.config, api.deps.publicUrl).store,
      fileMaxBytes: 10_000_000,
      log: pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) }),
    },
    50,
  );
  let ended: Promise<void> | undefined;
  const end = () => (ended ??= stop().then(() => process.stop()));
  ends.push(end);
  return { end, id: process.db.signals.processId };
}

let users = 0;
async function mailbox(change: { settings?: Record<string, unknown>; password?: string } = {}) {
  const world = await api.world();
  const user = `user${(users += 1)}`;
  const id = newId();
  const settings = { imapHost: '127.0.0.1', imapPort: dovecot.port, imapSecure: false, imapUser: user, ...change.settings };
  await api.db.sql`insert into channel_account ${api.db.sql({
    workspaceId: world.workspaceId,
    id,
    channel: 'email',
    name: 'Mail',
    address: `support@${world.slug}.example`,
    settings: api.db.sql.json(settings as never),
    agentId: null,
    credentials: sealCredentials(api.deps.config.encryptionKeys, id, { imapPassword: change.password ?? imapPassword }),
  })}`;
  return { world, user, id, token: await operatorToken(world) };
}

let mails = 0;
const mail = (text: string, more = '') =>
  `From: Kim <kim@customer.example>\r\nTo: support@example.com\r\nMessage-ID: <m${(mails += 1)}@customer.example>\r\nSubject: ${text}\r\n${more}\r\n${text}`;
const texts = async (world: World) =>
  (await api.db.sql<{ text: string }[]>`select text from message where workspace_id = ${world.workspaceId} order by seq`).map(({ text }) => text);
const has = (world: World, text: string, ms?: number) => until(async () => (await texts(world)).includes(text), `“${text}”`, ms);
const accountOf = async (token: string, id: string) => (await api.call<ChannelAccount>('GET', `/v1/channel-accounts/${id}`, { token })).body;
const owner = async (id: string) => (await api.db.sql<{ owner: string | null }[]>`select owner from mailbox where account_id = ${id}`)[0]?.owner ?? null;
const placeOf = async (id: string, path = 'INBOX') =>
  (await api.db.sql<{ lastUid: number }[]>`select last_uid from mail_folder where account_id = ${id} and path = ${path}`)[0]?.lastUid;

describe('mail by IMAP', () => {
  it('arrives as soon as the mailbox is told of it, as a conversation, with its files', async () => {
    const { world, user, id, token } = await mailbox();
    await dovecot.deliver(user, mail('First'));
    await reader();
    await has(world, 'First');
    await until(async () => (await dovecot.clients(user)) > 0, 'the connection');
    const begun = performance.now();
    await dovecot.deliver(
      user,
      mail('Second', 'Content-Type: multipart/mixed; boundary=b\r\n').replace(
        /Second$/,
        '--b\r\n\r\nSecond\r\n--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nthe file\r\n--b--\r\n',
      ),
    );
    await has(world, 'Second');
    // Looking anew, without being told, would take half a minute.
    expect(performance.now() - begun).toBeLessThan(15_000);
    const { items } = (await api.call<{ items: { id: string; contact: { email: string } }[] }>('GET', '/v1/conversations', { token })).body;
    expect(items).toHaveLength(1);
    expect(items[0]?.contact.email).toBe('kim@customer.example');
    const [file] = await api.db.sql<
      { attachments: { name: string }[] }[]
    >`select attachments from message where workspace_id = ${world.workspaceId} and text = 'Second'`;
    expect(file?.attachments.map(({ name }) => name)).toEqual(['a.txt']);
    expect((await accountOf(token, id)).lastReceivedAt).not.toBeNull();
  });

  it('is read from several folders, and of what was there before only the last day', async () => {
    const { world, user, id } = await mailbox({ settings: { imapFolders: ['INBOX', 'Sales', 'Größe'] } });
    const hours = (count: number) => new Date(Date.now() - count * 3_600_000);
    await dovecot.deliver(user, mail('Old'), { at: hours(25) });
    await dovecot.deliver(user, mail('Recent'), { at: hours(23) });
    await dovecot.deliver(user, mail('In sales'), { folder: 'Sales' });
    await dovecot.deliver(user, mail('In size'), { folder: 'Größe', at: hours(1) });
    await dovecot.deliver(user, mail('Older, put in later'), { at: hours(400) });
    await reader();
    await has(world, 'Recent');
    expect((await texts(world)).toSorted()).toEqual(['In sales', 'In size', 'Recent']);
    await until(async () => (await placeOf(id)) === 3, 'the last one’s place');
  });

  it('goes on where it was after a restart and after a connection that broke off', async () => {
    const { world, user } = await mailbox();
    const first = await reader();
    await dovecot.deliver(user, mail('One'));
    await has(world, 'One');
    await first.end();
    await dovecot.deliver(user, mail('Two'), { at: new Date(Date.now() - 48 * 3_600_000) });
    await reader();
    await has(world, 'Two');
    await until(async () => (await dovecot.clients(user)) > 0, 'the connection');
    await dovecot.cut();
    await dovecot.deliver(user, mail('Three'));
    await has(world, 'Three');
    await dovecot.kill();
    await dovecot.start();
    await dovecot.deliver(user, mail('Four'));
    await has(world, 'Four', 20_000);
    expect(await texts(world)).toEqual(['One', 'Two', 'Three', 'Four']);
  }, 40_000);

  it('is handed over again where it could not be taken, in its order, and by none that came behind it', async () => {
    const user = `user${(users += 1)}`;
    const place: Place = { uidValidity: 0, lastUid: 0 };
    const taken: string[] = [];
    let failures = 2;
    const stop = new AbortController();
    const attempt = () =>
      watchMailbox(
        { host: '127.0.0.1', address: '127.0.0.1', port: dovecot.port, secure: false, user, password: imapPassword },
        ['INBOX'],
        {
          placeOf: async () => place,
          since: () => new Date(0),
          async take({ raw }) {
            const text =
              Buffer.from(raw ?? [])
                .toString()
                .split('\r\n\r\n')
                .at(-1) ?? '';
            if (text === 'Two' && (failures -= 1) >= 0) throw new Error('no disk');
            taken.push(text);
          },
          reached: async (_folder, to) => void Object.assign(place, to),
          settled: async () => {
            if (taken.includes('Three')) stop.abort();
          },
        },
        stop.signal,
      );
    await dovecot.deliver(user, mail('One'));
    const first = attempt();
    await until(async () => place.lastUid === 1, 'the first');
    await dovecot.deliver(user, mail('Two'));
    await expect(first).rejects.toThrow('no disk');
    await dovecot.deliver(user, mail('Three'));
    await expect(attempt()).rejects.toThrow('no disk');
    await attempt();
    expect(taken).toEqual(['One', 'Two', 'Three']);
    expect(place.lastUid).toBe(3);
  });

  it('is read by one process, and by another once that one has gone', async () => {
    const { world, user, id } = await mailbox();
    const both = await Promise.all([reader(), reader()]);
    await dovecot.deliver(user, mail('Once'));
    await has(world, 'Once');
    const reading = await owner(id);
    const [one, other] = reading === both[0].id ? both : [both[1], both[0]];
    expect(reading).toBe(one.id);
    expect(await dovecot.clients(user)).toBe(1);
    await one.end();
    await until(async () => (await owner(id)) === other.id, 'the other one');
    await dovecot.deliver(user, mail('Twice'));
    await has(world, 'Twice');
    expect(await texts(world)).toEqual(['Once', 'Twice']);
  });

  it('is taken over from a process that died, but not from one that is alive', async () => {
    const { world, user, id } = await mailbox();
    const alive = await startProcess(database);
    const { processId } = alive.db.signals;
    await api.db.sql`insert into mailbox ${api.db.sql({ workspaceId: world.workspaceId, accountId: id, owner: processId })}`;
    const other = await mailbox();
    await dovecot.deliver(user, mail('Hello'));
    await dovecot.deliver(other.user, mail('Hello'));
    await reader();
    await has(other.world, 'Hello');
    expect([await owner(id), await texts(world)]).toEqual([processId, []]);
    // As if it had been killed: nobody gave the mailbox back, and it beats no more.
    await alive.stop();
    await has(world, 'Hello');
    expect(await owner(id)).not.toBe(processId);
  });

  it('starts over where the numbering of a folder begins anew, and takes nothing in twice', async () => {
    const { world, user, id } = await mailbox();
    const first = await reader();
    await dovecot.deliver(user, mail('A'));
    await dovecot.deliver(user, mail('B'));
    await has(world, 'B');
    await first.end();
    await dovecot.renumber(user, 'INBOX');
    await dovecot.deliver(user, mail('C'));
    const before = await api.db.sql<{ uidValidity: number }[]>`select uid_validity from mail_folder where account_id = ${id}`;
    await reader();
    await has(world, 'C');
    await until(
      async () =>
        (await api.db.sql<{ uidValidity: number }[]>`select uid_validity from mail_folder where account_id = ${id}`)[0]?.uidValidity !== before[0]?.uidValidity,
      'the new numbering',
    );
    expect(await texts(world)).toEqual(['A', 'B', 'C']);
  });

  it('says under the account that the password is wrong, without it, and reads once it is right', async () => {
    const { world, user, id, token } = await mailbox({ password: 'not-the-password' });
    await dovecot.deliver(user, mail('Hello'));
    await reader();
    const { lastError, version } = await until(async () => {
      const account = await accountOf(token, id);
      return account.lastError !== null && account;
    }, 'the error');
    expect(lastError).toMatch(/^The mail server refused user name or password/);
    expect(lastError + logged.join('')).not.toContain('not-the-password');
    const patched = await api.call('PATCH', `/v1/channel-accounts/${id}`, {
      token,
      body: { credentials: { imapPassword } },
      headers: { 'if-match': `"${version}"` },
    });
    expect(patched.status).toBe(200);
    await has(world, 'Hello');
    await until(async () => (await accountOf(token, id)).lastError === null, 'no error');
  });

  it.each<[string, () => Record<string, unknown>, RegExp]>([
    ['a certificate that nobody vouches for', () => ({ imapSecure: true, imapPort: dovecot.tlsPort }), /certificate is not valid/],
    ['a folder that is not there', () => ({ imapFolders: ['INBOX', 'Nowhere'] }), /no folder Nowhere/],
    ['a server that is not there', () => ({ imapPort: 1 }), /could not be used.*ECONNREFUSED/],
    ['a server inside that the environment does not name', () => ({ imapHost: 'localhost' }), /not on the public internet/],
    ['what it lacks', () => ({ imapUser: '' }), /lacks settings\.imapUser/],
  ])('says %s', async (_name, settings, words) => {
    const { id, token } = await mailbox({ settings: settings() });
    await reader();
    const { lastError } = await until(async () => {
      const account = await accountOf(token, id);
      return account.lastError !== null && account;
    }, 'the error');
    expect(lastError).toMatch(words);
  });

  it('passes over a mail that is too large, visibly, and stops reading an account that is removed', async () => {
    const { world, user, id, token } = await mailbox();
    await reader();
    await dovecot.deliver(user, Buffer.concat([Buffer.from(mail('Large')), Buffer.alloc(maxMailBytes, 'x'.repeat(76) + '\r\n')]));
    await dovecot.deliver(user, mail('Small'));
    await has(world, 'Small', 20_000);
    expect((await accountOf(token, id)).unknownPayloads.map(({ reason }) => reason)).toEqual([expect.stringMatching(/^a mail of \d+ bytes/)]);
    expect(await texts(world)).toEqual(['Small']);
    await api.db.sql`update channel_account set settings = settings - 'imapHost', version = version + 1 where id = ${id}`;
    await until(async () => (await dovecot.clients(user)) === 0, 'the end of the connection');
    await until(async () => (await owner(id)) === null, 'nobody to read it');
  }, 40_000);
});
