import { css } from 'lit';

/** Messages, notes, system lines, skill runs, and an agent at work. */
export const messagesSheet = css`
.day { display: flex; align-items: center; gap: 12px; font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); margin-block: 4px; }
.day::before, .day::after { content: ""; flex: 1; block-size: 1px; background: var(--conv-line); }
.day.new { color: var(--conv-accent); margin-block: 0; }
.day.new::before, .day.new::after { background: var(--conv-accent-line); }
.msg { display: grid; grid-template-columns: 24px minmax(0, 1fr); column-gap: 8px; max-inline-size: calc(var(--conv-message-width) + 32px); }
.msg.team { grid-template-columns: minmax(0, 1fr) 24px; align-self: flex-end; justify-items: end; }
.msg-who { grid-row: 1 / 3; grid-column: 1; align-self: start; margin-block-start: 20px; }
.msg.team > .msg-who { grid-column: 2; }
.msg-head {
  display: flex; align-items: center; gap: 6px; min-inline-size: 0; min-block-size: 20px; margin-block-end: 0;
  font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); grid-column: 2;
}
.msg.team > .msg-head, .msg.team > .msg-body, .msg.team > .msg-foot { grid-column: 1; grid-row: auto; }
.msg.team > .msg-head { grid-row: 1; }
.msg-head b { color: var(--conv-ink); }
.msg.agent .msg-head b { color: var(--conv-agent); }
.msg.human .msg-head b { color: var(--conv-human); }
.msg-head .intent { color: var(--conv-ink-2); }
.intent { display: inline-flex; align-items: center; gap: 4px; }
.intent::before { content: ""; inline-size: 3px; block-size: 10px; border-radius: var(--conv-radius-xs); background: var(--conv-line-strong); }
.intent.hot::before { background: var(--conv-handoff); }
.msg-body {
  grid-column: 2; inline-size: fit-content; max-inline-size: 100%; padding: 8px 12px; border-radius: var(--conv-radius-lg);
  background: var(--conv-contact-tint); font-size: var(--_fs-lg); line-height: 20px; overflow-wrap: anywhere;
}
.msg-body p + p { margin-block-start: 8px; }
.msg.contact > .msg-body { box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-contact-line); border-start-start-radius: var(--conv-radius-xs); }
.msg.team > .msg-body { border-start-end-radius: var(--conv-radius-xs); }
.msg.agent > .msg-body { background: var(--conv-agent-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-agent-line); }
.msg.human > .msg-body { background: var(--conv-human-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-human-line); }
.msg.failed > .msg-body { background: none; box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-urgent-line); }
.msg-foot {
  grid-column: 2; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin-block-start: 4px;
  font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3);
}
.delivery { display: inline-flex; align-items: center; gap: 3px; }
.delivery.bad { color: var(--conv-urgent); font-weight: 500; }
.cite { display: inline-flex; align-items: center; gap: 4px; color: var(--conv-ink-2); text-decoration: none; border-radius: var(--conv-radius-xs); font-weight: 500; }
.cite:hover { color: var(--conv-accent); text-decoration: underline; }
.cite > .i, .cite > summary > .i { color: var(--conv-ink-3); }
details.cite { display: block; min-inline-size: 0; color: var(--conv-ink-2); text-decoration: none; }
.cite > summary:hover { color: var(--conv-accent); }
.cite > summary { display: inline-flex; align-items: center; gap: 4px; min-block-size: 24px; list-style: none; cursor: pointer; }
.cite > p { padding-block-end: 4px; font-weight: 400; color: var(--conv-ink-2); white-space: pre-line; overflow-wrap: anywhere; }
.msg.note { align-self: flex-end; }
.msg.note > .msg-head b { color: var(--conv-note); }
.msg.note > .msg-head { color: var(--conv-note); }
.msg.note > .msg-body { background-color: var(--conv-note-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-note-line); border-start-end-radius: var(--conv-radius-lg); }
.msg.note > .msg-body {
  background-image: linear-gradient(var(--conv-note-line) 0 0); background-size: 10px 10px; background-repeat: no-repeat;
  background-position: right bottom; border-end-end-radius: 0;
  clip-path: polygon(0 0, 100% 0, 100% calc(100% - 10px), calc(100% - 10px) 100%, 0 100%);
}
.msg.note > .msg-body:dir(rtl) { background-position: left bottom; clip-path: polygon(0 0, 100% 0, 100% 100%, 10px 100%, 0 calc(100% - 10px)); }
.at { font-weight: 600; color: var(--conv-note); }
.sys, .run > summary {
  display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; column-gap: 8px; align-items: start; font-size: var(--_fs-sm);
  line-height: 16px; color: var(--conv-ink-3);
}
.sys > .i, .run > summary > .i { justify-self: center; margin-block-start: 1px; inline-size: 14px; block-size: 14px; }
.sys b { font-weight: 500; color: var(--conv-ink-2); }
.sys time, .run time { font-size: var(--_fs-sm); }
.sys.agent > .i { color: var(--conv-agent); }
.sys.copper > .i, .sys.copper b { color: var(--conv-handoff); }
.sys.madder > .i, .sys.madder b { color: var(--conv-urgent); }
.run > summary { margin-block: -3px; padding-block: 4px; cursor: pointer; list-style: none; border-radius: var(--conv-radius-sm); }
.run > summary::-webkit-details-marker { display: none; }
.run > summary > .i { color: var(--conv-skill); }
.run > summary:hover .run-what { color: var(--conv-ink-2); }
.run-line { display: flex; gap: 8px; min-inline-size: 0; align-items: baseline; }
.run code { font: 500 var(--_fs-sm)/16px var(--conv-font-mono); color: var(--conv-skill); letter-spacing: -.02em; }
.run-what { color: var(--conv-ink-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-inline-size: 0; }
.run .fold { align-self: center; color: var(--conv-ink-3); transition: rotate var(--conv-fast); }
.run[open] .fold { rotate: 90deg; }
.run[open] .fold:dir(rtl) { rotate: -90deg; }
.run-io {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 16px; margin-block: 6px 0; margin-inline: 32px 0;
  padding: 8px 12px; border-inline-start: 2px solid var(--conv-skill-line); background: var(--conv-skill-tint);
  border-start-end-radius: var(--conv-radius-md); border-end-end-radius: var(--conv-radius-md);
  font: 400 var(--_fs-sm)/16px var(--conv-font-mono); letter-spacing: -.02em; color: var(--conv-ink-2);
}
.run-io dt { color: var(--conv-ink-3); font-family: var(--conv-font); letter-spacing: 0; }
.run-io dd { overflow-wrap: anywhere; direction: ltr; text-align: start; unicode-bidi: plaintext; }
.reactions { display: flex; flex-wrap: wrap; gap: 4px; margin-block-start: 4px; }
.reactions span { padding: 0 6px; border-radius: var(--conv-radius-round); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-line-strong); background: var(--conv-surface); line-height: 20px; }
.rule { inline-size: 1px; block-size: 16px; margin-inline: 6px; background: var(--conv-line); }
.routes { display: flex; flex-wrap: wrap; gap: 4px; margin-block-start: 8px; }
.route {
  display: inline-flex; align-items: center; gap: 5px; padding: 3px 8px; border-radius: var(--conv-radius-sm);
  box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-agent-line); font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3);
}
.route.is-chosen { background: var(--conv-surface); color: var(--conv-handoff); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-handoff-line); font-weight: 600; }
.typing { display: flex; align-items: center; gap: 8px; padding-inline-start: 32px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.dots { display: inline-flex; gap: 3px; }
.dots i { inline-size: 4px; block-size: 4px; border-radius: 50%; background: var(--conv-ink-3); animation: conv-pulse var(--conv-pulse) infinite; }
.dots i:nth-child(2) { animation-delay: 160ms; }
.dots i:nth-child(3) { animation-delay: 320ms; }
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; } }
.work { display: grid; grid-template-columns: minmax(0, 1fr) 24px; column-gap: 8px; align-self: flex-end; inline-size: 100%; max-inline-size: calc(var(--conv-message-width) + 32px); }
.work > .bot { margin-block-start: 24px; grid-column: 2; grid-row: 1 / 3; }
.work-head { display: flex; align-items: center; justify-content: flex-end; gap: 8px; min-block-size: 24px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.work-head b { color: var(--conv-agent); }
.stages { display: inline-flex; align-items: center; gap: 6px; }
.stages > span { display: inline-flex; align-items: center; gap: 4px; }
.stages > span + span::before { content: ""; inline-size: 10px; block-size: 1px; background: var(--conv-line-strong); margin-inline-end: 2px; }
.stages .now { color: var(--conv-agent); font-weight: 500; }
.work-body {
  justify-self: end; padding: 8px 12px; border-radius: var(--conv-radius-lg); border: var(--conv-stroke) dashed var(--conv-agent-line);
  font-size: var(--_fs-lg); color: var(--conv-ink-2); max-inline-size: 100%;
}
.work-body::after { content: ""; display: inline-block; inline-size: 2px; block-size: 14px; margin-inline-start: 2px; vertical-align: -2px; background: var(--conv-agent); }
.msg.fixed-text > .msg-body { background: none; box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-line-strong); }
.msg.fixed-text > .msg-who { color: var(--conv-handoff, currentColor); display: grid; place-items: center; }
@media (forced-colors: active) {
  .msg-body { border: 1px solid CanvasText; }
  .msg.note > .msg-body { border: 1px dotted CanvasText; clip-path: none; background-image: none; }
  .token, .route, .attached, .paused { border: 1px solid ButtonBorder; }
  .route.is-chosen { border-color: Highlight; }
  .intent::before { background: CanvasText; }
}
`;
