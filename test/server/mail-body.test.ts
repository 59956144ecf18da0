/** Mails of HTML: how they are taken in, and the page that shows each. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../server/contract/message.ts';
import { createLinks } from '../../server/files/links.ts';
import { operatorToken } from '../support/api.ts';
import { startMail } from '../support/mail.ts';
import type { MailWorld } from '../support/mail.ts';

let mail: MailWorld;
beforeAll(async () => {
  mail = await startMail();
});
afterAll(() => mail?.stop());

/** What stands in the page as the mail itself. */
const bodyOf = (page: string): string => /<div id="mail"[^>]*>([\s\S]*)<\/div><script/.exec(page)?.[1] ?? 'no mail';
const shown = async ({ htmlUrl }: Message, more = ''): Promise<string> => bodyOf((await mail.open(`${htmlUrl}${more}`)).text);
const stored = async ({ id }: Message): Promise<string | null> => {
  const [row] = await mail.api.db.sql<{ html: string | null }[]>`select html from message where workspace_id = ${mail.world.workspaceId} and id = ${id}`;
  return row!.html;
};

describe('a mail of HTML', () => {
  test('is kept sanitised, with its text beside it', async () => {
    const message = await mail.html('<p onclick="x()">Hello <b>there</b><script>alert(1)</script></p>');
    expect(message).toMatchObject({ text: 'Hello there', subject: 'Hello', channel: 'email' });
    expect(await stored(message)).toBe('<p>Hello <b>there</b></p>');
    expect(await shown(message)).toBe('<p>Hello <b>there</b></p>');
  });

  test('that cannot be sanitised in its time is taken in with its text', async () => {
    const message = await mail.html(`<p>Please read this</p>${'<b>'.repeat(21_000)}`);
    expect(message).toMatchObject({ text: 'Please read this', htmlUrl: null, data: { htmlDropped: 'too_large' }, attachments: [{ name: 'original.html' }] });
    const original = await mail.open(message.attachments[0]!.url);
    expect(original.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(original.text).toContain('<p>Please read this</p><b><b>');
  });

  test('of plain text has no page', async () => {
    expect(await mail.deliver('From: kim@customer.example\r\nTo: support@example.com\r\n\r\nHello')).toBe(200);
    expect((await mail.newest()).htmlUrl).toBeNull();
  });

  test('is taken in once, however often it comes', async () => {
    const raw = 'From: once@customer.example\r\nMessage-ID: <once@customer.example>\r\nContent-Type: text/html\r\n\r\n<p>Once</p>';
    expect(await Promise.all(Array.from({ length: 5 }, () => mail.deliver(raw)))).toEqual([200, 200, 200, 200, 200]);
    const [row] = await mail.api.db.sql<{ count: number }[]>`select count(*) from message where external_id = 'once@customer.example'`;
    expect(row!.count).toBe(1);
  });

  test('shows its own pictures, by signed links', async () => {
    const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const html = '<p>See <img src="cid:logo@kim" alt="Our logo"> and <img src="cid:gone@kim" alt="the other"></p><p style="background:url(cid:logo@kim)">x</p>';
    await mail.deliver(
      [
        'From: pictures@customer.example',
        'To: support@example.com',
        'Subject: Logo',
        'Content-Type: multipart/related; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        html,
        '--b',
        'Content-Type: image/png; name=logo.png',
        'Content-ID: <logo@kim>',
        'Content-Disposition: inline; filename=logo.png',
        'Content-Transfer-Encoding: base64',
        '',
        picture,
        '--b--',
        '',
      ].join('\r\n'),
    );
    const message = await mail.newest();
    const page = await shown(message);
    const link = /<img src="([^"]+)" referrerpolicy="no-referrer" alt="Our logo">/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(link).toMatch(/^https:\/\/inbox\.example\/files\//);
    expect(page).toContain(`background:url(${link})`);
    expect(page).toContain('<span class="convene-picture">the other</span>');
    expect((await mail.open(link)).headers.get('content-type')).toBe('image/png');
  });

  test('has pictures of other sites only where they are asked for', async () => {
    const html =
      '<img src="http://pictures.example/logo.png?a=1&amp;b=2" width="200"><img src="https://pictures.example/t.gif" width="1" height="1"><img src="https://pictures.example/x.png" alt="A &quot;chart&quot;"><img src="data:image/png;base64,AAAA">';
    const message = await mail.html(html);
    const blocked = await mail.open(message.htmlUrl!);
    expect(bodyOf(blocked.text)).toBe(
      '<span class="convene-picture">logo.png</span><span class="convene-picture">A &quot;chart&quot;</span><img src="data:image/png;base64,AAAA">',
    );
    expect(blocked.text).toContain('data-blocked="3"');
    expect(blocked.text).not.toContain('pictures.example');
    expect(blocked.headers.get('content-security-policy')).toMatch(/img-src https:\/\/inbox\.example\/files\/ data:;/);
    const asked = await mail.open(`${message.htmlUrl}&images=1`);
    expect(bodyOf(asked.text)).toContain('<img src="https://pictures.example/logo.png?a=1&amp;b=2" referrerpolicy="no-referrer" width="200">');
    expect(asked.text).toContain('data-blocked="0"');
    expect(asked.headers.get('content-security-policy')).toMatch(/img-src https:\/\/inbox\.example\/files\/ data: https:;/);
    expect(asked.headers.get('cross-origin-embedder-policy')).toBe('credentialless');
  });

  test('has them at once where the team said so of its sender, until it says otherwise', async () => {
    const from = `Lea-${Date.now()}@Customer.example`;
    const letter = async (nth: number) => {
      await mail.deliver(
        `From: ${from}\r\nTo: support@example.com\r\nSubject: ${nth}\r\nContent-Type: text/html\r\n\r\n<img src="https://pictures.example/${nth}.png" width="200">`,
      );
      return mail.newest();
    };
    const say = (message: Message, always: boolean, token = mail.token) =>
      mail.api.call('POST', `/v1/messages/${message.id}/pictures`, { token, body: { always } });
    const first = await letter(1);
    expect((await mail.open(first.htmlUrl!)).text).not.toContain(' data-always');
    expect((await say(first, true, await operatorToken(await mail.api.world()))).status).toBe(404);
    expect((await say(first, true)).status).toBe(204);
    expect((await say(first, true)).status).toBe(204);
    const second = await mail.open((await letter(2)).htmlUrl!);
    expect(second.text).toContain('data-blocked="0" data-always');
    expect(bodyOf(second.text)).toContain('src="https://pictures.example/2.png"');
    expect(second.headers.get('content-security-policy')).toContain('data: https:;');
    expect((await mail.open((await mail.html('<img src="https://pictures.example/3.png">')).htmlUrl!)).text).toContain('data-blocked="1"');
    expect((await say(first, false)).status).toBe(204);
    expect((await mail.open(first.htmlUrl!)).text).toContain('data-blocked="1"');
  });

  test('is not confused by words that look like pictures', async () => {
    const message = await mail.html('<p title="&lt;img src=&quot;https://x.example/a.png&quot;&gt;">&lt;img src="https://x.example/b.png"&gt;</p>');
    expect(await shown(message)).toBe(await stored(message));
    expect((await mail.open(message.htmlUrl!)).text).toContain('data-blocked="0"');
  });
});

describe('its page', () => {
  test('is of no origin, runs one script, reaches nothing, and is kept by nobody', async () => {
    const message = await mail.html('<p>Hello</p>');
    const [first, second] = [await mail.open(message.htmlUrl!), await mail.open(message.htmlUrl!)];
    const nonce = /<script nonce="([^"]+)">/.exec(first.text)![1]!;
    expect(second.text).not.toContain(nonce);
    expect(first.headers.get('content-security-policy')).toBe(
      [
        "default-src 'none'",
        'img-src https://inbox.example/files/ data:',
        "style-src 'unsafe-inline'",
        `script-src 'nonce-${nonce}'`,
        "base-uri 'none'",
        "form-action 'none'",
        'sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox',
        "frame-ancestors 'self' https://inbox.example https://host.example",
      ].join('; '),
    );
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-store',
    });
    expect([...first.text.matchAll(/<script/g)]).toHaveLength(1);
  });

  test('opens for nobody without the whole link, and not for ever', async () => {
    const message = await mail.html('<p>Hello</p>');
    const other = await mail.html('<p>Other</p>');
    const url = new URL(message.htmlUrl!);
    const change = (edit: (url: URL) => void): string => {
      const copy = new URL(url);
      edit(copy);
      return copy.href;
    };
    const wrong = [
      change((one) => one.searchParams.delete('signature')),
      change((one) => one.searchParams.set('signature', 'x')),
      change((one) => (one.search = '')),
      change((one) => one.searchParams.set('expires', String(Number(one.searchParams.get('expires')) + 3_600))),
      change((one) => (one.pathname = new URL(other.htmlUrl!).pathname)),
      change((one) => (one.pathname = `/mail/x/${message.id}`)),
      createLinks('another secret', 'https://inbox.example').mail(mail.world.workspaceId, message.id),
      createLinks(mail.api.deps.config.secret, 'https://inbox.example').mail(mail.world.workspaceId, mail.world.chatAccount),
      createLinks(mail.api.deps.config.secret, 'https://inbox.example').mail(mail.world.chatAccount, message.id),
    ];
    for (const one of wrong) expect([one, (await mail.open(one)).status]).toEqual([one, 404]);
    const old = createLinks(mail.api.deps.config.secret, 'https://inbox.example', () => Date.now() - 3 * 3_600_000).mail(mail.world.workspaceId, message.id);
    expect((await mail.open(old)).status).toBe(403);
    expect((await mail.open(message.htmlUrl!)).status).toBe(200);
  });

  test('leaves no link in the log', async () => {
    const message = await mail.html('<p>Hello</p>');
    await mail.open(message.htmlUrl!);
    expect(mail.api.logged()).toContain(message.id);
    expect(mail.api.logged()).not.toContain(new URL(message.htmlUrl!).searchParams.get('signature'));
  });

  test('of a mail that passes another one on is not folded', async () => {
    const own = await mail.html('<p>Hello</p><blockquote>Older</blockquote>');
    const forwarded = await mail.html('<p>Hello</p><blockquote>Older</blockquote>', { subject: 'Fwd: Hello' });
    expect((await mail.open(own.htmlUrl!)).text).toContain(' data-folds>');
    expect((await mail.open(forwarded.htmlUrl!)).text).not.toContain(' data-folds>');
  });
});

test('what an operator writes as HTML is sanitised before anybody has it', async () => {
  const { conversationId } = await mail.html('<p>Hello</p>');
  const html = '<p onclick="x()">Hi <b>Kim</b></p><script>alert(1)</script><img src=x onerror=alert(1)>';
  const sent = await mail.api.call<Message>('POST', `/v1/conversations/${conversationId}/messages`, { token: mail.token, body: { text: 'Hi Kim', html } });
  expect([sent.status, await stored(sent.body), await shown(sent.body)]).toEqual([201, '<p>Hi <b>Kim</b></p>', '<p>Hi <b>Kim</b></p>']);
});

const fixtures = join(import.meta.dirname, '../fixtures/channels');
const corpus = process.env['EVAL_DATA'] ? join(process.env['EVAL_DATA'], 'mime') : fixtures;
test('every mail of the corpus comes in by the webhook, and each page opens', { timeout: 120_000 }, async () => {
  const files = existsSync(corpus) ? readdirSync(corpus).filter((name) => /\.(eml|msg)$/.test(name)) : [];
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect([name, await mail.deliver(readFileSync(join(corpus, name)))]).toEqual([name, 200]);
  const rows = await mail.api.db.sql<{ id: string }[]>`select id from message where workspace_id = ${mail.world.workspaceId} and html is not null`;
  const { mail: link } = createLinks(mail.api.deps.config.secret, 'https://inbox.example');
  for (const { id } of rows) expect((await mail.open(link(mail.world.workspaceId, id))).status).toBe(200);
});
