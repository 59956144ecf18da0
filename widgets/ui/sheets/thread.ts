import { css } from 'lit';

/** The thread's frame: head, scroller and log. */
export const threadSheet = css`
:host { display: flex; flex-direction: column; background: var(--conv-surface); container: thread / inline-size; --under: var(--conv-surface); position: relative; }
.thread-head { display: flex; align-items: center; gap: 8px; min-block-size: var(--conv-bar); padding-inline: 20px 12px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.thread-title { display: flex; align-items: baseline; gap: 8px; min-inline-size: 0; }
.thread-title h2 { font-size: var(--_fs-xl); line-height: 24px; font-weight: 600; letter-spacing: -.012em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.thread-title span { color: var(--conv-ink-3); }
.thread-tools { display: flex; align-items: center; gap: 4px; margin-inline-start: auto; flex: none; }
.control { display: inline-flex; align-items: center; gap: 6px; padding-inline: 4px 8px; font-weight: 500; }
.control.agent { color: var(--conv-agent); }
.presence { display: inline-flex; align-items: center; gap: 4px; color: var(--conv-ink-3); font-size: var(--_fs-sm); padding-inline: 4px; }
@container thread (width < 560px) {
  .hide-narrow { display: none !important; }
  .log { padding-inline: 12px; }
  .thread-head { padding-inline: 8px; }
}
.scroll { flex: 1; min-block-size: 0; overflow-y: auto; display: flex; flex-direction: column-reverse; scrollbar-width: thin; scrollbar-color: var(--conv-line-strong) transparent; }
.log { display: flex; flex-direction: column; padding: 12px 20px 16px; gap: 12px; margin-block-end: auto; min-block-size: 100%; justify-content: flex-end; }
`;
