import { css } from 'lit';

/** The command palette, popovers and notifications. */
export const paletteSheet = css`
.palette { max-inline-size: 560px; inline-size: 100%; border-radius: var(--conv-radius-xl); background: var(--conv-raised); box-shadow: var(--conv-shadow-3); overflow: hidden; }
.palette > label { display: flex; align-items: center; gap: 10px; padding: 0 16px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.palette > label:focus-within { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -2px; border-radius: var(--conv-radius-xl) var(--conv-radius-xl) 0 0; }
.palette > label .i { color: var(--conv-ink-3); }
.palette input { flex: 1; min-inline-size: 0; padding: 12px 0; border: 0; background: none; outline: none; font-size: var(--_fs-xl); line-height: 24px; }
.palette .menu-list { padding: 4px 8px 8px; }
.palette .menu-item { min-block-size: 32px; }
.palette mark { background: none; color: var(--conv-accent); font-weight: 600; }
.popover {
  inline-size: 376px; max-inline-size: 100%; border-radius: var(--conv-radius-lg); background: var(--conv-raised);
  box-shadow: var(--conv-shadow-2); --under: var(--conv-raised); overflow: hidden;
}
.popover > header { display: flex; align-items: center; gap: 8px; padding-block: 8px; padding-inline: 16px 8px; border-block-end: var(--conv-stroke) solid var(--conv-line); }
.popover > header h3 { font-weight: 600; }
.news a {
  position: relative; display: grid; grid-template-columns: 24px minmax(0, 1fr) auto; gap: 0 10px; padding: 10px 16px; color: inherit;
  text-decoration: none; border-block-end: var(--conv-stroke) solid var(--conv-line);
}
.news li:last-child a { border: 0; }
.news a:hover { background: var(--conv-hover); }
.news p { color: var(--conv-ink-2); }
.news p b { color: var(--conv-ink); }
.news small { display: block; font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.news time { color: var(--conv-ink-3); font-size: var(--_fs-sm); }
.news .is-new::before {
  content: ""; position: absolute; inset-inline-start: 5px; inset-block-start: 18px; inline-size: 6px; block-size: 6px;
  border-radius: 50%; background: var(--conv-accent);
}
.news .spot { display: grid; place-items: center; inline-size: 24px; block-size: 24px; }
.news .spot.copper { color: var(--conv-handoff); }
.news .spot.madder { color: var(--conv-urgent); }
`;
