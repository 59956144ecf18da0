import { css } from 'lit';

/** The report: figures, charts, bars and a table. */
export const reportSheet = css`
.rep { padding: 20px 32px 32px; }
.rep-head { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.rep-head h1 { font-size: var(--_fs-2xl); line-height: 28px; font-weight: 600; letter-spacing: -.018em; margin-inline-end: auto; }
.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); margin-block: 20px 24px; border-block: var(--conv-stroke) solid var(--conv-line); }
.figures > div { padding: 16px 20px; border-inline-end: var(--conv-stroke) solid var(--conv-line); }
.figures > div:first-child { padding-inline-start: 0; }
.figures > div:last-child { border: 0; }
.figures dt { color: var(--conv-ink-3); }
.figures dd.big { font-size: var(--_fs-3xl); line-height: 36px; font-weight: 600; letter-spacing: -.025em; font-variant-numeric: tabular-nums; }
.figures dd.big small { line-height: 1; font-size: var(--_fs-xl); font-weight: 500; letter-spacing: 0; }
.figures dd:last-child { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.charts { display: grid; grid-template-columns: minmax(0, 1.75fr) minmax(0, 1fr); gap: 0 40px; }
.chart h2 { font-size: var(--_fs-lg); font-weight: 600; }
.chart > p { color: var(--conv-ink-3); margin-block-end: 8px; }
.chart svg.plot { display: block; inline-size: 100%; block-size: auto; direction: ltr; overflow: visible; }
.plot text { unicode-bidi: plaintext; font: 400 var(--_fs-xs) var(--conv-font); fill: var(--conv-ink-3); font-variant-numeric: tabular-nums; }
.plot .strong { fill: var(--conv-ink); font-weight: 600; paint-order: stroke; stroke: var(--conv-surface); stroke-width: 4px; }
.plot .grid { stroke: var(--conv-line); }
.plot .now { fill: none; stroke: var(--conv-accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.plot .then { fill: none; stroke: var(--conv-control); stroke-width: 1.25; stroke-dasharray: 3 3; }
.plot .dot { fill: var(--conv-accent); stroke: var(--conv-surface); stroke-width: 2; }
.plot .event { stroke: var(--conv-line-strong); }
.plot .bar { fill: var(--conv-accent-fill); }
.plot .bar.hot { fill: var(--conv-handoff); }
.plot .limit { stroke: var(--conv-control); stroke-dasharray: 3 3; }
.hbars { display: grid; gap: 10px; margin-block-start: 4px; }
.hbars li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; }
.hbars .track { grid-column: 1 / -1; display: block; inline-size: 100%; block-size: 6px; border-radius: var(--conv-radius-xs); background: var(--conv-press); fill: var(--conv-accent-fill); }
.hbars .track:dir(rtl) { transform: scaleX(-1); }
.hbars .num { color: var(--conv-ink-2); }
.table { inline-size: 100%; margin-block-start: 28px; border-collapse: collapse; }
.table caption { text-align: start; font-size: var(--_fs-lg); font-weight: 600; padding-block-end: 8px; }
.table th { text-align: start; font-weight: 500; font-size: var(--_fs-sm); color: var(--conv-ink-3); padding: 6px 12px; border-block: var(--conv-stroke) solid var(--conv-line); white-space: nowrap; }
.table td { padding: 8px 12px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.table th:first-child, .table td:first-child { padding-inline-start: 0; }
.table th:last-child, .table td:last-child { padding-inline: 40px 0; }
.table .r { text-align: end; font-variant-numeric: tabular-nums; }
.table .name { display: flex; align-items: center; gap: 8px; font-weight: 500; }
.table th .btn { margin: -4px -8px; color: inherit; }
.table tbody tr:hover { background: var(--conv-hover); }
.rate { display: inline-flex; vertical-align: top; align-items: center; gap: 8px; justify-content: flex-end; }
.rate i { inline-size: 48px; block-size: 4px; border-radius: var(--conv-radius-xs); background: linear-gradient(to right, var(--conv-accent-fill) var(--v), var(--conv-press) 0); }
.rate i:dir(rtl) { background: linear-gradient(to left, var(--conv-accent-fill) var(--v), var(--conv-press) 0); }
.helps { margin-block-start: 28px; }
.helps h2 { font-size: var(--_fs-lg); font-weight: 600; padding-block-end: 4px; }
.helps li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 0 10px; align-items: center; padding-block: 8px; border-block-start: var(--conv-stroke) solid var(--conv-line); }
.helps .i { color: var(--conv-ink-3); }
.helps small { color: var(--conv-ink-3); font-size: var(--_fs-md); }
@container settings (width < 900px) {
  .charts { grid-template-columns: minmax(0, 1fr); gap: 24px; }
  .figures { grid-template-columns: 1fr 1fr; }
  .figures > div:nth-child(odd) { padding-inline-start: 0; }
  .figures > div:nth-child(even) { border: 0; }
  .plot-scroll { overflow-x: auto; }
  .plot-scroll > .plot { min-inline-size: 620px; }
  .rep { padding-inline: 16px; }
  .table-scroll { overflow-x: auto; }
}
`;
