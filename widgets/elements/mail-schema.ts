import { Schema, type DOMOutputSpec } from 'prosemirror-model';
import { linkTarget } from './mail-html.ts';

const paragraph: DOMOutputSpec = ['p', { dir: 'auto' }, 0];

/**
 * What a mail can be made of. A paragraph is a line, so that a formatted text and its twin without formatting have the
 * same lines. Whatever else is pasted becomes the text in it: pictures, colours and sizes are left out.
 */
export const mailSchema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'inline*', group: 'block', parseDOM: ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'tr'].map((tag) => ({ tag })), toDOM: () => paragraph },
    blockquote: { content: 'block+', group: 'block', defining: true, parseDOM: [{ tag: 'blockquote' }], toDOM: () => ['blockquote', 0] },
    bullet_list: { content: 'list_item+', group: 'block', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    ordered_list: {
      content: 'list_item+', group: 'block', attrs: { order: { default: 1, validate: 'number' } },
      parseDOM: [{ tag: 'ol', getAttrs: (list) => ({ order: Number.parseInt(list.getAttribute('start') ?? '1', 10) || 1 }) }],
      toDOM: ({ attrs }) => (attrs['order'] === 1 ? ['ol', 0] : ['ol', { start: String(attrs['order']) }, 0]),
    },
    list_item: { content: 'paragraph block*', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    text: { group: 'inline' },
    hard_break: { inline: true, group: 'inline', selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
  },
  marks: {
    link: {
      inclusive: false,
      attrs: { href: { validate: 'string' } },
      parseDOM: [{
        tag: 'a[href]',
        getAttrs: (link) => {
          const href = linkTarget(link.getAttribute('href') ?? '');
          return href ? { href } : false;
        },
      }],
      toDOM: ({ attrs }) => ['a', { href: String(attrs['href']), rel: 'noopener noreferrer' }, 0],
    },
    strong: {
      parseDOM: [{ tag: 'strong' }, { tag: 'b', getAttrs: (bold) => bold.style.fontWeight !== 'normal' && null }, { style: 'font-weight', getAttrs: (weight) => /^(bold(er)?|[5-9]\d{2})$/.test(weight) && null }],
      toDOM: () => ['strong', 0],
    },
    em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }, { style: 'font-style=italic' }], toDOM: () => ['em', 0] },
    underline: { parseDOM: [{ tag: 'u' }, { style: 'text-decoration=underline' }], toDOM: () => ['u', 0] },
  },
});
