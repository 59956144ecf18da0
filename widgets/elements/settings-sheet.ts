import { css } from 'lit';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { settingsSheet } from '../ui/sheets/settings.ts';
import { refusalSheet } from './dialog-sheet.ts';
import { agentSheets } from './settings-agent-sheet.ts';

const ownSheet = css`
.set-nav a[aria-current] .end:not(.bad) { color: var(--conv-ink-2); }
.set-nav a .end.bad { display: inline-flex; align-items: center; gap: 4px; color: var(--conv-urgent); }
.one > .hint { margin-block-start: 4px; }
.set-nav .cut { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.set-choice { display: none; }
.shown { display: flex; flex-direction: column; }
.shown > .form { flex: 1 0 auto; }
.look-only :is(.save, .writes, [type="submit"]:not([data-look]), [data-act="add"], [data-act="remove"]) { display: none; }
.look-only .field:disabled { border-color: var(--conv-line); background: var(--conv-sunken); color: var(--conv-ink-2); }
.look-only :is(.box, .switch, .pick):disabled { opacity: .6; cursor: default; }
@container settings (width < 760px) {
  .set.report { grid-template-rows: auto minmax(0, 1fr); }
  .set-choice { display: block; padding: 8px 16px; border-block-end: var(--conv-stroke) solid var(--conv-line); background: var(--conv-canvas); }
}
.bones { padding: 24px 32px; }
.shown > .form > .form-head { max-inline-size: 704px; }
.form-head > div { min-inline-size: 0; overflow-wrap: anywhere; }
.form-head > .i { color: var(--conv-ink-2); }
.head-switch { display: flex; align-items: center; gap: 8px; }
.accounts { max-inline-size: 704px; margin: 12px 0 0; padding: 0 32px 32px; list-style: none; }
.accounts li { position: relative; display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 2px 12px; padding: var(--conv-gap) 0; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.accounts li > .i { margin-block-start: 2px; color: var(--conv-ink-3); }
.accounts li > .switch { position: relative; margin-block: 4px; }
.accounts li > .btn, .accounts li > .acts { position: relative; }
.accounts li > div:first-child { grid-column: 1 / span 2; }
.acts { display: flex; gap: 2px; align-items: center; align-self: start; }
.acts > .switch { margin-inline-start: 6px; }
.acts > .btn.ghost[disabled] { background: none; opacity: .5; }
.swatches { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; border: 0; }
.swatches legend { padding: 0; }
.swatch { position: relative; display: grid; place-items: center; inline-size: 32px; block-size: 32px; border-radius: var(--conv-radius-md); cursor: pointer; }
.swatch:hover { background: var(--conv-hover); }
.swatch:has(:checked) { background: var(--conv-accent-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-accent); }
.swatch:has(:focus-visible) { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: 2px; }
.swatch input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.swatch .tag::before { inline-size: 14px; block-size: 14px; }
.members { display: grid; gap: 4px; margin: 0; padding: 0; border: 0; max-block-size: 40vh; overflow-y: auto; }
.members legend { padding: 0; }
.handle { cursor: grab; touch-action: none; }
.accounts li.is-dragged { opacity: .5; }
.accounts li.is-over { box-shadow: inset 0 2px 0 var(--conv-accent); }
.account-name { padding: 0; border: 0; background: none; color: inherit; font: inherit; font-weight: 500; text-align: start; cursor: pointer; overflow-wrap: anywhere; }
.account-name::after { content: ""; position: absolute; inset: 0; }
.account-name:focus-visible { outline: 0; }
.account-name:focus-visible::after { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -2px; border-radius: var(--conv-radius-md); }
.accounts li:hover { background: var(--conv-hover); }
.accounts small { display: block; color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; overflow-wrap: anywhere; }
.accounts .is-off .account-name { color: var(--conv-ink-3); }
.bad { display: flex; align-items: flex-start; gap: 4px; color: var(--conv-urgent); font-size: var(--_fs-sm); line-height: 16px; overflow-wrap: anywhere; }
.bad > .i { flex: none; color: inherit; }
.kinds { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px; }
.kinds > button { display: flex; align-items: center; gap: 8px; min-block-size: 44px; padding: 8px 12px; border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); background: none; color: inherit; font: inherit; font-weight: 500; text-align: start; cursor: pointer; }
.kinds > button:hover { background: var(--conv-hover); }
.kinds .i { color: var(--conv-ink-3); }
.kinds > button > .i { flex: none; }
.kinds small { display: block; color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; font-weight: 400; }
.field.code { font: 400 var(--_fs-sm)/18px var(--conv-font-mono); }
.pair-line { flex-wrap: nowrap; }
.pair-line > .field { flex: 2 1 0; min-inline-size: 0; }
.pair-line > .field:first-child { flex-grow: 1; }
.tool-list { display: grid; margin: 0; padding: 0; list-style: none; }
.tool-list li { display: grid; gap: 6px; padding-block: 10px; border-block-start: var(--conv-stroke) solid var(--conv-line); }
.tool-list code { overflow-wrap: anywhere; }
.tool-list .line > .field { flex: 0 1 180px; }
.line { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; }
.line > .field { flex: 1 1 180px; }
.check { display: flex; align-items: center; gap: 8px; min-block-size: 24px; }
.one > .label > small { margin-inline-start: 4px; }
.field[aria-invalid="true"] { border-color: var(--conv-urgent); }
.refusal { font-size: var(--_fs-sm); line-height: 16px; margin-block-start: 4px; }
code.copy { flex: 1 1 240px; min-inline-size: 0; padding: 5px 10px; border-radius: var(--conv-radius-md); background: var(--conv-sunken); font: 400 var(--_fs-sm)/20px var(--conv-font-mono); overflow-wrap: anywhere; user-select: all; }
.steps-done { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; }
.steps-done li { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 0 8px; }
.steps-done li > .i { margin-block-start: 2px; color: var(--conv-good); }
.steps-done li.no > .i { color: var(--conv-urgent); }
.steps-done li.meant > .i { color: var(--conv-handoff); }
.steps-done small { grid-column: 2; color: var(--conv-ink-2); font-size: var(--_fs-sm); line-height: 16px; overflow-wrap: anywhere; }
.facts2 { display: grid; grid-template-columns: minmax(96px, auto) minmax(0, 1fr); gap: 8px 16px; margin: 0; }
.facts2 dt { color: var(--conv-ink-3); }
.facts2 dd { margin: 0; overflow-wrap: anywhere; }
details.history > summary { font-size: var(--_fs-lg); }
details.history > summary h2 { display: inline; font-size: inherit; font-weight: 600; color: var(--conv-ink); }
.form-body.wide { max-inline-size: 880px; }
.log-look { display: flex; flex-wrap: wrap; gap: 8px 12px; padding-block: 16px 4px; }
.log-look > label { flex: 1 1 150px; }
.person { overflow-wrap: anywhere; }
.past { margin: 12px 0 0; padding: 0; list-style: none; }
.past > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; align-items: start; padding: 8px 0; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.past > li > details { grid-column: 1 / -1; }
.past > li > details > summary { overflow-wrap: anywhere; line-height: 20px; }
.past dd { white-space: pre-wrap; }
ins, del { border-radius: var(--conv-radius-xs); text-decoration-thickness: 1px; }
ins { background: var(--conv-accent-tint); color: var(--conv-accent); text-underline-offset: 3px; }
del { color: var(--conv-ink-3); }
details > summary { cursor: pointer; color: var(--conv-ink-2); font-size: var(--_fs-sm); line-height: 24px; }
pre.payload { margin: 4px 0 0; max-block-size: 240px; overflow: auto; padding: 8px 10px; border-radius: var(--conv-radius-md); background: var(--conv-sunken); font: 400 var(--_fs-sm)/16px var(--conv-font-mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.rows-of { display: grid; gap: 12px; }
.row-of { display: grid; gap: 8px; padding-inline-start: 12px; border-inline-start: 2px solid var(--conv-line-strong); }
.save > .btn { flex: none; }
.save > .bad { color: var(--conv-urgent); }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) 344px; min-block-size: 100%; }
.beside > .try { display: grid; gap: 12px; align-content: start; padding: 20px; background: var(--conv-canvas); border-inline-start: var(--conv-stroke) solid var(--conv-line); }
.try h2 { font-size: var(--_fs-lg); font-weight: 600; }
.try header p { color: var(--conv-ink-3); text-wrap: pretty; }
.verdict { display: flex; gap: 8px; padding: 10px 12px; border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); background: var(--conv-surface); overflow-wrap: anywhere; }
.verdict > .i { flex: none; margin-block-start: 2px; color: var(--conv-ink-3); }
.verdict.fires > .i { color: var(--conv-handoff); }
.try .label { margin-block: 12px 4px; }
.try .reads { margin: 0; padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); white-space: pre-line; overflow-wrap: anywhere; }
.try .ways { display: grid; gap: 6px; margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.try .ways p { font-size: var(--_fs-sm); line-height: 16px; }
.try .would { display: grid; gap: 4px; margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.week, .holidays { display: grid; gap: 4px; margin: 0; padding: 0; list-style: none; }
.week > li { display: grid; grid-template-columns: 112px minmax(0, 1fr) auto; gap: 4px 12px; align-items: start; padding-block: 6px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.week .day, .week .dim { line-height: 28px; }
.week .span { display: flex; align-items: center; gap: 6px; margin-block-end: 4px; }
.week .time { inline-size: auto; }
.holidays > li { display: flex; align-items: center; justify-content: space-between; gap: 8px; max-inline-size: 320px; }
.row-of { min-inline-size: 0; margin: 0; padding-block: 0; padding-inline-end: 0; border-width: 0; border-inline-start-width: 2px; }
@container settings (width < 1180px) {
  .beside { grid-template-columns: minmax(0, 1fr); }
  .beside > .try { border-inline-start: 0; border-block-start: var(--conv-stroke) solid var(--conv-line); }
}
@container settings (width < 760px) { .week > li { grid-template-columns: minmax(0, 1fr) auto; } .week .day { grid-column: 1; } .week > li > div { grid-row: 2; grid-column: 1 / -1; } }
ol.rows-of { margin: 0; padding: 0; list-style: none; }
.row-of.is-dragged { opacity: .5; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 8px 16px; align-items: start; }
.pair > .check { margin-block-start: 24px; }
.tried { display: grid; gap: 16px; margin: 12px 0 0; padding: 0; list-style: none; }
.tried p { margin: 0; overflow-wrap: anywhere; white-space: pre-line; }
.tried-customer { inline-size: fit-content; max-inline-size: 100%; padding: 6px 10px; border-radius: var(--conv-radius-lg); background: var(--conv-sunken); }
.tried-agent { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 0 8px; margin-block-start: 6px !important; }
.tried-agent > .i { margin-block-start: 3px; color: var(--conv-ink-3); }
.tried-facts { display: flex; flex-wrap: wrap; gap: 2px 12px; margin: 4px 0 0; padding: 0; list-style: none; color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.tried-facts li { display: flex; align-items: center; gap: 4px; overflow-wrap: anywhere; }
.tried-facts code { font: 500 var(--_fs-sm)/16px var(--conv-font-mono); }
.params { display: grid; gap: 8px; margin: 0; padding: 0; list-style: none; }
.params:empty { display: none; }
.params li { display: grid; grid-template-columns: minmax(0, 2fr) minmax(96px, 1fr) minmax(0, 3fr) auto auto; gap: 8px; align-items: center; }
.tried-facts .is-end { color: var(--conv-good); }
@container settings (width < 760px) {
  .params li { grid-template-columns: minmax(0, 1fr) auto; padding-block-end: 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
  .params li > :nth-child(3) { grid-column: 1 / -1; }
  .accounts, .save { padding-inline: 16px; }
  .bones { padding-inline: 16px; }
  .form-head { flex-wrap: wrap; }
}
`;

/** Everything that the settings are dressed in. */
export const settingsSheets = [blankSheet, buttonsSheet, dialogSheet, fieldsSheet, marksSheet, refusalSheet, settingsSheet, ...agentSheets, ownSheet];
