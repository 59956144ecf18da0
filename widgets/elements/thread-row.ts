import { html, type TemplateResult } from 'lit';
import type { Working } from '../../server/contract/conversation.ts';
import { dayMark } from '../ui/time.ts';
import { calledShort } from './called.ts';
import './draft-review.ts';
import { itemLine } from './thread-item.ts';
import { pendingLine } from './thread-message.ts';
import type { Row } from './thread-rows.ts';
import type { Setting } from './thread-setting.ts';
import { typingLine, workLine, type Stage } from './thread-work.ts';

/** Who is at it in a conversation now. */
export interface AtIt {
  readonly working: Working | null | undefined;
  /** What the agent at work has been seen at. */
  readonly stages: readonly Stage[];
  /** Its text as it grows. */
  readonly growing: string;
  /** Name of whoever types at the customer's end. */
  readonly typist: string | undefined;
}

/** One row of a conversation, by what it is. */
export function rowLine(row: Row, setting: Setting, { working, stages, growing, typist }: AtIt): TemplateResult {
  const { words } = setting;
  const { t } = words;
  switch (row.kind) {
    case 'day':
      return html`<p class="day">${dayMark(words, row.at, setting.now)}</p>`;
    case 'new':
      return html`<p class="day new">${t.thread.newOnes(row.count)}</p>`;
    case 'item':
      return itemLine(row.message, setting);
    case 'pending':
      return pendingLine(row.pending, setting);
    case 'draft':
      return html`<draft-review draft=${row.draft.id}></draft-review>`;
    case 'work': {
      const id = working?.agentId ?? '';
      return workLine({ id, name: setting.name(id) ?? setting.agent ?? t.thread.ai }, stages, growing, setting);
    }
    case 'typing':
      return typingLine(calledShort(typist ? { name: typist } : setting.contact, words), setting);
  }
}
