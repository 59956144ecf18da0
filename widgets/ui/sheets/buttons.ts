import { css } from 'lit';
import { plainButtonsSheet } from './plain-buttons.ts';

/** Buttons, split buttons, buttons that read as links, and key hints. */
export const buttonsSheet = css`
.btn.danger { color: var(--conv-urgent); }
.btn.danger .i { color: inherit; }
.btn.danger.primary { background: var(--conv-urgent-fill); color: var(--conv-on-fill); }
.btn.lg { --h: var(--conv-button-lg); padding-inline: 12px; }
.btn.lg.icon { padding: 0; }
.btn .count { margin-inline-start: 0; }
.split { display: inline-flex; }
.split > .btn:first-child { border-start-end-radius: 0; border-end-end-radius: 0; }
.split > .btn:last-child { border-start-start-radius: 0; border-end-start-radius: 0; border-inline-start: 1px solid color-mix(in srgb, currentColor 22%, transparent); padding-inline: 4px; }
kbd {
  display: inline-block; min-inline-size: 16px; padding-inline: 4px; border-radius: var(--conv-radius-xs); background: var(--conv-press); color: var(--conv-ink-2);
  font: 500 var(--_fs-xs)/16px var(--conv-font); text-align: center; font-variant-numeric: tabular-nums;
}
.btn.primary kbd { background: var(--conv-accent-press); color: inherit; }
.btn:is([disabled], [aria-disabled="true"]) kbd { background: var(--conv-press); color: inherit; }
/* Fingers have no keys. */
@media (pointer: coarse) { :is(.btn, .menu-item, .with-icon) > kbd { display: none; } }
@media (forced-colors: active) {
  .count.unread { forced-color-adjust: none; border-color: transparent; }
  .btn.primary kbd { background: none; }
}
${plainButtonsSheet}.btn[aria-disabled="true"] { background: var(--conv-sunken); border-color: transparent; box-shadow: none; color: var(--conv-ink-3); cursor: not-allowed; }
.btn[aria-disabled="true"] .i { color: inherit; }
.btn.ghost:is([disabled], [aria-disabled="true"]) { background: none; }
.btn.ghost.is-on { background: var(--conv-hover); }
.btn.ghost.is-on .i { color: var(--conv-accent); }
.btn.turned > .i { rotate: 180deg; }
`;
