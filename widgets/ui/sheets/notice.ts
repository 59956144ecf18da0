import { css } from 'lit';

/** A line across the top of a column: offline, something failed. */
export const noticeSheet = css`
.notice { display: flex; align-items: center; gap: 8px; padding: 8px 16px; font-size: var(--_fs-md); border-block-end: var(--conv-stroke) solid var(--conv-line); background: var(--conv-sunken); }
.notice.copper { background: var(--conv-handoff-tint); border-color: var(--conv-handoff-line); }
.notice.copper > .i { color: var(--conv-handoff); }
.notice.madder { background: var(--conv-urgent-tint); border-color: var(--conv-urgent-line); }
.notice.madder > .i { color: var(--conv-urgent); }
`;
