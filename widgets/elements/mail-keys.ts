import { baseKeymap, chainCommands, lift, toggleMark, wrapIn } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { inputRules, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState, Plugin } from 'prosemirror-state';
import { bare, mailSchema } from './mail-schema.ts';

const { nodes, marks } = mailSchema;

/** What the tools switch on and off; the key of each, as `keys.ts` writes them. */
export const toolKeys = {
  bold: 'mod+b',
  italic: 'mod+i',
  underline: 'mod+u',
  link: 'mod+k',
  numbers: 'mod+shift+7',
  bullets: 'mod+shift+8',
  quote: 'mod+shift+9',
  clear: 'mod+\\',
} as const;
export type Tool = keyof typeof toolKeys;

const markOf = { bold: marks.strong, italic: marks.em, underline: marks.underline };
const blockOf = { bullets: nodes.bullet_list, numbers: nodes.ordered_list, quote: nodes.blockquote };

/** Whether the caret stands in what a tool makes. */
export function isOn(state: EditorState, tool: Tool): boolean {
  const { from, to, empty, $from } = state.selection;
  if (tool === 'clear') return false;
  if (tool === 'link') return linkAt(state) !== undefined;
  if (tool === 'bold' || tool === 'italic' || tool === 'underline') {
    const type = markOf[tool];
    return empty ? type.isInSet(state.storedMarks ?? $from.marks()) !== undefined : state.doc.rangeHasMark(from, to, type);
  }
  return depthOf(state, tool) > 0;
}

/** How deep the innermost list or quote of a kind lies round the caret; 0 for none. A list within another is its own. */
function depthOf({ selection: { $from } }: EditorState, tool: 'bullets' | 'numbers' | 'quote'): number {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const { type } = $from.node(depth);
    if (type === blockOf[tool]) return depth;
    if (tool !== 'quote' && (type === nodes.bullet_list || type === nodes.ordered_list)) return 0;
  }
  return 0;
}

/** The address of the link at the caret, and how far the link goes. */
export function linkAt({
  selection: { $from, $to, empty },
  doc,
}: EditorState): { readonly href: string; readonly from: number; readonly to: number } | undefined {
  if (!empty && !doc.rangeHasMark($from.pos, $to.pos, marks.link)) return undefined;
  const { parent } = $from;
  const start = parent.childAfter($from.parentOffset);
  const near = start.node && marks.link.isInSet(start.node.marks) ? start : parent.childBefore($from.parentOffset);
  const mark = near.node && marks.link.isInSet(near.node.marks);
  if (!mark) return undefined;
  let first = near.index;
  let last = near.index;
  while (first > 0 && mark.isInSet(parent.child(first - 1).marks)) first -= 1;
  while (last + 1 < parent.childCount && mark.isInSet(parent.child(last + 1).marks)) last += 1;
  let from = $from.start();
  for (let index = 0; index < first; index += 1) from += parent.child(index).nodeSize;
  let to = from;
  for (let index = first; index <= last; index += 1) to += parent.child(index).nodeSize;
  return { href: String(mark.attrs['href']), from, to };
}

const leaveBlock: Command = chainCommands(liftListItem(nodes.list_item), lift);

/** Switches one thing on or off where the caret stands. */
export const toggle =
  (tool: Exclude<Tool, 'link' | 'clear'>): Command =>
  (state, dispatch, view) => {
    if (tool === 'bold' || tool === 'italic' || tool === 'underline') return toggleMark(markOf[tool])(state, dispatch, view);
    if (tool === 'quote') return (depthOf(state, tool) > 0 ? lift : wrapIn(nodes.blockquote))(state, dispatch, view);
    if (depthOf(state, tool) > 0) return liftListItem(nodes.list_item)(state, dispatch, view);
    return chainCommands(otherList(tool), wrapInList(blockOf[tool]))(state, dispatch, view);
  };

/** Makes the list that the caret stands in one of the other kind. */
const otherList =
  (tool: 'bullets' | 'numbers'): Command =>
  (state, dispatch) => {
    const { $from } = state.selection;
    const depth = depthOf(state, tool === 'bullets' ? 'numbers' : 'bullets');
    if (depth === 0) return false;
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), blockOf[tool]));
    return true;
  };

/** Takes all formatting off: marks of the selection, or of the line where nothing is selected, and lists and quotes round it. */
export function clearFormatting(state: () => EditorState, dispatch: Parameters<Command>[1]): void {
  const { $from, $to, empty } = state().selection;
  const [from, to] = empty ? [$from.start(), $from.end()] : [$from.pos, $to.pos];
  dispatch?.(state().tr.removeMark(from, to).setStoredMarks([]));
  // No text lies deeper than people nest by hand.
  for (let depth = 0; depth < 16 && leaveBlock(state(), dispatch); depth += 1);
}

/** Puts the caret's line in or out of a list within the list. */
const indent = { 'Mod-]': sinkListItem(nodes.list_item), 'Mod-[': liftListItem(nodes.list_item) };

const breakLine: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
};

/** What the keys of the text do; `link` and `clear` are the element's own. */
export function plugins(own: { link(): void; clear(): void }): Plugin[] {
  const does =
    (act: () => void): Command =>
    (_state, dispatch) => {
      if (dispatch) act();
      return true;
    };
  return [
    inputRules({
      rules: [
        wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
        wrappingInputRule(
          /^(\d{1,3})\.\s$/,
          nodes.ordered_list,
          (found) => ({ order: Number(found[1]) }),
          (found, before) => before.childCount + Number(before.attrs['order']) === Number(found[1]),
        ),
        wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
      ],
    }),
    keymap(
      bare({
        'Mod-b': toggle('bold'),
        'Mod-i': toggle('italic'),
        'Mod-u': toggle('underline'),
        'Mod-Shift-7': toggle('numbers'),
        'Mod-Shift-8': toggle('bullets'),
        'Mod-Shift-9': toggle('quote'),
        'Mod-k': does(own.link),
        'Mod-\\': does(own.clear),
        'Mod-z': undo,
        'Mod-y': redo,
        'Mod-Shift-z': redo,
        Enter: splitListItem(nodes.list_item),
        'Shift-Enter': breakLine,
        Backspace: undoInputRule,
        ...indent,
      }),
    ),
    // Sending is the composer's, and leaving the text is Tab's.
    keymap(bare(Object.fromEntries(Object.entries(baseKeymap).filter(([key]) => key !== 'Mod-Enter')))),
    history(),
  ];
}
