import { css } from 'lit';

/** Tabs with an underline: channels of the pool, the composer, settings. */
export const tabsSheet = css`
.tabs { display: flex; align-items: stretch; padding-inline: 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); overflow-x: auto; scrollbar-width: none; }
.tab {
  position: relative; display: inline-flex; align-items: center; gap: 5px; flex: 1 0 auto; justify-content: center;
  min-block-size: 36px; padding: 4px 8px 6px; border: 0; background: none; color: var(--conv-ink-3); font-size: var(--_fs-md);
  font-weight: 500; cursor: pointer; border-radius: var(--conv-radius-md);
}
.tab:hover { color: var(--conv-ink); }
.tab[aria-selected="true"] { color: var(--conv-ink); }
.tab[aria-selected="true"]::after { content: ""; position: absolute; inset-inline: 8px; inset-block-end: -1px; block-size: 2px; border-radius: var(--conv-radius-xs) var(--conv-radius-xs) 0 0; background: var(--conv-accent); }
.tab[aria-selected="true"] .count { color: var(--conv-accent); font-weight: 600; }
.tab .count { font-size: var(--_fs-sm); }
`;
