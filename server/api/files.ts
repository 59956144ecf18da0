/** Files: uploaded by the team and by visitors, and served to whoever has a link. */
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import { channelOf } from '../channels/registry.ts';
import type { Config } from '../config.ts';
import type { Attachment } from '../contract/message.ts';
import { addFile, announceBytes, fileByKey } from '../db/files.ts';
import type { FoundFile, Uploader } from '../db/files.ts';
import { isShown } from '../files/kind.ts';
import { disposition } from '../files/name.ts';
import { receiveFile, UploadRefused } from '../files/receive.ts';
import type { Span } from '../files/store.ts';
import { authorise } from './auth.ts';
import type { ApiDeps, App, AppEnv } from './deps.ts';
import { limit } from './limits.ts';
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
    return c.json(await take(c, deps, caller.workspaceId, { operatorId: caller.id }, config.fileMaxBytes), 201);
  });

  app.post('/v1/chat/files', async (c) => {
    c.set('route', '/v1/chat/files');
    const caller = await deps.access.identify(c.req.header('authorization'));
    c.set('caller', caller);
    authorise(caller, { audience: 'visitor' });
    if (caller.kind !== 'visitor') throw notFound();
    await limit(db.sql, `visitor-file:${caller.identityId}`, config.visitorMessagesPerMinute);
    return c.json(await take(c, deps, caller.workspaceId, { identityId: caller.identityId }, visitorFileBytes(config)), 201);
  });

  app.get('/files/:key/:name', async (c) => {
    c.set('route', '/files/:key/:name');
    const key = c.req.param('key');
    const held = files.links.verify(key, { expires: c.req.query('expires') ?? '', signature: c.req.query('signature') ?? '' }, Date.now());
    if (held === 'wrong') throw notFound();
    if (held === 'expired') throw new ProblemError('forbidden', 'This link has expired. Open the file from its message again.');
    const file = await fileByKey(db.sql, key);
    if (!file) throw notFound();
    return serve(c, deps, file);
  });
}

async function take(c: Context<AppEnv>, { db, files }: ApiDeps, workspaceId: string, by: Uploader, most: number): Promise<Attachment> {
  const { path, sha256, ...file } = await receiveFile(c.req.raw, await files.store.gather(), most).catch(refuse);
  await announceBytes(db.sql, { workspaceId, sha256 });
  await files.store.put({ workspaceId, sha256 }, path);
  return files.links.show(await addFile(db.sql, { workspaceId, sha256, ...file, by }));
}

function refuse(error: unknown): never {
  if (!(error instanceof UploadRefused)) throw error;
  const { code, message } = error;
  throw code === 'missing' || code === 'empty' || code === 'many' ? invalid('file', message) : new ProblemError(code, message);
}

/**
 * Answers with a file. Whatever it is, it is what its type says, belongs to no page, runs nothing, and reaches nothing;
 * what is not a picture, a sound, a film or a PDF is saved instead of shown.
 */
async function serve(c: Context<AppEnv>, { files, log }: ApiDeps, file: FoundFile): Promise<Response> {
  const { name, type, size, sha256 } = file;
  const shown = isShown(type);
  const headers = {
    'Content-Type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'Content-Disposition': disposition(shown ? 'inline' : 'attachment', name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': `private, max-age=${KEPT_SECONDS}`,
    'Accept-Ranges': 'bytes',
    ETag: `"${sha256.slice(0, 32)}"`,
  };
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
