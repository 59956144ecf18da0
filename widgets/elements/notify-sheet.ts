import { css } from 'lit';
import type { StoreElement } from '../store/element.ts';

const { styleSheet } = css`
.pool-news .news { max-block-size: min(460px, 70vh); overflow-y: auto; }
.news p > bdi { color: var(--conv-ink); font-weight: 600; }
.told { inline-size: 100%; border-collapse: collapse; }
.told th, .told td { padding: 6px 0; border-block-end: var(--conv-stroke) solid var(--conv-line); font-weight: 400; text-align: center; }
.told thead :is(th, td) { color: var(--conv-ink-3); font-size: var(--_fs-sm); inline-size: 64px; }
.told thead td:first-child { inline-size: auto; text-align: start; }
.told th[scope=row] { text-align: start; }
.told .box { vertical-align: middle; }
.told-hint { margin-block-start: 4px; }
`;

/** Gives a pool the looks of its notifications and of the operator's own settings, once they are fetched. */
export function adoptNotifySheet({ shadowRoot: root }: StoreElement): void {
  if (root && styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
