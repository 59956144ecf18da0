import type { ReactiveController } from 'lit';
import type { SharedConversation } from '../../server/contract/conversation.ts';
import { StoreElement } from '../store/element.ts';
import { actionOf, keysOf } from '../ui/shortcuts.ts';
import type { ConvComposer } from './composer.ts';
import type { ThreadMenu } from './thread-menu.ts';

/** What keys do with the conversation that is open. */
export const threadActions = ['assume', 'close', 'snooze', 'mode', 'reply', 'note', 'transfer', 'transferToAi'] as const;
export type ThreadAction = (typeof threadActions)[number];

/** Does what keys ask for; false where it cannot be done now, and the keys are somebody else's. */
export function actInThread(action: ThreadAction, { status, may, contact }: SharedConversation, menu: ThreadMenu, composer: ConvComposer | null): boolean {
  if (action === 'close') void menu.setStatus(status === 'open' ? 'closed' : 'open');
  else if (action === 'transfer') menu.transfer();
  else if (action === 'snooze' && status === 'open') void menu.snooze();
  else if (action === 'transferToAi' && !contact.aiPaused) void menu.transferToAi();
  else if (action === 'assume' && composer && !may.operatorSend.allowed) composer.assume();
  else if (action === 'mode' && composer) composer.writeIn(composer.unsent.mode === 'note' ? 'reply' : 'note');
  else if ((action === 'reply' || action === 'note') && composer) composer.writeIn(action);
  else return false;
  return true;
}

/** Whether Escape was pressed where one writes to a conversation, and nothing stands over it: then it leads back to the list. */
export function leavesWriting(event: Event): boolean {
  const path = event.composedPath().filter((node) => node instanceof HTMLElement);
  return path.some(({ localName }) => localName === 'conv-composer') && !path.some((node) => node instanceof HTMLDialogElement || node.popover !== null);
}

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
    if (!keysOf(event).startsWith('mod+')) return;
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
