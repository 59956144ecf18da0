/** Elements whose content is never text. */
const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'object', 'svg', 'math']);
const blocks = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'center', 'dd', 'div', 'dl', 'dt', 'fieldset', 'footer', 'form', 'h1', 'h2',
  'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'ol', 'p', 'pre', 'section', 'table', 'tr', 'ul',
]);
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'blockquote']);
const entities: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: '\'', nbsp: ' ', euro: '€', pound: '£', copy: '©', reg: '®', trade: '™', hellip: '…',
  ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•', middot: '·', laquo: '«', raquo: '»', szlig: 'ß',
  auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ntilde: 'ñ',
  aacute: 'á', iacute: 'í', oacute: 'ó', uacute: 'ú', ecirc: 'ê', ocirc: 'ô', zwnj: '', zwj: '', shy: '',
};

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? entities[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd';
  });
}

/** The end of a tag that begins at `start`: the `>` outside quoted attribute values, else the end of the input. */
function tagEnd(html: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < html.length; at += 1) {
    const char = html.charAt(at);
    if (quote) {
      if (char === quote) quote = '';
    } else if ((char === '"' || char === '\'') && html.charAt(at - 1) === '=') quote = char;
    else if (char === '>') return at;
  }
  return html.length;
}

/**
 * The text of an HTML mail, for search, snippets and the agent; never used as HTML. Blocks become lines, quoted history
 * gets `> ` in front. It reads the input once, however broken it is.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let preformatted = 0;
  const endLine = () => {
    const text = preformatted > 0 ? line.trimEnd() : line.trim();
    if (text !== '') lines.push('> '.repeat(depth) + text);
    line = '';
  };
  const gap = () => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  const addText = (raw: string) => {
    const text = decodeEntities(raw);
    if (preformatted > 0) {
      const [first = '', ...rest] = text.split(/\r\n?|\n/);
      line += first;
      for (const next of rest) {
        endLine();
        line = next;
      }
      return;
    }
    const flat = text.replace(/[\s\u00a0]+/g, ' ');
    line += line === '' || line.endsWith(' ') ? flat.trimStart() : flat;
  };
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0 || open > at) addText(html.slice(at, open < 0 ? html.length : open));
    if (open < 0) break;
    if (html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4);
      at = close < 0 ? html.length : close + 3;
      continue;
    }
    const tag = /^<(\/?)([a-z][a-z0-9]*)|^<[!?/]/i.exec(html.slice(open, open + 24));
    if (!tag) {
      addText('<');
      at = open + 1;
      continue;
    }
    at = tagEnd(html, open) + 1;
    const name = (tag[2] ?? '').toLowerCase();
    const closing = tag[1] === '/';
    if (hidden.has(name) && !closing) {
      const close = new RegExp(`</${name}\\b`, 'gi');
      close.lastIndex = at;
      const found = close.exec(html);
      at = found ? tagEnd(html, found.index) + 1 : html.length;
    } else if (name === 'br') {
      const blank = line.trim() === '';
      endLine();
      if (blank) gap();
    } else if (blocks.has(name)) {
      endLine();
      if (spaced.has(name)) gap();
      if (name === 'blockquote') depth = Math.min(Math.max(0, depth + (closing ? -1 : 1)), 20);
      if (name === 'pre') preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
      if (name === 'li' && !closing) line = '- ';
    } else if (name === 'td' || name === 'th') {
      if (line !== '' && !line.endsWith(' ')) line += ' ';
    }
  }
  endLine();
  return lines.join('\n').trim();
}
