import { css } from 'lit';

/** Dialogs: head, lead, body and foot. */
export const dialogSheet = css`
.dialog {
  inline-size: 100%; max-inline-size: 440px; margin: 0; padding: 0; border: 0; border-radius: var(--conv-radius-xl);
  background: var(--conv-raised); color: var(--conv-ink); box-shadow: var(--conv-shadow-3); overflow: hidden;
}
.dialog-head { display: flex; align-items: flex-start; gap: 8px; padding-block: 16px 0; padding-inline: 20px 12px; }
.dialog-head h2, .dialog-head h3 { font-size: var(--_fs-xl); line-height: 24px; font-weight: 600; letter-spacing: -.01em; }
.dialog-head .btn { margin-inline-start: auto; margin-block-start: calc((24px - var(--conv-button)) / 2); }
.dialog-lead { padding: 2px 20px 0; color: var(--conv-ink-2); }
.dialog-body { display: grid; gap: 16px; padding: 16px 20px 20px; }
.dialog-foot { display: flex; align-items: center; gap: 8px; padding: 12px 20px; border-block-start: var(--conv-stroke) solid var(--conv-line); background: light-dark(var(--conv-canvas), transparent); }
.dialog.wide { max-inline-size: 760px; }
.dialog-cols { display: grid; grid-template-columns: minmax(0, 1fr) 300px; }
.dialog-cols > aside {
  padding: 16px; border-inline-start: var(--conv-stroke) solid var(--conv-line); background: var(--conv-canvas); font-size: var(--_fs-sm);
  line-height: 16px; color: var(--conv-ink-2); display: flex; flex-direction: column; gap: 8px;
}
.dialog-cols > aside h4 { display: flex; gap: 6px; font-weight: 600; color: var(--conv-ink); }.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
@media (max-width: 760px) {
  .dialog-cols { grid-template-columns: minmax(0, 1fr); }
  .dialog-cols > aside { border: 0; border-block-start: var(--conv-stroke) solid var(--conv-line); }
}
@media (forced-colors: active) { .dialog { border: 1px solid CanvasText; } }
dialog.dialog { inset: 0; margin: auto; inline-size: calc(100% - 32px); max-block-size: calc(100dvh - 32px); transition: opacity var(--conv-slow) var(--conv-ease), translate var(--conv-slow) var(--conv-ease); }
dialog.dialog[open] > form { display: flex; flex-direction: column; max-block-size: inherit; }
.dialog > form > :is(.dialog-body, .dialog-cols) { flex: 0 1 auto; min-block-size: 0; overflow-y: auto; }
.dialog > form > .dialog-cols { margin-block-start: 12px; border-block-start: var(--conv-stroke) solid var(--conv-line); }
.dialog-head .btn { flex: none; }
.dialog-foot > .btn:first-child:not(.ghost) { margin-inline-start: auto; }
dialog.dialog::backdrop { background: var(--conv-scrim); }
@starting-style { dialog.dialog[open] { opacity: 0; translate: 0 8px; } }
`;
