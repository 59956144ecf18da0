import { Fragment, Slice, type Node } from 'prosemirror-model';
import { mailSchema } from './mail-schema.ts';

/** A formatted text without its formatting, and for every place in it the place in the formatted one. */
export interface Twin {
  readonly text: string;
  readonly at: readonly number[];
}

/** Writes a formatted text as plain text: lists with their marks, quotes with `>`, links with their address behind them. */
export function twinOf(doc: Node): Twin {
  let text = '';
  const at: number[] = [];
  let end = 0;
  let begun = false;
  const write = (what: string, place: (index: number) => number): void => {
    for (let index = 0; index < what.length; index += 1) at.push(place(index));
    text += what;
  };
  const line = (block: Node, from: number, first: string, rest: string): void => {
    if (begun) write('\n', () => end);
    begun = true;
    write(first, () => from);
    block.forEach((child, offset, index) => {
      const here = from + offset;
      if (child.isText) write(child.text ?? '', (into) => here + into);
      else write(`\n${rest}`, () => here);
      const href = addressOf(child);
      if (href && addressOf(block.maybeChild(index + 1)) !== href && !linked(block, index, href).includes(href))
        write(` (${href.replace(/^(mailto|tel):/, '')})`, () => here + child.nodeSize);
    });
    end = from + block.content.size;
  };
  const walk = (node: Node, from: number, first: string, rest: string): void => {
    let lead = first;
    node.forEach((child, offset, index) => {
      const inside = from + offset + 1;
      const { name } = child.type;
      if (child.isTextblock) line(child, inside, lead, rest);
      else if (name === 'list_item') {
        const mark = node.type.name === 'ordered_list' ? `${Number(node.attrs['order']) + index}. ` : '- ';
        walk(child, inside, lead + mark, rest + ' '.repeat(mark.length));
      } else if (name === 'blockquote') walk(child, inside, `${lead}> `, `${rest}> `);
      else walk(child, inside, lead, rest);
      lead = rest;
    });
  };
  walk(doc, 0, '', '');
  at.push(end);
  return { text, at };
}

function addressOf(node: Node | null): string | undefined {
  const href: unknown = node?.marks.find(({ type }) => type.name === 'link')?.attrs['href'];
  return typeof href === 'string' ? href : undefined;
}

/** What is read of a link, up to one of its pieces: where that is the address, it need not be written again. */
function linked(block: Node, last: number, href: string): string {
  let read = '';
  for (let index = last; index >= 0 && addressOf(block.child(index)) === href; index -= 1) read = (block.child(index).text ?? '') + read;
  const bare = href.replace(/^(mailto|tel):/, '').replace(/\/$/, '');
  return read === bare || `https://${read}` === bare || `http://${read}` === bare ? href : read;
}

const paragraphs = (text: string): Node[] => text.split(/\r?\n/).map((line) => mailSchema.node('paragraph', null, line === '' ? [] : [mailSchema.text(line)]));

/** A text without formatting as one to be formatted: line by line. */
export const docOf = (text: string): Node => mailSchema.node('doc', null, paragraphs(text));

/** A text to be put in at the caret, where its first and last line go on with what is there. */
export const sliceOfText = (text: string): Slice => new Slice(Fragment.from(paragraphs(text)), 1, 1);

/** A text as it was kept, or its twin where it cannot be read any more. */
export function restored(text: string, kept: unknown): Node {
  try {
    if (kept) {
      const doc = mailSchema.nodeFromJSON(kept);
      doc.check();
      return doc;
    }
  } catch {
    // Of an older form: the text itself is there.
  }
  return docOf(text);
}
