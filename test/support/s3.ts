/** s3rver, which runs from npm, behind a door that checks what it does not: signatures (AWS Signature Version 4) and the hash of what is sent. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, request as forward } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';

export const S3_ACCOUNT = { bucket: 'convene', region: 'eu-central-1', keyId: 'S3RVER', secret: 'S3RVER' };

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Whether a request is signed with the account's secret, by the rules of the service's documentation. */
function isSigned({ method = '', url = '', headers }: IncomingMessage, body: Uint8Array): boolean {
  const [, keyId, day, region, names, signature] =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const date = String(headers['x-amz-date']);
  const hash = String(headers['x-amz-content-sha256']);
  if (keyId !== S3_ACCOUNT.keyId || region !== S3_ACCOUNT.region || !names || !day || !date.startsWith(day)) return false;
  if (!names.split(';').includes('x-amz-content-sha256') || (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body))) return false;
  const [path, query = ''] = url.split('?');
  const canonical = [method, path, query, ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`), '', names, hash].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${S3_ACCOUNT.secret}`);
  return hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')).toString('hex') === signature;
}

/** @param directory where the bucket is kept */
export async function startS3(directory: string) {
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: S3_ACCOUNT.bucket }] });
  const { port } = await server.run();
  const door = createServer((request, response) => {
    void buffer(request).then((body) => {
      if (!isSigned(request, body)) return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
      const { method, url, headers } = request;
      forward({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }).end(body);
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    async close() {
      door.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await server.close();
    },
  };
}
