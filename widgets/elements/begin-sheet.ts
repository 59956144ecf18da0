import { css } from 'lit';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { composerSheets } from './composer-sheet.ts';
import { refusalSheet } from './dialog-sheet.ts';

const ownSheet = css`
:host { container: none; }
.dialog.wide { max-inline-size: 620px; }
.dialog.wide > form > .dialog-cols { display: block; }
.dialog-body > :is(div, p), .dialog-body p { min-inline-size: 0; margin: 0; }
.composer { margin: 0; }
.composer-text { min-block-size: 120px; }
.dialog-foot { flex-wrap: wrap; }
.dialog-foot > .refusal { margin: 0; flex: 1 1 200px; }
.dialog-foot > .push { flex: 1; }
.refusal, .hint { margin-block: 4px 0; }
.people { max-block-size: 220px; overflow-y: auto; margin-block-start: 4px; padding: 4px; border: var(--conv-stroke) solid var(--conv-line); border-radius: var(--conv-radius-md); background: var(--conv-raised); }
.people .menu-item { min-block-size: 36px; }
.people .menu-item[aria-disabled='true'] { color: var(--conv-ink-3); }
.chosen { display: flex; align-items: center; gap: 8px; min-block-size: var(--conv-button-lg); padding: 4px 4px 4px 8px; border-radius: var(--conv-radius-md); background: var(--conv-sunken); }
.chosen:dir(rtl) { padding: 4px 8px 4px 4px; }
.chosen > .two { flex: 1; }
.chosen ~ .field { margin-block-start: 8px; }
.copies { border: var(--conv-stroke) solid var(--conv-control); border-radius: var(--conv-radius-md); overflow: hidden; }
.copies > mail-copies:last-of-type { margin-block-end: -1px; }
composer-templates { margin-inline: -12px; }
`;

/** All that the dialog of a new conversation looks by. */
export const beginSheets = [...composerSheets, dialogSheet, menuSheet, refusalSheet, ownSheet];
