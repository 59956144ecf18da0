import { Schema, type DOMOutputSpec, type MarkSpec, type NodeSpec } from 'prosemirror-model';
import { linkTarget } from './mail-html.ts';

/** Without any prototype: the editor walks over what it is given with all that pages have added to everybody's objects. */
export const bare = <T extends object>(value: T): T => Object.assign(Object.create(null) as T, value);

const paragraph: DOMOutputSpec = ['p', bare({ dir: 'auto' }), 0];

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    content: 'inline*',
    group: 'block',
    parseDOM: ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'tr'].map((tag) => ({ tag })),
    toDOM: () => paragraph,
  },
  blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
  bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    attrs: bare({ order: { default: 1, validate: 'number' } }),
    parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ order: Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1 }) }],
    toDOM: ({ attrs }) => (attrs['order'] === 1 ? ['ol', 0] : ['ol', bare({ start: String(attrs['order']) }), 0]),
  },
  list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  text: { group: 'inline' },
  hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
} satisfies Record<string, NodeSpec>;

const marks = {
  link: {
    inclusive: false,
    attrs: bare({ href: { validate: 'string' } }),
    parseDOM: [
      {
        tag: 'a[href]',
        getAttrs: (link) => {
          const href = linkTarget(link.getAttribute('href') ?? '');
          return href ? { href } : false;
        },
      },
    ],
    toDOM: ({ attrs }) => ['a', bare({ href: String(attrs['href']), rel: 'noopener noreferrer' }), 0],
  },
  strong: {
    parseDOM: [
      { tag: 'strong' },
      { tag: 'b', getAttrs: (bold) => bold.style.fontWeight !== 'normal' && null },
      { style: 'font-weight', getAttrs: (weight) => /^(bold(er)?|[5-9]\d{2})$/.test(weight) && null },
    ],
    toDOM: () => ['strong', 0],
  },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
  underline: { parseDOM: [{ tag: 'u' }, { style: 'text-decoration=underline' }], toDOM: () => ['u', 0] },
} satisfies Record<string, MarkSpec>;

/**
 * What a mail can be made of. A paragraph is a line, so that a formatted text and its twin without formatting have the
 * same lines. Whatever else is pasted becomes the text in it: pictures, colours and sizes are left out.
 */
export const mailSchema = new Schema({ nodes: bare(nodes), marks: bare(marks) });
