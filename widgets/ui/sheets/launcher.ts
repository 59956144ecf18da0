/**
 * The round button in the corner, and the first line beside it, before any of the panel is loaded. A plain text, since
 * the launcher carries no Lit: `sheet.replaceSync(launcherCss)`. It needs nothing but the tokens.
 */
export const launcherCss = `
:host {
  --_scale: var(--conv-scale); --_fs-xs: var(--conv-fs-xs, calc(11px * var(--_scale))); --_fs-sm: var(--conv-fs-sm, calc(12px * var(--_scale)));
  --_fs-lg: var(--conv-fs-lg, calc(15px * var(--_scale))); display: block; color-scheme: var(--conv-color-scheme, light dark);
}
:host([hidden]), [hidden] { display: none !important; }
:host([theme="light"]) { --conv-color-scheme: light; }
:host([theme="dark"]) { --conv-color-scheme: dark; }
:where(:host, :host > *) {
  color: var(--conv-ink); font: 400 var(--_fs-lg)/20px var(--conv-font); letter-spacing: normal; text-transform: none; text-align: start; white-space: normal;
  cursor: auto; -webkit-font-smoothing: antialiased;
}
*, *::before, *::after { box-sizing: border-box; }
:where(p) { margin: 0; }
:where(button) { font: inherit; color: inherit; margin: 0; }
:focus-visible { outline: 2px solid var(--conv-focus); outline-offset: 1px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.i { flex: none; inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.btn { display: inline-grid; place-items: center; flex: none; inline-size: 24px; block-size: 24px; padding: 0; border: 0; border-radius: var(--conv-radius-md); background: none; color: var(--conv-ink-2); cursor: pointer; }
.btn:hover { background: var(--conv-hover); }
.count { font-size: var(--_fs-xs); font-variant-numeric: tabular-nums; }
.face, .bot {
  --s: 24px;
  flex: none; position: relative; display: inline-grid; place-items: center; inline-size: var(--s); block-size: var(--s);
  border-radius: 50%; background: var(--conv-face-4); color: var(--conv-ink);
  font-size: calc(var(--s) * .4); font-weight: 600; line-height: 1; letter-spacing: .01em; user-select: none; text-decoration: none;
}
.bot { border-radius: 29%; background: var(--conv-agent-fill); color: #fff; }
.bot.is-off { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control); color: var(--conv-ink-3); }
.s24 { --s: 24px; font-size: 10px; }
.s32 { --s: 32px; font-size: 12px; }
.f1 { background: var(--conv-face-1); }
.f2 { background: var(--conv-face-2); }
.f3 { background: var(--conv-face-3); }
.f4 { background: var(--conv-face-4); }
.f5 { background: var(--conv-face-5); }
.f6 { background: var(--conv-face-6); }
.working { display: inline-flex; align-items: center; gap: 2px; block-size: 12px; inline-size: 13px; color: var(--conv-agent); }
.working::before, .working::after, .working > i {
  content: ""; inline-size: 3px; block-size: 10px; border-radius: 1.5px; background: currentColor;
  animation: conv-pulse var(--conv-pulse) infinite;
}
.working::before { block-size: 6px; }
.working > i { animation-delay: calc(var(--conv-pulse) / 7); }
.working::after { block-size: 8px; animation-delay: calc(var(--conv-pulse) / 3.5); }
@keyframes conv-pulse {
  0%, 60%, 100% { opacity: .4; }
  25% { opacity: 1; }
}
@media (prefers-reduced-motion: reduce) { .working::before, .working::after, .working > i { animation: none; } }
.launcher {
  position: relative; display: grid; place-items: center; inline-size: 52px; block-size: 52px; padding: 0; border: 0;
  border-radius: 50%; background: var(--conv-accent-fill); color: var(--conv-on-accent); box-shadow: var(--conv-shadow-2);
  cursor: pointer; transition: transform var(--conv-fast) var(--conv-ease);
}
.launcher:hover { transform: scale(1.04); }
.launcher .i { inline-size: 24px; block-size: 24px; stroke-width: 1.4; }
.launcher:focus-visible, .launcher.is-focus { outline-offset: 3px; }
.launcher .count {
  position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 20px; padding: 0 5px; border-radius: 10px;
  background: var(--conv-urgent-fill); color: #fff; line-height: 20px; font-weight: 600; text-align: center;
  box-shadow: 0 0 0 2px var(--under, var(--conv-canvas));
}
.launcher .working {
  position: absolute; inset-block-start: -3px; inset-inline-end: -5px; inline-size: 23px; block-size: 20px; padding-inline: 5px;
  border-radius: 10px; background: var(--conv-raised); box-shadow: var(--conv-shadow-2);
}
.teaser {
  display: flex; align-items: flex-start; gap: 10px; max-inline-size: 296px; padding-block: 12px; padding-inline: 12px 8px;
  border-radius: var(--conv-radius-xl); border-end-end-radius: 4px; background: var(--conv-raised); box-shadow: var(--conv-shadow-2);
  font-size: var(--_fs-lg);
}
.teaser p { min-inline-size: 0; }
.teaser small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
`;
