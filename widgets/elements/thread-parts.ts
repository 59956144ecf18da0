/** What an open conversation is made of. */
import './composer.ts';
import './handoff-banner.ts';
import './thread-log.ts';
import './thread-mail-dropped.ts';
import './thread-mail.ts';

export { actInThread } from './shortcut-thread.ts';
export { threadHead } from './thread-head.ts';
export { ThreadMenu } from './thread-menu.ts';
