import { css } from 'lit';

/** The side panel: contact, facts, tickets, timeline. */
export const detailsSheet = css`
:host {
  overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; background: var(--conv-canvas);
  border-inline-start: var(--conv-stroke) solid var(--conv-line); --under: var(--conv-canvas);
}
.panel-head { display: flex; align-items: center; min-block-size: var(--conv-bar); padding-inline: 16px 8px; gap: 4px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.panel-head h2 { font-weight: 600; }
.sec { padding: 12px 16px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.sec:last-child { border: 0; }
.sec > header { display: flex; align-items: center; min-block-size: 24px; margin-block: -2px 4px; }
.sec > header h3 { font-weight: 600; }
.sec > header .btn { margin-inline-start: auto; margin-inline-end: -6px; }
.who { display: flex; gap: 12px; align-items: center; }
.who h3 { font-size: var(--_fs-lg); font-weight: 600; line-height: 20px; }
.who p { color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.handles { margin-block-start: 10px; }
.handles li { display: flex; align-items: center; gap: 8px; min-block-size: 24px; min-inline-size: 0; }
.handles .i { color: var(--conv-ink-3); }
.handles a { line-height: 24px; color: var(--conv-ink); text-decoration: none; }
.handles a:hover { color: var(--conv-accent); text-decoration: underline; }
.handles .dim { margin-inline-start: auto; font-size: var(--_fs-sm); }
.facts { display: grid; grid-template-columns: fit-content(112px) minmax(0, 1fr); }
.facts dt, .facts dd { min-block-size: 26px; display: flex; align-items: center; gap: 6px; min-inline-size: 0; }
.facts dt { min-inline-size: 88px; padding-inline-end: 8px; color: var(--conv-ink-3); }
.facts .edit {
  display: inline-flex; align-items: center; gap: 6px; min-block-size: 24px; margin-inline-start: -6px; padding: 0 6px; border: 0;
  border-radius: var(--conv-radius-sm); background: none; cursor: pointer; min-inline-size: 0; max-inline-size: 100%;
}
.facts .edit:hover { background: var(--conv-hover); }
.facts .edit > .i:last-child { color: var(--conv-ink-3); }
.ai-state { display: flex; align-items: center; gap: 8px; }
.ai-state > .i { color: var(--conv-agent); }
.ai-state p { flex: 1; }
.builtin { margin-block-start: 4px; padding-inline-start: 24px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.ai-state small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.paused { padding: 10px 12px; border-radius: var(--conv-radius-lg); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-line-strong); background: var(--conv-surface); }
.paused header { display: flex; align-items: center; gap: 8px; font-weight: 600; }
.paused blockquote { margin: 4px 0; color: var(--conv-ink); }
.paused footer { display: flex; align-items: center; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.paused footer .btn { margin-inline-start: auto; }
.tags { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
.tickets li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 0 8px; align-items: center; min-block-size: 24px; }
.tickets .i { color: var(--conv-ink-3); }
.tickets a { color: var(--conv-ink); text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.tickets a:hover { text-decoration: underline; }
.tickets .num { color: var(--conv-ink-3); }
.ticket-link { text-align: start; color: var(--conv-ink); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.timeline li {
  position: relative; display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; column-gap: 8px; padding-block: 4px;
  font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2);
}
.timeline li:not(:last-child)::before { content: ""; position: absolute; inset-inline-start: 7.5px; inset-block: 20.5px -4.5px; inline-size: 1px; background: var(--conv-line-strong); }
.timeline .i { inline-size: 14px; block-size: 14px; margin: 1px; color: var(--conv-ink-3); }
.timeline time { color: var(--conv-ink-3); }
.timeline :is(b, bdi) { color: var(--conv-ink); }
.timeline b { font-weight: 500; }
@media (forced-colors: active) {
  .paused { border: 1px solid ButtonBorder; }
}
`;
