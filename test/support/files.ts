/** The front door over a folder of its own for files, and what customers and operators do with files there. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { VisitorSession } from '../../server/contract/chat.ts';
import type { Attachment, VisitorMessage } from '../../server/contract/message.ts';
import { idempotencyKey, operatorToken, startApi } from './api.ts';
import type { Answer, TestApi } from './api.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import type { World } from './world.ts';

/** Bytes of the largest file. */
export const LIMIT = 100_000;

export interface FilesWorld {
  database: TestDatabase;
  api: TestApi;
  world: World;
  tokens: { ana: string; ben: string; rita: string };
  /** Another server over the same database and folder. */
  another(environment?: Record<string, string>): Promise<TestApi>;
  /** A new visitor's token. */
  visitor(): Promise<string>;
  upload(token: string, bytes: Uint8Array, name?: string, path?: string, type?: string, headers?: Record<string, string>): Promise<Answer<Attachment>>;
  /** The same, that must be taken. */
  sent(token: string, bytes: Uint8Array, name?: string): Promise<Attachment>;
  sentByVisitor(token: string, bytes: Uint8Array, name?: string): Promise<Attachment>;
  /** A visitor's message with files. */
  write(token: string, attachmentIds: string[], headers?: Record<string, string>): Promise<Answer<VisitorMessage>>;
  fetched(url: string, headers?: Record<string, string>, method?: string): Promise<{ status: number; headers: Headers; bytes: Buffer }>;
  /** Names of all files in the folder. */
  onDisk(): Promise<string[]>;
  stop(): Promise<void>;
}

/** Bytes that nobody sent before. */
export const fresh = (text = ''): Buffer => Buffer.from(`${text}${idempotencyKey()}`);

export async function startFiles(more: Record<string, string> = {}): Promise<FilesWorld> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'convene-files-'));
  const another = (environment = {}): Promise<TestApi> =>
    startApi(database, { environment: { FILES_DIR: folder, FILE_MAX_BYTES: String(LIMIT), ...more, ...environment } });
  const api = await another();
  const [world, rival] = [await api.world({ replyMode: 'off' }), await api.world()];
  const [ana, ben, rita] = [await operatorToken(world), await operatorToken(world, 'ben'), await operatorToken(rival)];

  const upload: FilesWorld['upload'] = (token, bytes, name = 'picture.png', path = '/v1/files', type = 'application/x-made-up', headers = {}) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
    return api.call<Attachment>('POST', path, { token, raw: form, headers });
  };
  const taken = async (token: string, bytes: Uint8Array, name: string | undefined, path: string): Promise<Attachment> => {
    const answer = await upload(token, bytes, name, path);
    expect([answer.status, answer.text]).toEqual([201, expect.stringContaining('"id"')]);
    return answer.body;
  };
  return {
    database,
    api,
    world,
    tokens: { ana, ben, rita },
    another,
    upload,
    visitor: async () => (await api.call<VisitorSession>('POST', '/v1/chat/sessions', { body: { workspace: world.slug } })).body.token,
    sent: (token, bytes, name) => taken(token, bytes, name, '/v1/files'),
    sentByVisitor: (token, bytes, name) => taken(token, bytes, name, '/v1/chat/files'),
    write: (token, attachmentIds, headers = {}) =>
      api.call<VisitorMessage>('POST', '/v1/chat/messages', { token, body: { text: 'Here', attachmentIds }, headers }),
    async fetched(url, headers = {}, method = 'GET') {
      // As the tests reach it: they have no such name in their DNS.
      const response = await fetch(url.replace('https://inbox.example', api.url), { headers, method });
      return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
    },
    onDisk: async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name),
    async stop() {
      await api.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
