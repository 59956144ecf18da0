/**
 * The round button in the corner, and the box beside it, before anything else is loaded. A plain text, since
 * the launcher carries no Lit: `sheet.replaceSync(launcherCss)`. Nor are the tokens there yet, so each stands with its
 * default; the panel brings them along.
 */
export const launcherCss = /* css */ `
.frame {
  position: fixed; inset: auto; inset-block-end: var(--conv-chat-gap, 20px); inset-inline-end: var(--conv-chat-gap, 20px); z-index: var(--conv-chat-layer, 2147483000);
  display: flex; flex-direction: column; align-items: flex-end; gap: 12px; inline-size: auto; block-size: auto; max-inline-size: none; margin: 0; padding: 0;
  border: 0; background: none; overflow: visible; pointer-events: none;
}
.frame > * { pointer-events: auto; }
.frame.full { inset: 0; }
.frame.full .launcher { display: none; }
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
:focus-visible { outline: var(--conv-focus-width, 2px) solid var(--conv-focus, light-dark(#30509c, #9db9f6)); outline-offset: 1px; }
.i { flex: none; inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.launcher {
  position: relative; display: grid; place-items: center; inline-size: 52px; block-size: 52px; padding: 0; border: 1px solid transparent;
  border-radius: 50%; background: var(--conv-accent-fill, light-dark(#30509c, #4a6dbd)); color: var(--conv-on-accent, light-dark(#ffffff, #ffffff)); box-shadow: var(--conv-shadow-2, 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047), 0 8px 24px light-dark(#1e1b181f, #0000006b));
  cursor: pointer; transition: transform var(--conv-fast, 120ms) var(--conv-ease, cubic-bezier(.2, .7, .2, 1));
}
@media (prefers-reduced-motion: no-preference) { .launcher:hover { transform: scale(1.04); } }
.launcher .i { inline-size: 24px; block-size: 24px; stroke-width: 1.4; }
.launcher:focus-visible { outline-offset: 3px; }
.teaser {
  display: flex; align-items: flex-start; gap: 10px; max-inline-size: 296px; border: 1px solid transparent; padding-block: 12px; padding-inline: 12px 8px;
  border-radius: var(--conv-radius-xl, 12px); border-end-end-radius: var(--conv-radius-sm, 4px); background: var(--conv-raised, light-dark(#ffffff, #23262b)); box-shadow: var(--conv-shadow-2, 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047), 0 8px 24px light-dark(#1e1b181f, #0000006b));
  font-size: var(--_fs-lg);
}
`;

/** Lets `data-theme` on any ancestor choose the colours, as the tokens do once they are there. */
export const themesCss = /* css */ `@layer convene.tokens {
  :where([data-theme="light"]) { --conv-color-scheme: light; }
  :where([data-theme="dark"]) { --conv-color-scheme: dark; }
}`;
