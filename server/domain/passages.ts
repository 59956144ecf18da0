/** How an article is cut into passages: what is found, shown to a model and cited is a passage, never the whole of a long article. */

interface Passage {
  /** The headings under which it stands, from the outermost; empty above the first one. */
  heading: string;
  /** Markdown as it was written. */
  text: string;
}

/** Characters that a passage has at most, as long as its sentences allow it. */
const FULL = 900;
/** A piece without any place to cut is cut after this many. */
const HARD = 1_800;
/** Passages of one article at most; what comes after them joins the last ones' length limit and is not found. */
const MOST = 400;

const HEADING = /^(#{1,6})\s+(.+?)\s*#*\s*$/;
const FENCE = /^\s*(```|~~~)/;

/**
 * Cuts markdown at its headings, then at paragraphs, then at the ends of sentences, so that each passage is about one
 * thing and has at most some 900 characters.
 */
export function passagesOf(text: string): Passage[] {
  const passages: Passage[] = [];
  for (const { heading, blocks } of sectionsOf(text)) {
    let held = '';
    const flush = (): void => {
      if (held.trim() !== '') passages.push({ heading, text: held.trim() });
      held = '';
    };
    for (const piece of blocks.flatMap(short)) {
      if (held !== '' && held.length + piece.length > FULL) flush();
      held = held === '' ? piece : `${held}\n\n${piece}`;
    }
    flush();
    if (passages.length >= MOST) break;
  }
  return passages.slice(0, MOST);
}

/** Paragraphs under their headings, in order. */
function sectionsOf(text: string): { heading: string; blocks: string[] }[] {
  const trail: string[] = [];
  const sections: { heading: string; blocks: string[] }[] = [];
  let section = { heading: '', blocks: [] as string[] };
  let block: string[] = [];
  let fenced = false;
  const endBlock = (): void => {
    if (block.length > 0) section.blocks.push(block.join('\n'));
    block = [];
  };
  sections.push(section);
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (FENCE.test(line)) fenced = !fenced;
    const found = fenced ? null : HEADING.exec(line);
    if (found) {
      endBlock();
      trail.length = Math.min(trail.length, found[1]!.length - 1);
      trail[found[1]!.length - 1] = found[2]!;
      section = { heading: trail.filter(Boolean).join(' › ').slice(0, 300), blocks: [] };
      sections.push(section);
    } else if (line.trim() === '' && !fenced) endBlock();
    else block.push(line);
  }
  endBlock();
  return sections;
}

/** A paragraph as it is, or cut at lines, the ends of sentences, spaces, and at last anywhere. */
function short(block: string): string[] {
  if (block.length <= FULL) return [block];
  const pieces: string[] = [];
  let held = '';
  for (const piece of block.split(/(?<=\n)|(?<=[.!?…][)"'”»]?\s)|(?<=[。！？])/u).flatMap(hardCut)) {
    if (held !== '' && held.length + piece.length > FULL) {
      pieces.push(held.trim());
      held = '';
    }
    held += piece;
  }
  if (held.trim() !== '') pieces.push(held.trim());
  return pieces;
}

function hardCut(piece: string): string[] {
  if (piece.length <= HARD) return [piece];
  const pieces: string[] = [];
  for (let rest = piece; rest !== ''; ) {
    const space = rest.length > HARD ? rest.lastIndexOf(' ', FULL) : rest.length;
    const at = space > 0 ? space : FULL;
    pieces.push(rest.slice(0, at).toWellFormed());
    rest = rest.slice(at);
  }
  return pieces;
}

/** Text without the marks of markdown, for words and for reading. Links leave their words. */
export const plainText = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+|\d{1,3}[.)]\s+)/gm, '')
    .replace(/[*_`~]{1,3}/g, '')
    .replace(/^\s*\|?\s*:?-{3,}[-|:\s]*$/gm, '')
    .replaceAll('|', ' ');
