/** Addresses of files that anybody may have chosen lead nowhere inside; and a process that dies over one leaves it to another. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublicAddress, makeOutsideFetch } from '../../server/channels/outside.ts';
import type { Fetch } from '../../server/channels/channel.ts';
import { PNG } from '../support/files.ts';
import { outsideAt, startKeeper, startMediaWorld } from '../support/media.ts';
import type { Keeper, MediaWorld } from '../support/media.ts';
import type { MediaProcessSettings } from '../support/media-process.ts';
import { until } from '../support/pipeline.ts';
import { programOf } from '../support/programs.ts';

const ENVIRONMENT = { CONVENE_SECRET: 'a secret for tests that is long enough, and no other' };

let files: MediaWorld;
/** What must not be reached. */
let inside: Keeper;
/** Stands for a host on the internet: it alone counts as public. */
let outside: Keeper;

beforeAll(async () => {
  files = await startMediaWorld(ENVIRONMENT);
  [inside, outside] = await Promise.all([startKeeper(), startKeeper('127.0.0.2')]);
});
afterAll(async () => {
  await files.stop();
  await Promise.all([inside.close(), outside.close()]);
});

/** Every way to write an address of this machine or its network that resolvers and URL parsers know. */
const hosts = [
  '127.0.0.1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '0',
  '0.0.0.0',
  '127.0.0.1.',
  '127.255.255.254',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  'user:password@127.0.0.1',
  'outside.example@127.0.0.1',
  '169.254.169.254',
  '[fd00:ec2::254]',
  '10.0.0.1',
  '192.168.0.1',
  '172.16.0.1',
  '100.64.0.1',
  '198.18.0.1',
];

/** As in production, but for one address of this machine, which counts as public. A name is where it is said to be, each time anew. */
function outsideOf(names: Record<string, string[]>): Fetch {
  const asked = new Map<string, number>();
  return makeOutsideFetch(
    (host, done) => {
      const time = asked.get(host) ?? 0;
      asked.set(host, time + 1);
      const addresses = names[host] ?? ['127.0.0.1'];
      done(
        null,
        host.startsWith('rebinding')
          ? [{ address: addresses[time % addresses.length]!, family: 4 }]
          : addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
    (address) => address === '127.0.0.2' || isPublicAddress(address),
  );
}

test.each([
  'sms',
  'whatsapp',
  'instagram',
  'custom',
] as const)('nothing inside is reached by what %s says, its redirects or its names: 0 hits', async (kind) => {
  inside.asked.length = 0;
  const names = {
    'outside.example': ['127.0.0.2'],
    'both.example': ['127.0.0.2', '127.0.0.1'],
    'six.example': ['::1'],
    'mapped.example': ['::ffff:127.0.0.1'],
    'rebinding.example': ['127.0.0.2', '127.0.0.1'],
  };
  const urls = hosts.map((host) => `http://${host}:${inside.port}/direct`);
  for (const name of ['both', 'six', 'mapped', 'unknown']) urls.push(`http://${name}.example:${inside.port}/named`);
  // A host outside that leads inside, in every spelling, at once or over another hop; and a name that is elsewhere the second time.
  for (const [index, host] of hosts.entries()) {
    outside.leads(`/leads/${index}`, `http://${host}:${inside.port}/led`);
    outside.leads(`/twice/${index}`, `http://outside.example:${outside.port}/leads/${index}`);
    urls.push(`http://outside.example:${outside.port}/leads/${index}`, `http://outside.example:${outside.port}/twice/${index}`);
  }
  outside.leads('/turn', `http://rebinding.example:${inside.port}/turned`);
  urls.push(`http://rebinding.example:${outside.port}/turn`);
  for (const scheme of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'data:text/plain,inside']) urls.push(scheme);
  outside.leads('/scheme', 'file:///etc/passwd');
  outside.leads('/round', `http://outside.example:${outside.port}/round`);
  urls.push(`http://outside.example:${outside.port}/scheme`, `http://outside.example:${outside.port}/round`);

  const account = await files.account(kind);
  // Meta’s own API says where a file is; what it says is not believed either.
  for (const [index, url] of urls.entries()) outside.on(`/v23.0/${index}`, (response) => void response.end(JSON.stringify({ url })));
  const sources =
    kind === 'whatsapp'
      ? urls.map((_url, index) => String(index))
      : kind === 'custom'
        ? urls.filter((url) => url.startsWith('http') && URL.canParse(url))
        : urls;
  for (let from = 0; from < sources.length; from += 10) await files.brings(kind, account, sources.slice(from, from + 10), `49${from}`);
  const fetcher = await files.fetching(outside.url, outsideOf(names));
  // Each has been tried: refused for good, or put off because it could not be reached at all.
  await until(
    async () => {
      const [row] = await files.database.sql<{ left: number }[]>`select count(*)::int as left from media where account_id = ${account} and attempts = 0`;
      return row!.left === 0;
    },
    'every address to be tried',
    30_000,
  );
  await fetcher.stop();
  expect(inside.asked).toEqual([]);
  const [row] = await files.database.sql<{ kept: number; tried: number }[]>`
    select (select count(*) from file f join message m on m.workspace_id = f.workspace_id and m.id = f.message_id where m.account_id = ${account})::int as kept,
      (select count(*) from media where account_id = ${account})::int as tried`;
  expect(row!.kept).toBe(0);
  expect(row!.tried).toBeGreaterThan(100);
}, 60_000);

test('a file under way when its process is killed is there within 5 s, fetched by another', async () => {
  let hung = 0;
  let released = false;
  inside.on('/killed', (response) => {
    hung += 1;
    if (released) return void response.end(PNG);
    response.writeHead(200, { 'content-length': PNG.length }).write(PNG.subarray(0, 10));
  });
  const settings: MediaProcessSettings = {
    databaseUrl: files.database.url,
    apiBase: inside.url,
    environment: { ...ENVIRONMENT, FILES_DIR: files.api.deps.config.filesDir, FILE_MAX_BYTES: String(files.api.deps.config.fileMaxBytes) },
  };
  const id = await files.brings('custom', await files.account('custom'), [`http://cdn.example:${inside.port}/killed`], '7');
  const child = fork(await programOf('media'), { execArgv: [], env: { ...process.env, MEDIA_SETTINGS: JSON.stringify(settings) } });
  await until(async () => hung === 1, 'the file to be asked for', 30_000);
  released = true;
  child.kill('SIGKILL');
  await once(child, 'exit');
  const killed = performance.now();
  const fetcher = await files.fetching(inside.url, outsideAt('127.0.0.1'));
  const message = await until(async () => {
    const found = await files.message(id);
    return found && !found.pendingFiles && found;
  }, 'the file');
  expect(performance.now() - killed).toBeLessThan(5_000);
  await fetcher.stop();
  expect(message.attachments).toHaveLength(1);
  expect((await files.bytes(message.attachments[0]!.url)).equals(PNG)).toBe(true);
}, 60_000);
