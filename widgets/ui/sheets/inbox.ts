import { css } from 'lit';

/** The three columns, by the width of the element. */
export const inboxSheet = css`
:host { block-size: 100%; container: inbox / inline-size; background: var(--conv-canvas); }
.inbox { display: grid; block-size: 100%; grid-template: 100% / var(--conv-pool-width) minmax(0, 1fr) var(--conv-panel-width); }
.inbox > * { min-block-size: 0; }
@container inbox (width < 1120px) {
  .inbox { grid-template-columns: 320px minmax(0, 1fr); }
  .inbox > .side { display: none; }
}
@container inbox (width < 760px) {
  .inbox { grid-template-columns: minmax(0, 1fr); }
  .inbox[data-pane="thread"] > conv-pool, .inbox[data-pane="pool"] > conv-thread { display: none; }
}
@container inbox (width >= 760px) { .only-narrow { display: none !important; } }
`;
