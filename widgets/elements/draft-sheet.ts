import { css } from 'lit';

/** What the look of a draft leaves to its element: the field that is written in, and what went wrong. */
export const draftOwnSheet = css`
:host { display: block; container: draft / inline-size; }
@container draft (width < 480px) { kbd { display: none; } }
.draft:focus { outline: none; }
.draft:focus-visible { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: 1px; }
.said { white-space: pre-wrap; overflow-wrap: anywhere; }
.draft-head > .cut { flex: 0 1 auto; }
.draft-head > .dim { flex: 1 100 0; }
.draft-head > .btn, .draft-head > .push { flex: none; }
textarea.draft-text { display: block; inline-size: 100%; border: 0; background: none; resize: none; color: var(--conv-ink); font-family: inherit; }
.draft:has(textarea:focus) { border-color: var(--conv-accent); outline: 3px solid var(--conv-accent-tint); outline-offset: 0; }
.draft-refusal { padding: 0 12px 8px; color: var(--conv-urgent); font-size: var(--_fs-sm); line-height: 16px; }
.draft-acts .btn { max-inline-size: 100%; }
.draft-why { flex: 1; min-inline-size: 160px; }
.draft .translated { display: flex; align-items: baseline; gap: 4px; margin: 0; padding: 0 12px 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); }
.draft .translated .i { flex: none; align-self: center; }
.draft-read { color: var(--conv-ink-2); }
.draft-read > p:not(.translated) { padding-inline: 12px; }
.draft-end { block-size: 8px; }
.draft-sent { margin: 0 12px 10px; padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); color: var(--conv-ink-2); font-size: var(--_fs-lg); }
`;
