import type { Message } from '../../server/contract/message.ts';
import { speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';
import { lineText } from './thread-system.ts';

const longest = 200;
/** Above so many new lines at once a listener hears their number. */
const most = 3;

/** Lines of the workspace that a listener has to hear of: control changed, or something went wrong. */
const loud = new Set(['handed_off', 'could_not_answer', 'assumed', 'transferred_to_ai', 'resumed', 'route_chosen']);

/** What a screen reader says of items that came after one; nothing about what the listener wrote. */
export function sayings(items: readonly Message[], after: number, setting: Setting): string[] {
  const t = setting.words.t.thread.said;
  const fresh: Message[] = [];
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (!item || item.seq <= after) break;
    if (item.author.kind === 'operator' && item.author.id === setting.me) continue;
    if (item.kind === 'system' && item.direction === 'internal' ? loud.has(item.code ?? '') : item.kind !== 'skill' && item.kind !== 'activity')
      fresh.unshift(item);
  }
  if (fresh.length > most) return [t.more(fresh.length)];
  return fresh.map((item) => {
    if (item.kind === 'system' && item.direction === 'internal') return lineText(item, setting);
    const text = item.text.length > longest ? `${item.text.slice(0, longest).toWellFormed()} …` : item.text;
    return item.kind === 'note' ? t.note(speaker(item, setting), text) : t.message(speaker(item, setting), text);
  });
}
