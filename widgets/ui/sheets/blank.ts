import { css } from 'lit';

/** Empty, failed and loading: what stands where nothing is yet. */
export const blankSheet = css`
.empty { display: grid; justify-items: center; gap: 4px; padding: 48px 24px; text-align: center; text-wrap: balance; color: var(--conv-ink-2); }
.empty > svg:first-child { margin-block-end: 12px; color: var(--conv-ink-3); }
.empty h3 { font-size: var(--_fs-lg); font-weight: 600; color: var(--conv-ink); }
.empty .acts { display: flex; gap: 8px; margin-block-start: 12px; flex-wrap: wrap; justify-content: center; }
.bone { display: block; block-size: 10px; border-radius: var(--conv-radius-xs); background: var(--conv-press); }
.bone.face-bone { inline-size: 32px; block-size: 32px; border-radius: 50%; }
.bones { display: grid; align-content: center; gap: 10px; }
@media (forced-colors: active) { .bone { forced-color-adjust: none; background: GrayText; } }
.row > .face-bone { margin-block-start: 5px; }
.empty > .hint { margin-block-start: 8px; font-size: var(--_fs-sm); line-height: 16px; }
`;
