import { css } from 'lit';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { composerSheet } from '../ui/sheets/composer.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { tabsSheet } from '../ui/sheets/tabs.ts';

/** What the look of the composer leaves to its element: a real text field, the list of people, narrow forms. */
const ownSheet = css`
:host { display: block; position: relative; container: thread / inline-size; }
.composer { position: relative; }
.write { display: flex; }
.composer-head > .push { display: inline-flex; align-items: center; padding-inline-end: 6px; }
.by { display: inline-flex; align-items: center; gap: 4px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-2); font-weight: 500; }
.handle { font-size: var(--_fs-sm); color: var(--conv-ink-3); max-inline-size: 200px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
textarea.composer-text { display: block; inline-size: 100%; border: 0; background: none; resize: none; color: var(--conv-ink); font-family: inherit; }
.mentions { position: absolute; inset-block-end: calc(100% + 4px); inset-inline-start: 32px; inline-size: 256px; z-index: 4; }
/* A name and, below it, how it begins. */
.mentions.quick { max-inline-size: calc(100% - 40px); inline-size: 328px; max-block-size: 320px; overflow-y: auto; }
.quick .two { display: block; min-inline-size: 0; }
.quick .two > * { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 500; }
.quick .two small { font-size: var(--_fs-sm); line-height: 16px; font-weight: 400; color: var(--conv-ink-2); }
.hint.bad { color: var(--conv-urgent); }
.composer-warn > .cut { flex: 1; }
.composer-line .chip { min-inline-size: 0; max-inline-size: 100%; }
.lock { padding-block-end: 8px; }
.lock.silent { flex-wrap: wrap; padding-block-end: 12px; }
.lock.silent > p { flex: 1 1 240px; }
.above-composer b { color: var(--conv-ink); }
.only-narrow { display: none; }
.composer-foot { flex-wrap: wrap; }
.composer-foot .rule { inline-size: 1px; align-self: stretch; margin: 6px 4px; background: var(--conv-line); }
.emoji .popover { padding: 0; border-radius: var(--conv-radius-lg); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); }
/* As large as it will be, before it has been fetched: it is put in its place at once. */
conv-emoji { display: block; inline-size: 296px; block-size: 284px; }
.emoji .popover:popover-open { inline-size: auto; }
.quoted { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 0 12px 8px; font-size: var(--_fs-sm); }
.quoted > .btn { --h: 24px; inline-size: 32px; }
.original { flex-basis: 100%; max-block-size: 160px; overflow-y: auto; color: var(--conv-ink-2); }
.drop-zone {
  position: absolute; inset: 0; z-index: 3; display: flex; align-items: center; justify-content: center; gap: 8px; pointer-events: none;
  border: 2px dashed var(--conv-accent); border-radius: inherit; background: var(--conv-accent-tint); color: var(--conv-accent); font-weight: 500;
}
.original[hidden] { display: none; }
.original > p { margin: 4px 0; }
.original > blockquote { margin: 0; padding-inline-start: 10px; border-inline-start: 2px solid var(--conv-line-strong); white-space: pre-wrap; overflow-wrap: anywhere; }
.until { display: flex; align-items: center; gap: 6px; margin: 0; padding: 0 12px 8px; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); font-variant-numeric: tabular-nums; }
.until.soon { color: var(--conv-handoff); font-weight: 500; }
.until .i { color: inherit; }
.outgoing { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin: 4px 8px 0; padding: 6px 10px; border-radius: var(--conv-radius-md); background: var(--conv-accent-tint); font-size: var(--_fs-sm); line-height: 16px; }
.outgoing > span { flex: 1 1 200px; }
.outgoing .was { flex-basis: 100%; max-block-size: 64px; margin: 0; overflow-y: auto; color: var(--conv-ink-2); white-space: pre-wrap; overflow-wrap: anywhere; }
@container thread (width < 560px) {
  .hide-narrow { display: none !important; }
  .only-narrow { display: grid; }
  .unseen-narrow { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .lock-reason { flex-wrap: wrap; }
  .lock-reason > * { flex: 1 1 100%; }
  .may-shrink { padding: 0; inline-size: var(--h); }
}
.ask-first {
  display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; margin: 4px 8px 0; padding: 6px 8px 6px 10px; border-radius: var(--conv-radius-md); background: var(--conv-note-tint); box-shadow: inset 0 0 0 var(--conv-stroke) var(--conv-note-line);
}
.ask-first > span { flex: 1 1 220px; }
`;

/** All that the composer looks by. */
export const composerSheets = [buttonsSheet, facesSheet, fieldsSheet, marksSheet, menuSheet, tabsSheet, composerSheet, ownSheet];
