import { css } from 'lit';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { inboxSheet } from '../ui/sheets/inbox.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';

const ownSheet = css`
:host { display: flex; flex-direction: column; position: relative; min-block-size: 0; overflow: hidden; }
.inbox { flex: 1; min-block-size: 0; grid-template: minmax(0, 1fr) / var(--conv-pool-width) minmax(0, 1fr); }
.inbox.has-panel { grid-template-columns: var(--conv-pool-width) minmax(0, 1fr) var(--conv-panel-width); }
.inbox > .side { display: block; }
.inbox > .side.is-over {
  position: absolute; inset-block: 0; inset-inline-end: 0; inline-size: min(var(--conv-panel-width), 100%); z-index: 5; box-shadow: var(--conv-shadow-3);
  animation: slide var(--conv-slow) var(--conv-ease);
}
.veil { position: absolute; inset: 0; z-index: 4; border: 0; padding: 0; background: none; cursor: default; }
@keyframes slide { from { opacity: 0; translate: 8px 0; } }
.inbox > .side.is-over:dir(rtl) { animation-name: slide-rtl; }
@keyframes slide-rtl { from { opacity: 0; translate: -8px 0; } }
@media (prefers-reduced-motion: reduce) { .inbox > .side.is-over { animation: none; } }
@container inbox (width < 1120px) { .inbox { grid-template-columns: 320px minmax(0, 1fr); } }
@container inbox (width < 760px) {
  .inbox { grid-template-columns: minmax(0, 1fr); }
  .inbox > .side.is-over { inline-size: 100%; }
}
@media print {
  :host, .inbox { display: block; block-size: auto !important; overflow: visible; }
  conv-pool, .side { display: none !important; }
}
.skips { position: absolute; inset-block-start: 8px; inset-inline-start: 8px; z-index: 9; display: flex; gap: 8px; }
.skip:not(:focus) { position: absolute; inline-size: 1px; min-block-size: 1px; block-size: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); border: 0; }
`;

/** Everything that the inbox is laid out and dressed by. */
export const inboxSheets = [buttonsSheet, noticeSheet, inboxSheet, ownSheet];
