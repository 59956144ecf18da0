import { css } from 'lit';

/** A telephone call in a conversation: how long it was, and who said what when. */
export const callSheet = css`
:host { display: block; min-inline-size: 0; }
.call-head { display: flex; align-items: center; gap: 6px; font-size: var(--_fs-md); }
.call-head .i { color: var(--conv-ink-3); }
.live { color: var(--conv-agent); font-weight: 500; }
.transcript { display: grid; grid-template-columns: auto auto minmax(0, 1fr); gap: 2px 12px; margin-block: 4px; font-size: var(--_fs-md); }
.transcript > div { display: contents; }
.transcript dt { display: contents; color: var(--conv-ink-3); }
.transcript time { color: var(--conv-ink-3); text-align: end; }
.transcript dt bdi { color: var(--conv-ink-2); overflow-wrap: anywhere; }
.transcript dd { min-inline-size: 0; overflow-wrap: anywhere; }
.call-note { margin-block-start: 6px; padding-block-start: 6px; border-block-start: var(--conv-stroke) solid var(--conv-line); font-size: var(--_fs-md); white-space: pre-wrap; overflow-wrap: anywhere; }
.call-note b { font-weight: 500; color: var(--conv-ink-3); }
.linkish { font-size: var(--_fs-sm); }
.translated { display: flex; align-items: baseline; gap: 4px; margin-block: 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.translated .i { flex: none; align-self: center; }
`;
