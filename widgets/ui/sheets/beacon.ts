import { css } from 'lit';

/** What a conversation that goes on adds to the launcher: the count, who writes, the newest line. */
export const beaconSheet = css`
.badge { display: contents; }
.count {
  position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 20px; padding: 0 5px; border-radius: var(--conv-radius-round);
  background: var(--conv-urgent-fill); color: var(--conv-on-fill); font-size: var(--_fs-xs); font-variant-numeric: tabular-nums; line-height: 20px; font-weight: 600;
  text-align: center; box-shadow: 0 0 0 2px var(--under, var(--conv-canvas));
}
.working {
  position: absolute; inset-block-start: -3px; inset-inline-end: -5px; display: inline-flex; align-items: center; gap: 2px; inline-size: 23px; block-size: 20px;
  padding-inline: 5px; border-radius: var(--conv-radius-round); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); color: var(--conv-agent);
}
.working::before, .working::after, .working > i {
  content: ""; inline-size: 3px; block-size: 10px; border-radius: var(--conv-radius-xs); background: currentColor; animation: conv-pulse var(--conv-pulse) infinite;
}
.working::before { block-size: 6px; }
.working > i { animation-delay: calc(var(--conv-pulse) / 7); }
.working::after { block-size: 8px; animation-delay: calc(var(--conv-pulse) / 3.5); }
@keyframes conv-pulse {
  0%, 60%, 100% { opacity: .4; }
  25% { opacity: 1; }
}
.news:empty { margin-block-start: -12px; }
.teaser { padding-inline-end: 8px; }
.teaser-text { min-inline-size: 0; padding: 0; border: 0; background: none; text-align: start; overflow-wrap: anywhere; cursor: pointer; }
.teaser small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.teaser-away {
  display: grid; place-items: center; flex: none; inline-size: 24px; block-size: 24px; padding: 0; border: 0; border-radius: var(--conv-radius-md); background: none;
  color: var(--conv-ink-2); cursor: pointer;
}
.teaser-away:hover { background: var(--conv-hover); }
.teaser-away .i { inline-size: 12px; block-size: 12px; stroke-width: 1.75; }
@media (prefers-reduced-motion: reduce) { .working::before, .working::after, .working > i { animation: none; } }
@media (forced-colors: active) { .working::before, .working::after, .working > i { forced-color-adjust: none; background: CanvasText; } }
`;
