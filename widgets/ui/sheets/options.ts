import { css } from 'lit';

/** Lists to choose one from, presence dots and asides. */
export const optionsSheet = css`
.options { display: grid; gap: 2px; margin-inline: -8px; }
.option { display: grid; grid-template-columns: auto auto minmax(0, 1fr) auto; gap: 0 10px; align-items: center; padding: 6px 8px; border-radius: var(--conv-radius-md); cursor: pointer; }
.option:hover { background: var(--conv-hover); }
.option:has(:checked) { background: var(--conv-accent-tint); }
.option:has(:focus) { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -2px; }
.option :focus-visible { outline: 0; }
.option b { display: block; font-weight: 500; }
.option small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.online { display: inline-block; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--conv-good); margin-inline-end: 5px; forced-color-adjust: none; }
.online.away { background: none; box-shadow: inset 0 0 0 1.5px var(--conv-control); }
.aside { display: flex; gap: 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.aside.copper > .i { color: var(--conv-handoff); }
`;
