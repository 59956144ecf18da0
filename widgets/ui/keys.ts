/** True for a field that takes text (or a choice) from the keyboard. */
export function isEditable(target: EventTarget | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'submit', 'reset', 'file', 'image'].includes(target.type);
}

/** True where the command key is ⌘. */
export const isApple: boolean = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '');

/** True for ⌘ on Apple's machines and Ctrl elsewhere, without Alt. */
export function hasCommand(event: KeyboardEvent): boolean {
  return (isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && !event.altKey;
}

const signs: Record<string, [apple: string, other: string]> = {
  mod: ['⌘', 'Ctrl+'],
  shift: ['⇧', 'Shift+'],
  alt: ['⌥', 'Alt+'],
  enter: ['↵', 'Enter'],
  escape: ['esc', 'Esc'],
  space: ['␣', 'Space'],
};

/** A shortcut as the reader's keyboard shows it: `keyHint('mod+enter')` is `⌘↵`, or `Ctrl+Enter`. */
export function keyHint(keys: string): string {
  return keys
    .split('+')
    .map((key) => signs[key]?.[isApple ? 0 : 1] ?? key.toUpperCase())
    .join('');
}

/** The value for `aria-keyshortcuts` of the same shortcut: `Meta+Enter` or `Control+Enter`. */
export function ariaKeys(keys: string): string {
  const names: Record<string, string> = { mod: isApple ? 'Meta' : 'Control', shift: 'Shift', alt: 'Alt', enter: 'Enter', escape: 'Escape' };
  return keys
    .split('+')
    .map((key) => names[key] ?? key.toUpperCase())
    .join('+');
}
