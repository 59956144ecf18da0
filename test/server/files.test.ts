/** Files through the front door: uploaded, sent, seen, and forgotten. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { VisitorMessages, VisitorSession } from '../../server/contract/chat.ts';
import type { Attachment, Message, MessagePage, VisitorMessage } from '../../server/contract/message.ts';
import { announceBytes, sweepBytes } from '../../server/db/files.ts';
import { prune } from '../../server/db/prune.ts';
import { createFiles } from '../../server/files/files.ts';
import { sweepFiles } from '../../server/files/sweep.ts';
import { idempotencyKey } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import type { TestDatabase } from '../support/database.ts';
import { fresh, LIMIT, PNG, startFiles } from '../support/files.ts';
import type { FilesWorld } from '../support/files.ts';
import { listenTo } from '../support/stream.ts';
import type { World } from '../support/world.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

let files: FilesWorld;
let api: TestApi;
let database: TestDatabase;
let world: World;
let ana: string;
let ben: string;
let rita: string;

beforeAll(async () => {
  files = await startFiles();
  ({
    api,
    database,
    world,
    tokens: { ana, ben, rita },
  } = files);
});
afterAll(() => files.stop());

describe('a customer sends a file', () => {
  test('the team sees it with its message, live and later, and gets the same bytes', async () => {
    const visitor = await files.visitor();
    const file = await files.sentByVisitor(visitor, PNG, 'seal.png');
    expect(file).toMatchObject({ name: 'seal.png', type: 'image/png', size: PNG.length });
    const live = await listenTo(`${api.url}/v1/events`, ana);
    const { status, body: message } = await files.write(visitor, [file.id], { 'idempotency-key': idempotencyKey() });
    expect([status, message.attachments.map(({ id }) => id)]).toEqual([201, [file.id]]);

    const event = await live.until(({ event: name, data }) => name === 'message' && data['id'] === message.id, 'the message');
    live.close();
    const { body: page } = await api.call<MessagePage>('GET', `/v1/conversations/${message.conversationId}/messages`, { token: ben });
    const { body: own } = await api.call<VisitorMessages>('GET', '/v1/chat/messages', { token: visitor });
    for (const seen of [
      event.data['attachments'] as Attachment[],
      page.items.find(({ id }) => id === message.id)?.attachments,
      own.items.at(-1)?.attachments,
    ]) {
      expect(seen).toEqual([
        { id: file.id, name: 'seal.png', type: 'image/png', size: PNG.length, url: expect.stringMatching(/^https:\/\/inbox\.example\/files\//) },
      ]);
      const got = await files.fetched(seen![0]!.url);
      expect([got.status, got.bytes.equals(PNG)]).toEqual([200, true]);
    }
  });

  test('without an Idempotency-Key too, and several with one message, in their order', async () => {
    const visitor = await files.visitor();
    const both = [await files.sentByVisitor(visitor, fresh(), 'one.txt'), await files.sentByVisitor(visitor, fresh(), 'two.txt')].toReversed();
    const { body } = await files.write(
      visitor,
      both.map(({ id }) => id),
    );
    expect(body.attachments.map(({ name }) => name)).toEqual(['two.txt', 'one.txt']);
  });

  test('its session says how large a file may be', async () => {
    const { body } = await api.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } });
    expect(body.files).toEqual({ maxBytes: LIMIT });
  });

  test('only so many a minute', async () => {
    const slow = await files.another({ VISITOR_MESSAGES_PER_MINUTE: '1' });
    const token = (await slow.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token;
    const form = (): FormData => {
      const made = new FormData();
      made.append('file', new Blob(['x']), 'x.txt');
      return made;
    };
    expect((await slow.call('POST', '/v1/chat/files', { token, raw: form() })).status).toBe(201);
    const second = await slow.refused('POST', '/v1/chat/files', { token, raw: form() });
    expect([second.status, second.code, Number(second.headers.get('retry-after')) > 0]).toEqual([429, 'rate_limited', true]);
    await slow.stop();
  });
});

describe('the team sends a file', () => {
  test('the customer sees it', async () => {
    const visitor = await files.visitor();
    const { body: first } = await api.call<VisitorMessage>('POST', '/v1/chat/messages', { token: visitor, body: { text: 'Which seal?' } });
    const file = await files.sent(ana, PDF, 'seal.pdf');
    expect(file.type).toBe('application/pdf');
    // Uploaded by one, sent by another: files are the team's.
    const { status, body } = await api.call<Message>('POST', `/v1/conversations/${first.conversationId}/messages`, {
      token: ben,
      body: { text: 'This one', attachmentIds: [file.id], assume: true },
    });
    expect([status, body.attachments.map(({ name }) => name)]).toEqual([201, ['seal.pdf']]);
    await database.sql`update message set delivery_status = 'sent' where id = ${body.id}`;
    const { body: own } = await api.call<VisitorMessages>('GET', '/v1/chat/messages', { token: visitor });
    expect((await files.fetched(own.items.at(-1)!.attachments[0]!.url)).bytes.equals(PDF)).toBe(true);
  });

  test('not on a channel that carries none', async () => {
    const { conversationId } = await world.writes('Hello', { channel: 'instagram' });
    const file = await files.sent(ana, fresh());
    const answer = await api.refused('POST', `/v1/conversations/${conversationId}/messages`, {
      token: ana,
      body: { text: 'Here', attachmentIds: [file.id], assume: true },
    });
    expect([answer.status, answer.body.errors?.[0]?.path, answer.body.detail]).toEqual([422, 'attachmentIds', expect.stringContaining('carries no files')]);
  });
});

describe('a file goes with a message only if', () => {
  const refusedTo = async (token: string, ids: string[]) => {
    const answer = await api.refused('POST', '/v1/chat/messages', { token, body: { text: 'Here', attachmentIds: ids } });
    expect([answer.status, answer.code, answer.body.errors?.[0]?.path]).toEqual([422, 'invalid', 'attachmentIds']);
    return answer.text;
  };

  test('whoever sends it uploaded it: another visitor’s, the team’s and another workspace’s are told alike', async () => {
    const [one, other] = [await files.visitor(), await files.visitor()];
    const foreign = [await files.sentByVisitor(other, fresh()), await files.sent(ana, fresh()), await files.sent(rita, fresh())];
    const told = await Promise.all(foreign.map(({ id }) => refusedTo(one, [id])));
    expect(new Set([...told, await refusedTo(one, ['01970000-0000-7000-8000-000000000001'])]).size).toBe(1);
    const { conversationId } = await world.writes('Hello');
    for (const { id } of [foreign[0]!, foreign[2]!]) {
      const answer = await api.refused('POST', `/v1/conversations/${conversationId}/messages`, {
        token: ana,
        body: { text: 'Here', attachmentIds: [id], assume: true },
      });
      expect([answer.status, answer.body.errors?.[0]?.path]).toEqual([422, 'attachmentIds']);
    }
  });

  test('no message has it yet, also where two are sent at once', async () => {
    const visitor = await files.visitor();
    const { id } = await files.sentByVisitor(visitor, fresh());
    const answers = await Promise.all([1, 2, 3, 4].map(() => files.write(visitor, [id])));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422, 422, 422]);
    const { body } = await api.call<VisitorMessages>('GET', '/v1/chat/messages', { token: visitor });
    expect(body.items).toHaveLength(1);
  });

  test('there are at most ten of them', async () => {
    const ids = Array.from({ length: 11 }, (_, at) => `01970000-0000-7000-8000-0000000000${at + 10}`);
    expect((await api.refused('POST', '/v1/chat/messages', { token: await files.visitor(), body: { text: 'Here', attachmentIds: ids } })).code).toBe('invalid');
  });

  test('it is repeated under its key: the first answer comes again', async () => {
    const visitor = await files.visitor();
    const { id } = await files.sentByVisitor(visitor, fresh());
    const key = { 'idempotency-key': idempotencyKey() };
    const [first, again] = [await files.write(visitor, [id], key), await files.write(visitor, [id], key)];
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
  });
});

describe('what is kept', () => {
  test('is one copy of the same bytes, and outlives a restart', async () => {
    const bytes = fresh('the same ');
    const before = await files.onDisk();
    const [one, other] = [await files.sent(ana, bytes, 'one.txt'), await files.sentByVisitor(await files.visitor(), bytes, 'other.txt')];
    expect((await files.onDisk()).length).toBe(before.length + 1);
    expect(one.id).not.toBe(other.id);
    const again = await files.another();
    const got = await fetch(other.url.replace('https://inbox.example', again.url));
    expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
    await again.stop();
  });

  test('is forgotten a day later where no message took it, and bytes only where no other file has them', async () => {
    const visitor = await files.visitor();
    const [shared, alone] = [fresh('shared '), fresh('alone ')];
    const taken = await files.sentByVisitor(visitor, shared);
    const { body: message } = await files.write(visitor, [taken.id]);
    const [again, orphan, young] = [
      await files.sentByVisitor(visitor, shared),
      await files.sentByVisitor(visitor, alone),
      await files.sentByVisitor(visitor, fresh()),
    ];
    await database.sql`update file set created_at = now() - interval '25 hours' where id = any(${[taken.id, again.id, orphan.id]}::uuid[])`;
    await database.sql`update file_bytes set put_at = now() - interval '25 hours'`;
    await prune(api.db);
    const { store } = createFiles(api.deps.config, api.deps.publicUrl);
    const before = await files.onDisk();
    await sweepFiles(api.db.sql, store);
    expect(before.length - (await files.onDisk()).length).toBe(1);
    const statuses = await Promise.all([message.attachments[0]!.url, again.url, orphan.url, young.url].map(async (url) => (await files.fetched(url)).status));
    expect(statuses).toEqual([200, 404, 404, 200]);
    expect((await files.write(visitor, [orphan.id])).status).toBe(422);
  });

  test('is not removed under an upload of the same', async () => {
    const bytes = fresh('again ');
    const { id } = await files.sent(ana, bytes);
    const [row] = await database.sql<{ sha256: string }[]>`delete from file where id = ${id} returning sha256`;
    const { sha256 } = row!;
    const key = { workspaceId: world.workspaceId, sha256 };
    await database.sql`update file_bytes set put_at = now() - interval '25 hours' where sha256 = ${sha256}`;
    const removed: string[] = [];
    let uploading: Promise<unknown> = Promise.resolve();
    // An upload says that it comes while the sweep is at it: it waits, and puts its bytes after they were removed.
    await sweepBytes(api.db.sql, async (gone) => {
      uploading = announceBytes(api.db.sql, key).then(() => removed.push('announced'));
      removed.push(gone.sha256);
    });
    await uploading;
    expect(removed).toEqual([sha256, 'announced']);
    // One that came first keeps them.
    expect(await sweepBytes(api.db.sql, () => Promise.reject(new Error('must not be removed')))).toBe(0);
  });
});
