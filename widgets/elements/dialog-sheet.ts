import { css } from 'lit';

/** What dialogs say in place when they are refused. */
export const refusalSheet = css`
.refusal { color: var(--conv-urgent); }
.option b, .option small { overflow-wrap: anywhere; }
`;
