/** What runs in the worker that sanitises mails, and the rules that it is given. */

/** Elements that a mail may have; of all others only the text inside stays, of some not even that. */
const tags = [
  'html',
  'head',
  'body',
  'a',
  'abbr',
  'address',
  'article',
  'aside',
  'b',
  'bdi',
  'bdo',
  'big',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'details',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'font',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'main',
  'mark',
  'nav',
  'ol',
  'p',
  'pre',
  'q',
  's',
  'samp',
  'section',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'summary',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'time',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
];
/** Attributes that they may have. Ids are given a prefix, so that none of them is a name that scripts know. */
const attributes = [
  'align',
  'alt',
  'bgcolor',
  'border',
  'cellpadding',
  'cellspacing',
  'class',
  'color',
  'cols',
  'colspan',
  'datetime',
  'dir',
  'face',
  'headers',
  'height',
  'href',
  'hspace',
  'id',
  'lang',
  'nowrap',
  'reversed',
  'role',
  'rowspan',
  'scope',
  'size',
  'span',
  'src',
  'start',
  'style',
  'summary',
  'text',
  'title',
  'type',
  'valign',
  'value',
  'vspace',
  'width',
];
/** Where links may lead. */
const links = '^(?:https?:\\/\\/|mailto:|tel:)';
/** Where pictures may come from; whether those of other sites are fetched is decided when the mail is shown. */
const pictures = '^(?:https?:\\/\\/|cid:|data:image\\/(?:png|gif|jpeg|webp);base64,)';

export const rules = { tags, attributes, links, pictures };

/** An answer of the worker: HTML in which each style is the word `mark` and its place in `styles`. */
export interface Reduced {
  html: string;
  styles: string[];
  sheets: string[];
}

/**
 * The worker's program: CommonJS in a string, so that it needs no file of its own beside the bundled server. CSS is taken
 * out and given back apart, for its own rules. The document is never the one that shows it.
 */
export const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { jsdom, dompurify, rules } = workerData;
  const purify = require(dompurify)(new (require(jsdom).JSDOM)('').window);
  const config = {
    WHOLE_DOCUMENT: true, RETURN_DOM: true, SANITIZE_NAMED_PROPS: true, ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false,
    ALLOWED_TAGS: rules.tags, ALLOWED_ATTR: rules.attributes,
  };
  const [link, picture] = [new RegExp(rules.links, 'i'), new RegExp(rules.pictures, 'i')];
  let mark = '', styles = [], sheets = [];
  const keep = (css) => mark + (styles.push(css) - 1);
  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style') sheets.push(node.textContent);
  });
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.hasAttribute('style')) node.setAttribute('style', keep(node.getAttribute('style')));
    if (node.hasAttribute('src') && (node.localName !== 'img' || !picture.test(node.getAttribute('src').trim()))) node.removeAttribute('src');
    if (!node.hasAttribute('href')) return;
    if (node.localName !== 'a' || !link.test(node.getAttribute('href').trim())) return node.removeAttribute('href');
    node.setAttribute('target', '_blank');
    node.setAttribute('rel', 'noopener noreferrer');
  });
  /* The body becomes an element of its own: its colours are part of the mail. */
  const boxed = (body) => {
    const css = (name, property) => (body.hasAttribute(name) ? property + ':' + body.getAttribute(name) + ';' : '');
    const own = css('bgcolor', 'background-color') + css('text', 'color');
    const box = body.ownerDocument.createElement('div');
    for (const name of ['class', 'dir', 'lang', 'style']) if (body.hasAttribute(name)) box.setAttribute(name, body.getAttribute(name));
    if (own) box.setAttribute('style', keep(own + (styles[Number((body.getAttribute('style') ?? '').slice(mark.length) || -1)] ?? '')));
    if (box.attributes.length === 0) return body.innerHTML;
    box.append(...body.childNodes);
    return box.outerHTML;
  };
  parentPort.on('message', (asked) => {
    [mark, styles, sheets] = [asked.mark, [], []];
    const body = purify.sanitize(asked.html, config).querySelector('body');
    for (const nothing of body.querySelectorAll('img:not([src])')) nothing.remove();
    const html = boxed(body);
    parentPort.postMessage({ html, styles, sheets });
  });
  parentPort.postMessage('ready');
`;
