import { css } from 'lit';

/** Text fields, selects, checkboxes, radios, switches and segmented controls. */
export const fieldsSheet = css`
.field {
  inline-size: 100%; min-block-size: var(--conv-button-lg); padding: 5px 10px; border: var(--conv-stroke) solid var(--conv-control); border-radius: var(--conv-radius-md);
  background: var(--conv-surface); color: var(--conv-ink); font-size: var(--_fs-md); line-height: 20px;
}
textarea.field { padding-block: 7px; resize: vertical; }
.field:focus-within { outline: var(--conv-focus-width) solid var(--conv-focus); outline-offset: -1px; border-color: transparent; }
.field.sm { min-block-size: var(--conv-button); padding-block: 3px; }
.with-icon { position: relative; display: block; min-inline-size: 0; }
.with-icon > .i { position: absolute; inset-inline-start: 8px; inset-block-start: calc(50% - 8px); color: var(--conv-ink-3); pointer-events: none; }
.with-icon > .field { padding-inline-start: 30px; text-overflow: ellipsis; }
.with-icon > kbd { position: absolute; inset-inline-end: 6px; inset-block-start: calc(50% - 8px); }
.label { display: block; margin-block-end: 4px; font-weight: 500; }
.label small, .hint { font-size: var(--_fs-sm); line-height: 16px; color: var(--conv-ink-3); font-weight: 400; }
select.field { appearance: none; padding-inline-end: 28px; background-image: linear-gradient(45deg, transparent 50%, var(--conv-ink-3) 50%), linear-gradient(-45deg, transparent 50%, var(--conv-ink-3) 50%);
  background-size: 5px 5px; background-position: right 14px center, right 9px center; background-repeat: no-repeat; }
select.field:dir(rtl) { background-position: left 9px center, left 14px center; }
input[type="checkbox"].box, input[type="radio"].box {
  appearance: none; flex: none; display: inline-grid; place-items: center; inline-size: 16px; block-size: 16px; margin: 0; border: 1.5px solid var(--conv-control); border-radius: var(--conv-radius-sm); background: var(--conv-surface); cursor: pointer;
}
input[type="radio"].box { border-radius: 50%; }
.box:checked, .box.is-mixed { border-color: transparent !important; background: var(--conv-accent-fill) !important; }
.box[type="checkbox"]:checked::after {
  content: ""; inline-size: 9px; block-size: 5px; margin-block-start: -3px; border: solid var(--conv-on-accent);
  border-width: 0 0 1.75px 1.75px; rotate: -45deg;
}
.box.is-mixed::after {
  content: "" !important; inline-size: 8px !important; block-size: 0 !important; margin: 0 !important; rotate: 0deg !important;
  border: solid var(--conv-on-accent) !important; border-width: 0 0 1.75px !important;
}
.box[type="radio"]:checked::after { content: ""; inline-size: 6px; block-size: 6px; border-radius: 50%; background: var(--conv-on-accent); }
.switch {
  appearance: none; flex: none; position: relative; inline-size: 28px; block-size: 16px; margin: 0; border-radius: var(--conv-radius-round);
  border: 1.5px solid var(--conv-control); background: var(--conv-surface); cursor: pointer;
  transition: background-color var(--conv-fast);
}
.switch::after { content: ""; position: absolute; inset-block-start: 2px; inset-inline-start: 2px; inline-size: 9px; block-size: 9px; border-radius: 50%; background: var(--conv-control); }
.switch::before { content: ""; position: absolute; inset: -6px -2px; }
.switch:checked { border-color: transparent; background: var(--conv-accent-fill); }
.switch:checked::after { inset-inline-start: 14px; background: var(--conv-on-accent); }
.seg { display: inline-flex; gap: 2px; padding: 2px; border-radius: var(--conv-radius-lg); background: var(--conv-press); }
.seg > button {
  min-block-size: 24px; padding: 0 10px; border: 0; border-radius: var(--conv-radius-md); background: none; color: var(--conv-ink-2);
  font-weight: 500; cursor: pointer; display: inline-flex; align-items: center; gap: 6px; white-space: nowrap;
}
.seg > button[aria-pressed="true"] { background: var(--conv-chosen); color: var(--conv-ink); box-shadow: var(--conv-shadow-1); }
@media (forced-colors: active) {
  select.field { appearance: auto; }
}
`;
