/** Links to files, and uploads that are refused. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLinks } from '../../server/files/links.ts';
import { idempotencyKey } from '../support/api.ts';
import type { TestApi } from '../support/api.ts';
import { fresh, LIMIT, PNG, startFiles } from '../support/files.ts';
import type { FilesWorld } from '../support/files.ts';

let files: FilesWorld;
let api: TestApi;
let ana: string;

beforeAll(async () => {
  files = await startFiles();
  ({
    api,
    tokens: { ana },
  } = files);
});
afterAll(() => files.stop());

describe('a link', () => {
  test('says what is in the file, and lets a browser run nothing of it', async () => {
    const { url } = await files.sent(ana, PNG, "käse 1'.png");
    const got = await files.fetched(url);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(PNG.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': expect.stringContaining('private'),
      'accept-ranges': 'bytes',
      'content-disposition': `inline; filename="k_se 1'.png"; filename*=UTF-8''k%C3%A4se%201%27.png`,
    });
    expect(got.headers.get('set-cookie')).toBeNull();
    expect((await files.fetched(url, { 'if-none-match': got.headers.get('etag')! })).status).toBe(304);
    const head = await files.fetched(url, {}, 'HEAD');
    expect([head.status, head.bytes.length, head.headers.get('content-length')]).toEqual([200, 0, String(PNG.length)]);
  });

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'evil.png'],
    ['an SVG with a declaration', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'evil.jpg'],
    ['a page', '<!doctype html><script>alert(1)</script>', 'evil.pdf'],
    ['a script', 'alert(document.domain)', 'evil.gif'],
    ['bytes of no known kind', '\u0000\u0001\u0002\u0003', 'evil.html'],
  ])('to %s is saved, never shown, whatever its name and what the sender calls it', async (_, text, name) => {
    for (const type of ['image/svg+xml', 'text/html', 'image/png']) {
      const { body } = await files.upload(ana, Buffer.from(text), name, '/v1/files', type);
      expect(['text/plain', 'application/xml', 'application/octet-stream']).toContain(body.type);
      const { headers } = await files.fetched(body.url);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect([headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
        expect.stringMatching(/^(text\/plain; charset=utf-8|application\/xml|application\/octet-stream)$/),
        'nosniff',
      ]);
    }
  });

  test('that was changed, or is of no file, is told nothing', async () => {
    const { url } = await files.sent(ana, fresh());
    const changed = (change: (link: URL) => void): string => {
      const link = new URL(url);
      change(link);
      return link.href;
    };
    const signature = new URL(url).searchParams.get('signature')!;
    const wrong = [
      changed(({ searchParams }) => searchParams.set('signature', `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`)),
      changed(({ searchParams }) => searchParams.set('signature', signature.slice(0, -1) + (signature.endsWith('A') ? 'B' : 'A'))),
      changed(({ searchParams }) => searchParams.set('expires', '9999999999')),
      changed(({ searchParams }) => searchParams.delete('signature')),
      changed((link) => void (link.search = '')),
      changed((link) => void (link.pathname = link.pathname.replace(/files\/(.)/, (_, first: string) => `files/${first === 'A' ? 'B' : 'A'}`))),
      createLinks('another secret', 'https://inbox.example').show({ id: '', key: new URL(url).pathname.split('/')[2]!, name: 'x', type: '', size: 1 }).url,
      createLinks(api.deps.config.secret, 'https://inbox.example').show({ id: '', key: 'A'.repeat(22), name: 'x', type: '', size: 1 }).url,
    ];
    const answers = await Promise.all(wrong.map((link) => files.fetched(link)));
    for (const { status, headers, bytes } of answers) {
      expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json']);
      expect(bytes.toString()).toBe(answers[0]!.bytes.toString());
    }
  });

  test('holds for some hours, and is the same within one', async () => {
    const file = await files.sent(ana, fresh());
    const { key, expires, signature } = { key: new URL(file.url).pathname.split('/')[2]!, ...Object.fromEntries(new URL(file.url).searchParams) } as {
      key: string;
      expires: string;
      signature: string;
    };
    const { verify, show } = createLinks(api.deps.config.secret, 'https://inbox.example');
    const at = (hours: number): string => verify(key, { expires, signature }, Date.now() + hours * 3_600_000);
    expect([at(0), at(7.9), at(9.1)]).toEqual(['good', 'good', 'expired']);
    expect(show({ ...file, key }).url).toBe(show({ ...file, key }).url);
    const old = createLinks(api.deps.config.secret, 'https://inbox.example', () => Date.now() - 10 * 3_600_000).show({ ...file, key }).url;
    const answer = await files.fetched(old);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
  });

  test('gives the part that a player asks for', async () => {
    const bytes = Buffer.from('0123456789');
    const { url } = await files.sent(ana, bytes);
    const part = async (range: string) => {
      const { status, headers, bytes: got } = await files.fetched(url, { range });
      return [status, headers.get('content-range'), got.toString()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    for (const odd of ['bytes=4-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=-']) expect(await part(odd)).toEqual([200, null, '0123456789']);
  });
});

describe('an upload under one Idempotency-Key', () => {
  test('is one file, also twenty times at once; and other bytes, or another name, are refused', async () => {
    for (const [token, path] of [
      [ana, '/v1/files'],
      [await files.visitor(), '/v1/chat/files'],
    ] as const) {
      const [bytes, headers] = [fresh(), { 'idempotency-key': idempotencyKey() }];
      const upload = (sent = bytes, name = 'x.txt') => files.upload(token, sent, name, path, 'text/plain', headers);
      const answers = await Promise.all(Array.from({ length: 20 }, () => upload()));
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect((await files.fetched(answers[19]!.body.url)).bytes).toEqual(bytes);
      for (const other of [await upload(fresh()), await upload(bytes, 'y.txt')])
        expect([other.status, other.text]).toEqual([422, expect.stringContaining('key_reused')]);
    }
  });
});

describe('an upload is refused', () => {
  const part = (head: string, body: Uint8Array | string = 'x'): Buffer =>
    Buffer.concat([Buffer.from(`--b\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n--b--\r\n')]);
  const raw = (body: Buffer | string, type = 'multipart/form-data; boundary=b') =>
    api.refused('POST', '/v1/files', { token: ana, raw: typeof body === 'string' ? body : new Uint8Array(body), headers: { 'content-type': type } });
  const field = 'Content-Disposition: form-data; name="file"; filename="x"';

  test('from whoever is nobody, or somebody else', async () => {
    const visitor = await files.visitor();
    expect((await api.refused('POST', '/v1/files', { raw: 'x' })).status).toBe(401);
    expect((await files.upload(visitor, fresh())).status).toBe(403);
    expect((await files.upload(ana, fresh(), 'x', '/v1/chat/files')).status).toBe(403);
    expect((await api.refused('GET', '/v1/files', { token: ana })).status).toBe(405);
  });

  test('beyond the limit, which is named, and nothing is left of it', async () => {
    const before = await files.onDisk();
    for (const size of [LIMIT + 1, LIMIT + 5_000, LIMIT * 40]) {
      const answer = await files.upload(ana, Buffer.alloc(size, 'x'));
      expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([
        413,
        'application/problem+json',
        expect.stringContaining(String(LIMIT)),
      ]);
    }
    expect(await files.onDisk()).toEqual(before);
    expect((await files.upload(ana, Buffer.alloc(LIMIT, 'x'))).status).toBe(201);
  });

  test('that never ends, as soon as it is too much', async () => {
    const before = await files.onDisk();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${api.url}/v1/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ana}`, 'content-type': 'multipart/form-data; boundary=b' },
      });
      let answered = false;
      call.on('response', (response) => {
        answered = true;
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', (error) => (answered ? undefined : reject(error)));
      call.write(`--b\r\n${field}\r\n\r\n`);
      const pour = (): void => {
        if (!answered && !call.destroyed) call.write(Buffer.alloc(50_000, 'x'), () => setImmediate(pour));
      };
      pour();
    });
    expect(status).toBe(413);
    await expect.poll(files.onDisk).toEqual(before);
  });

  test('of another kind, without the file, with an empty or a second one, or cut short', async () => {
    const before = await files.onDisk();
    const told = async (asked: ReturnType<typeof raw>) => {
      const { status, code, body } = await asked;
      return [status, code, body.errors?.[0]?.path];
    };
    expect(await told(raw('{}', 'application/json'))).toEqual([415, 'wrong_type', undefined]);
    expect(await told(raw('x', 'application/x-www-form-urlencoded'))).toEqual([415, 'wrong_type', undefined]);
    expect(await told(raw('x', 'multipart/form-data'))).toEqual([400, 'malformed', undefined]);
    expect(await told(raw(part('Content-Disposition: form-data; name="other"')))).toEqual([422, 'invalid', 'file']);
    expect(await told(raw(part('Content-Disposition: form-data; name="other"; filename="x"')))).toEqual([422, 'invalid', 'file']);
    expect(await told(raw(part(field, '')))).toEqual([422, 'invalid', 'file']);
    expect(await told(raw(Buffer.concat([part(field).subarray(0, -4), Buffer.from('\r\n'), part(field)])))).toEqual([422, 'invalid', 'file']);
    expect(await told(raw(part(field).subarray(0, -8)))).toEqual([400, 'malformed', undefined]);
    expect(await told(raw('no such boundary'))).toEqual([400, 'malformed', undefined]);
    expect(await files.onDisk()).toEqual(before);
  });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\photo.png', 'photo.png'],
  ['..', 'file'],
  ['a/..', 'file'],
  ['.htaccess', 'htaccess'],
  ['photo\u202Egnp.exe', 'photognp.exe'],
  ['a\u0007b\u200Bc.txt', 'abc.txt'],
  ['  two   spaces .txt', 'two spaces .txt'],
  [`${'x'.repeat(300)}.jpeg`, `${'x'.repeat(145)}.jpeg`],
  ['صورة.png', 'صورة.png'],
  ['x; filename=evil.html', 'x; filename=evil.html'],
  ['100%.txt', '100%.txt'],
])('the name %j is kept as %j', async (given, kept) => {
  const { name, url } = await files.sent(ana, fresh(), given);
  expect(name).toBe(kept);
  const told = (await files.fetched(url)).headers.get('content-disposition')!;
  expect(decodeURIComponent(told.split("UTF-8''")[1]!)).toBe(kept);
  expect(told).not.toMatch(/[^\x20-\x7e]/);
});
