import { css } from 'lit';

/** The composer: reply, note, files, and the lock while an agent is in control. */
export const composerSheet = css`
.composer { margin: 0 16px 16px; border: var(--conv-stroke) solid var(--conv-control); border-radius: var(--conv-radius-lg); background: var(--conv-surface); transition: border-color var(--conv-fast); }
.composer:focus-within { border-color: var(--conv-accent); outline: 3px solid var(--conv-accent-tint); outline-offset: 0; }
.composer-head { display: flex; align-items: center; gap: 2px; padding-inline: 6px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.composer-head > [role="tablist"] { display: flex; }
.composer-head .tab { flex: none; min-block-size: 34px; padding: 6px 8px; }
.composer-head .tab[aria-selected="true"]::after { inset-inline: 8px; }
.composer-line {
  display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 3px 12px; border-block-end: var(--conv-stroke) solid var(--conv-line);
  font-size: var(--_fs-md); color: var(--conv-ink-3); min-block-size: 32px;
}
.composer-line input { flex: 1; min-inline-size: 0; border: 0; background: none; padding: 4px 0; color: var(--conv-ink); outline: none; font-weight: 500; }
.composer-text { padding: 8px 12px; min-block-size: 56px; font-size: var(--_fs-lg); line-height: 20px; outline: none; overflow-wrap: anywhere; }
.composer-text.is-empty { color: var(--conv-ink-3); }
.caret { display: inline-block; inline-size: 1.5px; block-size: 16px; margin-inline: 1px; vertical-align: -3px; background: var(--conv-ink); }
.files { display: flex; flex-wrap: wrap; gap: 6px; padding: 0 12px 8px; }
.attached {
  position: relative; display: inline-flex; align-items: center; gap: 6px; block-size: 28px; padding-inline: 8px 2px;
  border-radius: var(--conv-radius-md); background: var(--conv-sunken); font-size: var(--_fs-sm); overflow: hidden;
}
.attached .i { color: var(--conv-ink-3); }
.attached .dim { font-variant-numeric: tabular-nums; unicode-bidi: plaintext; }
.attached .btn { --h: 24px; }
.attached progress { position: absolute; inset-inline: 0; inset-block-end: 0; block-size: 2px; inline-size: 100%; appearance: none; border: 0; background: var(--conv-line); }
.attached progress::-webkit-progress-bar { background: var(--conv-line-strong); }
.attached progress::-webkit-progress-value { background: var(--conv-accent); }
.attached progress::-moz-progress-bar { background: var(--conv-accent); }
.composer-foot { display: flex; align-items: center; gap: 2px; padding: 4px 6px 6px; }
.composer-foot .hint { margin-inline-end: 8px; }
.composer.note-mode { background: var(--conv-note-tint); border-color: var(--conv-note-line); }
.composer.note-mode .composer-head { border-color: var(--conv-note-line); }
.composer.note-mode .tab[aria-selected="true"]::after { background: var(--conv-note); }
.composer.note-mode .tab[aria-selected="true"] { color: var(--conv-note); }
.composer.note-mode:focus-within { border-color: var(--conv-note); outline-color: var(--conv-note-tint); }
.composer.locked { border-color: var(--conv-agent-line); background: var(--conv-surface); }
.composer.locked .composer-head { border-color: var(--conv-agent-line); background: var(--conv-agent-tint); border-radius: calc(var(--conv-radius-lg) - 1px) calc(var(--conv-radius-lg) - 1px) 0 0; }
.composer.locked .tab[aria-selected="true"]::after { background: var(--conv-agent); }
.composer.locked .tab[aria-selected="true"] { color: var(--conv-agent); }
.lock { display: flex; align-items: center; gap: 12px; padding: 12px; }
.lock > p { color: var(--conv-ink-2); min-inline-size: 0; flex: 1; }
.lock > p strong { color: var(--conv-ink); display: block; }
.lock-reason { display: flex; gap: 8px; padding: 0 12px 12px; }
.lock-reason .field { flex: 1; }
@container thread (width < 560px) {
  .lock { flex-wrap: wrap; }
  .lock > .btn { flex: 1 1 100%; }
  .composer { margin: 0 8px 8px; }
}
.above-composer { display: flex; align-items: center; gap: 8px; min-block-size: 24px; padding: 0 20px 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
.composer-warn {
  display: flex; align-items: center; gap: 8px; padding-block: 8px; padding-inline: 12px 8px;
  border-block-end: var(--conv-stroke) solid var(--conv-handoff-line); border-radius: calc(var(--conv-radius-lg) - 1px) calc(var(--conv-radius-lg) - 1px) 0 0; background: var(--conv-handoff-tint);
  color: var(--conv-ink-2);
}
.composer-warn b { color: var(--conv-ink); }
.composer-warn > .i { color: var(--conv-handoff); }
.composer-warn .btn { margin-inline-start: auto; }.two { min-inline-size: 0; }
.two b { display: block; font-weight: 500; }
.two small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media (forced-colors: active) { .attached { border: 1px solid ButtonBorder; } }
`;
