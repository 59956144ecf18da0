/**
 * The defaults of the tokens that a visitor's chat needs too, for the document that holds the elements; `desk-tokens.ts`
 * has those of the operators' elements.
 *
 * They stand on `:where(:root)` in a cascade layer of their own, so that whatever a host page writes, on `:root` or on
 * one element, wins: but over what a reader has asked the system for, colours of their own or no motion, nothing does. Colours are `light-dark(…)`: the element that uses one decides by its own `color-scheme`, so the
 * page's is never touched. `data-theme` and `data-density` work on any ancestor.
 */
let tokens = /* css */ `@layer convene.tokens {
  :where(:root) {
    --conv-canvas: light-dark(#f7f6f3, #121417);
    --conv-surface: light-dark(#ffffff, #1a1c20);
    --conv-raised: light-dark(#ffffff, #23262b);
    --conv-sunken: light-dark(#f2f0ec, #25282d);
    --conv-hover: light-dark(#1e1b180d, #ffffff0f);
    --conv-press: light-dark(#1e1b1818, #ffffff1c);
    --conv-button-face: light-dark(#ffffff, #282b31);
    --conv-line: light-dark(#e6e3de, #2b2e33);
    --conv-line-strong: light-dark(#cfcdc7, #41454c);
    --conv-control: light-dark(#8a8780, #7a7f88);
    --conv-ink: light-dark(#1e1b18, #e9ebef);
    --conv-ink-2: light-dark(#4e4a43, #b7bbc2);
    --conv-ink-3: light-dark(#69655e, #9a9ea6);
    --conv-accent: light-dark(#30509c, #9db9f6);
    --conv-accent-fill: light-dark(#30509c, #4a6dbd);
    --conv-accent-press: light-dark(#25448c, #3f60ab);
    --conv-on-accent: light-dark(#ffffff, #ffffff);
    --conv-on-fill: #ffffff;
    --conv-shine: #ffffff24;
    --conv-accent-tint: light-dark(#eff3fc, #1f2a40);
    --conv-accent-line: light-dark(#c8d5f0, #354769);
    --conv-focus: light-dark(#30509c, #9db9f6);
    --conv-agent: light-dark(#10645e, #84cec6);
    --conv-agent-fill: light-dark(#1d716a, #2a6f69);
    --conv-handoff: light-dark(#8d4617, #f1ad79);
    --conv-handoff-tint: light-dark(#fdf2e8, #302319);
    --conv-handoff-line: light-dark(#efcfb3, #66452c);
    --conv-urgent: light-dark(#a32534, #fb979b);
    --conv-urgent-fill: light-dark(#ab2b39, #b23f4b);
    --conv-urgent-tint: light-dark(#fdefef, #362122);
    --conv-urgent-line: light-dark(#f2cccb, #783d41);
    --conv-good: light-dark(#3a6031, #9bce90);
    --conv-face-1: light-dark(#e9e1d6, #3b362f); --conv-face-2: light-dark(#dfe5d9, #313a30);
    --conv-face-3: light-dark(#d9e4e8, #2d383d); --conv-face-4: light-dark(#e0e0ec, #34353f);
    --conv-face-5: light-dark(#ecdee1, #3e3236); --conv-face-6: light-dark(#ebe4cd, #3a3729);
    --conv-font: ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto,
      "Helvetica Neue", "Liberation Sans", "Noto Sans", "Noto Sans Arabic", Arial, sans-serif;
    --conv-scale: 1;
    --conv-gap: 12px;
    --conv-pad: 20px;
    --conv-row: 72px;
    --conv-bar: 48px;
    --conv-button: 28px;
    --conv-stroke: 1px;
    --conv-focus-width: 2px;
    --conv-radius-xs: 2px;
    --conv-radius-sm: 4px;
    --conv-radius-md: 6px;
    --conv-radius-lg: 8px;
    --conv-radius-xl: 12px;
    --conv-radius-bubble: 14px;
    --conv-radius-round: 99px;
    --conv-shadow-1: 0 1px 1px light-dark(#1e1b180f, #0000004d);
    --conv-shadow-2: 0 0 0 1px light-dark(#1e1b1814, #ffffff14), 0 2px 4px light-dark(#1e1b180a, #00000047),
                     0 8px 24px light-dark(#1e1b181f, #0000006b);
    --conv-shadow-3: 0 0 0 1px light-dark(#1e1b1814, #ffffff17), 0 8px 16px light-dark(#1e1b180d, #00000052),
                     0 24px 64px light-dark(#1e1b1833, #00000094);
    --conv-fast: 120ms;
    --conv-swift: 180ms;
    --conv-slow: 240ms;
    --conv-ease: cubic-bezier(.2, .7, .2, 1);
    --conv-pulse: 1400ms;
  }
  :where([data-theme="light"]) { --conv-color-scheme: light; }
  :where([data-theme="dark"]) { --conv-color-scheme: dark; }
  :where([data-density="compact"]) { --conv-row: 52px; --conv-bar: 44px; --conv-gap: 6px; --conv-pad: 12px; }
  @media (pointer: coarse) { :where(:root) { --conv-button: 40px; --conv-row: 80px; } }
  @media (prefers-reduced-motion: reduce) {
    :where(:root) { --conv-fast: 0ms !important; --conv-swift: 0ms !important; --conv-slow: 0ms !important; --conv-pulse: 0ms !important; }
  }
  @media (prefers-contrast: more) {
    :where(:root) {
      --conv-ink-2: light-dark(#2b2823, #dfe2e7); --conv-ink-3: light-dark(#4e4a43, #c3c7cd);
      --conv-line: light-dark(#a9a69f, #5b6068);  --conv-line-strong: light-dark(#69655e, #9a9ea6);
    }
  }
  @media (forced-colors: active) {
    :where(:root, :root *) {
      --conv-canvas: Canvas !important; --conv-surface: Canvas !important; --conv-raised: Canvas !important; --conv-sunken: Canvas !important; --conv-hover: Canvas !important; --conv-press: Canvas !important; --conv-button-face: ButtonFace !important;
      --conv-line: GrayText !important; --conv-line-strong: ButtonBorder !important; --conv-control: ButtonBorder !important;
      --conv-ink: CanvasText !important; --conv-ink-2: CanvasText !important; --conv-ink-3: CanvasText !important;
      --conv-accent: LinkText !important; --conv-accent-fill: Highlight !important; --conv-accent-press: Highlight !important; --conv-on-accent: HighlightText !important;
      --conv-focus: Highlight !important; --conv-agent: CanvasText !important;
      --conv-handoff: CanvasText !important; --conv-urgent: CanvasText !important; --conv-good: CanvasText !important;
      --conv-handoff-line: CanvasText !important; --conv-urgent-line: CanvasText !important; --conv-accent-line: Highlight !important;
    }
  }
}`;

/** Documents that carry the tokens, since which text, and for how many connected elements. */
const holders = new WeakMap<Document, { sheet: CSSStyleSheet; text: string; count: number }>();

/** Adds tokens to those that are laid under documents from now on, and under one that has them once its next element comes. */
export function addTokens(more: string): void {
  tokens += more;
}

/** Lays the tokens under a document, once however many elements ask. Each call wants one `releaseTokens`. */
export function adoptTokens(document: Document): void {
  let held = holders.get(document);
  if (!held) {
    held = { sheet: new (document.defaultView ?? window).CSSStyleSheet(), text: '', count: 0 };
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, held.sheet];
    holders.set(document, held);
  }
  held.count += 1;
  if (held.text === tokens) return;
  held.text = tokens;
  held.sheet.replaceSync(tokens);
}

/** Lets go of the tokens; with the last element they leave the document. */
export function releaseTokens(document: Document): void {
  const held = holders.get(document);
  if (!held) return;
  held.count -= 1;
  if (held.count > 0) return;
  holders.delete(document);
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== held.sheet);
}
