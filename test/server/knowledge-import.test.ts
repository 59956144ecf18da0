/** Articles that come of files and pages: drafts, each with its own outcome, and what cannot be read. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportOutcome } from '../../server/contract/knowledge.ts';
import type { Article } from '../../server/contract/settings.ts';
import { docxOf, pdfOf } from '../support/documents.ts';
import { useOwnApi } from '../support/own-api.ts';

const own = useOwnApi({ PRIVATE_HOSTS: '127.0.0.1' });
let pages: Server;
let site: string;

beforeAll(async () => {
  pages = createServer((request, response) => {
    const isPage = request.url === '/help/returns';
    response.writeHead(isPage ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(isPage ? PAGE : 'nothing');
  });
  await new Promise<void>((done) => pages.listen(0, '127.0.0.1', done));
  site = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
});
afterAll(() => {
  pages.closeAllConnections();
  pages.close();
});

const PAGE = `<!doctype html><html lang="en-GB"><head><title>Help · Morrow</title><script>document.title = 'no'</script></head><body>
  <nav><a href="/">Home</a> Menu that nobody reads</nav>
  <main><h1>Returning a grinder</h1><p>Send it back within <b>30 days</b>, see <a href="../label">the label</a>.</p>
  <h2>What it costs</h2><ul><li>Nothing in the <em>EU</em><ul><li>also islands</li></ul></li><li hidden>secret</li></ul>
  <table><tr><th>Country</th><th>Price</th></tr><tr><td>Norway</td><td>€8 | flat</td></tr></table><form><input value="x"><button>Send</button></form></main>
  <footer>© Morrow</footer></body></html>`;

/** As a request has it. */
const file = (name: string, text: string | Buffer) => ({ name, data: Buffer.from(text).toString('base64') });

test('PDF and Word files come as drafts; a scan says that it has no text, and what would unpack to far too much is refused', async () => {
  const bomb = docxOf([['p', 'a'.repeat(60_000_000)]]);
  const files = [
    file('guarantee.pdf', pdfOf('The guarantee is two years.')),
    file(
      'care_notes.docx',
      docxOf([
        ['h', 'Cleaning'],
        ['p', 'Rinse it with warm water.'],
      ]),
    ),
    file('scan.pdf', pdfOf('')),
    file('bomb.docx', bomb),
    file('none.docx', Buffer.from('PK nothing')),
  ];
  expect(bomb.length).toBeLessThan(1_000_000);
  const { body } = await own.api.call<{ items: ImportOutcome[] }>('POST', '/v1/articles/import', { token: own.token, body: { files } });
  expect(body.items).toMatchObject([
    { draft: { title: 'guarantee', text: 'The guarantee is two years.', language: 'en' }, fault: null },
    { draft: { title: 'Cleaning', text: 'Rinse it with warm water.', language: 'en' }, fault: null },
    { draft: null, fault: 'no_text' },
    { draft: null, fault: 'too_large' },
    { draft: null, fault: 'unreadable' },
  ]);
}, 180_000);

test('files and pages come as drafts, each with its own outcome, and nothing is saved', async () => {
  const before = await own.api.call<{ items: Article[] }>('GET', '/v1/articles', { token: own.token });
  const answer = await own.api.call<{ items: ImportOutcome[] }>('POST', '/v1/articles/import', {
    token: own.token,
    body: {
      files: [
        file('returns.md', '# Rückgabe\n\nSie können alles innerhalb von 30 Tagen zurückgeben.\n'),
        file('opening-hours.txt', 'The shops are open on Saturdays from ten to four.'),
        file('page.html', PAGE),
        file('broken.pdf', Buffer.from('%PDF-1.7\u0000\u0001')),
        file('empty.txt', ' \n'),
        file('latin.txt', Buffer.from('Caf\xe9 ge\xf6ffnet', 'latin1')),
        file('long.txt', 'word '.repeat(20_000)),
      ],
      urls: [`${site}/help/returns`, `${site}/gone`, 'http://169.254.169.254/latest', 'http://[::1]:1/'],
    },
  });
  expect(answer.status).toBe(200);
  const [md, txt, html, pdf, empty, latin, long, page, gone, metadata, inside] = answer.body.items;
  expect(md!.draft).toMatchObject({ title: 'Rückgabe', text: 'Sie können alles innerhalb von 30 Tagen zurückgeben.', language: 'de', sourceUrl: null });
  expect(txt!.draft).toMatchObject({ title: 'opening hours', language: 'en' });
  expect(page!.draft).toEqual({
    title: 'Returning a grinder',
    language: 'en-GB',
    sourceUrl: `${site}/help/returns`,
    text: `Send it back within **30 days**, see [the label](${site}/label).\n\n## What it costs\n\n- Nothing in the *EU*\n  - also islands\n\n| Country | Price |\n| --- | --- |\n| Norway | €8 / flat |`,
  });
  expect(html!.draft).toMatchObject({ title: 'Returning a grinder' });
  expect(latin!.draft!.text).toBe('Café geöffnet');
  expect([pdf, empty, long, gone, metadata, inside].map((one) => one!.fault)).toEqual([
    'unreadable',
    'empty',
    'too_large',
    'unreachable',
    'not_public',
    'not_public',
  ]);
  expect((await own.api.call<{ items: Article[] }>('GET', '/v1/articles', { token: own.token })).body.items).toHaveLength(before.body.items.length);
  expect(await own.api.refused('POST', '/v1/articles/import', { token: own.ben, body: { files: [], urls: [] } })).toMatchObject({
    status: 403,
  });
});
