import { css } from 'lit';

/** Buttons and what reads as a link: all that a visitor sees of them. */
export const plainButtonsSheet = css`
.btn {
  --h: var(--conv-button);
  display: inline-flex; align-items: center; justify-content: center; gap: 6px; flex: none;
  min-block-size: var(--h); padding: 3px 10px; border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-md);
  background: var(--conv-button-face); color: var(--conv-ink); box-shadow: var(--conv-shadow-1);
  font-size: var(--_fs-md); font-weight: 500; line-height: 20px; white-space: nowrap; text-decoration: none; cursor: pointer;
  transition: background-color var(--conv-fast), border-color var(--conv-fast), color var(--conv-fast);
}
.btn:hover { background: color-mix(in srgb, var(--conv-ink) 5%, var(--conv-button-face)); }
.btn:active { background: color-mix(in srgb, var(--conv-ink) 10%, var(--conv-button-face)); }
.btn .i { color: var(--conv-ink-2); }
.btn.primary { background: var(--conv-accent-fill); border-color: transparent; color: var(--conv-on-accent); box-shadow: inset 0 1px 0 var(--conv-shine), var(--conv-shadow-1); }
.btn.primary:hover, .btn.primary:active { background: var(--conv-accent-press); }
.btn.primary .i { color: inherit; }
.btn.ghost { background: none; border-color: transparent; box-shadow: none; }
.btn.ghost:hover, .btn.ghost[aria-expanded="true"] { background: var(--conv-hover); }
.btn.icon { padding: 0; inline-size: var(--h); }
.btn.sm { --h: 24px; padding: 1px 8px; font-size: var(--_fs-sm); gap: 4px; }
.btn.sm.icon { padding: 0; }
.btn[disabled] { background: var(--conv-sunken); border-color: transparent; box-shadow: none; color: var(--conv-ink-3); cursor: not-allowed; }
.btn[disabled] .i { color: inherit; }
.linkish { min-block-size: 24px; margin-block: -2px; padding: 0; border: 0; background: none; color: var(--conv-accent); font: inherit; font-weight: 500; cursor: pointer; text-decoration: none; border-radius: var(--conv-radius-xs); }
.linkish:hover { text-decoration: underline; text-underline-offset: 2px; }
@media (forced-colors: active) {
  .btn.primary { forced-color-adjust: none; border-color: transparent; }
  .btn:is([disabled], [aria-disabled="true"]) { color: GrayText; }
}
`;
