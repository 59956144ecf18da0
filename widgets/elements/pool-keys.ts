import { isEditable } from '../ui/keys.ts';
import { actionOf } from '../ui/shortcuts.ts';
import type { PoolChosen } from './pool-chosen.ts';
import { idAt, type PoolRows } from './pool-rows.ts';

/** A pool, as far as keys ask it for anything. */
interface Host {
  readonly chosenKeys: Parameters<typeof actionOf>[1];
  focusSearch(): void;
  begin(): Promise<void>;
}

/** Has keys lead from row to row of a pool, choose of them, search and begin. */
export const poolKeys =
  (host: Host, rows: PoolRows, chosen: PoolChosen) =>
  (event: KeyboardEvent): void => {
    if (isEditable(event.composedPath()[0]) || event.altKey) return;
    const id = idAt(event.target);
    const key = event.key.toLowerCase();
    const action = actionOf(event, host.chosenKeys, ['next', 'previous', 'search', 'begin']);
    const moved = { next: 1, previous: -1, arrowdown: 1, arrowup: -1, pagedown: 8, pageup: -8, home: -rows.shown.length, end: rows.shown.length }[
      action ?? key
    ];
    if (!chosen.handle(event, key, id)) {
      if (event.ctrlKey || event.metaKey) return;
      if (moved !== undefined) {
        const to = rows.move(moved);
        if (event.shiftKey && id && to) chosen.extend(id, to);
      } else if (action === 'search') host.focusSearch();
      else if (action) void host.begin();
      else return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
