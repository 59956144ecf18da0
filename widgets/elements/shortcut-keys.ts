import type { ReactiveController } from 'lit';
import { StoreElement } from '../store/element.ts';
import { actionOf, conversationActions, keysOf } from '../ui/shortcuts.ts';

/** What keys do with the conversation that is open. */
export const threadActions = ['mode', ...conversationActions] as const;
export type ThreadAction = (typeof threadActions)[number];

/** Whether Escape was pressed where one writes to a conversation, and nothing stands over it: then it leads back to the list. */
export function leavesWriting(event: Event): boolean {
  const path = event.composedPath().filter((node) => node instanceof HTMLElement);
  return path.some(({ localName }) => localName === 'conv-composer') && !path.some((node) => node instanceof HTMLDialogElement || node.popover !== null);
}

/** Whether somebody is at conversations that are chosen in the list: keys are for those, before the one that is open. */
const atChosen = (event: Event): boolean => event.composedPath().some((node) => node instanceof Element && node.matches('.bulk, .is-picking'));

/** Keys of the open conversation: those with Ctrl or ⌘ from anywhere in our elements, or while nothing of the page has the focus; the others from within. */
export class ThreadKeys implements ReactiveController {
  constructor(
    private readonly host: StoreElement,
    private readonly act: (action: ThreadAction) => boolean,
  ) {
    host.addController(this);
    host.addEventListener('keydown', this.handleKey);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.handleAnywhere, { capture: true });
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.handleAnywhere, { capture: true });
  }

  private readonly handleAnywhere = (event: KeyboardEvent): void => {
    if (!keysOf(event).startsWith('mod+') || atChosen(event)) return;
    const [target] = event.composedPath();
    const ours = target === document.body || target === document.documentElement || event.composedPath().some((node) => node instanceof StoreElement);
    if (ours && this.host.checkVisibility()) this.handleKey(event);
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const action = actionOf(event, this.host.chosenKeys, threadActions);
    if (!action || !this.act(action)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
