import { css } from 'lit';
import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { optionsSheet } from '../ui/sheets/options.ts';
import { threadSheet } from '../ui/sheets/thread.ts';
import { refusalSheet } from './dialog-sheet.ts';

/** What the look leaves to the frame round the lines of a conversation. */
const ownSheet = css`
:host { block-size: 100%; min-block-size: 0; }
.middle { flex: 1; display: grid; place-content: center; }
.keys { display: flex; flex-wrap: wrap; justify-content: center; gap: 12px; }
.control { min-inline-size: 0; max-inline-size: 160px; }
.presence .face + .face { margin-inline-start: -8px; box-shadow: 0 0 0 2px var(--conv-surface); }
.only-narrow-sr { display: none; }
.bones-of { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; gap: 20px; padding: 20px; }
.bone-line { display: grid; gap: 8px; inline-size: 60%; }
.bone-line.team { align-self: flex-end; justify-items: end; }
.bone-line .bone:first-child { inline-size: 30%; }
.bone-line .bone:last-child { inline-size: 100%; block-size: 40px; border-radius: var(--conv-radius-lg); }
@media print {
  :host, conv-log { display: block; block-size: auto !important; }
  conv-composer, handoff-banner, .thread-tools { display: none; }
}
@container thread (width < 560px) {
  .only-narrow-sr { display: inline; position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
`;

/** Everything that an open conversation is dressed in. */
export const threadSheets = [
  buttonsSheet,
  facesSheet,
  marksSheet,
  fieldsSheet,
  menuSheet,
  dialogSheet,
  optionsSheet,
  noticeSheet,
  blankSheet,
  threadSheet,
  refusalSheet,
  ownSheet,
];
