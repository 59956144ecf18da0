import { css } from 'lit';

/** Counts, chips, signals of a row, tags, and the three bars of an agent at work. */
export const marksSheet = css`
.count { font-size: var(--_fs-xs); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); font-variant-numeric: tabular-nums; }
.count.unread { min-inline-size: 16px; padding-inline: 4px; border-radius: var(--conv-radius-round); background: var(--conv-accent-fill); color: var(--conv-on-accent); font-weight: 600; text-align: center; }
.chip {
  display: inline-flex; align-items: center; gap: 4px; flex: none; block-size: 20px; padding-inline: 6px; border: var(--conv-stroke) solid var(--conv-line-strong);
  border-radius: var(--conv-radius-sm); color: var(--conv-ink-2); font-size: var(--_fs-sm); font-weight: 500; line-height: 16px; white-space: nowrap; text-decoration: none;
}
.chip.agent  { color: var(--conv-agent);   border-color: var(--conv-agent-line);   background: var(--conv-agent-tint); }
.chip.copper { color: var(--conv-handoff); border-color: var(--conv-handoff-line); background: var(--conv-handoff-tint); }
.chip.madder { color: var(--conv-urgent);  border-color: var(--conv-urgent-line);  background: var(--conv-urgent-tint); }
.chip.ochre  { color: var(--conv-note);    border-color: var(--conv-note-line);    background: var(--conv-note-tint); }
.chip.moss   { color: var(--conv-good);    border-color: var(--conv-good-line);    background: var(--conv-good-tint); }
.chip.plain  { border-color: transparent; background: var(--conv-sunken); }
.sig { display: inline-flex; align-items: center; gap: 4px; font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; white-space: nowrap; min-inline-size: 0; }
.sig.agent { color: var(--conv-agent); }
.sig.copper { color: var(--conv-handoff); }
.sig.madder { color: var(--conv-urgent); }
.sig.ochre { color: var(--conv-note); }
.sig.moss { color: var(--conv-good); }
.mark-urgent {
  display: inline-grid; place-items: center; flex: none; inline-size: 16px; block-size: 16px; border-radius: var(--conv-radius-sm);
  background: var(--conv-urgent-fill); color: var(--conv-on-fill);
}
.mark-urgent .i { inline-size: 12px; block-size: 12px; stroke-width: 2.25; }
.tag { display: inline-flex; align-items: center; gap: 5px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); white-space: nowrap; }
.tag::before { content: ""; flex: none; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--t, var(--conv-tag-8)); forced-color-adjust: none; }
.t1 { --t: var(--conv-tag-1); }
.t2 { --t: var(--conv-tag-2); }
.t3 { --t: var(--conv-tag-3); }
.t4 { --t: var(--conv-tag-4); }
.t5 { --t: var(--conv-tag-5); }
.t6 { --t: var(--conv-tag-6); }
.t7 { --t: var(--conv-tag-7); }
.t8 { --t: var(--conv-tag-8); }
.working { display: inline-flex; align-items: center; gap: 2px; block-size: 12px; inline-size: 13px; color: var(--conv-agent); }
.working::before, .working::after, .working > i {
  content: ""; inline-size: 3px; block-size: 10px; border-radius: var(--conv-radius-xs); background: currentColor;
  animation: conv-pulse var(--conv-pulse) infinite;
}
.working::before { block-size: 6px; }
.working > i { animation-delay: calc(var(--conv-pulse) / 7); }
.working::after { block-size: 8px; animation-delay: calc(var(--conv-pulse) / 3.5); }
@keyframes conv-pulse {
  0%, 60%, 100% { opacity: .4; }
  25% { opacity: 1; }
}
@media (prefers-reduced-motion: reduce) { .working::before, .working::after, .working > i { animation: none; } }
@media (forced-colors: active) {
  .btn.primary, .count.unread { forced-color-adjust: none; border-color: transparent; }
  .mark-urgent { border: 1px solid CanvasText; }
  .working::before, .working::after, .working > i, .bone { forced-color-adjust: none; background: CanvasText; }
}
`;
