import { css } from 'lit';

/** A draft: dashed, because nobody has said it yet. */
export const draftSheet = css`
.draft { border: 1.5px dashed var(--conv-agent); border-radius: var(--conv-radius-lg); background: var(--conv-surface); }
.draft-head { display: flex; align-items: center; gap: 8px; padding-block: 8px 0; padding-inline: 12px 8px; min-block-size: 36px; }
.draft-head h3 { font-weight: 600; color: var(--conv-agent); }
.draft-head > .dim { font-size: var(--_fs-sm); }
.draft-text { padding: 8px 12px 10px; font-size: var(--_fs-lg); line-height: 20px; outline: none; }
.draft-text p + p { margin-block-start: 8px; }
.draft.is-edited { border-color: var(--conv-accent); }
ins, del { border-radius: var(--conv-radius-xs); text-decoration-thickness: 1px; }
ins {
  background: var(--conv-accent-tint); color: var(--conv-accent); text-decoration: underline;
  text-decoration-color: var(--conv-accent); text-underline-offset: 3px; box-shadow: 0 0 0 var(--conv-stroke) var(--conv-accent-tint);
}
del { color: var(--conv-ink-3); text-decoration: line-through; }
.because { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 12px; padding: 0 12px 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.because > * { min-block-size: 24px; display: inline-flex; align-items: center; }
.draft-acts { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; padding: 8px; border-block-start: var(--conv-stroke) solid var(--conv-line); }
.draft.is-settled { border-style: solid; border-width: 1px; border-color: var(--conv-line-strong); }
.is-settled .draft-head h3 { color: var(--conv-ink-2); }
.is-settled .draft-text { color: var(--conv-ink-3); }
.draft-note {
  display: flex; align-items: flex-start; gap: 8px; padding: 8px 12px; border-block-end: var(--conv-stroke) solid var(--conv-handoff-line);
  background: var(--conv-handoff-tint); border-radius: var(--conv-radius-md) var(--conv-radius-md) 0 0; color: var(--conv-ink-2);
}
.draft-note b { color: var(--conv-ink); }
.draft-note > .i { margin-block-start: 2px; color: var(--conv-handoff); }
.draft-note .btn { margin-inline-start: auto; }
`;
