import { css } from 'lit';
import { paletteSheet } from '../ui/sheets/palette.ts';
import { poolSheet } from '../ui/sheets/pool.ts';
import { tabsSheet } from '../ui/sheets/tabs.ts';
import { deskSheets } from './desk-sheet.ts';
import { refusalSheet } from './dialog-sheet.ts';

/** What the pool adds to the shared looks. */
const ownSheet = css`
:host { block-size: 100%; min-block-size: 0; }
.rows { position: relative; }
.row-pick { display: block; }
.pool-rule { block-size: 8px; flex: none; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.pool-filters { flex-wrap: wrap; }
.pool-filters .push { margin-inline-start: auto; }
.pool-filters .token { max-inline-size: 100%; }
.pool-filter[popover] { inline-size: 320px; max-block-size: min(440px, 80vh); }
.pool-news[popover] { inline-size: 376px; max-block-size: min(520px, 80vh); }
.filter-find { padding: 8px; position: sticky; inset-block-start: 0; background: var(--conv-raised); z-index: 1; }
.filter-list { padding: 0 4px 4px; }
.filter-list .tag { gap: 0; }
.check { display: flex; align-items: center; gap: 8px; margin-block-start: 12px; }
.run { position: relative; padding-inline-end: 12px; }
.run > strong { margin-inline-start: 0; }
.run-far { margin-inline-end: 8px; font-variant-numeric: tabular-nums; color: var(--conv-ink-2); }
.run > progress { position: absolute; inset-inline: 0; inset-block-end: 0; inline-size: 100%; block-size: 2px; accent-color: var(--conv-accent); }
.run-left, .views { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; }
.run-left > li { display: flex; gap: 12px; min-inline-size: 0; }
.run-left small { margin-inline-start: auto; flex: none; color: var(--conv-ink-3); }
.views > li { display: flex; align-items: center; gap: 8px; min-inline-size: 0; }
.views > li > :first-child { flex: 1; min-inline-size: 0; }
.views .check { margin: 0; white-space: nowrap; }
.view-acts { display: inline-flex; flex: none; }
.pill-place { position: relative; block-size: 0; z-index: 3; }
.pill-new { inset-block-start: 8px; }
.sig:not(.agent, .copper, .madder, .ochre, .moss, .dim) { color: var(--conv-accent); }
.news li { border-block-end: var(--conv-stroke) solid var(--conv-line); }
.news li:last-child { border: 0; }
.news li > button {
  position: relative; display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; gap: 0 10px; inline-size: 100%; padding: 10px 16px; border: 0; background: none; color: inherit;
  text-align: start; cursor: pointer;
}
.news li > button:hover { background: var(--conv-hover); }
.news-acts { display: flex; gap: 6px; padding: 0 16px 10px 50px; }
.news-acts:dir(rtl) { padding: 0 50px 10px 16px; }
.news-blank { padding: 12px 16px; color: var(--conv-ink-3); }
@container pool (width < 360px) { .tabs .tab { gap: 4px; padding-inline: 6px; } .tabs .tab[aria-selected="true"]::after { inset-inline: 6px; } }
@media (pointer: coarse) {
  .row-pick .box { opacity: 0; }
  .bulk .btn.icon { inline-size: 36px; }
}
`;

/** Everything that the pool is dressed in. */
export const poolSheets = [...deskSheets, paletteSheet, poolSheet, tabsSheet, refusalSheet, ownSheet];
