/**
 * The defaults of every token, for the document that holds the elements.
 *
 * They stand on `:where(:root)` in a cascade layer of their own, so that whatever a host page writes, on `:root` or on
 * one element, wins. Colours are `light-dark(…)`: the element that uses one decides by its own `color-scheme`, so the
 * page's is never touched. `data-theme` and `data-density` work on any ancestor.
 */
const tokens = /* css */ `@layer convene.tokens {
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
    --conv-scrim: light-dark(#1e1b1852, #08090bb3);
    --conv-accent: light-dark(#30509c, #9db9f6);
    --conv-accent-fill: light-dark(#30509c, #4a6dbd);
    --conv-accent-press: light-dark(#25448c, #3f60ab);
    --conv-on-accent: light-dark(#ffffff, #ffffff);
    --conv-accent-tint: light-dark(#eff3fc, #1f2a40);
    --conv-accent-line: light-dark(#c8d5f0, #354769);
    --conv-focus: light-dark(#30509c, #9db9f6);
    --conv-contact: light-dark(#4e4a43, #b7bbc2);
    --conv-contact-tint: light-dark(#f2f0ec, #25282d);
    --conv-agent: light-dark(#10645e, #84cec6);
    --conv-agent-fill: light-dark(#1d716a, #2a6f69);
    --conv-agent-tint: light-dark(#ebf6f4, #182a29);
    --conv-agent-line: light-dark(#b9dbd6, #2f5450);
    --conv-human: light-dark(#30509c, #9db9f6);
    --conv-human-tint: light-dark(#eff3fc, #1d2739);
    --conv-human-line: light-dark(#d3ddf3, #32425f);
    --conv-note: light-dark(#6f5114, #e8c67d);
    --conv-note-tint: light-dark(#fcf4db, #2c2618);
    --conv-note-line: light-dark(#ead6a4, #594b2c);
    --conv-skill: light-dark(#44596c, #a9bdd0);
    --conv-skill-tint: light-dark(#eff2f5, #20272e);
    --conv-skill-line: light-dark(#d0d8df, #3b4955);
    --conv-handoff: light-dark(#8d4617, #f1ad79);
    --conv-handoff-tint: light-dark(#fdf2e8, #302319);
    --conv-handoff-line: light-dark(#efcfb3, #66452c);
    --conv-urgent: light-dark(#a32534, #fb979b);
    --conv-urgent-fill: light-dark(#ab2b39, #b23f4b);
    --conv-urgent-tint: light-dark(#fdefef, #362122);
    --conv-urgent-line: light-dark(#f2cccb, #783d41);
    --conv-good: light-dark(#3a6031, #9bce90);
    --conv-good-tint: light-dark(#ecf5e9, #1f2a1d);
    --conv-good-line: light-dark(#c5dcc0, #3c5337);
    --conv-tag-1: light-dark(#b5553f, #e08e7a);  --conv-tag-2: light-dark(#b07a1e, #dcae5c);
    --conv-tag-3: light-dark(#66812f, #a9c374);  --conv-tag-4: light-dark(#2f8478, #6fc0b4);
    --conv-tag-5: light-dark(#3a77a8, #82b6df);  --conv-tag-6: light-dark(#5b63b0, #a3a9e6);
    --conv-tag-7: light-dark(#96548f, #d197cb);  --conv-tag-8: light-dark(#77726a, #a7a9ae);
    --conv-face-1: light-dark(#e9e1d6, #3b362f); --conv-face-2: light-dark(#dfe5d9, #313a30);
    --conv-face-3: light-dark(#d9e4e8, #2d383d); --conv-face-4: light-dark(#e0e0ec, #34353f);
    --conv-face-5: light-dark(#ecdee1, #3e3236); --conv-face-6: light-dark(#ebe4cd, #3a3729);
    --conv-font: ui-sans-serif, -apple-system, BlinkMacSystemFont, "Segoe UI Variable Text", "Segoe UI", Inter, Roboto,
      "Helvetica Neue", "Liberation Sans", "Noto Sans", "Noto Sans Arabic", Arial, sans-serif;
    --conv-font-mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "Liberation Mono", monospace;
    --conv-scale: 1;
    --conv-1: 4px;
    --conv-2: 8px;
    --conv-3: 12px;
    --conv-4: 16px;
    --conv-5: 20px;
    --conv-6: 24px;
    --conv-8: 32px;
    --conv-12: 48px;
    --conv-row: 72px;
    --conv-bar: 48px;
    --conv-button: 28px;
    --conv-button-lg: 32px;
    --conv-pool-width: 368px;
    --conv-panel-width: 296px;
    --conv-message-width: 520px;
    --conv-radius-sm: 4px;
    --conv-radius-md: 6px;
    --conv-radius-lg: 8px;
    --conv-radius-xl: 12px;
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
  :where([data-density="compact"]) { --conv-row: 52px; --conv-bar: 44px; --conv-5: 16px; }
  @media (pointer: coarse) { :where(:root) { --conv-button: 40px; --conv-button-lg: 44px; --conv-row: 80px; } }
  @media (prefers-reduced-motion: reduce) {
    :where(:root) { --conv-fast: 0ms; --conv-swift: 0ms; --conv-slow: 0ms; --conv-pulse: 0ms; }
  }
  @media (prefers-contrast: more) {
    :where(:root) {
      --conv-ink-2: light-dark(#2b2823, #dfe2e7); --conv-ink-3: light-dark(#4e4a43, #c3c7cd);
      --conv-line: light-dark(#a9a69f, #5b6068);  --conv-line-strong: light-dark(#69655e, #9a9ea6);
    }
  }
  @media (forced-colors: active) {
    :where(:root) {
      --conv-canvas: Canvas; --conv-surface: Canvas; --conv-raised: Canvas; --conv-sunken: Canvas; --conv-hover: Canvas; --conv-press: Canvas; --conv-button-face: ButtonFace;
      --conv-line: GrayText; --conv-line-strong: ButtonBorder; --conv-control: ButtonBorder;
      --conv-ink: CanvasText; --conv-ink-2: CanvasText; --conv-ink-3: CanvasText;
      --conv-accent: LinkText; --conv-accent-fill: Highlight; --conv-accent-press: Highlight; --conv-on-accent: HighlightText;
      --conv-focus: Highlight; --conv-agent: CanvasText; --conv-human: CanvasText; --conv-note: CanvasText; --conv-skill: CanvasText;
      --conv-handoff: CanvasText; --conv-urgent: CanvasText; --conv-good: CanvasText;
      --conv-agent-line: CanvasText; --conv-human-line: CanvasText; --conv-note-line: CanvasText; --conv-skill-line: CanvasText;
      --conv-handoff-line: CanvasText; --conv-urgent-line: CanvasText; --conv-accent-line: Highlight;
    }
  }
}`;

/** Documents that carry the tokens, and for how many connected elements. */
const holders = new WeakMap<Document, { sheet: CSSStyleSheet; count: number }>();

/** Lays the tokens under a document, once however many elements ask. Each call wants one `releaseTokens`. */
export function adoptTokens(document: Document): void {
  const held = holders.get(document);
  if (held) {
    held.count += 1;
    return;
  }
  const sheet = new (document.defaultView ?? window).CSSStyleSheet();
  sheet.replaceSync(tokens);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  holders.set(document, { sheet, count: 1 });
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
