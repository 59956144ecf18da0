/** The page that shows a mail's HTML. */
import type { StoredMail } from '../db/message-view.ts';
import type { StoredFile } from '../files/links.ts';
import { script } from './mail-script.ts';

interface MailPage {
  /** Its HTML as it was sanitised before it was stored: whoever serialised it quoted every attribute and escaped `"` in it. */
  mail: StoredMail;
  linkOf(file: StoredFile): string;
  /** Whether pictures of other sites are shown. */
  remote: boolean;
  /** And that they are in all mails of its sender; told where there are any. */
  always: boolean;
  /** Whether quoted history and signatures begin folded. */
  folds: boolean;
  /** Of the one script that may run. */
  nonce: string;
}

/** Light paper, whatever is round it: the sender chose those colours. */
const style = `
:root { color-scheme: light; background: #fff; }
body { margin: 0; color: #222; font: 14px/20px Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
#mail { display: flow-root; padding: 16px; overflow: auto hidden; box-sizing: border-box; }
#mail img { max-width: 100%; height: auto; }
.ours { font-family: system-ui, sans-serif; }
#mail > :first-child { margin-top: 0; }
#mail > :last-child { margin-bottom: 0; }
a { color: #1a4f8f; }
pre { white-space: pre-wrap; }
#mail .convene-picture {
  display: inline-flex; padding: 6px 10px; border: 1px dashed #a3a3a3; border-radius: 4px; color: #5c5c5c; background: #fff; font: 12px/16px Arial, "Liberation Sans", sans-serif;
}
.convene-closed .convene-folded { display: none !important; }
`;

const image = /<img((?: [^\s=>"/]+="[^"]*")*)>/g;
const attribute = (attributes: string, name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];

/** Pictures up to this size are there to count readers, or to keep things apart. */
const smallest = 8;

function isTiny(attributes: string): boolean {
  return ['width', 'height'].some((name) => /^\d+$/.test(attribute(attributes, name) ?? '') && Number(attribute(attributes, name)) <= smallest);
}

/** What stands in place of a picture: what it is called, as far as anybody said. */
function placeholder(attributes: string): string {
  const path =
    (attribute(attributes, 'src') ?? '')
      .replace(/[?#].*$/, '')
      .split('/')
      .slice(3)
      .pop() ?? '';
  const name = attribute(attributes, 'alt') ?? (/^[\w.-]{1,80}$/.test(path) ? path : '');
  return name.trim() && !isTiny(attributes) ? `<span class="convene-picture">${name.replaceAll('<', '&lt;')}</span>` : '';
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const plain = (escaped: string): string => escaped.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The whole document. */
export function mailPage({ mail: { html, direction, attachments }, linkOf, remote, always, folds, nonce }: MailPage): string {
  let blocked = 0;
  let others = 0;
  const linkOfPart = (source: string): string | undefined => {
    const id = plain(source.slice('cid:'.length));
    const file = attachments.find(({ contentId }) => contentId !== undefined && (contentId === id || contentId === decoded(id)));
    return file && quoted(linkOf(file));
  };
  const body = html
    .replace(image, (whole, attributes: string) => {
      const source = attribute(attributes, 'src')?.trim() ?? '';
      const from = (address: string): string => whole.replace(/ src="[^"]*"/, ` src="${address}" referrerpolicy="no-referrer"`);
      if (/^cid:/i.test(source)) {
        const own = linkOfPart(source);
        return own ? from(own) : placeholder(attributes);
      }
      if (!/^https?:/i.test(source)) return whole;
      others += 1;
      if (remote) return from(source.replace(/^http:/i, 'https:'));
      blocked += 1;
      return placeholder(attributes);
    })
    .replace(
      /url\(\s*(["']?)(cid:[^"'()\s<>&]{1,500})\1\s*\)/gi,
      (_whole, _quote, source: string) => `url(${linkOfPart(source)?.replaceAll('&amp;', '&') ?? 'data:,'})`,
    );
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title></title><style>${style}</style></head>` +
    `<body${direction === 'outbound' ? ' class="ours"' : ''}><div id="mail" dir="auto" data-blocked="${blocked}"${always && others > 0 ? ' data-always' : ''}${folds ? ' data-folds' : ''}>${body}</div><script nonce="${nonce}">${script}</script></body></html>`
  );
}
