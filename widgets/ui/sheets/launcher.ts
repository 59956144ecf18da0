/**
 * The round button in the corner, and the first line beside it, before any of the panel is loaded. A plain text, since
 * the launcher carries no Lit: `sheet.replaceSync(launcherCss)`. Nor are the tokens there yet, so each stands with its
 * default; the panel brings them along.
 */
export const launcherCss = `
:host {
  --_scale: var(--conv-scale, 1); --_fs-xs: var(--conv-fs-xs, calc(11px * var(--_scale))); --_fs-sm: var(--conv-fs-sm, calc(12px * var(--_scale)));
  --_fs-lg: var(--conv-fs-lg, calc(15px * var(--_scale))); display: block; color-scheme: var(--conv-color-scheme, light dark);
}
:host([hidden]), [hidden] { display: none !important; }
:host([theme="light"]) { --conv-color-scheme: light; }
:host([theme="dark"]) { --conv-color-scheme: dark; }
:where(:host, :host > *) {
  color: var(--conv-ink, light-dark(#1e1b18, #e9ebef)); font: 400 var(--_fs-lg)/20px var(--conv-font, ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto, "Helvetica Neue", "Liberation Sans", "Noto Sans", "Noto Sans Arabic", Arial, sans-serif); letter-spacing: normal; text-transform: none; text-align: start; white-space: normal;
  cursor: auto; -webkit-font-smoothing: antialiased;
}
*, *::before, *::after { box-sizing: border-box; }
:where(p) { margin: 0; }
:where(button) { font: inherit; color: inherit; margin: 0; }
:focus-visible { outline: 2px solid var(--conv-focus, light-dark(#30509c, #9db9f6)); outline-offset: 1px; }
.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.i { flex: none; inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.btn { display: inline-grid; place-items: center; flex: none; inline-size: 24px; block-size: 24px; padding: 0; border: 0; border-radius: var(--conv-radius-md, 6px); background: none; color: var(--conv-ink-2, light-dark(#4e4a43, #b7bbc2)); cursor: pointer; }
.btn:hover { background: var(--conv-hover, light-dark(#1e1b180d, #ffffff0f)); }
.count { font-size: var(--_fs-xs); font-variant-numeric: tabular-nums; }
.face, .bot {
  --s: 24px;
  flex: none; position: relative; display: inline-grid; place-items: center; inline-size: var(--s); block-size: var(--s);
  border-radius: 50%; background: var(--conv-face-4, light-dark(#e0e0ec, #34353f)); color: var(--conv-ink, light-dark(#1e1b18, #e9ebef));
  font-size: calc(var(--s) * .4); font-weight: 600; line-height: 1; letter-spacing: .01em; user-select: none; text-decoration: none;
}
.bot { border-radius: 29%; background: var(--conv-agent-fill, light-dark(#1d716a, #2a6f69)); color: #fff; }
.bot.is-off { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control, light-dark(#8a8780, #7a7f88)); color: var(--conv-ink-3, light-dark(#69655e, #9a9ea6)); }
.s24 { --s: 24px; font-size: 10px; }
.s32 { --s: 32px; font-size: 12px; }
.f1 { background: var(--conv-face-1, light-dark(#e9e1d6, #3b362f)); }
.f2 { background: var(--conv-face-2, light-dark(#dfe5d9, #313a30)); }
.f3 { background: var(--conv-face-3, light-dark(#d9e4e8, #2d383d)); }
.f4 { background: var(--conv-face-4, light-dark(#e0e0ec, #34353f)); }
.f5 { background: var(--conv-face-5, light-dark(#ecdee1, #3e3236)); }
.f6 { background: var(--conv-face-6, light-dark(#ebe4cd, #3a3729)); }
.working { display: inline-flex; align-items: center; gap: 2px; block-size: 12px; inline-size: 13px; color: var(--conv-agent, light-dark(#10645e, #84cec6)); }
.working::before, .working::after, .working > i {
  content: ""; inline-size: 3px; block-size: 10px; border-radius: 1.5px; background: currentColor;
  animation: conv-pulse var(--conv-pulse, 1400ms) infinite;
}
.working::before { block-size: 6px; }
.working > i { animation-delay: calc(var(--conv-pulse, 1400ms) / 7); }
.working::after { block-size: 8px; animation-delay: calc(var(--conv-pulse, 1400ms) / 3.5); }
@keyframes conv-pulse {
  0%, 60%, 100% { opacity: .4; }
  25% { opacity: 1; }
}
@media (prefers-reduced-motion: reduce) { .working::before, .working::after, .working > i { animation: none; } }
.launcher {
  position: relative; display: grid; place-items: center; inline-size: 52px; block-size: 52px; padding: 0; border: 0;
  border-radius: 50%; background: var(--conv-accent-fill, light-dark(#30509c, #4a6dbd)); color: var(--conv-on-accent, light-dark(#ffffff, #ffffff)); box-shadow: var(--conv-shadow-2, 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047), 0 8px 24px light-dark(#1e1b181f, #0000006b));
  cursor: pointer; transition: transform var(--conv-fast, 120ms) var(--conv-ease, cubic-bezier(.2, .7, .2, 1));
}
.launcher:hover { transform: scale(1.04); }
.launcher .i { inline-size: 24px; block-size: 24px; stroke-width: 1.4; }
.launcher:focus-visible, .launcher.is-focus { outline-offset: 3px; }
.launcher .count {
  position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-inline-size: 20px; padding: 0 5px; border-radius: 10px;
  background: var(--conv-urgent-fill, light-dark(#ab2b39, #b23f4b)); color: #fff; line-height: 20px; font-weight: 600; text-align: center;
  box-shadow: 0 0 0 2px var(--under, var(--conv-canvas, light-dark(#f7f6f3, #121417)));
}
.launcher .working {
  position: absolute; inset-block-start: -3px; inset-inline-end: -5px; inline-size: 23px; block-size: 20px; padding-inline: 5px;
  border-radius: 10px; background: var(--conv-raised, light-dark(#ffffff, #23262b)); box-shadow: var(--conv-shadow-2, 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047), 0 8px 24px light-dark(#1e1b181f, #0000006b));
}
.teaser {
  display: flex; align-items: flex-start; gap: 10px; max-inline-size: 296px; padding-block: 12px; padding-inline: 12px 8px;
  border-radius: var(--conv-radius-xl, 12px); border-end-end-radius: 4px; background: var(--conv-raised, light-dark(#ffffff, #23262b)); box-shadow: var(--conv-shadow-2, 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047), 0 8px 24px light-dark(#1e1b181f, #0000006b));
  font-size: var(--_fs-lg);
}
.teaser p { min-inline-size: 0; }
.teaser small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3, light-dark(#69655e, #9a9ea6)); }
`;
