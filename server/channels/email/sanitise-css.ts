/** CSS of mails, reduced to what only changes how their own text looks: nothing is loaded, moved over other things, or animated. */

/** Properties that a mail may set, beside those that begin with one of {@link families}. */
const properties = new Set([
  'background',
  'border',
  'border-collapse',
  'border-spacing',
  'box-sizing',
  'caption-side',
  'clear',
  'color',
  'direction',
  'display',
  'empty-cells',
  'float',
  'height',
  'letter-spacing',
  'line-height',
  'margin',
  'max-height',
  'max-width',
  'min-height',
  'min-width',
  'mso-hide',
  'opacity',
  'overflow',
  'overflow-wrap',
  'padding',
  'table-layout',
  'unicode-bidi',
  'vertical-align',
  'white-space',
  'width',
  'word-break',
  'word-spacing',
  'word-wrap',
]);
const families = /^(background|border|font|list-style|margin|padding|text)-[a-z-]+$|^font$|^list-style$|^text-align$/;
/** The only functions that a value may call; `url` only with {@link ownUrl}. */
const functions = new Set(['rgb', 'rgba', 'hsl', 'hsla', 'calc', 'min', 'max', 'linear-gradient', 'radial-gradient', '']);
/** What needs no request to be shown. */
const ownUrl = /^url\(\s*(["']?)(?:data:image\/(?:png|gif|jpeg|webp);base64,[a-z0-9+/=\s]*|cid:[^"'()\s<>]{1,500})\1\s*\)/i;
/** Units of the window: the frame is as high as its content, which would then grow with it for ever. */
const windowUnits = /\d(?:[sld]?v(?:h|w|min|max|b|i)|cq[whib])\b/i;
/** How deep rules stand in each other: those of a mail stand in at most one `@media`. */
const maxDepth = 2;

const withoutComments = (css: string): string => css.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ').replace(/<!--|-->/g, ' ');

function isHarmless(value: string): boolean {
  // An escape can spell anything, `<` could end the element that it stands in.
  if (/[\\<>{}]/.test(value) || windowUnits.test(value)) return false;
  for (const call of value.matchAll(/([\w-]*)\(/g)) {
    const name = call[1]!.toLowerCase();
    if (name === 'url' ? !ownUrl.test(value.slice(call.index)) : !functions.has(name)) return false;
  }
  return true;
}

/** The parts of `text` between `;`, but not within brackets or quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote) {
      if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (char === ';' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** What of a `style` attribute, or between the braces of a rule, may stay; empty where nothing does. */
export function cleanDeclarations(css: string): string {
  return split(withoutComments(css))
    .flatMap((part) => {
      const colon = part.indexOf(':');
      const name = part.slice(0, colon).trim().toLowerCase();
      const value = part.slice(colon + 1).trim();
      return colon > 0 && value && (properties.has(name) || families.test(name)) && isHarmless(value) ? [`${name}:${value}`] : [];
    })
    .join(';');
}

/** Lists of selectors without quotes, escapes and attributes; a mail needs classes, tags and ids. */
const selector = /^[\w\s.#*,>+~:()-]{1,2000}$/;
/** Whatever a mail asks of the reader's colours: it is shown on light paper always. */
const media = /^@media\s[\w\s(),:.-]{1,500}$/i;

/** What of a style sheet may stay: plain rules, and those for other widths. */
export function cleanSheet(css: string): string {
  return rules(withoutComments(css), 1);
}

function rules(css: string, depth: number): string {
  let kept = '';
  for (let at = 0; at < css.length; ) {
    const open = css.indexOf('{', at);
    if (open < 0) break;
    // Statements without a block, such as @import, end before the rule begins.
    const head = css.slice(css.lastIndexOf(';', open) >= at ? css.lastIndexOf(';', open) + 1 : at, open).trim();
    const close = closing(css, open);
    const block = css.slice(open + 1, close);
    if (media.test(head) && !/prefers-|color-scheme/i.test(head) && depth < maxDepth) {
      const inner = rules(block, depth + 1);
      if (inner) kept += `${head}{${inner}}`;
    } else if (selector.test(head)) {
      const declarations = cleanDeclarations(block);
      if (declarations) kept += `${head}{${declarations}}`;
    }
    at = close + 1;
  }
  return kept;
}

/** The brace that closes the one at `open`; the end where none does. */
function closing(css: string, open: number): number {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '{') depth += 1;
    else if (css[at] === '}' && (depth -= 1) === 0) return at;
  }
  return css.length;
}
