import { css } from 'lit';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { mailSheet } from '../ui/sheets/mail.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { messagesSheet } from '../ui/sheets/messages.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { poolSheet } from '../ui/sheets/pool.ts';
import { threadSheet } from '../ui/sheets/thread.ts';
import { logSheet } from './thread-log-sheet.ts';

const ownSheet = css`
:host { display: flex; flex-direction: column; block-size: 100%; min-block-size: 0; border: 0; background: var(--conv-surface); container: none; }
.desk { flex: 1; min-block-size: 0; display: grid; grid-template: minmax(0, 1fr) / var(--conv-pool-width) minmax(0, 1fr); }
.queue { container: pool / inline-size; display: flex; flex-direction: column; min-block-size: 0; border-inline-end: var(--conv-stroke) solid var(--conv-line); background: var(--conv-canvas); }
.queue-head { display: flex; align-items: center; gap: 8px; min-block-size: var(--conv-bar); padding-inline: 16px 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.queue-head h1 { margin: 0; font-size: var(--_fs-xl); line-height: 24px; font-weight: 600; letter-spacing: -.012em; }
.queue-list { flex: 1; min-block-size: 0; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; overscroll-behavior: contain; }
.queue-rows { margin: 0; padding: 0; list-style: none; }
.row { content-visibility: auto; contain-intrinsic-block-size: var(--conv-row); }
.row.is-gone .row-name, .row.is-gone .row-text { color: var(--conv-ink-3); font-weight: 400; }
.row-link { inline-size: 100%; padding: 0; border: 0; background: none; font: inherit; text-align: start; cursor: pointer; }
.row-pick { display: block; }
.row-pick:has(.box:disabled) { cursor: default; }
.row-pick:hover .box:disabled { opacity: 0; }
.row-pick:hover .box:disabled + .face { visibility: visible; }
.seen { color: var(--conv-good); }
.bulk > .btn { flex: none; }
.queue-pane { position: relative; display: flex; flex-direction: column; min-inline-size: 0; min-block-size: 0; background: var(--conv-surface); --under: var(--conv-surface); container: thread / inline-size; }
.thread-title { flex: 0 1 auto; overflow: hidden; }
.thread-title h2 { margin: 0; }
.queue-scroll { flex: 1; min-block-size: 0; display: flex; flex-direction: column-reverse; overflow-y: auto; overflow-x: hidden; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
.queue-scroll:focus-visible { outline-offset: -2px; }
.queue-log { display: flex; flex-direction: column; gap: 12px; padding: 12px 20px 16px; }
.queue-draft { flex: none; max-block-size: 60%; overflow-y: auto; padding: 12px 20px 16px; border-block-start: var(--conv-stroke) solid var(--conv-line); }
.queue-say { margin: 0; color: var(--conv-ink-3); font-size: var(--_fs-sm); text-align: center; }
.queue-more { padding: 12px 16px; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.queue-middle { flex: 1; display: grid; place-content: center; }
.only-narrow-sr { display: none; }
@container thread (width < 560px) {
  .only-narrow-sr { display: block; position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .queue-log, .queue-draft { padding-inline: 12px; }
}
.desk.is-narrow { grid-template-columns: minmax(0, 1fr); }
.desk.is-narrow .queue { border: 0; }
.desk.is-narrow .keys { display: none; }
`;

/** Everything that the approval queue is dressed in. */
export const draftsSheets = [
  blankSheet,
  buttonsSheet,
  dialogSheet,
  facesSheet,
  fieldsSheet,
  mailSheet,
  marksSheet,
  messagesSheet,
  noticeSheet,
  poolSheet,
  threadSheet,
  logSheet,
  ownSheet,
];
