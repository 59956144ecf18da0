import { css, type LitElement } from 'lit';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { mergeSheet } from '../ui/sheets/merge.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { refusalSheet } from './dialog-sheet.ts';

/** The snapshot of a ticket, to be read. */
export const snapshotSheet = css`
.snap { margin: 0; padding: 0; list-style: none; }
.snap-head { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: center; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.snap-head b { color: var(--conv-ink); font-weight: 600; }
.snap-text { white-space: pre-wrap; overflow-wrap: anywhere; }
.snap > .is-note { padding: 6px 8px; margin-inline: -8px; border-radius: var(--conv-radius-md); background: var(--conv-note-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-note-line); }
.snap > .is-line { color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.snap span { overflow-wrap: anywhere; }
.at-end { margin-block-start: auto; }
`;

/** Gives an element what a snapshot looks like, once it is first needed there. */
export function adoptSnapshot({ renderRoot }: LitElement): void {
  if (!(renderRoot instanceof ShadowRoot)) return;
  const wanted = [mergeSheet, snapshotSheet].flatMap(({ styleSheet }) => styleSheet ?? []).filter((sheet) => !renderRoot.adoptedStyleSheets.includes(sheet));
  renderRoot.adoptedStyleSheets.push(...wanted);
}

const own = css`
:host { display: flex; flex-direction: column; min-block-size: 0; max-block-size: inherit; background: var(--conv-raised); color: var(--conv-ink); --under: var(--conv-raised); container: tickets / inline-size; }
:host([has-close]) { block-size: min(720px, calc(100dvh - 32px)); }
.tickets-head { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; min-block-size: var(--conv-bar); padding: 8px 12px 8px 16px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
:host(:dir(rtl)) .tickets-head { padding: 8px 16px 8px 12px; }
.tickets-head h2 { font-size: var(--_fs-lg); font-weight: 600; }
.tickets-head select { max-inline-size: 150px; }
.ticket-list, .ticket, .bones { flex: 1 1 auto; min-block-size: 0; overflow-y: auto; margin: 0; padding: 0; list-style: none; }
.bones { display: grid; gap: 12px; align-content: start; padding: 16px; }
.bones .bone { block-size: 14px; }
.ticket-row {
  display: grid; grid-template-columns: 48px minmax(0, 1fr) auto auto 20px auto; gap: 0 10px; align-items: center; inline-size: 100%; min-block-size: 52px; padding: 6px 16px;
  border: 0; border-block-end: var(--conv-stroke) solid var(--conv-line); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer;
}
.ticket-row:hover { background: var(--conv-hover); }
.ticket-row .num { color: var(--conv-ink-3); font-variant-numeric: tabular-nums; }
.ticket-what { display: grid; }
.ticket-row b { font-weight: 500; }
.dim { color: var(--conv-ink-3); font-size: var(--_fs-sm); }
.more { padding: 12px; text-align: center; }
.ticket { padding: 16px; display: grid; gap: 12px; align-content: start; }
.ticket > *, .ticket-snapshot > * { inline-size: 100%; max-inline-size: 760px; }
.ticket > .ticket-snapshot { inline-size: auto; max-inline-size: none; }
.ticket-title { font-size: var(--_fs-xl); line-height: 24px; font-weight: 600; overflow-wrap: anywhere; }
.ticket-text { white-space: pre-wrap; overflow-wrap: anywhere; color: var(--conv-ink-2); }
.ticket-fields { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; }
.ticket-facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; font-size: var(--_fs-sm); }
.ticket-facts dt { color: var(--conv-ink-3); }
.ticket-facts dd { margin: 0; overflow-wrap: anywhere; }
.tracker { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.tracker.bad { color: var(--conv-urgent); }
.tracker a { display: inline-flex; gap: 4px; align-items: center; }
.ticket-snapshot { display: grid; gap: 8px; padding: 16px; margin-inline: -16px; margin-block-end: -16px; border-block-start: var(--conv-stroke) solid var(--conv-line); background: var(--conv-canvas); }
.ticket-snapshot h4 { display: flex; gap: 6px; align-items: center; font-weight: 600; }
.attached { display: inline-flex; gap: 6px; align-items: center; max-inline-size: 100%; color: inherit; }
.attached .cut { min-inline-size: 0; }
@container tickets (width < 560px) {
  .ticket-row { grid-template-columns: 36px minmax(0, 1fr) auto; }
  .ticket-row > :nth-child(n + 5), .ticket-row > :nth-child(3) { display: none; }
  .ticket-fields { grid-template-columns: minmax(0, 1fr); }
  .tickets-head select { max-inline-size: 110px; }
}
`;

/** What tickets look like. */
export const ticketSheets = [buttonsSheet, facesSheet, marksSheet, fieldsSheet, blankSheet, mergeSheet, refusalSheet, snapshotSheet, noticeSheet, own];
