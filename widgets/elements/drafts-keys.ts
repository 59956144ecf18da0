import type { StoreElement } from '../store/element.ts';
import { PageKeys } from '../ui/page-keys.ts';
import { actionOf } from '../ui/shortcuts.ts';

const queueActions = ['draftNext', 'draftPrevious', 'approve', 'edit', 'reject', 'openDraft', 'tick', 'undo'] as const;
export type QueueAction = (typeof queueActions)[number];

/** Keys of the approval queue, from within it and while nothing of the page has the focus. */
export class QueueKeys {
  /** @param act does what a key asks for; false where it cannot be done now, and the key is somebody else's */
  constructor(
    private readonly host: StoreElement,
    private readonly act: (action: QueueAction) => boolean,
  ) {
    host.addEventListener('keydown', this.handleKey);
    void new PageKeys(host, this.handleKey);
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const action = actionOf(event, this.host.chosenKeys, queueActions);
    if (!action || !this.act(action)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
