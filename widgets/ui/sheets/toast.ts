import { css } from 'lit';

/** Toasts: what was done, with a way back. */
export const toastSheet = css`
.toast {
  display: flex; align-items: center; gap: 12px; max-inline-size: 440px; min-block-size: 44px; padding-block: 8px;
  padding-inline: 16px 8px; border-radius: var(--conv-radius-lg); background: var(--conv-toast);
  color: var(--conv-on-toast); box-shadow: var(--conv-shadow-2);
}
.toast .btn { background: none; border-color: transparent; box-shadow: none; color: var(--conv-toast-accent); }
.toast .btn:hover { background: color-mix(in srgb, currentColor 12%, transparent); }
.toast .btn .i { color: inherit; }
.toast kbd { background: color-mix(in srgb, currentColor 16%, transparent); color: inherit; }
.toast .btn.icon { color: inherit; }
@media (forced-colors: active) { .toast { border: 1px solid CanvasText; } }
.toasts { position: fixed; inset: auto; inset-block-end: 16px; inset-inline-start: 16px; margin: 0; padding: 4px; border: 0; background: none; overflow: visible; }
.toasts:popover-open { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; }
@media print { .toasts { display: none !important; } }
.toasts > .toast { transition: opacity var(--conv-swift) var(--conv-ease), translate var(--conv-swift) var(--conv-ease); }
@starting-style { .toasts > .toast { opacity: 0; translate: 0 8px; } }
.toast > .btn:first-of-type { margin-inline-start: auto; }
`;
