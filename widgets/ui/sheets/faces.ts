import { css } from 'lit';

/** Circles for people, rounded squares for agents, and the mark of a channel on a contact's face. */
export const facesSheet = css`
.face, .bot {
  --s: 24px;
  flex: none; position: relative; display: inline-grid; place-items: center; inline-size: var(--s); block-size: var(--s);
  border-radius: 50%; background: var(--conv-face-4); color: var(--conv-ink);
  font-size: calc(var(--s) * .4); font-weight: 600; line-height: 1; letter-spacing: .01em; user-select: none; text-decoration: none;
}
.bot { border-radius: 29%; background: var(--conv-agent-fill); color: #fff; }
.bot.is-off { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control); color: var(--conv-ink-3); }
.s16 { --s: 16px; font-size: 9px; }
.s18 { --s: 18px; font-size: 9px; }
.s20 { --s: 20px; font-size: 10px; }
.s24 { --s: 24px; font-size: 10px; }
.s28 { --s: 28px; font-size: 11px; }
.s32 { --s: 32px; font-size: 12px; }
.s40 { --s: 40px; font-size: 14px; }
.f1 { background: var(--conv-face-1); }
.f2 { background: var(--conv-face-2); }
.f3 { background: var(--conv-face-3); }
.f4 { background: var(--conv-face-4); }
.f5 { background: var(--conv-face-5); }
.f6 { background: var(--conv-face-6); }
.face-channel {
  position: absolute; inset-block-end: -5px; inset-inline-end: -8px; display: grid; place-items: center;
  inline-size: 18px; block-size: 18px; border-radius: 50%; background: var(--under, var(--conv-canvas)); color: var(--conv-ink-2);
}
@media (forced-colors: active) {
  .face, .bot { border: 1px solid CanvasText; }
  .face-channel { border: 0; }
}
`;
