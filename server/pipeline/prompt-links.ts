/** A text without foreign links, and the hosts (or schemes) that were taken out. */
interface Stripped {
  text: string;
  removed: string[];
}

/** Endings by which a bare `name.ending` is taken for an address, as chat and mail programs do. */
const ENDINGS = new Set(
  (
    'com net org edu gov mil int info biz name pro app dev io ai co me tv cc gg ly to fm sh xyz top site online store shop live club fun icu vip ' +
    'cloud tech link click page website space work world zone team email host press news blog wiki bot zip mov ' +
    'de uk us ca fr es it pt nl be ch at eu ru cn jp kr in br mx ar cl au nz za se no fi dk pl cz sk hu ro bg gr tr il ae sa eg ir ua ' +
    'ie is lt lv ee hr si rs vn th id my sg hk tw ph pk su local internal onion'
  ).split(' '),
);

/** Letters that stand for another one in an address: how browsers read full-width and ideographic forms. */
const LOOKALIKES: Record<string, string> = {
  '。': '.',
  '．': '.',
  '｡': '.',
  '․': '.',
  '⁄': '/',
  '∕': '/',
  '⧸': '/',
  '：': ':',
  '∶': ':',
  '＼': '\\',
  '∖': '\\',
};

const INVISIBLE = /[\u034F\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/u;

/**
 * Takes links and images out of a reply unless they lead to a host that the workspace lists. The words of a link stay,
 * its address goes; images go in any case but to listed hosts. Understands Markdown (inline, reference, autolink), HTML,
 * bare addresses with and without a scheme, and the same written with invisible or look-alike characters.
 * @param allowedHosts `example.com` allows that host alone, `*.example.com` its subdomains
 */
export function stripLinks(text: string, allowedHosts: string[]): Stripped {
  const removed: string[] = [];
  const allowed = (address: string) => {
    const host = hostOf(address);
    if (host !== null && hostAllowed(host, allowedHosts)) return true;
    removed.push(host ?? address.split(':')[0]?.slice(0, 20) ?? '');
    return false;
  };
  let out = withoutHidden(text);
  // what is taken out may bring the halves of another link together, so this goes on until nothing more is found
  for (let found = -1; found !== removed.length; ) {
    found = removed.length;
    out = stripBare(stripMarkdown(stripHtml(out, allowed), allowed), allowed);
  }
  return { text: removed.length > 0 ? tidy(out) : out, removed };
}

/** Drops invisible characters where they can hide an address; between letters of other scripts and in emoji they carry meaning. */
function withoutHidden(text: string): string {
  if (!INVISIBLE.test(text)) return text;
  const points = [...text];
  const plain = (point: string | undefined) => point !== undefined && (/[\u0021-\u007E\uFF01-\uFF5E]/.test(point) || INVISIBLE.test(point));
  return points
    .filter(
      (point, index) =>
        !INVISIBLE.test(point) ||
        (point === '\u200D' && !plain(points[index - 1]) && !plain(points[index + 1])) ||
        (/[\u200C\u200E\u200F\u061C]/.test(point) && !plain(points[index - 1]) && !plain(points[index + 1])),
    )
    .join('');
}

/** The same text with every look-alike as its plain letter, one UTF-16 unit for each code point. */
function shadowOf(points: string[]): string {
  return points
    .map((point) => {
      if (/^[\u0000-\u007F]$/.test(point)) return point;
      const known = LOOKALIKES[point];
      if (known) return known;
      const folded = point.normalize('NFKC');
      if (/^[\u0021-\u007E]$/.test(folded)) return folded;
      return point.length === 1 ? point : '\uFFFC';
    })
    .join('');
}

/** Replaces what `pattern` finds in the shadow; the replacement sees the shadow's groups and may keep the original. */
function replaceInShadow(text: string, pattern: RegExp, replace: (match: RegExpExecArray, original: string) => string): string {
  const points = [...text];
  const shadow = shadowOf(points);
  let out = '';
  let at = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(shadow); match; match = pattern.exec(shadow)) {
    const end = match.index + match[0].length;
    out += points.slice(at, match.index).join('') + replace(match, points.slice(match.index, end).join(''));
    at = end;
    if (match[0].length === 0) pattern.lastIndex += 1;
  }
  return out + points.slice(at).join('');
}

type Allowed = (address: string) => boolean;

function stripHtml(text: string, allowed: Allowed): string {
  const tag = /<\/?[a-z][^<>]*(?:>|$)/gi;
  return replaceInShadow(text, tag, (match, original) => {
    if (/^<(?:[a-z][a-z0-9+.-]*:|www\.|[^\s<>@]+@)/i.test(match[0])) return original;
    const address = /\b(?:href|src|srcset|action|data|poster|background)\s*=\s*["']?([^"'\s>]+)/i.exec(match[0])?.[1];
    if (address !== undefined) allowed(unescapeEntities(address));
    return '';
  });
}

const unescapeEntities = (text: string) =>
  text
    .replace(/&#(\d{1,7});?/g, (whole: string, code: string) => fromCode(Number(code), whole))
    .replace(/&#x([0-9a-f]{1,6});?/gi, (whole: string, code: string) => fromCode(Number.parseInt(code, 16), whole))
    .replace(/&(colon|sol|period|tab|newline|amp);/gi, (whole: string, name: string) => ENTITIES[name.toLowerCase()] ?? whole);

const ENTITIES: Record<string, string> = { colon: ':', sol: '/', period: '.', tab: '', newline: '', amp: '&' };

const fromCode = (code: number, whole: string) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole);

const INLINE = String.raw`\[((?:[^[\]]|\[[^[\]]*\]){0,500})\]\(\s*(?:<([^>]{0,2000})>|((?:[^\s()]|\([^\s()]*\)){0,2000}))([^)]{0,500})\)`;

function stripMarkdown(text: string, allowed: Allowed): string {
  const decoded = /&(?:#|colon;|sol;|period;|tab;|newline;)/i.test(text) ? unescapeEntities(text) : text;
  const inline = (match: RegExpExecArray, original: string) => {
    const address = (match[2] ?? match[3] ?? '').replace(/\s+/g, '');
    if (address === '' || address.startsWith('#')) return match[1] ?? '';
    return allowed(unescapeEntities(address)) ? original : (match[1] ?? '');
  };
  // ![alt](address "title") and [words](address): the destination may be in <…> and may break over a line
  let out = replaceInShadow(decoded, new RegExp(`!${INLINE}`, 'g'), inline);
  out = replaceInShadow(out, new RegExp(`!?${INLINE}`, 'g'), inline);
  // [name]: address — the definition goes, so that [words][name] leads nowhere
  const gone = new Set<string>();
  out = replaceInShadow(out, /^[ \t>]{0,6}\[([^\]\n]{1,200})\]:[ \t]*\n?[ \t]*<?([^\s>]{1,2000})>?[^\n]*$/gm, (match, original) => {
    if (allowed(unescapeEntities(match[2] ?? ''))) return original;
    gone.add((match[1] ?? '').toLowerCase());
    return '';
  });
  if (gone.size > 0) {
    out = replaceInShadow(out, /!?\[([^[\]]{0,500})\](?:\[([^[\]]{0,200})\])?/g, (match, original) =>
      gone.has((match[2] || match[1] || '').toLowerCase()) ? (match[1] ?? '') : original,
    );
  }
  return out;
}

const SCHEMED =
  /<?\b([a-z][a-z0-9+.-]{1,20}):(?:[\\/]{1,}[^\s<>"'`]*|(?<=(?:javascript|data|vbscript|mailto|tel|sms|file|blob|intent|about|view-source):)[^\s<>]+)>?/gi;
const RELATIVE = /(?<![\w:/\\.])[\\/]{2,}[\p{L}\p{N}][\p{L}\p{N}.-]*\.[\p{L}\p{N}-]{2,}[^\s<>"'`]*/gu;
const HOSTLIKE =
  /(?<![\p{L}\p{N}@._+-])((?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.)+([\p{L}][\p{L}\p{N}-]{1,30}))(:\d{1,5})?([/?#\\][^\s<>"'`]*)?(?![\p{L}\p{N}@])/gu;
const NUMERIC = /(?<![\p{L}\p{N}.])(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?[/?#][^\s<>"'`]*/gu;

function stripBare(text: string, allowed: Allowed): string {
  let out = replaceInShadow(text, SCHEMED, (match, original) => {
    const closing = match[0].startsWith('<') || !/^[a-z+.-]+:[\\/]/i.test(match[0]) ? '' : trailing(match[0]);
    const address = match[0].replace(/^<|>$/g, '').slice(0, match[0].length - closing.length);
    if (allowed(address)) return original;
    if (/^<?mailto:/i.test(match[0])) return address.slice('mailto:'.length).split('?')[0] ?? '';
    return closing;
  });
  out = replaceInShadow(out, RELATIVE, (match, original) => (allowed(`https:${match[0].replaceAll('\\', '/')}`) ? original : trailing(match[0])));
  out = replaceInShadow(out, NUMERIC, (match, original) => (allowed(`http://${match[0]}`) ? original : trailing(match[0])));
  return replaceInShadow(out, HOSTLIKE, (match, original) => {
    const [whole, host = '', ending = '', , path] = match;
    const taken = /^www\./i.test(host) || path !== undefined || ENDINGS.has(ending.toLowerCase()) || /^xn--/i.test(ending);
    if (!taken || /^\p{Lu}/u.test(ending)) return original;
    if (insideAllowed(match)) return original;
    return allowed(`https://${whole}`) ? original : trailing(whole);
  });
}

/** Part of a longer address that an earlier step has judged and let stand. */
function insideAllowed(match: RegExpExecArray): boolean {
  const before = match.input.slice(0, match.index);
  return /[a-z][a-z0-9+.-]*:[\\/]*[^\s<>"'`]*$/i.test(before);
}

const trailing = (address: string) => /[.,;:!?)\]}»”’]*$/.exec(address)?.[0] ?? '';

/** The host that a browser would go to, or null when the address is not a web address. */
export function hostOf(address: string): string | null {
  const plain = shadowOf([...withoutHidden(address)]).trim();
  try {
    const url = new URL(plain);
    if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
    if (url.username !== '' || url.password !== '') return null;
    return url.hostname.toLowerCase().replace(/\.$/, '');
  } catch {
    return null;
  }
}

function hostAllowed(host: string, allowedHosts: string[]): boolean {
  return allowedHosts.some((entry) => {
    const listed = entry.trim().toLowerCase().replace(/\.$/, '');
    if (listed.startsWith('*.')) return host.endsWith(listed.slice(1)) && host.length > listed.length - 1;
    return listed !== '' && host === listed;
  });
}

const tidy = (text: string) =>
  text
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/[ \t]+([.,;:!?])(?=\s|$)/g, '$1')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
