/** Files: uploaded by the team and by visitors, and served to whoever has a link. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Context } from 'hono';
import { channelOf } from '../channels/registry.ts';
import type { Config } from '../config.ts';
import type { Attachment } from '../contract/message.ts';
import { addFile, announceBytes, fileByKey, pictureByKey } from '../db/files.ts';
import type { FoundFile, Uploader } from '../db/files.ts';
import type { Sql, Transaction } from '../db/connect.ts';
import { gather } from '../files/gather.ts';
import { isShown } from '../files/kind.ts';
import { disposition } from '../files/name.ts';
import { receiveFile, UploadRefused } from '../files/receive.ts';
import type { StoredFile } from '../files/links.ts';
import type { BytesKey, Span } from '../files/store.ts';
import { hasThumbnail, makeThumbnail } from '../files/thumbnail.ts';
import { authorise } from './auth.ts';
import { readIdempotencyKey } from './body.ts';
import type { Caller } from './caller.ts';
import type { ApiDeps, App, AppEnv } from './deps.ts';
import { limit } from './limits.ts';
import { once } from './once.ts';
import { invalid, notFound, ProblemError } from './problem.ts';

/** Bytes of the largest file that a visitor may send: what is stored at all, and what the chat carries. */
export const visitorFileBytes = ({ fileMaxBytes }: Pick<Config, 'fileMaxBytes'>): number =>
  Math.min(fileMaxBytes, channelOf('chat').limits.attachments?.maxBytes ?? 0);

/** Seconds for which a browser keeps what it has shown; shorter than any link lives. */
const KEPT_SECONDS = 3_600;

export function fileRoutes(app: App, deps: ApiDeps): void {
  const { db, config, files } = deps;

  app.post('/v1/files', async (c) => {
    c.set('route', '/v1/files');
    const caller = await deps.access.identify(c.req.header('authorization'));
    c.set('caller', caller);
    authorise(caller, { audience: 'operator' });
    return c.json(await take(c, deps, caller, { operatorId: caller.id }, config.fileMaxBytes), 201);
  });

  app.post('/v1/chat/files', async (c) => {
    c.set('route', '/v1/chat/files');
    const caller = await deps.access.identify(c.req.header('authorization'));
    c.set('caller', caller);
    authorise(caller, { audience: 'visitor' });
    if (caller.kind !== 'visitor') throw notFound();
    await limit(db.sql, `visitor-file:${caller.identityId}`, config.visitorMessagesPerMinute);
    return c.json(await take(c, deps, caller, { identityId: caller.identityId }, visitorFileBytes(config)), 201);
  });

  const linked = async (c: Context<AppEnv>): Promise<FoundFile> => {
    const key = c.req.param('key') ?? '';
    const held = files.links.verify(key, { expires: c.req.query('expires') ?? '', signature: c.req.query('signature') ?? '' }, Date.now());
    if (held === 'wrong') throw notFound();
    if (held === 'expired') throw new ProblemError('forbidden', 'This link has expired. Open the file from its message again.');
    const file = await fileByKey(db.sql, key);
    if (!file) throw notFound();
    return file;
  };

  app.get('/files/:key/:name', async (c) => {
    c.set('route', '/files/:key/:name');
    return serve(c, deps, await linked(c));
  });

  // Whoever reads what an agent wrote sees its picture, for as long as it is its picture: no link of it expires.
  app.get('/avatars/:key/:name', async (c) => {
    c.set('route', '/avatars/:key/:name');
    const file = await pictureByKey(db.sql, c.req.param('key'));
    if (!file?.type.startsWith('image/') || !isShown(file.type)) throw notFound();
    return serve(c, deps, file);
  });

  app.get('/files/:key/thumbnail/:name', async (c) => {
    c.set('route', '/files/:key/thumbnail/:name');
    const file = await linked(c);
    const small = hasThumbnail(file) ? await thumbnailOf(deps, file) : null;
    // Where there is none the picture itself has to do, under the same signature.
    if (!small) return c.redirect(`../${encodeURIComponent(file.name)}${new URL(c.req.url).search}`, 302);
    return c.body(
      Uint8Array.from(small),
      200,
      headersOf({ name: file.name, type: small[0] === 0xff ? 'image/jpeg' : 'image/png', tag: `${file.sha256.slice(0, 32)}-small` }),
    );
  });
}

/** What is made of a file now, by workspace and hash: asked for twice at once, it is made once. */
const making = new Map<string, Promise<Uint8Array | null>>();

/** The small picture of a file, made when it is first asked for. @returns null where the file has to do */
async function thumbnailOf(deps: ApiDeps, { workspaceId, sha256 }: FoundFile): Promise<Uint8Array | null> {
  const { store } = deps.files;
  const kept = await store.open({ workspaceId, sha256, made: 'thumbnail' });
  if (kept) {
    const bytes = await buffer(kept);
    return bytes.length > 0 ? bytes : null;
  }
  const name = `${workspaceId}/${sha256}`;
  const made = making.get(name) ?? makeOf(deps, { workspaceId, sha256 }).finally(() => making.delete(name));
  making.set(name, made);
  return made;
}

/** Nothing made is kept too, as nothing: a picture that cannot be made small is tried once. */
async function makeOf({ db, files: { store } }: ApiDeps, key: BytesKey): Promise<Uint8Array | null> {
  const whole = await store.open(key);
  const small = whole && (await makeThumbnail(await buffer(whole)));
  if (!whole || small === 'later') return null;
  const { path } = await gather(store, small ?? new Uint8Array(), Infinity);
  await announceBytes(db.sql, key);
  await store.put({ ...key, made: 'thumbnail' }, path);
  return small;
}

/** Keeps what is uploaded. Under an `Idempotency-Key` the same bytes by the same name are one file however often they come, with a fresh link each time. */
async function take(c: Context<AppEnv>, { db, files }: ApiDeps, caller: Caller, by: Uploader, most: number): Promise<Attachment> {
  const key = readIdempotencyKey(c);
  const { workspaceId } = caller;
  const { path, sha256, ...file } = await receiveFile(c.req.raw, await files.store.gather(), most).catch(refuse);
  await announceBytes(db.sql, { workspaceId, sha256 });
  await files.store.put({ workspaceId, sha256 }, path);
  const add = (sql: Sql | Transaction): Promise<StoredFile> => addFile(sql, { workspaceId, sha256, ...file, by });
  if (key === null) return files.links.show(await add(db.sql));
  const asked = { caller, key, method: c.req.method, path: c.req.path, body: { sha256, ...file }, seal: null };
  const { body, replayed } = await once(db, asked, 201, (unit) => add(unit.sql));
  if (replayed) c.header('Idempotency-Replayed', 'true');
  return files.links.show(body as StoredFile);
}

function refuse(error: unknown): never {
  if (!(error instanceof UploadRefused)) throw error;
  const { code, message } = error;
  throw code === 'missing' || code === 'empty' || code === 'many' ? invalid('file', message) : new ProblemError(code, message);
}

/**
 * Of whatever is served: it is what its type says, belongs to no page, runs nothing, and reaches nothing; what is not a
 * picture, a sound, a film or a PDF is saved instead of shown.
 */
const headersOf = ({ name, type, tag }: { name: string; type: string; tag: string }) => ({
  'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
  'Content-Disposition': disposition(isShown(type) ? 'inline' : 'attachment', name),
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': `private, max-age=${KEPT_SECONDS}`,
  ETag: `"${tag}"`,
});

/** Answers with a file, or the part of it that was asked for. */
async function serve(c: Context<AppEnv>, { files, log }: ApiDeps, file: FoundFile): Promise<Response> {
  const { name, type, size, sha256 } = file;
  const headers = { ...headersOf({ name, type, tag: sha256.slice(0, 32) }), 'Accept-Ranges': 'bytes' };
  if (c.req.header('if-none-match') === headers.ETag) return c.body(null, 304, headers);
  const span = c.req.header('if-range') === undefined || c.req.header('if-range') === headers.ETag ? spanOf(c.req.header('range'), size) : null;
  if (span === 'none') return c.body(null, 416, { ...headers, 'Content-Range': `bytes */${size}` });
  const whole = { ...headers, 'Content-Length': String(span ? span.end - span.start + 1 : size) };
  const sent = span ? { ...whole, 'Content-Range': `bytes ${span.start}-${span.end}/${size}` } : whole;
  if (c.req.method === 'HEAD') return c.body(null, span ? 206 : 200, sent);
  const bytes = await files.store.open(file, span ?? undefined);
  if (!bytes) {
    log.error({ workspaceId: file.workspaceId, fileId: file.id }, 'the bytes of a file are gone');
    throw notFound();
  }
  return c.body(Readable.toWeb(bytes) as ReadableStream, span ? 206 : 200, sent);
}

/** The one part that a `Range` header asks for; null for the whole, also where it asks for several, and `none` for a part beyond the end. */
function spanOf(range: string | undefined, size: number): Span | 'none' | null {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < start) return null;
  return start > end ? 'none' : { start, end };
}
