import type { Message } from '../../server/contract/message.ts';
import { speaker } from './thread-message.ts';
import type { Setting } from './thread-setting.ts';
import { lineText } from './thread-system.ts';

const longest = 200;
/** Above so many new lines at once a listener hears their number. */
const most = 3;

/** Lines of the workspace that a listener has to hear of: control changed, or something went wrong. */
const loud = new Set(['handed_off', 'could_not_answer', 'assumed', 'transferred_to_ai', 'resumed', 'route_chosen']);

/**
 * What a listener has heard of an open conversation. News is what came since it was opened, once: neither what is only
 * loaded since, nor what a merge puts between and its undoing numbers anew.
 */
export class Heard {
  /** When it was opened, as the server has it: nothing that was there is younger. */
  private opened?: string;
  private readonly ids = new Set<string>();
  private items?: readonly Message[];

  /** Another conversation is open. */
  begin(): void {
    this.opened = this.items = undefined;
    this.ids.clear();
  }

  /** What of the items is news, in their order. @param active when something was last said, as far as is known */
  news(items: readonly Message[], active: string): Message[] {
    if (items === this.items) return [];
    this.items = items;
    this.opened ??= [active, ...items.slice(-1).map(({ createdAt }) => createdAt)].toSorted().at(-1)!;
    const fresh: Message[] = [];
    for (let at = items.length - 1; at >= 0 && items[at]!.createdAt > this.opened; at -= 1) if (!this.ids.has(items[at]!.id)) fresh.unshift(items[at]!);
    for (const { id } of fresh) this.ids.add(id);
    return fresh;
  }
}

/** What a screen reader says of what is news; nothing about what the listener wrote. */
export function sayings(items: readonly Message[], setting: Setting): string[] {
  const t = setting.words.t.thread.said;
  const fresh = items.filter(({ author, kind, direction, code }) => {
    if (author.kind === 'operator' && author.id === setting.me) return false;
    return kind === 'system' && direction === 'internal' ? loud.has(code ?? '') : kind !== 'skill' && kind !== 'activity';
  });
  if (fresh.length > most) return [t.more(fresh.length)];
  return fresh.map((item) => {
    if (item.kind === 'system' && item.direction === 'internal') return lineText(item, setting);
    const text = item.text.length > longest ? `${item.text.slice(0, longest).toWellFormed()} …` : item.text;
    return item.kind === 'note' ? t.note(speaker(item, setting), text) : t.message(speaker(item, setting), text);
  });
}
