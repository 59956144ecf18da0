import { css } from 'lit';

/** The handoff banner. */
export const bannerSheet = css`
:host { container: banner / inline-size; background: var(--conv-handoff-tint); border-block-end: var(--conv-stroke) solid var(--conv-handoff-line); box-shadow: inset 2px 0 0 var(--conv-handoff); }
:host(:dir(rtl)) { box-shadow: inset -2px 0 0 var(--conv-handoff); }
.banner { display: grid; grid-template-columns: 24px minmax(0, 1fr) auto auto; align-items: center; column-gap: 8px; padding-block: 8px; padding-inline: 20px 12px; }
.banner > .i { color: var(--conv-handoff); justify-self: center; }
.banner p { color: var(--conv-ink-2); }
.banner p strong { color: var(--conv-ink); }
.banner-facts { display: flex; flex-wrap: wrap; gap: 0 12px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.banner-facts .sig { font-weight: 500; }
.banner-wait { text-align: end; padding-inline: 4px 8px; }
.banner-wait b { display: block; font-size: var(--_fs-xl); line-height: 20px; letter-spacing: -.01em; color: var(--conv-handoff); font-variant-numeric: tabular-nums; }
.banner-wait span { display: block; font-size: var(--_fs-xs); line-height: 14px; color: var(--conv-ink-3); }
.banner-acts { display: flex; gap: 4px; }@container banner (width < 560px) {
  .banner { grid-template-columns: 24px minmax(0, 1fr) auto; }
  .banner-acts { grid-column: 2 / -1; margin-block-start: 8px; flex-wrap: wrap; }
  .hide-narrow { display: none !important; }
}
@media (forced-colors: active) { :host { border-inline-start: 3px solid CanvasText; } }
`;
