/** Convene where a host puts it: under a path of its server, behind a proxy, with its scripts elsewhere, in a container; and the tokens that its back end signs. */
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildInbound } from '../../demo/inbound.ts';
import type { ChannelAccountConfig } from '../../server/channels/channel.ts';
import { signOwn } from '../../server/channels/signatures.ts';
import type { Conversation } from '../../server/contract/conversation.ts';
import type { Message } from '../../server/contract/message.ts';
import type { ChannelAccount } from '../../server/contract/settings.ts';
import { openConvene } from '../../server/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { behindProxy, inHono, inNode } from '../support/mounted.ts';
import type { Mounted } from '../support/mounted.ts';
import { keepSilent } from '../support/silent-elements.ts';
import { listenTo } from '../support/stream.ts';

const CONVENE_SECRET = 'a secret of the host that is long enough for anybody';
const run = promisify(execFile);

let database: TestDatabase;
keepSilent();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

/** The recipes of the documentation, each with what runs it. */
const recipes = { 'token.mjs': process.execPath, 'token.py': 'python3', 'token.rb': 'ruby', 'token.php': 'php' } as const;

/** What a recipe prints: an operator's token and a customer's. */
async function tokensBy(name: keyof typeof recipes): Promise<{ operator: string; customer: string }> {
  const { stdout } = await run(recipes[name], [join('test/fixtures/tokens', name)], { env: { ...process.env, CONVENE_SECRET } });
  const [operator = '', customer = ''] = stdout.trim().split('\n');
  return { operator, customer };
}

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe.each([
  ['a Hono app', inHono],
  ['a plain Node server', inNode],
  ['a proxy that takes the path off', behindProxy],
] as const)('under a path of %s', (_name, mount) => {
  let at: Mounted;
  let operator: string;
  let call: <T>(method: string, path: string, body?: unknown, token?: string) => Promise<T>;

  beforeAll(async () => {
    at = await mount({ DATABASE_URL: database.url, CONVENE_SECRET, WORKSPACE: 'main', ALLOWED_ORIGINS: 'https://shop.example' });
    ({ operator } = await tokensBy('token.mjs'));
    call = async (method, path, body, token = operator) => {
      const init: RequestInit = {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}) },
      };
      if (body) init.body = body instanceof FormData ? body : JSON.stringify(body);
      const answer = await fetch(at.base + path, init);
      expect([path, answer.status < 300, answer.ok ? '' : await answer.text()]).toEqual([path, true, '']);
      return (await answer.json()) as never;
    };
  });
  afterAll(() => at.stop());

  test('a visitor and the team write, hear of it and open each other’s files', async () => {
    await call<ChannelAccount>('POST', '/v1/channel-accounts', { channel: 'chat', name: 'Website' });
    const { token } = await call<{ token: string }>('POST', '/v1/chat/sessions', { workspace: 'main' });
    const form = new FormData();
    form.append('file', new Blob([png]), 'ticket.png');
    const file = await call<{ id: string; url: string }>('POST', '/v1/chat/files', form, token);
    const [team, visitor] = [await listenTo(`${at.base}/v1/events`, operator), await listenTo(`${at.base}/v1/chat/events`, token)];
    const { conversationId } = await call<{ conversationId: string }>('POST', '/v1/chat/messages', { text: 'Hello', attachmentIds: [file.id] }, token);
    const { data } = await team.until(({ event, data: { conversationId: of } }) => event === 'message' && of === conversationId, 'the message');
    const url = (data as unknown as Message).attachments[0]!.url;
    expect([url, file.url].filter((one) => !one.startsWith(`${at.base}/files/`))).toEqual([]);
    const shown = await fetch(url);
    expect([shown.status, shown.headers.get('cross-origin-resource-policy'), Buffer.from(await shown.arrayBuffer()).equals(png)]).toEqual([
      200,
      'cross-origin',
      true,
    ]);
    const small = await fetch(url.replace(/\/files\/([^/]+)\//, '/files/$1/thumbnail/'));
    expect([small.status, small.redirected, small.url.startsWith(`${at.base}/files/`)]).toEqual([200, true, true]);
    await call('POST', `/v1/conversations/${conversationId}/messages`, { text: 'Good morning' });
    await visitor.until(({ event, data: { text } }) => event === 'message' && text === 'Good morning', 'the answer');
    visitor.close();
    team.close();
  });

  test('providers sign the public address with its path', async () => {
    const credentials = { authToken: 'auth-token-of-twilio' };
    const account = await call<ChannelAccount>('POST', '/v1/channel-accounts', {
      channel: 'sms',
      name: 'SMS',
      address: `+49301${new URL(at.base).port}`,
      settings: { accountSid: `AC${'0'.repeat(32)}` },
      credentials,
    });
    expect(account.webhookUrl).toBe(`${at.base}/v1/channels/${account.id}/inbound`);
    const known: ChannelAccountConfig = {
      id: account.id,
      workspaceId: 'main',
      kind: 'sms',
      address: account.address,
      settings: account.settings,
      credentials,
      replyKeys: [],
    };
    const told = async (publicUrl: string): Promise<number> => {
      const signed = await buildInbound({ from: '+4917012345', text: 'By text' }, known, publicUrl, new Date());
      return (await fetch(account.webhookUrl, { method: 'POST', headers: signed!.headers, body: signed!.body as BodyInit })).status;
    };
    expect([await told(at.base), await told(new URL(at.base).origin)]).toEqual([200, 401]);
  });

  test('a mail is shown from there, with the pages of the host round it', async () => {
    const secret = 'a-webhook-secret-of-the-account';
    const { port } = new URL(at.base);
    const account = await call<ChannelAccount>('POST', '/v1/channel-accounts', {
      channel: 'email',
      name: 'Mail',
      address: `${port}@example.com`,
      credentials: { webhookSecrets: [secret] },
    });
    const mail = Buffer.from(`From: kim@customer.example\r\nTo: ${port}@example.com\r\nContent-Type: text/html\r\n\r\n<p>Good day</p>`);
    const headers = { 'content-type': 'message/rfc822', 'x-convene-signature': signOwn(secret, mail, new Date()) };
    expect((await fetch(account.webhookUrl, { method: 'POST', headers, body: mail })).status).toBe(200);
    const [conversation] = (await call<{ items: Conversation[] }>('GET', '/v1/conversations?status=any&channel=email')).items;
    const { htmlUrl } = (await call<{ items: Message[] }>('GET', `/v1/conversations/${conversation!.id}/messages`)).items[0]!;
    expect(htmlUrl).toContain(`${at.base}/mail/`);
    const page = await fetch(htmlUrl!);
    expect(await page.text()).toContain('<p>Good day</p>');
    const policy = page.headers.get('content-security-policy');
    // A path among ancestors would fit no page; one among pictures holds for what lies below it.
    expect(policy).toContain(`frame-ancestors 'self' ${new URL(at.base).origin} https://shop.example`);
    expect(policy).toContain(`img-src ${at.base}/files/ data:`);
  });

  test('what browsers and programs are told is the same as without a path', async () => {
    const asked = await fetch(`${at.base}/v1/me`, { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'PATCH' } });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, 'https://shop.example']);
    const answers = await Promise.all(
      [
        ['GET', '/v1/nothing'],
        ['PUT', '/v1/me'],
        ['GET', '/v1/me'],
      ].map(async ([method, path]) => {
        const answer = await fetch(at.base + path!, { method: method!, headers: { origin: 'https://shop.example' } });
        const { code } = (await answer.json()) as { code: string };
        return [answer.status, code, answer.headers.get('allow'), answer.headers.get('cache-control'), answer.headers.get('access-control-allow-origin')];
      }),
    );
    expect(answers).toEqual([
      [404, 'not_found', null, 'no-store', 'https://shop.example'],
      [405, 'method_not_allowed', 'GET, PATCH', 'no-store', 'https://shop.example'],
      [401, 'unauthorized', null, 'no-store', 'https://shop.example'],
    ]);
    expect((await call<{ servers: unknown }>('GET', '/v1/openapi.json')).servers).toEqual([{ url: at.base }]);
    expect(await (await fetch(`${at.base}/healthz`)).json()).toEqual({ status: 'ok' });
    if (mount === inHono) {
      const [about, nothing] = await Promise.all(['/about', '/nothing'].map(async (path) => (await fetch(at.base + path)).text()));
      expect([about, nothing]).toEqual(['a page of the host', 'nothing of the host']);
    }
  });
});

test('a page, its scripts and the API may each be of an origin of its own', { timeout: 60_000 }, async () => {
  const { operator } = await tokensBy('token.mjs');
  const files = join(process.cwd(), 'dist/widgets');
  const cdn = createServer(async (request, response) => {
    const script = await readFile(join(files, request.url!.slice(1))).catch(() => undefined);
    response.writeHead(script ? 200 : 404, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }).end(script);
  }).listen(0, '127.0.0.1');
  const host = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  }).listen(0, '127.0.0.1');
  const origin = (server: typeof cdn): string => {
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  };
  await Promise.all([cdn, host].map((server) => server.listening || once(server, 'listening')));
  const at = await behindProxy({ DATABASE_URL: database.url, CONVENE_SECRET, WORKSPACE: 'main', ALLOWED_ORIGINS: origin(host) });
  const page = `<!doctype html><html lang="en"><script type="module" src="${origin(cdn)}/convene.js"></script><script type="module" src="${origin(cdn)}/chat.js"></script>
    <conv-provider base="${at.base}/" workspace="main" token="${operator}"><conv-inbox style="height: 600px"></conv-inbox></conv-provider><conv-chat base="${at.base}" workspace="main"></conv-chat>`;
  const browser = await launchBrowser();
  try {
    const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const faults: string[] = [];
    tab.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
    tab.on('response', (response) => void (response.status() >= 400 && faults.push(`${response.status()} ${response.url()}`)));
    await tab.goto(origin(host));
    await tab.locator('conv-chat button.launcher').click();
    await tab.locator('conv-chat textarea').fill('Hello from another origin');
    await tab.locator('conv-chat textarea').press('Enter');
    await tab.locator('conv-pool .row', { hasText: 'Hello from another origin' }).locator('.row-link').click();
    await tab.locator('conv-thread', { hasText: 'Hello from another origin' }).locator('textarea').waitFor();
    await tab.locator('conv-pool .row', { hasText: 'Good day' }).first().locator('.row-link').click();
    await tab.frameLocator('conv-thread iframe').getByText('Good day').waitFor();
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    await at.stop();
    cdn.close();
    host.close();
  }
});

test('scripts are kept for ever where their name says what is in them, and asked for again where it does not', async () => {
  const at = await inHono({ DATABASE_URL: database.url, CONVENE_SECRET, ROLE: 'web' });
  const entry = await fetch(`${at.base}/widgets/chat.js`);
  const chunk = /"\.\/([\w-]+-[\w-]{8}\.js)"/.exec(await entry.text())?.[1];
  const answers = [entry, await fetch(`${at.base}/widgets/${chunk}`)];
  expect(answers.map(({ headers }) => headers.get('cache-control'))).toEqual([
    'public, max-age=300, stale-while-revalidate=86400',
    'public, max-age=31536000, immutable',
  ]);
  expect(answers.map(({ headers }) => [headers.get('access-control-allow-origin'), headers.get('cross-origin-resource-policy')])).toEqual([
    ['*', 'cross-origin'],
    ['*', 'cross-origin'],
  ]);
  await at.stop();
});

test('what a host imports is built, with its types', async () => {
  const { exports: found } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, { types: string; default: string }> };
  const built = (await import(join(process.cwd(), found['./server']!.default))) as typeof import('../../server/index.ts');
  await expect(built.openConvene({})).rejects.toMatchObject({ name: 'SetupError', message: expect.stringContaining('CONVENE_SECRET is not set') });
  expect(readFileSync(found['./server']!.types, 'utf8')).toContain('export declare function openConvene(environment: Environment): Promise<Convene>');
});

test('a host that does not say where it is reached is told so', async () => {
  await expect(openConvene({ DATABASE_URL: database.url, CONVENE_SECRET })).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringContaining('PUBLIC_URL is not set'),
  });
});

describe('the recipes of tokens', () => {
  const names = Object.keys(recipes) as (keyof typeof recipes)[];
  const runs = (name: keyof typeof recipes): boolean => spawnSync(recipes[name], ['--version']).status === 0;
  let at: Mounted;
  beforeAll(async () => {
    at = await inNode({ DATABASE_URL: database.url, CONVENE_SECRET, WORKSPACE: 'main', ROLE: 'web' });
  });
  afterAll(() => at.stop());

  test('are those of the documentation', () => {
    const told = readFileSync('widgets/README.md', 'utf8');
    expect(names.filter((name) => !told.includes(readFileSync(join('test/fixtures/tokens', name), 'utf8').trim()))).toEqual([]);
  });

  test('are run in Node at least', () => expect(runs('token.mjs')).toBe(true));

  test.each(names.filter(runs))('%s signs for an operator and for a customer', async (name) => {
    const { operator, customer } = await tokensBy(name);
    const me = await fetch(`${at.base}/v1/me`, { headers: { authorization: `Bearer ${operator}` } });
    expect([me.status, await me.json()]).toEqual([200, expect.objectContaining({ name: 'Ana Duarte', email: 'ana@example.com', role: 'admin' })]);
    const session = await fetch(`${at.base}/v1/chat/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ workspace: 'main', identityToken: customer }),
    });
    expect([session.status, await session.json()]).toEqual([
      201,
      expect.objectContaining({ contact: expect.objectContaining({ name: 'Zoë Weiß', email: 'zoe@example.com' }) }),
    ]);
  });

  const absent = names.filter((name) => !runs(name));
  if (absent.length > 0)
    test.each(absent)('%s is not run here, where its language is not; it says what the others say', (name) => {
      const text = readFileSync(join('test/fixtures/tokens', name), 'utf8');
      for (const claim of ['operator', 'visitor', 'workspace', 'exp', 'HS256', 'CONVENE_SECRET']) expect(text).toContain(claim);
    });
});

describe('the image', () => {
  const lines = readFileSync('server/Dockerfile', 'utf8').split('\n');
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM')));

  test('copies only what there is, runs as nobody special, and is asked whether it lives at an address that answers', () => {
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(/\s+/).slice(1, -1))
      .filter((name) => name !== '.');
    expect(copied.filter((name) => !existsSync(name))).toEqual([]);
    expect(last.find((line) => line.startsWith('USER'))).toBe('USER node');
    expect(last.join('\n')).toContain('/healthz');
    expect(last.filter((line) => line.startsWith('CMD'))).toEqual(['CMD ["node", "dist/server/main.js"]']);
    expect(last.some((line) => line.includes('--from=build /app/dist dist'))).toBe(true);
  });
});
