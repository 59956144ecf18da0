import { css } from 'lit';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { paletteSheet } from '../ui/sheets/palette.ts';

/** What the palette looks like: near the top of the window, so that it does not move as its list grows. */
export const paletteSheets = [
  buttonsSheet,
  facesSheet,
  marksSheet,
  menuSheet,
  paletteSheet,
  css`
.palette { margin: min(12vh, 96px) auto auto; padding: 0; border: 0; inset: 0; inline-size: calc(100% - 32px); color: var(--conv-ink); }
.palette .menu-list { max-block-size: min(56vh, 440px); overflow-y: auto; }
.palette .menu-item > .cut { flex: none; max-inline-size: 70%; }
.palette .menu-item > .hint { flex: 1; min-inline-size: 0; color: var(--conv-ink-3); font-size: var(--_fs-sm); }
.palette .menu-item.is-active { background: var(--conv-hover); }
.palette .none { padding: 12px 20px 16px; }
@media (forced-colors: active) { .palette { border: 1px solid CanvasText; } .palette .is-active { outline: 1px solid Highlight; outline-offset: -1px; } }
`,
];
