import type { TemplateResult } from 'lit';
import type { Message } from '../../server/contract/message.ts';
import { messageLine, noteLine } from './thread-message.ts';
import { callLine, runLine } from './thread-run.ts';
import type { Setting } from './thread-setting.ts';
import { systemLine } from './thread-system.ts';

/** One item of a conversation, by what it is. */
export function itemLine(message: Message, setting: Setting): TemplateResult {
  switch (message.kind) {
    case 'note':
      return noteLine(message, setting);
    case 'skill':
      return runLine(message, setting);
    case 'call':
      return callLine(message, setting);
    case 'system':
    case 'activity':
      return message.direction === 'internal' ? systemLine(message, setting) : messageLine(message, setting);
    default:
      return messageLine(message, setting);
  }
}
