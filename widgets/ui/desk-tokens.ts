/** The defaults of the tokens that only the operators' elements need; what stands in `tokens.ts` holds for them too. */
export const deskTokens = /* css */ `@layer convene.tokens {
  :where(:root) {
    --conv-contact: light-dark(#4e4a43, #b7bbc2);
    --conv-contact-tint: light-dark(#f2f0ec, #25282d);
    --conv-contact-line: transparent;
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
    --conv-good-tint: light-dark(#ecf5e9, #1f2a1d);
    --conv-good-line: light-dark(#c5dcc0, #3c5337);
    --conv-scrim: light-dark(#1e1b1852, #08090bb3);
    --conv-chosen: light-dark(#ffffff, #3b3f46);
    --conv-toast: light-dark(#26231f, #2f333a);
    --conv-on-toast: light-dark(#f6f6f3, #f1f2f4);
    --conv-toast-accent: #b9ccf8;
    --conv-paper: #ffffff;
    --conv-tag-1: light-dark(#b5553f, #e08e7a); --conv-tag-2: light-dark(#b07a1e, #dcae5c);
    --conv-tag-3: light-dark(#66812f, #a9c374); --conv-tag-4: light-dark(#2f8478, #6fc0b4);
    --conv-tag-5: light-dark(#3a77a8, #82b6df); --conv-tag-6: light-dark(#5b63b0, #a3a9e6);
    --conv-tag-7: light-dark(#96548f, #d197cb); --conv-tag-8: light-dark(#77726a, #a7a9ae);
    --conv-font-mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "Liberation Mono", monospace;
    --conv-button-lg: 32px;
    --conv-pool-width: 368px;
    --conv-panel-width: 296px;
    --conv-message-width: 520px;
  }
  @media (pointer: coarse) { :where(:root) { --conv-button-lg: 44px; } }
  @media (forced-colors: active) {
    :where(:root, :root *) {
      --conv-human: CanvasText !important; --conv-note: CanvasText !important; --conv-skill: CanvasText !important; --conv-toast: Canvas !important; --conv-on-toast: CanvasText !important; --conv-toast-accent: LinkText !important;
      --conv-agent-line: CanvasText !important; --conv-human-line: CanvasText !important; --conv-note-line: CanvasText !important; --conv-skill-line: CanvasText !important;
    }
  }
}`;
