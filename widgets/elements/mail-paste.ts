import { DOMParser as Parser, Slice } from 'prosemirror-model';
import type { EditorView } from 'prosemirror-view';
import { policyName } from '../ui/policy.ts';
import { mailSchema } from './mail-schema.ts';
import { sliceOfText } from './mail-text.ts';

/**
 * What is pasted or dropped, read by our own Trusted Types policy: that of the editor would be refused by a page that
 * names its policies. The document is inert, and only what the schema knows comes out of it. Where even our policy is
 * refused, the text alone is taken.
 */
function sliceOf(data: DataTransfer): Slice | undefined {
  const markup = data.getData('text/html');
  const text = data.getData('text/plain') || data.getData('text/uri-list');
  const body = markup === '' ? undefined : read(markup);
  if (body) {
    const slice = Parser.fromSchema(mailSchema).parseSlice(body, { preserveWhitespace: body.querySelector('[data-pm-slice]') !== null });
    if (slice.size > 0) return Slice.maxOpen(slice.content);
  }
  return text === '' ? undefined : sliceOfText(text);
}

function read(markup: string): HTMLElement | undefined {
  const policy = Reflect.get(globalThis, Symbol.for(policyName)) as { createHTML(text: string): string } | null | undefined;
  try {
    return new DOMParser().parseFromString(policy ? policy.createHTML(markup) : markup, 'text/html').body;
  } catch {
    return undefined;
  }
}

/** Pastes at the caret. Files are left to whoever takes them. */
export function paste(view: EditorView, event: ClipboardEvent): boolean {
  if (!event.clipboardData || view.composing) return false;
  const slice = sliceOf(event.clipboardData);
  event.preventDefault();
  if (slice) view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true));
  return true;
}

/** Takes what is dropped from elsewhere, where it is dropped. What is dragged within the text is the editor's own matter. */
export function drop(view: EditorView, event: DragEvent): boolean {
  if (!event.dataTransfer || view.dragging) return false;
  const slice = sliceOf(event.dataTransfer);
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  if (slice && at) {
    event.preventDefault();
    view.dispatch(view.state.tr.replaceRange(at.pos, at.pos, slice));
    view.focus();
  }
  return true;
}
