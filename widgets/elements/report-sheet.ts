import { css } from 'lit';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { reportSheet } from '../ui/sheets/report.ts';

const ownSheet = css`
:host { display: block; min-block-size: 100%; max-block-size: 100%; overflow-y: auto; container: settings / inline-size; background: var(--conv-surface); }
.rep-head h1:focus-visible { outline-offset: 4px; }
.rep-head .field { inline-size: auto; max-inline-size: 180px; }
.rep-head .dates { display: flex; gap: 8px; flex-basis: 100%; justify-content: flex-end; align-items: center; flex-wrap: wrap; }
.rep-head .refusal { flex-basis: 100%; text-align: end; color: var(--conv-urgent); font-size: var(--_fs-sm); }
.figures { margin-block-end: 0; }
.figures.second { margin-block: 0 24px; border-block-start: 0; }
.figures.second dd.big { font-size: var(--_fs-xl); line-height: 28px; }
.figures.second dd.big small { font-size: var(--_fs-md); }
.figures dt, .figures dd { margin: 0; }
.charts + .charts { margin-block-start: 24px; }
.charts.even { grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); }
.chart { margin: 0; min-inline-size: 0; }
.chart > header { display: flex; gap: 8px; align-items: start; justify-content: space-between; margin-block-end: 8px; }
.chart > header p { color: var(--conv-ink-3); }
.chart .acts { display: flex; flex: none; }
.btn[aria-pressed="true"] { background: var(--conv-press); }
.plot-scroll:focus-visible, .table-scroll:focus-visible { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: 2px; }
.table-scroll { overflow-x: auto; }
.table-scroll.short { max-block-size: 240px; overflow-y: auto; }
.table-scroll .table { margin-block-start: 0; }
.table th[scope="row"] { color: inherit; font-size: inherit; font-weight: 400; border-block-start: 0; padding-block: 8px; }
.short .table th:last-child, .short .table td:last-child { padding-inline: 12px 4px; }
.short .table thead th { position: sticky; inset-block-start: 0; background: var(--conv-surface); }
.table-head { display: flex; align-items: center; justify-content: space-between; margin-block: 28px 4px; }
.table-head h2, .helps h2 { font-size: var(--_fs-lg); font-weight: 600; }
.helps ul { margin: 0; padding: 0; list-style: none; }
.helps p, .chart p, .helps h2 { margin: 0; }
.helps li > p { overflow-wrap: anywhere; }
.waits { display: grid; margin: 0; padding: 0; list-style: none; max-block-size: 50vh; overflow-y: auto; }
.waits button { display: grid; grid-template-columns: auto 1fr auto; gap: 2px 12px; inline-size: 100%; padding: 8px; border: 0; border-radius: var(--conv-radius-md); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }
.waits button:hover:enabled { background: var(--conv-hover); }
.waits button:disabled { cursor: default; color: var(--conv-ink-3); }
.waits button > :first-child { grid-column: 1 / 3; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 500; }
.waits button > :last-child { grid-area: 1 / 3; }
.waits .late { color: var(--conv-handoff); }
.dim { color: var(--conv-ink-3); }
.bones { display: grid; gap: 16px; padding-block: 24px; }
.is-old { opacity: .6; }
@media (forced-colors: active) {
  .plot text { fill: CanvasText; }
  .plot .grid, .plot .limit, .plot .then { stroke: GrayText; }
  .plot .now { stroke: Highlight; }
  .plot .dot { fill: Highlight; stroke: Canvas; }
  .plot .strong { fill: CanvasText; stroke: Canvas; }
  .plot .bar { fill: Highlight; }
  .plot .bar.hot { fill: LinkText; }
  .hbars .track { forced-color-adjust: none; background: Canvas; fill: Highlight; outline: 1px solid GrayText; }
  .rate i { forced-color-adjust: none; background: linear-gradient(to right, Highlight var(--v), Canvas 0); outline: 1px solid GrayText; }
}
@media (prefers-reduced-motion: no-preference) { .rep-body { transition: opacity 120ms ease-out; } }
@container settings (width < 760px) {
  .figures > div { padding: 12px 8px 12px 12px; }
}
`;

/** Everything that a report is dressed in. */
export const reportSheets = [blankSheet, buttonsSheet, dialogSheet, facesSheet, fieldsSheet, reportSheet, ownSheet];
