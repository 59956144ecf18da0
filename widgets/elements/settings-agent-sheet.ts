import { css } from 'lit';
import { facesSheet } from '../ui/sheets/faces.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { tabsSheet } from '../ui/sheets/tabs.ts';

/** The pages of agents and cards: what stands at their side, their tabs, and the cards as a list to put in order. */
const ownSheet = css`
.shown > .sided { flex: 1 0 auto; display: grid; grid-template-columns: minmax(0, 1fr) 416px; }
.sided:not(:has(> .whatif)) { grid-template-columns: minmax(0, 1fr); }
.shown:has(> .sided) { overflow: hidden; }
.shown:has(> .sided) > .sided { flex: 1 1 0; min-block-size: 0; }
.sided > :is(.form, .whatif) { min-block-size: 0; overflow-y: auto; scroll-padding-block-end: 72px; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
@container settings (width < 1180px) {
  .shown:has(> .sided) { overflow: visible; }
  .shown:has(> .sided) > .sided { flex: 1 0 auto; grid-template-columns: minmax(0, 1fr); }
  .sided > :is(.form, .whatif) { overflow: visible; }
  .sided > .whatif { border-inline-start: 0; border-block-start: var(--conv-stroke) solid var(--conv-line); }
}
.sided .form-head > div { flex: 1 1 132px; }
.form-tabs .tab { min-block-size: 36px; }
.modes, .choices { margin: 0; padding: 0; }
.choices { display: grid; gap: 6px; border: 0; }
.choices legend { padding: 0; }
.choices .check { align-items: flex-start; }
.choices .check > .box { margin-block-start: 2px; }
.choices .check small { display: block; font-size: var(--_fs-sm); line-height: 16px; }
.modes { min-inline-size: 0; }
.modes input { cursor: pointer; }
.group > header.is-changed::before { inset-block: 4px; }
.picks > [popover] { max-block-size: 60vh; overflow-y: auto; }
.field.short { inline-size: 120px; }
input[type="range"].field { inline-size: 220px; padding: 0; border: 0; background: none; accent-color: var(--conv-accent); vertical-align: middle; }
.picture { align-items: center; }
.picture .btn.is-busy { opacity: .6; }
.theirs { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 8px; margin-block-start: 6px; color: var(--conv-ink-2); font-size: var(--_fs-sm); line-height: 16px; }
.theirs q { max-inline-size: 100%; overflow-wrap: anywhere; white-space: pre-wrap; }
.others { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 8px; margin-block-start: 16px; padding: 10px 12px; border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-md); }
.others > .i { margin-block-start: 2px; color: var(--conv-ink-3); }
.risks { display: grid; margin: 0; padding: 0; list-style: none; }
.risks li { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; padding-block: 6px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.risks li:last-child { border: 0; }
.risks li > label:first-child { flex: 1 1 220px; min-inline-size: 0; }
.risks select.field.short { inline-size: 200px; }
.risks label.line { display: flex; align-items: center; gap: 6px; }
.cards { margin: 0; padding: 0; list-style: none; }
.cards li > .handle { inline-size: 24px; block-size: 24px; margin: -1px -4px; padding: 0; border: 0; border-radius: var(--conv-radius-sm); background: none; color: var(--conv-ink-3); display: grid; place-items: center; }
.cards li { grid-template-columns: 16px minmax(0, 1fr) auto auto; }
.cards li.is-dragged { opacity: .5; }
.cards li.is-over { box-shadow: inset 0 2px 0 var(--conv-accent); }
.cards p { overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
.cards li > .btn { margin-block: -2px; }
.cards .wrong { color: var(--conv-urgent); }
.card-editor { grid-column: 1 / -1; display: grid; gap: 12px; margin-block: 8px 4px; padding: 12px; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-lg); }
.card-editor p { display: block; font-size: inherit; overflow: visible; }
.card-editor .label { margin-block-end: 4px; }
.card-editor > .line > .push { margin-inline-start: auto; }
.turned > .i { rotate: 180deg; }
.gone { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding-block: 8px; color: var(--conv-ink-2); }
.look-only :is(.handle, .theirs) { visibility: hidden; }
.linked { display: grid; margin: 0; padding: 0; list-style: none; }
.linked li { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 2px 10px; padding-block: 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.linked li:last-child { border: 0; }
.linked li > .i { margin-block-start: 2px; color: var(--conv-ink-3); }
.linked small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); overflow-wrap: anywhere; }
.linked .is-off { color: var(--conv-ink-3); }
`;

export const agentSheets = [facesSheet, menuSheet, tabsSheet, ownSheet];
