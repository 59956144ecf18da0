/** Watches a field in which somebody writes: what must not change, and how often anybody touched it. */
import { focused } from './thread-page.ts';

/** What came to pass since, and what is there now. */
export interface Watched {
  writes: string[];
  see(): unknown;
}

/** Counts who wrote to the field or moved its caret. */
export function watchField(field: () => HTMLTextAreaElement): Watched {
  const target = field();
  const writes: string[] = [];
  for (const name of ['value', 'selectionStart', 'selectionEnd', 'textContent'] as const) {
    const { get, set } = Object.getOwnPropertyDescriptor(name === 'textContent' ? Node.prototype : HTMLTextAreaElement.prototype, name)!;
    Object.defineProperty(target, name, {
      configurable: true,
      get,
      set(value) {
        writes.push(name);
        set!.call(target, value);
      },
    });
  }
  for (const name of ['setSelectionRange', 'setRangeText', 'focus', 'blur', 'select'] as const) {
    Object.defineProperty(target, name, { configurable: true, value: () => writes.push(name) });
  }
  return {
    writes,
    see: () => ({
      same: field() === target,
      text: target.value,
      caret: [target.selectionStart, target.selectionEnd, target.selectionDirection],
      focused: focused() === target,
    }),
  };
}

/** The same for a mail that is written with formatting, by the changes of its tree. */
export function watchMail(written: () => HTMLElement): Watched {
  const target = written();
  const writes: string[] = [];
  const watching = new MutationObserver((all) => writes.push(...all.map(({ type: kind }) => kind)));
  watching.observe(target, { childList: true, characterData: true, subtree: true });
  const root = target.getRootNode() as ShadowRoot & { getSelection(): Selection | null };
  return {
    writes,
    see() {
      const selection = root.getSelection();
      return {
        same: written() === target,
        html: target.innerHTML,
        caret: [selection?.anchorNode, selection?.anchorOffset, selection?.focusNode, selection?.focusOffset],
        focused: focused() === target,
      };
    },
  };
}
