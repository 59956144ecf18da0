/** Files that come in: with a mail, or fetched from where a provider keeps them. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { v7 as newId } from 'uuid';
import { sweepFiles } from '../../server/files/sweep.ts';
import { PNG } from '../support/files.ts';
import { mailWith, MOST, outsideAt, META_AUTH, startKeeper, startMediaWorld, TWILIO_AUTH } from '../support/media.ts';
import type { Keeper, MediaWorld } from '../support/media.ts';
import { until } from '../support/pipeline.ts';
import { listenTo } from '../support/stream.ts';

let files: MediaWorld;
/** Stands for the providers' own hosts and, under other names, for hosts anywhere. */
let keeper: Keeper;
let at: (path: string) => string;

beforeAll(async () => {
  files = await startMediaWorld();
  keeper = await startKeeper();
  at = (path) => `http://cdn.example:${keeper.port}${path}`;
});
afterAll(async () => {
  await files.stop();
  await keeper.close();
});

const fetched = (id: string) =>
  until(async () => {
    const message = await files.message(id);
    return message && !message.pendingFiles && message;
  }, 'the files of the message');
const givenUp = (id: string) =>
  until(async () => {
    const message = await files.message(id);
    return message?.pendingFiles?.every(({ error }) => error) && message;
  }, 'the file to be given up');
const askedFor = (path: string) => keeper.asked.filter((one) => one.path.split('?')[0] === path);

describe('a mail with files', () => {
  test('has them byte for byte, by what is in them, with the ids of those that its HTML shows', async () => {
    const account = await files.account('email');
    const [odd, text, empty] = [randomBytes(70_001), Buffer.from('one\r\ntwo'), Buffer.alloc(0)];
    const sent = [
      { name: 'seal.png', type: 'application/octet-stream', bytes: PNG, contentId: 'seal@morrow.example' },
      { name: 'odd.bin', type: 'image/png', bytes: odd },
      { name: '../../notes.txt', type: 'text/html', bytes: text },
      { name: 'nothing.txt', type: 'text/plain', bytes: empty },
    ];
    const raw = mailWith('files@customer.example', sent);
    const live = await listenTo(`${files.api.url}/v1/events`, files.token);
    const statuses = await Promise.all(Array.from({ length: 8 }, () => files.post('email', account, raw)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const event = await live.until(({ event: name, data }) => name === 'message' && data['subject'] === 'Files', 'the message');
    live.close();
    expect((event.data['attachments'] as unknown[]).length).toBe(4);
    const message = (await files.message('files@customer.example'))!;
    expect(message).toMatchObject({ text: 'See the files', pendingFiles: null });
    expect(message.attachments.map(({ name, type, size }) => [name, type, size])).toEqual([
      ['seal.png', 'image/png', PNG.length],
      ['odd.bin', 'application/octet-stream', odd.length],
      ['notes.txt', 'text/plain', text.length],
      ['nothing.txt', 'text/plain', 0],
    ]);
    for (const [index, { bytes }] of sent.entries()) expect((await files.bytes(message.attachments[index]!.url)).equals(bytes)).toBe(true);
    const [row] = await files.database.sql<{ attachments: { contentId?: string }[] }[]>`select attachments from message where id = ${message.id}`;
    expect(row!.attachments.map(({ contentId }) => contentId)).toEqual(['seal@morrow.example', undefined, undefined, undefined]);
    // However often it came: one message, and one row a file.
    const [count] = await files.database.sql<{ messages: number; files: number }[]>`
      select (select count(*) from message where external_id = 'files@customer.example')::int as messages, (select count(*) from file where message_id = ${message.id})::int as files`;
    expect(count).toEqual({ messages: 1, files: 4 });
  });

  test('says which are too large or too many, and keeps the others', async () => {
    const account = await files.account('email');
    const small = Array.from({ length: 120 }, (_, index) => ({ name: `${index}.txt`, type: 'text/plain', bytes: Buffer.from(String(index)) }));
    expect(
      await files.post('email', account, mailWith('many@customer.example', [{ name: 'huge.bin', type: 'x/y', bytes: randomBytes(MOST + 1) }, ...small])),
    ).toBe(200);
    const { attachments, pendingFiles } = (await files.message('many@customer.example'))!;
    expect(attachments.map(({ name }) => name)).toEqual(small.slice(0, 99).map(({ name }) => name));
    expect(pendingFiles!.map(({ name }) => name)).toEqual(['huge.bin', ...small.slice(99).map(({ name }) => name)]);
    expect(pendingFiles![0]!.error).toBe(`The file has ${MOST + 1} bytes; at most ${MOST} are kept.`);
    expect(pendingFiles![1]!.error).toBe('A message may have at most 100 files.');
  });

  test('that says nothing else is called by their names', async () => {
    const account = await files.account('email');
    await files.post(
      'email',
      account,
      mailWith(
        'silent@customer.example',
        [
          { name: 'a.png', type: 'image/png', bytes: PNG },
          { name: 'b.png', type: 'image/png', bytes: PNG },
        ],
        '',
      ),
    );
    expect((await files.message('silent@customer.example'))?.text).toBe('a.png, b.png');
  });
});

describe('files that a provider keeps', () => {
  test('Twilio: shown as on their way, then there; its secret goes to its own host and no further', async () => {
    keeper.leads('/2010/Media/1', at('/cdn/1'));
    keeper.keeps('/cdn/1', PNG);
    keeper.keeps('/2010/Media/2', Buffer.from('plain'));
    const account = await files.account('sms');
    const id = await files.brings('sms', account, [`${keeper.url}/2010/Media/1`, `${keeper.url}/2010/Media/2`]);
    expect(await files.message(id)).toMatchObject({
      text: 'image.png, image.png',
      attachments: [],
      pendingFiles: [{ name: 'image.png', type: 'image/png', error: null }, { error: null }],
    });
    const live = await listenTo(`${files.api.url}/v1/events`, files.token);
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    const message = await fetched(id);
    await live.until(
      ({ event, data }) => event === 'message' && data['id'] === message.id && (data['attachments'] as unknown[]).length === 2,
      'the message with its files',
    );
    live.close();
    await fetcher.stop();
    expect(message.attachments.map(({ name, type }) => [name, type])).toEqual([
      ['image.png', 'image/png'],
      ['image.png', 'text/plain'],
    ]);
    expect((await files.bytes(message.attachments[0]!.url)).equals(PNG)).toBe(true);
    expect(askedFor('/2010/Media/1').map(({ authorization }) => authorization)).toEqual([TWILIO_AUTH]);
    expect(askedFor('/cdn/1')).toEqual([{ path: '/cdn/1', host: `cdn.example:${keeper.port}`, authorization: undefined }]);
  });

  test('Meta: asked for by id, and the token goes to Meta’s own hosts only', async () => {
    const says = (id: string, url: string) => keeper.on(`/v23.0/${id}`, (response) => void response.end(JSON.stringify({ url, mime_type: 'image/png' })));
    says('own', `${keeper.url}/lookaside/own`);
    says('else', at('/lookaside/else'));
    says('like', `http://lookaside.fbsbx.com.evil.example:${keeper.port}/lookaside/like`);
    says('plain', `http://lookaside.fbsbx.com:${keeper.port}/lookaside/plain`);
    for (const name of ['own', 'else', 'like', 'plain']) keeper.keeps(`/lookaside/${name}`, PNG);
    const account = await files.account('whatsapp');
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    for (const name of ['own', 'else', 'like', 'plain']) {
      const message = await fetched(await files.brings('whatsapp', account, [name]));
      expect(message.attachments).toMatchObject([{ name: 'image.png', type: 'image/png', size: PNG.length }]);
      expect(askedFor(`/v23.0/${name}`).map(({ authorization }) => authorization)).toEqual([META_AUTH]);
      expect(
        askedFor(`/lookaside/${name}`).map(({ authorization }) => authorization),
        name,
      ).toEqual([name === 'own' ? META_AUTH : undefined]);
    }
    await fetcher.stop();
  });

  test.each(['instagram', 'custom'] as const)('%s: fetched from anywhere, without any secret, in their order', async (kind) => {
    keeper.keeps('/a', Buffer.from('a'));
    keeper.on('/slow', (response) => void until(async () => askedFor('/b').length > 0, 'the next one').then(() => response.end('slow')));
    keeper.keeps('/b', PNG);
    keeper.asked.length = 0;
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    const message = await fetched(await files.brings(kind, await files.account(kind), [at('/a'), at('/slow'), at('/b')], undefined, 'Look'));
    await fetcher.stop();
    expect(message.text).toBe('Look');
    expect(message.attachments.map(({ type, size }) => [type, size])).toEqual([
      ['text/plain', 1],
      ['text/plain', 4],
      ['image/png', PNG.length],
    ]);
    expect(keeper.asked.map(({ authorization }) => authorization)).toEqual([undefined, undefined, undefined]);
  });

  test('are asked for again after a refusal, and given up with the reason in words', async () => {
    let times = 0;
    keeper.on('/moody', (response) => {
      times += 1;
      if (times === 1) response.writeHead(503).end();
      else if (times === 2) response.writeHead(200, { 'content-length': 1_000 }).write('cut off', () => response.destroy());
      else response.end('at last');
    });
    keeper.on('/gone', (response) => void response.writeHead(410).end());
    keeper.on('/never', (response) => void response.writeHead(500).end());
    keeper.keeps('/huge', randomBytes(MOST + 1));
    const account = await files.account('custom');
    const ids = await Promise.all(['/moody', '/gone', '/never', '/huge'].map((path, index) => files.brings('custom', account, [at(path)], `1${index}`)));
    await files.database.sql`update media set attempts = 7 where message_id = (select id from message where external_id = ${ids[2]!})`;
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    const [gone, never, huge] = await Promise.all(ids.slice(1).map(givenUp));
    expect([gone, never, huge].map((message) => message!.pendingFiles![0]!.error)).toEqual([
      'The provider answered 410.',
      'The provider answered 500. It was tried 8 times.',
      `The file has more than ${MOST} bytes.`,
    ]);
    const moody = await fetched(ids[0]!);
    expect((await files.bytes(moody.attachments[0]!.url)).toString()).toBe('at last');
    await fetcher.stop();
    // Nothing that was begun lies about.
    const [row] = await files.database.sql<{ left: number }[]>`select count(*)::int as left from media where owner is not null or (due_at is not null)`;
    expect(row!.left).toBe(0);
  });

  test('of an account that hangs hold up no other’s', async () => {
    keeper.on('/hangs', () => {});
    keeper.keeps('/quick', PNG);
    const [slow, quick] = [await files.account('custom'), await files.account('custom')];
    for (let index = 0; index < 12; index += 1) await files.brings('custom', slow, [at('/hangs')], `2${index}`);
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    await until(async () => askedFor('/hangs').length === 2, 'two that hang');
    await fetched(await files.brings('custom', quick, [at('/quick')], '3'));
    expect(askedFor('/hangs')).toHaveLength(2);
    await fetcher.stop();
    // Whoever stops leaves them to others.
    const [row] = await files.database.sql<
      { held: number; due: number }[]
    >`select count(owner)::int as held, count(*)::int as due from media where account_id = ${slow} and due_at <= now()`;
    expect(row).toEqual({ held: 0, due: 12 });
    await files.database.sql`delete from media where account_id = ${slow}`;
  });

  test('are not asked for where a duplicate brings them again', async () => {
    keeper.keeps('/once', Buffer.from(newId()));
    const account = await files.account('custom');
    const body = JSON.stringify({
      type: 'message',
      data: { id: 'twice', from: { handle: '4' }, text: '', attachments: [{ type: 'image/png', url: at('/once') }] },
    });
    await Promise.all(Array.from({ length: 10 }, () => files.post('custom', account, body)));
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    await fetched('twice');
    expect(await files.post('custom', account, body)).toBe(200);
    await fetcher.stop();
    expect(askedFor('/once')).toHaveLength(1);
    expect((await files.message('twice'))?.pendingFiles).toBeNull();
  });

  test('of a message that is gone meanwhile leave nothing behind', async () => {
    const bytes = Buffer.from(`late ${newId()}`);
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    keeper.on('/late', (response) => void released.then(() => response.end(bytes)));
    const id = await files.brings('custom', await files.account('custom'), [at('/late')], '5');
    const fetcher = await files.fetching(keeper.url, outsideAt('127.0.0.1'));
    await until(async () => askedFor('/late').length === 1, 'the file to be asked for');
    const { sql } = files.database;
    await sql`update conversation set last_inbound_id = null where last_inbound_id = (select id from message where external_id = ${id})`;
    await sql`delete from message where external_id = ${id}`;
    release();
    const key = { workspaceId: files.world.workspaceId, sha256: createHash('sha256').update(bytes).digest('hex') };
    await until(async () => (await files.deps.store.open(key))?.destroy(), 'the bytes');
    await fetcher.stop();
    await sql`update file_bytes set put_at = now() - interval '25 hours'`;
    await sweepFiles(files.api.db.sql, files.deps.store);
    expect(await files.deps.store.open(key)).toBeNull();
    expect(await sql`select 1 from file_bytes where sha256 = ${key.sha256}`).toHaveLength(0);
  });
});
