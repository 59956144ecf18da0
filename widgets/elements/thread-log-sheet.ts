import { css } from 'lit';

/** What the look leaves to the elements: lines that place themselves, and the pill above the composer. */
export const logSheet = css`
:host { flex: 1; min-block-size: 0; }
.scroll { display: block; overflow-anchor: none; overflow-x: hidden; }
.scroll:focus-visible { outline-offset: -2px; }
.log { padding: 0; }
.log-in { position: relative; flex: none; }
.line { position: absolute; inset-inline: 0; display: flex; flex-direction: column; padding-block: calc(var(--conv-gap) / 2); padding-inline: var(--conv-pad); }
.line[aria-current] { background: var(--conv-note-tint); box-shadow: inset 3px 0 0 var(--conv-note); }
.line[aria-current]:dir(rtl) { box-shadow: inset -3px 0 0 var(--conv-note); }
@media (forced-colors: active) { .pill-new { forced-color-adjust: none; } .line[aria-current] { outline: 2px solid Highlight; outline-offset: -2px; } }
.nothing { flex: 1; display: grid; place-content: center; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.subject { font-weight: 600; margin-block-end: 4px; }
.mail-text { padding: 12px; font-size: var(--_fs-lg); line-height: 20px; }
.mail-text .said + .said { margin-block-start: 8px; }
.mail-head dd.subject { margin: 0; }
.msg.team > .mail-box { grid-column: 1; }
.mail-box conv-mail { display: block; }
.copies { font-size: var(--_fs-sm); }
.msg-head .cut + span { flex: none; }
.msg-body > .linkish { font-size: var(--_fs-sm); margin-block-start: 4px; }
.files { display: flex; flex-wrap: wrap; gap: 6px; }
.said + .files, .linkish + .files { margin-block-start: 8px; }
.attached {
  display: inline-flex; align-items: center; gap: 6px; block-size: 28px; max-inline-size: 100%; padding-inline: 8px; border-radius: var(--conv-radius-md);
  background: var(--conv-surface); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-line); color: inherit; font-size: var(--_fs-sm); text-decoration: none;
}
a.attached:hover bdi { text-decoration: underline; }
.attached .i { color: var(--conv-ink-3); }
.attached .dim { flex: none; unicode-bidi: plaintext; }
.shot > img { display: block; inline-size: 160px; block-size: 120px; object-fit: cover; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-md); background: var(--conv-surface); }
.history { margin-block-start: 8px; font-size: var(--_fs-md); color: var(--conv-ink-2); }
.history > summary { cursor: pointer; font-size: var(--_fs-sm); color: var(--conv-ink-3); }
.history .said { margin-block-start: 8px; padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); }
.run code { flex: 0 1 auto; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-inline-size: 60%; }
.run-what.bad { color: var(--conv-urgent); }
.from-card { color: var(--conv-ink-2); font-weight: 500; }
.sys, .run > summary { overflow-wrap: anywhere; }
.pill-new, .to-end { position: absolute; inset-inline: 0; inset-block-end: 12px; margin-inline: auto; inline-size: max-content; z-index: 3; }
.to-end { inline-size: var(--h); border-radius: 50%; box-shadow: var(--conv-shadow-2); }
.pill-new {
  display: inline-flex; align-items: center; gap: 4px; min-block-size: 28px; padding-block: 0; padding-inline: 8px 12px; border: 0; border-radius: var(--conv-radius-round);
  background: var(--conv-accent-fill); color: var(--conv-on-accent); font: inherit; font-weight: 500; box-shadow: var(--conv-shadow-2); cursor: pointer;
}
/* The button stands at the end of a head; where nothing says that it is needed, it waits for pointer or focus. */
.msg-head .translate { margin-inline-start: auto; margin-block: -4px; }
/* What it was sent with ends where the message does. */
.msg.team > .msg-head .translate { order: -1; margin-inline-start: 0; }
.msg-head .translate.waits { opacity: 0; }
.line:hover .translate.waits, .translate.waits:focus-visible { opacity: 1; }
@media (pointer: coarse) { .msg-head .translate.waits { opacity: 1; } }
.translated { display: flex; align-items: baseline; gap: 4px; margin-block-start: 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.translated .i { flex: none; align-self: center; }
.mail-mark:not(:empty) { padding: 0 12px 8px; }
@media print {
  .scroll { overflow: visible; }
  .log-in { block-size: auto !important; }
  .line { position: static; break-inside: avoid; }
  .pill-new, .to-end { display: none; }
}
@container thread (width < 560px) { .line { padding-inline: 12px; } }
.msg-head .stamp { display: inline-flex; flex: none; align-items: center; white-space: nowrap; min-block-size: 24px; margin-block: -4px; color: inherit; text-decoration: none; }
.msg-head .stamp:hover { text-decoration: underline; }
.msg-body code { padding: 0 3px; border-radius: var(--conv-radius-sm); background: color-mix(in srgb, currentColor 8%, transparent); font: .92em/1.4 var(--conv-font-mono); overflow-wrap: anywhere; }
.msg-body pre { margin: 4px 0; padding: 6px 8px; border-radius: var(--conv-radius-md); background: color-mix(in srgb, currentColor 8%, transparent); white-space: pre-wrap; }
.msg-body pre code { padding: 0; background: none; }
.msg-body .marked { margin: 2px 0; padding-inline-start: 20px; list-style: revert; }
`;
