import { css } from 'lit';

/** Menus, their items, headings and hairlines. */
export const menuSheet = css`
.menu { min-inline-size: 216px; padding: 4px; border-radius: var(--conv-radius-lg); background: var(--conv-raised); box-shadow: var(--conv-shadow-2); }
.menu-item {
  display: flex; align-items: center; gap: 8px; inline-size: 100%; min-block-size: 28px; padding: 4px 8px; border: 0;
  border-radius: var(--conv-radius-md); background: none; text-align: start; cursor: pointer; color: var(--conv-ink);
  text-decoration: none;
}
.menu-item > .i { color: var(--conv-ink-2); }
.menu-item > kbd, .menu-item > .end { margin-inline-start: auto; }
.menu-item:hover, .menu-item.is-active { background: var(--conv-hover); }
.menu-item.danger, .menu-item.danger > .i { color: var(--conv-urgent); }
.menu-item[aria-disabled="true"] { color: var(--conv-ink-3); cursor: not-allowed; }
.menu-item[aria-disabled="true"] > .i { color: inherit; }
.menu hr { block-size: 1px; margin: 4px 0; border: 0; background: var(--conv-line); }
.menu-head { padding: 6px 8px 4px; font-size: var(--_fs-sm); line-height: 16px; font-weight: 500; color: var(--conv-ink-3); }
@media (forced-colors: active) {
  .menu-item.is-active { outline: 1px solid Highlight; outline-offset: -1px; }
}
@media (forced-colors: active) { .menu { border: 1px solid CanvasText; } }
.menu[popover], .popover[popover] {
  inset: auto; margin: 0; border: 0; inline-size: max-content; max-inline-size: min(376px, calc(100vw - 16px)); color: var(--conv-ink);
  overflow-y: auto; overscroll-behavior: contain; opacity: 0; transition: opacity var(--conv-swift) var(--conv-ease), translate var(--conv-swift) var(--conv-ease); translate: 0 -4px;
}
.menu[popover].is-placed, .popover[popover].is-placed { opacity: 1; translate: 0 0; }
.menu-item:focus { background: var(--conv-hover); }
.menu-item.has-hint { align-items: flex-start; }
.menu-item .hint { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); }
@media (forced-colors: active) { .menu-item:focus { outline: 1px solid Highlight; outline-offset: -1px; } .menu[popover], .popover[popover] { border: 1px solid CanvasText; } }
`;
