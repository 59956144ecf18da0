import { css } from 'lit';

/** Circles for people and rounded squares for agents, in the sizes that a visitor sees. */
export const plainFacesSheet = css`
.face, .bot {
  --s: 24px;
  flex: none; position: relative; display: inline-grid; place-items: center; inline-size: var(--s); block-size: var(--s);
  border-radius: 50%; background: var(--conv-face-4); color: var(--conv-ink);
  font-size: calc(var(--s) * .4); font-weight: 600; line-height: 1; letter-spacing: .01em; user-select: none; text-decoration: none;
}
.bot { border-radius: 29%; background: var(--conv-agent-fill); color: var(--conv-on-fill); }
:is(.face, .bot) > img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; border-radius: inherit; object-fit: cover; background: var(--conv-surface); }
img[data-new] { opacity: 0; }
.s18 { --s: 18px; font-size: calc(var(--s) * .5); }
.s28 { --s: 28px; }
.s32 { --s: 32px; }
.f1 { background: var(--conv-face-1); }
.f2 { background: var(--conv-face-2); }
.f3 { background: var(--conv-face-3); }
.f4 { background: var(--conv-face-4); }
.f5 { background: var(--conv-face-5); }
.f6 { background: var(--conv-face-6); }
@media (forced-colors: active) {
  .face, .bot { border: 1px solid CanvasText; }
}
`;
