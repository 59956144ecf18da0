import { css } from 'lit';

/** Settings: navigation, forms, modes, picks and what would change. */
export const settingsSheet = css`
:host { display: block; container: settings / inline-size; background: var(--conv-surface); block-size: 100%; overflow-y: auto; scroll-padding-block-end: 72px; --under: var(--conv-surface); }
.set { display: grid; grid-template-columns: 216px minmax(0, 1fr) 416px; block-size: 100%; }
.set.report { grid-template-columns: 216px minmax(0, 1fr); }
.set > * { min-inline-size: 0; min-block-size: 0; overflow-y: auto; scroll-padding-block-end: 72px; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
@container settings (width < 1180px) {
  .set { grid-template-columns: 200px minmax(0, 1fr); block-size: auto; min-block-size: 100%; }
  .set > * { overflow: visible; min-block-size: auto; }
  .set > .whatif { grid-column: 2; border-inline-start: 0; border-block-start: var(--conv-stroke) solid var(--conv-line); }
}
@container settings (width < 760px) {
  .set, .set.report { grid-template-columns: minmax(0, 1fr); }
  .set > .whatif { grid-column: 1; }
  .set-nav { display: none; }
}
.set-nav { padding: 12px 8px; background: var(--conv-canvas); border-inline-end: var(--conv-stroke) solid var(--conv-line); }
.set-nav h2 { padding: 12px 8px 4px; font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); }
.set-nav h2:first-child { padding-block-start: 0; }
.set-nav a { display: flex; align-items: center; gap: 8px; min-block-size: 28px; padding-inline: 8px; border-radius: var(--conv-radius-md); color: var(--conv-ink-2); text-decoration: none; }
.set-nav a > .i { color: var(--conv-ink-3); }
.set-nav a:hover { background: var(--conv-hover); }
.set-nav a[aria-current] { background: var(--conv-press); color: var(--conv-ink); font-weight: 500; }
.set-nav a .end { margin-inline-start: auto; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.form { position: relative; display: flex; flex-direction: column; }
.form > * { flex: none; }
.form-head { display: flex; align-items: center; gap: 12px; padding: var(--conv-pad) 32px 0; }
.form-head h1 { font-size: var(--_fs-2xl); line-height: 28px; font-weight: 600; letter-spacing: -.018em; }
.form-head p { color: var(--conv-ink-3); }
.form-tabs { display: flex; gap: 4px; padding: 12px 24px 0; border-block-end: var(--conv-stroke) solid var(--conv-line); overflow-x: auto; scrollbar-width: none; }
.form-tabs .tab { flex: none; }
.form-body { max-inline-size: 704px; padding: 0 32px; }
.group { display: grid; gap: var(--conv-gap); padding-block: var(--conv-pad); border-block-end: var(--conv-stroke) solid var(--conv-line); }
.group:last-child { border: 0; }
.group > header { display: flex; align-items: flex-start; gap: 12px; }
.group > header h2 { font-size: var(--_fs-lg); font-weight: 600; }
.group > header p { color: var(--conv-ink-3); text-wrap: pretty; }
.group > header > .btn, .group > header > .switch, .group > header > .i { margin-inline-start: auto; margin-block-start: 2px; }
.group textarea.field { line-height: 20px; }
.is-changed { position: relative; }
.is-changed::before { content: ""; position: absolute; inset-block: 8px; inset-inline-start: -12px; inline-size: 2px; border-radius: var(--conv-radius-xs); background: var(--conv-accent); }
.modes { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); overflow: hidden; }
.modes label { position: relative; display: grid; gap: 2px; align-content: start; padding: 10px 12px; border-inline-end: var(--conv-stroke) solid var(--conv-line); cursor: pointer; }
.modes label:last-child { border: 0; }
.modes label > span:first-of-type { display: flex; align-items: center; gap: 6px; font-weight: 500; }
.modes small { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.modes input { position: absolute; opacity: 0; inset: 0; }
.modes label:has(:checked) { background: var(--conv-accent-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-accent); }
.modes label:has(:checked):first-child { border-start-start-radius: calc(var(--conv-radius-lg) - 1px); border-end-start-radius: calc(var(--conv-radius-lg) - 1px); }
.modes label:has(:checked):last-child { border-start-end-radius: calc(var(--conv-radius-lg) - 1px); border-end-end-radius: calc(var(--conv-radius-lg) - 1px); }
.modes label:has(:checked) .i { color: var(--conv-accent); }
@media (forced-colors: active) { .modes label:has(:checked), .swatch:has(:checked) { outline: 2px solid Highlight; outline-offset: -3px; } }
.modes label:has(:focus-visible) { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -2px; }
.modes .i { color: var(--conv-ink-3); }
@container settings (width < 760px) {
  .modes { grid-template-columns: 1fr 1fr; }
  .modes label:nth-child(even) { border-inline-end: 0; }
  .modes label:nth-child(n + 4) { border-block-start: var(--conv-stroke) solid var(--conv-line); }
  .modes label:has(:checked) { border-radius: 0 !important; }
  .form-head, .form-body { padding-inline: 16px; }
  .form-tabs { padding-inline: 8px; }
}
.picks { display: flex; flex-wrap: wrap; gap: 4px; }
.pick {
  display: inline-flex; align-items: center; gap: 4px; min-block-size: 24px; padding: 0 8px;
  border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-sm); background: none; font-size: var(--_fs-sm);
  font-weight: 500; color: var(--conv-ink-2); cursor: pointer;
}
.pick[aria-pressed="true"] { background: var(--conv-accent-tint); border-color: var(--conv-accent-line); color: var(--conv-accent); }
.cards li {
  position: relative; display: grid; grid-template-columns: 16px minmax(0, 1fr) auto auto; gap: 2px 10px; align-items: start;
  padding: 10px 0; border-block-end: var(--conv-stroke) solid var(--conv-line);
}
.cards li:last-child { border: 0; }
.cards li > .i { margin-block-start: 2px; color: var(--conv-ink-3); }
.cards p { font-size: var(--_fs-lg); }
.cards small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.cards li > .switch { margin-block-start: 3px; }
.cards .is-off p { color: var(--conv-ink-3); }
.steps > li { position: relative; display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; gap: 0 12px; padding-block: 0 16px; }
.steps > li::before { content: ""; position: absolute; inset-inline-start: 11.5px; inset-block: 24px 0; inline-size: 1px; background: var(--conv-line-strong); }
.steps > li:last-child { padding: 0; }
.steps > li:last-child::before { display: none; }
.step-n {
  display: grid; place-items: center; inline-size: 24px; block-size: 24px; border-radius: var(--conv-radius-md);
  border: var(--conv-stroke) solid var(--conv-line-strong); background: var(--conv-surface); font-size: var(--_fs-sm); font-weight: 600;
  font-variant-numeric: tabular-nums; color: var(--conv-ink-2);
}
.steps .goal > .step-n { border-color: var(--conv-good-line); background: var(--conv-good-tint); color: var(--conv-good); }
.steps p { font-size: var(--_fs-lg); padding-block: 2px; }
.steps small { display: flex; flex-wrap: wrap; gap: 2px 10px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.steps small code { font: 500 var(--_fs-sm)/16px var(--conv-font-mono); color: var(--conv-skill); letter-spacing: -.02em; }
.steps .num { padding-block-start: 4px; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.exits { display: grid; gap: 4px; margin-block-start: 6px; }
.exits li { display: flex; align-items: center; gap: 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.exits .i { color: var(--conv-handoff); }
.save {
  position: sticky; inset-block-end: 0; z-index: 2; display: flex; align-items: center; gap: 8px; margin-block-start: auto;
  padding: 10px 32px; border-block-start: var(--conv-stroke) solid var(--conv-line); background: var(--conv-surface);
}
.save > span { margin-inline-end: auto; color: var(--conv-ink-2); }
.whatif { background: var(--conv-canvas); border-inline-start: var(--conv-stroke) solid var(--conv-line); display: flex; flex-direction: column; --under: var(--conv-canvas); }
.whatif-head { padding: 20px 20px 16px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.whatif-head h2 { font-size: var(--_fs-lg); font-weight: 600; }
.whatif-head p { color: var(--conv-ink-3); }
.tally { display: grid; gap: 8px; margin-block-start: 14px; }
.tally li { display: grid; grid-template-columns: 44px minmax(0, 1fr); gap: 0 12px; align-items: center; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.split-bar { display: flex; gap: 2px; block-size: 20px; }
.split-bar > span {
  display: flex; align-items: center; padding-inline: 8px; min-inline-size: 0; overflow: hidden; white-space: nowrap;
  font-weight: 500; font-variant-numeric: tabular-nums;
}
.split-bar > span:first-child { background: var(--conv-agent-fill); color: var(--conv-on-fill); border-start-start-radius: var(--conv-radius-sm); border-end-start-radius: var(--conv-radius-sm); }
.split-bar > span:last-child { flex: 1; background: var(--conv-press); color: var(--conv-ink-2); border-start-end-radius: var(--conv-radius-sm); border-end-end-radius: var(--conv-radius-sm); }
.flips { flex: 1; }
.flips > li { display: grid; grid-template-columns: 32px minmax(0, 1fr) auto; gap: 0 14px; padding: var(--conv-gap) 20px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.flips header { display: flex; gap: 6px; align-items: baseline; grid-column: 2 / -1; }
.flips header time { margin-inline-start: auto; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.flips blockquote { grid-column: 2 / -1; margin: 0; color: var(--conv-ink-2); }
.flips .flip {
  grid-column: 2 / -1; display: flex; flex-wrap: wrap; align-items: center; gap: 2px 6px; margin-block-start: 4px;
  font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3);
}
.flip .to { font-weight: 600; }
.flip .to.quiet { color: var(--conv-ink); }
.flip .to.answers { color: var(--conv-agent); }
.whatif-tabs { display: flex; gap: 4px; padding: 8px 12px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
`;
