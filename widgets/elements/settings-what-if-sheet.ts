import { css } from 'lit';

/** What the pane of what-if has beside the look of the settings. */
export const whatIfSheet = css`
.whatif { min-inline-size: 0; }
.whatif-title { display: flex; align-items: center; gap: 8px; }
.whatif-says:empty { display: none; }
.whatif-says { font-variant-numeric: tabular-nums; }
.whatif-model { display: flex; align-items: center; gap: 8px; margin-block-start: 10px; color: var(--conv-ink-2); }
.whatif-model > span { flex: none; }
.whatif-model > select { flex: 1; min-inline-size: 0; }
.whatif-bar { inline-size: 100%; block-size: 4px; margin-block-start: 10px; accent-color: var(--conv-accent); }
.whatif-hint { padding: 16px 20px; color: var(--conv-ink-3); }
.whatif-foot { padding: 12px 20px; color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.whatif-tabs { flex: none; overflow-x: auto; }
.split-bar > span:last-child { flex: 1 0 auto; }
.whatif .tally, .flips { padding: 0; list-style: none; }
.whatif .tally { margin-block-end: 0; }
.flips { margin: 0; }
.flips blockquote { overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.flips .cite { display: inline-flex; align-items: center; gap: 4px; min-inline-size: 0; }
.flips .cite bdi { overflow-wrap: anywhere; }
.flips .flip .sig { flex-basis: 100%; white-space: normal; }
`;
