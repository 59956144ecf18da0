import { css } from 'lit';
import { detailsSheet } from '../ui/sheets/details.ts';
import { deskSheets } from './desk-sheet.ts';
import { refusalSheet } from './dialog-sheet.ts';

const ownSheet = css`
:host { block-size: 100%; }
.contact-acts { display: flex; flex-wrap: wrap; gap: 6px; }
.panel-head { position: sticky; inset-block-start: 0; background: var(--conv-canvas); z-index: 1; }
.facts dd > .edit > .cut { min-inline-size: 0; }
.faces { display: flex; flex-wrap: wrap; gap: 4px; }
.tag-on { display: inline-flex; align-items: center; }
.tag-off {
  display: grid; place-items: center; inline-size: 24px; block-size: 24px; margin-inline: -2px -18px; padding: 0; border: 0; border-radius: var(--conv-radius-sm);
  background: none; color: var(--conv-ink-3); cursor: pointer; opacity: 0;
}
.tag-off:hover { color: var(--conv-ink); }
.tag-on:hover > .tag-off, .tag-off:focus-visible { opacity: 1; }
@media (pointer: coarse) { .tag-off { opacity: 1; margin-inline-end: -6px; } }
.tag-picker { inline-size: 240px; max-block-size: 320px; }
.tag-find { padding: 8px; position: sticky; inset-block-start: 0; background: var(--conv-raised); }
.tag-list { padding: 0 4px 4px; }
.tag-picker .menu-head { padding: 4px 12px 12px; }
.fields { margin-block-start: 8px; grid-template-columns: 88px minmax(0, 1fr); }
.fields dt:has(+ dd > form) { align-items: flex-start; padding-block-start: 9px; }
.fields .edit { max-inline-size: calc(100% + 6px); }
.fields .edit > .i:last-child { opacity: 0; }
.fields .edit:is(:hover, :focus-visible) > .i:last-child { opacity: 1; }
@media (pointer: coarse) { .fields .edit > .i:last-child { opacity: 1; } }
.contact-field { display: grid; gap: 6px; inline-size: 100%; padding-block: 4px; }
.contact-field.is-new { margin-block-start: 6px; }
.contact-field-acts, .contact-more { display: flex; gap: 4px; }
.contact-more { margin: 4px -6px 0; }
.contact-past { margin-block-start: 6px; }
.timeline.plain li { grid-template-columns: minmax(0, 1fr) auto; }
.timeline.plain li::before { content: none !important; }
.timeline.plain bdi, .timeline.plain q { overflow-wrap: anywhere; }
.who > .btn { align-self: flex-start; margin-inline-end: -6px; flex: none; }
.handles .opted { color: var(--conv-handoff); }
.others li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto; gap: 0 8px; align-items: center; min-block-size: 24px; }
.others .i { color: var(--conv-ink-3); }
.others .dim { font-size: var(--_fs-sm); }
.other { text-align: start; color: var(--conv-ink); font-weight: 400; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.sec > header .narrow-to { margin-inline: auto 0; color: var(--conv-ink-3); font-weight: 400; }
.sec > header .narrow-to ~ .btn { margin-inline-start: 0; }
.facts .playbook { display: grid; align-content: center; justify-items: start; min-block-size: 28px; }
.playbook > small { font-size: var(--_fs-sm); line-height: 16px; }
.facts .said { overflow-wrap: anywhere; }
.details-bones { display: grid; gap: 14px; padding: 20px 16px; }
`;

/** Everything that the side panel is dressed in. */
export const detailsSheets = [...deskSheets, refusalSheet, detailsSheet, ownSheet];
