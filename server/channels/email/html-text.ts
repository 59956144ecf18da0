/** Elements whose content is never text. */
const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'object', 'svg', 'math']);
const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tr',
  'ul',
]);
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'ul', 'ol', 'blockquote']);
const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  laquo: '«',
  raquo: '»',
  szlig: 'ß',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  aacute: 'á',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ecirc: 'ê',
  ocirc: 'ô',
  zwnj: '',
  zwj: '',
  shy: '',
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
    } else if ((char === '"' || char === "'") && html.charAt(at - 1) === '=') quote = char;
    else if (char === '>') return at;
  }
  return html.length;
}

/** Just behind the next `mark`, else the end of the input. */
function endOf(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found < 0 ? html.length : found + mark.length;
}

/** Just behind the closing tag of an element whose content is skipped, else the end of the input. */
function closingTagEnd(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}\\b`, 'gi');
  close.lastIndex = from;
  const found = close.exec(html);
  return found ? tagEnd(html, found.index) + 1 : html.length;
}

/**
 * The text of an HTML mail, for search, snippets and the agent; never used as HTML. Blocks become lines, quoted history
 * gets `> ` in front. It reads the input once, however broken it is.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  let line: string[] = [];
  /** Whether the line ends in a space already, or is still empty, so that a further space would show. */
  let spaceAtEnd = true;
  let depth = 0;
  let preformatted = 0;
  const put = (text: string) => {
    if (text === '') return;
    line.push(text);
    spaceAtEnd = text.endsWith(' ');
  };
  const endLine = () => {
    const text = preformatted > 0 ? line.join('').trimEnd() : line.join('').trim();
    if (text !== '') lines.push('> '.repeat(depth) + text);
    line = [];
    spaceAtEnd = true;
  };
  const gap = () => {
    if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  };
  const addText = (raw: string) => {
    const text = decodeEntities(raw);
    if (preformatted > 0) {
      for (const [index, part] of text.split(/\r\n?|\n/).entries()) {
        if (index > 0) endLine();
        put(part);
      }
      return;
    }
    const flat = text.replace(/[\s\u00a0]+/g, ' ');
    put(spaceAtEnd ? flat.trimStart() : flat);
  };
  const openOrClose = (name: string, closing: boolean) => {
    if (name === 'br') {
      const blank = line.length === 0;
      endLine();
      if (blank) gap();
    } else if (name === 'td' || name === 'th') {
      if (!spaceAtEnd) put(' ');
    } else if (blocks.has(name)) {
      endLine();
      if (spaced.has(name)) gap();
      if (name === 'blockquote') depth = Math.min(Math.max(0, depth + (closing ? -1 : 1)), 20);
      if (name === 'pre') preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
      if (name === 'li' && !closing) put('- ');
    }
  };
  let textStart = 0;
  for (let open = html.indexOf('<'); open >= 0; ) {
    const tag = /^<(\/?)([a-z][a-z0-9]*)|^<[!?/]/i.exec(html.slice(open, open + 24));
    if (!tag) {
      open = html.indexOf('<', open + 1);
      continue;
    }
    addText(html.slice(textStart, open));
    const name = (tag[2] ?? '').toLowerCase();
    if (html.startsWith('<!--', open)) textStart = endOf(html, '-->', open + 4);
    else {
      textStart = tagEnd(html, open) + 1;
      if (hidden.has(name) && tag[1] === '') textStart = closingTagEnd(html, name, textStart);
      else openOrClose(name, tag[1] === '/');
    }
    open = html.indexOf('<', textStart);
  }
  addText(html.slice(textStart));
  endLine();
  return lines.join('\n').trim();
}
