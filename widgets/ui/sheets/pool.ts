import { css } from 'lit';

/** The pool: head, filters, rows, bulk bar. */
export const poolSheet = css`
:host { display: flex; flex-direction: column; position: relative; background: var(--conv-canvas); border-inline-end: var(--conv-stroke) solid var(--conv-line); container: pool / inline-size; }
.pool-head { display: flex; align-items: center; gap: 2px; min-block-size: var(--conv-bar); padding-inline: 8px; }
.view {
  display: inline-flex; align-items: center; gap: 6px; min-inline-size: 0; padding: 4px 8px; border: 0;
  border-radius: var(--conv-radius-md); background: none; font-size: var(--_fs-xl); line-height: 24px; font-weight: 600;
  letter-spacing: -.012em; cursor: pointer;
}
.view:hover { background: var(--conv-hover); }
.view .i { color: var(--conv-ink-3); }
.view .count { font-size: var(--_fs-sm); letter-spacing: 0; padding-block-start: 2px; }
.pool-tools { display: flex; gap: 4px; padding: 8px 12px 0; }
.pool-tools .with-icon { flex: 1; }
.pool-filters { display: flex; align-items: center; gap: 4px; padding: 6px 12px 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.token {
  display: inline-flex; align-items: center; gap: 2px; block-size: 24px; padding: 0; border-radius: var(--conv-radius-sm);
  background: var(--conv-accent-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-accent-line); font-size: var(--_fs-sm);
  min-inline-size: 0;
}
.token > button {
  white-space: nowrap; border: 0; background: none; padding-block: 0; padding-inline: 8px 2px; block-size: 24px; font-weight: 500;
  cursor: pointer; border-radius: var(--conv-radius-sm); min-inline-size: 0;
}
.token > button:last-child { padding-inline: 4px; color: var(--conv-ink-3); display: grid; place-items: center; min-inline-size: 24px; flex: none; }
.token > button:last-child:hover { color: var(--conv-ink); }
.token em { font-style: normal; color: var(--conv-ink-3); font-weight: 400; }
.rows { flex: 1; min-block-size: 0; overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; overscroll-behavior: contain; }
.row {
  position: relative; display: grid; grid-template-columns: 32px minmax(0, 1fr); column-gap: 14px; block-size: var(--conv-row);
  padding-block: calc((var(--conv-row) - 58px) / 2); padding-inline: 16px 12px; border-block-end: var(--conv-stroke) solid var(--conv-line);
}
.row:hover { --under: color-mix(in srgb, var(--conv-ink) 5%, var(--conv-canvas)); background: var(--under); }
.row.is-selected, .row.is-selected:hover { background: var(--conv-surface); --under: var(--conv-surface); margin-inline-end: -1px; padding-inline-end: 13px; z-index: 1; }
.row.is-selected::before { content: ""; position: absolute; inset-block: -1px 0; inset-inline-start: 0; inline-size: calc(var(--conv-stroke) * 2); background: var(--conv-accent); }
.row.is-picked { background: var(--conv-accent-tint); --under: var(--conv-accent-tint); }
.row.is-unread::after {
  content: ""; position: absolute; inset-inline-start: 5px; inset-block-start: 20px; inline-size: 6px; block-size: 6px;
  border-radius: 50%; background: var(--conv-accent); forced-color-adjust: none;
}
.row:has(.row-link:focus-visible) { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -2px; }
.row-link { display: block; min-inline-size: 0; color: inherit; text-decoration: none; outline: none !important; }
.row-link::after { content: ""; position: absolute; inset: 0; }
.row-pick { position: relative; z-index: 1; block-size: 32px; margin-block-start: 5px; cursor: pointer; }
.row-pick .box { position: absolute; inset: 8px; opacity: 0; }
.row-pick:hover .box, .row-pick .box:focus-visible, .is-picking .row-pick .box { opacity: 1; }
.row-pick:hover .face, .row-pick .box:focus-visible + .face, .is-picking .row-pick .face { visibility: hidden; }
.row-line { display: flex; align-items: center; gap: 6px; min-inline-size: 0; block-size: 20px; }
.row-line:nth-child(3) { block-size: 16px; gap: 8px; }
.row-name { font-weight: 500; color: var(--conv-ink-2); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 0 1 auto; }
.row-from { color: var(--conv-ink-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; flex: 1 100 0; min-inline-size: 0; }
.row-line > time { margin-inline-start: auto; flex: none; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.row-text {
  flex: 1; min-inline-size: 0; text-align: -webkit-match-parent; text-align: match-parent; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; color: var(--conv-ink-3);
}
.row-text > bdi { color: var(--conv-ink-2); font-weight: 500; }
.row.is-unread .row-name { font-weight: 600; color: var(--conv-ink); }
.row.is-unread .row-text { color: var(--conv-ink-2); }
.row.is-unread .row-line > time { color: var(--conv-ink-2); }
.row.is-selected .row-name { color: var(--conv-ink); }
.row-line > .sig > .cut { min-inline-size: 0; }
.row-owner { display: inline-flex; align-items: center; gap: 4px; margin-inline-start: auto; flex: none; color: var(--conv-ink-3); }
.row mark { background: var(--conv-note-tint); color: inherit; border-radius: var(--conv-radius-xs); box-shadow: 0 0 0 var(--conv-stroke) var(--conv-note-line); }
.wait { font-variant-numeric: tabular-nums; font-weight: 600; }
:host(:state(compact)) .row { padding-block: calc((var(--conv-row) - 42px) / 2); }
:host(:state(compact)) .row-pick { margin-block-start: 4px; }
:host(:state(compact)) .row-line:nth-child(3) { display: none; }
.pill-new {
  position: absolute; inset-inline: 0; margin-inline: auto; inline-size: max-content; z-index: 3; display: inline-flex;
  align-items: center; gap: 4px; min-block-size: 28px; padding-block: 0; padding-inline: 8px 12px; border: 0; border-radius: var(--conv-radius-round);
  background: var(--conv-accent-fill); color: var(--conv-on-accent); font-weight: 500; box-shadow: var(--conv-shadow-2);
  cursor: pointer;
}
.bulk {
  display: flex; align-items: center; flex-wrap: wrap; gap: 2px; padding-block: 6px; padding-inline: 12px 8px;
  border-block-end: var(--conv-stroke) solid var(--conv-accent-line); background: var(--conv-accent-tint);
}
.bulk > .box { position: relative; }
.bulk > .box::before { content: ""; position: absolute; inset: -6px; }
.bulk > strong { margin-inline: 8px auto; }
.bulk-all { flex-basis: 100%; padding-inline-start: 26px; font-size: var(--_fs-sm); color: var(--conv-ink-2); }
.keys { display: flex; flex-wrap: wrap; gap: 4px 14px; padding: 10px 16px; border-block-start: var(--conv-stroke) solid var(--conv-line); font-size: var(--_fs-sm); color: var(--conv-ink-3); }
@media (forced-colors: active) {
  .pill-new { forced-color-adjust: none; }
  .row.is-picked { outline: 1px solid Highlight; outline-offset: -1px; }
  .token, .route, .attached, .paused { border: 1px solid ButtonBorder; }
}
.rows-in { position: relative; }
.rows-in > .row { position: absolute; inset-inline: 0; contain: layout style; }
`;
