import { css } from 'lit';

/** The chat panel on a website. */
export const chatSheet = css`
:host { --_fs-lg: var(--conv-fs-lg, calc(15px * var(--_scale))); --_height: 100dvh; --_top: 0px; }
:host([full]) { position: absolute; inset-block-start: var(--_top); inset-inline: 0; block-size: var(--_height); }
.chat {
  display: flex; flex-direction: column; inline-size: 384px; max-inline-size: calc(100vw - 40px); block-size: min(640px, 100dvh - 104px);
  border-radius: var(--conv-radius-xl); background: var(--conv-surface); color: var(--conv-ink); box-shadow: var(--conv-shadow-3);
  overflow: hidden; outline: none; --under: var(--conv-surface); animation: chat-in var(--conv-slow) var(--conv-ease);
}
@keyframes chat-in { from { opacity: 0; translate: 0 8px; } }
.chat.full { inline-size: 100%; max-inline-size: none; block-size: 100%; border-radius: 0; box-shadow: none; }
.chat-head { display: flex; align-items: center; gap: 10px; flex: none; min-block-size: 60px; padding-inline: 16px 10px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.chat small, .chat-head p, .say-who, .say-foot, .chat-sys, .hello-foot { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.chat small { display: block; }
.chat-head h2 { font-size: var(--_fs-lg); line-height: 20px; font-weight: 600; }
.chat-head .btn { --h: 32px; }
.chat-title { min-inline-size: 0; }
.chat-back { margin-inline-start: -8px; }
.chat-brand {
  display: grid; place-items: center; flex: none; inline-size: 32px; block-size: 32px; border-radius: var(--conv-radius-lg);
  background: var(--conv-accent-fill); color: var(--conv-on-accent); font: 700 var(--_fs-xl)/1 var(--conv-font-brand, Georgia, serif);
}
.hello { display: flex; flex-direction: column; flex: 1; min-block-size: 0; overflow-y: auto; }
.hello-say { padding: 28px 20px 24px; }
.hello-say h3 { font-size: calc(var(--_fs-2xl) * 1.2); line-height: 30px; font-weight: 600; letter-spacing: -.022em; text-wrap: balance; }
.hello-say p { margin-block-start: 8px; font-size: var(--_fs-lg); line-height: 22px; color: var(--conv-ink-2); }
.starts { border-block: var(--conv-stroke) solid var(--conv-line); }
.starts button, .last {
  display: flex; align-items: center; gap: 12px; inline-size: 100%; min-block-size: 48px; padding-block: 8px;
  padding-inline: 20px 16px; border: 0; border-block-end: var(--conv-stroke) solid var(--conv-line); background: none; font-size: var(--_fs-lg);
  text-align: start; cursor: pointer;
}
.starts li:last-child button { border: 0; }
.starts button:hover, .last:hover { background: var(--conv-hover); }
.starts .i, .last .i { color: var(--conv-ink-3); }
.last { border: 0; padding-block: 12px; }
.last > span { min-inline-size: 0; }
.last .cut { display: block; }
.hello-foot { margin-block-start: auto; padding: 10px 20px; }
.chat-sight { position: relative; display: flex; flex: 1; min-block-size: 0; }
.chat-log { flex: 1; min-inline-size: 0; overflow-y: auto; overflow-anchor: none; overscroll-behavior: contain; display: flex; flex-direction: column-reverse; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
.chat-log > div { display: flex; flex-direction: column; justify-content: flex-end; gap: 12px; min-block-size: 100%; padding: 16px; }
.line { display: contents; }
.to-end { position: absolute; inset-block-end: 12px; inset-inline: 0; inline-size: fit-content; margin-inline: auto; border-radius: var(--conv-radius-round); box-shadow: var(--conv-shadow-2); }
.chat-bones { position: absolute; inset: auto 16px 16px; display: grid; gap: 12px; animation: chat-late 0ms 200ms both; }
@keyframes chat-late { from { visibility: hidden; } }
.bone { display: block; block-size: 40px; inline-size: 64%; border-radius: var(--conv-radius-bubble); background: var(--conv-sunken); }
.say { display: grid; grid-template-columns: 28px minmax(0, 1fr); gap: 0 8px; max-inline-size: 92%; }
.say > :is(.face, .bot, .from-team) { grid-row: 2; align-self: end; }
.say-who { grid-column: 2; margin-block-end: 2px; }
.say-who b { color: var(--conv-ink-2); font-weight: 600; }
.say-body {
  grid-column: 2; grid-row: 2; inline-size: fit-content; max-inline-size: 100%; padding: 9px 13px; border-radius: var(--conv-radius-bubble);
  border-end-start-radius: var(--conv-radius-sm); background: var(--conv-sunken); font-size: var(--_fs-lg); line-height: 21px;
  overflow-wrap: anywhere;
}
.say-body p { white-space: pre-wrap; }
.say-body p + p, .say-body p + .doc { margin-block-start: 8px; }
.say.me { align-self: flex-end; display: block; max-inline-size: 84%; }
.say.me .say-body { margin-inline-start: auto; background: var(--conv-accent-fill); color: var(--conv-on-accent); border-radius: var(--conv-radius-bubble); border-end-end-radius: var(--conv-radius-sm); }
.say.me.failed .say-foot { color: var(--conv-urgent); }
.say.me.waiting .say-body { background: none; color: var(--conv-ink); box-shadow: inset 0 0 0 1.5px var(--conv-accent-fill); }
.say-foot { grid-column: 2; grid-row: 3; margin-block-start: 4px; }
.say-foot time { display: inline-block; }
.say-foot time::first-letter { text-transform: uppercase; }
.say.me .say-foot { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 4px; }
.chat-sys { display: flex; align-items: center; justify-content: center; gap: 8px; text-align: center; }
.chat-sys.new { color: var(--conv-accent); font-weight: 500; }
.chat-sys.new::before, .chat-sys.new::after { content: ""; flex: 1; block-size: 1px; background: var(--conv-accent-line); }
.chat-sys b { font-weight: 600; color: var(--conv-ink-2); }
.ways { grid-column: 2; grid-row: 4; display: grid; gap: 6px; margin-block-start: 8px; }
.way {
  display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 0 10px; align-items: center; padding: 8px 12px;
  border: var(--conv-stroke) solid var(--conv-line-strong); border-radius: var(--conv-radius-lg); background: var(--conv-button-face);
  box-shadow: var(--conv-shadow-1); text-align: start; font-size: var(--_fs-lg); cursor: pointer;
}
.way:hover { background: color-mix(in srgb, var(--conv-ink) 5%, var(--conv-button-face)); }
.way b { display: block; font-weight: 500; }
.way > .i { color: var(--conv-ink-2); }
.way > .i:last-child { color: var(--conv-ink-3); }
.way[aria-disabled] { cursor: default; background: none; box-shadow: none; }
.way.is-chosen { border-color: var(--conv-accent); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-accent); }
.picture { display: block; inline-size: 200px; max-inline-size: 100%; border-radius: var(--conv-radius-bubble); border-end-end-radius: var(--conv-radius-sm); margin-inline-start: auto; }
.say > a { display: block; inline-size: fit-content; margin-inline-start: auto; }
.say-body .picture { margin-inline-start: 0; margin-block-start: 8px; border-radius: var(--conv-radius-lg); }
.doc { display: flex; align-items: center; gap: 10px; color: inherit; text-decoration: none; }
.doc > .i { color: var(--conv-ink-3); }
.say.me .doc :is(small, .i) { color: inherit; }
.chat-files { flex: none; display: grid; gap: 4px; max-block-size: 120px; overflow-y: auto; padding: 0 12px 8px; }
.chat-files li { display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 10px; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-lg); font-size: var(--_fs-md); }
.chat-files li > span { flex: 1; min-inline-size: 0; }
.chat-files bdi { display: block; }
.chat-files .failed small { color: var(--conv-urgent); }
.chat-files progress { inline-size: 64px; block-size: 4px; accent-color: var(--conv-accent); }
.chat-write {
  display: flex; align-items: flex-end; gap: 2px; flex: none; margin: 0 12px 12px; padding: 4px;
  border: var(--conv-stroke) solid var(--conv-control); border-radius: var(--conv-radius-xl); background: var(--conv-surface);
}
.chat-write:focus-within { border-color: var(--conv-accent); outline: 3px solid var(--conv-accent-tint); }
.chat-write textarea {
  flex: 1; min-inline-size: 0; block-size: 32px; padding: 5px 4px; border: 0; background: none; outline: none; resize: none;
  font-size: var(--_fs-lg); line-height: 22px; overflow: hidden;
}
.chat-write .btn { --h: 32px; border-radius: var(--conv-radius-lg); }
.chat .notice { flex: none; padding-block: 6px; }
.chat .notice .btn { margin-block: -2px; }
.chat.full :is(.chat-write, .chat-head) .btn { --h: 40px; }
.chat.full .chat-write textarea { block-size: 40px; padding-block: 9px; font-size: max(16px, var(--_fs-lg)); }
.from-team { display: grid; place-items: center; inline-size: 28px; block-size: 28px; color: var(--conv-handoff); }
.dots { display: inline-flex; gap: 3px; padding-block: 6px; }
@keyframes conv-pulse {
  0%, 60%, 100% { opacity: .4; }
  25% { opacity: 1; }
}
.dots i { inline-size: 5px; block-size: 5px; border-radius: 50%; background: var(--conv-ink-3); animation: conv-pulse var(--conv-pulse) infinite; }
.dots i + i { animation-delay: 160ms; }
.dots i + i + i { animation-delay: 320ms; }
@media (prefers-reduced-motion: reduce) { .dots i, .chat { animation: none; } }
@media (forced-colors: active) {
  .chat:not(.full), .say-body { border: 1px solid CanvasText; }
  .say.me .say-body, .chat-brand { forced-color-adjust: none; }
  .dots i, .bone { forced-color-adjust: none; background: CanvasText; }
}
.cite { display: inline-flex; align-items: center; gap: 4px; color: var(--conv-ink-2); font-weight: 500; }
.cite > .i { color: var(--conv-ink-3); }
.online { display: inline-block; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--conv-good); margin-inline-end: 5px; forced-color-adjust: none; }
`;
