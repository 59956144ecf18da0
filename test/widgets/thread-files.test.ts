import { expect } from 'chai';
import '../../widgets/elements/conv-thread.ts';
import { findings, inside, openThread, until, type Opened } from '../support/thread-page.ts';
import { ana, message, restartSeq, taken } from '../support/thread-world.ts';

const picture = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const file = {
  id: '01970000-0000-7000-8000-00000000f001',
  name: 'seal.pdf',
  type: 'application/pdf',
  size: 312_000,
  url: 'https://inbox.example/files/a/seal.pdf?signature=b',
};

let opened: Opened | undefined;

describe('files in an open conversation', () => {
  beforeEach(() => restartSeq());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  const show = async (...items: ReturnType<typeof message>[]): Promise<HTMLElement[]> => {
    opened = await openThread(taken({ lastInboundSeq: items.length, inboundCount: items.length }), items);
    return until(() => {
      const bodies = inside(opened!.element, 'conv-log .msg-body');
      return bodies.length === items.length ? bodies : undefined;
    });
  };

  it('are a small picture, or a name with a size, and each opens in a tab of its own', async () => {
    const photo = { ...file, name: 'leak.png', type: 'image/png', url: new URL('/demo/inbox.png', location.href).href };
    const [body] = await show(message({ text: 'It leaks here', attachments: [photo, file] }));
    const [shot, chip] = [...body!.querySelectorAll<HTMLAnchorElement>('.files a')];
    for (const link of [shot!, chip!]) expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    expect([shot!.href, chip!.href]).to.deep.equal([photo.url, file.url]);
    const { width, height } = shot!.getBoundingClientRect();
    expect([width, height].map(Math.round)).to.deep.equal([160, 120]);
    expect(shot!.querySelector('img')!.alt).to.equal('leak.png');
    expect(chip!.innerText.replace(/\s+/g, ' ').trim()).to.match(/^seal\.pdf 312 kB$/i);
    expect(body!.innerText).to.include('It leaks here');
    expect(await findings(opened!.element)).to.deep.equal([]);
  });

  it('stand alone where the text only names them, on either side', async () => {
    const author = { kind: 'operator' as const, id: ana.id, name: ana.name };
    const bodies = await show(
      message({ text: 'seal.pdf', attachments: [file] }),
      message({ text: 'seal.pdf', attachments: [file], direction: 'outbound', author }),
    );
    for (const body of bodies) expect([body.querySelectorAll('.said').length, body.querySelectorAll('.attached').length]).to.deep.equal([0, 1]);
  });

  it('lead nowhere but to the web, and what calls itself a picture and may hold a script is none', async () => {
    const [body] = await show(
      message({
        attachments: [
          { ...file, url: 'javascript:alert(1)' },
          { ...file, type: 'image/svg+xml', name: '<b>.svg' },
          { ...file, type: 'image/png', url: picture },
        ],
      }),
    );
    const links = [...body!.querySelectorAll<HTMLAnchorElement>('.files a')];
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal([null, file.url, null]);
    expect(links[1]!.className).to.equal('attached');
    expect(links[1]!.textContent).to.include('<b>.svg');
    expect(body!.querySelector('img')!.getAttribute('src')).to.equal(null);
  });

  it('hold the original of a mail whose formatted version is not shown, which says why', async () => {
    const original = { ...file, name: 'original.html', type: 'text/html' };
    opened = await openThread(taken({ channel: 'email', lastInboundSeq: 1 }), [
      message({ channel: 'email', text: 'Hello', attachments: [file, original], data: { htmlDropped: 'too_heavy' } }),
    ]);
    const notice = await until(() => inside(opened!.element, 'mail-dropped')[0]);
    expect(notice.shadowRoot!.textContent).to.include('took too long or too much memory');
    expect(notice.shadowRoot!.querySelector('a')!.href).to.equal(original.url);
    expect(inside(opened.element, 'conv-log .files a').length).to.equal(1);
    expect(await findings(opened.element)).to.deep.equal([]);
  });

  it('are shown small where there is a small one, and said to be on their way, or lost and why, where they are not here', async () => {
    const photo = {
      ...file,
      name: 'a.jpg',
      type: 'image/jpeg',
      url: new URL('/demo/index.html', location.href).href,
      thumbnailUrl: new URL('/demo/inbox.png', location.href).href,
    };
    const pendingFiles = [
      { id: '01930000-0000-7000-8000-00000000000a', name: 'b.jpg', type: 'image/jpeg', error: null, again: false },
      { id: '01930000-0000-7000-8000-00000000000b', name: 'c.pdf', type: 'application/pdf', error: 'The provider answered 410.', again: true },
    ];
    // In whatever order they came.
    const [body] = await show(message({ text: 'b.jpg, a.jpg, c.pdf', attachments: [photo], pendingFiles }));
    expect(body!.querySelectorAll('.said')).to.have.length(0);
    expect([body!.querySelector<HTMLAnchorElement>('a.shot')!.href, body!.querySelector('img')!.src]).to.deep.equal([photo.url, photo.thumbnailUrl]);
    const chips = [...body!.querySelectorAll<HTMLElement>('span.attached')];
    expect(chips.map(({ textContent }) => textContent!.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'b.jpgis being fetched',
      'c.pdfcould not be fetched: The provider answered 410.Try again',
    ]);
    chips[1]!.querySelector('button')!.click();
    await until(async () => (await opened!.inbox.requests()).includes(`POST /v1/files/${pendingFiles[1]!.id}/fetch`));
    expect(await findings(opened!.element)).to.deep.equal([]);
  });
});
