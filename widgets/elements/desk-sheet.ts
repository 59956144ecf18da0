import { blankSheet } from '../ui/sheets/blank.ts';
import { buttonsSheet } from '../ui/sheets/buttons.ts';
import { dialogSheet } from '../ui/sheets/dialog.ts';
import { facesSheet } from '../ui/sheets/faces.ts';
import { fieldsSheet } from '../ui/sheets/fields.ts';
import { marksSheet } from '../ui/sheets/marks.ts';
import { menuSheet } from '../ui/sheets/menu.ts';
import { noticeSheet } from '../ui/sheets/notice.ts';
import { optionsSheet } from '../ui/sheets/options.ts';

/** What the pool and what stands beside a conversation are dressed in alike. */
export const deskSheets = [blankSheet, buttonsSheet, dialogSheet, facesSheet, fieldsSheet, marksSheet, menuSheet, noticeSheet, optionsSheet];
