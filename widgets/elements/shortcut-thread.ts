import type { SharedConversation } from '../../server/contract/conversation.ts';
import type { ConvComposer } from './composer.ts';
import type { ThreadAction } from './shortcut-keys.ts';
import type { ConvLog } from './thread-log.ts';
import type { ThreadMenu } from './thread-menu.ts';

/** Does what keys ask for; false where it cannot be done now, and the keys are somebody else's. */
export function actInThread(action: ThreadAction, { may }: SharedConversation, menu: ThreadMenu, composer: ConvComposer | null, log: ConvLog | null): boolean {
  if (action === 'unread') return log?.toUnread() ?? false;
  if (action === 'assume') {
    if (!composer || may.operatorSend.allowed) return false;
    composer.assume();
  } else if (action === 'mode' || action === 'reply' || action === 'note') {
    if (!composer) return false;
    composer.writeIn(action !== 'mode' ? action : composer.unsent.mode === 'note' ? 'reply' : 'note');
  } else return menu.act(action);
  return true;
}
