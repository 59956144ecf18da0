import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { S3Config } from '../config.ts';
import { gatheringIn } from './gathering.ts';
import { nameOf } from './store.ts';
import type { BytesKey, FileStore } from './store.ts';

/** Milliseconds that the store may be silent. */
const SILENCE_MS = 30_000;

/** A fault of the store: what it was asked and what it answered, without keys. */
class StoreFault extends Error {
  override readonly name = 'StoreFault';
  constructor(method: string, status: number, detail: string) {
    super(`the file store answered ${status} to ${method}${detail && `: ${detail}`}`);
  }
}

/**
 * Files in a bucket of anything that speaks S3: `<workspace>/<sha256>`. Bytes are streamed both ways, and are sent under
 * their hash, so that what arrives otherwise is refused there.
 * @param folder on this machine, for what is on its way
 */
export function s3Store({ endpoint, bucket, region, keyId, secret }: S3Config, folder: string): FileStore {
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  /**
   * Signs a request (AWS Signature Version 4) and sends it; once more where it went over a connection that the store had
   * closed meanwhile. The answer's body has to be read or thrown away.
   */
  async function call(
    method: 'GET' | 'PUT' | 'DELETE',
    key: BytesKey,
    headers: Record<string, string>,
    body?: { path: string; size: number },
    again = false,
  ): Promise<IncomingMessage> {
    const hash = body ? (key.made ? 'UNSIGNED-PAYLOAD' : key.sha256) : 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const signed = await new AwsV4Signer({
      method,
      url: `${endpoint}/${bucket}/${key.workspaceId}/${nameOf(key)}`,
      service: 's3',
      region,
      accessKeyId: keyId,
      secretAccessKey: secret,
      headers: { ...headers, 'x-amz-content-sha256': hash },
    }).sign();
    const secure = signed.url.protocol === 'https:';
    const request = (secure ? httpsRequest : httpRequest)(signed.url, {
      method,
      agent: agents[secure ? 'https:' : 'http:'],
      headers: { ...Object.fromEntries(signed.headers), ...(body && { 'content-length': String(body.size) }) },
    });
    request.setTimeout(SILENCE_MS, () => request.destroy(new Error('the file store is silent')));
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.once('error', reject);
    });
    try {
      // It may answer, and hang up, before it has all.
      if (body) await Promise.race([answered, pipeline(createReadStream(body.path), request)]);
      else request.end();
      return await answered;
    } catch (error) {
      if (again || !request.reusedSocket) throw error;
      return call(method, key, headers, body, true);
    }
  }

  async function fault(method: string, answer: IncomingMessage): Promise<StoreFault> {
    let text = '';
    for await (const chunk of answer.setEncoding('utf8')) if (text.length < 2_000) text += chunk as string;
    return new StoreFault(method, answer.statusCode ?? 0, /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '');
  }

  return {
    ...gatheringIn(folder),
    async put(key, gathered) {
      const { size } = await stat(gathered);
      const answer = await call('PUT', key, { 'content-type': 'application/octet-stream' }, { path: gathered, size });
      if (answer.statusCode !== 200) throw await fault('PUT', answer);
      answer.resume();
      await rm(gathered, { force: true });
    },
    async open(key, span) {
      const answer = await call('GET', key, span ? { range: `bytes=${span.start}-${span.end}` } : {});
      if (answer.statusCode === (span ? 206 : 200)) return answer;
      if (answer.statusCode !== 404) throw await fault('GET', answer);
      answer.resume();
      return null;
    },
    async remove(key) {
      const answer = await call('DELETE', key, {});
      if (answer.statusCode !== 204 && answer.statusCode !== 200 && answer.statusCode !== 404) throw await fault('DELETE', answer);
      answer.resume();
    },
  };
}
