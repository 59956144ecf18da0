import { css } from 'lit';

/** An email on its own light paper, dimmed a little at night. */
export const mailSheet = css`
.msg.mail { max-inline-size: 100%; inline-size: 100%; }
.msg.mail > .mail-box { grid-column: 2; }
.mail-box { border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); overflow: hidden; inline-size: 100%; background: var(--conv-surface); }
.mail-head {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 12px; padding: 8px 12px; font-size: var(--_fs-sm);
  line-height: 18px; color: var(--conv-ink-3); border-block-end: var(--conv-stroke) solid var(--conv-line);
}
.mail-head dd { color: var(--conv-ink-2); min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mail-head dd.subject { color: var(--conv-ink); font-weight: 600; font-size: var(--_fs-md); }
.mail-bar {
  display: flex; align-items: center; gap: 8px; padding-block: 2px; padding-inline: 12px 4px; background: var(--conv-sunken);
  border-block-end: var(--conv-stroke) solid var(--conv-line); font-size: var(--_fs-sm); color: var(--conv-ink-2);
}
@media (prefers-color-scheme: dark) { .mail-paper, .mail-quote { filter: brightness(.9); } }
@container style(--conv-color-scheme: dark) { .mail-paper, .mail-quote { filter: brightness(.9); } }
@container style(--conv-color-scheme: light) { .mail-paper, .mail-quote { filter: none; } }
.mail-paper { color-scheme: light; background: var(--conv-paper); }
.mail-quote { display: flex; align-items: center; gap: 8px; padding: 4px 12px 8px; background: var(--conv-paper); color-scheme: light; }
.mail-quote .btn {
  --h: 24px; min-inline-size: 32px; padding: 0 6px; background: var(--conv-sunken); color: var(--conv-ink-2); border: 0; box-shadow: none; font-size: var(--_fs-sm);
  gap: 4px; line-height: 16px;
}
@media (pointer: coarse) { .mail-quote .btn { --h: 32px; } }
@media (forced-colors: active) { .mail-box { border: 1px solid CanvasText; } }
`;
