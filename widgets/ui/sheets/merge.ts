import { css } from 'lit';

/** Two conversations that become one, and the snapshot of a ticket. */
export const mergeSheet = css`
.merge { display: grid; gap: 0; position: relative; }
.merge-side { display: grid; grid-template-columns: 32px minmax(0, 1fr) auto; gap: 0 14px; align-items: center; padding: 8px 0; --under: var(--conv-raised); }
.merge-side p { color: var(--conv-ink-3); font-size: var(--_fs-sm); line-height: 16px; }
.merge-arrow { display: flex; align-items: center; gap: 12px; color: var(--conv-ink-3); font-size: var(--_fs-sm); padding-inline-start: 8px; }
.merge-arrow::after { content: ""; flex: 1; block-size: 1px; background: var(--conv-line); }.snap { display: grid; gap: 8px; }
.snap li { display: grid; grid-template-columns: 18px minmax(0, 1fr); gap: 0 8px; align-items: start; }
`;
