import { css } from 'lit';

/** What the look of the composer leaves to its element: a real text field, the list of people, narrow forms. */
export const composerOwnSheet = css`
:host { display: block; position: relative; container: thread / inline-size; }
.composer { position: relative; }
.write { display: flex; }
.composer-head > .push { display: inline-flex; align-items: center; padding-inline-end: 6px; }
.by { display: inline-flex; align-items: center; gap: 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); font-weight: 500; }
.handle { font-size: var(--_fs-sm); color: var(--conv-ink-3); max-inline-size: 200px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
textarea.composer-text { display: block; inline-size: 100%; border: 0; background: none; resize: none; color: var(--conv-ink); font-family: inherit; }
.mentions { position: absolute; inset-block-end: calc(100% + 4px); inset-inline-start: 32px; inline-size: 256px; z-index: 4; }
.hint.bad { color: var(--conv-urgent); }
.composer-warn > .cut { flex: 1; }
.lock { padding-block-end: 8px; }
.lock.silent { flex-wrap: wrap; padding-block-end: 12px; }
.above-composer b { color: var(--conv-ink); }
.only-narrow { display: none; }
@container thread (width < 560px) {
  .hide-narrow { display: none !important; }
  .only-narrow { display: grid; }
  .unseen-narrow { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .lock-reason { flex-wrap: wrap; }
  .lock-reason > * { flex: 1 1 100%; }
  .may-shrink { padding: 0; inline-size: var(--h); }
}
`;
