import { css } from 'lit';
import { plainFacesSheet } from './plain-faces.ts';

/** Circles for people, rounded squares for agents, and the mark of a channel on a contact's face. */
export const facesSheet = css`
${plainFacesSheet}
.bot.is-off { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control); color: var(--conv-ink-3); }
.bot.is-off img { filter: grayscale(1); }
.s16 { --s: 16px; font-size: calc(var(--s) * .56); }
.s20 { --s: 20px; font-size: calc(var(--s) * .5); }
.s24 { --s: 24px; }
.s40 { --s: 40px; font-size: calc(var(--s) * .35); }
.face-channel {
  position: absolute; inset-block-end: -5px; inset-inline-end: -8px; display: grid; place-items: center;
  inline-size: 18px; block-size: 18px; border-radius: 50%; background: var(--under, var(--conv-canvas)); color: var(--conv-ink-2);
}
@media (forced-colors: active) { .face-channel { border: 0; } }
`;
