import { css } from 'lit';

/** The chat panel on a website. */
export const chatSheet = css`
:host { --_fs-lg: var(--_fs-lg, calc(15px * var(--_scale))); }
.chat {
  display: flex; flex-direction: column; inline-size: 384px; max-inline-size: 100%; block-size: 640px;
  border-radius: var(--conv-radius-xl); background: var(--conv-surface); color: var(--conv-ink); box-shadow: var(--conv-shadow-3);
  overflow: hidden; --under: var(--conv-surface);
}
.chat.full { inline-size: 100%; block-size: 100%; border-radius: 0; box-shadow: none; }
.chat-head { display: flex; align-items: center; gap: 10px; flex: none; min-block-size: 60px; padding-inline: 16px 10px; border-block-end: 1px solid var(--conv-line); }
.chat-head h2 { font-size: var(--_fs-lg); line-height: 20px; font-weight: 600; }
.chat-head p { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.chat-head .btn { --h: 32px; }
.chat-brand {
  display: grid; place-items: center; flex: none; inline-size: 32px; block-size: 32px; border-radius: 9px;
  background: var(--conv-accent-fill); color: var(--conv-on-accent); font: 700 17px/1 Georgia, "Times New Roman", serif;
}
.hello { display: flex; flex-direction: column; flex: 1; min-block-size: 0; overflow-y: auto; }
.hello-say { padding: 28px 20px 24px; }
.hello-say h3 { font-size: 24px; line-height: 30px; font-weight: 600; letter-spacing: -.022em; text-wrap: balance; }
.hello-say p { margin-block-start: 8px; font-size: var(--_fs-lg); line-height: 22px; color: var(--conv-ink-2); }
.starts { border-block: 1px solid var(--conv-line); }
.starts button, .last {
  display: flex; align-items: center; gap: 12px; inline-size: 100%; min-block-size: 48px; padding-block: 8px;
  padding-inline: 20px 16px; border: 0; border-block-end: 1px solid var(--conv-line); background: none; font-size: var(--_fs-lg);
  text-align: start; cursor: pointer; color: inherit; text-decoration: none;
}
.starts li:last-child button { border: 0; }
.starts button:hover, .last:hover { background: var(--conv-hover); }
.starts .i, .last .i { color: var(--conv-ink-3); }
.last { border: 0; padding-block: 12px; }
.last small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.last > span { min-inline-size: 0; }
.last .cut { display: block; }
.hello-foot { margin-block-start: auto; padding: 10px 20px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.chat-log { flex: 1; min-block-size: 0; overflow-y: auto; display: flex; flex-direction: column-reverse; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
.chat-log > div { display: flex; flex-direction: column; justify-content: flex-end; gap: 12px; min-block-size: 100%; padding: 16px; }
.say { display: grid; grid-template-columns: 28px minmax(0, 1fr); gap: 0 8px; max-inline-size: 92%; }
.say > .face, .say > .bot { grid-row: 2; align-self: end; }
.say-who { grid-column: 2; margin-block-end: 2px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.say-who b { color: var(--conv-ink-2); font-weight: 600; }
.say-body {
  grid-column: 2; grid-row: 2; inline-size: fit-content; max-inline-size: 100%; padding: 9px 13px; border-radius: 14px;
  border-end-start-radius: 4px; background: var(--conv-sunken); font-size: var(--_fs-lg); line-height: 21px;
  overflow-wrap: anywhere;
}
.say-body p + p { margin-block-start: 8px; }
.say.me { align-self: flex-end; display: block; max-inline-size: 84%; }
.say.me .say-body { margin-inline-start: auto; background: var(--conv-accent-fill); color: var(--conv-on-accent); border-radius: 14px; border-end-end-radius: 4px; }
.say.me.waiting .say-body { background: none; color: var(--conv-ink); box-shadow: inset 0 0 0 1.5px var(--conv-accent-fill); }
.say-foot { grid-column: 2; grid-row: 3; margin-block-start: 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.say.me .say-foot { display: flex; justify-content: flex-end; gap: 4px; }
.say-foot .cite { color: var(--conv-ink-2); }
.say .dots { padding-block: 6px; }
.say .dots i { inline-size: 5px; block-size: 5px; }
.chat-sys { display: flex; align-items: center; justify-content: center; gap: 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); text-align: center; }
.chat-sys b { font-weight: 600; color: var(--conv-ink-2); }
.ways { grid-column: 2; grid-row: 4; display: grid; gap: 6px; margin-block-start: 8px; }
.way {
  display: grid; grid-template-columns: 20px minmax(0, 1fr) auto; gap: 0 10px; align-items: center; padding: 8px 12px;
  border: 1px solid var(--conv-line-strong); border-radius: 10px; background: var(--conv-button-face);
  box-shadow: var(--conv-shadow-1); text-align: start; font-size: var(--_fs-lg); cursor: pointer;
}
.way:hover { background: color-mix(in srgb, var(--conv-ink) 5%, var(--conv-button-face)); }
.way b { display: block; font-weight: 500; }
.way small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.way > .i { color: var(--conv-ink-2); }
.way > .i:last-child { color: var(--conv-ink-3); }
.way.is-chosen { border-color: var(--conv-accent); box-shadow: inset 0 0 0 1px var(--conv-accent); }
.picture { display: block; inline-size: 200px; max-inline-size: 100%; border-radius: 14px; border-end-end-radius: 4px; margin-inline-start: auto; }
.doc { display: flex; align-items: center; gap: 10px; color: inherit; text-decoration: none; }
.doc > .i { color: var(--conv-ink-3); }
.doc small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.chat-write {
  display: flex; align-items: flex-end; gap: 2px; flex: none; margin: 0 12px 12px; padding: 4px;
  border: 1px solid var(--conv-control); border-radius: var(--conv-radius-xl); background: var(--conv-surface);
}
.chat-write:focus-within { border-color: var(--conv-accent); outline: 3px solid var(--conv-accent-tint); }
.chat-write textarea {
  flex: 1; min-inline-size: 0; block-size: 32px; padding: 5px 4px; border: 0; background: none; outline: none; resize: none;
  font-size: var(--_fs-lg); line-height: 22px; overflow: hidden;
}
.chat-write .btn { --h: 32px; border-radius: 9px; }
.chat .notice { flex: none; padding-block: 6px; }
@media (pointer: coarse), (max-width: 480px) {
  .chat.full .chat-write .btn, .chat.full .chat-head .btn { --h: 40px; }
  .chat.full .chat-write textarea { block-size: 40px; padding-block: 9px; font-size: 16px; }
}
.chat.full .chat-write .btn { --h: 40px; }
.chat.full .chat-write textarea { block-size: 40px; padding-block: 9px; font-size: 16px; }
.say > .from-team { grid-row: 2; align-self: end; display: grid; place-items: center; color: var(--conv-handoff, currentColor); inline-size: 28px; block-size: 28px; }
.dots { display: inline-flex; gap: 3px; }
.dots i { inline-size: 4px; block-size: 4px; border-radius: 50%; background: var(--conv-ink-3); animation: conv-pulse var(--conv-pulse) infinite; }
.dots i:nth-child(2) { animation-delay: 160ms; }
.dots i:nth-child(3) { animation-delay: 320ms; }
@media (prefers-reduced-motion: reduce) { .dots i { animation: none; } }
.cite { display: inline-flex; align-items: center; gap: 4px; color: var(--conv-ink-2); text-decoration: none; border-radius: 2px; font-weight: 500; }
.cite:hover { color: var(--conv-accent); text-decoration: underline; }
.cite > .i { color: var(--conv-ink-3); }
.online { display: inline-block; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--conv-good); margin-inline-end: 5px; forced-color-adjust: none; }
.online.away { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control); }
`;
