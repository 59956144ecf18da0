import { css } from 'lit';

/**
 * What every element carries: type, resets, focus, icons. A page's own resets do not get past `:host > *`.
 *
 * Sizes of type are resolved here, per element, as `--_fs-xs … --_fs-3xl`, so that a host may set `--conv-scale` or one
 * `--conv-fs-…` on `:root` or on a single element alike.
 */
export const baseSheet = css`
:host {
  --_scale: var(--conv-scale);
  --_fs-xs: var(--conv-fs-xs, calc(11px * var(--_scale)));
  --_fs-sm: var(--conv-fs-sm, calc(12px * var(--_scale)));
  --_fs-md: var(--conv-fs-md, calc(13px * var(--_scale)));
  --_fs-lg: var(--conv-fs-lg, calc(14px * var(--_scale)));
  --_fs-xl: var(--conv-fs-xl, calc(16px * var(--_scale)));
  --_fs-2xl: var(--conv-fs-2xl, calc(20px * var(--_scale)));
  --_fs-3xl: var(--conv-fs-3xl, calc(28px * var(--_scale)));
  display: block; min-inline-size: 0; box-sizing: border-box; color-scheme: var(--conv-color-scheme, light dark);
}
:host(:lang(ar)) { --_scale: calc(var(--conv-scale) * 1.04); }
:host([hidden]) { display: none !important; }
:host([theme="light"]) { --conv-color-scheme: light; }
:host([theme="dark"]) { --conv-color-scheme: dark; }
:host([density="compact"]) { --conv-row: 52px; --conv-bar: 44px; --conv-gap: 6px; --conv-pad: 12px; }
:host([density="comfortable"]) { --conv-row: 72px; --conv-bar: 48px; --conv-gap: 12px; --conv-pad: 20px; }

:where(:host, :host > *) {
  color: var(--conv-ink); font: 400 var(--_fs-md)/20px var(--conv-font); font-synthesis: none; font-variant: normal; font-feature-settings: normal;
  letter-spacing: normal; word-spacing: normal; text-transform: none; text-indent: 0; text-align: start; text-shadow: none; white-space: normal;
  word-break: normal; hyphens: manual; line-break: auto; cursor: auto; user-select: auto; quotes: auto;
  -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; tab-size: 4;
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
:where(h1, h2, h3, h4, p, ul, ol, dl, dd, figure, fieldset, blockquote) { margin: 0; padding: 0; border: 0; font: inherit; }
:where(ul, ol) { list-style: none; }
:where(button, input, textarea, select) { font: inherit; color: inherit; letter-spacing: inherit; margin: 0; }
a { color: var(--conv-accent); text-decoration-line: underline; text-decoration-thickness: 1px; text-underline-offset: 2px; text-decoration-color: var(--conv-accent-line); }
a:hover { text-decoration-color: currentColor; }
time, .num, .wait, kbd { font-variant-numeric: tabular-nums; unicode-bidi: plaintext; }
strong, b { font-weight: 600; }
/* While nothing is typed, the direction of a field is that of our words in it. */
:placeholder-shown[dir="auto"] { direction: inherit; unicode-bidi: isolate; }
::placeholder { color: var(--conv-ink-3); opacity: 1; }
::selection { background: var(--conv-accent-line); }

.sr { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-inline-size: 0; }
.push { margin-inline-start: auto; }
.dim { color: var(--conv-ink-3); }

:focus-visible { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: 1px; }
.focus-in:focus-visible { outline-offset: -2px; }
@media (forced-colors: active) {
  :is([aria-pressed="true"], .is-on, a[aria-current]:not(.row-link)):not(:focus-visible) { outline: 2px solid Highlight; outline-offset: -2px; }
}

.i { flex: none; inline-size: 16px; block-size: 16px; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.i-sm { inline-size: 14px; block-size: 14px; stroke-width: 1.6; }
.i-xs { inline-size: 12px; block-size: 12px; stroke-width: 1.75; }
.i-lg { inline-size: 20px; block-size: 20px; stroke-width: 1.4; }
.i-xl { inline-size: 40px; block-size: 40px; stroke-width: 1; }
.i-dots { stroke-width: 2; }
.i-grip { stroke-width: 1.75; }
.i-dash { stroke-dasharray: 2.1 2.35; }
.i-flip:dir(rtl) { transform: scaleX(-1); }

:lang(ar) { letter-spacing: 0 !important; }
`;
