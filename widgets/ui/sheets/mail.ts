import { css } from 'lit';

/** An email on its own light paper, dimmed a little at night. */
export const mailSheet = css`
.msg.mail { max-inline-size: 100%; inline-size: 100%; }
.msg.mail > .mail-box { grid-column: 2; }
.mail-box { border: 1px solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); overflow: hidden; inline-size: 100%; background: var(--conv-surface); }
.mail-head {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 12px; padding: 8px 12px; font-size: var(--_fs-sm);
  line-height: 18px; color: var(--conv-ink-3); border-block-end: 1px solid var(--conv-line);
}
.mail-head dd { color: var(--conv-ink-2); min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.mail-head dd.subject { color: var(--conv-ink); font-weight: 600; font-size: var(--_fs-md); }
.mail-bar {
  display: flex; align-items: center; gap: 8px; padding-block: 2px; padding-inline: 12px 4px; background: var(--conv-sunken);
  border-block-end: 1px solid var(--conv-line); font-size: var(--_fs-sm); color: var(--conv-ink-2);
}
@media (prefers-color-scheme: dark) { .mail-paper, .mail-quote { filter: brightness(.9); } }
@container style(--conv-color-scheme: dark) { .mail-paper, .mail-quote { filter: brightness(.9); } }
@container style(--conv-color-scheme: light) { .mail-paper, .mail-quote { filter: none; } }
.mail-paper { color-scheme: light; background: #fff; color: #222; padding: 16px; font: 14px/20px Georgia, "Times New Roman", serif; }
.mail-paper p + p, .mail-paper p + table, .mail-paper table + p { margin-block-start: 10px; }
.mail-paper table { border-collapse: collapse; font: 13px/18px Arial, "Liberation Sans", sans-serif; }
.mail-paper td, .mail-paper th { border: 1px solid #d6d6d6; padding: 4px 10px; text-align: start; }
.mail-paper th { background: #f4f1ea; font-weight: 600; }
.mail-img {
  display: inline-flex; align-items: center; gap: 6px; padding: 6px 10px; border: 1px dashed #a3a3a3; border-radius: 4px;
  color: #5c5c5c; font: 12px/16px Arial, "Liberation Sans", sans-serif;
}
.mail-quote { display: flex; align-items: center; gap: 8px; padding: 4px 12px 8px; background: #fff; color-scheme: light; }
.mail-quote .btn {
  --h: 20px; min-inline-size: 32px; padding: 0 6px; background: #f1f0ed; color: #4e4a43; border: 0; box-shadow: none; font-size: 12px;
  font-weight: 500; gap: 4px; line-height: 16px;
}
@media (pointer: coarse) { .mail-quote .btn { --h: 32px; } }
@media (forced-colors: active) { .mail-box { border: 1px solid CanvasText; } }
`;
